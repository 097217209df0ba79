//! The run so far, in bounded memory.
//!
//! Steps fill columns of equal width. When all columns are full, neighbours merge in pairs and the
//! width doubles: a run of any length fits, and every column still shows true values of its first step.

use gradient_flow::Snapshot;

/// Columns at most.
pub const COLUMNS: usize = 512;

/// Evaluations of the test part kept at most.
const EVALUATIONS: usize = 1024;

/// Some steps in a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// RMS of dW per layer at the column's first step.
    pub dw_rms: Vec<f32>,
    /// Norm of the raw gradient at the column's first step.
    pub grad_norm: f32,
    /// The factor of clipping at the column's first step.
    pub clip_coefficient: f32,
    /// Steps in which clipping made the gradient smaller.
    pub clipped: u32,
    /// Least finite training loss.
    pub least: f32,
    /// Greatest finite training loss.
    pub greatest: f32,
    /// Sum of the finite training losses.
    sum: f64,
    /// How many are finite.
    finite: u32,
    /// How many are not.
    pub nonfinite: u32,
}

impl Column {
    fn new(step: &Step) -> Self {
        let (least, greatest) = (f32::INFINITY, f32::NEG_INFINITY);
        Column {
            dw_rms: step.dw_rms.to_vec(),
            grad_norm: step.grad_norm,
            clip_coefficient: step.clip_coefficient,
            clipped: 0,
            least,
            greatest,
            sum: 0.0,
            finite: 0,
            nonfinite: 0,
        }
    }

    fn add(&mut self, step: &Step) {
        let loss = step.loss;
        self.clipped += u32::from(step.clip_coefficient < 1.0);
        if loss.is_finite() {
            self.least = self.least.min(loss);
            self.greatest = self.greatest.max(loss);
            self.sum += f64::from(loss);
            self.finite += 1;
        } else {
            self.nonfinite += 1;
        }
    }

    /// Takes in the losses of the column that follows.
    pub fn merge(&mut self, next: &Column) {
        self.least = self.least.min(next.least);
        self.greatest = self.greatest.max(next.greatest);
        self.sum += next.sum;
        self.finite += next.finite;
        self.nonfinite += next.nonfinite;
        self.clipped += next.clipped;
    }

    /// The mean of the finite training losses; None where there is none.
    pub fn mean_loss(&self) -> Option<f64> {
        (self.finite > 0).then(|| self.sum / f64::from(self.finite))
    }
}

/// What the log holds of one step.
struct Step<'a> {
    dw_rms: &'a [f32],
    loss: f32,
    grad_norm: f32,
    clip_coefficient: f32,
}

/// One look at the test part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evaluation {
    /// The step.
    pub step: u64,
    /// Loss of the test part.
    pub loss: f64,
    /// Accuracy on the test part; NaN for regression.
    pub accuracy: f64,
    /// Accuracy on the minibatch; NaN for regression.
    pub train_accuracy: f64,
    /// The step that led here raised the loss of its own minibatch.
    pub climbed: bool,
}

/// The run so far.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// Columns from step 0 on, each `width` steps wide.
    pub columns: Vec<Column>,
    /// Steps per column: a power of two.
    pub width: u64,
    /// Steps recorded; the next to come.
    pub steps: u64,
    /// Looks at the test part, in the order of steps.
    pub evaluations: Vec<Evaluation>,
}

impl Default for History {
    fn default() -> Self {
        History {
            columns: Vec::new(),
            width: 1,
            steps: 0,
            evaluations: Vec::new(),
        }
    }
}

