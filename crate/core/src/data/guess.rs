//! What one reaches without a network: by always giving the same answer.

use super::{Split, Targets};
use crate::config::LossFunction;
use crate::numeric::scalar::Scalar;

/// What the best constant answer reaches on the training set: the shares of its classes, or the mean of its numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess {
    /// The mean loss: the entropy of the classes (ln 10 for ten equally frequent ones), or the variance of the numbers.
    pub loss: f64,
    /// The share of the most frequent class; NaN for regression.
    pub accuracy: f64,
}

impl Guess {
    /// The best constant answer to a training set with `classes` classes; 0 for regression.
    pub fn of<T: Scalar>(train: &Split<T>, loss: LossFunction, classes: usize) -> Self {
        let n = train.len() as f64;
        let mut counts = vec![0.0; classes];
        if classes > 0 {
            for row in 0..train.len() {
                counts[train.class(row)] += 1.0;
            }
        }
        Guess {
            loss: match &train.targets {
                Targets::Classes(_) => counts.iter().map(|count| entropy(count / n)).sum(),
                Targets::Values(y) => {
                    let of_output = |y: ndarray::ArrayView1<T>| {
                        let mean = y.iter().map(|y| y.to_f64()).sum::<f64>() / n;
                        if loss == LossFunction::Bce {
                            return entropy(mean) + entropy(1.0 - mean);
                        }
                        y.iter().map(|y| (y.to_f64() - mean).powi(2)).sum::<f64>() / n
                    };
                    y.columns().into_iter().map(of_output).sum::<f64>() / y.ncols() as f64
                }
            },
            accuracy: counts
                .iter()
                .fold(f64::NAN, |most, count| most.max(count / n)),
        }
    }
}

/// A term of the entropy; 0 for a share of 0.
fn entropy(share: f64) -> f64 {
    if share > 0.0 {
        -share * libm::log(share)
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    fn guess(targets: Targets<f64>, loss: LossFunction, classes: usize) -> Guess {
        let rows = match &targets {
            Targets::Classes(classes) => classes.len(),
            Targets::Values(y) => y.nrows(),
        };
        let x = Array2::zeros((rows, 1));
        Guess::of(&Split { x, targets }, loss, classes)
    }

    #[test]
    fn a_guess_knows_the_classes_shares_and_the_numbers_mean() {
        let even = guess(
            Targets::Classes(vec![0, 1, 2, 3]),
            LossFunction::SoftmaxCe,
            4,
        );
        assert!((even.loss - 4f64.ln()).abs() < 1e-15);
        assert_eq!(even.accuracy, 0.25);
        let binary = Targets::Values(array![[0.0], [1.0], [1.0], [1.0]]);
        let binary = guess(binary, LossFunction::Bce, 2);
        assert!((binary.loss - (0.75 * (4f64 / 3.0).ln() + 0.25 * 4f64.ln())).abs() < 1e-15);
        assert_eq!(binary.accuracy, 0.75);
        let numbers = Targets::Values(array![[-1.0], [1.0]]);
        let numbers = guess(numbers, LossFunction::Mse, 0);
        assert!(numbers.loss == 1.0 && numbers.accuracy.is_nan());
        // A class that the training set has not is no infinite loss.
        let missing = guess(Targets::Classes(vec![0, 0]), LossFunction::SoftmaxCe, 2);
        assert_eq!((missing.loss, missing.accuracy), (0.0, 1.0));
    }
}
