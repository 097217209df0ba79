//! How far a network has come from guessing.

use crate::observe::snapshot::Snapshot;

/// From this part of the way between guessing and no error on, a network has learned.
pub const LEARNED: f64 = 0.5;

/// The part of the way from guessing (0) to no error (1) on the test set: by accuracy for classes, by loss for
/// regression; NaN before an evaluation, below 0 for what is worse than guessing.
pub fn progress(snapshot: &Snapshot) -> f64 {
    way_from_guess(
        (snapshot.test_accuracy, snapshot.guess_accuracy),
        (snapshot.test_loss, snapshot.guess_loss),
    )
}

/// See [`progress`]: from an accuracy (NaN for regression) and a loss, each with that of guessing.
pub fn way_from_guess(accuracy: (f64, f64), loss: (f64, f64)) -> f64 {
    let ((accuracy, guess), (loss, guess_loss)) = (accuracy, loss);
    if !guess.is_nan() {
        // Where all samples are of one class, there is nothing to learn.
        return if guess < 1.0 {
            (accuracy - guess) / (1.0 - guess)
        } else {
            accuracy
        };
    }
    if loss == 0.0 {
        1.0
    } else {
        1.0 - loss / guess_loss
    }
}
