//! The changes of a config that may help, one setting at a time: None where a change makes no sense for the config.

use crate::config::choice::Choice;
use crate::config::{
    Activation, BatchSize, Clip, Config, Init, Norm, OptimizerKind, Output, Scaling, Schedule,
};
use crate::diagnosis::initialization::preserving_sigma;
use crate::numeric::format::one_digit;
use crate::theory::sigma_w2;
use serde_json::{Value as Json, json};

/// A width at which some units of every layer are alive for every sample, and one that is far below it.
const WIDE: usize = 64;
const NARROW: usize = 32;
/// The threshold that clipping is offered with.
const CLIP_AT: f64 = 1.0;
/// A batch over which means and variances are steady, and one that is far below it.
const BATCH: usize = 32;
pub const SMALL_BATCH: usize = 16;
/// A depth through which any signal passes.
const SHALLOW: usize = 3;
/// A momentum that lets steps end where the gradient points now.
const MOMENTUM: f64 = 0.9;
/// The rate at which Adam learns nearly anything (Kingma and Ba 2015).
pub const ADAM_RATE: f64 = 0.001;

/// What may be the cause: a setting, or a few that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    Scaling,
    Output,
    Start,
    Activation,
    Rate,
    Norm,
    Residual,
    Penalty,
    Clip,
    BatchSize,
    Schedule,
    Tied,
    Momentum,
    Width,
    Depth,
    Optimizer,
}

impl Setting {
    /// Its name in JSON: that of the config's field which stands for it.
    pub const fn name(self) -> &'static str {
        match self {
            Setting::Scaling => "scaling",
            Setting::Output => "output",
            Setting::Start => "init",
            Setting::Activation => "activation",
            Setting::Rate => "learning_rate",
            Setting::Norm => "norm",
            Setting::Residual => "residual",
            Setting::Penalty => "weight_decay",
            Setting::Clip => "clip",
            Setting::BatchSize => "batch_size",
            Setting::Schedule => "schedule",
            Setting::Tied => "tied",
            Setting::Momentum => "momentum",
            Setting::Width => "width",
            Setting::Depth => "depth",
            Setting::Optimizer => "optimizer",
        }
    }

    /// Whether it changes what one wants to train, rather than how it is trained.
    pub const fn is_last_resort(self) -> bool {
        matches!(self, Setting::Depth | Setting::Width | Setting::Optimizer)
    }
}

/// A change, with the numbers that its words need.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    PreservingInit {
        start: InitAndGain,
        /// sqrt(n_in Var W) of the new weights.
        sigma: f64,
        activation: Activation,
    },
    ReluWithHe(InitAndGain),
    LeakyRelu(InitAndGain),
    /// Another rate, lower or higher than before.
    Rate {
        to: f64,
        lower: bool,
    },
    ClipByNorm {
        at: f64,
        longest_step: f64,
    },
    NoClip,
    Normalize(Norm),
    Residual,
    NoResidual,
    SmallerBranches(InitAndGain),
    Width(usize),
    Depth(usize),
    NoPenalty,
    BatchSize(usize),
    StandardScaling,
    LinearOutput,
    ConstantRate,
    Untied,
    Momentum(f64),
    Adam(f64),
}

/// How the weights are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InitAndGain {
    pub init: Init,
    pub gain: f64,
    /// Random biases go too.
    pub clears_biases: bool,
}

impl InitAndGain {
    fn he(config: &Config) -> Self {
        InitAndGain {
            init: Init::HeNormal,
            gain: 1.0,
            clears_biases: config.bias_std > 0.0,
        }
    }

    /// The fields of the config that say so.
    fn patch(self) -> Json {
        let mut patch = json!({ "init": self.init.name(), "init_gain": self.gain });
        if self.clears_biases {
            patch["bias_std"] = 0.0.into();
        }
        patch
    }
}

impl Change {
    /// The setting that it changes.
    pub fn setting(&self) -> Setting {
        match self {
            Change::PreservingInit { .. } | Change::SmallerBranches(_) => Setting::Start,
            Change::ReluWithHe(_) | Change::LeakyRelu(_) => Setting::Activation,
            Change::Rate { .. } => Setting::Rate,
            Change::ClipByNorm { .. } | Change::NoClip => Setting::Clip,
            Change::Normalize(_) => Setting::Norm,
            Change::Residual | Change::NoResidual => Setting::Residual,
            Change::Width(_) => Setting::Width,
            Change::Depth(_) => Setting::Depth,
            Change::NoPenalty => Setting::Penalty,
            Change::BatchSize(_) => Setting::BatchSize,
            Change::StandardScaling => Setting::Scaling,
            Change::LinearOutput => Setting::Output,
            Change::ConstantRate => Setting::Schedule,
            Change::Untied => Setting::Tied,
            Change::Momentum(_) => Setting::Momentum,
            Change::Adam(_) => Setting::Optimizer,
        }
    }

