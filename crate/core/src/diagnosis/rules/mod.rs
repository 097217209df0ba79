//! The rules: each looks at the evidence and finds one kind of diagnosis (or one of a few that have the
//! same sign), or nothing. What is said of the run in the end is decided by `verdict.rs`, which has a memory.

mod signal;
mod updates;

use super::evidence::Evidence;
use super::finding::*;
use super::kind::Finding;
use crate::config::{BatchSize, Norm};
use signal::*;
use updates::*;

type Rule = fn(&Evidence) -> Option<Finding>;

/// In order of precedence: the first rule that finds something decides. An overflow leaves nothing else to
/// measure; a network that has learned needs no cure; what is certain comes before what is likely; updates that come
/// from elsewhere than the gradient, or lead nowhere, explain what has become of the signal since; zeros, blocked layers
/// and underflow make ratios of delta meaningless.
const RULES: &[Rule] = &[
    overflow,
    learned,
    test_loss_not_finite,
    zeros,
    batch_too_small,
    penalty_too_strong,
    threshold_too_small,
    rate_too_small,
    blocked,
    underflow,
    driven_up,
    exploding,
    start_too_large,
    oscillation,
    vanishing,
    dying,
    learning,
    wandering,
    not_learning,
];

/// A run that has not learned after so many steps does not learn as it should.
const PATIENCE: u64 = 100;
/// ... and after so many one may say so without a cause.
const LONG_PATIENCE: u64 = 150;

/// What the first rule finds, or that it is too early to say.
pub fn find(evidence: &Evidence) -> Finding {
    let found = RULES.iter().find_map(|rule| rule(evidence));
    found.unwrap_or_else(|| Finding::Healthy(too_early(evidence)))
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
            norm_rise: e.norm_rise(),
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

/// Most of the way from guessing to no error is made.
fn learned(e: &Evidence) -> Option<Finding> {
    e.learned().then(|| {
        Finding::Healthy(Healthy::Learned {
            reached: e.reached(),
            losses: e.losses(),
        })
    })
}

/// The network overflows on test samples alone.
fn test_loss_not_finite(e: &Evidence) -> Option<Finding> {
    // Before the first evaluation the loss is not a number either.
    let evaluated = !e.snapshot.dead_samples.is_nan();
    (evaluated && !e.snapshot.test_loss.is_finite()).then(|| {
        Finding::TestLossNotFinite(TestLossNotFinite {
            losses: e.losses(),
            batch_norm: match (e.config.norm, e.config.batch_size) {
                (Norm::Batch, BatchSize::Samples(samples)) => Some(samples),
                _ => None,
            },
        })
    })
}

/// Batch norm over one sample: every pre-activation equals its mean.
fn batch_too_small(e: &Evidence) -> Option<Finding> {
    let one = e.config.batch_size == BatchSize::Samples(1);
    (one && e.config.norm == Norm::Batch).then(|| {
        let losses = e.losses();
        Finding::BatchTooSmall(BatchTooSmall { losses })
    })
}

/// The loss is below that of guessing, and falls.
fn learning(e: &Evidence) -> Option<Finding> {
    e.learning().then(|| {
        Finding::Healthy(Healthy::Learning {
            reached: e.reached(),
            losses: e.losses(),
        })
    })
}

/// Enough steps were made, and nothing was gained.
fn not_learning(e: &Evidence) -> Option<Finding> {
    (e.snapshot.step >= LONG_PATIENCE).then(|| {
        Finding::NotLearning(NotLearning {
            steps: e.snapshot.step,
            reached: e.reached(),
            losses: e.losses(),
        })
    })
}

/// What is said where no rule has found anything.
fn too_early(e: &Evidence) -> Healthy {
    let ratio = e.delta_ratio();
    let known = e.depth >= 2 && ratio.is_finite() && ratio > 0.0 && e.cut_layer().is_none();
    Healthy::TooEarly {
        signal: known.then(|| Level {
            dw_spread: e.dw_spread(),
            factors: e.factors(),
        }),
        losses: e.losses(),
    }
}
