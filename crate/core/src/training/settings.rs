//! What the optimizer needs of a config at one step.

use crate::config::{Clip, Config, OptimizerKind};

/// What the optimizer needs of a config. It may change from step to step.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Which optimizer.
    pub optimizer: OptimizerKind,
    /// Step size.
    pub learning_rate: f64,
    /// Share of the last update kept, by momentum and nesterov.
    pub momentum: f64,
    /// Kind of clipping.
    pub clip: Clip,
    /// Its threshold.
    pub clip_at: f64,
    /// L2 penalty on W; decoupled decay in adamw.
    pub weight_decay: f64,
    /// L1 penalty on W.
    pub l1: f64,
    /// RMSprop: share of the running mean square kept.
    pub alpha: f64,
    /// Adam: share of the running mean kept.
    pub beta1: f64,
    /// Adam: share of the running mean square kept.
    pub beta2: f64,
    /// RMSprop and Adam: added outside the square root.
    pub eps: f64,
}

/// Added to the gradient's norm, as in PyTorch's `clip_grad_norm_`.
const CLIP_EPS: f64 = 1e-6;

impl Settings {
    /// The settings of the update from step `step` to the next. Whatever depends on the step stands here.
    pub fn at(config: &Config, _step: u64) -> Self {
        Settings {
            optimizer: config.optimizer,
            learning_rate: config.learning_rate,
            momentum: config.momentum,
            clip: config.clip,
            clip_at: config.clip_at,
            weight_decay: config.weight_decay,
            l1: config.l1,
            alpha: 0.99,
            beta1: 0.9,
            beta2: 0.999,
            eps: 1e-8,
        }
    }

    /// The factor by which clipping by norm scales a gradient of this norm: min(1, clip_at / (norm + 1e-6))
    /// (Pascanu et al. 2013, alg. 1, with PyTorch's 1e-6); 1 for any other clipping.
    pub fn norm_scale(&self, norm: f64) -> f64 {
        match self.clip {
            Clip::Norm => (self.clip_at / (norm + CLIP_EPS)).min(1.0),
            Clip::None | Clip::Value => 1.0,
        }
    }
}
