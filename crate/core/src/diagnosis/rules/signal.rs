//! Rules on the signal: how delta and a change from layer to layer, and which units pass nothing.

use super::PATIENCE;
use crate::config::Scaling;
use crate::diagnosis::evidence::{Evidence, LEVEL, SMALLEST_NORMAL, WeightSize};
use crate::diagnosis::finding::*;
use crate::diagnosis::initialization::is_symmetric;
use crate::diagnosis::kind::Finding;
use crate::diagnosis::summary::largest;

/// delta may fall by this factor alone where a falls by more than `LEVEL` as well.
const HALF_LEVEL: f64 = 10.0;
/// From these factors per layer on, a signal that shrinks or grows does so however few the layers are.
const STEEP: f64 = 2.0;
const STEEP_GROWTH: f64 = 1.6;
/// dW looks level within this factor.
const LEVEL_DW: f64 = 30.0;
/// A delta at the output below this is no error worth passing back.
const NO_ERROR: f64 = 1e-10;
/// From this share of saturated outputs on, saturation is why the gradient vanishes.
const SATURATED: f64 = 0.3;
/// From these shares of dead units on, in one layer and over all, a network is dying.
const DEAD_IN_LAYER: f64 = 0.7;
const DEAD_OVER_ALL: f64 = 0.5;
/// Weights below this share of the preserving size are too small.
const TOO_SMALL: f64 = 0.95;
/// ... and below this one far too small, whatever dW looks like.
const FAR_TOO_SMALL: f64 = 0.3;
/// Weights above this multiple of the preserving size are too large.
const TOO_LARGE: f64 = 1.2;
/// A start whose loss is this many times that of guessing is too large, at once or after nothing was learned.
const HUGE_LOSS: f64 = 10.0;
const LARGE_LOSS: f64 = 4.0;
/// An optimizer that divides by the size of the gradient learns from any that is far above its epsilon of 1e-8.
const ABOVE_EPSILON: f64 = 1e-6;
/// ... or in which more than this share of the outputs is saturated.
const SATURATED_START: f64 = 0.7;

/// Weights of zero: they pass nothing back, or keep the units of a layer equal.
pub fn zeros(e: &Evidence) -> Option<Finding> {
    let (dw, w) = (&e.layers.dw_rms, &e.layers.w_rms);
    let unreached = |layer: &usize| dw[*layer] == 0.0 && w[*layer + 1..].contains(&0.0);
    let mut unreached = (0..e.depth).filter(unreached);
    if let Some(first) = unreached.next() {
        return Some(Finding::Zeros(Zeros::NothingPasses {
            first: first + 1,
            last: unreached.next_back().unwrap_or(first) + 1,
            zero_layers: w.iter().filter(|rms| **rms == 0.0).count(),
            layers: w.len(),
        }));
    }
    let units = e.config.width;
    (is_symmetric(e.config) && units > 1).then(|| {
        let losses = e.losses();
        Finding::Zeros(Zeros::Symmetric { units, losses })
    })
}

/// A layer in which every derivative is 0 blocks everything below it.
pub fn blocked(e: &Evidence) -> Option<Finding> {
    let cut = e.cut_layer()?;
    let dead = f64::from(e.layers.dead_fraction[cut]);
    // Some unit has a derivative on samples that this minibatch does not hold.
    if dead < 1.0 {
        return None;
    }
    let blocked = BlockedLayer {
        layer: cut + 1,
        delta_above: f64::from(e.layers.delta_rms[cut + 1]),
        dead_samples: (!dead.is_nan()).then_some(e.snapshot.dead_samples),
        losses: e.losses(),
    };
    Some(if e.saturating() {
        Finding::Saturation(Saturation::Blocked(blocked))
    } else {
        Finding::Dying(Dying::Blocked(blocked))
    })
}

/// A gradient that float32 flushes to zero, or holds with few digits.
pub fn underflow(e: &Evidence) -> Option<Finding> {
    let dw = e.hidden(&e.layers.dw_rms);
    let output_delta = f64::from(*e.layers.delta_rms.last()?);
    let first_dw = f64::from(*dw.first()?);
    let lost = first_dw < SMALLEST_NORMAL;
    if !lost || output_delta < NO_ERROR || e.cut_layer().is_some() {
        return None;
    }
    let first_nonzero = dw.iter().position(|rms| *rms > 0.0);
    Some(Finding::Underflow(Underflow {
        last_flushed: dw.iter().take_while(|rms| **rms == 0.0).count(),
        first_dw,
        output_delta,
        first_nonzero: first_nonzero.map(|layer| (layer + 1, f64::from(dw[layer]))),
    }))
}

/// delta grows on its way back, though no step has driven it there.
pub fn exploding(e: &Evidence) -> Option<Finding> {
    let delta_ratio = e.delta_ratio();
    // One layer's factor may be large by chance.
    // Normalization and residual paths keep the signal forwards, so that much growth backwards is borne.
    let bare = !e.normalized() && !e.config.residual;
    let steep = bare && e.depth > 2 && e.delta_per_layer() > STEEP_GROWTH;
    let grows = delta_ratio > LEVEL || steep && delta_ratio > HALF_LEVEL;
    if e.depth < 2 || !grows || !delta_ratio.is_finite() {
        return None;
    }
    let growth = Growth {
        delta_ratio,
        per_layer: e.delta_per_layer(),
        depth: e.depth,
        activation: e.activation(),
        factors: e.factors(),
    };
    if e.normalized() {
        let norm = e.config.norm;
        return Some(Finding::ExplodingNorm(ExplodingNorm { growth, norm }));
    }
    let cause = if e.config.residual {
        GrowthCause::Residual
    } else {
        GrowthCause::Weights(e.weight_size())
    };
    Some(Finding::ExplodingWeights(ExplodingWeights {
        growth,
        cause,
        saturated: e.saturated_share(),
    }))
}

