//! What helps, and why. What mean-field theory says would not, is not offered.

use super::rules::{Evidence, LEVEL};
use super::{DiagnosisKind, Fix};
use crate::config::Activation;
use crate::config::choice::Choice;
use crate::config::{Clip, Config, Init, Loss, Norm, OptimizerKind};
use crate::network::activation::ActivationFn;
use crate::numeric::format::{number, one_digit};
use crate::theory::{mean_square_derivative, predict, sigma_w2};
use serde_json::{Value as Json, json};

/// Cures that are offered at most.
const OFFERED: usize = 3;

/// The size of the weights, sqrt(n_in Var W), at which an activation passes on delta as it is: where u
/// is small for those that are linear there, else where u has variance 1. None where no size does:
/// sigmoid and softplus would saturate, or grow.
pub fn fitting_sigma(config: &Config) -> Option<f64> {
    match config.activation {
        Activation::Sigmoid | Activation::Softplus => None,
        Activation::Tanh | Activation::Linear | Activation::Selu => Some(1.0),
        activation => {
            let phi = ActivationFn::new(activation, config.slope_value());
            Some(mean_square_derivative(&phi, 1.0).recip().sqrt())
        }
    }
}

/// Do all units of a layer begin alike?
pub fn is_symmetric(config: &Config) -> bool {
    config.init == Init::Zeros && config.bias_std == 0.0
}

fn fix(label: impl Into<String>, note: impl Into<String>, patch: Json) -> Fix {
    Fix {
        label: label.into(),
        note: note.into(),
        patch,
    }
}

impl Fix {
    /// The config with this fix.
    pub fn applied(&self, config: &Config) -> Option<Config> {
        config.with_json(&self.patch.to_string()).ok()
    }
}

/// What helps against a kind in this run, best first.
pub fn fixes(look: &Evidence, kind: DiagnosisKind) -> Vec<Fix> {
    // With the loss resolved, on which the rate depends.
    let config = &Config {
        loss: look.config.resolved_loss(!look.snapshot.classes.is_empty()),
        ..look.config.clone()
    };
    let (start, relu, rate) = (
        fitting_start(config),
        relu_with_he(config),
        lower_rate(config),
    );
    // No rate fixes a start that is bad itself.
    let sound = !look.overflows_at_start()
        && (starts_level(config) || config.residual && look.started_level());
    let candidates = match kind {
        DiagnosisKind::Healthy => vec![],
        DiagnosisKind::Overflow | DiagnosisKind::ExplodingRate | DiagnosisKind::Oscillation
            if sound =>
        {
            vec![rate, clip(config)]
        }
        DiagnosisKind::Overflow
        | DiagnosisKind::ExplodingWeights
        | DiagnosisKind::ExplodingRate
        | DiagnosisKind::Oscillation => {
            vec![
                smaller_branches(config),
                start,
                norm(config, Norm::Layer),
                relu,
            ]
        }
        DiagnosisKind::ExplodingNorm => vec![
            norm(config, Norm::Layer),
            residual(config),
            without_norm(config),
        ],
        DiagnosisKind::Dying if sound && look.died_in_training() => vec![rate, leaky(config)],
        DiagnosisKind::Dying if look.died_in_training() => {
            vec![leaky(config), norm(config, Norm::Layer)]
        }
        DiagnosisKind::Dying => vec![wider(config).or_else(|| leaky(config))],
        DiagnosisKind::Saturation if sound && look.saturated_in_training() => vec![rate],
        DiagnosisKind::Zeros | DiagnosisKind::Saturation => vec![start, relu],
        DiagnosisKind::SmallWeights | DiagnosisKind::Hidden if look.decayed() => vec![no_decay()],
        DiagnosisKind::SmallWeights | DiagnosisKind::Hidden => {
            vec![start, norm(config, Norm::Layer), relu]
        }
        DiagnosisKind::Derivative => vec![relu, norm(config, Norm::Batch), start],
        DiagnosisKind::Underflow => vec![start, relu, norm(config, Norm::Batch)],
        DiagnosisKind::Crawling => vec![higher_rate(config)],
    };
    let helps = |fix: &Fix| {
        let fixed = fix.applied(config).filter(|fixed| fixed != config);
        fixed.is_some_and(|fixed| fixed.residual || starts_level(&fixed))
    };
    let candidates = candidates.into_iter().flatten();
    let paced = candidates.map(|fix| at_steady_rate(config, fix));
    paced.filter(helps).take(OFFERED).collect()
}

