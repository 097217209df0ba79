//! The words of the diagnosis: which messages are said, from the numbers that rules and fixes have found.

mod fixes;
mod phrases;
mod progress;
mod updates;

use super::finding::*;
use super::kind::Finding;
use crate::config::choice::Choice;
use crate::numeric::format::{number, percent, power_of_ten};
pub use fixes::{label, note};
use gradient_flow_words::{Message, message};
pub use phrases::losses;
use phrases::*;
pub use progress::found_by_trial;
use progress::*;
use updates::*;

/// What is said of a finding.
pub struct Words {
    /// The verdict in a few words.
    pub title: Message,
    /// The verdict in a sentence, with its number.
    pub text: Message,
    /// The measured numbers behind it, in whole sentences.
    pub evidence: Vec<Message>,
}

impl Words {
    /// A verdict with its evidence, as far as there is any. (Not generic over iterators: that would be compiled for each.)
    fn new(title: Message, text: Message, evidence: Vec<Option<Message>>) -> Self {
        let evidence = evidence.into_iter().flatten().collect();
        Words {
            title,
            text,
            evidence,
        }
    }
}

/// What is said of a finding that holds since a step, in a network of `depth` hidden layers.
pub fn words(finding: &Finding, since: u64, depth: usize) -> Words {
    let mut words = match finding {
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
        Finding::StartTooSmall(found) => start_too_small(found),
        Finding::Derivative(found) => derivative(found),
        Finding::Hidden(found) => hidden(found),
        Finding::TestLossNotFinite(found) => test_loss_not_finite(found),
        Finding::BatchTooSmall(found) => batch_too_small(found),
        Finding::InputsNotScaled(found) => inputs_not_scaled(found),
        Finding::StartTooLarge(found) => start_too_large(found),
        Finding::PenaltyTooStrong(found) => penalty_too_strong(found),
        Finding::ThresholdTooSmall(found) => threshold_too_small(found),
        Finding::RateTooSmall(found) => rate_too_small(found),
        Finding::NotLearning(found) => not_learning(found),
    };
    words
        .evidence
        .push(message!("evidence-since", step = since));
    words
}

fn overflow(found: &Overflow, depth: usize) -> Words {
    let title = message!("title-overflow", step = found.step);
    let text = message!(
        "verdict-overflow",
        layer = layer(found.layer, depth),
        tensor = found.tensor.clone(),
        operation = found.operation.clone(),
    );
    match &found.cause {
        OverflowCause::Start { weights } => Words::new(
            title,
            text,
            vec![
                Some(message!("evidence-overflow-start")),
                weights.as_ref().map(weight_size),
            ],
        ),
        OverflowCause::Update {
            last_finite_loss,
            norm_rise,
        } => {
            let last =
                last_finite_loss.map(|loss| message!("evidence-loss-finite", loss = number(loss)));
            let rise = norm_rise.as_ref().map(|rise| {
                message!(
                    "evidence-norm-rise",
                    start = number(rise.at_start),
                    highest = number(rise.highest),
                    step = rise.step
                )
            });
            Words::new(title, text, vec![rise, last])
        }
    }
}

fn zeros(found: &Zeros) -> Words {
    match found {
        Zeros::NothingPasses {
            first,
            last,
            zero_layers,
            layers,
        } => Words::new(
            message!("title-zero-weights"),
            message!(
                "verdict-zero-weights",
                count = last + 1 - first,
                first = *first,
                last = *last
            ),
            vec![Some(message!(
                "evidence-zero-weights",
                zero = *zero_layers,
                layers = *layers
            ))],
        ),
        Zeros::Symmetric { units, losses: l } => Words::new(
            message!("title-symmetric"),
            message!("verdict-symmetric", units = *units),
            vec![Some(message!("evidence-symmetric")), Some(losses(l))],
        ),
    }
}

fn dying(found: &Dying, depth: usize) -> Words {
    match found {
        Dying::Blocked(layer) => {
            let title = message!("title-dead", layer = layer.layer);
            let text = message!("verdict-blocked-dead", layer = layer.layer);
            Words::new(title, text, blocked(layer, depth).map(Some).into())
        }
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
            let title = message!("title-dying", activation = name(*activation));
            let text = message!(
                "verdict-dying",
                layer = *layer,
                dead = *dead_units,
                units = *units,
                samples = *samples,
            );
            let (share, threshold) = (percent(*dead_share), percent(*threshold));
            let (dying, layers) = (*dying_layers, *layers);
            let evidence = match dead_share_at_start {
                Some(start) => message!(
                    "evidence-dying-start",
                    share = share,
                    start = percent(*start),
                    dying = dying,
                    layers = layers,
                    threshold = threshold,
                ),
                None => message!(
                    "evidence-dying",
                    share = share,
                    dying = dying,
                    layers = layers,
                    threshold = threshold
                ),
            };
            Words::new(title, text, vec![Some(evidence)])
        }
    }
}

