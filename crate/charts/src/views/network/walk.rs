//! One training step in slow motion: its stages, what is drawn of them, and what is said.

use super::Network;
use super::tell::{class_name, name};
use crate::text::{signed, value};
use gradient_flow::Snapshot;
use gradient_flow::config::choice::Choice;
use gradient_flow::config::{Clip, Norm, OptimizerKind};
use gradient_flow::numeric::format::{factor_label, percent_label, readout};
use gradient_flow::training::Settings;
use gradient_flow_words::{Message, Value, message};

/// A stage of a training step. Layers are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The sample goes in.
    Input,
    /// A layer computes its activations.
    Forward(usize),
    /// The outputs are compared with the target.
    Loss,
    /// Delta of a layer, and its dW.
    Backward(usize),
    /// What clipping does to the gradient.
    Clip,
    /// What weight decay adds to it.
    Decay,
    /// What the optimizer makes of it.
    Update,
}

impl Stage {
    /// How many stages a step of a network of so many layers has.
    pub fn count(layers: usize) -> usize {
        2 * layers + 5
    }

    /// The stage at a place, from 0; the last one for what is beyond.
    pub fn at(place: usize, layers: usize) -> Self {
        match place {
            0 => Stage::Input,
            place if place <= layers => Stage::Forward(place - 1),
            place if place == layers + 1 => Stage::Loss,
            place if place <= 2 * layers + 1 => Stage::Backward(2 * layers + 1 - place),
            place if place == 2 * layers + 2 => Stage::Clip,
            place if place == 2 * layers + 3 => Stage::Decay,
            _ => Stage::Update,
        }
    }

    /// The layer that it is about, if it is about one.
    pub fn layer(self) -> Option<usize> {
        match self {
            Stage::Forward(layer) | Stage::Backward(layer) => Some(layer),
            Stage::Input | Stage::Loss | Stage::Clip | Stage::Decay | Stage::Update => None,
        }
    }
}

/// How far a reader has walked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Walk {
    /// The stage.
    pub stage: Stage,
    /// How far the signal has come on its way in this stage, from 0 to 1.
    pub progress: f64,
    /// The number of layers.
    pub layers: usize,
}

impl Walk {
    /// Whether the activations of a column are known.
    pub fn has_a(&self, column: usize) -> bool {
        match self.stage {
            Stage::Input => column == 0,
            Stage::Forward(layer) => column <= layer || column == layer + 1 && self.has_arrived(),
            _ => true,
        }
    }

    /// Whether delta and dW of a layer are known.
    pub fn has_gradient(&self, layer: usize) -> bool {
        match self.stage {
            Stage::Input | Stage::Forward(_) | Stage::Loss => false,
            Stage::Backward(now) => layer > now || layer == now && self.has_arrived(),
            Stage::Clip | Stage::Decay | Stage::Update => true,
        }
    }

    /// The column whose weights to the next one the signal passes now, and whether it goes back.
    pub fn passed(&self) -> Option<(usize, bool)> {
        match self.stage {
            Stage::Forward(layer) => Some((layer, false)),
            Stage::Backward(layer) if layer + 1 < self.layers => Some((layer + 1, true)),
            _ => None,
        }
    }

    /// Whether clipping has been applied to the gradient that is shown.
    pub fn has_clipped(&self) -> bool {
        matches!(self.stage, Stage::Clip | Stage::Decay | Stage::Update)
    }

    fn has_arrived(&self) -> bool {
        self.progress >= 1.0
    }
}

/// What is said of a stage. Formulas are symbols, the same in every language.
pub struct Told {
    /// Its name.
    pub title: Message,
    /// What is computed, in symbols; may be empty.
    pub formula: String,
    /// The same in the numbers of this step; may be missing.
    pub numbers: Option<Message>,
    /// What happens, in sentences.
    pub text: Vec<Message>,
}

/// A layer's number (from 1) as a subscript; "out" for the output layer.
fn subscript(layer: usize, layers: usize) -> String {
    if layer == layers {
        return "ₒᵤₜ".into();
    }
    let digits = layer.to_string();
    let lower = |c: char| char::from_u32('₀' as u32 + (c as u32 - '0' as u32));
    digits.chars().filter_map(lower).collect()
}

/// The symbol of a layer's input.
fn input_of(layer: usize, layers: usize) -> String {
    match layer {
        0 => "x".into(),
        _ => format!("a{}", subscript(layer, layers)),
    }
}

