//! Replays a reference run (schema: `fixtures/README.md`) through the core and finds the worst deviation, as a share of
//! the tolerance that the run states.

#[path = "fixture.rs"]
mod fixture;

use fixture::{list, loss, matrix, network, number, numbers, settings};
use gradient_flow::config::{Clip, LossFunction};
use gradient_flow::data::Targets;
use gradient_flow::network::parameter::Parameter;
use gradient_flow::network::{Layer, LayerWorkspace, Network, Workspace};
use gradient_flow::numeric::array::flat;
use gradient_flow::numeric::matmul::Gemm;
use gradient_flow::numeric::scalar::Scalar;
use gradient_flow::numeric::statistics::{Summary, l2_norm};
use gradient_flow::training::{Optimizer, Settings, clip_coefficient};
use ndarray::Array2;
use serde_json::Value;

/// The worst deviation of a run and where it is.
#[derive(Debug, Clone)]
pub struct Worst {
    /// The deviation divided by the tolerance: at most 1 in a run that passes.
    pub share: f64,
    /// Step, layer and quantity.
    pub place: String,
    /// Number of quantities that were compared.
    pub compared: usize,
}

/// Replays a run in `T`. In f64 every array and statistic is compared, with the tolerance for float64; in f32 only the
/// norms of dW and db, with the tolerance for float32.
///
/// # Errors
/// If the text does not follow the schema.
pub fn replay<T: Scalar>(text: &str) -> Result<Worst, String> {
    let run: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let mut check = Check {
        double: size_of::<T>() == 8,
        rtol: number(&run["tolerance"]["float64_rtol"])?,
        atol: number(&run["tolerance"]["float64_atol"])?,
        norm_rtol: number(&run["tolerance"]["float32_norm_rtol"])?,
        ill_conditioned: run["tolerance"]["ill_conditioned"]
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
        LossFunction::Bce | LossFunction::Mse => Targets::Values(matrix(&run["data"]["y"])?),
    };
    let settings = settings(config)?;
    let mut workspace = Workspace::new(&network, x.nrows());
    workspace.x.assign(&x);
    let mut optimizer = Optimizer::default();

    for step in list(&run["steps"])? {
        let step_name = format!("step {}", step["step"]);
        network.forward(&mut workspace);
        let (value, _) = network.loss(loss, &targets, &mut workspace);
        network.backward(&mut workspace);
        let norm = network.gradient_norm();
        if check.double {
            let coefficient = match settings.clip {
                Clip::Norm => clip_coefficient(&network, &settings, norm),
                Clip::None | Clip::Value => 1.0,
            };
            let (l2, l1) = penalties(&network, &settings);
            for (name, actual) in [
                ("loss", value),
                ("grad_norm_raw_global", norm),
                ("clip_coef", coefficient),
                ("penalty_l2", l2),
                ("penalty_l1", l1),
            ] {
                check.scalar(&format!("{step_name} {name}"), actual, number(&step[name])?);
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
            let place = format!("{step_name} layer {l}");
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

/// Compares numbers and keeps the worst deviation.
struct Check {
    /// Whether the run is in f64.
    double: bool,
    rtol: f64,
    atol: f64,
    /// Relative tolerance of norms in f32.
    norm_rtol: f64,
    /// Quantities that have an absolute tolerance of their own.
    ill_conditioned: Vec<Value>,
    worst: Worst,
}

impl Check {
    fn record(&mut self, place: &str, deviation: f64, tolerance: f64) {
        self.worst.compared += 1;
        // NaN counts as the largest deviation.
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
        self.record(place, (actual - reference).abs(), tolerance);
    }

    /// The absolute tolerance of a parameter, if the file lists it as ill-conditioned.
    fn ill_conditioned_atol(&self, layer: usize, parameter: &str) -> Option<f64> {
        let entry = self.ill_conditioned.iter().find(|entry| {
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
        let atol = self.ill_conditioned_atol(layer, parameter);
        let place = format!("{place} {name}");
        for (actual, reference) in actual.iter().zip(&reference) {
            match atol {
                Some(atol) => self.record(&place, (actual - reference).abs(), atol),
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

    /// Compares a layer in f64: statistics of gradients and updates, and every array that the step stores in full.
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
            match self.ill_conditioned_atol(l, parameter) {
                Some(atol) => self.record(&place, (actual - expected).abs(), atol),
                None => {
                    let scale = if name == "mean" { l2 } else { expected.abs() };
                    self.scaled(&place, actual, expected, scale, absolute.max(scale));
                }
            }
        }
        Ok(())
    }

    /// Compares a layer in f32: the norms of dW and db, unless they are negligible beside the largest of the step.
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
            if self.ill_conditioned_atol(l, parameter.name).is_none() && reference > 1e-6 * largest
            {
                let deviation = (l2_norm(flat(&parameter.gradient)) - reference).abs();
                self.record(
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
