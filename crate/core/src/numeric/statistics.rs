//! Statistics of an array, accurate for tiny and for huge values too.
//!
//! Sums run in the array's own type within blocks of 512 elements and in f64 over the blocks. For float32 their
//! relative error is some 1e-7, like that of the elements themselves. Where squares would leave the range of the type,
//! the elements are first divided by the largest, so an RMS is 0 only if every element is 0.

use crate::numeric::scalar::Scalar;

/// The moments of an array's elements.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// Root mean square: sqrt(mean of squares).
    pub rms: f64,
    /// Mean.
    pub mean: f64,
    /// Population standard deviation.
    pub std: f64,
}

impl Moments {
    /// The moments of `values`.
    ///
    /// # Panics
    /// If `values` is empty.
    pub fn of<T: Scalar>(values: &[T]) -> Self {
        /// If the variance is less than this share of the mean square about the pivot, the pivot is too far from the
        /// mean: the difference of the two would lose digits.
        const MIN_VARIANCE_SHARE: f64 = 1.0 / 16.0;
        let mut pivot = values[0];
        let (mut offset, mut square) = shifted_moments(values, pivot);
        if square - offset * offset < MIN_VARIANCE_SHARE * square {
            pivot = T::from_f64(pivot.to_f64() + offset);
            (offset, square) = shifted_moments(values, pivot);
        }
        let (mean, variance) = (pivot.to_f64() + offset, square - offset * offset);
        let (rms, std) = if is_reliable::<T>(square) {
            ((variance + mean * mean).sqrt(), variance.sqrt())
        } else {
            let middle = T::from_f64(mean);
            let differences: Vec<T> = values.iter().map(|x| *x - middle).collect();
            (rms(values), rms(&differences))
        };
        Moments { rms, mean, std }
    }
}

/// Statistics of an array's elements.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// Root mean square, mean, standard deviation.
    pub moments: Moments,
    /// Smallest |x| > 0; infinite if there is none.
    pub min_nonzero_abs: f64,
    /// Largest |x|; NaN if any element is NaN.
    pub max_abs: f64,
    /// Share of elements that are exactly 0.
    pub zero_fraction: f64,
}

impl Summary {
    /// The statistics of `values`.
    ///
    /// # Panics
    /// If `values` is empty.
    pub fn of<T: Scalar>(values: &[T]) -> Self {
        let (min_nonzero, max, zeros) = abs_range(values);
        Summary {
            moments: Moments::of(values),
            min_nonzero_abs: min_nonzero.to_f64(),
            max_abs: max.to_f64(),
            zero_fraction: f64::from(zeros) / values.len() as f64,
        }
    }
}

/// Elements that are summed in their own type before the sum goes on in f64.
const BLOCK: usize = 512;
/// Independent partial sums within a block, combined in a fixed order: no addition waits for the one before.
const BLOCK_LANES: usize = 32;
/// Independent partial sums over the blocks, and over the rest of the array that fills no block.
const LANES: usize = 8;

/// The sum of f(a, b) over the pairs of two arrays of the same length. f(0, 0) must be 0, and the sum of a block must
/// stay within the range of T.
#[inline(always)]
pub fn fold_pairs<T: Scalar>(a: &[T], b: &[T], f: impl Fn(T, T) -> T) -> f64 {
    let whole = a.len() / BLOCK * BLOCK;
    let mut sums = [0.0; LANES];
    for (a, b) in a[..whole].chunks(BLOCK).zip(b[..whole].chunks(BLOCK)) {
        let mut block = [T::zero(); BLOCK_LANES];
        for (a, b) in a
            .as_chunks::<BLOCK_LANES>()
            .0
            .iter()
            .zip(b.as_chunks::<BLOCK_LANES>().0)
        {
            for i in 0..BLOCK_LANES {
                block[i] += f(a[i], b[i]);
            }
        }
        // Passes a copy: an array whose address is taken could not stay in registers during the loop.
        add_block(&{ block }, &mut sums);
    }
    let ((a, a_rest), (b, b_rest)) = (a[whole..].as_chunks(), b[whole..].as_chunks());
    let mut rest = [T::zero(); LANES];
    let mut add = |a: &[T; LANES], b: &[T; LANES]| {
        for i in 0..LANES {
            rest[i] += f(a[i], b[i]);
        }
    };
    for (a, b) in a.iter().zip(b) {
        add(a, b);
    }
    if !a_rest.is_empty() {
        add(&padded(a_rest, T::zero()), &padded(b_rest, T::zero()));
    }
    sum_lanes(sums) + sum_lanes(rest).to_f64()
}

/// An array that begins with `values` and is padded with `x`.
#[inline(always)]
fn padded<T: Scalar, const N: usize>(values: &[T], x: T) -> [T; N] {
    let mut array = [x; N];
    for (to, x) in array.iter_mut().zip(values) {
        *to = *x;
    }
    array
}

