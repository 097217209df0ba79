//! A run together with what observing it needs: what a page, a test or an example works with.

use crate::config::{Config, ConfigError};
use crate::data::{Cells, DataError, Dataset, Samples};
use crate::numeric::array::flat;
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::{rms, to_f32};
use crate::observe::evaluation::Evaluation;
use crate::observe::measure::{self, Measured};
use crate::observe::memory::{DataSize, check_memory};
use crate::observe::passage::Passage;
use crate::observe::snapshot::{
    Predictions, Snapshot, SnapshotRequest, StepLine, TheorySignals, WeightImages,
};
use crate::theory::{Inputs, Prediction, predict};
use crate::training::{Gradient, Trainer, clip_coefficient};
use ndarray::Array2;

/// A run with snapshots of it. Taking a snapshot changes nothing in the run.
///
/// ```
/// use gradient_flow::{Config, Session};
///
/// // Twenty sigmoid layers: the gradient of the first layer vanishes.
/// let config = Config::from_query("data=circle&depth=20&width=8&activation=sigmoid")?;
/// let mut session = Session::<f32>::new(config, None)?;
/// session.advance(3);
/// let snapshot = session.snapshot(true);
/// assert_eq!((snapshot.step, snapshot.layer_count()), (3, 21));
/// let dw = &snapshot.layers.dw_rms;
/// assert!(dw[0] < 1e-6 * dw[20]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Session<T> {
    /// The run.
    pub trainer: Trainer<T>,
    request: SnapshotRequest,
    /// The weights at step 0, layer by layer.
    initial_weights: Vec<Array2<T>>,
    /// The latest evaluation.
    evaluation: Option<Evaluation>,
    /// What theory predicts for the config, once it was computed; `Some(None)` if it does not apply.
    prediction: Option<Option<Prediction>>,
}

impl<T: Scalar> Session<T> {
    /// Loads the data and builds the network. `table` is the text of the file that
    /// [`data_file`](crate::data::data_file) names.
    ///
    /// # Errors
    /// If the data are missing, invalid, or do not fit the loss.
    pub fn new(config: Config, table: Option<&str>) -> Result<Self, DataError> {
        Ok(Self::from(Trainer::new(config, table)?))
    }

    /// Like [`new`](Self::new), but refuses a network that would take more than `budget` bytes of memory, before it is
    /// built.
    ///
    /// # Errors
    /// Like `new`, and if the run would not fit: see [`check_memory`].
    pub fn within(config: Config, table: Option<&str>, budget: u64) -> Result<Self, DataError> {
        config.check().map_err(DataError::Config)?;
        let samples = Samples::load(&config, table)?;
        let data = Self::fitting(&config, samples, budget)?;
        Ok(Self::from(Trainer::on(config, data)))
    }

    /// Like [`within`](Self::within), from the cells of the table: see [`Samples::of_cells`].
    ///
    /// # Errors
    /// Like `within`.
    pub fn of_cells(config: Config, cells: Option<Cells>, budget: u64) -> Result<Self, DataError> {
        let data = Self::read(&config, cells, budget)?;
        Ok(Self::from(Trainer::on(config, data)))
    }

    fn read(config: &Config, cells: Option<Cells>, budget: u64) -> Result<Dataset<T>, DataError> {
        config.check().map_err(DataError::Config)?;
        Self::fitting(config, Samples::of_cells(config, cells)?, budget)
    }

    /// The data of a config whose network fits.
    fn fitting(config: &Config, samples: Samples, budget: u64) -> Result<Dataset<T>, DataError> {
        let data = Dataset::of_samples(config, samples)?;
        check_memory::<T>(config, &DataSize::of(&data), budget).map_err(DataError::Config)?;
        Ok(data)
    }

    /// Begins a run of another config in place of this one, on the same data. Returns false, and changes nothing, if the
    /// config needs other data: see [`reload`](Self::reload). The old network is given up before the new one is built.
    ///
    /// # Errors
    /// If the config contradicts itself, or would take more than `budget` bytes of memory. This run then goes on.
    pub fn rebuild(&mut self, config: Config, budget: u64) -> Result<bool, ConfigError> {
        config.check()?;
        if !config.has_same_data(self.trainer.config()) {
            return Ok(false);
        }
        check_memory::<T>(&config, &DataSize::of(self.trainer.data()), budget)?;
        self.begin(config, None);
        Ok(true)
    }

    /// Begins a run of another config in place of this one, on other data. The old network is given up before the new one
    /// is built.
    ///
    /// # Errors
    /// Like [`of_cells`](Self::of_cells). This run then goes on.
    pub fn reload(
        &mut self,
        config: Config,
        cells: Option<Cells>,
        budget: u64,
    ) -> Result<(), DataError> {
        let data = Self::read(&config, cells, budget)?;
        self.begin(config, Some(data));
        Ok(())
    }

    fn begin(&mut self, config: Config, data: Option<Dataset<T>>) {
        (self.initial_weights, self.evaluation) = (Vec::new(), None);
        self.trainer.begin(config, data);
        self.initial_weights = initial_weights(&self.trainer);
        self.prediction = None;
    }

