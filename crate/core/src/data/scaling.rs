//! Scaling of the features by what the training set contains.

use super::Samples;
use crate::config::Scaling;
use ndarray::{Array2, Axis};

/// A column whose range is a smaller share than this of its largest number is constant: what varies in it are rounding
/// errors, which dividing by their size would turn into a feature.
const CONSTANT_SHARE: f64 = 1e-12;

/// Squares of distances in a smaller range would underflow to 0: they are taken in units of the range.
const LEAST_RANGE: f64 = 1e-140;

/// An offset and a unit: v becomes (v - offset) / unit.
type OffsetAndUnit = (f64, f64);

/// The smallest and the largest value; `None` if they are the same but for rounding errors.
fn range(values: &[f64]) -> Option<(f64, f64)> {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values {
        (low, high) = (low.min(*value), high.max(*value));
    }
    (high - low > CONSTANT_SHARE * low.abs().max(high.abs())).then_some((low, high))
}

/// Mean and population standard deviation; for constant values the first of them and 1.
pub fn mean_and_std(values: &[f64]) -> OffsetAndUnit {
    let Some((low, high)) = range(values) else {
        return (values[0], 1.0);
    };
    let unit = if high - low < LEAST_RANGE {
        high - low
    } else {
        1.0
    };
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let distances = values.iter().map(|v| (v - mean) / unit);
    let squares = distances.map(|d| d * d);
    (mean, unit * (squares.sum::<f64>() / count).sqrt())
}

/// The smallest value and the range; for constant values the first of them and 1.
fn min_and_range(values: &[f64]) -> OffsetAndUnit {
    range(values).map_or((values[0], 1.0), |(low, high)| (low, high - low))
}

/// The place of a number among all by size, as an integer: negative ones come before, in reverse.
fn order(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// The number with this place by size from 0, found by halving the range of all numbers: this needs no sorting.
fn nth(values: &[f64], place: usize) -> f64 {
    let (mut low, mut high) = (i64::MIN, i64::MAX);
    while low < high {
        let middle = (low & high) + ((low ^ high) >> 1);
        let mut below = 0;
        for value in values {
            below += usize::from(order(*value) <= middle);
        }
        if below > place {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    f64::from_bits((low ^ (((low >> 63) as u64) >> 1) as i64) as u64)
}

/// Fills the missing values of each feature, which are NaN, with the median of those in the rows `train`.
fn fill(x: &mut Array2<f64>, train: &[usize]) {
    let mut known = Vec::new();
    for j in 0..x.ncols() {
        let mut is_missing = false;
        for i in 0..x.nrows() {
            is_missing |= x[[i, j]].is_nan();
        }
        if !is_missing {
            continue;
        }
        known.clear();
        for row in train {
            if !x[[*row, j]].is_nan() {
                known.push(x[[*row, j]]);
            }
        }
        let median = match known.len() {
            0 => 0.0,
            count => 0.5 * (nth(&known, (count - 1) / 2) + nth(&known, count / 2)),
        };
        for i in 0..x.nrows() {
            if x[[i, j]].is_nan() {
                x[[i, j]] = median;
            }
        }
    }
}

/// The features of all samples, without gaps and scaled by the rows `train`: each feature on its own, or all together if they share a unit.
pub fn scaled(samples: &Samples, train: &[usize], scaling: Scaling) -> Array2<f64> {
    let mut x = samples.x.clone();
    fill(&mut x, train);
    let scale = match scaling {
        Scaling::Standard => mean_and_std,
        Scaling::Minmax => min_and_range,
        Scaling::None => return x,
    };
    let mut values = Vec::with_capacity(train.len());
    let mut of_all = None;
    if samples.shared_unit {
        for row in train {
            values.extend(x.row(*row).iter());
        }
        of_all = Some(scale(&values));
    }
    for mut column in x.axis_iter_mut(Axis(1)) {
        let (offset, unit) = of_all.unwrap_or_else(|| {
            values.clear();
            values.extend(train.iter().map(|row| column[*row]));
            scale(&values)
        });
        column.mapv_inplace(|v| (v - offset) / unit);
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Labels;

    #[test]
    fn missing_values_are_filled_with_the_median_of_the_training_rows() {
        let gap = f64::NAN;
        let x = ndarray::array![
            [1.0, gap],
            [-3.0, gap],
            [gap, gap],
            [40.0, 7.0],
            [2.5, gap],
            [99.0, gap]
        ];
        let samples = Samples {
            y: Labels::Numbers(vec![0.0; 6]),
            x,
            shared_unit: false,
        };
        let filled = |train: &[usize]| {
            let x = scaled(&samples, train, Scaling::None);
            (x[[2, 0]], x[[0, 1]])
        };
        assert_eq!(filled(&[0, 1, 2, 3]), (1.0, 7.0));
        assert_eq!(filled(&[0, 1, 3, 4]), (1.75, 7.0));
        assert_eq!(
            filled(&[1, 2]),
            (-3.0, 0.0),
            "nothing is known of the second"
        );
        assert_eq!(scaled(&samples, &[0, 3], Scaling::Minmax)[[2, 0]], 0.5);
    }

    #[test]
    fn the_nth_number_is_the_one_of_a_sorted_list() {
        let values = [3.0, -0.0, -7.5, 1e-310, f64::MAX, 2.0, 2.0, -1e300, 0.0];
        let mut sorted = values;
        sorted.sort_by(f64::total_cmp);
        for (place, value) in sorted.iter().enumerate() {
            assert_eq!(nth(&values, place).to_bits(), value.to_bits(), "{place}");
        }
    }
}
