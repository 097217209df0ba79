//! What one step shows: plain arrays, no behaviour. The only thing that leaves the worker.

pub use crate::numeric::histogram::{
    DW_BIN_WIDTH, DW_BINS, DW_FIRST_EDGE, VALUE_BIN_WIDTH, VALUE_BINS, VALUE_FIRST_EDGE,
};
use crate::numeric::named_arrays::arrays;
pub use crate::training::{NonFinite, StepLog};

arrays! {
    /// One entry per layer: hidden layers 1..depth, then the output layer.
    ///
    /// All are as exact as the network's own numbers. RMS is sqrt(mean of squares). An RMS is 0 only where
    /// every element is 0. A layer that has overflowed has infinite or NaN entries.
    pub struct LayerStatistics {
        /// RMS of dW, the gradient of the mean data loss before clipping and decay.
        dw_rms,
        /// Mean of dW.
        dw_mean,
        /// Population standard deviation of dW.
        dw_std,
        /// Largest |dW|.
        dw_max,
        /// Share of the elements of dW that are exactly 0 (true zeros, or flushed to zero by float32).
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
        /// RMS of the last update, W after minus W before (0 at step 0).
        update_rms,
        /// `update_rms / w_rms` (0 where both are 0).
        update_ratio,
        /// Share of (sample, unit) pairs where |phi'(u)| is below 5 % of the largest |phi'|.
        saturated_fraction,
        /// Share of units where phi'(u) is exactly 0 for every one of `dead_samples` samples of the
        /// training part, at `test_step`; NaN before the first look.
        dead_fraction,
        /// RMS of W minus W at step 0: the distance from the start.
        distance_rms,
        /// RMS of what weight decay and L1 added to the last update of W.
        decay_rms,
        /// The activation's slope below 0, as PReLU has learned it; the config's for the others.
        slope,
        /// Factor of delta's RMS on its way here from the layer above, by its weights. All factors
        /// of a layer together are exactly the step of delta; they are 1 at the output layer.
        weight_factor,
        /// The same, by what a residual layer above passes on beside its weights.
        residual_factor,
        /// The same, by the activation's derivative.
        activation_factor,
        /// The same, by normalization.
        norm_factor,
    }
}

arrays! {
    /// Per layer, row by row: the share of the layer's elements in each bin. The edges are fixed
    /// (`numeric/histogram.rs`). A row sums to 1 less the zeros (dW) and the elements that are not finite.
    pub struct Histograms {
        /// log10|dW|: `layers x DW_BINS`.
        dw,
        /// The activation a: `layers x VALUE_BINS`, at looks and where it is watched; otherwise empty.
        a,
        /// The pre-activation z, likewise.
        z,
        /// The input u of the activation (z, normalized where the layer normalizes), likewise.
        u,
    }
}

arrays! {
    /// What mean-field theory predicts for the start of the run, one entry per layer (`theory.rs`).
    /// Only in the snapshot of step 0, and empty where the theory does not apply.
    pub struct TheorySignals {
        /// RMS of a; for the output layer of z.
        a_rms,
        /// RMS of delta, from the output layer's measured one.
        delta_rms,
    }
}

arrays! {
    /// The loss of the last step's minibatch along the line of its update, at `test_step`: at
    /// W_before + t update, from behind the start (t = 0) to beyond the end (t = 1).
    pub struct StepLine {
        /// Places on the line, in updates.
        t,
        /// Loss minus the loss at t = 0.
        loss_change,
        /// Derivative of the loss by t.
        slope,
    }
}

arrays! {
    /// What the network makes of the data, at `test_step`. With two features a surface over the
    /// plane; with classes the confusions of the test part; with pixels some samples of it; with
    /// numbers to predict, predicted against true.
    pub struct Predictions {
        /// Two features: `GRID x GRID` answers, row by row from the lowest second feature: the
        /// probability of the second of two classes, the index of the likeliest of more, or a number.
        surface,
        /// Two features: least and greatest first feature, least and greatest second.
        extent,
        /// First feature of each sample; without a plane, the true number.
        x,
        /// Second feature of each sample; without a plane, the predicted number.
        y,
        /// Class or number of each sample.
        label,
        /// 1 for samples of the test part, 0 for the training part.
        test,
        /// Test samples by true class (row) and predicted class.
        confusion,
        /// Some test samples: their pixels, `IMAGE x IMAGE` each, in the data's own units.
        images,
        /// Their true classes.
        image_label,
        /// Their predicted classes.
        image_class,
        /// The probability that the network gives to the predicted class.
        image_confidence,
    }
}