    /// Sets what the snapshots from now on contain beyond the rest.
    pub fn request(&mut self, request: SnapshotRequest) {
        self.request = request;
    }

    /// Makes up to `steps` updates: see [`Trainer::advance`].
    pub fn advance(&mut self, steps: usize) -> usize {
        self.trainer.advance(steps)
    }

    /// Makes a live change: see [`Trainer::configure`].
    pub fn configure(&mut self, config: &Config) -> bool {
        self.trainer.configure(config)
    }

    /// What theory predicts for step 0, with delta scaled to the measured delta of the output layer.
    fn theory(&mut self) -> TheorySignals {
        let data = self.trainer.data();
        let config = self.trainer.config();
        let prediction = self.prediction.get_or_insert_with(|| {
            predict(config, Inputs::of(config, &data.train.x), data.outputs)
        });
        let Some(prediction) = prediction.clone() else {
            return TheorySignals::default();
        };
        let layers = &self.trainer.workspace().layers;
        let output_delta = rms(flat(&layers.last().expect("an output layer").delta));
        let scaled = |delta: f64| to_f32(output_delta * delta);
        TheorySignals {
            a_rms: prediction.a_rms.into_iter().map(to_f32).collect(),
            delta_rms: prediction.delta.into_iter().map(scaled).collect(),
        }
    }

    /// A snapshot of the present state, with the log of the steps since the last snapshot.
    ///
    /// With `evaluate` the state is evaluated: test set, dead units, the last step, and what was requested. Otherwise the
    /// snapshot repeats the latest evaluation.
    pub fn snapshot(&mut self, evaluate: bool) -> Snapshot {
        let Gradient { loss, norm } = self.trainer.gradient();
        let stale = |evaluation: &Evaluation| {
            (evaluation.step, evaluation.request) != (self.trainer.steps(), self.request)
        };
        if evaluate && self.evaluation.as_ref().is_none_or(stale) {
            self.evaluation = Some(Evaluation::new(&self.trainer, self.request));
        }
        let theory = if self.trainer.steps() == 0 {
            self.theory()
        } else {
            TheorySignals::default()
        };
        let log = self.trainer.take_log();
        let trainer = &self.trainer;
        let (network, data) = (trainer.network(), trainer.data());
        let evaluation = self.evaluation.as_ref();
        let number = |value: fn(&Evaluation) -> f64| evaluation.map_or(f64::NAN, value);
        let unknown = vec![f64::NAN; network.layers.len()];
        let Measured {
            layers,
            histograms,
            step_cosine,
        } = measure::measure(
            network,
            trainer.workspace(),
            trainer.optimizer(),
            &self.initial_weights,
            evaluation.map_or(&unknown, |evaluation| &evaluation.dead),
            evaluate || self.request.values,
        );
        let last = trainer.optimizer().last_settings();
        Snapshot {
            step: trainer.steps(),
            epoch: trainer.epochs(),
            train_loss: loss,
            train_accuracy: data
                .decision
                .accuracy(trainer.workspace().output(), trainer.targets()),
            test_step: evaluation.map_or(0, |evaluation| evaluation.step),
            guess_loss: data.guess.loss,
            guess_accuracy: data.guess.accuracy,
            test_loss: number(|evaluation| evaluation.test_loss),
            test_accuracy: number(|evaluation| evaluation.test_accuracy),
            grad_norm: norm,
            clip_coefficient: clip_coefficient(network, &trainer.settings(), norm),
            learning_rate: last.map_or(f64::NAN, |settings| settings.learning_rate),
            step_cosine,
            loss_change: number(|evaluation| evaluation.loss_change),
            dead_samples: number(|evaluation| evaluation.dead_samples as f64),
            curvature: number(|evaluation| evaluation.curvature),
            stability_limit: number(|evaluation| evaluation.stability_limit),
            layers,
            histograms,
            theory,
            step_line: evaluation.map_or(StepLine::default(), |e| e.step_line.clone()),
            predictions: evaluation.map_or(Predictions::default(), |e| e.predictions.clone()),
            weights: self
                .request
                .weights
                .map_or(WeightImages::default(), |layer| {
                    measure::weight_images(network, layer)
                }),
            classes: data.names.clone(),
            log,
            first_nonfinite: trainer.first_nonfinite().cloned(),
        }
    }
}

impl<T: Scalar> Session<T> {
    /// One sample of the training set on its way through the present network and back: see [`Passage`].
    pub fn passage(&mut self, sample: usize) -> Passage {
        self.trainer.gradient();
        Passage::of(&self.trainer, sample)
    }
}

impl<T: Scalar> From<Trainer<T>> for Session<T> {
    /// Observes a trainer that has made no update yet.
    fn from(trainer: Trainer<T>) -> Self {
        Session {
            initial_weights: initial_weights(&trainer),
            trainer,
            request: SnapshotRequest::default(),
            evaluation: None,
            prediction: None,
        }
    }
}

/// The weights of a trainer, layer by layer.
fn initial_weights<T: Scalar>(trainer: &Trainer<T>) -> Vec<Array2<T>> {
    let layers = trainer.network().layers.iter();
    layers.map(|layer| layer.w.value.clone()).collect()
}

#[cfg(test)]
mod tests;