/// Adds the partial sums of a block to those over all blocks.
///
/// Not inlined: otherwise LLVM vectorises the preceding f32 loop two at a time, like this f64 loop.
#[inline(never)]
fn add_block<T: Scalar>(block: &[T], sums: &mut [f64; LANES]) {
    for block in block.as_chunks::<LANES>().0 {
        for (sum, x) in sums.iter_mut().zip(block) {
            *sum += x.to_f64();
        }
    }
}

/// The sum of all lanes, added pairwise: only three additions depend on one another.
#[inline]
fn sum_lanes<T: Scalar>([a, b, c, d, e, f, g, h]: [T; LANES]) -> T {
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// The mean of x - pivot and the mean of its square.
#[inline(never)]
fn shifted_moments<T: Scalar>(values: &[T], pivot: T) -> (f64, f64) {
    /// Half of `BLOCK_LANES`, since there are two sums.
    const MOMENT_LANES: usize = 16;
    let (mut sums, mut squares) = ([0.0; LANES], [0.0; LANES]);
    for block in values.chunks(BLOCK) {
        let (mut sum, mut square) = ([T::zero(); MOMENT_LANES], [T::zero(); MOMENT_LANES]);
        let mut add = |chunk: &[T; MOMENT_LANES]| {
            let differences = chunk.map(|x| x - pivot);
            for i in 0..MOMENT_LANES {
                sum[i] += differences[i];
            }
            for i in 0..MOMENT_LANES {
                square[i] += differences[i] * differences[i];
            }
        };
        let (chunks, rest) = block.as_chunks();
        chunks.iter().for_each(&mut add);
        if !rest.is_empty() {
            add(&padded(rest, pivot));
        }
        add_block(&{ sum }, &mut sums);
        add_block(&{ square }, &mut squares);
    }
    let count = values.len() as f64;
    (sum_lanes(sums) / count, sum_lanes(squares) / count)
}

/// Whether a sum of products, computed in T within blocks, lost no digits to overflow or underflow.
fn is_reliable<T: Scalar>(sum: f64) -> bool {
    sum.is_finite() && sum.abs() > T::MIN_RELIABLE_SUM
}

/// The dot product of two arrays of the same length.
#[inline(never)]
pub fn dot<T: Scalar>(a: &[T], b: &[T]) -> f64 {
    let sum = fold_pairs(a, b, |a, b| a * b);
    if is_reliable::<T>(sum) {
        sum
    } else {
        a.iter().zip(b).map(|(a, b)| a.to_f64() * b.to_f64()).sum()
    }
}

/// The root mean square of the differences of two arrays of the same length.
#[inline(never)]
pub fn rms_difference<T: Scalar>(a: &[T], b: &[T]) -> f64 {
    let squares = fold_pairs(a, b, |a, b| (a - b) * (a - b));
    if is_reliable::<T>(squares) {
        return (squares / a.len() as f64).sqrt();
    }
    let differences: Vec<T> = a.iter().zip(b).map(|(a, b)| *a - *b).collect();
    rms(&differences)
}

/// The root mean square, sqrt(mean of squares).
pub fn rms<T: Scalar>(values: &[T]) -> f64 {
    l2_norm(values) / (values.len() as f64).sqrt()
}

/// The L2 norm, sqrt(sum of squares).
pub fn l2_norm<T: Scalar>(values: &[T]) -> f64 {
    let sum = sum_of_squares(values);
    if is_reliable::<T>(sum) {
        return sum.sqrt();
    }
    let (_, max, _) = abs_range(values);
    let max_abs = max.to_f64();
    if max_abs > 0.0 && max_abs.is_finite() {
        let scaled: Vec<T> = values.iter().map(|x| *x / max).collect();
        max_abs * sum_of_squares(&scaled).sqrt()
    } else {
        max_abs
    }
}

/// The sum of squares; accurate only if `is_reliable`.
#[inline(never)]
fn sum_of_squares<T: Scalar>(values: &[T]) -> f64 {
    fold_pairs(values, values, |x, _| x * x)
}

/// The nearest `f32`, except that only 0 itself becomes 0: anything smaller than the smallest `f32` becomes that.
pub fn to_f32(x: f64) -> f32 {
    let near = x as f32;
    if near == 0.0 && x != 0.0 {
        f32::from_bits(1).copysign(x as f32)
    } else {
        near
    }
}

/// The smallest |x| > 0 (infinity if there is none), the largest |x| (NaN if any value is NaN) and the number of zeros.
#[inline(never)]
fn abs_range<T: Scalar>(values: &[T]) -> (T, T, u32) {
    let zero = T::Bits::default();
    let (mut min_nonzero, mut max, mut zeros) = (T::INFINITY_BITS, zero, 0);
    for x in values {
        let bits = x.abs_bits();
        let nonzero = if bits == zero { T::INFINITY_BITS } else { bits };
        min_nonzero = min_nonzero.min(nonzero);
        max = max.max(bits);
        zeros += u32::from(bits == zero);
    }
    (T::from_abs_bits(min_nonzero), T::from_abs_bits(max), zeros)
}

#[cfg(test)]
mod tests;
