//! One short run of a map, and what it reached.

use crate::config::Config;
use crate::data::DataError;
use crate::diagnosis::progress::way_from_guess;
use crate::diagnosis::{DiagnosisKind, Diagnostician, LEARNED};
use crate::numeric::scalar::Scalar;
use crate::observe::{Session, snapshot::Snapshot};

/// How often a run is looked at on its way: the verdict has a memory.
const LOOKS: u64 = 5;

/// The steps at which a run of so many is looked at, after step 0: every so many.
pub fn pace(steps: u64) -> u64 {
    steps.div_ceil(LOOKS).max(1)
}

/// What one run reached.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// The kind of its verdict.
    pub kind: DiagnosisKind,
    /// On the test set; NaN for regression.
    pub accuracy: f64,
    /// On the test set.
    pub loss: f64,
    /// What the best constant answer reaches; NaN for regression.
    pub guess_accuracy: f64,
    /// The loss of the best constant answer.
    pub guess_loss: f64,
    /// dW of the first hidden layer over that of the last one, at step 0.
    pub dw_start: f64,
    /// The same after the last step.
    pub dw_end: f64,
    /// The same of delta, at step 0: what theory speaks of.
    pub delta_start: f64,
    /// The step at which a value left the range of float32; NaN if none did.
    pub overflow: f64,
    /// The steps that were made.
    pub steps: u64,
}

impl Cell {
    /// The numbers in the order of `from_numbers`: the kind is its place in `DiagnosisKind::ALL`.
    pub fn numbers(&self) -> [f64; 10] {
        let kind = DiagnosisKind::ALL
            .iter()
            .position(|kind| *kind == self.kind);
        [
            kind.unwrap_or(0) as f64,
            self.accuracy,
            self.loss,
            self.guess_accuracy,
            self.guess_loss,
            self.dw_start,
            self.dw_end,
            self.delta_start,
            self.overflow,
            self.steps as f64,
        ]
    }

    /// The cell with these numbers; None if there is no such kind.
    pub fn from_numbers(numbers: &[f64]) -> Option<Self> {
        let numbers: [f64; 10] = numbers.try_into().ok()?;
        let [
            kind,
            accuracy,
            loss,
            guess_accuracy,
            guess_loss,
            dw_start,
            dw_end,
            delta_start,
            overflow,
            steps,
        ] = numbers;
        Some(Cell {
            kind: *DiagnosisKind::ALL.get(kind as usize)?,
            accuracy,
            loss,
            guess_accuracy,
            guess_loss,
            dw_start,
            dw_end,
            delta_start,
            overflow,
            steps: steps as u64,
        })
    }

    /// The part of the way from guessing (0) to no error (1).
    pub fn progress(&self) -> f64 {
        if !self.overflow.is_nan() || !self.loss.is_finite() {
            return 0.0;
        }
        let accuracy = (self.accuracy, self.guess_accuracy);
        way_from_guess(accuracy, (self.loss, self.guess_loss)).clamp(0.0, 1.0)
    }

    /// Whether the network has learned.
    pub fn learns(&self) -> bool {
        self.progress() >= LEARNED && self.loss < self.guess_loss
    }
}

/// A run of a map while it is made: whoever trains shows it the state at step 0, at every multiple of [`pace`], and at
/// the end.
#[derive(Debug, Default)]
pub struct Probe {
    diagnostician: Diagnostician,
    /// dW and delta of the first hidden layer over the last one, at step 0.
    start: (f64, f64),
}

impl Probe {
    /// Takes in a state, and says what was reached by then. At step 0 a run begins anew.
    pub fn observe(&mut self, config: &Config, snapshot: &Snapshot) -> Cell {
        let layers = &snapshot.layers;
        let ratio = |values: &[f32]| {
            let hidden = &values[..snapshot.layer_count().saturating_sub(1)];
            match (hidden.first(), hidden.last()) {
                (Some(first), Some(last)) => f64::from(*first) / f64::from(*last),
                _ => f64::NAN,
            }
        };
        if snapshot.step == 0 {
            *self = Probe::default();
            self.start = (ratio(&layers.dw_rms), ratio(&layers.delta_rms));
        }
        let overflow = snapshot.first_nonfinite.as_ref();
        Cell {
            kind: self.diagnostician.diagnose(config, snapshot).kind,
            accuracy: snapshot.test_accuracy,
            loss: snapshot.test_loss,
            guess_accuracy: snapshot.guess_accuracy,
            guess_loss: snapshot.guess_loss,
            dw_start: self.start.0,
            dw_end: ratio(&layers.dw_rms),
            delta_start: self.start.1,
            overflow: overflow.map_or(f64::NAN, |overflow| overflow.step as f64),
            steps: snapshot.step,
        }
    }
}

/// Makes one run from its start: what a session's config reaches within so many steps.
pub fn measure<T: Scalar>(session: &mut Session<T>, steps: u64) -> Cell {
    let mut probe = Probe::default();
    let config = session.trainer.config().clone();
    loop {
        let cell = probe.observe(&config, &session.snapshot(true));
        let left = steps.saturating_sub(cell.steps);
        if left == 0 || !cell.overflow.is_nan() {
            return cell;
        }
        session.advance(pace(steps).min(left) as usize);
    }
}

/// The session of the next run: on the data of the one before, if the config allows that.
///
/// # Errors
/// If the data are missing or the config does not fit them.
pub fn session<T: Scalar>(
    before: Option<Session<T>>,
    config: Config,
    table: Option<&str>,
) -> Result<Session<T>, DataError> {
    if let Some(mut session) = before
        && session
            .rebuild(config.clone(), u64::MAX)
            .map_err(DataError::Config)?
    {
        return Ok(session);
    }
    Session::new(config, table)
}
