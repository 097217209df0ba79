//! The trainer: one config, one network, its data; step by step.
//!
//! The state of step s is the network after s updates. Its gradient, on the coming minibatch, is
//! computed once: a snapshot shows it, and the next step uses it.

use crate::config::{BatchSize, Config};
use crate::data::Targets;
use crate::data::{Batches, DataError, Dataset};
use crate::network::init::initialise;
use crate::network::{Mode, Network, Overflow, Workspace, layer_specs};
use crate::numeric::array::flat;
use crate::numeric::matmul::Gemm;
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::{rms, to_f32};
use crate::observe::measure::{self, Measured};
use crate::observe::predictions::{outputs, predictions};
use crate::observe::snapshot::{
    NonFinite, Predictions, Snapshot, SnapshotRequest, StepLine, StepLog, TheorySignals,
    WeightImages,
};
use crate::observe::step_line::follow;
use crate::theory::{Prediction, predict};
use crate::training::optimizer::{Optimizer, Settings, clip_coefficient};
use ndarray::{Array2, s};
use std::rc::Rc;

/// Floating-point operations, and samples, between which a look for dead units stays.
const DEAD_WORK: f64 = 4e9;
const DEAD_SAMPLES: (usize, usize) = (128, 1024);

/// What is known of the present state's gradient.
#[derive(Debug, Clone, Copy)]
struct Gradient {
    loss: f64,
    norm: f64,
}

/// What a look shows: it costs more than a step, and is repeated until the next one.
#[derive(Debug, Clone)]
struct Evaluation {
    step: u64,
    test_loss: f64,
    test_accuracy: f64,
    dead: Vec<f64>,
    dead_samples: usize,
    loss_change: f64,
    step_line: StepLine,
    curvature: f64,
    stability_limit: f64,
    predictions: Predictions,
    /// What was watched.
    request: SnapshotRequest,
}

/// A run.
pub struct Trainer<T> {
    config: Config,
    /// The config from each of these steps on: the first one, then with live changes.
    settings: Vec<(u64, Config)>,
    data: Rc<Dataset<T>>,
    batches: Batches,
    targets: Targets<T>,
    network: Network<T>,
    workspace: Workspace<T>,
    optimizer: Optimizer<T>,
    step: u64,
    /// None until it is computed for the present state.
    gradient: Option<Gradient>,
    log: StepLog,
    /// The weights at step 0, layer by layer.
    start: Vec<Array2<T>>,
    /// The minibatch of the last step: indices into the training part, and its loss before the step.
    last: Option<(Vec<usize>, f64)>,
    request: SnapshotRequest,
    look: Option<Evaluation>,
    /// What theory says of the config, once it was asked.
    predicted: Option<Option<Prediction>>,
    first_nonfinite: Option<NonFinite>,
}

impl<T: Scalar> Trainer<T> {
    /// Builds network and data. `table` is the text of the file that `data::data_file` names.
    ///
    /// # Errors
    /// Data that are missing, broken, or do not fit the loss.
    pub fn new(config: Config, table: Option<&str>) -> Result<Self, DataError> {
        config.check().map_err(DataError::Config)?;
        let data = Rc::new(Dataset::load(&config, table)?);
        Ok(Self::begin(config, data))
    }

    /// The start of a run of another config on this one's data, which need not be read again; None
    /// where it needs others.
    pub fn successor(&self, config: Config) -> Option<Self> {
        let fits = config.check().is_ok() && config.has_same_data(&self.config);
        fits.then(|| Self::begin(config, self.data.clone()))
    }

    fn begin(config: Config, data: Rc<Dataset<T>>) -> Self {
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
        let workspace = Workspace::new(&network, batches.size());
        Trainer {
            targets: data.train.targets.clone(),
            start: network.layers.iter().map(|l| l.w.value.clone()).collect(),
            settings: vec![(0, config.clone())],
            config,
            data,
            batches,
            network,
            workspace,
            optimizer: Optimizer::default(),
            step: 0,
            gradient: None,
            log: StepLog::default(),
            last: None,
            request: SnapshotRequest::default(),
            look: None,
            predicted: None,
            first_nonfinite: None,
        }
    }

    /// The config of this run.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The config from each of these steps on: from step 0, then from where live fields changed.
    pub fn settings(&self) -> &[(u64, Config)] {
        &self.settings
    }

    /// The data, split and scaled.
    pub fn data(&self) -> &Dataset<T> {
        &self.data
    }

