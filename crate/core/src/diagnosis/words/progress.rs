//! The words on the start and on what has been learned since.

use super::Words;
use super::phrases::*;
use crate::diagnosis::DiagnosisKind;
use crate::diagnosis::finding::*;
use crate::diagnosis::trials::Outcome;
use crate::numeric::format::{number, percent};
use gradient_flow_words::{Message, message};

/// Up to this factor gradients are of similar size.
const SIMILAR: f64 = 10.0;

pub fn healthy(found: &Healthy) -> Words {
    match found {
        Healthy::TooEarly { signal, losses: l } => {
            let text = match signal {
                None => message!("verdict-one-layer"),
                Some(level) if level.dw_spread.is_infinite() => message!("verdict-healthy-zero"),
                Some(level) if level.dw_spread < SIMILAR => {
                    message!("verdict-healthy", times = times(level.dw_spread))
                }
                Some(level) => message!("verdict-healthy-spread", times = times(level.dw_spread)),
            };
            let why = signal.as_ref().map(|level| factors(&level.factors));
            Words::new(
                message!("title-too-early"),
                text,
                vec![why, Some(losses(l))],
            )
        }
        Healthy::Learning { reached, losses: l } => Words::new(
            message!("title-learning"),
            message!(
                "verdict-learning",
                now = number(l.now),
                guess = number(reached.guess_loss)
            ),
            vec![accuracy(reached), Some(losses(l))],
        ),
        Healthy::Learned { reached, losses: l } => {
            let text = accuracy(reached).unwrap_or_else(|| {
                message!(
                    "verdict-learning",
                    now = number(reached.loss),
                    guess = number(reached.guess_loss)
                )
            });
            Words::new(message!("title-healthy"), text, vec![Some(losses(l))])
        }
    }
}

/// What a network reaches beside guessing; None for regression.
fn accuracy(reached: &Reached) -> Option<Message> {
    (!reached.accuracy.is_nan()).then(|| {
        message!(
            "evidence-accuracy",
            share = percent(reached.accuracy),
            guess = percent(reached.guess_accuracy)
        )
    })
}

pub fn not_learning(found: &NotLearning) -> Words {
    Words::new(
        message!("title-not-learning"),
        message!(
            "verdict-not-learning",
            steps = found.steps,
            now = number(found.losses.now),
            guess = number(found.reached.guess_loss)
        ),
        vec![accuracy(&found.reached), Some(losses(&found.losses))],
    )
}

pub fn test_loss_not_finite(found: &TestLossNotFinite) -> Words {
    let batch_norm = found
        .batch_norm
        .map(|samples| message!("evidence-running-means", samples = samples));
    Words::new(
        message!("title-test-loss"),
        message!("verdict-test-loss"),
        vec![batch_norm, Some(losses(&found.losses))],
    )
}

pub fn batch_too_small(found: &BatchTooSmall) -> Words {
    Words::new(
        message!("title-batch"),
        message!("verdict-batch"),
        vec![Some(losses(&found.losses))],
    )
}

pub fn inputs_not_scaled(found: &InputsNotScaled) -> Words {
    Words::new(
        message!("title-inputs"),
        message!(
            "verdict-inputs",
            loss = number(found.loss),
            guess = number(found.guess_loss)
        ),
        vec![found.saturated.and_then(saturated_outputs)],
    )
}

pub fn start_too_large(found: &StartTooLarge) -> Words {
    Words::new(
        message!("title-start-large"),
        message!(
            "verdict-start-large",
            loss = number(found.loss),
            guess = number(found.guess_loss)
        ),
        vec![
            found.weights.as_ref().map(weight_size),
            found.saturated.and_then(saturated_outputs),
        ],
    )
}

/// The verdict on a cause that a trial has found: its title, and what the fix with this label reaches.
pub fn found_by_trial(kind: DiagnosisKind, fix: Message, outcome: &Outcome) -> (Message, Message) {
    let title = match kind {
        DiagnosisKind::RateTooSmall => message!("title-crawling"),
        DiagnosisKind::ExplodingRate => message!("title-rate"),
        DiagnosisKind::ThresholdTooSmall => message!("title-threshold"),
        DiagnosisKind::PenaltyTooStrong => message!("title-penalty"),
        DiagnosisKind::BatchTooSmall => message!("title-batch-small"),
        DiagnosisKind::InputsNotScaled => message!("title-inputs"),
        DiagnosisKind::StartTooLarge => message!("title-start-large"),
        DiagnosisKind::StartTooSmall => message!("title-start-small"),
        _ => message!("title-not-learning"),
    };
    let text = if outcome.accuracy.is_nan() {
        message!(
            "verdict-found-loss",
            fix = fix,
            loss = number(outcome.loss),
            guess = number(outcome.guess_loss)
        )
    } else {
        message!(
            "verdict-found",
            fix = fix,
            share = percent(outcome.accuracy),
            guess = percent(outcome.guess_accuracy)
        )
    };
    (title, text)
}
