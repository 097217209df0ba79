//! How the outputs of a network are read as an answer, and how often the answer is right.

use super::Targets;
use crate::numeric::scalar::Scalar;
use ndarray::Array2;

/// How the outputs of a sample are read as a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The largest output's index.
    Largest,
    /// One output: class 1 where it is above 0.
    Sign,
    /// Regression: no class.
    Number,
}

impl Decision {
    /// The share of samples whose outputs z (samples, outputs) name the right class; NaN for regression.
    pub fn accuracy<T: Scalar>(self, z: &Array2<T>, targets: &Targets<T>) -> f64 {
        let right = |(row, z): (usize, ndarray::ArrayView1<T>)| match (self, targets) {
            (Decision::Largest, Targets::Classes(classes)) => largest(z.iter()) == classes[row],
            (Decision::Largest, Targets::Values(y)) => {
                largest(z.iter()) == largest(y.row(row).iter())
            }
            (_, Targets::Values(y)) => (z[0] > T::zero()) == (y[[row, 0]].to_f64() > 0.0),
            (_, Targets::Classes(classes)) => (z[0] > T::zero()) == (classes[row] == 1),
        };
        match self {
            Decision::Number => f64::NAN,
            _ => z.outer_iter().enumerate().filter(|z| right(*z)).count() as f64 / z.nrows() as f64,
        }
    }
}

/// The index of the first largest number; NaN is never largest.
pub fn largest<'a, T: Scalar>(values: impl Iterator<Item = &'a T>) -> usize {
    let mut best: Option<(usize, T)> = None;
    for (i, value) in values.enumerate() {
        if value.is_finite() && best.is_none_or(|(_, b)| *value > b) {
            best = Some((i, *value));
        }
    }
    best.map_or(usize::MAX, |(i, _)| i)
}
