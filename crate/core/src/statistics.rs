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
        let (mut sum, mut max, mut zeros) = (0.0, 0.0f64, 0usize);
        for x in values {
            let x = x.f64();
            sum += x;
            // Unlike f64::max, this keeps a NaN.
            if x.abs() > max || x.is_nan() {
                max = x.abs();
            }
            zeros += usize::from(x == 0.0);
        }
        let mean = sum / count;
        let (mut deviations, mut any_nan) = (0.0, false);
        for x in values {
            let d = x.f64() - mean;
            deviations += d * d;
            any_nan |= x.f64().is_nan();
        }
        if any_nan {
            max = f64::NAN;
        }
        Summary {
            rms: rms(values),
            mean,
            std: (deviations / count).sqrt(),
            max,
            zero_fraction: zeros as f64 / count,
        }
    }
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
    let sum = sum_of_squares(values.iter().map(|x| x.f64()));
    if sum.is_finite() && sum > f64::MIN_POSITIVE / f64::EPSILON {
        return sum.sqrt();
    }
    let largest = values.iter().fold(0.0f64, |m, x| m.max(x.f64().abs()));
    if largest == 0.0 || !largest.is_finite() || sum.is_nan() {
        return sum.sqrt();
    }
    largest * sum_of_squares(values.iter().map(|x| x.f64() / largest)).sqrt()
}

fn sum_of_squares(values: impl Iterator<Item = f64>) -> f64 {
    values.map(|x| x * x).sum()
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

/// The share of the values in each bin of log10|dW|; zeros and what is not finite are in none.
/// Values beyond the outer edges, which f32 does not have, count in the outer bins.
pub fn dw_histogram<T: Scalar>(values: &[T]) -> Vec<f32> {
    let edges = &*DW_EDGES;
    shares(values, DW_BINS, |x| dw_bin(x, edges))
}

/// The share of the values in each bin of a and z; what is not finite is in none.
pub fn value_histogram<T: Scalar>(values: &[T]) -> Vec<f32> {
    shares(values, VALUE_BINS, |x| {
        let inner = (x / VALUE_BIN_WIDTH).floor() - VALUE_FIRST_EDGE / VALUE_BIN_WIDTH;
        let bin = (inner + 1.0).clamp(0.0, (VALUE_BINS - 1) as f64);
        x.is_finite().then_some(bin as usize)
    })
}

fn shares<T: Scalar>(values: &[T], bins: usize, bin: impl Fn(f64) -> Option<usize>) -> Vec<f32> {
    let mut counts = vec![0u32; bins];
    for x in values {
        if let Some(bin) = bin(x.f64()) {
            counts[bin] += 1;
        }
    }
    counts
        .into_iter()
        .map(|c| (f64::from(c) / values.len() as f64) as f32)
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