/// Does theory expect a level signal at the start of a run, both ways?
fn starts_level(config: &Config) -> bool {
    let Some(expected) = predict(config, config.width, config.width) else {
        return false;
    };
    let last = config.depth - 1;
    // Real networks scatter around it.
    let within = LEVEL / 3.0;
    let level = |ratio: f64| ratio > 1.0 / within && ratio < within;
    level(expected.delta[0] / expected.delta[last])
        && level(expected.a_rms[last] / expected.a_rms[0])
}

/// The start that keeps the signal for the config's activation, unless it has it already.
fn fitting_start(config: &Config) -> Option<Fix> {
    let fitting = fitting_sigma(config)?;
    let (init, name, its) = match config.activation {
        Activation::Tanh | Activation::Linear => (Init::XavierNormal, "Xavier start", 1.0),
        Activation::Selu => (Init::LecunNormal, "LeCun start", 1.0),
        _ => (Init::HeNormal, "He start", 2f64.sqrt()),
    };
    let near = |x: f64| (x - 1.0).abs() < 0.04;
    let has = sigma_w2(config, config.width, config.width).sqrt() / fitting;
    if near(has) && config.bias_std == 0.0 && config.init != Init::Uniform {
        return None;
    }
    let gain = if near(fitting / its) {
        1.0
    } else {
        (100.0 * fitting / its).round() / 100.0
    };
    let label = if gain == 1.0 {
        name.to_string()
    } else {
        format!("{name}, gain {gain}")
    };
    let note = format!(
        "Draws weights with sqrt(n_in Var W) = {}, at which {} keeps the signal.",
        number(fitting),
        config.activation.info().label
    );
    let mut patch = json!({ "init": init.name(), "init_gain": gain });
    if config.bias_std > 0.0 {
        patch["bias_std"] = 0.0.into();
    }
    Some(fix(label, note, patch))
}

/// A rate at which networks of this depth learn the built-in data steadily: measured for depths from 2
/// to 60, below where they stop. Bounded activations and batch norm bear more, a linear network less.
fn steady_rate(config: &Config) -> f64 {
    let bounded = matches!(config.activation, Activation::Sigmoid | Activation::Tanh);
    let squares = config.loss == Loss::Mse;
    let depth = config.depth as f64;
    let plain = match config.norm {
        Norm::None if config.activation == Activation::Linear => 0.08 / depth,
        Norm::None if bounded && !squares => (2.0 / depth).min(40.0 / depth.powi(2)),
        Norm::Batch if !config.residual => 2.0 / depth,
        _ => 0.4 / depth,
    };
    // The gradient of squares has no bound.
    let plain = if squares { plain / 4.0 } else { plain };
    one_digit(match config.optimizer {
        OptimizerKind::Sgd => plain,
        OptimizerKind::Momentum | OptimizerKind::Nesterov => plain * (1.0 - config.momentum),
        OptimizerKind::Rmsprop | OptimizerKind::Adam | OptimizerKind::Adamw => 0.001,
    })
}

/// A fix that makes the whole gradient arrive, with a rate that the fixed network then bears.
fn at_steady_rate(config: &Config, mut fix: Fix) -> Fix {
    let fixed = fix
        .applied(config)
        .filter(|fixed| !config.is_live_change(fixed));
    let rate = fixed.map_or(f64::INFINITY, |fixed| steady_rate(&fixed));
    if rate < config.learning_rate {
        fix.patch["learning_rate"] = rate.into();
        fix.label += &format!(", rate {rate}");
    }
    fix
}

/// ReLU with He's start.
fn relu_with_he(config: &Config) -> Option<Fix> {
    // For ReLU itself this is the fitting start.
    if config.activation == Activation::Relu {
        return None;
    }
    let mut patch = json!({ "activation": "relu", "init": "he_normal", "init_gain": 1.0 });
    if config.bias_std > 0.0 {
        patch["bias_std"] = 0.0.into();
    }
    let note =
        "ReLU's derivative is 1 or 0; weights of variance 2 / n_in make up for the half that is 0.";
    Some(fix("ReLU + He", note, patch))
}

