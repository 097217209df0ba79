//! Statistics of an array, from f64 sums, true for tiny and for huge values.

use crate::scalar::Scalar;
use crate::snapshot::{
    DW_BIN_WIDTH, DW_BINS, DW_FIRST_EDGE, VALUE_BIN_WIDTH, VALUE_BINS, VALUE_FIRST_EDGE,
};
use std::sync::LazyLock;

/// Statistics of all elements of an array.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// sqrt(mean of squares).
    pub rms: f64,
    /// Mean.
    pub mean: f64,
    /// Population standard deviation.
    pub std: f64,
    /// Largest |x|; NaN if any element is NaN.
    pub max: f64,
    /// Share of elements that are exactly 0.
    pub zero_fraction: f64,
}

impl Summary {
    /// The statistics of `values` (at least one).
    pub fn of<T: Scalar>(values: &[T]) -> Self {
        let count = values.len() as f64;
        let mean = sum(values, |x| x) / count;
        let deviations = sum(values, |x| (x - mean) * (x - mean));
        let zeros = sum(values, |x| if x == 0.0 { 1.0 } else { 0.0 });
        let rms = rms(values);
        Summary {
            rms,
            mean,
            std: (deviations / count).sqrt(),
            // Squares are NaN only where a value is.
            max: if rms.is_nan() {
                f64::NAN
            } else {
                largest(values)
            },
            zero_fraction: zeros / count,
        }
    }
}

/// Independent partial sums, in a fixed order: one addition need not wait for the one before.
const LANES: usize = 8;

/// The sum of f of each value.
#[inline]
fn sum<T: Scalar>(values: &[T], f: impl Fn(f64) -> f64) -> f64 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for chunk in chunks {
        for (sum, x) in sums.iter_mut().zip(chunk) {
            *sum += f(x.f64());
        }
    }
    let rest = rest.iter().fold(0.0, |sum, x| sum + f(x.f64()));
    sums.iter().fold(rest, |all, sum| all + sum)
}

/// The largest |x|; NaN does not count.
fn largest<T: Scalar>(values: &[T]) -> f64 {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut most = [0.0; LANES];
    let larger = |most: f64, x: T| {
        let size = x.f64().abs();
        if size > most { size } else { most }
    };
    for chunk in chunks {
        for (most, x) in most.iter_mut().zip(chunk) {
            *most = larger(*most, *x);
        }
    }
    let rest = rest.iter().fold(0.0, |most, x| larger(most, *x));
    most.into_iter().fold(rest, f64::max)
}

/// The sum of products of two arrays of one length, in f64.
pub fn dot<T: Scalar>(a: &[T], b: &[T]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for (a, b) in a.iter().zip(b) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += a.f64() * b.f64();
        }
    }
    let rest = a_rest.iter().zip(b_rest).map(|(a, b)| a.f64() * b.f64());
    sums.iter().sum::<f64>() + rest.sum::<f64>()
}

/// sqrt(mean of squares) of the differences of two arrays of one length, of which near ones are exact.
pub fn rms_between<T: Scalar>(a: &[T], b: &[T]) -> f64 {
    let square = |a: T, b: T| {
        let difference = (a - b).f64();
        difference * difference
    };
    let ((chunks, rest), (others, others_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for (a, b) in chunks.iter().zip(others) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += square(*a, *b);
        }
    }
    let rest = rest
        .iter()
        .zip(others_rest)
        .fold(0.0, |sum, (a, b)| sum + square(*a, *b));
    let squares = sums.iter().fold(rest, |all, sum| all + sum);
    (squares / a.len() as f64).sqrt()
}

/// sqrt(mean of squares), whatever the size of the values.
pub fn rms<T: Scalar>(values: &[T]) -> f64 {
    l2_norm(values) / (values.len() as f64).sqrt()
}

