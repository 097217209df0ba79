//! What the words of several kinds share.

use crate::config::Activation;
use crate::config::choice::Choice;
use crate::diagnosis::evidence::{Factors, LargestUpdate, Losses, WeightSize};
use crate::diagnosis::finding::{BlockedLayer, Decline, Growth, Moved};
use crate::numeric::format::{Number, label, number, percent, power_of_ten};
use gradient_flow_words::{Message, Value, message};

/// What stands for a part of a message that is not there.
pub const NONE: &str = "none";

/// The evidence for a layer through which nothing passes back.
pub fn blocked(found: &BlockedLayer, depth: usize) -> [Message; 2] {
    let (delta, above) = (number(found.delta_above), layer(found.layer + 1, depth));
    let seen = match found.dead_samples {
        Some(samples) => message!(
            "evidence-blocked-dead",
            delta = delta,
            above = above,
            layer = found.layer,
            samples = samples,
        ),
        None => message!(
            "evidence-blocked",
            delta = delta,
            above = above,
            layer = found.layer
        ),
    };
    [seen, losses(&found.losses)]
}

/// The verdict on a backward signal that grows.
pub fn growth(found: &Growth) -> Message {
    let factor = Number::new(format!("{:.2}", found.per_layer));
    let (depth, activation) = (found.depth, name(found.activation));
    if found.delta_ratio.is_finite() {
        message!(
            "verdict-exploding",
            times = times(found.delta_ratio),
            depth = depth,
            activation = activation,
            factor = factor,
        )
    } else {
        message!(
            "verdict-exploding-zero",
            depth = depth,
            activation = activation,
            factor = factor
        )
    }
}

/// How many times smaller the first layer's dW is than the last one's; None where it is exactly 0.
pub fn decline(found: &Decline) -> Option<Number> {
    (found.dw_ratio != 0.0).then(|| times(found.dw_ratio.recip()))
}

/// How many times, as people say it: 3.2, 45, 10¹².
pub fn times(ratio: f64) -> Number {
    if ratio < 1000.0 {
        label(ratio)
    } else {
        power_of_ten(ratio)
    }
}

pub fn factors(found: &Factors) -> Message {
    // Past weights that pass nothing, the factor of the residual path is infinite in some layer.
    let passed_by = found.residual.is_some_and(|factor| !factor.is_finite());
    let known =
        |factor: Option<f64>| factor.map_or(Value::from(NONE), |factor| number(factor).into());
    message!(
        "evidence-factors",
        total = number(found.total),
        weights = known(Some(found.weights).filter(|_| !passed_by)),
        slope = number(found.derivative),
        norm = known(found.norm),
        residual = known(found.residual.filter(|_| !passed_by)),
        last = found.last_layer,
    )
}

pub fn weight_size(found: &WeightSize) -> Message {
    message!(
        "evidence-weight-size",
        measured = number(found.measured),
        activation = name(found.activation),
        preserving = number(found.preserving),
    )
}

pub fn losses(found: &Losses) -> Message {
    let now = number(found.now);
    match found.start.map(number) {
        Some(start) => message!("evidence-loss-change", start = start, now = now),
        None => message!("evidence-loss", now = now),
    }
}

pub fn largest_update(found: &LargestUpdate, depth: usize) -> Message {
    let layer = layer(found.layer, depth);
    if found.share.is_infinite() {
        return message!("evidence-update-zero", layer = layer);
    }
    message!(
        "evidence-update",
        layer = layer,
        share = percent(found.share)
    )
}

/// A layer (from 1) of a network with `depth` hidden ones, as messages take it.
pub fn layer(layer: usize, depth: usize) -> Value {
    if layer > depth {
        "output".into()
    } else {
        layer.into()
    }
}

pub fn name(activation: Activation) -> Message {
    activation.info().label()
}

/// How many of the outputs are saturated, where that is worth saying.
pub fn saturated_outputs((share, activation): (f64, Activation)) -> Option<Message> {
    (share > 0.1).then(|| {
        message!(
            "evidence-saturated",
            share = percent(share),
            activation = name(activation)
        )
    })
}

/// How far the weights have moved.
pub fn moved(found: Moved) -> Message {
    message!(
        "evidence-moved",
        share = small_percent(found.share),
        steps = found.steps
    )
}

/// A share far below 1 % in percent, as people say it: 0.00001 %.
pub fn small_percent(share: f64) -> Number {
    let percent = 100.0 * share;
    // Below that nobody counts the zeros.
    if !(1e-7..1.0).contains(&percent) {
        return Number::new(format!("{} %", number(percent)));
    }
    let decimals = -libm::log10(percent).floor() as usize;
    Number::new(format!("{percent:.decimals$} %"))
}
