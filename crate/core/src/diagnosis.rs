//! One sentence on what is happening now, with its number, and what would help.

use crate::activation::Activation;
use crate::choice::{Choice, choices};
use crate::config::{Config, Init};
use crate::snapshot::Snapshot;
use serde_json::{Value as Json, json};

choices! {
    /// The kind of what is happening.
    pub enum Tone {
        Calm, "calm", "Calm", "The signal reaches every layer";
        Vanishing, "vanishing", "Vanishing", "The gradient dies on its way to the first layer";
        Exploding, "exploding", "Exploding", "The gradient grows on its way to the first layer";
        Overflow, "overflow", "Overflow", "A value has left the range of float32";
    }
}

/// A change of the config that helps.
#[derive(Debug, Clone, PartialEq)]
pub struct Cure {
    /// What it does, as a button says it.
    pub label: String,
    /// The fields that it changes, as a JSON object.
    pub patch: Json,
}

/// What is happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// Its kind.
    pub tone: Tone,
    /// One sentence with its number.
    pub text: String,
    /// What would help.
    pub cures: Vec<Cure>,
}

/// The backward signal vanishes (explodes) where it changes by this factor between the last and
/// the first hidden layer.
const NOTABLE: f64 = 1e-3;

/// Says what a snapshot of a run shows.
pub fn diagnose(config: &Config, snapshot: &Snapshot) -> Diagnosis {
    overflow(config, snapshot)
        .or_else(|| exact_zeros(config, snapshot))
        .unwrap_or_else(|| along_the_layers(config, snapshot))
}

fn overflow(config: &Config, snapshot: &Snapshot) -> Option<Diagnosis> {
    let found = snapshot.first_nonfinite.as_ref()?;
    let text = format!(
        "Overflow at step {}: in layer {} the tensor {} left the range of float32 ({}). The run has stopped.",
        found.step, found.layer, found.tensor, found.operation
    );
    let mut cures = fitting_start(config);
    if found.step > 0 {
        let rate = one_digit(config.learning_rate / 10.0).max(1e-6);
        cures.push(Cure {
            label: format!("Learning rate {rate}"),
            patch: json!({ "learning_rate": rate }),
        });
    }
    Some(Diagnosis {
        tone: Tone::Overflow,
        text,
        cures,
    })
}

/// Layers whose dW is exactly zero: flushed by float32, dead, or symmetric.
fn exact_zeros(config: &Config, snapshot: &Snapshot) -> Option<Diagnosis> {
    let layers = &snapshot.layers;
    let zero: Vec<usize> = (0..snapshot.layer_count())
        .filter(|l| layers.dw_rms[*l] == 0.0)
        .collect();
    let (first, last) = (zero.first()? + 1, zero.last()? + 1);
    let which = if first == last {
        format!("layer {first}")
    } else {
        format!("layers {first} to {last}")
    };
    let dead = layers.dead_fraction.iter().position(|share| *share == 1.0);
    let weights = layers.w_rms.iter().all(|rms| *rms == 0.0);
    let why = if weights || config.init == Init::Zeros {
        "the weights that should carry it back are zero".into()
    } else if let Some(dead) = dead {
        format!(
            "layer {} is dead, the derivative of all its units is 0",
            dead + 1
        )
    } else {
        "it is below 10⁻⁴⁵, which float32 flushes to zero".into()
    };
    let text = format!("Nothing reaches {which}: dW is exactly 0, because {why}.");
    Some(Diagnosis {
        tone: Tone::Vanishing,
        text,
        cures: relu_with_he(config),
    })
}

