//! What a diagnostician remembers of a run.

use super::rules::{largest, mean, ratio};
use crate::observe::snapshot::Snapshot;
use std::collections::VecDeque;

/// Looks that are remembered.
pub const REMEMBERED: usize = 10;
/// Looks over which the present loss is averaged.
const AVERAGED: usize = 5;

/// How the run was when it was first seen.
#[derive(Debug, Clone, Copy)]
pub struct Start {
    pub loss: f64,
    /// Means over the hidden layers.
    pub saturated: f64,
    pub dead: f64,
    /// delta at layer 1 as a multiple of the last hidden layer's.
    pub delta_ratio: f64,
}

/// What one later look saw.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Mean loss of the steps since the look before.
    pub loss: f64,
    /// Cosine between gradient and last update.
    pub cosine: f64,
    /// Change of the last step's own loss.
    pub change: f64,
    /// The last update as a share of the weights, where it was largest.
    pub update: f64,
}

#[derive(Debug, Clone, Default)]
pub struct Memory {
    pub start: Option<Start>,
    /// The last looks, oldest first.
    pub seen: VecDeque<Seen>,
    /// The step of the latest look.
    step: Option<u64>,
    /// The highest loss so far, averaged as `loss` does.
    pub peak: f64,
}

impl Memory {
    /// Remembers a snapshot. One that is older than the latest begins another run.
    pub fn take_in(&mut self, snapshot: &Snapshot) {
        if self.step.is_some_and(|step| snapshot.step < step) {
            *self = Memory::default();
        }
        let layers = &snapshot.layers;
        let depth = snapshot.layer_count().saturating_sub(1);
        if self.start.is_none() {
            self.start = Some(Start {
                // A small minibatch may be easy by chance.
                loss: snapshot.train_loss.max(snapshot.test_loss),
                saturated: mean(&layers.saturated_fraction[..depth]),
                dead: mean(&layers.dead_fraction[..depth]),
                delta_ratio: ratio(&layers.delta_rms[..depth]),
            });
        } else if self.step != Some(snapshot.step) {
            // A line's numbers belong to the step at which they were measured.
            let fresh = snapshot.test_step == snapshot.step;
            self.seen.push_back(Seen {
                loss: mean(&snapshot.log.train_loss),
                cosine: snapshot.step_cosine,
                change: if fresh {
                    snapshot.loss_change
                } else {
                    f64::NAN
                },
                update: largest(&layers.update_ratio).1,
            });
            if self.seen.len() > REMEMBERED {
                self.seen.pop_front();
            }
            self.peak = self.peak.max(self.loss());
        }
        self.step = Some(snapshot.step);
    }

    /// The mean loss of the last looks; NaN before the second.
    pub fn loss(&self) -> f64 {
        let last = self.seen.iter().rev().take(AVERAGED);
        let count = last.len();
        last.map(|seen| seen.loss).sum::<f64>() / count as f64
    }
}
