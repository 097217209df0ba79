//! The part of the matrix product that is specific to WebAssembly with fixed-width SIMD.

use super::{LeftOperand, PreparedProduct};
use crate::numeric::scalar::Scalar;
use std::hint::black_box;

/// Rows of the kernel.
pub const ROWS: usize = 4;
/// Columns of the kernel: `ROWS` x `COLUMNS` are eight vectors of four float32.
pub const COLUMNS: usize = 8;

/// Columns are transposed in 4 x 4 blocks, by shuffles.
pub const TRANSPOSES_IN_BLOCKS: bool = true;

/// From this number of bytes on, a matrix is unlikely to be in the cache.
const UNCACHED: usize = 1 << 17;

/// Bytes of a cache line.
const LINE: usize = 64;

/// Touches every cache line of a large matrix in memory order before it is packed, because the panel order defeats the
/// hardware prefetcher.
#[inline(never)]
pub fn touch_cache_lines<T: Scalar>(elements: &[T]) {
    if size_of_val(elements) >= UNCACHED {
        let first_of_lines = elements.chunks(LINE / size_of::<T>()).map(|line| line[0]);
        black_box(first_of_lines.fold(T::Bits::default(), |bits, x| bits.max(x.abs_bits())));
    }
}

/// Runs the product. There is nothing to choose: the instruction set is known at compile time.
pub fn dispatch<A: LeftOperand<T>, T: Scalar, const W: usize>(
    product: PreparedProduct<'_, A, T, W>,
) {
    product.multiply();
}
