//! What the words of several kinds share.

use super::Words;
use crate::config::Activation;
use crate::config::choice::Choice;
use crate::diagnosis::evidence::{Factors, LargestUpdate, Losses, WeightSize};
use crate::diagnosis::finding::{BlockedLayer, Decline, Growth};
use crate::numeric::format::{Number, label, number, percent, power_of_ten};

/// The words for a layer through which nothing passes back, because it is `state`.
pub fn blocked(found: &BlockedLayer, state: &str, depth: usize) -> Words {
    let layer = found.layer;
    let (above, unreached) = (layer_name(layer + 1, depth), layer_range(1, layer));
    let (delta, losses) = (number(found.delta_above), losses(&found.losses));
    let seen = match found.dead_samples {
        Some(samples) => format!("all its units are dead on {samples} samples"),
        None => "its δ is exactly 0 on this minibatch".into(),
    };
    Words {
        text: format!(
            "No gradient reaches {unreached}: every unit of layer {layer} is {state}, so its slope is 0 and dW is exactly 0."
        ),
        evidence: format!(
            "The backward signal δ is {delta} at {above} and 0 below layer {layer}: {seen}. {losses}"
        ),
    }
}

pub fn growth(found: &Growth) -> String {
    let Growth {
        per_layer, depth, ..
    } = found;
    let activation = name(found.activation);
    let larger = if found.delta_ratio.is_finite() {
        let times = times(found.delta_ratio);
        format!("{times} times larger at layer 1 than at layer {depth}")
    } else {
        format!("0 at layer {depth} and not at layer 1")
    };
    format!(
        "Exploding gradient: the backward signal δ is {larger}. Each {activation} layer multiplies it by {per_layer:.2}."
    )
}

/// The verdict; a sentence with the cause follows.
pub fn decline(found: &Decline) -> String {
    if found.dw_ratio == 0.0 {
        return "Vanishing gradient: layer 1's dW is exactly 0.".into();
    }
    let (smaller, depth) = (times(found.dw_ratio.recip()), found.depth);
    format!("Vanishing gradient: layer 1's dW is {smaller} times smaller than layer {depth}'s.")
}

/// How many times, as people say it: 3.2, 45, 10¹².
pub fn times(ratio: f64) -> Number {
    if ratio < 1000.0 {
        label(ratio)
    } else {
        power_of_ten(ratio)
    }
}

pub fn factors(found: &Factors) -> String {
    // Past weights that pass nothing, the factor of the residual path is infinite in some layer.
    let passed_by = found.residual.is_some_and(|factor| !factor.is_finite());
    let parts = [
        (Some(found.weights).filter(|_| !passed_by), "weights"),
        (Some(found.derivative), "slope"),
        (found.norm, "normalization"),
        (found.residual.filter(|_| !passed_by), "residual path"),
    ];
    let parts = parts.map(|(factor, name)| {
        let factor = number(factor?);
        Some(format!("{name} × {factor}"))
    });
    let past = passed_by.then(|| "residual path alone, since the weights pass nothing".to_string());
    let parts: Vec<String> = parts.into_iter().flatten().chain(past).collect();
    let parts = parts.join(", ");
    let (total, averaged) = (number(found.total), layer_range(1, found.last_layer));
    format!(
        "Why: each layer multiplies the backward signal δ by {total} ({parts}; averages over {averaged})."
    )
}

pub fn weight_size(found: &WeightSize) -> String {
    let (measured, preserving) = (number(found.measured), number(found.preserving));
    let activation = name(found.activation);
    format!(
        "The weights' sqrt(n_in Var W) is {measured}; {activation} keeps the signal's size at {preserving}."
    )
}

pub fn losses(found: &Losses) -> String {
    let now = number(found.now);
    match found.start.map(number) {
        Some(start) => format!("The loss was {start} at the start and is now {now}."),
        None => format!("The loss is {now}."),
    }
}

pub fn largest_update(found: &LargestUpdate, depth: usize) -> String {
    let (share, layer) = (percent(found.share), layer_name(found.layer, depth));
    if found.share.is_infinite() {
        return format!("The last step took all weights of {layer} to 0.");
    }
    format!("The last step changed the weights of {layer} by {share} of their size.")
}

/// A layer of a network with `depth` hidden ones: "layer 3", or "the output layer".
pub fn layer_name(layer: usize, depth: usize) -> String {
    if layer > depth {
        "the output layer".into()
    } else {
        format!("layer {layer}")
    }
}

/// A tensor in words, before its symbol.
pub fn tensor_name(tensor: &str) -> String {
    let words = match tensor {
        "z" => "the pre-activations z",
        "a" => "the activations a",
        "delta" => "the backward signal δ",
        "dW" => "the weight gradient dW",
        "W" => "the weights W",
        "b" => "the biases b",
        "loss" => "the loss",
        other => return format!("the tensor {other}"),
    };
    words.into()
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