    /// The fields of the config that change, as a JSON object.
    pub fn patch(&self) -> Json {
        match self {
            Change::PreservingInit { start, .. } | Change::SmallerBranches(start) => start.patch(),
            Change::ReluWithHe(start) => with_activation(Activation::Relu, *start),
            Change::LeakyRelu(start) => with_activation(Activation::LeakyRelu, *start),
            Change::Rate { to, .. } => json!({ "learning_rate": to }),
            Change::ClipByNorm { at, .. } => json!({ "clip": Clip::Norm.name(), "clip_at": at }),
            Change::NoClip => json!({ "clip": Clip::None.name() }),
            Change::Normalize(norm) => json!({ "norm": norm.name() }),
            Change::Residual => json!({ "residual": true }),
            Change::NoResidual => json!({ "residual": false }),
            Change::Width(units) => json!({ "width": units }),
            Change::Depth(layers) => json!({ "depth": layers }),
            Change::NoPenalty => json!({ "weight_decay": 0.0, "l1": 0.0 }),
            Change::BatchSize(samples) => json!({ "batch_size": samples }),
            Change::StandardScaling => json!({ "scaling": Scaling::Standard.name() }),
            Change::LinearOutput => json!({ "output": Output::Auto.name() }),
            Change::ConstantRate => json!({ "warmup": 0, "schedule": Schedule::Constant.name() }),
            Change::Untied => json!({ "tied": false }),
            Change::Momentum(momentum) => json!({ "momentum": momentum }),
            Change::Adam(rate) => {
                json!({ "optimizer": OptimizerKind::Adam.name(), "learning_rate": rate })
            }
        }
    }
}

fn with_activation(activation: Activation, start: InitAndGain) -> Json {
    let mut patch = json!({ "activation": activation.name() });
    extend(&mut patch, start.patch());
    patch
}

/// Weights of the size at which the config's activation preserves the signal, unless they have it already.
pub fn preserving_init(config: &Config) -> Option<Change> {
    let preserving = preserving_sigma(config)?;
    let sigma = |config: &Config| sigma_w2(config, config.width, config.width).sqrt();
    let near_one = |x: f64| (x - 1.0).abs() < 0.04;
    // Init::Uniform draws biases too, and the mean of Init::UniformZeroOne is not 0.
    let other = matches!(config.init, Init::Uniform | Init::UniformZeroOne);
    if near_one(sigma(config) / preserving) && config.bias_std == 0.0 && !other {
        return None;
    }
    let init = config.activation.traits().recommended_init;
    let without_gain = Config {
        init,
        init_gain: 1.0,
        ..config.clone()
    };
    let gain = preserving / sigma(&without_gain);
    Some(Change::PreservingInit {
        start: InitAndGain {
            init,
            gain: if near_one(gain) {
                1.0
            } else {
                (100.0 * gain).round() / 100.0
            },
            clears_biases: config.bias_std > 0.0,
        },
        sigma: preserving,
        activation: config.activation,
    })
}

/// The recommended start of an activation for which no size preserves the signal, unless the config has it.
pub fn recommended_init(config: &Config) -> Option<Change> {
    let init = config.activation.traits().recommended_init;
    let has_it = config.init == init && config.init_gain == 1.0 && config.bias_std == 0.0;
    if has_it || preserving_sigma(config).is_some() {
        return None;
    }
    let start = InitAndGain {
        init,
        gain: 1.0,
        clears_biases: config.bias_std > 0.0,
    };
    Some(Change::PreservingInit {
        start,
        sigma: 1.0,
        activation: config.activation,
    })
}

/// ReLU with He's initialisation, unless the activation is ReLU: for that it is the preserving one.
pub fn relu_with_he(config: &Config) -> Option<Change> {
    (config.activation != Activation::Relu).then(|| Change::ReluWithHe(InitAndGain::he(config)))
}

/// A slope below 0, with which a dead unit can come back.
pub fn leaky_relu(config: &Config) -> Option<Change> {
    let has_slope = config.activation == Activation::LeakyRelu && config.slope_value() != 0.0;
    (!has_slope).then(|| Change::LeakyRelu(InitAndGain::he(config)))
}