    /// Samples per minibatch.
    pub fn batch_size(&self) -> usize {
        self.batches.size()
    }

    /// The network in its present state.
    pub fn network(&self) -> &Network<T> {
        &self.network
    }

    /// The same, for tests that damage it. The gradient is computed anew.
    #[cfg(test)]
    pub(crate) fn network_mut(&mut self) -> &mut Network<T> {
        self.gradient = None;
        &mut self.network
    }

    /// The coming minibatch, scaled as the network sees it: (samples, features), and what is to be learned.
    pub fn batch(&self) -> (Array2<T>, Targets<T>) {
        let (mut x, mut targets) = (self.workspace.x.clone(), self.targets.clone());
        self.data
            .train
            .gather(self.batches.current(), &mut x, &mut targets);
        (x, targets)
    }

    /// Updates made so far.
    pub fn steps(&self) -> u64 {
        self.step
    }

    /// Shows this from now on, beside the usual.
    pub fn request(&mut self, request: SnapshotRequest) {
        self.request = request;
    }

    /// Takes on a config that differs in live fields alone. Returns false, and changes nothing,
    /// where the network must be built anew: for any other field, and after an overflow.
    pub fn configure(&mut self, config: &Config) -> bool {
        let live = self.config.is_live_change(config) && self.first_nonfinite.is_none();
        if live {
            self.config = config.clone();
            // Of several changes between two steps only the last one acts.
            self.settings.retain(|(step, _)| *step < self.step);
            self.settings.push((self.step, config.clone()));
        }
        live
    }

    /// Makes up to `steps` updates, fewer where something overflows. Returns how many it made. The gradient
    /// of the state where it ends is computed, so that a snapshot takes no longer than its statistics.
    pub fn advance(&mut self, steps: usize) -> usize {
        let made = (0..steps).take_while(|_| self.update()).count();
        if made > 0 {
            self.gradient();
        }
        made
    }

    /// One update along the present gradient. Returns false where the run has overflowed.
    fn update(&mut self) -> bool {
        let gradient = self.gradient();
        if self.first_nonfinite.is_some() {
            return false;
        }
        self.network.update_running(&self.workspace);
        let settings = Settings::from(&self.config);
        let finite = self
            .optimizer
            .step(&mut self.network, &settings, gradient.norm);
        let (rows, loss) = self.last.get_or_insert_default();
        rows.clear();
        rows.extend_from_slice(self.batches.current());
        *loss = gradient.loss;
        self.batches.advance();
        self.step += 1;
        self.gradient = None;
        if !finite && let Some(overflow) = self.network.overflown_parameter() {
            self.note_overflow(overflow);
        }
        true
    }

    fn note_overflow(&mut self, overflow: Overflow) {
        let step = self.step;
        let found = NonFinite {
            step,
            layer: overflow.layer,
            tensor: overflow.tensor.into(),
            operation: overflow.operation.into(),
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
            .gather(rows, &mut self.workspace.x, &mut self.targets);
        let forward = self.network.forward(&mut self.workspace);
        let (loss, at_loss) = self
            .network
            .loss(self.data.loss, &self.targets, &mut self.workspace);
        let backward = self.network.backward(&mut self.workspace);
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
            let count = layer.w.gradient.len() as f64;
            self.log.dw_rms.push(to_f32(layer.w.norm / count.sqrt()));
            layer.parameters().for_each(|p| squares += p.norm * p.norm);
        }
        let norm = squares.sqrt();
        self.log.train_loss.push(to_f32(loss));
        self.log.grad_norm.push(to_f32(norm));
        let settings = Settings::from(&self.config);
        let coefficient = clip_coefficient(&self.network, &settings, norm);
        self.log.clip_coefficient.push(to_f32(coefficient));
        norm
    }

