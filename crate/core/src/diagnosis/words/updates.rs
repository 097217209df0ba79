//! The words on updates: what they are made of, and whether they gain anything.

use super::Words;
use super::phrases::*;
use crate::diagnosis::finding::*;
use crate::numeric::format::{number, percent};
use gradient_flow_words::message;

pub fn exploding_rate(found: &ExplodingRate, depth: usize) -> Words {
    let rate = found.learning_rate;
    let saturated = found.saturated.map(|(share, activation)| {
        message!(
            "evidence-rate-saturated",
            share = percent(share),
            activation = name(activation)
        )
    });
    let update = Some(largest_update(&found.update, depth));
    let (text, before) = match &found.signs {
        RateSigns::DrivenUp {
            start_loss,
            loss_ratio,
        } => (
            // A start of exactly 0 has no multiples.
            if loss_ratio.is_finite() {
                message!("verdict-rate", rate = rate, times = number(*loss_ratio))
            } else {
                message!("verdict-rate-zero", rate = rate)
            },
            message!("evidence-loss-start", start = number(*start_loss)),
        ),
        RateSigns::Wandering {
            losses: l,
            guess_loss,
        } => (
            message!(
                "verdict-rate-wandering",
                rate = rate,
                loss = number(l.now),
                guess = number(*guess_loss)
            ),
            losses(l),
        ),
    };
    Words::new(
        message!("title-rate"),
        text,
        vec![Some(before), update, saturated],
    )
}

pub fn oscillation(found: &Oscillation, depth: usize) -> Words {
    Words::new(
        message!("title-oscillation"),
        message!(
            "verdict-oscillation",
            rate = found.learning_rate,
            crossed = found.crossed,
            observed = found.observed,
            before = number(found.loss_before),
            now = number(found.loss_now),
        ),
        vec![
            Some(message!(
                "evidence-oscillation",
                raised = found.raised,
                measured = found.measured
            )),
            Some(largest_update(&found.update, depth)),
        ],
    )
}

pub fn penalty_too_strong(found: &PenaltyTooStrong) -> Words {
    let which = if found.l1 == 0.0 {
        "decay"
    } else if found.weight_decay == 0.0 {
        "l1"
    } else {
        "both"
    };
    Words::new(
        message!("title-penalty"),
        message!(
            "verdict-penalty",
            which = which,
            share = percent(found.share)
        ),
        vec![
            Some(message!(
                "evidence-remaining",
                times = number(found.remaining)
            )),
            Some(losses(&found.losses)),
        ],
    )
}

pub fn threshold_too_small(found: &ThresholdTooSmall) -> Words {
    Words::new(
        message!("title-threshold"),
        message!(
            "verdict-threshold",
            at = found.clip_at,
            left = number(found.clip_coefficient)
        ),
        vec![Some(moved(found.moved)), Some(losses(&found.losses))],
    )
}

pub fn rate_too_small(found: &RateTooSmall) -> Words {
    Words::new(
        message!("title-crawling"),
        message!(
            "verdict-crawling",
            rate = found.learning_rate,
            share = small_percent(found.moved.share),
            steps = found.moved.steps
        ),
        vec![
            Some(message!(
                "evidence-grad-norm",
                norm = number(found.grad_norm)
            )),
            Some(losses(&found.losses)),
        ],
    )
}
