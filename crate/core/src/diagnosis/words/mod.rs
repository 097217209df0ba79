//! The words of the diagnosis: all its text is written here, from the numbers that rules and fixes have
//! found.

mod fixes;
mod phrases;

use super::evidence::LargestUpdate;
use super::finding::*;
use super::kind::Finding;
use crate::config::choice::Choice;
use crate::numeric::format::{number, percent, power_of_ten};
pub use fixes::{label, note};
use phrases::*;

/// What is said of a finding.
pub struct Words {
    /// One sentence with its number.
    pub text: String,
    /// The measured numbers behind it.
    pub evidence: String,
}

/// What is said of a finding that holds since a step, in a network of `depth` hidden layers.
pub fn words(finding: &Finding, since: u64, depth: usize) -> Words {
    let Words { text, evidence } = match finding {
        Finding::Healthy(found) => healthy(found),
        Finding::Overflow(found) => overflow(found, depth),
        Finding::Zeros(found) => zeros(found),
        Finding::Dying(found) => dying(found, depth),
        Finding::Underflow(found) => underflow(found),
        Finding::ExplodingWeights(found) => exploding_weights(found),
        Finding::ExplodingNorm(found) => exploding_norm(found),
        Finding::ExplodingRate(found) => exploding_rate(found, depth),
        Finding::Oscillation(found) => oscillation(found, depth),
        Finding::Saturation(found) => saturation(found, depth),
        Finding::SmallWeights(found) => small_weights(found),
        Finding::Derivative(found) => derivative(found),
        Finding::Hidden(found) => hidden(found),
        Finding::Crawling(found) => crawling(found, depth),
    };
    let evidence = format!("{evidence} Since step {since}.");
    Words { text, evidence }
}

/// Up to this factor gradients are of similar size.
const SIMILAR: f64 = 10.0;

fn healthy(found: &Healthy) -> Words {
    let (text, evidence) = match found {
        Healthy::OneHiddenLayer { losses: l } => (
            "With one hidden layer there is nothing to vanish through. Add layers to see the gradient vanish or explode."
                .into(),
            losses(l),
        ),
        Healthy::BlockedForMinibatch { layer, losses: l } => (
            format!(
                "No gradient gets past layer {layer} on this minibatch: the slope of all its units is 0. Other samples still reach them."
            ),
            losses(l),
        ),
        Healthy::NoError { losses: l } => (
            "Healthy: no error is left at the output, so there is nothing to pass back.".into(),
            losses(l),
        ),
        Healthy::Level {
            dw_spread,
            factors: f,
        } => {
            let text = if dw_spread.is_infinite() {
                "Healthy, but one hidden layer's dW is exactly 0 on this minibatch.".into()
            } else if *dw_spread < SIMILAR {
                let spread = times(*dw_spread);
                format!("Healthy: every hidden layer gets a gradient of similar size (within a factor of {spread}).")
            } else {
                let spread = times(*dw_spread);
                format!("Healthy: the hidden layers' gradients differ by a factor of {spread} at most.")
            };
            (text, factors(f))
        }
    };
    Words { text, evidence }
}

fn overflow(found: &Overflow, depth: usize) -> Words {
    let Overflow {
        step,
        layer,
        tensor,
        operation,
        cause,
    } = found;
    let (layer, tensor) = (layer_name(*layer, depth), tensor_name(tensor));
    let text = format!(
        "Overflow at step {step}: {tensor} of {layer} left float32's range, ±3.4 × 10³⁸ ({operation}). Training has stopped."
    );
    let evidence = match cause {
        OverflowCause::Start { weights } => join([
            Some("Nothing was learned yet: the initial weights alone make it overflow.".into()),
            weights.as_ref().map(weight_size),
        ]),
        OverflowCause::Update {
            last_finite_loss,
            update,
        } => {
            let last = last_finite_loss.map(number);
            join([
                last.map(|loss| format!("The last finite loss was {loss}.")),
                Some(largest_update(update, depth)),
            ])
        }
    };
    Words { text, evidence }
}

