//! What is read off a snapshot and the memory of its run: the numbers that the rules judge.
//!
//! Layers have indices from 0 here, and numbers from 1 (as on the screen) in the structs that leave it.

use super::finding::{Moved, NormRise, Reached};
use super::initialization::preserving_sigma;
use super::memory::{Memory, Start};
use super::progress::LEARNED;
use super::summary::{first_over_last, geometric_mean, largest, mean, spread};
use crate::config::{Activation, Config, Norm};
use crate::observe::snapshot::{LayerStatistics, Snapshot};

/// The signal is level while delta (or a) differs by less than this factor between the first and the last
/// hidden layer. Measured: wide networks with their preserving initialisation stay within 20 at depth 100
/// (tanh) and 2 (ReLU); training adds a factor of 6.
pub const LEVEL: f64 = 100.0;
/// float32's smallest normal number, 2^-126.
pub const SMALLEST_NORMAL: f64 = 1.175_494_4e-38;
/// Training has driven the loss up where it is this many times that of the start.
const DRIVEN_UP: f64 = 2.0;
/// ... and has not come down again below this share of its peak.
const STAYS_UP: f64 = 0.5;

/// A loss clearly below that of guessing, as a share of it.
const BELOW_GUESS: f64 = 0.95;
/// A loss that has fallen since half of the run, as a share of what it was then.
const FALLEN: f64 = 0.98;
/// After so many steps this part of the way should be made.
const LATE: u64 = 200;
const SOME_PROGRESS: f64 = 0.25;
/// A loss that has risen again, as a multiple of the lowest.
const RISEN: f64 = 1.5;

/// A snapshot, the memory of its run, and what is read off them.
pub struct Evidence<'a> {
    pub config: &'a Config,
    pub snapshot: &'a Snapshot,
    pub memory: &'a Memory,
    pub layers: &'a LayerStatistics,
    /// The number of hidden layers.
    pub depth: usize,
}

/// By what each layer multiplies delta on its way back: geometric means over the layers. Their product
/// is `total`.
#[derive(Debug)]
pub struct Factors {
    pub total: f64,
    pub weights: f64,
    pub derivative: f64,
    /// Where there is normalization.
    pub norm: Option<f64>,
    /// Where there are residual connections.
    pub residual: Option<f64>,
    /// The means are over layers 1 to this one.
    pub last_layer: usize,
}

/// The size of the weights, sqrt(n_in Var W), as it is and as it should be.
#[derive(Debug, Clone)]
pub struct WeightSize {
    pub measured: f64,
    /// Where the activation passes the signal on unchanged.
    pub preserving: f64,
    pub activation: Activation,
}

/// How the loss has changed.
#[derive(Debug)]
pub struct Losses {
    /// None where the start is all that was seen.
    pub start: Option<f64>,
    pub now: f64,
}

/// The update that was largest as a share of its layer's weights.
#[derive(Debug)]
pub struct LargestUpdate {
    pub layer: usize,
    pub share: f64,
}

impl<'a> Evidence<'a> {
    pub fn new(config: &'a Config, snapshot: &'a Snapshot, memory: &'a Memory) -> Self {
        Evidence {
            config,
            snapshot,
            memory,
            layers: &snapshot.layers,
            depth: snapshot.layer_count().saturating_sub(1),
        }
    }

    /// The learning rate of the last step; the config's before the first one. A live change acts on the next step.
    pub fn last_learning_rate(&self) -> f64 {
        let rate = self.snapshot.learning_rate;
        if rate.is_nan() {
            self.config.learning_rate
        } else {
            rate
        }
    }

