//! Learning rates that a network bears.

use super::changes::{ADAM_RATE, SMALL_BATCH};
use crate::config::{BatchSize, Config, Loss, Norm, OptimizerKind};
use crate::numeric::format::one_digit;

/// A rate at which a network like this learns the built-in data steadily. Measured for depths from 2 to 60,
/// and below the rates at which they stop learning: bounded activations and batch norm bear more, a linear
/// network less.
pub fn steady_rate(config: &Config) -> f64 {
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
    let plain = match config.batch_size {
        // A few samples point in a direction of their own.
        BatchSize::Samples(samples) if samples < SMALL_BATCH => {
            plain * (samples as f64 / SMALL_BATCH as f64).sqrt()
        }
        BatchSize::Samples(_) | BatchSize::Full => plain,
    };
    one_digit(match config.optimizer {
        OptimizerKind::Sgd => plain,
        OptimizerKind::Momentum | OptimizerKind::Nesterov => plain * (1.0 - config.momentum),
        OptimizerKind::Rmsprop | OptimizerKind::Adam | OptimizerKind::Adamw => ADAM_RATE,
    })
}