    /// A look at the present state.
    fn look(&self) -> Evaluation {
        let mut gemm = Gemm::new();
        let test = &self.data.test;
        let z = outputs(&self.network, test.x.view(), &mut gemm);
        let test_loss = self.data.loss.evaluate(&z, &test.targets, &mut z.clone());
        let overflown = self.first_nonfinite.is_some();

        // Dead is who is dead for a large part of the data, not for one minibatch.
        let parameters: usize = self.network.parameters().map(|p| p.value.len()).sum();
        let affordable = (DEAD_WORK / (2 * parameters) as f64) as usize;
        let train = &self.data.train;
        let dead_samples = affordable
            .clamp(DEAD_SAMPLES.0, DEAD_SAMPLES.1)
            .min(train.len());
        let dead = if overflown {
            vec![f64::NAN; self.network.layers.len()]
        } else {
            let samples = train.x.slice(s![..dead_samples, ..]);
            measure::dead(&self.network, samples, &mut gemm)
        };

        let (mut step_line, mut curvature, mut stability_limit) =
            (StepLine::default(), f64::NAN, f64::NAN);
        let mut loss_change = f64::NAN;
        if let Some((rows, before)) = self.last.as_ref().filter(|_| !overflown) {
            let (mut x, mut targets) = (self.workspace.x.clone(), self.targets.clone());
            train.gather(rows, &mut x, &mut targets);
            let nothing = &mut |_: usize, _: &Array2<T>, _: &Array2<T>| ();
            let z = self
                .network
                .stream(x.view(), Mode::Training, &mut gemm, nothing);
            loss_change = self.data.loss.evaluate(&z, &targets, &mut z.clone()) - before;
            if self.request.step_line {
                let rate = self.config.learning_rate;
                let line = follow(&self.network, &x, &targets, self.data.loss, rate);
                (step_line, curvature, stability_limit) =
                    (line.line, line.curvature, line.stability_limit);
            }
        }
        Evaluation {
            step: self.step,
            test_loss,
            test_accuracy: self.data.decision.accuracy(&z, &test.targets),
            dead,
            dead_samples,
            loss_change,
            step_line,
            curvature,
            stability_limit,
            predictions: if self.request.predictions {
                predictions(&self.network, &self.data, &z, &mut gemm)
            } else {
                Predictions::default()
            },
            request: self.request,
        }
    }

    /// What theory predicts for the start, in the scale of this network's output layer.
    fn theory(&mut self) -> TheorySignals {
        let (inputs, outputs) = (self.data.train.x.ncols(), self.data.outputs);
        let predicted = self
            .predicted
            .get_or_insert_with(|| predict(&self.config, inputs, outputs));
        let Some(predicted) = predicted.clone() else {
            return TheorySignals::default();
        };
        let top = self.workspace.layers.last().expect("an output layer");
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

    /// What the present state shows. `evaluate` also takes a look: at the test part, at dead units,
    /// at the last step and at what is watched; otherwise the last look is repeated. Hands over the
    /// log of the steps since the last snapshot.
    pub fn snapshot(&mut self, evaluate: bool) -> Snapshot {
        let Gradient { loss, norm } = self.gradient();
        let old = |look: &Evaluation| (look.step, look.request) != (self.step, self.request);
        if evaluate && self.look.as_ref().is_none_or(old) {
            self.look = Some(self.look());
        }
        let theory = if self.step == 0 {
            self.theory()
        } else {
            TheorySignals::default()
        };
        let look = self.look.as_ref();
        let number = |value: fn(&Evaluation) -> f64| look.map_or(f64::NAN, value);
        let unknown = vec![f64::NAN; self.network.layers.len()];
        let Measured {
            layers,
            histograms,
            step_cosine,
        } = measure::measure(
            &self.network,
            &self.workspace,
            &self.optimizer,
            &self.start,
            look.map_or(&unknown, |look| &look.dead),
            evaluate || self.request.values,
        );
        Snapshot {
            step: self.step,
            epoch: self.batches.epochs(),
            train_loss: loss,
            train_accuracy: self
                .data
                .decision
                .accuracy(self.workspace.output(), &self.targets),
            test_step: look.map_or(0, |look| look.step),
            test_loss: number(|look| look.test_loss),
            test_accuracy: number(|look| look.test_accuracy),
            grad_norm: norm,
            clip_coefficient: clip_coefficient(&self.network, &Settings::from(&self.config), norm),
            step_cosine,
            loss_change: number(|look| look.loss_change),
            dead_samples: number(|look| look.dead_samples as f64),
            curvature: number(|look| look.curvature),
            stability_limit: number(|look| look.stability_limit),
            layers,
            histograms,
            theory,
            step_line: look.map_or(StepLine::default(), |look| look.step_line.clone()),
            predictions: look.map_or(Predictions::default(), |look| look.predictions.clone()),
            weights: self
                .request
                .weights
                .map_or(WeightImages::default(), |layer| {
                    measure::weight_images(&self.network, layer)
                }),
            classes: self.data.names.clone(),
            log: std::mem::take(&mut self.log),
            first_nonfinite: self.first_nonfinite.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