fn underflow(found: &Underflow) -> Words {
    let text = if found.last_flushed > 0 {
        message!("verdict-flushed", last = found.last_flushed)
    } else {
        message!("verdict-underflow", dw = power_of_ten(found.first_dw))
    };
    let nonzero = found.first_nonzero;
    let nonzero =
        nonzero.map(|(layer, dw)| message!("evidence-dw", layer = layer, dw = number(dw)));
    let delta = message!("evidence-delta-output", delta = number(found.output_delta));
    Words::new(
        message!("title-vanishing"),
        text,
        vec![Some(delta), nonzero, Some(message!("evidence-float32"))],
    )
}

fn exploding_weights(found: &ExplodingWeights) -> Words {
    let saturated = found.saturated.and_then(saturated_outputs);
    let why = match &found.cause {
        GrowthCause::Residual => Some(message!("evidence-residual")),
        GrowthCause::Weights(weights) => weights.as_ref().map(weight_size),
    };
    let evidence = vec![Some(factors(&found.growth.factors)), why, saturated];
    Words::new(message!("title-exploding"), growth(&found.growth), evidence)
}

fn exploding_norm(found: &ExplodingNorm) -> Words {
    let why = message!("evidence-norm", norm = found.norm.info().label());
    Words::new(
        message!("title-exploding"),
        growth(&found.growth),
        vec![Some(factors(&found.growth.factors)), Some(why)],
    )
}

fn saturation(found: &Saturation, depth: usize) -> Words {
    match found {
        Saturation::Blocked(layer) => {
            let title = message!("title-saturated", layer = layer.layer);
            let text = message!("verdict-blocked-saturated", layer = layer.layer);
            Words::new(title, text, blocked(layer, depth).map(Some).into())
        }
        Saturation::Vanishing {
            decline: d,
            saturated,
            losses: l,
        } => {
            let (activation, saturated) = (name(d.activation), percent(*saturated));
            let text = match decline(d) {
                Some(times) => message!(
                    "verdict-saturation",
                    times = times,
                    depth = d.depth,
                    saturated = saturated,
                    activation = activation.clone(),
                ),
                None => message!(
                    "verdict-saturation-zero",
                    saturated = saturated,
                    activation = activation.clone()
                ),
            };
            let slope = message!("evidence-saturation", activation = activation);
            Words::new(
                message!("title-vanishing"),
                text,
                vec![Some(factors(&d.factors)), Some(slope), Some(losses(l))],
            )
        }
    }
}

fn start_too_small(found: &StartTooSmall) -> Words {
    let (d, activation) = (&found.decline, name(found.weights.activation));
    let (measured, preserving) = (
        number(found.weights.measured),
        number(found.weights.preserving),
    );
    let text = if found.delta_ratio == 0.0 {
        message!(
            "verdict-small-weights-zero",
            measured = measured,
            activation = activation,
            preserving = preserving,
        )
    } else {
        message!(
            "verdict-small-weights",
            times = times(found.delta_ratio.recip()),
            depth = d.depth,
            measured = measured,
            activation = activation,
            preserving = preserving,
        )
    };
    Words::new(
        message!("title-start-small"),
        text,
        vec![Some(factors(&d.factors))],
    )
}

fn derivative(found: &Derivative) -> Words {
    let (d, activation) = (&found.decline, name(found.decline.activation));
    let share = percent(found.passed_on);
    let text = match decline(d) {
        Some(times) => message!(
            "verdict-derivative",
            times = times,
            depth = d.depth,
            activation = activation.clone(),
            share = share,
        ),
        None => message!(
            "verdict-derivative-zero",
            activation = activation.clone(),
            share = share
        ),
    };
    let largest = found.largest_derivative.map(|largest| {
        message!(
            "evidence-derivative",
            activation = activation,
            parts = largest.recip()
        )
    });
    Words::new(
        message!("title-vanishing"),
        text,
        vec![Some(factors(&d.factors)), largest],
    )
}

fn hidden(found: &Hidden) -> Words {
    let (activation, share) = (name(found.activation), percent(found.passed_on));
    let text = if found.delta_ratio == 0.0 {
        message!(
            "verdict-hidden-zero",
            activation = activation,
            share = share
        )
    } else {
        message!(
            "verdict-hidden",
            times = times(found.delta_ratio.recip()),
            depth = found.depth,
            activation = activation,
            share = share,
        )
    };
    let (forwards, backwards) = (number(found.a_ratio), number(found.delta_ratio));
    let product = if found.dw_spread.is_finite() {
        message!(
            "evidence-hidden",
            forwards = forwards,
            backwards = backwards,
            spread = number(found.dw_spread),
        )
    } else {
        message!(
            "evidence-hidden-zero",
            forwards = forwards,
            backwards = backwards
        )
    };
    let weights = found.weights.as_ref().map(weight_size);
    Words::new(
        message!("title-hidden"),
        text,
        vec![Some(factors(&found.factors)), Some(product), weights],
    )
}
