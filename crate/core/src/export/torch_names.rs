//! What each choice of a config is in PyTorch. (The module of an activation is one of its
//! [traits](crate::config::activation::ActivationTraits).)

use crate::config::{Clip, LossFunction, Norm, OptimizerKind, Schedule};

/// The module of a normalization of `n_out` units.
pub fn norm(norm: Norm) -> &'static str {
    match norm {
        Norm::None => "nn.Identity()",
        Norm::Batch => "nn.BatchNorm1d(n_out)",
        Norm::Layer => "nn.LayerNorm(n_out)",
    }
}

/// The module of a loss.
pub fn loss(loss: LossFunction) -> &'static str {
    match loss {
        LossFunction::SoftmaxCe => "nn.CrossEntropyLoss()",
        LossFunction::Bce => "nn.BCEWithLogitsLoss()",
        LossFunction::Mse => "nn.MSELoss()",
    }
}

/// The class of an optimizer in `torch.optim` and its arguments after learning rate and weight decay. In the script, `s`
/// are the live settings.
pub fn optimizer(kind: OptimizerKind) -> (&'static str, &'static str) {
    match kind {
        OptimizerKind::Sgd => ("SGD", ""),
        // PyTorch has no momentum buffer, and with nesterov refuses to run, unless the momentum is above 0.
        OptimizerKind::Momentum => ("SGD", ", momentum=max(s[\"momentum\"], 1e-30)"),
        OptimizerKind::Nesterov => (
            "SGD",
            ", momentum=max(s[\"momentum\"], 1e-30), nesterov=True",
        ),
        OptimizerKind::Rmsprop => ("RMSprop", ", alpha=0.99, eps=1e-8"),
        OptimizerKind::Adam => ("Adam", ", betas=(0.9, 0.999), eps=1e-8"),
        OptimizerKind::Adamw => ("AdamW", ", betas=(0.9, 0.999), eps=1e-8"),
    }
}

/// What a schedule multiplies the learning rate by, t steps after the warm-up.
pub fn schedule(schedule: Schedule) -> &'static str {
    match schedule {
        Schedule::Constant => "1.0",
        Schedule::Cosine => "(1 + math.cos(math.pi * t / SCHEDULE_STEPS)) / 2",
        Schedule::Step => "0.1 ** (t // SCHEDULE_STEPS)",
        Schedule::Exponential => "0.1 ** (t / SCHEDULE_STEPS)",
    }
}

/// The statement that clips the gradient. In the script, `s` are the live settings.
pub fn clip(clip: Clip) -> &'static str {
    match clip {
        Clip::None => "pass",
        Clip::Norm => "nn.utils.clip_grad_norm_(net.parameters(), s[\"clip_at\"])",
        Clip::Value => "nn.utils.clip_grad_value_(net.parameters(), s[\"clip_at\"])",
    }
}
