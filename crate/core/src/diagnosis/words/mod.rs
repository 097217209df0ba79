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

/// What is said of a finding that holds since a step.
pub fn words(finding: &Finding, since: u64) -> Words {
    let Words { text, evidence } = match finding {
        Finding::Healthy(found) => healthy(found),
        Finding::Overflow(found) => overflow(found),
        Finding::Zeros(found) => zeros(found),
        Finding::Dying(found) => dying(found),
        Finding::Underflow(found) => underflow(found),
        Finding::ExplodingWeights(found) => exploding_weights(found),
        Finding::ExplodingNorm(found) => exploding_norm(found),
        Finding::ExplodingRate(found) => exploding_rate(found),
        Finding::Oscillation(found) => oscillation(found),
        Finding::Saturation(found) => saturation(found),
        Finding::SmallWeights(found) => small_weights(found),
        Finding::Derivative(found) => derivative(found),
        Finding::Hidden(found) => hidden(found),
        Finding::Crawling(found) => crawling(found),
    };
    let evidence = format!("{evidence} Since step {since}.");
    Words { text, evidence }
}

fn healthy(found: &Healthy) -> Words {
    let (text, evidence) = match found {
        Healthy::OneHiddenLayer { losses: l } => (
            "One hidden layer: the gradient has no way to go. Add depth to see it vanish or explode."
                .into(),
            losses(l),
        ),
        Healthy::BlockedForMinibatch { layer, losses: l } => (
            format!(
                "Nothing passes back through layer {layer} for this minibatch; for others its units are alive."
            ),
            losses(l),
        ),
        Healthy::NoError { losses: l } => (
            "Level: no error is left at the output, and nothing to pass back.".into(),
            losses(l),
        ),
        Healthy::Level {
            dw_spread,
            activation,
            passed_on,
            factors: f,
        } => {
            let spread = if dw_spread.is_infinite() {
                "one of the hidden layers' dW is exactly 0 for this minibatch".into()
            } else if *dw_spread < 100.0 {
                format!("the hidden layers' dW lie within a factor of {dw_spread:.1}")
            } else {
                let factor = power_of_ten(*dw_spread);
                format!("the hidden layers' dW lie within a factor of {factor}")
            };
            let (activation, share) = (name(*activation), percent(*passed_on));
            (
                format!(
                    "Level: {spread}; each {activation} layer passes on {share} of the signal."
                ),
                factors(f),
            )
        }
    };
    Words { text, evidence }
}

fn overflow(found: &Overflow) -> Words {
    let Overflow {
        step,
        layer,
        tensor,
        operation,
        cause,
    } = found;
    let text = format!(
        "Overflow at step {step}: in layer {layer} the tensor {tensor} left the range of float32 ({operation}). The run has stopped."
    );
    let evidence = match cause {
        OverflowCause::Start { weights } => join([
            Some("Nothing was learned yet: the start itself overflows.".into()),
            weights.as_ref().map(weight_size),
        ]),
        OverflowCause::Update {
            last_finite_loss,
            update,
        } => {
            let last = last_finite_loss.map(number);
            join([
                last.map(|loss| format!("The last finite loss was {loss}.")),
                Some(largest_update(update)),
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
                    "Nothing reaches {reached}: dW is exactly 0, because the weights that should carry it back are zero."
                ),
                format!(
                    "All weights are 0 in {zero_layers} of {layers} layers; delta is multiplied by them on its way back."
                ),
            )
        }
        Zeros::Symmetric { units, losses: l } => (
            format!(
                "Symmetric: all weights began at zero, so the {units} units of each layer stay equal and do the work of one."
            ),
            join([
                Some("Equal units get equal gradients, and equal updates.".into()),
                Some(losses(l)),
            ]),
        ),
    };
    Words { text, evidence }
}

fn dying(found: &Dying) -> Words {
    match found {
        Dying::Blocked(layer) => blocked(layer, "dead"),
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
                    "Dying {activation}: {dead_units} of layer {layer}'s {units} units are dead, their derivative is 0 for all of {samples} samples."
                ),
                evidence: format!(
                    "{share} of all hidden units are dead{at_start}; in {dying_layers} of {layers} layers {threshold} or more. A dead unit gets no gradient and does not come back by itself."
                ),
            }
        }
    }
}

fn underflow(found: &Underflow) -> Words {
    let text = if found.last_flushed > 0 {
        let flushed = layer_range(1, found.last_flushed);
        format!(
            "Nothing reaches {flushed}: dW is exactly 0, because it is below 10⁻⁴⁵, which float32 flushes to zero."
        )
    } else {
        let dw = power_of_ten(found.first_dw);
        format!("Underflow: layer 1's dW is {dw}, below 10⁻³⁸, where float32 loses its digits.")
    };
    let delta = number(found.output_delta);
    let nonzero = found.first_nonzero.map(|(layer, dw)| (layer, number(dw)));
    let evidence = join([
        Some(format!("delta is {delta} at the output,")),
        nonzero.map(|(layer, dw)| format!("layer {layer}'s dW is {dw}.")),
        Some(
            "float32's smallest normal number is 1.2 × 10⁻³⁸, its smallest at all 1.4 × 10⁻⁴⁵."
                .into(),
        ),
    ]);
    Words { text, evidence }
}