/// What is said of a stage of the step that is shown.
pub fn tell(view: &Network, stage: Stage) -> Option<Told> {
    let shown = view.scene.shown.as_ref()?;
    let layers = shown.layer_count();
    let title = |title: Message| Told {
        title,
        formula: String::new(),
        numbers: None,
        text: Vec::new(),
    };
    Some(match stage {
        Stage::Input => Told {
            text: input(view),
            ..title(message!("network-stage-input"))
        },
        Stage::Forward(layer) => forward(view, shown, layer)?,
        Stage::Loss => Told {
            text: loss(view, shown),
            ..title(message!("network-stage-loss"))
        },
        Stage::Backward(layer) => backward(view, shown, layer, layers),
        Stage::Clip => Told {
            text: vec![clip(view, shown)],
            ..title(message!("network-stage-clip"))
        },
        Stage::Decay => decay(view, shown),
        Stage::Update => update(view, shown),
    })
}

fn input(view: &Network) -> Vec<Message> {
    let Some(passage) = view.passage() else {
        return vec![message!("network-none")];
    };
    let number = passage.about[0] as u64 + 1;
    let features = passage.sizes[0] as u64;
    vec![message!(
        "network-input",
        number = number,
        features = features,
        rms = value(passage.a_rms[0].into())
    )]
}

fn forward(view: &Network, shown: &Snapshot, layer: usize) -> Option<Told> {
    let passage = view.passage()?;
    let config = &view.scene.config;
    let layers = shown.layer_count();
    let l = subscript(layer + 1, layers);
    let below = input_of(layer, layers);
    let is_output = layer + 1 == layers;
    let normalized = config.norm != Norm::None && !is_output;
    let (u, norm) = if normalized {
        ("u", format!("   u{l} = norm(z{l})"))
    } else {
        ("z", String::new())
    };
    let is_residual =
        config.residual && !is_output && passage.sizes[layer] == passage.sizes[layer + 1];
    let path = if is_residual {
        format!(" + {below}")
    } else {
        String::new()
    };
    let formula = format!("z{l} = {below} W{l} + b{l}{norm}   a{l} = φ({u}{l}){path}");
    let activation = if is_output {
        config.output.activation().info().label()
    } else {
        config.activation.info().label()
    };
    Some(Told {
        title: message!("network-stage-forward", layer = name(view, layer)),
        formula,
        numbers: None,
        text: vec![message!(
            "network-forward",
            activation = activation,
            sample = value(passage.a_rms[layer + 1].into()),
            batch = value(shown.layers.a_rms[layer].into())
        )],
    })
}

fn loss(view: &Network, shown: &Snapshot) -> Vec<Message> {
    let Some(passage) = view.passage() else {
        return Vec::new();
    };
    let [_, _, label, answer, confidence, loss, _] = passage.about[..] else {
        return Vec::new();
    };
    let said = if shown.classes.is_empty() {
        message!(
            "network-loss-number",
            answer = signed(answer.into()),
            target = signed(label.into()),
            loss = value(loss.into()),
            batch = value(shown.train_loss)
        )
    } else {
        message!(
            "network-loss-class",
            answer = class_name(view, answer),
            class = class_name(view, label),
            confidence = percent_label(100.0 * f64::from(confidence), 0),
            loss = value(loss.into()),
            batch = value(shown.train_loss)
        )
    };
    vec![said]
}

