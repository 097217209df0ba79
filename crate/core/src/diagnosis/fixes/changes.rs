//! The changes that are offered, a function for each: None where it makes no sense for the config.

use super::Proposal;
use crate::config::choice::Choice;
use crate::config::{Activation, Clip, Config, Init, Norm, OptimizerKind};
use crate::diagnosis::initialization::preserving_sigma;
use crate::numeric::format::one_digit;
use crate::theory::sigma_w2;
use serde_json::{Value as Json, json};

/// A width at which some units of every layer are alive for every sample, and one that is far below it.
const WIDE: usize = 64;
const NARROW: usize = 32;
/// The threshold that clipping is offered with.
const CLIP_AT: f64 = 1.0;

/// What a proposal changes, with the numbers that its words need.
#[derive(Debug)]
pub enum Change {
    PreservingInit {
        start: InitAndGain,
        /// sqrt(n_in Var W) of the new weights.
        sigma: f64,
        activation: Activation,
    },
    ReluWithHe,
    LeakyRelu,
    LowerRate(f64),
    HigherRate(f64),
    ClipByNorm {
        at: f64,
        longest_step: f64,
    },
    /// Another normalization, or none, perhaps with an initialisation that then preserves the signal.
    Normalize {
        norm: Norm,
        start: Option<InitAndGain>,
    },
    Residual,
    SmallerBranches(InitAndGain),
    Width(usize),
    NoDecay,
}

/// How the weights are drawn.
#[derive(Debug, Clone, Copy)]
pub struct InitAndGain {
    pub init: Init,
    pub gain: f64,
}

impl InitAndGain {
    const HE: InitAndGain = InitAndGain {
        init: Init::HeNormal,
        gain: 1.0,
    };

    /// The fields of the config that say so.
    fn patch(self) -> Json {
        json!({ "init": self.init.name(), "init_gain": self.gain })
    }

    /// As `patch`, without random biases.
    fn patch_without_biases(self, config: &Config) -> Json {
        let mut patch = self.patch();
        if config.bias_std > 0.0 {
            patch["bias_std"] = 0.0.into();
        }
        patch
    }
}

/// Weights of the size at which the config's activation preserves the signal, unless they have it already.
pub fn preserving_init(config: &Config) -> Option<Proposal> {
    let preserving = preserving_sigma(config)?;
    let sigma = |config: &Config| sigma_w2(config, config.width, config.width).sqrt();
    let near_one = |x: f64| (x - 1.0).abs() < 0.04;
    // Init::Uniform draws biases too.
    let draws_biases = config.bias_std > 0.0 || config.init == Init::Uniform;
    if near_one(sigma(config) / preserving) && !draws_biases {
        return None;
    }
    let init = config.activation.traits().recommended_init;
    let without_gain = Config {
        init,
        init_gain: 1.0,
        ..config.clone()
    };
    let gain = preserving / sigma(&without_gain);
    let start = InitAndGain {
        init,
        gain: if near_one(gain) {
            1.0
        } else {
            (100.0 * gain).round() / 100.0
        },
    };
    let change = Change::PreservingInit {
        start,
        sigma: preserving,
        activation: config.activation,
    };
    Proposal::new(change, start.patch_without_biases(config))
}

/// ReLU with He's initialisation, unless the activation is ReLU: for that it is the preserving one.
pub fn relu_with_he(config: &Config) -> Option<Proposal> {
    if config.activation == Activation::Relu {
        return None;
    }
    let mut patch = json!({ "activation": Activation::Relu.name() });
    extend(&mut patch, InitAndGain::HE.patch_without_biases(config));
    Proposal::new(Change::ReluWithHe, patch)
}

/// A slope below 0, with which a dead unit can come back.
pub fn leaky_relu(config: &Config) -> Option<Proposal> {
    if config.activation == Activation::LeakyRelu && config.slope_value() != 0.0 {
        return None;
    }
    let mut patch = json!({ "activation": Activation::LeakyRelu.name() });
    extend(&mut patch, InitAndGain::HE.patch());
    Proposal::new(Change::LeakyRelu, patch)
}

/// Clipping bounds the length of a step by rate x threshold, which helps where that is short.
pub fn clip_by_norm(config: &Config) -> Option<Proposal> {
    let longest_step = match config.optimizer {
        OptimizerKind::Sgd => config.learning_rate * CLIP_AT,
        OptimizerKind::Momentum | OptimizerKind::Nesterov => {
            config.learning_rate * CLIP_AT / (1.0 - config.momentum)
        }
        // These divide by the size of the gradient, so that clipping does not change their steps.
        OptimizerKind::Rmsprop | OptimizerKind::Adam | OptimizerKind::Adamw => return None,
    };
    if config.clip != Clip::None || longest_step > 1.0 {
        return None;
    }
    let change = Change::ClipByNorm {
        at: CLIP_AT,
        longest_step,
    };
    let patch = json!({ "clip": Clip::Norm.name(), "clip_at": CLIP_AT });
    Proposal::new(change, patch)
}

/// A normalization, unless the config has it already.
pub fn normalize(config: &Config, norm: Norm) -> Option<Proposal> {
    // Behind a normalization a step turns the weights by rate / size^2: large ones hardly move.
    let hardly_moves = sigma_w2(config, config.width, config.width).sqrt() >= 10.0;
    if config.norm == norm || hardly_moves {
        return None;
    }
    let change = Change::Normalize { norm, start: None };
    Proposal::new(change, json!({ "norm": norm.name() }))
}

/// No normalization, with weights that preserve the signal by themselves.
pub fn without_norm(config: &Config) -> Option<Proposal> {
    let norm = Norm::None;
    let mut patch = json!({ "norm": norm.name() });
    let bare = Config {
        norm,
        ..config.clone()
    };
    let mut start = None;
    if let Some(proposal) = preserving_init(&bare) {
        extend(&mut patch, proposal.patch);
        if let Change::PreservingInit { start: init, .. } = proposal.change {
            start = Some(init);
        }
    }
    Proposal::new(Change::Normalize { norm, start }, patch)
}

/// Residual connections, unless the config has them.
pub fn residual(config: &Config) -> Option<Proposal> {
    if config.residual {
        return None;
    }
    Proposal::new(Change::Residual, json!({ "residual": true }))
}

/// Smaller weights for residual connections: layers that add up must each add little.
pub fn smaller_branches(config: &Config) -> Option<Proposal> {
    if !config.residual {
        return None;
    }
    let start = InitAndGain {
        gain: one_digit(1.0 / (config.depth as f64).sqrt()),
        ..InitAndGain::HE
    };
    Proposal::new(Change::SmallerBranches(start), start.patch())
}

/// More units, where there are few.
pub fn wider(config: &Config) -> Option<Proposal> {
    if config.width >= NARROW {
        return None;
    }
    Proposal::new(Change::Width(WIDE), json!({ "width": WIDE }))
}

/// Neither weight decay nor an L1 penalty.
pub fn without_decay() -> Option<Proposal> {
    let patch = json!({ "weight_decay": 0.0, "l1": 0.0 });
    Proposal::new(Change::NoDecay, patch)
}

/// Adds the fields of one JSON object to another.
fn extend(patch: &mut Json, with: Json) {
    if let (Json::Object(patch), Json::Object(with)) = (patch, with) {
        patch.extend(with);
    }
}
