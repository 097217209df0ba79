//! How the outputs of a network are turned into a class, and the accuracy.

use super::Targets;
use crate::numeric::scalar::Scalar;
use ndarray::Array2;

/// How the outputs of a sample are turned into a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The index of the largest output.
    ArgMax,
    /// A single output: class 1 if it is above 0, otherwise class 0.
    Sign,
    /// A single output between 0 and 1: class 1 if it is above 1/2, otherwise class 0.
    Half,
    /// Regression: there are no classes.
    Regression,
}

impl Decision {
    /// Whether a single output means class 1 of two.
    pub fn is_class_1<T: Scalar>(self, output: T) -> bool {
        let threshold = if self == Decision::Half { 0.5 } else { 0.0 };
        output > T::from_f64(threshold)
    }

    /// The share of samples that the outputs, (samples, outputs), classify correctly; NaN for regression.
    pub fn accuracy<T: Scalar>(self, z: &Array2<T>, targets: &Targets<T>) -> f64 {
        let is_correct = |(row, z): (usize, ndarray::ArrayView1<T>)| match (self, targets) {
            (Decision::ArgMax, Targets::Classes(classes)) => argmax(z.iter()) == classes[row],
            (Decision::ArgMax, Targets::Values(y)) => argmax(z.iter()) == argmax(y.row(row).iter()),
            (_, Targets::Values(y)) => self.is_class_1(z[0]) == (y[[row, 0]].to_f64() > 0.0),
            (_, Targets::Classes(classes)) => self.is_class_1(z[0]) == (classes[row] == 1),
        };
        match self {
            Decision::Regression => f64::NAN,
            Decision::ArgMax | Decision::Sign | Decision::Half => {
                let correct = z.outer_iter().enumerate().filter(|z| is_correct(*z));
                correct.count() as f64 / z.nrows() as f64
            }
        }
    }
}

/// The index of the first largest finite number; `usize::MAX` if none is finite.
pub fn argmax<'a, T: Scalar>(values: impl Iterator<Item = &'a T>) -> usize {
    let mut best: Option<(usize, T)> = None;
    for (i, value) in values.enumerate() {
        if value.is_finite() && best.is_none_or(|(_, b)| *value > b) {
            best = Some((i, *value));
        }
    }
    best.map_or(usize::MAX, |(i, _)| i)
}
