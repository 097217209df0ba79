//! How the elements of an array spread: shares of them in fixed bins.

use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::Summary;
use std::sync::LazyLock;

/// Bins of log10|dW|: half a decade each, from 1e-46 (below float32's smallest) to 1e39 (above its largest).
pub const DW_BINS: usize = 170;
/// log10 of the lower edge of the first bin of log10|dW|.
pub const DW_FIRST_EDGE: f64 = -46.0;
/// Width of a bin of log10|dW|, in decades.
pub const DW_BIN_WIDTH: f64 = 0.5;

/// Bins of a and z: below -8, then 128 bins of 1/8 from -8 to 8, then 8 and above.
pub const VALUE_BINS: usize = 130;
/// Lower edge of the second bin of a and z (the first is everything below).
pub const VALUE_FIRST_EDGE: f64 = -8.0;
/// Width of a bin of a and z. A power of two, so that every edge is exact.
pub const VALUE_BIN_WIDTH: f64 = 0.125;

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
        crate::numeric::decimal::decimal(&format!("{digits}e{decade}")).expect("a decimal number")
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
        DW_BINS => T::from_f64(f64::INFINITY),
        _ if bin > DW_BINS => T::from_f64(f64::NAN),
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

/// The bin of a value of a and z; what is not finite is in one beyond the last.
#[inline(always)]
fn value_bin<T: Scalar>(x: T) -> u32 {
    // A multiple of a power of two: nothing is rounded. The first bin is just below the edges.
    let first = T::from_f64(VALUE_FIRST_EDGE / VALUE_BIN_WIDTH - 1.0);
    let last = first + T::from_f64((VALUE_BINS - 1) as f64);
    let place = x * T::from_f64(1.0 / VALUE_BIN_WIDTH);
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