/// Points on each side of the surface of two features.
pub const GRID: usize = 48;
/// Pixels on each side of a sample of the digits.
pub const IMAGE: usize = 8;

arrays! {
    /// W, dW and the last update of the watched layer as images of at most `WEIGHTS_SIDE` squared;
    /// where the matrix is larger, each dot is the element of largest size in its block.
    pub struct WeightImages {
        /// Layer (0-based), rows and columns of the images, n_in and n_out.
        shape,
        /// W, row by row; a row is an input.
        w,
        /// dW.
        dw,
        /// The update.
        update,
    }
}

/// Dots on each side of a weight image, at most.
pub const WEIGHTS_SIDE: usize = 64;

/// What a snapshot shows beyond the usual, because it costs time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SnapshotRequest {
    /// The loss along the last update.
    pub step_line: bool,
    /// What the network makes of the data.
    pub predictions: bool,
    /// The histograms of a, z and u between looks too.
    pub values: bool,
    /// The weights of a layer (0-based).
    pub weights: Option<usize>,
}

/// What one step shows. The network after `step` updates: its parameters, forward and backward
/// signals on the coming minibatch, and the update that led here.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Snapshot {
    /// Updates made so far.
    pub step: u64,
    /// Passes over the training part made so far.
    pub epoch: f64,
    /// Mean data loss of the minibatch.
    pub train_loss: f64,
    /// Share of the minibatch classified rightly; NaN for regression.
    pub train_accuracy: f64,
    /// Mean data loss of the test part at `test_step`; NaN before the first evaluation.
    pub test_loss: f64,
    /// Share of the test part classified rightly at `test_step`; NaN for regression.
    pub test_accuracy: f64,
    /// The step at which the test part was last evaluated.
    pub test_step: u64,
    /// L2 norm of the raw gradient over all parameters.
    pub grad_norm: f64,
    /// The factor by which clipping by norm scales this gradient; for clipping by value, the ratio
    /// of the norm after to the norm before; 1 without clipping.
    pub clip_coefficient: f64,
    /// The learning rate of the update that led here; NaN at step 0. (A live change of the config acts from the
    /// next update on.)
    pub learning_rate: f64,
    /// Cosine between the gradient and the update that led here: above 0 where the update went past
    /// the lowest point of its line. NaN at step 0.
    pub step_cosine: f64,
    /// By how much the update that led to `test_step` changed the loss of its own minibatch. NaN at step 0.
    pub loss_change: f64,
    /// The samples over which `dead_fraction` looks.
    pub dead_samples: f64,
    /// Largest second derivative of the loss along the line of the last update, divided by the squared length of
    /// that update over all parameters.
    pub curvature: f64,
    /// The learning rate beyond which the step of `step_line` would have raised the loss, by its curvature:
    /// 2 / curvature for plain gradient descent.
    pub stability_limit: f64,
    /// Statistics per layer.
    pub layers: LayerStatistics,
    /// Histograms per layer.
    pub histograms: Histograms,
    /// Every step since the last snapshot.
    pub log: StepLog,
    /// What theory predicts, at step 0.
    pub theory: TheorySignals,
    /// The loss along the last update, where it is watched.
    pub step_line: StepLine,
    /// What the network makes of the data, where it is watched.
    pub predictions: Predictions,
    /// The watched layer's weights.
    pub weights: WeightImages,
    /// The classes' names; none for regression.
    pub classes: Vec<String>,
    /// Where the run overflowed, if it did.
    pub first_nonfinite: Option<NonFinite>,
}

impl Snapshot {
    /// The number of layers, the output layer included.
    pub fn layer_count(&self) -> usize {
        self.layers.dw_rms.len()
    }
}