fn exploding_weights(found: &ExplodingWeights) -> Words {
    let why = match &found.cause {
        GrowthCause::Residual => {
            Some("Each layer adds to its input, so a and delta grow with every layer.".to_string())
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
        "{norm} divides by a spread below 1 at every layer, which multiplies delta; the weights' size cancels out."
    );
    Words {
        text: growth(&found.growth),
        evidence: join([Some(factors(&found.growth.factors)), Some(why)]),
    }
}

fn exploding_rate(found: &ExplodingRate) -> Words {
    let (start, rate) = (number(found.start_loss), found.learning_rate);
    // A start of exactly 0 has no multiples.
    let risen = if found.loss_ratio.is_finite() {
        format!("the loss is {} times its start", number(found.loss_ratio))
    } else {
        "the loss was 0 at its start".into()
    };
    let saturated = found.saturated.map(|(share, activation)| {
        let (share, activation) = (percent(share), name(activation));
        format!("The steps have saturated {share} of the {activation} units' outputs.")
    });
    Words {
        text: format!("Exploding by the rate: {risen}; learning rate {rate} is too high."),
        evidence: join([
            Some(format!("The loss was {start} at the start.")),
            Some(largest_update(&found.update)),
            saturated,
        ]),
    }
}

fn oscillation(found: &Oscillation) -> Words {
    let Oscillation {
        crossed,
        observed,
        raised,
        measured,
        ..
    } = found;
    let (before, now) = (number(found.loss_before), number(found.loss_now));
    let update = largest_update(&found.update);
    Words {
        text: format!(
            "Oscillation: the steps jump across the minimum of their line ({crossed} of the last {observed} looks) and the loss does not fall ({before} before, {now} now)."
        ),
        evidence: format!(
            "The gradient after a step points along the step: it went past the lowest point. {raised} of {measured} steps raised the loss of their own minibatch. {update}"
        ),
    }
}

fn saturation(found: &Saturation) -> Words {
    match found {
        Saturation::Blocked(layer) => blocked(layer, "saturated"),
        Saturation::Vanishing {
            decline: d,
            saturated,
            losses: l,
        } => {
            let (decline, activation, saturated) =
                (decline(d), name(d.activation), percent(*saturated));
            Words {
                text: format!(
                    "{decline} {saturated} of the {activation} units' outputs are saturated."
                ),
                evidence: join([
                    Some(factors(&d.factors)),
                    Some(format!(
                        "Where {activation} is saturated its derivative is below 5 % of its largest."
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
            "{decline} the weights are too small: sqrt(n_in Var W) is {measured}, {activation} needs {preserving}."
        ),
        evidence: join([
            Some(factors(&found.decline.factors)),
            decay.map(|share| format!("Decay makes {share} of the update.")),
        ]),
    }
}

fn derivative(found: &Derivative) -> Words {
    let (decline, activation) = (decline(&found.decline), name(found.decline.activation));
    let share = percent(found.passed_on);
    let parts = found.largest_derivative.map(f64::recip);
    Words {
        text: format!("{decline} each {activation} layer passes on {share} of the signal."),
        evidence: join([
            Some(factors(&found.decline.factors)),
            parts.map(|parts| format!("{activation}'s derivative is at most 1/{parts}, at u = 0.")),
        ]),
    }
}

fn hidden(found: &Hidden) -> Words {
    let (depth, activation) = (found.depth, name(found.activation));
    let (delta, share) = (power_of_ten(found.delta_ratio), percent(found.passed_on));
    let forwards = number(found.a_ratio);
    let backwards = number(found.delta_ratio);
    let product = if found.dw_spread.is_finite() {
        let spread = number(found.dw_spread);
        format!("the product stays within a factor of {spread}")
    } else {
        "the product is 0 only in some layer between".into()
    };
    Words {
        text: format!(
            "Hidden vanishing: dW looks level, but delta at layer 1 is {delta} of layer {depth}'s; each {activation} layer passes on {share}."
        ),
        evidence: join([
            Some(factors(&found.factors)),
            Some(format!(
                "dW is a from below times delta from above; a falls to {forwards} of layer 1's forwards, delta to {backwards} backwards, and {product}."
            )),
            found.weights.as_ref().map(weight_size),
        ]),
    }
}

fn crawling(found: &Crawling) -> Words {
    let LargestUpdate { layer, share } = &found.update;
    let (share, rate, norm) = (number(*share), found.learning_rate, number(found.grad_norm));
    let losses = losses(&found.losses);
    Words {
        text: format!(
            "Crawling: a step moves no layer by more than {share} of its weights; learning rate {rate} is too small."
        ),
        evidence: format!(
            "The largest share is layer {layer}'s; the gradient arrives with norm {norm}. {losses}"
        ),
    }
}