fn zeros(found: &Zeros) -> Words {
    let (text, evidence) = match found {
        Zeros::NothingPasses {
            first,
            last,
            zero_layers,
            layers,
        } => {
            let reached = layer_range(*first, *last);
            (
                format!(
                    "No gradient reaches {reached}: the weights that should carry it back are all zero."
                ),
                format!(
                    "All weights are 0 in {zero_layers} of {layers} layers. The backward signal δ is multiplied by them, so dW below is exactly 0."
                ),
            )
        }
        Zeros::Symmetric { units, losses: l } => (
            format!(
                "Symmetric start: all weights began at zero, so the {units} units of each layer stay identical and do the work of one."
            ),
            join([
                Some("Identical units get identical gradients, and identical updates.".into()),
                Some(losses(l)),
            ]),
        ),
    };
    Words { text, evidence }
}

fn dying(found: &Dying, depth: usize) -> Words {
    match found {
        Dying::Blocked(layer) => blocked(layer, "dead", depth),
        Dying::DeadUnits {
            activation,
            layer,
            dead_units,
            units,
            samples,
            dead_share,
            dead_share_at_start,
            dying_layers,
            layers,
            threshold,
        } => {
            let activation = name(*activation);
            let at_start = dead_share_at_start.map(percent);
            let at_start =
                at_start.map_or(String::new(), |share| format!(", {share} at the start"));
            let (share, threshold) = (percent(*dead_share), percent(*threshold));
            Words {
                text: format!(
                    "Dying {activation}: {dead_units} of layer {layer}'s {units} units are dead: their slope is 0 on all {samples} samples checked."
                ),
                evidence: format!(
                    "{share} of all hidden units are dead{at_start}; in {dying_layers} of {layers} layers {threshold} or more. A dead unit gets no gradient, so it does not recover by itself."
                ),
            }
        }
    }
}

fn underflow(found: &Underflow) -> Words {
    let text = if found.last_flushed > 0 {
        let flushed = layer_range(1, found.last_flushed);
        format!("No gradient reaches {flushed}: dW is below 10⁻⁴⁵, which float32 rounds to 0.")
    } else {
        let dw = power_of_ten(found.first_dw);
        format!(
            "Vanishing gradient: layer 1's dW is {dw}, below 10⁻³⁸, where float32 loses its digits."
        )
    };
    let delta = number(found.output_delta);
    let nonzero = found.first_nonzero.map(|(layer, dw)| (layer, number(dw)));
    let evidence = join([
        Some(format!("The backward signal δ is {delta} at the output.")),
        nonzero.map(|(layer, dw)| format!("Layer {layer}'s dW is {dw}.")),
        Some(
            "Float32's smallest number with all its digits is 1.2 × 10⁻³⁸, its smallest at all 1.4 × 10⁻⁴⁵."
                .into(),
        ),
    ]);
    Words { text, evidence }
}

fn exploding_weights(found: &ExplodingWeights) -> Words {
    let why = match &found.cause {
        GrowthCause::Residual => {
            Some("Each layer adds to its input, so activations a and backward signal δ grow with every layer.".to_string())
        }
        GrowthCause::Weights(weights) => weights.as_ref().map(weight_size),
    };
    Words {
        text: growth(&found.growth),
        evidence: join([Some(factors(&found.growth.factors)), why]),
    }
}

fn exploding_norm(found: &ExplodingNorm) -> Words {
    let norm = found.norm.info().label;
    let why = format!(
        "{norm} divides by a spread below 1 in every layer, which multiplies δ. The weights' size cancels out."
    );
    Words {
        text: growth(&found.growth),
        evidence: join([Some(factors(&found.growth.factors)), Some(why)]),
    }
}

fn exploding_rate(found: &ExplodingRate, depth: usize) -> Words {
    let (start, rate) = (number(found.start_loss), found.learning_rate);
    // A start of exactly 0 has no multiples.
    let risen = if found.loss_ratio.is_finite() {
        let times = number(found.loss_ratio);
        format!("the loss is {times} times its starting value")
    } else {
        "the loss rose from 0".into()
    };
    let saturated = found.saturated.map(|(share, activation)| {
        let (share, activation) = (percent(share), name(activation));
        format!("The steps have saturated {share} of the {activation} outputs.")
    });
    Words {
        text: format!("Learning rate too high ({rate}): {risen}."),
        evidence: join([
            Some(format!("The loss was {start} at the start.")),
            Some(largest_update(&found.update, depth)),
            saturated,
        ]),
    }
}

