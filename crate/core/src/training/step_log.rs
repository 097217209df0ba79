//! The log of every step, whether a snapshot shows the step or not.

use crate::numeric::named_arrays::arrays;

arrays! {
    /// One entry (or row) per step since the last snapshot, oldest first. The last one is the snapshot's step.
    pub struct StepLog {
        /// Mean loss of the minibatch, before the update.
        train_loss,
        /// L2 norm of the raw gradient over all parameters.
        grad_norm,
        /// The factor by which clipping scales the gradient (1 without clipping).
        clip_coefficient,
        /// The learning rate of the update that led to this step; NaN at step 0.
        learning_rate,
        /// RMS of dW: one row per step, one entry per layer.
        dw_rms,
    }
}