/// How dW and delta change from the last hidden layer to the first.
fn along_the_layers(config: &Config, snapshot: &Snapshot) -> Diagnosis {
    let (dw, delta) = (&snapshot.layers.dw_rms, &snapshot.layers.delta_rms);
    let depth = snapshot.layer_count().saturating_sub(1);
    if depth < 2 {
        let text = "One hidden layer: the gradient has no way to go. Add depth to see it vanish or explode.";
        return Diagnosis {
            tone: Tone::Calm,
            text: text.into(),
            cures: Vec::new(),
        };
    }
    let ratio = |array: &[f32]| f64::from(array[0]) / f64::from(array[depth - 1]);
    let (dw_ratio, delta_ratio) = (ratio(dw), ratio(delta));
    let factor = delta_ratio.powf(1.0 / (depth - 1) as f64);
    let activation = config.activation.info().label;
    let (tone, text, cures) = if delta_ratio < NOTABLE {
        let share = percent(factor);
        let text = if dw_ratio < NOTABLE {
            format!(
                "Vanishing: layer 1's dW is {} of layer {depth}'s; each {activation} layer passes on {share} of the signal.",
                power_of_ten(dw_ratio)
            )
        } else {
            format!(
                "Hidden vanishing: dW looks level, but delta at layer 1 is {} of layer {depth}'s; each {activation} layer passes on {share}.",
                power_of_ten(delta_ratio)
            )
        };
        let saturating = matches!(
            config.activation,
            Activation::Sigmoid | Activation::Softplus
        );
        let mut cures = if saturating {
            Vec::new()
        } else {
            fitting_start(config)
        };
        if cures.is_empty() {
            cures = relu_with_he(config);
        }
        (Tone::Vanishing, text, cures)
    } else if delta_ratio > 1.0 / NOTABLE {
        let text = format!(
            "Exploding: delta at layer 1 is {} times layer {depth}'s; each {activation} layer multiplies it by {factor:.2}.",
            power_of_ten(delta_ratio)
        );
        (Tone::Exploding, text, fitting_start(config))
    } else {
        let hidden = dw[..depth].iter().map(|x| f64::from(*x));
        let spread = hidden.clone().fold(0.0, f64::max) / hidden.fold(f64::INFINITY, f64::min);
        let text = format!(
            "Level: the hidden layers' dW lie within a factor of {}; each {activation} layer passes on {} of the signal.",
            if spread < 100.0 {
                format!("{spread:.1}")
            } else {
                power_of_ten(spread)
            },
            percent(factor)
        );
        (Tone::Calm, text, Vec::new())
    };
    Diagnosis { tone, text, cures }
}

/// The start that keeps the signal level for the config's activation, unless it has it already.
fn fitting_start(config: &Config) -> Vec<Cure> {
    let (init, name) = match config.activation {
        Activation::Sigmoid | Activation::Tanh | Activation::Softplus | Activation::Linear => {
            (Init::XavierNormal, "Xavier start")
        }
        Activation::Selu => (Init::LecunNormal, "LeCun start"),
        _ => (Init::HeNormal, "He start"),
    };
    let same = |other| config.init == other && config.init_gain == 1.0;
    let has_it = match init {
        Init::XavierNormal => same(Init::XavierNormal) || same(Init::XavierUniform),
        Init::HeNormal => same(Init::HeNormal) || same(Init::HeUniform),
        init => same(init),
    };
    let patch = json!({ "init": init.name(), "init_gain": 1.0 });
    if has_it {
        Vec::new()
    } else {
        vec![Cure {
            label: name.into(),
            patch,
        }]
    }
}

/// ReLU with He's start, and a rate that a network of this depth bears.
fn relu_with_he(config: &Config) -> Vec<Cure> {
    let he = matches!(config.init, Init::HeNormal | Init::HeUniform) && config.init_gain == 1.0;
    if config.activation == Activation::Relu && he {
        return Vec::new();
    }
    // Deep ReLU networks on the built-in data learn steadily at 0.4 / depth and below (measured).
    let rate = one_digit(0.4 / config.depth as f64).min(config.learning_rate);
    let mut patch = json!({ "activation": "relu", "init": "he_normal", "init_gain": 1.0 });
    let mut label = "ReLU + He".to_string();
    if rate < config.learning_rate {
        patch["learning_rate"] = rate.into();
        label += &format!(", rate {rate}");
    }
    vec![Cure { label, patch }]
}

/// x rounded to one significant digit.
fn one_digit(x: f64) -> f64 {
    format!("{x:.0e}").parse().expect("a formatted number")
}

/// A share in percent, with two significant digits below 10 %.
fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    if percent < 10.0 {
        format!("{percent:.1} %")
    } else {
        format!("{percent:.0} %")
    }
}

/// The nearest power of ten: 10⁻¹².
fn power_of_ten(x: f64) -> String {
    let exponent = format!("{:.0}", libm::log10(x));
    let raised = exponent.chars().map(|c| match c {
        '-' => '⁻',
        digit => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][digit as usize - '0' as usize],
    });
    format!("10{}", raised.collect::<String>())
}

#[cfg(test)]
mod tests;
