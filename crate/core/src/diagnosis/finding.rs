//! What the sentences of each kind need: the numbers that a rule has measured, and what they belong to.
//!
//! Layers are numbered from 1, as on the screen.

use super::evidence::{Factors, LargestUpdate, Losses, WeightSize};
use crate::config::{Activation, Norm};

#[derive(Debug)]
pub enum Healthy {
    /// Nothing speaks against the start. Whether the network learns is not known yet.
    TooEarly {
        /// None for one hidden layer: there is nothing to pass delta through.
        signal: Option<Level>,
        losses: Losses,
    },
    /// The loss is below that of guessing, and falls.
    Learning { reached: Reached, losses: Losses },
    /// Most of the way from guessing to no error is made.
    Learned { reached: Reached, losses: Losses },
}

/// The signal reaches every layer.
#[derive(Debug)]
pub struct Level {
    pub dw_spread: f64,
    pub factors: Factors,
}

/// What a network reaches on the test set, and what guessing reaches.
#[derive(Debug)]
pub struct Reached {
    /// NaN for regression.
    pub accuracy: f64,
    pub guess_accuracy: f64,
    pub loss: f64,
    pub guess_loss: f64,
}

#[derive(Debug)]
pub struct TestLossNotFinite {
    pub losses: Losses,
    /// The samples over which batch norm takes its means.
    pub batch_norm: Option<usize>,
}

#[derive(Debug)]
pub struct BatchTooSmall {
    pub losses: Losses,
}

#[derive(Debug)]
pub struct InputsNotScaled {
    pub loss: f64,
    pub guess_loss: f64,
    /// Share of the saturated outputs of the first layer.
    pub saturated: Option<(f64, Activation)>,
}

#[derive(Debug)]
pub struct StartTooLarge {
    pub loss: f64,
    pub guess_loss: f64,
    pub weights: Option<WeightSize>,
    pub saturated: Option<(f64, Activation)>,
}

#[derive(Debug)]
pub struct PenaltyTooStrong {
    /// The part of the updates that the penalties make.
    pub share: f64,
    /// Which of the two is set.
    pub weight_decay: f64,
    pub l1: f64,
    /// RMS of W now, divided by that at the start.
    pub remaining: f64,
    pub losses: Losses,
}

#[derive(Debug)]
pub struct ThresholdTooSmall {
    pub clip_coefficient: f64,
    pub clip_at: f64,
    pub moved: Moved,
    pub losses: Losses,
}

/// How far training has taken the weights.
#[derive(Debug, Clone, Copy)]
pub struct Moved {
    /// RMS of W minus W at step 0 divided by RMS of W, in the layer where that is largest.
    pub share: f64,
    pub steps: u64,
}

#[derive(Debug)]
pub struct NotLearning {
    pub steps: u64,
    pub reached: Reached,
    pub losses: Losses,
}

#[derive(Debug)]
pub struct Overflow {
    pub step: u64,
    pub layer: usize,
    pub tensor: String,
    pub operation: String,
    pub cause: OverflowCause,
}

/// How the gradient has grown before an overflow.
#[derive(Debug)]
pub struct NormRise {
    pub at_start: f64,
    pub highest: f64,
    pub step: u64,
}

#[derive(Debug)]
pub enum OverflowCause {
    /// The initialisation, whose weights may have the wrong size.
    Start { weights: Option<WeightSize> },
    /// An update.
    Update {
        last_finite_loss: Option<f64>,
        norm_rise: Option<NormRise>,
    },
}

#[derive(Debug)]
pub enum Zeros {
    /// Nothing reaches the layers from `first` to `last`, since all weights of `zero_layers` of the
    /// network's `layers` are 0.
    NothingPasses {
        first: usize,
        last: usize,
        zero_layers: usize,
        layers: usize,
    },
    /// All units of a layer started alike.
    Symmetric { units: usize, losses: Losses },
}

/// A hidden layer in which the derivative of all units is 0, so that delta ends there.
#[derive(Debug)]
pub struct BlockedLayer {
    pub layer: usize,
    pub delta_above: f64,
    /// The samples over which all its units are dead; None where that was not counted.
    pub dead_samples: Option<f64>,
    pub losses: Losses,
}

