//! Scaling of the features by what the training set contains.

use super::Samples;
use crate::config::Scaling;
use ndarray::{Array2, Axis};

/// A column whose range is a smaller share than this of its largest number is constant: what varies in it are rounding
/// errors, which dividing by their size would turn into a feature.
const CONSTANT_SHARE: f64 = 1e-12;

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
    if range(values).is_none() {
        return (values[0], 1.0);
    }
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares = values.iter().map(|v| (v - mean) * (v - mean));
    (mean, (squares.sum::<f64>() / count).sqrt())
}

/// The smallest value and the range; for constant values the first of them and 1.
fn min_and_range(values: &[f64]) -> OffsetAndUnit {
    range(values).map_or((values[0], 1.0), |(low, high)| (low, high - low))
}

/// The features of all samples, scaled by the rows `train`: each feature on its own, or all together if they share a unit.
pub fn scaled(samples: &Samples, train: &[usize], scaling: Scaling) -> Array2<f64> {
    let mut x = samples.x.clone();
    let scale = match scaling {
        Scaling::Standard => mean_and_std,
        Scaling::Minmax => min_and_range,
        Scaling::None => return x,
    };
    let mut values = Vec::with_capacity(train.len());
    let mut of_all = None;
    if samples.shared_unit {
        for row in train {
            values.extend(samples.x.row(*row).iter());
        }
        of_all = Some(scale(&values));
    }
    for (j, mut column) in x.axis_iter_mut(Axis(1)).enumerate() {
        let (offset, unit) = of_all.unwrap_or_else(|| {
            values.clear();
            values.extend(train.iter().map(|row| samples.x[[*row, j]]));
            scale(&values)
        });
        column.mapv_inplace(|v| (v - offset) / unit);
    }
    x
}
