//! Rules on the updates: what they are made of, how far they go, and whether they gain anything.

use super::PATIENCE;
use crate::config::Clip;
use crate::diagnosis::evidence::Evidence;
use crate::diagnosis::finding::*;
use crate::diagnosis::kind::Finding;
use crate::diagnosis::memory::{Observation, WINDOW};
use crate::diagnosis::summary::mean;

/// Steps before anything is said of updates that lead nowhere.
const FIRST_STEPS: u64 = 30;
/// Penalties that make this share of the updates outweigh the gradient.
const OUTWEIGHS: f64 = 0.5;
/// Penalties that have had the time to take away this share of the weights count.
const TAKEN_AWAY: f64 = 0.3;
/// Clipping that leaves this share of the gradient or less takes nearly all of it away.
const CLIPPED: f64 = 0.1;
/// Weights that move by this share of their size within `HORIZON` steps hardly move.
const HARDLY: f64 = 0.1;
const HORIZON: f64 = 1000.0;
/// An oscillation needs so many steps whose change of the loss was measured, of the last `WINDOW`.
const MEASURED: usize = 8;
/// Shares of the steps that go past the minimum of their line, and that raise the loss of their own
/// minibatch, from which on a run oscillates; in tenths.
const CROSSED: usize = 7;
const RAISED: usize = 3;
/// A loss that has not come below this share of what it was has not fallen.
const NOT_FALLEN: f64 = 0.9;
/// Steps that change a layer by this share of its weights are long.
const LONG: f64 = 0.02;
/// Weights that have moved by this share of their size are far from their start. Where a network learns well, most of
/// the way is made within a tenth.
const FAR: f64 = 0.2;
/// Weights that have moved by less than this share after `PATIENCE` steps have not begun to learn.
const NEAR: f64 = 0.02;

/// Weight decay or L1 moves the weights more than the gradient does.
pub fn penalty_too_strong(e: &Evidence) -> Option<Finding> {
    let c = e.config;
    let share = e.memory.recent_mean(|o| o.penalty_share);
    let outweighs = share > OUTWEIGHS && e.penalty_pull() * e.snapshot.step as f64 > TAKEN_AWAY;
    (outweighs && !e.learning()).then(|| {
        let start = e.memory.start.map_or(f64::NAN, |start| start.w_rms);
        Finding::PenaltyTooStrong(PenaltyTooStrong {
            share: share.min(1.0),
            weight_decay: c.weight_decay,
            l1: c.l1,
            remaining: mean(&e.layers.w_rms) / start,
            losses: e.losses(),
        })
    })
}

/// Whether the weights hardly move at the present pace, in any layer.
fn hardly_moves(e: &Evidence) -> bool {
    let moved = e.moved();
    // Steps in changing directions take the weights as far as the square root of their number.
    let within_horizon = moved.share * (HORIZON / moved.steps as f64).sqrt().max(1.0);
    let late = moved.steps >= PATIENCE && moved.share < NEAR;
    moved.steps >= FIRST_STEPS && (within_horizon <= HARDLY || late) && !e.learning()
}

/// Clipping takes nearly all of the gradient away, and the weights hardly move.
pub fn threshold_too_small(e: &Evidence) -> Option<Finding> {
    let clip_coefficient = e.memory.recent_mean(|o| o.clip_coefficient);
    let clips = e.config.clip != Clip::None && clip_coefficient < CLIPPED;
    (clips && hardly_moves(e)).then(|| {
        Finding::ThresholdTooSmall(ThresholdTooSmall {
            clip_coefficient,
            clip_at: e.config.clip_at,
            moved: e.moved(),
            losses: e.losses(),
        })
    })
}

/// The gradient arrives, but the steps are too short to change the weights.
pub fn rate_too_small(e: &Evidence) -> Option<Finding> {
    hardly_moves(e).then(|| {
        Finding::RateTooSmall(RateTooSmall {
            moved: e.moved(),
            learning_rate: e.last_learning_rate(),
            grad_norm: e.snapshot.grad_norm,
            losses: e.losses(),
        })
    })
}

/// Steps so long that the loss is far above its start.
pub fn driven_up(e: &Evidence) -> Option<Finding> {
    if !e.driven_up() {
        return None;
    }
    let start_loss = e.memory.start?.loss;
    let loss_ratio = e.memory.loss() / start_loss;
    Some(rate_too_high(
        e,
        RateSigns::DrivenUp {
            start_loss,
            loss_ratio,
        },
    ))
}

/// Steps that have taken the weights far and gained little, though the signal reaches every layer.
pub fn wandering(e: &Evidence) -> Option<Finding> {
    let long = e.memory.recent_mean(|o| o.update_ratio) >= LONG;
    let far = e.moved().share >= FAR;
    ((long || far) && overshoots(e) && e.snapshot.step >= PATIENCE).then(|| {
        let (losses, guess_loss) = (e.losses(), e.snapshot.guess_loss);
        rate_too_high(e, RateSigns::Wandering { losses, guess_loss })
    })
}

/// Whether many of the latest steps went past the minimum of their line, or raised the loss of their own minibatch.
fn overshoots(e: &Evidence) -> bool {
    let recent = &e.memory.recent;
    let count = |sign: fn(&Observation) -> f64| recent.iter().filter(|o| sign(o) > 0.0).count();
    let (crossed, raised) = (count(|o| o.step_cosine), count(|o| o.loss_change));
    2 * crossed >= recent.len() || 10 * raised >= RAISED * recent.len()
}

fn rate_too_high(e: &Evidence, signs: RateSigns) -> Finding {
    let saturated = e.saturated_share().filter(|_| e.saturated_in_training());
    Finding::ExplodingRate(ExplodingRate {
        signs,
        learning_rate: e.last_learning_rate(),
        update: e.largest_update(),
        saturated,
    })
}

/// Steps that jump across the minimum of their line and gain nothing.
pub fn oscillation(e: &Evidence) -> Option<Finding> {
    let recent = &e.memory.recent;
    let observed = recent.len();
    let measured = recent.iter().filter(|o| o.loss_change.is_finite()).count();
    if observed < WINDOW || measured < MEASURED {
        return None;
    }
    let crossed = recent.iter().filter(|o| o.step_cosine > 0.0).count();
    let raised = recent.iter().filter(|o| o.loss_change > 0.0).count();
    let half = |from: usize| {
        let losses = recent.iter().skip(from).take(WINDOW / 2);
        losses.map(|o| o.loss).sum::<f64>() / (WINDOW / 2) as f64
    };
    let (loss_before, loss_now) = (half(0), half(WINDOW / 2));
    let jumps = 10 * crossed >= CROSSED * observed && 10 * raised >= RAISED * measured;
    (jumps && loss_now >= NOT_FALLEN * loss_before).then(|| {
        Finding::Oscillation(Oscillation {
            learning_rate: e.last_learning_rate(),
            crossed,
            observed,
            raised,
            measured,
            loss_before,
            loss_now,
            update: e.largest_update(),
        })
    })
}
