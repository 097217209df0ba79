//! Statistics of an array, true for tiny and for huge values.
//!
//! Sums run over blocks in the array's own type, and over the blocks in f64: for float32 they differ from
//! exact ones by some 1e-7, as the elements themselves do. Where squares would leave the type's range, the
//! elements are scaled by the largest first.

use crate::numeric::scalar::Scalar;

/// Moments of all elements of an array.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// sqrt(mean of squares).
    pub rms: f64,
    /// Mean.
    pub mean: f64,
    /// Population standard deviation.
    pub std: f64,
}

impl Moments {
    /// The moments of `values` (at least one).
    pub fn of<T: Scalar>(values: &[T]) -> Self {
        /// A pivot is far from the mean where less than this share of the squares about it is spread.
        const NEAR: f64 = 1.0 / 16.0;
        let mut pivot = values[0];
        let (mut offset, mut square) = shifted_moments(values, pivot);
        if square - offset * offset < NEAR * square {
            pivot = T::from_f64(pivot.to_f64() + offset);
            (offset, square) = shifted_moments(values, pivot);
        }
        let (mean, variance) = (pivot.to_f64() + offset, square - offset * offset);
        let (rms, std) = if is_safe::<T>(square) {
            ((variance + mean * mean).sqrt(), variance.sqrt())
        } else {
            let middle = T::from_f64(mean);
            let differences: Vec<T> = values.iter().map(|x| *x - middle).collect();
            (rms(values), rms(&differences))
        };
        Moments { rms, mean, std }
    }
}

/// Statistics of all elements of an array.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// Root mean square, mean, standard deviation.
    pub moments: Moments,
    /// Least |x| above 0; infinite if there is none.
    pub least: f64,
    /// Largest |x|; NaN if any element is NaN.
    pub max: f64,
    /// Share of elements that are exactly 0.
    pub zero_fraction: f64,
}

impl Summary {
    /// The statistics of `values` (at least one).
    pub fn of<T: Scalar>(values: &[T]) -> Self {
        let (least, largest, zeros) = abs_range(values);
        Summary {
            moments: Moments::of(values),
            least: least.to_f64(),
            max: largest.to_f64(),
            zero_fraction: f64::from(zeros) / values.len() as f64,
        }
    }
}

/// Elements that are summed in their own type.
const BLOCK: usize = 512;
/// Independent partial sums of a block, in a fixed order: one addition need not wait for the one before.
const LANES: usize = 32;
/// The same of short arrays, and of blocks.
const FEW: usize = 8;

/// The sum of f of each pair from two arrays of one length; f of zeros is 0, and blocks stay within the range of T.
#[inline(always)]
pub fn fold_pairs<T: Scalar>(a: &[T], b: &[T], f: impl Fn(T, T) -> T) -> f64 {
    let whole = a.len() / BLOCK * BLOCK;
    let mut sums = [0.0; FEW];
    for (a, b) in a[..whole].chunks(BLOCK).zip(b[..whole].chunks(BLOCK)) {
        let mut block = [T::zero(); LANES];
        for (a, b) in a
            .as_chunks::<LANES>()
            .0
            .iter()
            .zip(b.as_chunks::<LANES>().0)
        {
            for i in 0..LANES {
                block[i] += f(a[i], b[i]);
            }
        }
        // A copy: what is pointed to could not stay in registers.
        absorb(&{ block }, &mut sums);
    }
    let ((a, a_rest), (b, b_rest)) = (a[whole..].as_chunks(), b[whole..].as_chunks());
    let mut rest = [T::zero(); FEW];
    let mut add = |a: &[T; FEW], b: &[T; FEW]| {
        for i in 0..FEW {
            rest[i] += f(a[i], b[i]);
        }
    };
    for (a, b) in a.iter().zip(b) {
        add(a, b);
    }
    if !a_rest.is_empty() {
        add(&filled(a_rest, T::zero()), &filled(b_rest, T::zero()));
    }
    total(sums) + total(rest).to_f64()
}

/// An array that begins with `values`; x fills it up.
#[inline(always)]
fn filled<T: Scalar, const N: usize>(values: &[T], x: T) -> [T; N] {
    let mut all = [x; N];
    for (to, x) in all.iter_mut().zip(values) {
        *to = *x;
    }
    all
}

/// Adds the sums of a block to those of all. By itself: its pairs of f64 would make pairs of all before.
#[inline(never)]
fn absorb<T: Scalar>(block: &[T], sums: &mut [f64; FEW]) {
    for block in block.as_chunks::<FEW>().0 {
        for (sum, x) in sums.iter_mut().zip(block) {
            *sum += x.to_f64();
        }
    }
}

