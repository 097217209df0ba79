//! The product on the machine itself.

use super::{Left, Work};
use crate::numeric::scalar::Scalar;

/// Rows of the kernel.
pub const ROWS: usize = 6;
/// Columns of the kernel: with `ROWS` twelve vectors of eight float32, which fit into 16 registers.
pub const COLUMNS: usize = 16;

/// Panels of six rows hold no blocks of four.
pub const TRANSPOSES_IN_BLOCKS: bool = false;

/// Nothing to do: the rows of a panel are long enough for the hardware prefetcher.
pub fn touch_cache_lines<T: Scalar>(_: &[T]) {}

/// Multiplies with the widest vectors that this machine has.
pub fn dispatch<A: Left<T>, T: Scalar, const W: usize>(work: Work<'_, A, T, W>) {
    pulp::Arch::new().dispatch(work);
}

impl<A: Left<T>, T: Scalar, const W: usize> pulp::NullaryFnOnce for Work<'_, A, T, W> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.multiply();
    }
}
