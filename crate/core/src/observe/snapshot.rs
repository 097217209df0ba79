//! The snapshot of a step: plain arrays without behaviour. It is all that leaves the worker.

pub use crate::numeric::histogram::{
    DW_BIN_WIDTH, DW_BINS, DW_FIRST_EDGE, VALUE_BIN_WIDTH, VALUE_BINS, VALUE_FIRST_EDGE,
};
use crate::numeric::named_arrays::arrays;
pub use crate::training::{NonFinite, StepLog};

arrays! {
    /// Statistics with one entry per layer: the hidden layers, then the output layer.
    ///
    /// They are as accurate as the network's own numbers. RMS is sqrt(mean of squares), and it is 0 only if every element
    /// is 0. A layer that has overflowed has infinite or NaN entries.
    pub struct LayerStatistics {
        /// RMS of dW, the gradient of the mean data loss before clipping and decay.
        dw_rms,
        /// Mean of dW.
        dw_mean,
        /// Population standard deviation of dW.
        dw_std,
        /// Largest |dW|.
        dw_max,
        /// Share of the elements of dW that are exactly 0, including those that underflowed in float32.
        dw_zero_fraction,
        /// RMS of delta = dLoss/dz over the batch and the units.
        delta_rms,
        /// RMS of the activation a over the batch and the units.
        a_rms,
        /// Mean of a.
        a_mean,
        /// Population standard deviation of a.
        a_std,
        /// RMS of W.
        w_rms,
        /// RMS of the last update, W after it minus W before it (0 at step 0).
        update_rms,
        /// `update_rms / w_rms`: 0 if `update_rms` is 0, infinite if only `w_rms` is 0.
        update_ratio,
        /// Share of (sample, unit) pairs with |phi'(u)| below 5 % of the largest |phi'|.
        saturated_fraction,
        /// Share of units with phi'(u) exactly 0 for each of `dead_samples` samples of the training set, at `test_step`;
        /// NaN before the first evaluation.
        dead_fraction,
        /// RMS of W minus W at step 0.
        distance_rms,
        /// RMS of what weight decay and L1 contributed to the last update of W.
        decay_rms,
        /// The activation's slope on the negative side: the learned one of PReLU, otherwise that of the config.
        slope,
        /// The factor by which the weights of the layer above multiply the RMS of delta on its way to this layer. The
        /// product of all factors of a layer is exactly the ratio of its delta to that of the layer above. All factors
        /// of the output layer are 1.
        weight_factor,
        /// The same for the residual connection of the layer above. It is infinite if the weights pass nothing and the
        /// residual connection does; `weight_factor` is then 0.
        residual_factor,
        /// The same for the derivative of this layer's activation.
        activation_factor,
        /// The same for this layer's normalization.
        norm_factor,
    }
}

arrays! {
    /// Histograms with one row per layer: the share of the layer's elements in each bin, between fixed edges (see
    /// [`histogram`](crate::numeric::histogram)).
    ///
    /// A row sums to 1, less the share of elements that are not finite and, for dW, of those that are 0.
    pub struct Histograms {
        /// log10|dW|, (layers, [`DW_BINS`]).
        dw,
        /// The activation a, (layers, [`VALUE_BINS`]). Empty unless the state was evaluated or it was requested.
        a,
        /// The pre-activation z, like a.
        z,
        /// The input u of the activation (z, after normalization if the layer has one), like a.
        u,
    }
}

arrays! {
    /// What [mean-field theory](crate::theory) predicts for step 0, one entry per layer. Empty at later steps and if the
    /// theory does not apply.
    pub struct TheorySignals {
        /// RMS of a; of z for the output layer.
        a_rms,
        /// RMS of delta, given the measured one of the output layer.
        delta_rms,
    }
}

arrays! {
    /// The loss of a minibatch along the line of its own update, at W_before + t update, for the update that led to
    /// `test_step`. t = 0 is before and t = 1 after the update; the line goes beyond both.
    pub struct StepLine {
        /// Points on the line.
        t,
        /// Loss minus the loss at t = 0.
        loss_change,
        /// Derivative of the loss by t.
        slope,
    }
}

arrays! {
    /// What the network predicts, at `test_step`: with two features a surface over them, with classes the confusion
    /// matrix of the test set, for images some samples of it, for regression the predicted and the true numbers.
    pub struct Predictions {
        /// For two features: the predictions on a square grid of at most [`GRID`] x [`GRID`] cells, row by row from the
        /// smallest second feature. A prediction is the probability of class 1 of two classes, the index of the most
        /// probable of more classes, or a number.
        surface,
        /// For two features: smallest and largest first feature, smallest and largest second feature.
        extent,
        /// The first of two features of each sample; otherwise, for regression, the true numbers of the test set.
        x,
        /// The second of two features of each sample; otherwise, for regression, the predicted numbers.
        y,
        /// For two features: the class or number of each sample.
        label,
        /// For two features: 1 for samples of the test set, 0 for those of the training set.
        test,
        /// For classes: the numbers of test samples, (true class, predicted class).
        confusion,
        /// For images: the pixels of some test samples as the network gets them, (samples, [`IMAGE`], [`IMAGE`]).
        images,
        /// For images: their true classes.
        image_label,
        /// For images: their predicted classes.
        image_class,
        /// For images: the probabilities of their predicted classes.
        image_confidence,
    }
}

/// Largest number of cells on each side of the surface over two features.
pub const GRID: usize = 48;
/// Pixels on each side of an image.
pub const IMAGE: usize = 8;

