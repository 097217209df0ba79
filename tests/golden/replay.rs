//! Replays a reference run (schema: `fixtures/README.md`) through the core and measures the worst
//! deviation as a share of the run's own tolerance.

use gradient_flow::config::Activation;
use gradient_flow::config::LossFunction;
use gradient_flow::config::choice::Choice;
use gradient_flow::config::{Clip, Norm, OptimizerKind};
use gradient_flow::data::Targets;
use gradient_flow::network::parameter::Parameter;
use gradient_flow::network::{Layer, LayerSpec, LayerWorkspace, Network, Workspace};
use gradient_flow::numeric::array::flat;
use gradient_flow::numeric::matmul::Gemm;
use gradient_flow::numeric::scalar::Scalar;
use gradient_flow::numeric::statistics::{Summary, l2_norm};
use gradient_flow::training::{Optimizer, Settings, clip_coefficient};
use ndarray::Array2;
use serde_json::Value;

/// The worst deviation of a run, as a share of its tolerance (1 is the limit), and where it is.
#[derive(Debug, Clone)]
pub struct Worst {
    /// Deviation over tolerance.
    pub share: f64,
    /// Step, layer and quantity.
    pub place: String,
    /// How many quantities were compared.
    pub compared: usize,
}

/// Replays a run with all numbers in `T`: every array and statistic in f64 by the f64 tolerance,
/// the norms of dW and db in f32 by the f32 tolerance.
///
/// # Errors
/// A file that is not of the schema.
pub fn replay<T: Scalar>(text: &str) -> Result<Worst, String> {
    let run: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let mut check = Check {
        double: size_of::<T>() == 8,
        rtol: number(&run["tolerance"]["float64_rtol"])?,
        atol: number(&run["tolerance"]["float64_atol"])?,
        norm_rtol: number(&run["tolerance"]["float32_norm_rtol"])?,
        ill: run["tolerance"]["ill_conditioned"]
            .as_array()
            .cloned()
            .unwrap_or_default(),
        worst: Worst {
            share: 0.0,
            place: "nowhere".into(),
            compared: 0,
        },
    };
    let config = &run["config"];
    let mut network = network::<T>(config, &run["initial"]["layers"])?;
    let loss = loss(&config["loss"])?;
    let x = matrix(&run["data"]["x"])?;
    let targets = match loss {
        LossFunction::SoftmaxCe => Targets::Classes(
            numbers(&run["data"]["y"])?
                .into_iter()
                .map(|class| class as usize)
                .collect(),
        ),
        _ => Targets::Values(matrix(&run["data"]["y"])?),
    };
    let settings = settings(config)?;
    let mut workspace = Workspace::new(&network, x.nrows());
    workspace.x.assign(&x);
    let mut optimizer = Optimizer::default();

    for step in list(&run["steps"])? {
        let at = format!("step {}", step["step"]);
        network.forward(&mut workspace);
        let (value, _) = network.loss(loss, &targets, &mut workspace);
        network.backward(&mut workspace);
        let norm = network.gradient_norm();
        if check.double {
            let coefficient = match settings.clip {
                Clip::Norm => clip_coefficient(&network, &settings, norm),
                _ => 1.0,
            };
            let (l2, l1) = penalties(&network, &settings);
            for (name, actual) in [
                ("loss", value),
                ("grad_norm_raw_global", norm),
                ("clip_coef", coefficient),
                ("penalty_l2", l2),
                ("penalty_l1", l1),
            ] {
                check.scalar(&format!("{at} {name}"), actual, number(&step[name])?);
            }
        }
        network.update_running_stats(&workspace);
        optimizer.step(&mut network, &settings, norm);
        let layers = list(&step["layers"])?;
        let largest = layers
            .iter()
            .map(|l| number(&l["stats"]["dW_raw"]["l2"]).unwrap_or(0.0));
        let largest = largest.fold(0.0, f64::max);
        for (l, reference) in layers.iter().enumerate() {
            let (layer, workspace) = (&network.layers[l], &workspace.layers[l]);
            let place = format!("{at} layer {l}");
            if check.double {
                check.layer(&place, l, layer, workspace, reference)?;
            } else {
                check.norms(&place, l, layer, &reference["stats"], largest)?;
            }
        }
    }
    if check.double {
        for (l, reference) in list(&run["final"]["layers"])?.iter().enumerate() {
            let layer = &network.layers[l];
            for parameter in layer.parameters() {
                let values = doubles(&parameter.value);
                check.array(
                    &format!("final layer {l}"),
                    l,
                    parameter.name,
                    &values,
                    &reference[parameter.name],
                )?;
            }
            check.running(&format!("final layer {l}"), l, layer, reference)?;
        }
        network.forward(&mut workspace);
        let (value, _) = network.loss(loss, &targets, &mut workspace);
        check.scalar(
            "final loss_train_mode",
            value,
            number(&run["final"]["loss_train_mode"])?,
        );
        if let Some(reference) = run["final"]["loss_eval_mode"].as_f64() {
            let z = network.predict(x.view(), &mut Gemm::new());
            let value = loss.evaluate(&z, &targets, &mut z.clone());
            check.scalar("final loss_eval_mode", value, reference);
        }
    }
    Ok(check.worst)
}

