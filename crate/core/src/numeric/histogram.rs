//! Histograms over fixed bins: the share of an array's elements in each bin.

use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::Summary;
use std::sync::LazyLock;

/// Number of bins of log10|dW|: half a decade each, from 10^-46 (below the smallest float32) to 10^39 (above the
/// largest).
pub const DW_BINS: usize = 170;
/// log10 of the lower edge of the first bin of log10|dW|.
pub const DW_FIRST_EDGE: f64 = -46.0;
/// Width of a bin of log10|dW|, in decades.
pub const DW_BIN_WIDTH: f64 = 0.5;

/// Number of bins of a and z: everything below -8, then 128 bins of width 1/8 from -8 to 8, then 8 and above.
pub const VALUE_BINS: usize = 130;
/// Lower edge of the second bin of a and z (the first is everything below).
pub const VALUE_FIRST_EDGE: f64 = -8.0;
/// Width of a bin of a and z: a power of two, so that every edge is exact.
pub const VALUE_BIN_WIDTH: f64 = 0.125;

/// The lower edges of the bins of |dW| and the upper edge of the last bin: 10^-46, 10^-45.5, ..., 10^39.
static DW_EDGES: LazyLock<Vec<f64>> = LazyLock::new(|| {
    // Parsed from decimal digits, because that gives the nearest f64 on every machine.
    let edge = |i: usize| {
        let (decade, half) = (DW_FIRST_EDGE as i32 + (i / 2) as i32, i % 2 == 1);
        let digits = if half {
            "3.16227766016837933199889354443"
        } else {
            "1"
        };
        crate::numeric::decimal::decimal(&format!("{digits}e{decade}")).expect("a decimal number")
    };
    assert_eq!(DW_BIN_WIDTH, 0.5, "two edges a decade");
    (0..=DW_BINS).map(edge).collect()
});

