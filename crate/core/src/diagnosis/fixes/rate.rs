//! Learning rates that a network bears.

use super::changes::Change;
use super::{Proposal, patched};
use crate::config::{Config, Loss, Norm, OptimizerKind};
use crate::numeric::format::one_digit;
use serde_json::json;

/// The lowest learning rate that a config may have.
const LOWEST: f64 = 1e-6;

/// A rate at which a network like this learns the built-in data steadily. Measured for depths from 2 to 60,
/// and below the rates at which they stop learning: bounded activations and batch norm bear more, a linear
/// network less.
fn steady_rate(config: &Config) -> f64 {
    let activation = config.activation.traits();
    let squares = config.loss == Loss::Mse;
    let depth = config.depth as f64;
    let usual = 0.4 / depth;
    let plain = match config.norm {
        Norm::None => {
            if activation.linear {
                0.08 / depth
            } else if activation.saturating && !squares {
                (2.0 / depth).min(40.0 / depth.powi(2))
            } else {
                usual
            }
        }
        Norm::Batch => {
            if config.residual {
                usual
            } else {
                2.0 / depth
            }
        }
        Norm::Layer => usual,
    };
    // The gradient of the squared error has no bound.
    let plain = if squares { plain / 4.0 } else { plain };
    one_digit(match config.optimizer {
        OptimizerKind::Sgd => plain,
        OptimizerKind::Momentum | OptimizerKind::Nesterov => plain * (1.0 - config.momentum),
        OptimizerKind::Rmsprop | OptimizerKind::Adam | OptimizerKind::Adamw => 0.001,
    })
}

/// Adds a rate that the changed network bears, where it starts anew: then the whole gradient arrives at
/// layers that hardly got any before.
pub fn with_steady_rate(config: &Config, mut proposal: Proposal) -> Proposal {
    let restarted = patched(config, &proposal.patch).filter(|fixed| !config.is_live_change(fixed));
    let rate = restarted.map_or(f64::INFINITY, |fixed| steady_rate(&fixed));
    if rate < config.learning_rate {
        proposal.patch["learning_rate"] = rate.into();
        proposal.learning_rate = Some(rate);
    }
    proposal
}

/// A tenth of the rate, or less.
pub fn lower_rate(config: &Config) -> Option<Proposal> {
    let tenth = one_digit(config.learning_rate / 10.0).max(LOWEST);
    let rate = steady_rate(config).min(tenth);
    Proposal::new(Change::LowerRate(rate), json!({ "learning_rate": rate }))
}

/// The rate at which the network learns steadily.
pub fn higher_rate(config: &Config) -> Option<Proposal> {
    let rate = steady_rate(config);
    Proposal::new(Change::HigherRate(rate), json!({ "learning_rate": rate }))
}