/// Compares and remembers the worst.
struct Check {
    double: bool,
    rtol: f64,
    atol: f64,
    norm_rtol: f64,
    ill: Vec<Value>,
    worst: Worst,
}

impl Check {
    fn note(&mut self, place: &str, deviation: f64, tolerance: f64) {
        self.worst.compared += 1;
        // A deviation that is NaN is the worst there is.
        let share = deviation / tolerance;
        let share = if share.is_nan() { f64::INFINITY } else { share };
        if share > self.worst.share {
            self.worst.share = share;
            self.worst.place = place.into();
        }
    }

    fn scalar(&mut self, place: &str, actual: f64, reference: f64) {
        self.scaled(place, actual, reference, reference.abs(), reference.abs());
    }

    fn scaled(&mut self, place: &str, actual: f64, reference: f64, scale: f64, absolute: f64) {
        let tolerance = self.rtol * scale + self.atol * absolute.max(1.0);
        self.note(place, (actual - reference).abs(), tolerance);
    }

    /// The absolute tolerance of a quantity that the file calls ill-conditioned.
    fn ill_conditioned(&self, layer: usize, parameter: &str) -> Option<f64> {
        let entry = self.ill.iter().find(|entry| {
            let has =
                |list: &Value, wanted: &Value| list.as_array().is_some_and(|l| l.contains(wanted));
            has(&entry["layers"], &layer.into()) && has(&entry["params"], &parameter.into())
        })?;
        entry["float64_atol"].as_f64()
    }

    fn array(
        &mut self,
        place: &str,
        layer: usize,
        name: &str,
        actual: &[f64],
        reference: &Value,
    ) -> Result<(), String> {
        self.array_of(place, layer, name, name, actual, reference, 0.0)
    }

    #[allow(clippy::too_many_arguments)]
    fn array_of(
        &mut self,
        place: &str,
        layer: usize,
        parameter: &str,
        name: &str,
        actual: &[f64],
        reference: &Value,
        absolute: f64,
    ) -> Result<(), String> {
        let reference = numbers(reference).map_err(|e| format!("{place} {name}: {e}"))?;
        if reference.len() != actual.len() {
            let (is, should) = (actual.len(), reference.len());
            return Err(format!(
                "{place} {name}: {is} numbers, the reference has {should}"
            ));
        }
        let largest = reference.iter().fold(0.0f64, |m, x| m.max(x.abs()));
        let absolute = if absolute == 0.0 { largest } else { absolute };
        let ill = self.ill_conditioned(layer, parameter);
        let place = format!("{place} {name}");
        for (actual, reference) in actual.iter().zip(&reference) {
            match ill {
                Some(atol) => self.note(&place, (actual - reference).abs(), atol),
                None => self.scaled(&place, *actual, *reference, largest, absolute),
            }
        }
        Ok(())
    }

    fn running<T: Scalar>(
        &mut self,
        place: &str,
        l: usize,
        layer: &Layer<T>,
        reference: &Value,
    ) -> Result<(), String> {
        if let (Some(norm), Some(_)) = (&layer.norm, reference.get("running_mean")) {
            self.array(
                place,
                l,
                "running_mean",
                &norm.running_mean,
                &reference["running_mean"],
            )?;
            self.array(
                place,
                l,
                "running_var",
                &norm.running_var,
                &reference["running_var"],
            )?;
        }
        Ok(())
    }

    /// One layer of one step in f64: gradients and updates by their statistics, and everything that
    /// the step stores as a full array.
    fn layer<T: Scalar>(
        &mut self,
        place: &str,
        l: usize,
        layer: &Layer<T>,
        workspace: &LayerWorkspace<T>,
        reference: &Value,
    ) -> Result<(), String> {
        for parameter in layer.parameters() {
            let Parameter {
                name,
                value,
                gradient,
                update,
                ..
            } = parameter;
            let largest = value.iter().fold(1.0f64, |m, x| m.max(x.to_f64().abs()));
            for (quantity, array, absolute) in [
                (format!("d{name}_raw"), gradient, 0.0),
                (format!("update_{name}"), update, largest),
            ] {
                let stats = &reference["stats"][&quantity];
                self.stats(place, l, name, &quantity, array, stats, absolute)?;
                if let Some(full) = reference.get(&quantity) {
                    self.array_of(place, l, name, &quantity, &doubles(array), full, absolute)?;
                }
            }
        }
        for (name, array) in [
            ("z", &workspace.z),
            ("u", workspace.u()),
            ("a", workspace.a()),
            ("dz", &workspace.delta),
        ] {
            if let Some(full) = reference.get(name) {
                self.array(place, l, name, &doubles(array), full)?;
            }
        }
        self.running(place, l, layer, reference)
    }

