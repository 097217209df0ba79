//! What a trial reached.

use crate::diagnosis::progress::{LEARNED, way_from_guess};
use crate::numeric::scalar::Scalar;
use crate::observe::evaluation::test_set;
use crate::training::Trainer;

/// From this part of the way between guessing and no error on, a fix is offered.
const SURELY: f64 = 0.6;

/// What a trial reached on the test set, beside guessing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// NaN for regression.
    pub accuracy: f64,
    /// The mean loss.
    pub loss: f64,
    /// What the best constant answer reaches; NaN for regression.
    pub guess_accuracy: f64,
    /// The loss of the best constant answer.
    pub guess_loss: f64,
    /// A value left the range of float32.
    pub overflowed: bool,
}

impl Outcome {
    /// What a trainer has reached.
    pub fn of<T: Scalar>(trainer: &Trainer<T>) -> Self {
        let ((loss, accuracy), guess) = (test_set(trainer), trainer.data().guess);
        Outcome {
            accuracy,
            loss,
            guess_accuracy: guess.accuracy,
            guess_loss: guess.loss,
            overflowed: trainer.first_nonfinite().is_some(),
        }
    }

    /// The part of the way from guessing (0) to no error (1).
    pub fn progress(&self) -> f64 {
        if self.overflowed || !self.loss.is_finite() {
            return f64::NEG_INFINITY;
        }
        way_from_guess(
            (self.accuracy, self.guess_accuracy),
            (self.loss, self.guess_loss),
        )
    }

    /// Whether it has learned so much that it is offered.
    pub fn learns_surely(&self) -> bool {
        self.learns() && self.progress() >= SURELY
    }

    /// Whether the network has learned: not by chance, with a loss worse than that of guessing.
    pub fn learns(&self) -> bool {
        self.progress() >= LEARNED && self.loss < self.guess_loss
    }
}
