//! What the diagnosis remembers of a run, since one snapshot cannot show it: how the run started, and
//! what the latest snapshots showed.

use super::summary::{first_over_last, largest, mean};
use crate::observe::snapshot::Snapshot;
use std::collections::VecDeque;

/// The number of latest observations that are kept.
pub const WINDOW: usize = 10;
/// The number of latest observations over which the present loss is averaged.
const AVERAGED: usize = 5;

/// The run at its first snapshot.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    pub loss: f64,
    /// Share of saturated outputs, mean over the hidden layers.
    pub saturated: f64,
    /// Share of dead units, mean over the hidden layers.
    pub dead: f64,
    /// delta at layer 1 divided by delta at the last hidden layer.
    pub delta_ratio: f64,
}

/// What a later snapshot showed.
#[derive(Debug, Clone, Copy)]
pub struct Observation {
    /// Mean loss of the steps since the observation before.
    pub loss: f64,
    /// Cosine between the gradient and the last update: above 0 where the update went past the lowest
    /// point of its line.
    pub step_cosine: f64,
    /// By how much the last step changed the loss of its own minibatch; NaN where that was not measured.
    pub loss_change: f64,
    /// The last update divided by the weights, for the layer where that is largest.
    pub update_ratio: f64,
}

#[derive(Debug, Clone, Default)]
pub struct Memory {
    pub start: Option<Start>,
    /// The latest observations, oldest first; the start is not among them.
    pub recent: VecDeque<Observation>,
    /// The highest that `loss()` has been.
    pub peak_loss: f64,
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
        } else if self.step != Some(snapshot.step) {
            if self.recent.len() == WINDOW {
                self.recent.pop_front();
            }
            self.recent.push_back(Observation::of(snapshot));
            self.peak_loss = self.peak_loss.max(self.loss());
        }
        self.step = Some(snapshot.step);
    }

    /// The present loss: the mean of the latest observations; NaN before there are any.
    pub fn loss(&self) -> f64 {
        let latest = self.recent.iter().rev().take(AVERAGED);
        let count = latest.len();
        latest.map(|observation| observation.loss).sum::<f64>() / count as f64
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
            delta_ratio: first_over_last(&layers.delta_rms[..depth]),
        }
    }
}

impl Observation {
    fn of(snapshot: &Snapshot) -> Self {
        // Without a new evaluation the snapshot repeats the numbers of an earlier step's line.
        let measured = snapshot.test_step == snapshot.step;
        Observation {
            loss: mean(&snapshot.log.train_loss),
            step_cosine: snapshot.step_cosine,
            loss_change: if measured {
                snapshot.loss_change
            } else {
                f64::NAN
            },
            update_ratio: largest(&snapshot.layers.update_ratio).1,
        }
    }
}