/// A start whose loss is far above that of guessing, because of large weights or of inputs that are not scaled.
pub fn start_too_large(e: &Evidence) -> Option<Finding> {
    let start = e.memory.start?;
    let guess_loss = e.snapshot.guess_loss;
    let saturated = e.saturated_share();
    let saturates = saturated.is_some_and(|(share, _)| share > SATURATED_START);
    // A start that is somewhat too large is no cause unless nothing is learned for long.
    let is_late = e.snapshot.step >= PATIENCE;
    let raw = e.config.scaling != Scaling::Standard;
    let large = if is_late || raw {
        LARGE_LOSS
    } else {
        HUGE_LOSS
    };
    let found = start.loss > large * guess_loss || saturates && !e.in_training();
    if !found || e.in_training() && !is_late || e.learning() {
        return None;
    }
    let weights = e.weight_size();
    let fits = |size: &WeightSize| size.measured < TOO_LARGE * size.preserving;
    if raw && weights.as_ref().is_none_or(fits) {
        return Some(Finding::InputsNotScaled(InputsNotScaled {
            loss: start.loss,
            guess_loss,
            saturated,
        }));
    }
    Some(Finding::StartTooLarge(StartTooLarge {
        loss: start.loss,
        guess_loss,
        weights,
        saturated,
    }))
}

/// delta shrinks on its way back, for one of several causes.
pub fn vanishing(e: &Evidence) -> Option<Finding> {
    let (delta_ratio, a_ratio) = (e.delta_ratio(), e.a_ratio());
    if e.depth < 2 || delta_ratio.is_nan() || delta_ratio == 0.0 {
        return None;
    }
    let both_fade = a_ratio < 1.0 / LEVEL && delta_ratio < 1.0 / HALF_LEVEL;
    let steep = e.delta_per_layer() < 1.0 / STEEP && delta_ratio < 1.0 / HALF_LEVEL;
    if delta_ratio >= 1.0 / LEVEL && !both_fade && !steep {
        return None;
    }
    let adapts = e.config.optimizer.adapts() && !e.in_training();
    if adapts
        && e.layers
            .dw_rms
            .first()
            .is_some_and(|dw| f64::from(*dw) > ABOVE_EPSILON)
    {
        return None;
    }
    let decline = || Decline {
        dw_ratio: e.dw_ratio(),
        depth: e.depth,
        activation: e.activation(),
        factors: e.factors(),
    };
    let (saturating, saturated) = (e.saturating(), e.saturated());
    if saturating && saturated >= SATURATED {
        return Some(Finding::Saturation(Saturation::Vanishing {
            decline: decline(),
            saturated,
            losses: e.losses(),
        }));
    }
    let too_small = |size: &WeightSize| size.measured < TOO_SMALL * size.preserving;
    let small = e
        .weight_size()
        .filter(|size| !e.normalized() && too_small(size));
    if small.is_none() && e.dead() >= DEAD_OVER_ALL && !saturating {
        return dying(e);
    }
    let far_too_small = |size: &WeightSize| size.measured < FAR_TOO_SMALL * size.preserving;
    let weights_alone = small.as_ref().is_some_and(far_too_small);
    if e.dw_ratio() >= 1.0 / LEVEL_DW && !weights_alone {
        return Some(Finding::Hidden(Hidden {
            delta_ratio,
            a_ratio,
            dw_spread: e.dw_spread(),
            depth: e.depth,
            activation: e.activation(),
            passed_on: e.delta_per_layer(),
            factors: e.factors(),
            weights: e.weight_size(),
        }));
    }
    if let Some(weights) = small {
        return Some(Finding::StartTooSmall(StartTooSmall {
            decline: decline(),
            delta_ratio,
            weights,
        }));
    }
    let largest = e.activation().traits().largest_derivative;
    Some(Finding::Derivative(Derivative {
        decline: decline(),
        passed_on: e.delta_per_layer(),
        largest_derivative: (largest < 1.0).then_some(largest),
    }))
}

/// Units that are dead: their derivative is 0 on every sample.
pub fn dying(e: &Evidence) -> Option<Finding> {
    let dead = e.hidden(&e.layers.dead_fraction);
    let ((layer, most), dead_share) = (largest(dead), e.dead());
    if e.saturating() || !(most >= DEAD_IN_LAYER || dead_share >= DEAD_OVER_ALL) {
        return None;
    }
    let at_start = e.memory.start.filter(|_| e.in_training());
    let at_start = at_start.map(|start| start.dead);
    let dying = |share: &&f32| f64::from(**share) >= DEAD_IN_LAYER;
    Some(Finding::Dying(Dying::DeadUnits {
        activation: e.activation(),
        layer: layer + 1,
        dead_units: (most * e.config.width as f64).round(),
        units: e.config.width,
        samples: e.snapshot.dead_samples,
        dead_share,
        dead_share_at_start: at_start.filter(|share| !share.is_nan()),
        dying_layers: dead.iter().filter(dying).count(),
        layers: e.depth,
        threshold: DEAD_IN_LAYER,
    }))
}
