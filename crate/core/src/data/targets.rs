//! Targets in the form that the loss needs.

use super::scaling::mean_and_std;
use super::{Decision, Labels};
use crate::config::{Activation, LossFunction, Output};
use ndarray::Array2;

/// What the loss compares the outputs of a network with.
#[derive(Debug, Clone, PartialEq)]
pub enum Targets<T> {
    /// A class index per sample, for softmax cross-entropy.
    Classes(Vec<usize>),
    /// Numbers, (samples, outputs), for the other losses.
    Values(Array2<T>),
}

/// The targets of all samples for a loss, and how its outputs are turned into classes (see
/// [`Dataset::load`](super::Dataset::load)). Numbers are standardised with the mean and standard deviation of the
/// training set, whose rows are `train`.
pub fn targets(
    y: &Labels,
    loss: LossFunction,
    output: Output,
    train: &[usize],
) -> (Targets<f64>, Decision) {
    match y {
        Labels::Numbers(numbers) => {
            let of_train: Vec<f64> = train.iter().map(|row| numbers[*row]).collect();
            let (mean, std) = mean_and_std(&of_train);
            let column =
                Array2::from_shape_fn((numbers.len(), 1), |(i, _)| (numbers[i] - mean) / std);
            (Targets::Values(column), Decision::Regression)
        }
        Labels::Classes { labels, .. } if loss == LossFunction::SoftmaxCe => {
            (Targets::Classes(labels.clone()), Decision::ArgMax)
        }
        Labels::Classes { labels, names } if names.len() == 2 => {
            // The targets are numbers that the output can reach.
            let (low, decision) = match (loss, output.activation()) {
                (LossFunction::Bce, _) => (0.0, Decision::Sign),
                (_, Activation::Sigmoid) => (0.0, Decision::Half),
                _ => (-1.0, Decision::Sign),
            };
            let value = |(i, _)| if labels[i] == 1 { 1.0 } else { low };
            (
                Targets::Values(Array2::from_shape_fn((labels.len(), 1), value)),
                decision,
            )
        }
        Labels::Classes { labels, names } => {
            let value = |(i, class)| if labels[i] == class { 1.0 } else { 0.0 };
            let values = Array2::from_shape_fn((labels.len(), names.len()), value);
            (Targets::Values(values), Decision::ArgMax)
        }
    }
}
