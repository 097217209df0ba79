//! The training loop.
//!
//! The state of step s is the network after s updates. Its gradient, on the next minibatch, is computed once: a snapshot
//! shows it, and the next update uses it. Observing a run changes nothing in it.

use crate::config::Config;
use crate::data::{Batches, DataError, Dataset, Targets};
use crate::network::{Network, Overflow, Workspace};
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::to_f32;
use crate::training::{Optimizer, Settings, StepLog, clip_coefficient};
use ndarray::Array2;
use std::rc::Rc;

/// The first tensor of a run that was not finite, in the order of computation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NonFinite {
    /// The number of updates made before.
    pub step: u64,
    /// Its layer, from 1; the output layer is the last.
    pub layer: usize,
    /// The tensor's name: z, u, a, loss, delta, dW, db, W, b, v (an optimizer's mean of squares), ...
    pub tensor: String,
    /// The operation that computed it, for example `u W + b`.
    pub operation: String,
}

/// Loss and size of the present gradient. Its elements are in the parameters of the network.
#[derive(Debug, Clone, Copy)]
pub struct Gradient {
    /// Mean data loss of the minibatch.
    pub loss: f64,
    /// L2 norm over all parameters, before clipping.
    pub norm: f64,
}

/// The minibatch of the last update.
#[derive(Debug, Clone, Default)]
pub struct LastStep {
    /// Its samples: indices into the training set.
    pub rows: Vec<usize>,
    /// Its mean loss before the update.
    pub loss: f64,
}

/// A run: a network in training.
///
/// ```
/// use gradient_flow::{Config, Trainer};
///
/// let config = Config::from_query("data=circle&depth=2&width=8&activation=tanh&batch-size=full")?;
/// let mut trainer = Trainer::<f32>::new(config, None)?;
/// let before = trainer.gradient().loss;
/// assert_eq!(trainer.advance(20), 20);
/// assert!(trainer.gradient().loss < before);
///
/// // Another learning rate acts on the running network; another depth needs a new one.
/// let faster = trainer.config().with_query("learning-rate=0.5")?;
/// assert!(trainer.configure(&faster));
/// let deeper = faster.with_query("depth=3")?;
/// assert!(!trainer.configure(&deeper));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Trainer<T> {
    config: Config,
    /// The configs of the run, each with the step at which it took effect: the first one, then those of live changes.
    config_history: Vec<(u64, Config)>,
    data: Rc<Dataset<T>>,
    batches: Batches,
    targets: Targets<T>,
    network: Network<T>,
    workspace: Workspace<T>,
    optimizer: Optimizer<T>,
    step: u64,
    /// `None` until it is computed for the present state.
    gradient: Option<Gradient>,
    log: StepLog,
    last_step: Option<LastStep>,
    first_nonfinite: Option<NonFinite>,
}

impl<T: Scalar> Trainer<T> {
    /// Loads the data and builds the network. `table` is the text of the file that
    /// [`data_file`](crate::data::data_file) names.
    ///
    /// # Errors
    /// If the data are missing, invalid, or do not fit the loss.
    pub fn new(config: Config, table: Option<&str>) -> Result<Self, DataError> {
        config.check().map_err(DataError::Config)?;
        let data = Rc::new(Dataset::load(&config, table)?);
        Ok(Self::start(config, data))
    }

    /// A run, at step 0, of a config on data that were loaded for it.
    pub fn on(config: Config, data: Dataset<T>) -> Self {
        Self::start(config, Rc::new(data))
    }

    /// Begins anew with another config, on other data that were loaded for it or on the same: loading a table takes longer
    /// than building a small network. The old network is given up before the new one is made, so that there is never
    /// memory for two.
    pub fn begin(&mut self, config: Config, data: Option<Dataset<T>>) {
        let data = data.map_or_else(|| self.data.clone(), Rc::new);
        self.network = Network::new(&[]);
        self.workspace.release();
        self.optimizer = Optimizer::default();
        *self = Self::start(config, data);
    }

