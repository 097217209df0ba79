//! The product in WebAssembly, with fixed-width SIMD.

use super::{Left, Work};
use crate::numeric::scalar::Scalar;
use std::hint::black_box;

/// Rows of the kernel.
pub const ROWS: usize = 4;
/// Columns of the kernel: with `ROWS` eight vectors of four float32.
pub const COLUMNS: usize = 8;

/// Columns are transposed in blocks of four by four, by shuffles.
pub const TRANSPOSES_IN_BLOCKS: bool = true;

/// Bytes of a matrix that is unlikely to be in the cache.
const UNCACHED: usize = 1 << 17;

/// Bytes of a cache line.
const LINE: usize = 64;

/// Touches every cache line of a large matrix in memory order before it is packed: the panel order defeats the
/// hardware prefetcher.
#[inline(never)]
pub fn touch_cache_lines<T: Scalar>(elements: &[T]) {
    if size_of_val(elements) >= UNCACHED {
        let firsts = elements.chunks(LINE / size_of::<T>()).map(|line| line[0]);
        black_box(firsts.fold(T::Bits::default(), |bits, x| bits.max(x.size_bits())));
    }
}

/// Multiplies: the instruction set is known at compile time.
pub fn dispatch<A: Left<T>, T: Scalar, const W: usize>(work: Work<'_, A, T, W>) {
    work.multiply();
}
