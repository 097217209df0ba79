//! The evaluation of a state: the test set, dead units, the last step's effect on its own loss, and what was requested.
//!
//! It costs more than a step and is therefore made only now and then. Snapshots repeat the latest evaluation and name
//! its step (`test_step`).

use crate::network::Mode;
use crate::numeric::matmul::Gemm;
use crate::numeric::scalar::Scalar;
use crate::observe::measure;
use crate::observe::predictions::{outputs, predictions};
use crate::observe::snapshot::{Predictions, SnapshotRequest, StepLine};
use crate::observe::step_line::{Line, measure_step_line};
use crate::training::Trainer;
use ndarray::{Array2, s};

/// Floating-point operations that the search for dead units may take.
const DEAD_UNIT_FLOPS: f64 = 4e9;
/// Smallest and largest number of samples over which dead units are searched.
const DEAD_UNIT_SAMPLES: (usize, usize) = (128, 1024);

/// The evaluation of one state. The fields are those of [`Snapshot`](crate::Snapshot).
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// The step of the state.
    pub step: u64,
    /// Mean data loss of the test set.
    pub test_loss: f64,
    /// Accuracy on the test set; NaN for regression.
    pub test_accuracy: f64,
    /// The share of dead units per layer; NaN after an overflow.
    pub dead: Vec<f64>,
    /// The number of samples over which dead units were searched.
    pub dead_samples: usize,
    /// By how much the last update changed the loss of its own minibatch; NaN at step 0.
    pub loss_change: f64,
    /// The loss along the last update, if it was requested.
    pub step_line: StepLine,
    /// Largest second derivative along `step_line`.
    pub curvature: f64,
    /// The learning rate above which the last step would have raised the loss.
    pub stability_limit: f64,
    /// What the network predicts for the data, if it was requested.
    pub predictions: Predictions,
    /// What was requested.
    pub request: SnapshotRequest,
}

/// The mean loss and the accuracy (NaN for regression) on the test set.
pub fn test_set<T: Scalar>(trainer: &Trainer<T>) -> (f64, f64) {
    let (data, mut gemm) = (trainer.data(), Gemm::new());
    let z = outputs(trainer.network(), data.test.x.view(), &mut gemm);
    let loss = data.loss.evaluate(&z, &data.test.targets, &mut z.clone());
    (loss, data.decision.accuracy(&z, &data.test.targets))
}

impl Evaluation {
    /// Evaluates the present state of a trainer.
    pub fn new<T: Scalar>(trainer: &Trainer<T>, request: SnapshotRequest) -> Self {
        let (network, data) = (trainer.network(), trainer.data());
        let mut gemm = Gemm::new();
        let test = &data.test;
        let z = outputs(network, test.x.view(), &mut gemm);
        let test_loss = data.loss.evaluate(&z, &test.targets, &mut z.clone());
        let overflowed = trainer.first_nonfinite().is_some();

        // Whether a unit is dead is judged by a large part of the training set, not by one minibatch.
        let affordable = (DEAD_UNIT_FLOPS / (2 * network.size()) as f64) as usize;
        let train = &data.train;
        let dead_samples = affordable
            .clamp(DEAD_UNIT_SAMPLES.0, DEAD_UNIT_SAMPLES.1)
            .min(train.len());
        let dead = if overflowed {
            vec![f64::NAN; network.layers.len()]
        } else {
            let samples = train.x.slice(s![..dead_samples, ..]);
            measure::dead_fractions(network, samples, &mut gemm)
        };

        let mut line = Line::NONE;
        let mut loss_change = f64::NAN;
        let last = trainer.last_step().zip(trainer.optimizer().last_settings());
        if let Some((last, settings)) = last.filter(|_| !overflowed) {
            let (mut x, mut targets) = (trainer.workspace().x.clone(), trainer.targets().clone());
            train.gather(&last.rows, &mut x, &mut targets);
            let no_hook = &mut |_: usize, _: &Array2<T>, _: &Array2<T>| ();
            let z = network.forward_with_hook(x.view(), Mode::Train, &mut gemm, no_hook);
            loss_change = data.loss.evaluate(&z, &targets, &mut z.clone()) - last.loss;
            if request.step_line {
                line = measure_step_line(network, &x, &targets, data.loss, settings.learning_rate);
            }
        }
        Evaluation {
            step: trainer.steps(),
            test_loss,
            test_accuracy: data.decision.accuracy(&z, &test.targets),
            dead,
            dead_samples,
            loss_change,
            step_line: line.step_line,
            curvature: line.curvature,
            stability_limit: line.stability_limit,
            predictions: if request.predictions {
                predictions(network, data, &z, &mut gemm)
            } else {
                Predictions::default()
            },
            request,
        }
    }
}