/// Another rate, if that is one.
pub fn rate(config: &Config, to: f64) -> Option<Change> {
    let to = one_digit(to.clamp(1e-6, 100.0));
    let near = (to / config.learning_rate - 1.0).abs() < 0.3;
    let lower = to < config.learning_rate;
    (!near).then_some(Change::Rate { to, lower })
}

/// Clipping bounds the length of a step by rate x threshold, which helps where that is short.
pub fn clip_by_norm(config: &Config) -> Option<Change> {
    let longest_step = match config.optimizer {
        OptimizerKind::Sgd => config.learning_rate * CLIP_AT,
        OptimizerKind::Momentum | OptimizerKind::Nesterov => {
            config.learning_rate * CLIP_AT / (1.0 - config.momentum)
        }
        // These divide by the size of the gradient, so that clipping does not change their steps.
        OptimizerKind::Rmsprop | OptimizerKind::Adam | OptimizerKind::Adamw => return None,
    };
    let clips = config.clip != Clip::None;
    // A threshold may be far too low, or too high to matter.
    let helps = if clips {
        config.clip_at < 0.3 * CLIP_AT || config.clip_at > 3.0 * CLIP_AT
    } else {
        longest_step <= 1.0
    };
    helps.then_some(Change::ClipByNorm {
        at: CLIP_AT,
        longest_step,
    })
}

/// No clipping.
pub fn without_clip(config: &Config) -> Option<Change> {
    (config.clip != Clip::None).then_some(Change::NoClip)
}

/// A normalization, or none, unless that is the config's.
pub fn normalize(config: &Config, norm: Norm) -> Option<Change> {
    (config.norm != norm).then_some(Change::Normalize(norm))
}

/// Residual connections, unless the config has them.
pub fn residual(config: &Config) -> Option<Change> {
    (!config.residual).then_some(Change::Residual)
}

/// No residual connections, if the config has them.
pub fn without_residual(config: &Config) -> Option<Change> {
    config.residual.then_some(Change::NoResidual)
}

/// Smaller weights for residual connections: layers that add up must each add little.
pub fn smaller_branches(config: &Config) -> Option<Change> {
    let start = InitAndGain {
        gain: one_digit(1.0 / (config.depth as f64).sqrt()),
        ..InitAndGain::he(config)
    };
    config.residual.then_some(Change::SmallerBranches(start))
}

/// More units, where there are few.
pub fn wider(config: &Config) -> Option<Change> {
    (config.width < NARROW).then_some(Change::Width(WIDE))
}

/// Few layers, where there are many.
pub fn shallower(config: &Config) -> Option<Change> {
    (config.depth > SHALLOW).then_some(Change::Depth(SHALLOW))
}

/// Neither weight decay nor an L1 penalty.
pub fn without_penalty(config: &Config) -> Option<Change> {
    (config.weight_decay > 0.0 || config.l1 > 0.0).then_some(Change::NoPenalty)
}

/// More samples in a minibatch, where there are few.
pub fn larger_batch(config: &Config) -> Option<Change> {
    match config.batch_size {
        BatchSize::Samples(samples) if samples < SMALL_BATCH => Some(Change::BatchSize(BATCH)),
        BatchSize::Samples(_) | BatchSize::Full => None,
    }
}

/// Inputs of mean 0 and variance 1.
pub fn standard_scaling(config: &Config) -> Option<Change> {
    (config.scaling != Scaling::Standard).then_some(Change::StandardScaling)
}

/// No activation at the output.
pub fn linear_output(config: &Config) -> Option<Change> {
    let bounded = !matches!(config.output, Output::Auto | Output::Linear);
    bounded.then_some(Change::LinearOutput)
}

/// The same rate at every step.
pub fn constant_rate(config: &Config) -> Option<Change> {
    let varies = config.warmup > 0 || config.schedule != Schedule::Constant;
    varies.then_some(Change::ConstantRate)
}

/// A W and a b of its own for every layer.
pub fn untied(config: &Config) -> Option<Change> {
    config.tied.then_some(Change::Untied)
}

/// Less momentum, where there is much.
pub fn less_momentum(config: &Config) -> Option<Change> {
    let uses = config.optimizer.has_momentum();
    (uses && config.momentum > 0.95).then_some(Change::Momentum(MOMENTUM))
}

/// Adam at its usual rate.
pub fn adam(config: &Config) -> Option<Change> {
    let adapts = config.optimizer.adapts();
    (!adapts).then_some(Change::Adam(ADAM_RATE))
}

/// Adds the fields of one JSON object to another.
pub fn extend(patch: &mut Json, with: Json) {
    if let (Json::Object(patch), Json::Object(with)) = (patch, with) {
        patch.extend(with);
    }
}