    #[allow(clippy::too_many_arguments)]
    fn stats<T: Scalar>(
        &mut self,
        place: &str,
        l: usize,
        parameter: &str,
        quantity: &str,
        array: &Array2<T>,
        reference: &Value,
        absolute: f64,
    ) -> Result<(), String> {
        let summary = Summary::of(flat(array));
        let l2 = number(&reference["l2"]).map_err(|e| format!("{place} {quantity}: {e}"))?;
        for (name, actual) in [
            ("l2", l2_norm(flat(array))),
            ("mean", summary.moments.mean),
            ("std", summary.moments.std),
            ("max_abs", summary.max_abs),
        ] {
            let place = format!("{place} {quantity} {name}");
            let expected = number(&reference[name])?;
            match self.ill_conditioned(l, parameter) {
                Some(atol) => self.note(&place, (actual - expected).abs(), atol),
                None => {
                    let scale = if name == "mean" { l2 } else { expected.abs() };
                    self.scaled(&place, actual, expected, scale, absolute.max(scale));
                }
            }
        }
        Ok(())
    }

    /// One layer of one step in f32: the norms of dW and db, where they are not lost beside the
    /// step's largest.
    fn norms<T: Scalar>(
        &mut self,
        place: &str,
        l: usize,
        layer: &Layer<T>,
        stats: &Value,
        largest: f64,
    ) -> Result<(), String> {
        for parameter in [&layer.w, &layer.b] {
            let quantity = format!("d{}_raw", parameter.name);
            let reference = number(&stats[&quantity]["l2"])?;
            if self.ill_conditioned(l, parameter.name).is_none() && reference > 1e-6 * largest {
                let deviation = (l2_norm(flat(&parameter.gradient)) - reference).abs();
                self.note(
                    &format!("{place} {quantity}"),
                    deviation,
                    self.norm_rtol * reference,
                );
            }
        }
        Ok(())
    }
}

fn doubles<T: Scalar>(array: &Array2<T>) -> Vec<f64> {
    flat(array).iter().map(|x| x.to_f64()).collect()
}

fn penalties<T: Scalar>(network: &Network<T>, settings: &Settings) -> (f64, f64) {
    let weights = || {
        network
            .layers
            .iter()
            .flat_map(|l| flat(&l.w.value))
            .map(|w| w.to_f64())
    };
    let squares: f64 = weights().map(|w| w * w).sum();
    let sizes: f64 = weights().map(f64::abs).sum();
    (0.5 * settings.weight_decay * squares, settings.l1 * sizes)
}

fn network<T: Scalar>(config: &Value, initial: &Value) -> Result<Network<T>, String> {
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
    Ok(Network { layers })
}

fn loss(name: &Value) -> Result<LossFunction, String> {
    match text(name)? {
        "softmax_ce" => Ok(LossFunction::SoftmaxCe),
        "bce_logits" => Ok(LossFunction::Bce),
        "mse" => Ok(LossFunction::Mse),
        other => Err(format!("loss {other}")),
    }
}

fn settings(config: &Value) -> Result<Settings, String> {
    let (optimizer, clip) = (&config["optimizer"], &config["clip"]);
    let name = text(&optimizer["type"])?;
    let or = |value: &Value, usual: f64| value.as_f64().unwrap_or(usual);
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

fn text(value: &Value) -> Result<&str, String> {
    value
        .as_str()
        .ok_or_else(|| format!("{value} where a text belongs"))
}

fn number(value: &Value) -> Result<f64, String> {
    value
        .as_f64()
        .ok_or_else(|| format!("{value} where a number belongs"))
}

fn list(value: &Value) -> Result<&Vec<Value>, String> {
    value
        .as_array()
        .ok_or_else(|| format!("{value} where a list belongs"))
}

/// All numbers of a nested list, row after row; a lone number is a list of one.
fn numbers(value: &Value) -> Result<Vec<f64>, String> {
    match value {
        Value::Array(items) => items
            .iter()
            .map(numbers)
            .collect::<Result<Vec<_>, _>>()
            .map(|v| v.concat()),
        other => number(other).map(|x| vec![x]),
    }
}

fn matrix<T: Scalar>(value: &Value) -> Result<Array2<T>, String> {
    let rows = list(value)?.len();
    let values: Vec<T> = numbers(value)?.into_iter().map(T::from_f64).collect();
    let columns = values.len() / rows.max(1);
    Array2::from_shape_vec((rows, columns), values).map_err(|e| e.to_string())
}
