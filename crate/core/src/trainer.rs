//! The trainer: one config, one network, its data; step by step.
//!
//! The state of step s is the network after s updates. Its gradient, on the coming minibatch, is
//! computed once: a snapshot shows it, and the next step uses it.

use crate::config::{BatchSize, Config, Norm};
use crate::data::{Batches, DataError, Dataset};
use crate::init::initialise;
use crate::loss::Targets;
use crate::network::{LayerSpec, Network, Overflow, Signals};
use crate::optimizer::{Settings, Stepper, clip_coefficient};
use crate::parameter::flat;
use crate::product::Product;
use crate::scalar::Scalar;
use crate::snapshot::{NonFinite, Snapshot, StepLog, TheorySignals};
use crate::statistics::{Summary, dw_histogram, l2_norm, rms, to_f32, value_histogram};
use crate::theory::predict;
use crate::{activation::Activation, network::LayerSignals};
use ndarray::s;

/// A pair (sample, unit) is saturated where |phi'(u)| is below this share of the largest |phi'|.
pub const SATURATED: f64 = 0.05;

/// Samples of the test part that go through the network at once: bounds the memory.
const TEST_ROWS: usize = 256;

/// The layers that a config describes: `depth` hidden ones of `width` units, then the output layer.
pub fn layer_specs(config: &Config, inputs: usize, outputs: usize) -> Vec<LayerSpec> {
    let mut specs: Vec<LayerSpec> = (0..config.depth)
        .map(|l| {
            let n_in = if l == 0 { inputs } else { config.width };
            LayerSpec {
                n_in,
                n_out: config.width,
                activation: config.activation,
                slope: config.slope_value(),
                norm: config.norm,
                residual: config.residual && n_in == config.width,
            }
        })
        .collect();
    specs.push(LayerSpec {
        n_in: config.width,
        n_out: outputs,
        activation: Activation::Linear,
        slope: 0.0,
        norm: Norm::None,
        residual: false,
    });
    specs
}

/// What is known of the present state's gradient.
#[derive(Debug, Clone, Copy)]
struct Gradient {
    loss: f64,
    norm: f64,
}

/// A run.
pub struct Trainer<T> {
    config: Config,
    data: Dataset<T>,
    batches: Batches,
    targets: Targets<T>,
    network: Network<T>,
    signals: Signals<T>,
    stepper: Stepper<T>,
    step: u64,
    /// None until it is computed for the present state.
    gradient: Option<Gradient>,
    log: StepLog,
    test: (u64, f64, f64),
    first_nonfinite: Option<NonFinite>,
}

impl<T: Scalar> Trainer<T> {
    /// Builds network and data. `table` is the text of the file that `data::data_file` names.
    ///
    /// # Errors
    /// Data that are missing, broken, or do not fit the loss.
    pub fn new(config: Config, table: Option<&str>) -> Result<Self, DataError> {
        config.check().map_err(DataError::Config)?;
        let data = Dataset::load(&config, table)?;
        let specs = layer_specs(&config, data.train.x.ncols(), data.outputs);
        let mut network = Network::new(&specs);
        for (index, layer) in network.layers.iter_mut().enumerate() {
            initialise(layer, &config, index);
        }
        let size = match config.batch_size {
            BatchSize::Samples(n) => n,
            BatchSize::Full => data.train.len(),
        };
        let batches = Batches::new(config.seed, data.train.len(), size);
        let signals = Signals::new(&network, batches.size());
        Ok(Trainer {
            targets: data.train.targets.clone(),
            config,
            data,
            batches,
            network,
            signals,
            stepper: Stepper::default(),
            step: 0,
            gradient: None,
            log: StepLog::default(),
            test: (0, f64::NAN, f64::NAN),
            first_nonfinite: None,
        })
    }

    /// The config of this run.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The network in its present state.
    pub fn network(&self) -> &Network<T> {
        &self.network
    }

    /// Updates made so far.
    pub fn steps(&self) -> u64 {
        self.step
    }

    /// Takes on a config that differs in live fields alone. Returns false, and changes nothing,
    /// where the network must be built anew: for any other field, and after an overflow.
    pub fn configure(&mut self, config: &Config) -> bool {
        let live = self.config.is_live_change(config) && self.first_nonfinite.is_none();
        if live {
            self.config = config.clone();
        }
        live
    }