fn backward(view: &Network, shown: &Snapshot, layer: usize, layers: usize) -> Told {
    let numbers = &shown.layers;
    let [l, above] = [layer + 1, layer + 2].map(|layer| subscript(layer, layers));
    let delta = value(numbers.delta_rms[layer].into());
    let dw = value(numbers.dw_rms[layer].into());
    let below = input_of(layer, layers);
    let of_dw = format!("dW{l} = {below}ᵀ δ{l}");
    let title = message!("network-stage-backward", layer = name(view, layer));
    if layer + 1 == layers {
        return Told {
            title,
            formula: format!("δ{l} = ∂loss/∂z{l}   {of_dw}"),
            numbers: None,
            text: vec![message!("network-backward-output", delta = delta, dw = dw)],
        };
    }
    let config = &view.scene.config;
    let has_norm = config.norm != Norm::None;
    let u = if has_norm { "u" } else { "z" };
    // The output layer has no path around it.
    let is_residual = config.residual && layer + 2 < layers;
    let arriving = if is_residual {
        format!("(δ{above} W{above}ᵀ + da{above})")
    } else {
        format!("(δ{above} W{above}ᵀ)")
    };
    let slope = format!("{arriving} ⊙ φ′({u}{l})");
    let formula = if has_norm {
        format!("δ{l} = norm′[{slope}]   {of_dw}")
    } else {
        format!("δ{l} = {slope}   {of_dw}")
    };
    let if_any = |any: bool, factor: f32| -> Value {
        if any {
            factor_label(factor.into()).into()
        } else {
            "none".into()
        }
    };
    let product = match (numbers.delta_rms[layer], numbers.delta_rms[layer + 1]) {
        (0.0, _) => 0.0,
        (delta, above) => f64::from(delta) / f64::from(above),
    };
    Told {
        title,
        formula,
        numbers: Some(message!(
            "network-chain",
            above = value(numbers.delta_rms[layer + 1].into()),
            weights = factor_label(numbers.weight_factor[layer].into()),
            slope = factor_label(numbers.activation_factor[layer].into()),
            residual = if_any(is_residual, numbers.residual_factor[layer]),
            norm = if_any(has_norm, numbers.norm_factor[layer]),
            delta = delta
        )),
        text: vec![if product == 0.0 {
            message!("network-backward-nothing")
        } else {
            message!("network-backward", product = factor_label(product), dw = dw)
        }],
    }
}

fn clip(view: &Network, shown: &Snapshot) -> Message {
    let config = &view.scene.config;
    let norm = value(shown.grad_norm);
    let at = readout(config.clip_at);
    let coefficient = shown.clip_coefficient;
    match config.clip {
        Clip::None => message!("network-clip-off", norm = norm),
        Clip::Norm if coefficient < 1.0 => message!(
            "network-clip-norm",
            norm = norm,
            at = at,
            factor = readout(coefficient)
        ),
        Clip::Value if coefficient < 1.0 => {
            message!("network-clip-value", at = at, factor = readout(coefficient))
        }
        Clip::Norm | Clip::Value => message!("network-clip-unchanged", norm = norm, at = at),
    }
}

fn decay(view: &Network, shown: &Snapshot) -> Told {
    let config = &view.scene.config;
    let settings = Settings::at(config, shown.step);
    let (decay, l1) = (config.weight_decay, config.l1);
    let mut text = Vec::new();
    let mut formula = Vec::new();
    if decay > 0.0 && config.optimizer == OptimizerKind::Adamw {
        formula.push("W ← W − η λ W".to_string());
        let share = readout(settings.learning_rate * decay);
        text.push(message!("network-decay-decoupled", share = share));
    } else if decay > 0.0 {
        formula.push("g = dW + λ W".into());
        text.push(message!("network-decay", decay = readout(decay)));
    }
    if l1 > 0.0 {
        formula.push("g = dW + λ₁ sign(W)".into());
        text.push(message!("network-l1", l1 = readout(l1)));
    }
    if text.is_empty() {
        text.push(message!("network-decay-off"));
    }
    Told {
        title: message!("network-stage-decay"),
        formula: formula.join("   "),
        numbers: None,
        text,
    }
}

fn update(view: &Network, shown: &Snapshot) -> Told {
    let config = &view.scene.config;
    let rate = Settings::at(config, shown.step).learning_rate;
    let dw = &shown.layers.dw_rms;
    let mut text = vec![message!(
        "network-update",
        optimizer = config.optimizer.info().label(),
        rate = readout(rate),
        first = value(dw[0].into()),
        weights = value(shown.layers.w_rms[0].into()),
        last = value(dw[dw.len() - 1].into())
    )];
    text.push(message!("network-update-not-made"));
    let formula = match config.optimizer {
        OptimizerKind::Sgd => "W ← W − η g".into(),
        OptimizerKind::Momentum | OptimizerKind::Nesterov => "v ← μ v + g   W ← W − η v".into(),
        OptimizerKind::Rmsprop => "W ← W − η g / √v".into(),
        OptimizerKind::Adam | OptimizerKind::Adamw => "W ← W − η m / √v".into(),
    };
    Told {
        title: message!("network-stage-update"),
        formula,
        numbers: None,
        text,
    }
}