/// sqrt(sum of squares).
///
/// Squares of f32 never leave the range of f64. Squares of f64 can; then the values are scaled by
/// their largest first.
pub fn l2_norm<T: Scalar>(values: &[T]) -> f64 {
    let squares = sum(values, |x| x * x);
    if squares.is_finite() && squares > f64::MIN_POSITIVE / f64::EPSILON {
        return squares.sqrt();
    }
    let largest = largest(values);
    if largest == 0.0 || !largest.is_finite() || squares.is_nan() {
        return squares.sqrt();
    }
    largest * sum(values, |x| (x / largest) * (x / largest)).sqrt()
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
        format!("{digits}e{decade}")
            .parse()
            .expect("a decimal number")
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

/// Stands for: in no bin; and in a table for: this one needs a closer look.
const NONE: u8 = u8::MAX;

/// A table by the upper half of the bits of an f32.
type Bins = Box<[u8; 1 << 16]>;

fn table(bin: impl Fn(u32) -> u8) -> Bins {
    let bins: Vec<u8> = (0..1 << 16).map(bin).collect();
    bins.try_into().expect("an entry for each upper half")
}

/// For the upper bits of a normal f32 without its sign (exponent and 7 bits), the bin of the least
/// number that has them. Numbers of equal upper bits differ by less than a hundredth: at most one edge
/// lies among them. For each bin also the bits of the least f32 at or above its upper edge.
static DW_TABLE: LazyLock<(Bins, [u32; 256])> = LazyLock::new(|| {
    let edges = &*DW_EDGES;
    let bins = table(|upper| {
        let least = f32::from_bits((upper & 0x7fff) << 16);
        let bin = dw_bin(least.into(), edges).filter(|_| least.is_normal());
        bin.map_or(NONE, |bin| bin as u8)
    });
    let mut upper = [u32::MAX; 256];
    // Values beyond the outer edges, which f32 does not have, count in the outer bins.
    for (bin, edge) in edges[1..DW_BINS].iter().enumerate() {
        let near = *edge as f32;
        let at_or_above = f64::from(near) >= *edge;
        upper[bin] = if at_or_above { near } else { near.next_up() }.to_bits();
    }
    (bins, upper)
});

/// The share of the values in each bin of log10|dW|; zeros and what is not finite are in none.
#[inline(never)]
pub fn dw_histogram<T: Scalar>(values: &[T]) -> Vec<f32> {
    let (edges, (bins, upper)) = (&*DW_EDGES, &*DW_TABLE);
    let closely = |x: f64| dw_bin(x, edges).map_or(NONE, |bin| bin as u8);
    shares(values, DW_BINS, |x| {
        let Some(narrow) = x.narrow() else {
            return closely(x.f64());
        };
        let size = narrow.abs().to_bits();
        let bin = bins[usize::from((size >> 16) as u16)];
        // Zeros may be many: they take the usual way.
        if (bin == NONE) & (size != 0) {
            closely(x.f64())
        } else {
            bin + u8::from(size >= upper[usize::from(bin)])
        }
    })
}

/// The bin of a value of a and z; what is not finite is in none.
fn value_bin(x: f64) -> Option<usize> {
    let inner = (x / VALUE_BIN_WIDTH).floor() - VALUE_FIRST_EDGE / VALUE_BIN_WIDTH;
    let bin = (inner + 1.0).clamp(0.0, (VALUE_BINS - 1) as f64);
    x.is_finite().then_some(bin as usize)
}

/// The upper bits of an f32, taken one smaller in size below 0: every edge of a and z has few enough
/// bits to begin such a group of numbers, and below 0 the edge is the last of its group.
#[inline(always)]
fn upper_bits(x: f32) -> u16 {
    let bits = if x == 0.0 { 0 } else { x.to_bits() };
    ((bits - (bits >> 31)) >> 16) as u16
}

/// For `upper_bits`, the bin of a and z.
static VALUE_TABLE: LazyLock<Bins> = LazyLock::new(|| {
    table(|upper| {
        // A number within the group.
        let x = f32::from_bits((upper << 16) + 1);
        value_bin(x.into()).map_or(NONE, |bin| bin as u8)
    })
});

/// The share of the values in each bin of a and z; what is not finite is in none.
pub fn value_histogram<T: Scalar>(values: &[T]) -> Vec<f32> {
    let bins = &*VALUE_TABLE;
    let closely = |x: f64| value_bin(x).map_or(NONE, |bin| bin as u8);
    shares(values, VALUE_BINS, |x| match x.narrow() {
        Some(narrow) => match bins[usize::from(upper_bits(narrow))] {
            NONE => closely(x.f64()),
            bin => bin,
        },
        None => closely(x.f64()),
    })
}

/// The share of the values in each of the first `bins` bins, of at most 255.
fn shares<T: Scalar>(values: &[T], bins: usize, bin: impl Fn(T) -> u8) -> Vec<f32> {
    // Neighbours count in different rows, so that none waits for the one before.
    let mut counts = [[0u32; 256]; 4];
    let (fours, rest) = values.as_chunks::<4>();
    for four in fours {
        for (counts, x) in counts.iter_mut().zip(four) {
            counts[usize::from(bin(*x))] += 1;
        }
    }
    for x in rest {
        counts[0][usize::from(bin(*x))] += 1;
    }
    (0..bins)
        .map(|bin| {
            let count: u32 = counts.iter().map(|counts| counts[bin]).sum();
            (f64::from(count) / values.len() as f64) as f32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_what_its_words_say() {
        let s = Summary::of(&[3.0f32, -4.0, 0.0, 0.0]);
        assert_eq!(
            (s.rms, s.mean, s.max, s.zero_fraction),
            (2.5, -0.25, 4.0, 0.5)
        );
        assert!((s.std - (6.25f64 - 0.0625).sqrt()).abs() < 1e-15);
        // Equal values have no spread, not one of rounding.
        assert_eq!(Summary::of(&[0.1f32; 1000]).std, 0.0);
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
    fn the_table_of_bins_agrees_with_the_edges() {
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
            let bin = dw_histogram(&[x]).iter().position(|share| *share == 1.0);
            assert_eq!(bin, dw_bin(f64::from(x), edges), "{x:e}");
        }
        assert_eq!(dw_histogram(&[1e-300f64])[0], 1.0, "beyond f32");
    }

    #[test]
    fn the_table_of_values_agrees_with_the_edges() {
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
            assert_eq!(bin, value_bin(f64::from(x)), "{x:e}");
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
        let h = dw_histogram(&[0.0f32, 1.0, -2.0, f32::INFINITY]);
        assert_eq!((h[92], h.iter().sum::<f32>()), (0.5, 0.5));
    }
}