#[derive(Debug)]
pub enum Dying {
    Blocked(BlockedLayer),
    DeadUnits {
        activation: Activation,
        /// The layer with the most dead units.
        layer: usize,
        dead_units: f64,
        units: usize,
        samples: f64,
        /// Shares over all hidden layers.
        dead_share: f64,
        dead_share_at_start: Option<f64>,
        /// Hidden layers in which at least `threshold` of the units are dead, of `layers`.
        dying_layers: usize,
        layers: usize,
        threshold: f64,
    },
}

#[derive(Debug)]
pub struct Underflow {
    /// The first layers, up to this one, have a dW of exactly 0; 0 where none has.
    pub last_flushed: usize,
    pub first_dw: f64,
    pub output_delta: f64,
    /// The first layer whose dW is not 0, with its dW.
    pub first_nonzero: Option<(usize, f64)>,
}

/// How delta grows on its way back.
#[derive(Debug)]
pub struct Growth {
    pub delta_ratio: f64,
    pub per_layer: f64,
    pub depth: usize,
    pub activation: Activation,
    pub factors: Factors,
}

#[derive(Debug)]
pub struct ExplodingWeights {
    pub growth: Growth,
    pub cause: GrowthCause,
    /// Share of the saturated outputs, where the activation saturates.
    pub saturated: Option<(f64, Activation)>,
}

#[derive(Debug)]
pub enum GrowthCause {
    /// Residual layers add up.
    Residual,
    /// The weights, where a size is known that would not do it.
    Weights(Option<WeightSize>),
}

#[derive(Debug)]
pub struct ExplodingNorm {
    pub growth: Growth,
    pub norm: Norm,
}

#[derive(Debug)]
pub struct ExplodingRate {
    pub signs: RateSigns,
    pub learning_rate: f64,
    pub update: LargestUpdate,
    /// Share of the outputs that training has saturated.
    pub saturated: Option<(f64, Activation)>,
}

#[derive(Debug)]
pub enum RateSigns {
    /// The loss is far above its start.
    DrivenUp { start_loss: f64, loss_ratio: f64 },
    /// The loss was lower before, or steps are long, and it does not fall.
    Wandering { losses: Losses, guess_loss: f64 },
}

#[derive(Debug)]
pub struct Oscillation {
    pub learning_rate: f64,
    /// Of `observed` steps, so many went past the minimum of their line.
    pub crossed: usize,
    pub observed: usize,
    /// Of `measured` steps, so many raised the loss of their own minibatch.
    pub raised: usize,
    pub measured: usize,
    /// Mean loss of the earlier and of the later half.
    pub loss_before: f64,
    pub loss_now: f64,
    pub update: LargestUpdate,
}

/// How dW shrinks on its way back.
#[derive(Debug)]
pub struct Decline {
    pub dw_ratio: f64,
    pub depth: usize,
    pub activation: Activation,
    pub factors: Factors,
}

#[derive(Debug)]
pub enum Saturation {
    Blocked(BlockedLayer),
    Vanishing {
        decline: Decline,
        saturated: f64,
        losses: Losses,
    },
}

#[derive(Debug)]
pub struct StartTooSmall {
    pub decline: Decline,
    pub delta_ratio: f64,
    pub weights: WeightSize,
}

#[derive(Debug)]
pub struct Derivative {
    pub decline: Decline,
    pub passed_on: f64,
    /// The largest derivative that the activation has, where it is below 1.
    pub largest_derivative: Option<f64>,
}

#[derive(Debug)]
pub struct Hidden {
    pub delta_ratio: f64,
    pub a_ratio: f64,
    pub dw_spread: f64,
    pub depth: usize,
    pub activation: Activation,
    pub passed_on: f64,
    pub factors: Factors,
    pub weights: Option<WeightSize>,
}

#[derive(Debug)]
pub struct RateTooSmall {
    pub moved: Moved,
    pub learning_rate: f64,
    pub grad_norm: f64,
    pub losses: Losses,
}
