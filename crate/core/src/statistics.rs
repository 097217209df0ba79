//! Statistics of an array, true for tiny and for huge values.
//!
//! Sums run over blocks in the array's own type, and over the blocks in f64: for float32 they differ from
//! exact ones by some 1e-7, as the elements themselves do. Where squares would leave the type's range, the
//! elements are scaled by the largest first.

use crate::scalar::Scalar;
use crate::snapshot::{
    DW_BIN_WIDTH, DW_BINS, DW_FIRST_EDGE, VALUE_BIN_WIDTH, VALUE_BINS, VALUE_FIRST_EDGE,
};
use std::sync::LazyLock;

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
        let (mut offset, mut square) = about(values, pivot);
        if square - offset * offset < NEAR * square {
            pivot = T::of(pivot.f64() + offset);
            (offset, square) = about(values, pivot);
        }
        let (mean, variance) = (pivot.f64() + offset, square - offset * offset);
        let (rms, std) = if is_safe::<T>(square) {
            ((variance + mean * mean).sqrt(), variance.sqrt())
        } else {
            let middle = T::of(mean);
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
        let (least, largest, zeros) = extent(values);
        Summary {
            moments: Moments::of(values),
            least: least.f64(),
            max: largest.f64(),
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

/// The sum of f of each pair from two arrays of one length; f of zeros is 0.
#[inline(always)]
pub fn sum_pairs<T: Scalar>(a: &[T], b: &[T], f: impl Fn(T, T) -> T) -> f64 {
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
    total(sums) + total(rest).f64()
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
            *sum += x.f64();
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
fn about<T: Scalar>(values: &[T], pivot: T) -> (f64, f64) {
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
    let sum = sum_pairs(a, b, |a, b| a * b);
    if is_safe::<T>(sum) {
        sum
    } else {
        a.iter().zip(b).map(|(a, b)| a.f64() * b.f64()).sum()
    }
}

/// sqrt(mean of squares) of the differences of two arrays of one length.
#[inline(never)]
pub fn rms_between<T: Scalar>(a: &[T], b: &[T]) -> f64 {
    let squares = sum_pairs(a, b, |a, b| (a - b) * (a - b));
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
    let (_, most, _) = extent(values);
    let size = most.f64();
    if size > 0.0 && size.is_finite() {
        let scaled: Vec<T> = values.iter().map(|x| *x / most).collect();
        size * squares(&scaled).sqrt()
    } else {
        size
    }
}

/// The sum of squares, where it is sure to be within the range of T.
#[inline(never)]
fn squares<T: Scalar>(values: &[T]) -> f64 {
    sum_pairs(values, values, |x, _| x * x)
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

/// The lower edges of the bins of |dW|, and the upper edge of the last: 10^-46, 10^-45.5, ... 10^39.
static DW_EDGES: LazyLock<Vec<f64>> = LazyLock::new(|| {
    // Parsed from decimal digits: the nearest f64 on every machine.
    let edge = |i: usize| {
        let (decade, half) = (DW_FIRST_EDGE as i32 + (i / 2) as i32, i % 2 == 1);
        let digits = if half {
            "3.16227766016837933199889354443"
        } else {
            "1"
        };
        crate::decimal::decimal(&format!("{digits}e{decade}")).expect("a decimal number")
    };
    assert_eq!(DW_BIN_WIDTH, 0.5, "two edges a decade");
    (0..=DW_BINS).map(edge).collect()
});

/// The bin of |x| > 0: the last whose lower edge is at most |x|. None for 0 and what is not finite.
fn dw_bin(x: f64, edges: &[f64]) -> Option<usize> {
    let x = x.abs();
    if x == 0.0 || !x.is_finite() {
        return None;
    }
    // A guess from the binary exponent, then steps to the exact bin: at most two.
    let exponent = (x.to_bits() >> 52) as i32 - 1023;
    let guess = (f64::from(exponent) * std::f64::consts::LOG10_2 - DW_FIRST_EDGE) / DW_BIN_WIDTH;
    let mut bin = guess.clamp(0.0, (DW_BINS - 1) as f64) as usize;
    while bin > 0 && x < edges[bin] {
        bin -= 1;
    }
    while bin + 1 < DW_BINS && x >= edges[bin + 1] {
        bin += 1;
    }
    Some(bin)
}

/// The share of the values in each bin of log10|dW|; zeros and what is not finite are in none. `summary` is theirs.
///
/// Counts how many reach each edge between the least and the largest, several edges at a time: for the few
/// decades that a layer spans this takes a third of the time that it takes to find the bin of each value.
pub fn dw_histogram<T: Scalar>(values: &[T], summary: &Summary) -> Vec<f32> {
    const TOGETHER: usize = 4;
    let mut shares = vec![0.0; DW_BINS];
    let edges = &*DW_EDGES;
    let Some(first) = dw_bin(summary.least, edges) else {
        return shares;
    };
    let count = values.len() as f64;
    // What is counted: where all is finite, all but zeros reach the first edge and none the last.
    let (mut reach, from, to) = match dw_bin(summary.max, edges) {
        Some(last) => {
            let zeros = summary.zero_fraction * count;
            (vec![(count - zeros).round() as u32], first + 1, last)
        }
        None => (Vec::new(), first, DW_BINS),
    };
    // Values beyond the outer edges, which f32 does not have, count in the outer bins.
    let edge = |bin: usize| match bin {
        0 => T::at_least(f64::MIN_POSITIVE * f64::EPSILON),
        DW_BINS => T::of(f64::INFINITY),
        _ if bin > DW_BINS => T::of(f64::NAN),
        _ => T::at_least(edges[bin]),
    };
    for bin in (from..=to).step_by(TOGETHER) {
        reach.extend(reaching(
            values,
            std::array::from_fn::<T, TOGETHER, _>(|i| edge(bin + i)),
        ));
    }
    reach.push(0);
    for (share, pair) in shares[first..].iter_mut().zip(reach.windows(2)) {
        *share = (f64::from(pair[0] - pair[1]) / count) as f32;
    }
    shares
}

/// The least |x| > 0 (infinity where there is none), the largest |x| (NaN where a value is) and the
/// number of zeros.
#[inline(never)]
fn extent<T: Scalar>(values: &[T]) -> (T, T, u32) {
    let zero = T::Bits::default();
    let (mut least, mut largest, mut zeros) = (T::INFINITY_BITS, zero, 0);
    for x in values {
        let size = x.size_bits();
        let above_0 = if size == zero { T::INFINITY_BITS } else { size };
        least = least.min(above_0);
        largest = largest.max(size);
        zeros += u32::from(size == zero);
    }
    (T::of_size(least), T::of_size(largest), zeros)
}

/// How many |x| are at least as large as each of these edges.
#[inline(never)]
fn reaching<T: Scalar, const N: usize>(values: &[T], edges: [T; N]) -> [u32; N] {
    let mut counts = [0; N];
    for x in values {
        let size = x.abs();
        for (count, edge) in counts.iter_mut().zip(&edges) {
            *count += u32::from(size >= *edge);
        }
    }
    counts
}

/// The share of the values in each bin of a and z; what is not finite is in none.
pub fn value_histogram<T: Scalar>(values: &[T]) -> Vec<f32> {
    const CHUNK: usize = 64;
    // Neighbours count in different rows, so that none waits for the one before.
    let mut counts = [[0u32; 256]; 4];
    let mut count = |values: &[T; CHUNK]| {
        let bins = values.map(value_bin);
        for bins in bins.as_chunks::<4>().0 {
            for (counts, bin) in counts.iter_mut().zip(bins) {
                counts[usize::from(*bin as u8)] += 1;
            }
        }
    };
    let (chunks, rest) = values.as_chunks();
    let mut last = [T::of(f64::NAN); CHUNK];
    last[..rest.len()].copy_from_slice(rest);
    for chunk in chunks.iter().chain([&last]) {
        count(chunk);
    }
    (0..VALUE_BINS)
        .map(|bin| {
            let count: u32 = counts.iter().map(|counts| counts[bin]).sum();
            (f64::from(count) / values.len() as f64) as f32
        })
        .collect()
}

/// The bin of a value of a and z; what is not finite is in one beyond the last.
#[inline(always)]
fn value_bin<T: Scalar>(x: T) -> u32 {
    // A multiple of a power of two: nothing is rounded. The first bin is just below the edges.
    let first = T::of(VALUE_FIRST_EDGE / VALUE_BIN_WIDTH - 1.0);
    let last = first + T::of((VALUE_BINS - 1) as f64);
    let place = x * T::of(1.0 / VALUE_BIN_WIDTH);
    let place = if place > first { place } else { first };
    let place = if place < last { place } else { last };
    let bin = (place.floor() - first).index();
    if x.finite() { bin } else { VALUE_BINS as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dw<T: Scalar>(values: &[T]) -> Vec<f32> {
        dw_histogram(values, &Summary::of(values))
    }

    /// Values of all sizes, zeros among them.
    fn spread(n: usize) -> Vec<f32> {
        let size = |i: usize| 10f32.powi((i * 7 % 61) as i32 - 40);
        let value = |i: usize| {
            if i.is_multiple_of(11) {
                0.0
            } else {
                size(i) * (i as f32 * 1.37).sin()
            }
        };
        (0..n).map(value).collect()
    }

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
    fn histograms_of_many_values_are_those_of_each() {
        for n in [1, 3, 4, 63, 64, 65, 1000] {
            let mut values = spread(n);
            if n > 100 {
                values[17] = f32::INFINITY;
                values[18] = f32::NAN;
            }
            for histogram in [dw::<f32>, value_histogram::<f32>] {
                let mut sums = vec![0.0; histogram(&values).len()];
                for x in &values {
                    for (sum, share) in sums.iter_mut().zip(histogram(&[*x])) {
                        *sum += f64::from(share);
                    }
                }
                let shares: Vec<f32> = sums.iter().map(|sum| (sum / n as f64) as f32).collect();
                assert_eq!(histogram(&values), shares, "{n} values");
            }
        }
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
    fn bins_of_dw_have_exact_edges() {
        let edges = &*DW_EDGES;
        let powers = (-45..=38).map(|e| format!("1e{e}").parse::<f64>().unwrap());
        for (i, edge) in powers.enumerate() {
            let bin = dw_bin(edge, edges).unwrap();
            assert_eq!(bin, 2 * (i + 1), "10^{}", i as i32 - 45);
            assert_eq!(dw_bin(edge.next_down(), edges), Some(bin - 1));
            assert_eq!(dw_bin(-edge, edges), Some(bin));
        }
        assert_eq!(dw_bin(f64::from(f32::from_bits(1)), edges), Some(2));
        assert_eq!(dw_bin(f64::from(f32::MAX), edges), Some(DW_BINS - 1));
        assert_eq!(dw_bin(0.0, edges), None);
        assert_eq!(dw_bin(f64::NAN, edges), None);
    }

    #[test]
    fn a_value_of_dw_is_in_its_bin() {
        let edges = &*DW_EDGES;
        let near_edges = edges.iter().flat_map(|edge| {
            let near = *edge as f32;
            [near.next_down(), near, near.next_up()]
        });
        let spread = (0..f32::INFINITY.to_bits())
            .step_by(65_537)
            .map(f32::from_bits);
        for x in near_edges
            .chain(spread)
            .filter(|x| x.is_finite() && *x > 0.0)
        {
            let bin = dw(&[x]).iter().position(|share| *share == 1.0);
            assert_eq!(bin, dw_bin(f64::from(x), edges), "{x:e}");
        }
        assert_eq!(dw(&[1e-300f64])[0], 1.0, "beyond f32");
    }

    #[test]
    fn a_value_of_a_is_in_its_bin() {
        let edges = (-70..=70).flat_map(|i| {
            let edge = i as f32 / 8.0;
            [edge.next_down(), edge, edge.next_up()]
        });
        let spread = (0..u32::MAX).step_by(65_537).map(f32::from_bits);
        let odd = [
            0.0,
            -0.0,
            f32::MAX,
            f32::MIN,
            f32::INFINITY,
            f32::NAN,
            -1e-45,
        ];
        for x in edges.chain(spread).chain(odd) {
            let bin = value_histogram(&[x]).iter().position(|share| *share == 1.0);
            let inner =
                (f64::from(x) / VALUE_BIN_WIDTH).floor() - VALUE_FIRST_EDGE / VALUE_BIN_WIDTH;
            let expected = (inner + 1.0).clamp(0.0, (VALUE_BINS - 1) as f64) as usize;
            assert_eq!(bin, x.is_finite().then_some(expected), "{x:e}");
        }
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

    #[test]
    fn histograms_hold_every_finite_value_once() {
        let h = value_histogram(&[-9.0f32, -8.0, -1e-30, 0.0, 0.124, 0.125, 7.999, 8.0]);
        let filled: Vec<_> = h.iter().enumerate().filter(|(_, s)| **s > 0.0).collect();
        let eighth = 1.0 / 8.0;
        let expected = [
            (0, eighth),
            (1, eighth),
            (64, eighth),
            (65, 2.0 * eighth),
            (66, eighth),
            (128, eighth),
            (129, eighth),
        ];
        assert_eq!(
            filled.iter().map(|(i, s)| (*i, **s)).collect::<Vec<_>>(),
            expected
        );
        let h = dw(&[0.0f32, 1.0, -2.0, f32::INFINITY]);
        assert_eq!((h[92], h.iter().sum::<f32>()), (0.5, 0.5));
    }
}
