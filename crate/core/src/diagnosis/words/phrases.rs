//! What the words of several kinds share.

use super::Words;
use crate::config::Activation;
use crate::config::choice::Choice;
use crate::diagnosis::evidence::{Factors, LargestUpdate, Losses, WeightSize};
use crate::diagnosis::finding::{BlockedLayer, Decline, Growth};
use crate::numeric::format::{number, percent, power_of_ten};

/// The words for a layer through which nothing passes back, because it is `state`.
pub fn blocked(found: &BlockedLayer, state: &str) -> Words {
    let layer = found.layer;
    let (above, unreached) = (layer + 1, layer_range(1, layer));
    let (delta, losses) = (number(found.delta_above), losses(&found.losses));
    let seen = match found.dead_samples {
        Some(samples) => format!("all its units are dead over {samples} samples"),
        None => "its delta is exactly 0 over this minibatch".into(),
    };
    Words {
        text: format!(
            "Nothing reaches {unreached}: dW is exactly 0, because layer {layer} is {state}, the derivative of all its units is 0."
        ),
        evidence: format!(
            "delta is {delta} at layer {above} above it and 0 below; {seen}. {losses}"
        ),
    }
}

pub fn growth(found: &Growth) -> String {
    let Growth {
        per_layer, depth, ..
    } = found;
    let (times, activation) = (power_of_ten(found.delta_ratio), name(found.activation));
    format!(
        "Exploding: delta at layer 1 is {times} times layer {depth}'s; each {activation} layer multiplies it by {per_layer:.2}."
    )
}

/// The beginning of a sentence, which then gives the cause.
pub fn decline(found: &Decline) -> String {
    let (share, depth) = (power_of_ten(found.dw_ratio), found.depth);
    format!("Vanishing: layer 1's dW is {share} of layer {depth}'s;")
}

pub fn factors(found: &Factors) -> String {
    // Past weights that pass nothing, the factor of the residual path is infinite in some layer.
    let passed_by = found.residual.is_some_and(|factor| !factor.is_finite());
    let parts = [
        (Some(found.weights).filter(|_| !passed_by), "the weights"),
        (Some(found.derivative), "the derivative"),
        (found.norm, "normalization"),
        (found.residual.filter(|_| !passed_by), "the residual path"),
    ];
    let parts = parts.map(|(factor, name)| {
        let factor = number(factor?);
        Some(format!("× {factor} by {name}"))
    });
    let past = passed_by.then(|| "past weights of 0 by the residual path".to_string());
    let parts: Vec<String> = parts.into_iter().flatten().chain(past).collect();
    let parts = parts.join(", ");
    let (total, averaged) = (number(found.total), layer_range(1, found.last_layer));
    format!(
        "A layer changes delta by × {total} on its way back: {parts} (averages over {averaged})."
    )
}

pub fn weight_size(found: &WeightSize) -> String {
    let (measured, preserving) = (number(found.measured), number(found.preserving));
    let activation = name(found.activation);
    format!("sqrt(n_in Var W) is {measured}; {activation} keeps the signal at {preserving}.")
}

pub fn losses(found: &Losses) -> String {
    let now = number(found.now);
    match found.start.map(number) {
        Some(start) => format!("The loss was {start} at the start and is {now}."),
        None => format!("The loss is {now}."),
    }
}

pub fn largest_update(found: &LargestUpdate) -> String {
    let (share, layer) = (percent(found.share), found.layer);
    if found.share.is_infinite() {
        return format!("The last update took all of layer {layer}'s weights to 0.");
    }
    format!("The last update was {share} of layer {layer}'s weights.")
}

/// "layer 3", or "layers 1 to 3".
pub fn layer_range(first: usize, last: usize) -> String {
    if first == last {
        format!("layer {first}")
    } else {
        format!("layers {first} to {last}")
    }
}

pub fn name(activation: Activation) -> &'static str {
    activation.info().label
}

/// The sentences that there are, one after the other.
pub fn join<const N: usize>(sentences: [Option<String>; N]) -> String {
    let sentences: Vec<_> = sentences.into_iter().flatten().collect();
    sentences.join(" ")
}
