//! Reads the parts of a reference run (schema: `fixtures/README.md`): network, loss, settings, arrays. Errors say what is
//! missing or of the wrong type.

use gradient_flow::config::choice::Choice;
use gradient_flow::config::{Activation, Clip, LossFunction, Norm, OptimizerKind};
use gradient_flow::network::{Layer, LayerSpec, Network};
use gradient_flow::numeric::scalar::Scalar;
use gradient_flow::training::Settings;
use ndarray::Array2;
use serde_json::Value;

/// The network of a run, with its initial parameters.
pub fn network<T: Scalar>(config: &Value, initial: &Value) -> Result<Network<T>, String> {
    let mut layers = Vec::new();
    for (spec, initial) in list(&config["layers"])?.iter().zip(list(initial)?) {
        let name = text(&spec["activation"])?;
        let known = name
            .strip_suffix("_erf")
            .or(name.strip_suffix("_tanh"))
            .unwrap_or(name);
        let activation = Activation::from_name(known).ok_or(format!("activation {name}"))?;
        let norm = text(&spec["norm"])?;
        let mut layer = Layer::<T>::new(LayerSpec {
            n_in: number(&spec["n_in"])? as usize,
            n_out: number(&spec["n_out"])? as usize,
            activation,
            slope: spec["slope"]
                .as_f64()
                .or(config["slope"].as_f64())
                .unwrap_or(0.01),
            norm: Norm::from_name(norm).ok_or(format!("norm {norm}"))?,
            residual: spec["residual"].as_bool().ok_or("residual")?,
        });
        layer.gelu_tanh = name == "gelu_tanh";
        for parameter in layer.parameters_mut() {
            let values = numbers(&initial[parameter.name])?
                .into_iter()
                .map(T::from_f64)
                .collect();
            parameter.value = Array2::from_shape_vec(parameter.value.dim(), values)
                .map_err(|e| format!("initial {}: {e}", parameter.name))?;
        }
        if let Some(norm) = &mut layer.norm {
            norm.eps = number(&config["norm_eps"])?;
            norm.momentum = number(&config["bn_momentum"])?;
            if initial.get("running_mean").is_some() {
                norm.running_mean = numbers(&initial["running_mean"])?;
                norm.running_var = numbers(&initial["running_var"])?;
            }
        }
        layers.push(layer);
    }
    let mut network = Network {
        layers,
        shared: None,
    };
    if config["tied"].as_bool() == Some(true) {
        network.tie(1..network.layers.len() - 1);
    }
    Ok(network)
}

/// The loss of a run.
pub fn loss(name: &Value) -> Result<LossFunction, String> {
    match text(name)? {
        "softmax_ce" => Ok(LossFunction::SoftmaxCe),
        "bce_logits" => Ok(LossFunction::Bce),
        "mse" => Ok(LossFunction::Mse),
        other => Err(format!("loss {other}")),
    }
}

/// Optimizer, clipping and penalties of a run.
pub fn settings(config: &Value) -> Result<Settings, String> {
    let (optimizer, clip) = (&config["optimizer"], &config["clip"]);
    let name = text(&optimizer["type"])?;
    let or = |value: &Value, default: f64| value.as_f64().unwrap_or(default);
    let (clip, clip_at) = match text(&clip["type"])? {
        "none" => (Clip::None, 1.0),
        "norm" => (Clip::Norm, number(&clip["max_norm"])?),
        "value" => (Clip::Value, number(&clip["max_value"])?),
        other => return Err(format!("clip {other}")),
    };
    Ok(Settings {
        optimizer: OptimizerKind::from_name(name).ok_or(format!("optimizer {name}"))?,
        learning_rate: number(&optimizer["lr"])?,
        momentum: or(&optimizer["momentum"], 0.0),
        clip,
        clip_at,
        weight_decay: number(&config["weight_decay"])?,
        l1: number(&config["l1"])?,
        alpha: or(&optimizer["alpha"], 0.99),
        beta1: or(&optimizer["beta1"], 0.9),
        beta2: or(&optimizer["beta2"], 0.999),
        eps: or(&optimizer["eps"], 1e-8),
    })
}

pub fn text(value: &Value) -> Result<&str, String> {
    value
        .as_str()
        .ok_or_else(|| format!("expected a string, not {value}"))
}

pub fn number(value: &Value) -> Result<f64, String> {
    value
        .as_f64()
        .ok_or_else(|| format!("expected a number, not {value}"))
}

pub fn list(value: &Value) -> Result<&Vec<Value>, String> {
    value
        .as_array()
        .ok_or_else(|| format!("expected a list, not {value}"))
}

/// All numbers of a nested list, row by row. A single number counts as a list of one.
pub fn numbers(value: &Value) -> Result<Vec<f64>, String> {
    match value {
        Value::Array(items) => items
            .iter()
            .map(numbers)
            .collect::<Result<Vec<_>, _>>()
            .map(|v| v.concat()),
        other => number(other).map(|x| vec![x]),
    }
}

/// A list of rows as a matrix.
pub fn matrix<T: Scalar>(value: &Value) -> Result<Array2<T>, String> {
    let rows = list(value)?.len();
    let values: Vec<T> = numbers(value)?.into_iter().map(T::from_f64).collect();
    let columns = values.len() / rows.max(1);
    Array2::from_shape_vec((rows, columns), values).map_err(|e| e.to_string())
}
