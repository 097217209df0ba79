//! Standardisation with the mean and standard deviation of the training set.

use super::Samples;
use ndarray::{Array2, Axis};

/// Mean and population standard deviation; 1 instead of a standard deviation of 0.
pub fn mean_and_std(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let count = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / count;
    let std = (values.map(|v| (v - mean) * (v - mean)).sum::<f64>() / count).sqrt();
    (mean, if std > 0.0 { std } else { 1.0 })
}

/// The features of all samples, standardised with the mean and population standard deviation of the rows `train`: each
/// feature on its own, or all together if they share a unit.
pub fn standardised(samples: &Samples, train: &[usize]) -> Array2<f64> {
    let mut x = samples.x.clone();
    let all = || train.iter().flat_map(|row| samples.x.row(*row).to_vec());
    let of_all = samples
        .shared_unit
        .then(|| mean_and_std(all().collect::<Vec<_>>().into_iter()));
    for (j, mut column) in x.axis_iter_mut(Axis(1)).enumerate() {
        let of_column = || mean_and_std(train.iter().map(|row| samples.x[[*row, j]]));
        let (mean, std) = of_all.unwrap_or_else(of_column);
        column.mapv_inplace(|v| (v - mean) / std);
    }
    x
}