fn lower_rate(config: &Config) -> Option<Fix> {
    let rate = steady_rate(config).min(one_digit(config.learning_rate / 10.0).max(1e-6));
    let note = "Shorter steps stay where the gradient still describes the loss; what is broken already stays so until a reset.";
    Some(fix(
        format!("Learning rate {rate}"),
        note,
        json!({ "learning_rate": rate }),
    ))
}

fn higher_rate(config: &Config) -> Option<Fix> {
    let rate = steady_rate(config);
    let note = "Longer steps along the same gradient.";
    Some(fix(
        format!("Learning rate {rate}"),
        note,
        json!({ "learning_rate": rate }),
    ))
}

/// Clipping bounds a step's length to rate x threshold, which helps where that is short.
fn clip(config: &Config) -> Option<Fix> {
    let reach = match config.optimizer {
        OptimizerKind::Sgd => config.learning_rate,
        OptimizerKind::Momentum | OptimizerKind::Nesterov => {
            config.learning_rate / (1.0 - config.momentum)
        }
        // These divide by the gradient's own size.
        OptimizerKind::Rmsprop | OptimizerKind::Adam | OptimizerKind::Adamw => return None,
    };
    let note = format!(
        "Shortens the gradient to norm 1, so that no step is longer than {}; its direction stays.",
        number(reach)
    );
    let fits = config.clip == Clip::None && reach <= 1.0;
    fits.then(|| fix("Clip at 1", note, json!({ "clip": "norm", "clip_at": 1.0 })))
}

fn norm(config: &Config, norm: Norm) -> Option<Fix> {
    let note = match norm {
        Norm::Batch => {
            "Brings each unit to variance 1 over the minibatch, whatever its weights; delta grows a little at every layer."
        }
        _ => "Brings each sample to variance 1 over the units, whatever the size of the weights.",
    };
    // A layer whose output does not depend on its weights' size turns them by rate / size^2 a step.
    let turns = sigma_w2(config, config.width, config.width).sqrt() < 10.0;
    (config.norm != norm && turns)
        .then(|| fix(norm.info().label, note, json!({ "norm": norm.name() })))
}

fn without_norm(config: &Config) -> Option<Fix> {
    let mut bare = config.clone();
    bare.norm = Norm::None;
    let start = fitting_start(&bare);
    let mut patch = json!({ "norm": "none" });
    let mut label = "No normalization".to_string();
    if let Some(start) = start {
        for (name, value) in start.patch.as_object().expect("an object") {
            patch[name] = value.clone();
        }
        label += &format!(", {}", start.label);
    }
    let note = "The weights alone then decide how delta changes, and they fit.";
    Some(fix(label, note, patch))
}

fn residual(config: &Config) -> Option<Fix> {
    let note = "Delta also goes back past each layer unchanged, and what the layers add is small beside it.";
    (!config.residual).then(|| fix("Residual connections", note, json!({ "residual": true })))
}

/// Residual layers add up: each must add little.
fn smaller_branches(config: &Config) -> Option<Fix> {
    let gain = one_digit(1.0 / (config.depth as f64).sqrt());
    let note = "Each layer adds to its input; weights about 1 / sqrt(depth) as large keep the sum bounded.";
    let patch = json!({ "init": "he_normal", "init_gain": gain });
    config
        .residual
        .then(|| fix(format!("He start, gain {gain}"), note, patch))
}

fn leaky(config: &Config) -> Option<Fix> {
    let patch = json!({ "activation": "leaky_relu", "init": "he_normal", "init_gain": 1.0 });
    let note = "A slope of 0.01 below 0: a unit that gives nothing still gets a gradient, and can come back.";
    let flat = config.activation != Activation::LeakyRelu || config.slope_value() == 0.0;
    flat.then(|| fix("Leaky ReLU", note, patch))
}

fn wider(config: &Config) -> Option<Fix> {
    let note = "With 64 units a layer some are alive for every sample.";
    (config.width < 32).then(|| fix("64 units", note, json!({ "width": 64 })))
}

fn no_decay() -> Option<Fix> {
    let note =
        "Decay no longer draws the weights to 0; what it has drawn already stays so until a reset.";
    let patch = json!({ "weight_decay": 0.0, "l1": 0.0 });
    Some(fix("No weight decay", note, patch))
}
