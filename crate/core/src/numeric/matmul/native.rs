//! The part of the matrix product that is specific to native targets.

use super::{LeftOperand, PreparedProduct};
use crate::numeric::scalar::Scalar;

/// Rows of the kernel.
pub const ROWS: usize = 6;
/// Columns of the kernel: `ROWS` x `COLUMNS` are twelve vectors of eight float32, which fit into 16 registers.
pub const COLUMNS: usize = 16;

/// Columns are not transposed in 4 x 4 blocks, because panels of six rows do not divide into them.
pub const TRANSPOSES_IN_BLOCKS: bool = false;

/// Does nothing: natively the rows of a panel are long enough for the hardware prefetcher.
pub fn touch_cache_lines<T: Scalar>(_: &[T]) {}

/// Runs the product with the widest vectors of this machine.
pub fn dispatch<A: LeftOperand<T>, T: Scalar, const W: usize>(
    product: PreparedProduct<'_, A, T, W>,
) {
    pulp::Arch::new().dispatch(product);
}

impl<A: LeftOperand<T>, T: Scalar, const W: usize> pulp::NullaryFnOnce
    for PreparedProduct<'_, A, T, W>
{
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.multiply();
    }
}
