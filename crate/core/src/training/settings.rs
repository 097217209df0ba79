//! The settings of the optimizer at one step.

use crate::config::{Clip, Config, OptimizerKind};

/// The settings of the optimizer at one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Which optimizer.
    pub optimizer: OptimizerKind,
    /// Learning rate.
    pub learning_rate: f64,
    /// The share of the buffer that momentum and nesterov keep.
    pub momentum: f64,
    /// Gradient clipping.
    pub clip: Clip,
    /// The threshold of clipping.
    pub clip_at: f64,
    /// Weight decay: an L2 penalty on W, or decoupled decay in adamw (Loshchilov and Hutter 2019).
    pub weight_decay: f64,
    /// L1 penalty on W.
    pub l1: f64,
    /// RMSprop: the share of the running mean square that is kept.
    pub alpha: f64,
    /// Adam: the share of the running mean that is kept.
    pub beta1: f64,
    /// Adam: the share of the running mean square that is kept.
    pub beta2: f64,
    /// RMSprop and Adam: added to the denominator, outside the square root.
    pub eps: f64,
}

/// PyTorch's `clip_grad_norm_` adds this to the norm of the gradient.
const CLIP_EPS: f64 = 1e-6;

impl Settings {
    /// The settings of the update from step `step` to the next. Whatever depends on the step, a schedule of the learning
    /// rate for example, belongs here.
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

    /// The factor by which clipping by norm scales a gradient of L2 norm `norm`: min(1, clip_at / (norm + 1e-6))
    /// (Pascanu et al. 2013, alg. 1, with PyTorch's 1e-6). It is 1 without clipping by norm.
    pub fn norm_scale(&self, norm: f64) -> f64 {
        match self.clip {
            Clip::Norm => (self.clip_at / (norm + CLIP_EPS)).min(1.0),
            Clip::None | Clip::Value => 1.0,
        }
    }
}