/// Their sum, half by half: three additions one after another.
#[inline]
fn total<T: Scalar>([a, b, c, d, e, f, g, h]: [T; FEW]) -> T {
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// The mean of x - pivot, and of its square.
#[inline(never)]
fn shifted_moments<T: Scalar>(values: &[T], pivot: T) -> (f64, f64) {
    const LANES: usize = 16;
    let (mut sums, mut squares) = ([0.0; FEW], [0.0; FEW]);
    for block in values.chunks(BLOCK) {
        let (mut sum, mut square) = ([T::zero(); LANES], [T::zero(); LANES]);
        let mut add = |chunk: &[T; LANES]| {
            let differences = chunk.map(|x| x - pivot);
            for i in 0..LANES {
                sum[i] += differences[i];
            }
            for i in 0..LANES {
                square[i] += differences[i] * differences[i];
            }
        };
        let (chunks, rest) = block.as_chunks();
        chunks.iter().for_each(&mut add);
        if !rest.is_empty() {
            add(&filled(rest, pivot));
        }
        absorb(&{ sum }, &mut sums);
        absorb(&{ square }, &mut squares);
    }
    let count = values.len() as f64;
    (total(sums) / count, total(squares) / count)
}

/// Has a sum of products lost nothing that counts, neither to overflow nor to underflow?
fn is_safe<T: Scalar>(sum: f64) -> bool {
    sum.is_finite() && sum.abs() > T::SAFE
}

/// The sum of products of two arrays of one length.
#[inline(never)]
pub fn dot<T: Scalar>(a: &[T], b: &[T]) -> f64 {
    let sum = fold_pairs(a, b, |a, b| a * b);
    if is_safe::<T>(sum) {
        sum
    } else {
        a.iter().zip(b).map(|(a, b)| a.to_f64() * b.to_f64()).sum()
    }
}

/// sqrt(mean of squares) of the differences of two arrays of one length.
#[inline(never)]
pub fn rms_between<T: Scalar>(a: &[T], b: &[T]) -> f64 {
    let squares = fold_pairs(a, b, |a, b| (a - b) * (a - b));
    if is_safe::<T>(squares) {
        return (squares / a.len() as f64).sqrt();
    }
    let differences: Vec<T> = a.iter().zip(b).map(|(a, b)| *a - *b).collect();
    rms(&differences)
}

/// sqrt(mean of squares).
pub fn rms<T: Scalar>(values: &[T]) -> f64 {
    l2_norm(values) / (values.len() as f64).sqrt()
}

/// sqrt(sum of squares).
pub fn l2_norm<T: Scalar>(values: &[T]) -> f64 {
    let sum = squares(values);
    if is_safe::<T>(sum) {
        return sum.sqrt();
    }
    let (_, most, _) = abs_range(values);
    let size = most.to_f64();
    if size > 0.0 && size.is_finite() {
        let scaled: Vec<T> = values.iter().map(|x| *x / most).collect();
        size * squares(&scaled).sqrt()
    } else {
        size
    }
}

/// The sum of squares, true where `is_safe`.
#[inline(never)]
fn squares<T: Scalar>(values: &[T]) -> f64 {
    fold_pairs(values, values, |x, _| x * x)
}

/// The nearest f32 that is 0 only if `x` is.
pub fn to_f32(x: f64) -> f32 {
    let near = x as f32;
    if near == 0.0 && x != 0.0 {
        f32::from_bits(1).copysign(x as f32)
    } else {
        near
    }
}

/// The least |x| > 0 (infinity where there is none), the largest |x| (NaN where a value is) and the
/// number of zeros.
#[inline(never)]
fn abs_range<T: Scalar>(values: &[T]) -> (T, T, u32) {
    let zero = T::Bits::default();
    let (mut least, mut largest, mut zeros) = (T::INFINITY_BITS, zero, 0);
    for x in values {
        let size = x.size_bits();
        let above_0 = if size == zero { T::INFINITY_BITS } else { size };
        least = least.min(above_0);
        largest = largest.max(size);
        zeros += u32::from(size == zero);
    }
    (T::from_size_bits(least), T::from_size_bits(largest), zeros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn float32_is_as_good_as_exact_sums() {
        // From below float32's normal range to near its end; means far beyond the spread; a first value far out.
        for (scale, offset, first) in [
            (1.0f32, 0.0f32, 0.1f32),
            (1.0, 3.0, 0.0),
            (1e-3, 1.0, 1.0),
            (0.25, 0.5, 200.0),
            (1e-25, 1e-25, 0.0),
            (1e-36, 0.0, 0.0),
            (1e37, 0.0, -1e37),
            (1e36, 1e37, 0.0),
        ] {
            for n in [1, 7, 31, 512, 1031, 65_536] {
                let value = |i: usize, phase: f32| (i as f32 * 1.37 + phase).sin() * scale + offset;
                let mut a: Vec<f32> = (0..n).map(|i| value(i, 0.0)).collect();
                let b: Vec<f32> = (0..n).map(|i| value(i, 0.5)).collect();
                a[0] = first;
                let exact = |f: fn(f64, f64) -> f64| {
                    let pairs = a.iter().zip(&b);
                    pairs.map(|(a, b)| f((*a).into(), (*b).into())).sum::<f64>() / n as f64
                };
                let mean = exact(|a, _| a);
                let squares = a.iter().map(|a| (f64::from(*a) - mean).powi(2));
                let std = (squares.sum::<f64>() / n as f64).sqrt();
                let rms_exact = exact(|a, _| a * a).sqrt();
                let near = |what: &str, value: f64, exact: f64, size: f64| {
                    let error = (value - exact).abs();
                    let told = format!("{what} of {n} of {scale} about {offset}: {value} {exact}");
                    assert!(error <= 1e-6 * size, "{told}");
                };
                let moments = Moments::of(&a);
                near("mean", moments.mean, mean, mean.abs() + std);
                near("std", moments.std, std, std);
                near("rms", moments.rms, rms_exact, rms_exact);
                near("rms by itself", rms(&a), rms_exact, rms_exact);
                let apart = exact(|a, b| f64::from(a as f32 - b as f32).powi(2)).sqrt();
                near("rms between", rms_between(&a, &b), apart, apart);
                let size = exact(|a, b| (a * b).abs()) * n as f64;
                near("dot", dot(&a, &b), exact(|a, b| a * b) * n as f64, size);
            }
        }
        assert_eq!(rms_between(&[0.1f32; 100], &[0.1; 100]), 0.0);
    }

    #[test]
    fn a_summary_is_what_its_words_say() {
        let s = Summary::of(&[3.0f32, -4.0, 0.0, 0.0]);
        assert_eq!((s.max, s.zero_fraction), (4.0, 0.5));
        let s = s.moments;
        assert_eq!((s.rms, s.mean), (2.5, -0.25));
        assert!((s.std - (6.25f64 - 0.0625).sqrt()).abs() < 1e-15);
        // Equal values have no spread, not one of rounding.
        assert_eq!(Moments::of(&[0.1f32; 1000]).std, 0.0);
    }

    #[test]
    fn tiny_and_huge_values_have_a_true_rms() {
        for x in [1e-30f32, 1e-45, 3e38] {
            assert!((rms(&[x; 9]) / f64::from(x) - 1.0).abs() < 1e-15, "{x:e}");
        }
        for x in [1e-300f64, 5e-324, 1e300] {
            assert!((rms(&[x, -x]) / x - 1.0).abs() < 1e-15, "{x:e}");
        }
        assert_eq!(rms(&[0.0f32; 4]), 0.0);
        assert!(rms(&[1.0, f32::NAN]).is_nan());
        assert_eq!(rms(&[1.0, f32::INFINITY]), f64::INFINITY);
    }

    #[test]
    fn an_f32_is_zero_only_where_the_number_is() {
        assert_eq!(to_f32(0.0), 0.0);
        assert_eq!(to_f32(1e-46), f32::from_bits(1));
        assert_eq!(to_f32(0.25), 0.25);
    }

    #[test]
    fn nan_and_infinity_are_told() {
        assert!(Summary::of(&[1.0f32, f32::NAN, 2.0]).max.is_nan());
        assert_eq!(Summary::of(&[1.0, f32::NEG_INFINITY]).max, f64::INFINITY);
    }

    #[test]
    fn sums_of_any_length_are_whole() {
        for n in [1, 7, 8, 9, 100] {
            let values: Vec<f32> = (0..n).map(|i| i as f32).collect();
            let exact = (0..n).map(|i| f64::from(i) * f64::from(i)).sum::<f64>();
            assert_eq!(dot(&values, &values), exact);
            assert_eq!(l2_norm(&values), exact.sqrt());
            assert_eq!(Summary::of(&values).max, f64::from(n - 1));
        }
    }
}