    /// Makes up to `steps` updates, fewer where something overflows. Returns how many it made.
    pub fn advance(&mut self, steps: usize) -> usize {
        (0..steps).take_while(|_| self.update()).count()
    }

    /// One update along the present gradient. Returns false where the run has overflowed.
    fn update(&mut self) -> bool {
        let gradient = self.gradient();
        if self.first_nonfinite.is_some() {
            return false;
        }
        self.network.update_running(&self.signals);
        let settings = Settings::from(&self.config);
        self.stepper
            .step(&mut self.network, &settings, gradient.norm);
        self.batches.advance();
        self.step += 1;
        self.gradient = None;
        if let Some((layer, tensor)) = self.network.overflown_parameter() {
            self.note_overflow((layer, tensor, "update"));
        }
        true
    }

    fn note_overflow(&mut self, (layer, tensor, operation): Overflow) {
        let step = self.step;
        let found = NonFinite {
            step,
            layer,
            tensor: tensor.into(),
            operation: operation.into(),
        };
        self.first_nonfinite.get_or_insert(found);
    }

    /// The gradient of the present state, computed once.
    fn gradient(&mut self) -> Gradient {
        if let Some(gradient) = self.gradient {
            return gradient;
        }
        let rows = self.batches.current();
        self.data
            .train
            .gather(rows, &mut self.signals.x, &mut self.targets);
        let forward = self.network.forward(&mut self.signals);
        let (loss, at_loss) = self
            .network
            .loss(self.data.loss, &self.targets, &mut self.signals);
        let backward = self.network.backward(&mut self.signals);
        if let Some(overflow) = forward.or(at_loss).or(backward) {
            self.note_overflow(overflow);
        }
        let norm = self.log_step(loss);
        *self.gradient.insert(Gradient { loss, norm })
    }

    /// Writes the present state into the log; returns the norm of its gradient.
    fn log_step(&mut self, loss: f64) -> f64 {
        let mut squares = 0.0;
        for layer in &self.network.layers {
            for parameter in layer.parameters() {
                let norm = l2_norm(flat(&parameter.gradient));
                squares += norm * norm;
                if parameter.name == "W" {
                    let count = parameter.gradient.len() as f64;
                    self.log.dw_rms.push(to_f32(norm / count.sqrt()));
                }
            }
        }
        let norm = squares.sqrt();
        self.log.train_loss.push(to_f32(loss));
        self.log.grad_norm.push(to_f32(norm));
        let settings = Settings::from(&self.config);
        let coefficient = clip_coefficient(&self.network, &settings, norm);
        self.log.clip_coefficient.push(to_f32(coefficient));
        norm
    }

    /// Loss and accuracy of the test part, now.
    fn evaluate(&mut self) -> (f64, f64) {
        let test = &self.data.test;
        let (mut loss, mut right) = (0.0, 0.0);
        let mut product = Product::new();
        for start in (0..test.len()).step_by(TEST_ROWS) {
            let rows: Vec<usize> = (start..test.len().min(start + TEST_ROWS)).collect();
            let share = rows.len() as f64 / test.len() as f64;
            let x = test.x.slice(s![rows[0]..rows[0] + rows.len(), ..]);
            let z = self.network.predict(x, &mut product);
            let targets = match &test.targets {
                Targets::Classes(classes) => {
                    Targets::Classes(classes[rows[0]..][..rows.len()].to_vec())
                }
                Targets::Values(y) => {
                    Targets::Values(y.slice(s![rows[0]..rows[0] + rows.len(), ..]).to_owned())
                }
            };
            let mut delta = z.clone();
            loss += share * self.data.loss.evaluate(&z, &targets, &mut delta);
            right += share * self.data.verdict.accuracy(&z, &targets);
        }
        (loss, right)
    }