    fn start(config: Config, data: Rc<Dataset<T>>) -> Self {
        let network = Network::initial(&config, data.train.x.ncols(), data.outputs);
        let batches = Batches::of(&config, data.train.len());
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

    /// The present config.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The configs of the run, each with the step at which it took effect: the first one at step 0, then those of live
    /// changes.
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

    /// The network, for tests that change it. Its gradient is then computed again.
    #[cfg(test)]
    pub(crate) fn network_mut(&mut self) -> &mut Network<T> {
        self.gradient = None;
        &mut self.network
    }

    /// The next minibatch: features as the network gets them, (batch, features), and targets.
    pub fn batch(&self) -> (Array2<T>, Targets<T>) {
        let (mut x, mut targets) = (self.workspace.x.clone(), self.targets.clone());
        self.data
            .train
            .gather(self.batches.current(), &mut x, &mut targets);
        (x, targets)
    }

    /// The number of updates so far.
    pub fn steps(&self) -> u64 {
        self.step
    }

    /// The number of passes over the training set so far; a fraction within a pass.
    pub fn epochs(&self) -> f64 {
        self.batches.epochs()
    }

    /// The signals of the next minibatch. Call [`gradient`](Self::gradient) first, which computes them.
    pub fn workspace(&self) -> &Workspace<T> {
        &self.workspace
    }

    /// The targets of the next minibatch. Call [`gradient`](Self::gradient) first, which gathers them.
    pub fn targets(&self) -> &Targets<T> {
        &self.targets
    }

    /// The optimizer with its state.
    pub fn optimizer(&self) -> &Optimizer<T> {
        &self.optimizer
    }

    /// The minibatch of the last update; `None` at step 0.
    pub fn last_step(&self) -> Option<&LastStep> {
        self.last_step.as_ref()
    }

    /// The settings of the next update.
    pub fn settings(&self) -> Settings {
        Settings::at(&self.config, self.step)
    }

    /// The first tensor that was not finite, if the run has overflowed.
    pub fn first_nonfinite(&self) -> Option<&NonFinite> {
        self.first_nonfinite.as_ref()
    }

    /// The log of the steps since it was last taken.
    pub fn take_log(&mut self) -> StepLog {
        std::mem::take(&mut self.log)
    }

    /// Goes on with another config if only live fields differ and the run has not overflowed. Otherwise returns false
    /// and changes nothing: the config needs a new run.
    pub fn configure(&mut self, config: &Config) -> bool {
        let live = self.config.is_live_change(config) && self.first_nonfinite.is_none();
        if live {
            self.config = config.clone();
            // Of several changes at the same step, only the last one has an effect.
            self.config_history.retain(|(step, _)| *step < self.step);
            self.config_history.push((self.step, config.clone()));
        }
        live
    }

    /// Makes `steps` updates, or fewer if the run overflows, and returns their number. It also computes the gradient of
    /// the state at the end, so that a snapshot that follows takes only the time of its statistics.
    pub fn advance(&mut self, steps: usize) -> usize {
        let updates = (0..steps).take_while(|_| self.update()).count();
        if updates > 0 {
            self.gradient();
        }
        updates
    }

    /// Makes one update by the present gradient. Returns false, and makes none, if the run has overflowed.
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
        self.step = self.step.saturating_add(1);
        self.gradient = None;
        if !finite && let Some(overflow) = self.optimizer.overflow(&self.network) {
            self.record_overflow(overflow);
        }
        true
    }

    /// Keeps the first overflow of the run.
    fn record_overflow(&mut self, overflow: Overflow) {
        let step = self.step;
        let nonfinite = NonFinite {
            step,
            layer: overflow.layer,
            tensor: overflow.tensor.into(),
            operation: overflow.operation.into(),
        };
        self.first_nonfinite.get_or_insert(nonfinite);
    }

    /// The gradient of the present state on the next minibatch. It is computed only once.
    pub fn gradient(&mut self) -> Gradient {
        if let Some(gradient) = self.gradient {
            return gradient;
        }
        let rows = self.batches.current();
        self.data
            .train
            .gather(rows, &mut self.workspace.x, &mut self.targets);
        let forward = self.network.forward(&mut self.workspace);
        let (loss, in_loss) = self
            .network
            .loss(self.data.loss, &self.targets, &mut self.workspace);
        let backward = self.network.backward(&mut self.workspace);
        if let Some(overflow) = forward.or(in_loss).or(backward) {
            self.record_overflow(overflow);
        }
        let norm = self.log_step(loss);
        *self.gradient.insert(Gradient { loss, norm })
    }

    /// Logs the present state and returns the L2 norm of its gradient.
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
