//! What costs more than a step, and is therefore measured only now and then: the test part, dead units, the
//! last step's own loss, and what was asked for.

use crate::network::Mode;
use crate::numeric::matmul::Gemm;
use crate::numeric::scalar::Scalar;
use crate::observe::measure;
use crate::observe::predictions::{outputs, predictions};
use crate::observe::snapshot::{Predictions, SnapshotRequest, StepLine};
use crate::observe::step_line::follow;
use crate::training::Trainer;
use ndarray::{Array2, s};

/// Floating-point operations that the search for dead units may cost.
const DEAD_WORK: f64 = 4e9;
/// Samples over which dead units are searched: at least, at most.
const DEAD_SAMPLES: (usize, usize) = (128, 1024);

/// An evaluation of one state; later snapshots repeat it until the next one.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// The step of the state.
    pub step: u64,
    /// Mean data loss of the test part.
    pub test_loss: f64,
    /// Share of the test part classified rightly; NaN for regression.
    pub test_accuracy: f64,
    /// The share of dead units per layer.
    pub dead: Vec<f64>,
    /// The samples over which dead units were searched.
    pub dead_samples: usize,
    /// By how much the last update changed the loss of its own minibatch; NaN at step 0.
    pub loss_change: f64,
    /// The loss along the last update, if it was asked for.
    pub step_line: StepLine,
    /// Largest second derivative along `step_line`.
    pub curvature: f64,
    /// The learning rate beyond which the last step would have raised the loss.
    pub stability_limit: f64,
    /// What the network makes of the data, if it was asked for.
    pub predictions: Predictions,
    /// What was asked for.
    pub request: SnapshotRequest,
}

impl Evaluation {
    /// Evaluates the present state of a trainer.
    pub fn new<T: Scalar>(trainer: &Trainer<T>, request: SnapshotRequest) -> Self {
        let (network, data) = (trainer.network(), trainer.data());
        let mut gemm = Gemm::new();
        let test = &data.test;
        let z = outputs(network, test.x.view(), &mut gemm);
        let test_loss = data.loss.evaluate(&z, &test.targets, &mut z.clone());
        let overflown = trainer.first_nonfinite().is_some();

        // A unit counts as dead by a large part of the data, not by one minibatch.
        let parameters: usize = network.parameters().map(|p| p.value.len()).sum();
        let affordable = (DEAD_WORK / (2 * parameters) as f64) as usize;
        let train = &data.train;
        let dead_samples = affordable
            .clamp(DEAD_SAMPLES.0, DEAD_SAMPLES.1)
            .min(train.len());
        let dead = if overflown {
            vec![f64::NAN; network.layers.len()]
        } else {
            let samples = train.x.slice(s![..dead_samples, ..]);
            measure::dead(network, samples, &mut gemm)
        };

        let (mut step_line, mut curvature, mut stability_limit) =
            (StepLine::default(), f64::NAN, f64::NAN);
        let mut loss_change = f64::NAN;
        let last = trainer.last_step().zip(trainer.optimizer().last_settings());
        if let Some((last, settings)) = last.filter(|_| !overflown) {
            let (mut x, mut targets) = (trainer.workspace().x.clone(), trainer.targets().clone());
            train.gather(&last.rows, &mut x, &mut targets);
            let ignore = &mut |_: usize, _: &Array2<T>, _: &Array2<T>| ();
            let z = network.forward_with_hook(x.view(), Mode::Train, &mut gemm, ignore);
            loss_change = data.loss.evaluate(&z, &targets, &mut z.clone()) - last.loss;
            if request.step_line {
                let line = follow(network, &x, &targets, data.loss, settings.learning_rate);
                (step_line, curvature, stability_limit) =
                    (line.line, line.curvature, line.stability_limit);
            }
        }
        Evaluation {
            step: trainer.steps(),
            test_loss,
            test_accuracy: data.decision.accuracy(&z, &test.targets),
            dead,
            dead_samples,
            loss_change,
            step_line,
            curvature,
            stability_limit,
            predictions: if request.predictions {
                predictions(network, data, &z, &mut gemm)
            } else {
                Predictions::default()
            },
            request,
        }
    }
}
