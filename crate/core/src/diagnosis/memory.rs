//! What the diagnosis remembers of a run, since one snapshot cannot show it: how the run started, how the loss and the
//! accuracy have gone since, and what the latest snapshots showed.

use super::progress::progress;
use super::summary::{largest, mean};
use crate::observe::snapshot::Snapshot;
use std::collections::VecDeque;

/// The number of latest observations that are kept.
pub const WINDOW: usize = 10;
/// The number of latest observations over which the present loss is averaged.
const AVERAGED: usize = 5;
/// The number of latest steps over which an observation averages the loss: earlier ones say nothing of the present.
const STEPS: usize = 50;
/// The most points of the loss curve that are kept; then every second one goes.
const CURVE_POINTS: usize = 64;

/// The run at its first snapshot.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    pub loss: f64,
    /// Share of saturated outputs, mean over the hidden layers.
    pub saturated: f64,
    /// Share of dead units, mean over the hidden layers.
    pub dead: f64,
    /// RMS of W, mean over all layers.
    pub w_rms: f64,
    /// L2 norm of the gradient.
    pub grad_norm: f64,
}

/// What a later snapshot showed.
#[derive(Debug, Clone, Copy)]
pub struct Observation {
    /// Mean loss of the steps since the observation before, of the latest if there are many.
    pub loss: f64,
    /// The part of the way from guessing to no error; NaN where it was not measured.
    pub progress: f64,
    /// Cosine between the gradient and the last update: above 0 where the update went past the lowest
    /// point of its line.
    pub step_cosine: f64,
    /// By how much the last step changed the loss of its own minibatch; NaN where that was not measured.
    pub loss_change: f64,
    /// The last update divided by the weights, for the layer where that is largest.
    pub update_ratio: f64,
    /// The factor by which clipping scales the gradient.
    pub clip_coefficient: f64,
    /// The share of the last update that decay and L1 made, mean over the hidden layers.
    pub penalty_share: f64,
}

#[derive(Debug, Clone, Default)]
pub struct Memory {
    pub start: Option<Start>,
    /// The latest observations, oldest first; the start is not among them.
    pub recent: VecDeque<Observation>,
    /// The highest that `loss()` has been.
    pub peak_loss: f64,
    /// The lowest that `loss()` has been over a whole window; infinite before.
    pub best_loss: f64,
    /// The largest norm of a gradient so far, with its step; finite ones alone.
    pub peak_norm: (u64, f64),
    /// Step and mean loss, thinned out over the whole run.
    curve: Vec<(u64, f64)>,
    /// What progress was when it was measured last; None before.
    pub last_progress: Option<f64>,
    /// Every so many observations make a point of the curve, and so many have been seen since the last.
    stride: (usize, usize),
    /// The step of the latest snapshot.
    step: Option<u64>,
}

impl Memory {
    /// Remembers a snapshot. One that is older than the latest starts another run.
    pub fn record(&mut self, snapshot: &Snapshot) {
        if self.step.is_some_and(|step| snapshot.step < step) {
            *self = Memory::default();
        }
        if self.start.is_none() {
            self.start = Some(Start::of(snapshot));
            self.best_loss = f64::INFINITY;
            self.stride = (1, 0);
        } else if self.step != Some(snapshot.step) {
            if self.recent.len() == WINDOW {
                self.recent.pop_front();
            }
            let observation = Observation::of(snapshot);
            self.recent.push_back(observation);
            if !observation.progress.is_nan() {
                self.last_progress = Some(observation.progress);
            }
            self.peak_loss = self.peak_loss.max(self.loss());
            if self.recent.len() >= AVERAGED {
                self.best_loss = self.best_loss.min(self.loss());
            }
            self.extend_curve(snapshot.step);
        }
        let first =
            snapshot.step + 1 - (snapshot.log.grad_norm.len() as u64).min(snapshot.step + 1);
        for (step, norm) in (first..).zip(&snapshot.log.grad_norm) {
            let norm = f64::from(*norm);
            if norm.is_finite() && norm > self.peak_norm.1 {
                self.peak_norm = (step, norm);
            }
        }
        self.step = Some(snapshot.step);
    }

    fn extend_curve(&mut self, step: u64) {
        let (every, seen) = self.stride;
        self.stride.1 = (seen + 1) % every;
        if seen > 0 {
            return;
        }
        if self.curve.len() == CURVE_POINTS {
            let mut keep = false;
            self.curve.retain(|_| {
                keep = !keep;
                keep
            });
            self.stride.0 = 2 * every;
        }
        self.curve.push((step, self.loss()));
    }

    /// The present loss: the mean of the latest observations; NaN before there are any.
    pub fn loss(&self) -> f64 {
        self.recent_mean(|observation| observation.loss)
    }

    /// The part of the way from guessing to no error that has been made; NaN where it was not measured lately.
    pub fn progress(&self) -> f64 {
        self.recent_mean(|observation| observation.progress)
    }

    /// The mean over the latest observations of a number, where it was measured.
    pub fn recent_mean(&self, number: fn(&Observation) -> f64) -> f64 {
        let latest = self.recent.iter().rev().take(AVERAGED).map(number);
        let (mut sum, mut count) = (0.0, 0.0);
        for number in latest.filter(|number| !number.is_nan()) {
            sum += number;
            count += 1.0;
        }
        sum / count
    }

    /// The loss when the run had made half of its steps; NaN before there is one.
    pub fn loss_at_half(&self) -> f64 {
        let half = self.step.unwrap_or(0) / 2;
        let before = self.curve.iter().rev().find(|(step, _)| *step <= half);
        before.map_or(f64::NAN, |(_, loss)| *loss)
    }
}

impl Start {
    fn of(snapshot: &Snapshot) -> Self {
        let layers = &snapshot.layers;
        let depth = snapshot.layer_count().saturating_sub(1);
        Start {
            // A small minibatch may be easy by chance.
            loss: snapshot.train_loss.max(snapshot.test_loss),
            saturated: mean(&layers.saturated_fraction[..depth]),
            dead: mean(&layers.dead_fraction[..depth]),
            w_rms: mean(&layers.w_rms),
            grad_norm: snapshot.grad_norm,
        }
    }
}

impl Observation {
    fn of(snapshot: &Snapshot) -> Self {
        // Without a new evaluation the snapshot repeats the numbers of an earlier step.
        let measured = |number: f64| {
            if snapshot.test_step == snapshot.step {
                number
            } else {
                f64::NAN
            }
        };
        let layers = &snapshot.layers;
        let losses = &snapshot.log.train_loss;
        Observation {
            loss: mean(&losses[losses.len().saturating_sub(STEPS)..]),
            progress: measured(progress(snapshot)),
            step_cosine: snapshot.step_cosine,
            loss_change: measured(snapshot.loss_change),
            update_ratio: largest(&layers.update_ratio).1,
            clip_coefficient: mean(&snapshot.log.clip_coefficient),
            penalty_share: mean(&layers.decay_rms) / mean(&layers.update_rms),
        }
    }
}
