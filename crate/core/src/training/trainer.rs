//! The training loop: one config, one network, its data; step by step.
//!
//! The state of step s is the network after s updates. Its gradient, on the coming minibatch, is
//! computed once: a snapshot shows it, and the next step uses it.

use crate::config::{BatchSize, Config};
use crate::data::{Batches, DataError, Dataset, Targets};
use crate::network::init::initialise;
use crate::network::{Network, Overflow, Workspace, layer_specs};
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::to_f32;
use crate::training::{Optimizer, Settings, StepLog, clip_coefficient};
use ndarray::Array2;
use std::rc::Rc;

/// The first value that was not finite, in the order of computation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NonFinite {
    /// The step at whose computation it appeared (the number of updates made before it).
    pub step: u64,
    /// The layer, 1..L (L is the output layer).
    pub layer: usize,
    /// The tensor in the project's words: z, u, a, loss, delta, dW, db, W, b, ...
    pub tensor: String,
    /// The operation that made it, e.g. `u W + b`.
    pub operation: String,
}

/// The gradient of the present state, whose elements stand in the network's parameters.
#[derive(Debug, Clone, Copy)]
pub struct Gradient {
    /// Mean data loss of the minibatch.
    pub loss: f64,
    /// L2 norm over all parameters.
    pub norm: f64,
}

/// What the last update was made from.
#[derive(Debug, Clone, Default)]
pub struct LastStep {
    /// Its minibatch: indices into the training part.
    pub rows: Vec<usize>,
    /// The loss of that minibatch before the update.
    pub loss: f64,
}

/// A network in training.
pub struct Trainer<T> {
    config: Config,
    /// The config from each of these steps on: the first one, then with live changes.
    config_history: Vec<(u64, Config)>,
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
    last_step: Option<LastStep>,
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
            config_history: vec![(0, config.clone())],
            config,
            data,
            batches,
            network,
            workspace,
            optimizer: Optimizer::default(),
            step: 0,
            gradient: None,
            log: StepLog::default(),
            last_step: None,
            first_nonfinite: None,
        }
    }

    /// The config of this run.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The config from each of these steps on: from step 0, then from where live fields changed.
    pub fn config_history(&self) -> &[(u64, Config)] {
        &self.config_history
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

    /// Passes over the training part made so far.
    pub fn epochs(&self) -> f64 {
        self.batches.epochs()
    }

    /// What the passes on the present minibatch computed; up to date after `gradient`.
    pub fn workspace(&self) -> &Workspace<T> {
        &self.workspace
    }

    /// The targets of the present minibatch; up to date after `gradient`.
    pub fn targets(&self) -> &Targets<T> {
        &self.targets
    }

    /// The optimizer with its memory.
    pub fn optimizer(&self) -> &Optimizer<T> {
        &self.optimizer
    }

    /// What the last update was made from; None at step 0.
    pub fn last_step(&self) -> Option<&LastStep> {
        self.last_step.as_ref()
    }

    /// The settings of the coming update.
    pub fn settings(&self) -> Settings {
        Settings::at(&self.config, self.step)
    }

    /// Where the run overflowed, if it did.
    pub fn first_nonfinite(&self) -> Option<&NonFinite> {
        self.first_nonfinite.as_ref()
    }

    /// The log of the steps since it was last taken.
    pub fn take_log(&mut self) -> StepLog {
        std::mem::take(&mut self.log)
    }

    /// Takes on a config that differs in live fields alone. Returns false, and changes nothing,
    /// where the network must be built anew: for any other field, and after an overflow.
    pub fn configure(&mut self, config: &Config) -> bool {
        let live = self.config.is_live_change(config) && self.first_nonfinite.is_none();
        if live {
            self.config = config.clone();
            // Of several changes between two steps only the last one acts.
            self.config_history.retain(|(step, _)| *step < self.step);
            self.config_history.push((self.step, config.clone()));
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
        self.network.update_running_stats(&self.workspace);
        let settings = self.settings();
        let finite = self
            .optimizer
            .step(&mut self.network, &settings, gradient.norm);
        let last = self.last_step.get_or_insert_default();
        last.rows.clear();
        last.rows.extend_from_slice(self.batches.current());
        last.loss = gradient.loss;
        self.batches.advance();
        self.step += 1;
        self.gradient = None;
        if !finite && let Some(overflow) = self.network.first_nonfinite_parameter() {
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
    pub fn gradient(&mut self) -> Gradient {
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
        for layer in &self.network.layers {
            self.log.dw_rms.push(to_f32(layer.w.gradient_rms()));
        }
        let norm = self.network.gradient_norm();
        let coefficient = clip_coefficient(&self.network, &self.settings(), norm);
        let last = self.optimizer.last_settings();
        let rate = last.map_or(f64::NAN, |settings| settings.learning_rate);
        self.log.train_loss.push(to_f32(loss));
        self.log.grad_norm.push(to_f32(norm));
        self.log.clip_coefficient.push(to_f32(coefficient));
        self.log.learning_rate.push(to_f32(rate));
        norm
    }
}

#[cfg(test)]
mod tests;