/// The bin of |x|: the last one whose lower edge is at most |x|. `None` for 0, infinity and NaN.
fn dw_bin(x: f64, edges: &[f64]) -> Option<usize> {
    let x = x.abs();
    if x == 0.0 || !x.is_finite() {
        return None;
    }
    // A guess from the binary exponent, then at most two steps to the exact bin.
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

/// The share of the values in each of the `DW_BINS` bins of log10|dW|. Zeros and values that are not finite are in no
/// bin. `summary` is the summary of `values`.
///
/// For each edge between the smallest and the largest |x| it counts the values at or above the edge, several edges per
/// pass over the values. A layer spans few decades, so this takes a third of the time of finding the bin of every value.
pub fn dw_histogram<T: Scalar>(values: &[T], summary: &Summary) -> Vec<f32> {
    const EDGES_PER_PASS: usize = 4;
    let mut shares = vec![0.0; DW_BINS];
    let edges = &*DW_EDGES;
    let Some(first) = dw_bin(summary.min_nonzero_abs, edges) else {
        return shares;
    };
    let count = values.len() as f64;
    // The number of values at or above each edge from `first` on. If all values are finite, two of these numbers are
    // known without counting: all nonzero values are above the first edge and none above the last.
    let (mut at_or_above, from, to) = match dw_bin(summary.max_abs, edges) {
        Some(last) => {
            let zeros = summary.zero_fraction * count;
            (vec![(count - zeros).round() as u32], first + 1, last)
        }
        None => (Vec::new(), first, DW_BINS),
    };
    // Values beyond the outer edges (f64 has some, f32 has none) count in the outer bins.
    let edge = |bin: usize| match bin {
        0 => T::from_f64_rounded_up(f64::MIN_POSITIVE * f64::EPSILON),
        DW_BINS => T::from_f64(f64::INFINITY),
        _ if bin > DW_BINS => T::from_f64(f64::NAN),
        _ => T::from_f64_rounded_up(edges[bin]),
    };
    for bin in (from..=to).step_by(EDGES_PER_PASS) {
        at_or_above.extend(count_at_or_above(
            values,
            std::array::from_fn::<T, EDGES_PER_PASS, _>(|i| edge(bin + i)),
        ));
    }
    at_or_above.push(0);
    for (share, pair) in shares[first..].iter_mut().zip(at_or_above.windows(2)) {
        *share = (f64::from(pair[0] - pair[1]) / count) as f32;
    }
    shares
}

/// For each edge, the number of values with |x| >= edge.
#[inline(never)]
fn count_at_or_above<T: Scalar, const N: usize>(values: &[T], edges: [T; N]) -> [u32; N] {
    let mut counts = [0; N];
    for x in values {
        let abs = x.abs();
        for (count, edge) in counts.iter_mut().zip(&edges) {
            *count += u32::from(abs >= *edge);
        }
    }
    counts
}

/// The share of the values in each of the `VALUE_BINS` bins of a and z. Values that are not finite are in no bin.
pub fn value_histogram<T: Scalar>(values: &[T]) -> Vec<f32> {
    const CHUNK: usize = 64;
    // Neighbouring values, which often share a bin, count in different rows, so that no increment waits for the last.
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
    let mut last = [T::from_f64(f64::NAN); CHUNK];
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

/// The bin of a value of a or z. Values that are not finite go into an extra bin after the last.
#[inline(always)]
fn value_bin<T: Scalar>(x: T) -> u32 {
    // x in units of bins. The factor is a power of two, so nothing is rounded.
    let first = T::from_f64(VALUE_FIRST_EDGE / VALUE_BIN_WIDTH - 1.0);
    let last = first + T::from_f64((VALUE_BINS - 1) as f64);
    let position = x * T::from_f64(1.0 / VALUE_BIN_WIDTH);
    let position = if position > first { position } else { first };
    let position = if position < last { position } else { last };
    let bin = (position.floor() - first).to_index();
    if x.is_finite() {
        bin
    } else {
        VALUE_BINS as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dw<T: Scalar>(values: &[T]) -> Vec<f32> {
        dw_histogram(values, &Summary::of(values))
    }

    /// Values of many magnitudes, some of them 0.
    fn values_of_all_magnitudes(n: usize) -> Vec<f32> {
        let magnitude = |i: usize| 10f32.powi((i * 7 % 61) as i32 - 40);
        let value = |i: usize| {
            if i.is_multiple_of(11) {
                0.0
            } else {
                magnitude(i) * (i as f32 * 1.37).sin()
            }
        };
        (0..n).map(value).collect()
    }

    #[test]
    fn a_histogram_of_many_values_is_the_mean_of_their_histograms() {
        for n in [1, 3, 4, 63, 64, 65, 1000] {
            let mut values = values_of_all_magnitudes(n);
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
        let whole_range = (0..f32::INFINITY.to_bits())
            .step_by(65_537)
            .map(f32::from_bits);
        for x in near_edges
            .chain(whole_range)
            .filter(|x| x.is_finite() && *x > 0.0)
        {
            let bin = dw(&[x]).iter().position(|share| *share == 1.0);
            assert_eq!(bin, dw_bin(f64::from(x), edges), "{x:e}");
        }
        assert_eq!(dw(&[1e-300f64])[0], 1.0, "below the first edge");
    }

    #[test]
    fn a_value_of_a_is_in_its_bin() {
        let edges = (-70..=70).flat_map(|i| {
            let edge = i as f32 / 8.0;
            [edge.next_down(), edge, edge.next_up()]
        });
        let whole_range = (0..u32::MAX).step_by(65_537).map(f32::from_bits);
        let special = [
            0.0,
            -0.0,
            f32::MAX,
            f32::MIN,
            f32::INFINITY,
            f32::NAN,
            -1e-45,
        ];
        for x in edges.chain(whole_range).chain(special) {
            let bin = value_histogram(&[x]).iter().position(|share| *share == 1.0);
            let inner =
                (f64::from(x) / VALUE_BIN_WIDTH).floor() - VALUE_FIRST_EDGE / VALUE_BIN_WIDTH;
            let expected = (inner + 1.0).clamp(0.0, (VALUE_BINS - 1) as f64) as usize;
            assert_eq!(bin, x.is_finite().then_some(expected), "{x:e}");
        }
    }

    #[test]
    fn histograms_hold_every_finite_value_once() {
        let h = value_histogram(&[-9.0f32, -8.0, -1e-30, 0.0, 0.124, 0.125, 7.999, 8.0]);
        let nonempty: Vec<_> = h.iter().enumerate().filter(|(_, s)| **s > 0.0).collect();
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
            nonempty.iter().map(|(i, s)| (*i, **s)).collect::<Vec<_>>(),
            expected
        );
        let h = dw(&[0.0f32, 1.0, -2.0, f32::INFINITY]);
        assert_eq!((h[92], h.iter().sum::<f32>()), (0.5, 0.5));
    }
}