arrays! {
    /// W, dW and the last update of the requested layer, as images of at most [`WEIGHTS_SIDE`] squared. If the matrix is
    /// larger, each pixel is the element of largest absolute value in its block.
    pub struct WeightImages {
        /// The layer (from 0), rows and columns of the images, n_in and n_out.
        shape,
        /// W, row by row; a row belongs to an input.
        w,
        /// dW.
        dw,
        /// The update.
        update,
    }
}

/// Largest number of pixels on each side of a weight image.
pub const WEIGHTS_SIDE: usize = 64;

/// What a snapshot contains only on request, because it takes time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SnapshotRequest {
    /// The loss along the last update.
    pub step_line: bool,
    /// What the network predicts.
    pub predictions: bool,
    /// The histograms of a, z and u, also in snapshots that are not evaluated.
    pub values: bool,
    /// The weight images of this layer (from 0).
    pub weights: Option<usize>,
}

/// The state of a run after `step` updates: its parameters, the signals and the gradient on the next minibatch, and the
/// update that led to this step.
///
/// # Numbers that are not finite
///
/// Once `first_nonfinite` is set, the run has stopped, and any number that was computed from the tensor that it names may
/// be infinite or NaN. Counts (`step`, `epoch`, `test_step`, `dead_samples`), `learning_rate` and shares in histograms never
/// are because of it. Without `first_nonfinite`, these are the only ones, and all others are finite:
///
/// | field | NaN | infinite |
/// |---|---|---|
/// | `train_accuracy`, `guess_accuracy` | for regression | |
/// | `test_loss` | before the first evaluation | |
/// | `test_loss`, if it was evaluated | where the test set alone overflows | likewise |
/// | `test_accuracy` | before the first evaluation; for regression | |
/// | `learning_rate`, also of the log's step 0 | at step 0 | |
/// | `step_cosine` | at step 0; if the gradient or the update is 0 | |
/// | `loss_change` | at step 0; if the update makes its own minibatch overflow | likewise |
/// | `dead_samples`, `dead_fraction` | before the first evaluation | |
/// | `curvature`, `stability_limit` | without a step line; if it does not bend upwards | |
/// | `residual_factor` | | if the weights pass nothing (`weight_factor` is 0 or next to it) and the path does |
/// | `update_ratio` | | if the update took the weights to 0, or next to it |
/// | `theory` | | where what it predicts is beyond float32 |
/// | `loss_change` and `slope` of the step line | where the network overflows on the line | likewise |
/// | `surface`, `y`, `image_confidence` of predictions | where the network overflows for a point or sample | likewise |
///
/// Two of them are meant to be infinite: the factors and ratios whose denominator is 0. Whoever multiplies the factors
/// takes the ratio of two `delta_rms` instead, which is the same.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Snapshot {
    /// Number of updates so far.
    pub step: u64,
    /// Number of passes over the training set so far; a fraction within a pass.
    pub epoch: f64,
    /// Mean data loss of the minibatch.
    pub train_loss: f64,
    /// Accuracy on the minibatch, from 0 to 1; NaN for regression.
    pub train_accuracy: f64,
    /// Mean data loss of the test set at `test_step`; NaN before the first evaluation.
    pub test_loss: f64,
    /// Accuracy on the test set at `test_step`, from 0 to 1; NaN for regression and before the first evaluation.
    pub test_accuracy: f64,
    /// The loss of the best constant answer (see [`Guess`](crate::data::Guess)).
    pub guess_loss: f64,
    /// The accuracy of the best constant answer, from 0 to 1; NaN for regression.
    pub guess_accuracy: f64,
    /// The step of the latest evaluation.
    pub test_step: u64,
    /// L2 norm of the gradient over all parameters, before clipping.
    pub grad_norm: f64,
    /// The factor by which clipping by norm scales this gradient; for clipping by value, the norm afterwards divided by
    /// the norm before; 1 without clipping.
    pub clip_coefficient: f64,
    /// The learning rate of the update that led to this step; NaN at step 0. (A live change of the config has an effect
    /// from the next update on.)
    pub learning_rate: f64,
    /// Cosine between the gradient and the update that led to this step. It is positive if the update went past the
    /// minimum along its line. NaN at step 0.
    pub step_cosine: f64,
    /// By how much the update that led to `test_step` changed the loss of its own minibatch; NaN at step 0.
    pub loss_change: f64,
    /// The number of samples over which `dead_fraction` was measured.
    pub dead_samples: f64,
    /// Largest second derivative of the loss along `step_line`, divided by the squared L2 norm of the update over all
    /// parameters.
    pub curvature: f64,
    /// The learning rate above which the update of `step_line` would have raised the loss, according to its curvature;
    /// 2 / curvature for plain gradient descent (Cohen et al. 2021, sec. 2).
    pub stability_limit: f64,
    /// Statistics per layer.
    pub layers: LayerStatistics,
    /// Histograms per layer.
    pub histograms: Histograms,
    /// Every step since the last snapshot.
    pub log: StepLog,
    /// What theory predicts, at step 0.
    pub theory: TheorySignals,
    /// The loss along the last update, if requested.
    pub step_line: StepLine,
    /// What the network predicts, if requested.
    pub predictions: Predictions,
    /// The weights of the requested layer.
    pub weights: WeightImages,
    /// The names of the classes; empty for regression.
    pub classes: Vec<String>,
    /// The first tensor that was not finite, if the run has overflowed.
    pub first_nonfinite: Option<NonFinite>,
}

impl Snapshot {
    /// The number of layers, the output layer included.
    pub fn layer_count(&self) -> usize {
        self.layers.dw_rms.len()
    }
}