    /// The entries of the hidden layers.
    pub fn hidden<'b>(&self, array: &'b [f32]) -> &'b [f32] {
        &array[..self.depth]
    }

    pub fn activation(&self) -> Activation {
        self.config.activation
    }

    /// Whether the activation is bounded, so that its units saturate rather than die.
    pub fn saturating(&self) -> bool {
        self.activation().traits().saturating
    }

    pub fn normalized(&self) -> bool {
        self.config.norm != Norm::None
    }

    /// delta at the first hidden layer divided by delta at the last.
    pub fn delta_ratio(&self) -> f64 {
        first_over_last(self.hidden(&self.layers.delta_rms))
    }

    /// The factor per layer that multiplies up to `delta_ratio`.
    pub fn delta_per_layer(&self) -> f64 {
        libm::pow(self.delta_ratio(), 1.0 / (self.depth - 1) as f64)
    }

    /// a at the last hidden layer divided by a at the first.
    pub fn a_ratio(&self) -> f64 {
        first_over_last(self.hidden(&self.layers.a_rms)).recip()
    }

    /// dW at the first hidden layer divided by dW at the last.
    pub fn dw_ratio(&self) -> f64 {
        first_over_last(self.hidden(&self.layers.dw_rms))
    }

    /// The factor within which the hidden layers' dW lie.
    pub fn dw_spread(&self) -> f64 {
        spread(self.hidden(&self.layers.dw_rms))
    }

    /// The uppermost hidden layer at which delta is cut off to exactly 0, rather than fading to it.
    pub fn cut_layer(&self) -> Option<usize> {
        let delta = &self.layers.delta_rms;
        let cut = (0..self.depth).rev().find(|layer| delta[*layer] == 0.0)?;
        // A small delta above would mean that float32 has flushed the rest to zero.
        let above = f64::from(delta[cut + 1]);
        (above >= SMALLEST_NORMAL / f64::from(f32::EPSILON)).then_some(cut)
    }

    /// Share of the saturated outputs, mean over the hidden layers.
    pub fn saturated(&self) -> f64 {
        mean(self.hidden(&self.layers.saturated_fraction))
    }

    /// Share of the dead units, mean over the hidden layers.
    pub fn dead(&self) -> f64 {
        mean(self.hidden(&self.layers.dead_fraction))
    }

    pub fn factors(&self) -> Factors {
        let last_layer = self.depth - 1;
        let typical = |array: &[f32]| geometric_mean(&array[..last_layer]);
        Factors {
            total: self.delta_per_layer(),
            weights: typical(&self.layers.weight_factor),
            derivative: typical(&self.layers.activation_factor),
            norm: self.normalized().then(|| typical(&self.layers.norm_factor)),
            residual: (self.config.residual).then(|| typical(&self.layers.residual_factor)),
            last_layer,
        }
    }

    /// The size of the hidden layers' weights; None where no size preserves the signal.
    pub fn weight_size(&self) -> Option<WeightSize> {
        let preserving = preserving_sigma(self.config)?;
        // The first layer's n_in is the number of features.
        let above_first = &self.hidden(&self.layers.w_rms)[1.min(self.depth - 1)..];
        Some(WeightSize {
            measured: geometric_mean(above_first) * (self.config.width as f64).sqrt(),
            preserving,
            activation: self.activation(),
        })
    }

    pub fn losses(&self) -> Losses {
        let start = self.memory.start.filter(|_| self.in_training());
        let now = self.memory.loss();
        Losses {
            start: start.map(|start| start.loss),
            now: if now.is_nan() {
                self.snapshot.train_loss
            } else {
                now
            },
        }
    }

    /// The last finite loss before an overflow.
    pub fn last_finite_loss(&self) -> Option<f64> {
        let mut latest_first = self.snapshot.log.train_loss.iter().rev();
        let last = latest_first.find(|loss| loss.is_finite());
        last.map(|loss| f64::from(*loss))
    }

    pub fn largest_update(&self) -> LargestUpdate {
        let (index, share) = largest(&self.layers.update_ratio);
        LargestUpdate {
            layer: index + 1,
            share,
        }
    }

    /// What the network reaches on the test set, beside guessing.
    pub fn reached(&self) -> Reached {
        let s = self.snapshot;
        Reached {
            accuracy: s.test_accuracy,
            guess_accuracy: s.guess_accuracy,
            loss: s.test_loss,
            guess_loss: s.guess_loss,
        }
    }

    /// Whether most of the way from guessing to no error is made.
    pub fn learned(&self) -> bool {
        self.memory.progress() >= LEARNED
    }

    /// Whether the loss is clearly below that of guessing and still falls, or falls no more since little is left.
    pub fn learning(&self) -> bool {
        let (loss, guess) = (self.memory.loss(), self.snapshot.guess_loss);
        let before = self.memory.loss_at_half();
        let half_way = loss < 0.5 * guess;
        let falls = loss < FALLEN * before || before.is_nan();
        // Where nobody has looked at the test part yet, the loss alone can say.
        let slow = (self.memory.last_progress).is_some_and(|progress| progress < SOME_PROGRESS);
        let on_time = self.snapshot.step < LATE || !slow;
        let keeps = loss < RISEN * self.memory.best_loss;
        loss < BELOW_GUESS * guess && (falls || half_way) && on_time && keeps
    }

    /// How far training has taken the weights.
    pub fn moved(&self) -> Moved {
        let (distance, w) = (&self.layers.distance_rms, &self.layers.w_rms);
        let mut share = 0.0f64;
        for (distance, w) in distance.iter().zip(w) {
            let moved = f64::from(*distance) / f64::from(*w);
            // Not a number where both are 0: nothing has moved.
            share = share.max(moved);
        }
        Moved {
            share,
            steps: self.snapshot.step,
        }
    }

    /// Weight decay and L1 as a share of the weights that they take away in each step, without momentum and scaling.
    pub fn penalty_pull(&self) -> f64 {
        let w = self.memory.start.map_or(f64::NAN, |start| start.w_rms);
        self.last_learning_rate() * (self.config.weight_decay + self.config.l1 / w)
    }

    /// How the norm of the gradient has grown since the start.
    pub fn norm_rise(&self) -> Option<NormRise> {
        let (step, highest) = self.memory.peak_norm;
        let at_start = self.memory.start?.grad_norm;
        (highest > at_start && step > 0).then_some(NormRise {
            at_start,
            highest,
            step,
        })
    }

    /// The share of saturated outputs with the activation, if that is one that saturates.
    pub fn saturated_share(&self) -> Option<(f64, Activation)> {
        (self.saturating()).then(|| (self.saturated(), self.activation()))
    }

    /// Whether more than the start has been seen.
    pub fn in_training(&self) -> bool {
        !self.memory.recent.is_empty()
    }

    /// Whether training has driven the loss up, and it has stayed up.
    pub fn driven_up(&self) -> bool {
        let loss = self.memory.loss();
        let start = self.memory.start.map_or(f64::NAN, |start| start.loss);
        loss > DRIVEN_UP * start && loss > STAYS_UP * self.memory.peak_loss
    }

    /// Whether the network overflowed before the first update.
    pub fn overflowed_at_start(&self) -> bool {
        let overflow = self.snapshot.first_nonfinite.as_ref();
        overflow.is_some_and(|overflow| overflow.step == 0)
    }

    /// Whether training saturated the units, rather than the initialisation.
    pub fn saturated_in_training(&self) -> bool {
        self.grew_in_training(|start| start.saturated, self.saturated())
    }

    /// Whether a share is more than twice what it was at the start.
    fn grew_in_training(&self, at_start: impl Fn(&Start) -> f64, now: f64) -> bool {
        let from_start = |start: &Start| at_start(start) >= now / 2.0;
        self.in_training() && !self.memory.start.as_ref().is_some_and(from_start)
    }
}