impl History {
    /// Takes in the steps of a snapshot's log and its look at the test part.
    pub fn push(&mut self, snapshot: &Snapshot) {
        let layers = snapshot.layer_count().max(1);
        let rows = snapshot.log.dw_rms.chunks_exact(layers);
        let log = &snapshot.log;
        let of = |array: &[f32], i: usize, missing| array.get(i).copied().unwrap_or(missing);
        for (i, (dw_rms, loss)) in rows.zip(&log.train_loss).enumerate() {
            self.push_step(&Step {
                dw_rms,
                loss: *loss,
                grad_norm: of(&log.grad_norm, i, f32::NAN),
                clip_coefficient: of(&log.clip_coefficient, i, 1.0),
            });
        }
        let new = self
            .evaluations
            .last()
            .is_none_or(|last| last.step < snapshot.test_step);
        if new && !snapshot.test_loss.is_nan() && snapshot.test_step == snapshot.step {
            self.evaluations.push(Evaluation {
                step: snapshot.test_step,
                loss: snapshot.test_loss,
                accuracy: snapshot.test_accuracy,
                train_accuracy: snapshot.train_accuracy,
                // Less than float32 can tell is no climb.
                climbed: snapshot.loss_change > 1e-6 * snapshot.train_loss.abs(),
            });
            if self.evaluations.len() > EVALUATIONS {
                // The first and every second one stay.
                let mut index = 0;
                self.evaluations.retain(|_| {
                    index += 1;
                    index % 2 == 1
                });
            }
        }
    }

    fn push_step(&mut self, step: &Step) {
        if self.steps.is_multiple_of(self.width) {
            if self.columns.len() == COLUMNS {
                self.halve();
            }
            if self.steps.is_multiple_of(self.width) {
                self.columns.push(Column::new(step));
            }
        }
        self.columns
            .last_mut()
            .expect("a column was begun")
            .add(step);
        self.steps += 1;
    }

    fn halve(&mut self) {
        let merged = self.columns.chunks(2).map(|pair| {
            let mut first = pair[0].clone();
            if let Some(second) = pair.get(1) {
                first.merge(second);
            }
            first
        });
        self.columns = merged.collect();
        self.width *= 2;
    }

    /// The last step recorded.
    pub fn last_step(&self) -> u64 {
        self.steps.saturating_sub(1)
    }

    /// Steps in which clipping made the gradient smaller.
    pub fn clipped(&self) -> u64 {
        self.columns.iter().map(|c| u64::from(c.clipped)).sum()
    }

    /// The column of a step.
    pub fn column(&self, step: u64) -> Option<&Column> {
        self.columns.get((step / self.width) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(step: u64) -> Snapshot {
        let mut snapshot = Snapshot {
            step,
            test_step: step,
            test_loss: 1.0,
            ..Snapshot::default()
        };
        snapshot.layers.dw_rms = vec![step as f32, 2.0];
        snapshot.log.dw_rms = vec![step as f32, 2.0];
        snapshot.log.train_loss = vec![step as f32];
        snapshot
    }

    #[test]
    fn any_number_of_steps_fits_and_columns_keep_true_values() {
        let mut history = History::default();
        for step in 0..5000 {
            history.push(&snapshot(step));
        }
        assert!(history.columns.len() <= COLUMNS && history.columns.len() > COLUMNS / 2);
        assert!(history.evaluations.len() <= EVALUATIONS);
        assert_eq!((history.steps, history.width), (5000, 16));
        for (i, column) in history.columns.iter().enumerate() {
            let first = i as f32 * 16.0;
            assert_eq!((column.dw_rms[0], column.least), (first, first));
            assert_eq!(column.greatest, (first + 15.0).min(4999.0));
        }
        assert_eq!(history.evaluations[0].step, 0);
        assert_eq!(history.column(4999).unwrap().mean_loss(), Some(4995.5));
    }

    #[test]
    fn clipped_steps_are_counted_through_every_merge() {
        let mut history = History::default();
        for step in 0..3000 {
            let mut snapshot = snapshot(step);
            snapshot.log.grad_norm = vec![4.0];
            snapshot.log.clip_coefficient = vec![if step % 3 == 0 { 0.25 } else { 1.0 }];
            history.push(&snapshot);
        }
        assert_eq!(history.clipped(), 1000);
        let first = &history.columns[0];
        assert_eq!((first.grad_norm, first.clip_coefficient), (4.0, 0.25));
    }

    #[test]
    fn losses_that_are_not_finite_are_counted_apart() {
        let mut history = History::default();
        history.push(&snapshot(0));
        let mut bad = snapshot(1);
        bad.log.train_loss = vec![f32::NAN];
        history.push(&bad);
        assert_eq!(history.columns[1].nonfinite, 1);
        assert_eq!(history.columns[1].mean_loss(), None);
    }
}