    /// What theory predicts for the start, in the scale of this network's output layer.
    fn theory(&self) -> TheorySignals {
        let Some(predicted) = predict(&self.config, self.data.train.x.ncols(), self.data.outputs)
        else {
            return TheorySignals::default();
        };
        let top = self.signals.layers.last().expect("an output layer");
        let out = rms(flat(&top.delta));
        TheorySignals {
            a_rms: predicted.a_rms.into_iter().map(to_f32).collect(),
            delta_rms: predicted
                .delta
                .into_iter()
                .map(|delta| to_f32(out * delta))
                .collect(),
        }
    }

    /// What the present state shows. `evaluate` also runs the test part; otherwise its last result
    /// is repeated. Hands over the log of the steps since the last snapshot.
    pub fn snapshot(&mut self, evaluate: bool) -> Snapshot {
        let Gradient { loss, norm } = self.gradient();
        if evaluate && (self.test.0 != self.step || self.test.1.is_nan()) {
            let (loss, accuracy) = self.evaluate();
            self.test = (self.step, loss, accuracy);
        }
        let theory = if self.step == 0 {
            self.theory()
        } else {
            TheorySignals::default()
        };
        let output = self.signals.output();
        let mut snapshot = Snapshot {
            step: self.step,
            epoch: self.batches.epochs(),
            train_loss: loss,
            train_accuracy: self.data.verdict.accuracy(output, &self.targets),
            test_step: self.test.0,
            test_loss: self.test.1,
            test_accuracy: self.test.2,
            grad_norm: norm,
            clip_coefficient: clip_coefficient(&self.network, &Settings::from(&self.config), norm),
            log: std::mem::take(&mut self.log),
            theory,
            first_nonfinite: self.first_nonfinite.clone(),
            ..Snapshot::default()
        };
        for (layer, signals) in self.network.layers.iter().zip(&self.signals.layers) {
            let stats = &mut snapshot.layers;
            let dw = Summary::of(flat(&layer.w.gradient));
            let a = Summary::of(flat(signals.a()));
            let (w_rms, update_rms) = (rms(flat(&layer.w.value)), rms(flat(&layer.w.update)));
            let ratio = if update_rms == 0.0 {
                0.0
            } else {
                update_rms / w_rms
            };
            let (saturated, dead) = saturation(layer, signals);
            for (array, value) in [
                (&mut stats.dw_rms, dw.rms),
                (&mut stats.dw_mean, dw.mean),
                (&mut stats.dw_std, dw.std),
                (&mut stats.dw_max, dw.max),
                (&mut stats.dw_zero_fraction, dw.zero_fraction),
                (&mut stats.delta_rms, rms(flat(&signals.delta))),
                (&mut stats.a_rms, a.rms),
                (&mut stats.a_mean, a.mean),
                (&mut stats.a_std, a.std),
                (&mut stats.w_rms, w_rms),
                (&mut stats.update_rms, update_rms),
                (&mut stats.update_ratio, ratio),
                (&mut stats.saturated_fraction, saturated),
                (&mut stats.dead_fraction, dead),
            ] {
                array.push(to_f32(value));
            }
            let histograms = &mut snapshot.histograms;
            histograms.dw.extend(dw_histogram(flat(&layer.w.gradient)));
            histograms.a.extend(value_histogram(flat(signals.a())));
            histograms.z.extend(value_histogram(flat(&signals.z)));
        }
        snapshot
    }
}

/// The shares of saturated (sample, unit) pairs and of dead units of a layer, for this minibatch.
fn saturation<T: Scalar>(
    layer: &crate::network::Layer<T>,
    signals: &LayerSignals<T>,
) -> (f64, f64) {
    let phi = layer.phi();
    let limit = T::of(SATURATED * phi.largest_derivative().f64());
    let units = layer.spec.n_out;
    let mut saturated = 0usize;
    let mut alive = vec![false; units];
    let rows = flat(signals.u())
        .chunks_exact(units)
        .zip(flat(signals.h()).chunks_exact(units));
    for (u, h) in rows {
        for (j, alive) in alive.iter_mut().enumerate() {
            let derivative = phi.derivative(u[j], h[j]).abs();
            saturated += usize::from(derivative < limit);
            *alive |= derivative != T::zero();
        }
    }
    let dead = alive.iter().filter(|alive| !**alive).count();
    (
        saturated as f64 / signals.z.len() as f64,
        dead as f64 / units as f64,
    )
}

#[cfg(test)]
mod tests;