fn oscillation(found: &Oscillation, depth: usize) -> Words {
    let Oscillation {
        crossed,
        observed,
        raised,
        measured,
        ..
    } = found;
    let (before, now) = (number(found.loss_before), number(found.loss_now));
    let update = largest_update(&found.update, depth);
    Words {
        text: format!(
            "Oscillating: {crossed} of the last {observed} checked steps overshot the minimum along their line, and the loss does not fall ({before} before, {now} now)."
        ),
        evidence: format!(
            "After a step that overshoots, the gradient points along the step. {raised} of {measured} checked steps raised the loss of their own minibatch. {update}"
        ),
    }
}

fn saturation(found: &Saturation, depth: usize) -> Words {
    match found {
        Saturation::Blocked(layer) => blocked(layer, "saturated", depth),
        Saturation::Vanishing {
            decline: d,
            saturated,
            losses: l,
        } => {
            let (decline, activation, saturated) =
                (decline(d), name(d.activation), percent(*saturated));
            Words {
                text: format!("{decline} {saturated} of the {activation} outputs are saturated."),
                evidence: join([
                    Some(factors(&d.factors)),
                    Some(format!(
                        "Where {activation} is saturated, its slope is below 5 % of its largest."
                    )),
                    Some(losses(l)),
                ]),
            }
        }
    }
}

fn small_weights(found: &SmallWeights) -> Words {
    let (decline, activation) = (decline(&found.decline), name(found.weights.activation));
    let measured = number(found.weights.measured);
    let preserving = number(found.weights.preserving);
    let decay = found.decay_share.map(percent);
    Words {
        text: format!(
            "{decline} The weights are too small: sqrt(n_in Var W) is {measured}, {activation} needs {preserving}."
        ),
        evidence: join([
            Some(factors(&found.decline.factors)),
            decay.map(|share| format!("Weight decay makes up {share} of the update.")),
        ]),
    }
}

fn derivative(found: &Derivative) -> Words {
    let (decline, activation) = (decline(&found.decline), name(found.decline.activation));
    let share = percent(found.passed_on);
    let parts = found.largest_derivative.map(f64::recip);
    Words {
        text: format!("{decline} Each {activation} layer passes back only {share} of it."),
        evidence: join([
            Some(factors(&found.decline.factors)),
            parts.map(|parts| {
                format!("{activation}'s slope never exceeds 1/{parts}, its value at z = 0.")
            }),
        ]),
    }
}

fn hidden(found: &Hidden) -> Words {
    let (depth, activation) = (found.depth, name(found.activation));
    let share = percent(found.passed_on);
    let smaller = if found.delta_ratio == 0.0 {
        "0 at layer 1".into()
    } else {
        let smaller = times(found.delta_ratio.recip());
        format!("{smaller} times smaller at layer 1 than at layer {depth}")
    };
    let forwards = number(found.a_ratio);
    let backwards = number(found.delta_ratio);
    let product = if found.dw_spread.is_finite() {
        let spread = number(found.dw_spread);
        format!("their product stays within a factor of {spread}")
    } else {
        "their product is 0 only in some layer between".into()
    };
    Words {
        text: format!(
            "Hidden vanishing: dW looks level, but the backward signal δ is {smaller}. Each {activation} layer passes back {share} of it."
        ),
        evidence: join([
            Some(factors(&found.factors)),
            Some(format!(
                "dW is the activations a from below times δ from above. Forwards a shrinks to {forwards}, backwards δ shrinks to {backwards}, and {product}."
            )),
            found.weights.as_ref().map(weight_size),
        ]),
    }
}

fn crawling(found: &Crawling, depth: usize) -> Words {
    let LargestUpdate { layer, share } = &found.update;
    let (share, rate, norm) = (number(*share), found.learning_rate, number(found.grad_norm));
    let layer = layer_name(*layer, depth);
    let losses = losses(&found.losses);
    Words {
        text: format!(
            "Barely learning: one step changes no layer's weights by more than {share} of their size. Learning rate {rate} is too small."
        ),
        evidence: format!(
            "The largest change is that of {layer}. The gradient's norm is {norm}. {losses}"
        ),
    }
}
