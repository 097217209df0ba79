//! The rules: each looks at the evidence and finds one kind of diagnosis (or one of a few that have the
//! same sign), or nothing.

use super::evidence::{Evidence, LEVEL, SMALLEST_NORMAL, WeightSize};
use super::finding::*;
use super::initialization::is_symmetric;
use super::kind::Finding;
use super::memory::WINDOW;
use super::summary::largest;

type Rule = fn(&Evidence) -> Option<Finding>;

/// In order of precedence: the first rule that finds something decides. An overflow leaves nothing else to
/// measure; zeros, blocked layers and underflow make ratios of delta meaningless; and a loss that training
/// has driven up explains what has become of the signal since.
const RULES: &[Rule] = &[
    overflow,
    zeros,
    blocked,
    underflow,
    exploding,
    exploding_rate,
    oscillation,
    vanishing,
    dying,
    crawling,
];

/// delta may fall by this factor alone where a falls by more than `LEVEL` as well.
const HALF_LEVEL: f64 = 10.0;
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
/// An oscillation needs so many steps whose change of the loss was measured, of the last `WINDOW`.
const MEASURED: usize = 8;
/// Shares of the steps that go past the minimum of their line, and that raise the loss of their own
/// minibatch, from which on a run oscillates; in tenths.
const CROSSED: usize = 7;
const RAISED: usize = 3;
/// A loss that has not come below this share of what it was has not fallen.
const NOT_FALLEN: f64 = 0.9;
/// A loss below this share of the start's shows that a network learns.
const LEARNED: f64 = 0.5;
/// Updates below this share of the weights need a million steps to change them.
const CRAWLING: f64 = 1e-6;

/// The diagnosis: what the first rule finds, or that all is well.
pub fn find(evidence: &Evidence) -> Finding {
    let found = RULES.iter().find_map(|rule| rule(evidence));
    found.unwrap_or_else(|| Finding::Healthy(healthy(evidence)))
}

/// A value left the range of float32.
fn overflow(e: &Evidence) -> Option<Finding> {
    let first = e.snapshot.first_nonfinite.as_ref()?;
    let cause = if e.overflowed_at_start() {
        OverflowCause::Start {
            // Normalization makes the size of the weights irrelevant.
            weights: e.weight_size().filter(|_| !e.normalized()),
        }
    } else {
        OverflowCause::Update {
            last_finite_loss: e.last_finite_loss(),
            update: e.largest_update(),
        }
    };
    Some(Finding::Overflow(Overflow {
        step: first.step,
        layer: first.layer,
        tensor: first.tensor.clone(),
        operation: first.operation.clone(),
        cause,
    }))
}

/// Weights of zero: they pass nothing back, or keep the units of a layer equal.
fn zeros(e: &Evidence) -> Option<Finding> {
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
fn blocked(e: &Evidence) -> Option<Finding> {
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
fn underflow(e: &Evidence) -> Option<Finding> {
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
fn exploding(e: &Evidence) -> Option<Finding> {
    let delta_ratio = e.delta_ratio();
    if e.depth < 2 || delta_ratio <= LEVEL || !delta_ratio.is_finite() {
        return None;
    }
    let at_start = (e.memory.start).map_or(delta_ratio, |start| start.delta_ratio);
    if at_start <= LEVEL && e.driven_up() {
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
    }))
}

/// Steps so long that the loss is far above its start.
fn exploding_rate(e: &Evidence) -> Option<Finding> {
    if !e.driven_up() {
        return None;
    }
    let start_loss = e.memory.start?.loss;
    let saturated = e.saturating() && e.saturated_in_training();
    Some(Finding::ExplodingRate(ExplodingRate {
        start_loss,
        loss_ratio: e.memory.loss() / start_loss,
        learning_rate: e.last_learning_rate(),
        update: e.largest_update(),
        saturated: saturated.then(|| (e.saturated(), e.activation())),
    }))
}

/// Steps that jump across the minimum of their line and gain nothing.
fn oscillation(e: &Evidence) -> Option<Finding> {
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

/// delta shrinks on its way back, for one of several causes.
fn vanishing(e: &Evidence) -> Option<Finding> {
    let (delta_ratio, a_ratio) = (e.delta_ratio(), e.a_ratio());
    if e.depth < 2 || delta_ratio.is_nan() || delta_ratio == 0.0 {
        return None;
    }
    let both_fade = a_ratio < 1.0 / LEVEL && delta_ratio < 1.0 / HALF_LEVEL;
    if delta_ratio >= 1.0 / LEVEL && !both_fade {
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
    if e.dw_ratio() >= 1.0 / LEVEL_DW {
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
        return Some(Finding::SmallWeights(SmallWeights {
            decline: decline(),
            weights,
            decay_share: e.decay_dominates().then(|| e.decay_share().min(1.0)),
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
fn dying(e: &Evidence) -> Option<Finding> {
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

/// The gradient arrives, but the steps are too short to change the weights.
fn crawling(e: &Evidence) -> Option<Finding> {
    let start_loss = e.memory.start?.loss;
    let recent = &e.memory.recent;
    let learned = e.memory.loss() < LEARNED * start_loss;
    // One step may be short by chance: a minibatch of one sample may give no gradient.
    let moves = recent.len() < 3 || recent.iter().any(|o| o.update_ratio >= CRAWLING);
    (!moves && !learned).then(|| {
        Finding::Crawling(Crawling {
            update: e.largest_update(),
            learning_rate: e.last_learning_rate(),
            grad_norm: e.snapshot.grad_norm,
            losses: e.losses(),
        })
    })
}

/// What is said where no rule has found anything.
fn healthy(e: &Evidence) -> Healthy {
    let losses = e.losses();
    if e.depth < 2 {
        return Healthy::OneHiddenLayer { losses };
    }
    if let Some(cut) = e.cut_layer() {
        let layer = cut + 1;
        return Healthy::BlockedForMinibatch { layer, losses };
    }
    let delta_ratio = e.delta_ratio();
    if !delta_ratio.is_finite() || delta_ratio == 0.0 {
        return Healthy::NoError { losses };
    }
    Healthy::Level {
        dw_spread: e.dw_spread(),
        factors: e.factors(),
    }
}
