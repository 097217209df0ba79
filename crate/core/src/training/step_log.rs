//! What every step leaves behind, shown or not.

use crate::numeric::named_arrays::arrays;

arrays! {
    /// One entry (or row) per step since the last snapshot, oldest first, the snapshot's own step last.
    pub struct StepLog {
        /// Loss of the minibatch, before the update.
        train_loss,
        /// Global norm of the raw gradient.
        grad_norm,
        /// The factor that clipping applied (1 without clipping).
        clip_coefficient,
        /// The learning rate of the update that led to this step; NaN at step 0.
        learning_rate,
        /// RMS of dW: rows of one entry per layer.
        dw_rms,
    }
}
