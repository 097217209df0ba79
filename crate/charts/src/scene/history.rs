//! Every step of the run so far, in bounded memory.
//!
//! Steps fill columns of equal width. When all columns are full, neighbours merge in pairs and the
//! width doubles. So a run of any length fits, and every column still holds exact values of its first
//! step rather than averages.

use gradient_flow::Snapshot;

/// The largest number of columns.
const MAX_COLUMNS: usize = 512;

/// The largest number of evaluations that are kept.
const MAX_EVALUATIONS: usize = 1024;

/// A change of the loss below this share of it is rounding in float32, not a step that climbed.
const SMALLEST_CLIMB: f64 = 1e-6;

/// Consecutive steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// RMS of dW per layer at the column's first step.
    pub dw_rms: Vec<f32>,
    /// Norm of the raw gradient at the column's first step.
    pub grad_norm: f32,
    /// The factor by which clipping scaled the gradient at the column's first step.
    pub clip_coefficient: f32,
    /// Number of steps in which clipping made the gradient smaller.
    pub clipped: u32,
    /// Smallest finite training loss.
    pub min_loss: f32,
    /// Largest finite training loss.
    pub max_loss: f32,
    /// Sum of the finite training losses.
    loss_sum: f64,
    /// Number of steps with a finite training loss.
    finite: u32,
    /// Number of steps with a non-finite training loss.
    pub nonfinite: u32,
}

impl Column {
    fn new(step: &LoggedStep) -> Self {
        Column {
            dw_rms: step.dw_rms.to_vec(),
            grad_norm: step.grad_norm,
            clip_coefficient: step.clip_coefficient,
            clipped: 0,
            min_loss: f32::INFINITY,
            max_loss: f32::NEG_INFINITY,
            loss_sum: 0.0,
            finite: 0,
            nonfinite: 0,
        }
    }

    fn add(&mut self, step: &LoggedStep) {
        let loss = step.loss;
        self.clipped += u32::from(step.clip_coefficient < 1.0);
        if loss.is_finite() {
            self.min_loss = self.min_loss.min(loss);
            self.max_loss = self.max_loss.max(loss);
            self.loss_sum += f64::from(loss);
            self.finite += 1;
        } else {
            self.nonfinite += 1;
        }
    }

    /// Adds the losses of the next column to this one.
    pub fn merge(&mut self, next: &Column) {
        self.min_loss = self.min_loss.min(next.min_loss);
        self.max_loss = self.max_loss.max(next.max_loss);
        self.loss_sum += next.loss_sum;
        self.finite += next.finite;
        self.nonfinite += next.nonfinite;
        self.clipped += next.clipped;
    }

    /// The mean of the finite training losses; None if there is none.
    pub fn mean_loss(&self) -> Option<f64> {
        (self.finite > 0).then(|| self.loss_sum / f64::from(self.finite))
    }
}

/// One step of a snapshot's log.
struct LoggedStep<'a> {
    dw_rms: &'a [f32],
    loss: f32,
    grad_norm: f32,
    clip_coefficient: f32,
}

/// What one evaluation of the test split found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EvaluationPoint {
    /// The step at which the test split was evaluated.
    pub step: u64,
    /// Loss on the test split.
    pub loss: f64,
    /// Accuracy on the test split; NaN for regression.
    pub accuracy: f64,
    /// Accuracy on the minibatch; NaN for regression.
    pub train_accuracy: f64,
    /// The learning rate of the step that led here.
    pub learning_rate: f64,
    /// Whether the step that led here raised the loss of its own minibatch.
    pub climbed: bool,
}

/// The run so far.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// Columns from step 0 on, each `width` steps wide.
    pub columns: Vec<Column>,
    /// Steps per column: a power of two.
    pub width: u64,
    /// Number of steps recorded, which is the number of the next step.
    pub steps: u64,
    /// Evaluations of the test split, in the order of steps.
    pub evaluations: Vec<EvaluationPoint>,
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
    /// Takes in the steps of a snapshot's log, and its evaluation if it is a new one.
    pub fn push(&mut self, snapshot: &Snapshot) {
        let layers = snapshot.layer_count().max(1);
        let rows = snapshot.log.dw_rms.chunks_exact(layers);
        let log = &snapshot.log;
        let entry = |array: &[f32], i: usize, missing| array.get(i).copied().unwrap_or(missing);
        for (i, (dw_rms, loss)) in rows.zip(&log.train_loss).enumerate() {
            self.push_step(&LoggedStep {
                dw_rms,
                loss: *loss,
                grad_norm: entry(&log.grad_norm, i, f32::NAN),
                clip_coefficient: entry(&log.clip_coefficient, i, 1.0),
            });
        }
        // Snapshots between evaluations repeat the last one.
        let new = self
            .evaluations
            .last()
            .is_none_or(|last| last.step < snapshot.test_step);
        if new && !snapshot.test_loss.is_nan() && snapshot.test_step == snapshot.step {
            self.evaluations.push(EvaluationPoint {
                step: snapshot.test_step,
                loss: snapshot.test_loss,
                accuracy: snapshot.test_accuracy,
                train_accuracy: snapshot.train_accuracy,
                learning_rate: snapshot.learning_rate,
                climbed: snapshot.loss_change > SMALLEST_CLIMB * snapshot.train_loss.abs(),
            });
            if self.evaluations.len() > MAX_EVALUATIONS {
                drop_every_second(&mut self.evaluations);
            }
        }
    }

    fn push_step(&mut self, step: &LoggedStep) {
        if self.steps.is_multiple_of(self.width) {
            if self.columns.len() == MAX_COLUMNS {
                self.merge_pairs();
            }
            if self.steps.is_multiple_of(self.width) {
                self.columns.push(Column::new(step));
            }
        }
        self.columns
            .last_mut()
            .expect("the step has a column")
            .add(step);
        self.steps += 1;
    }

    fn merge_pairs(&mut self) {
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

    /// The last step that was recorded.
    pub fn last_step(&self) -> u64 {
        self.steps.saturating_sub(1)
    }

    /// Number of steps in which clipping made the gradient smaller.
    pub fn clipped(&self) -> u64 {
        self.columns.iter().map(|c| u64::from(c.clipped)).sum()
    }

    /// The evaluation of a step; None if there was none, or if it was dropped from a long run.
    pub fn evaluation(&self, step: u64) -> Option<&EvaluationPoint> {
        let index = self.evaluations.binary_search_by_key(&step, |e| e.step);
        index.ok().map(|index| &self.evaluations[index])
    }

    /// The column that holds a step.
    pub fn column(&self, step: u64) -> Option<&Column> {
        self.columns.get((step / self.width) as usize)
    }
}

/// Thins a list to half its length; the first element stays.
pub fn drop_every_second<T>(list: &mut Vec<T>) {
    let mut index = 0;
    list.retain(|_| {
        index += 1;
        index % 2 == 1
    });
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
    fn any_number_of_steps_fits_and_columns_keep_exact_values() {
        let mut history = History::default();
        for step in 0..5000 {
            history.push(&snapshot(step));
        }
        assert!(history.columns.len() <= MAX_COLUMNS && history.columns.len() > MAX_COLUMNS / 2);
        assert!(history.evaluations.len() <= MAX_EVALUATIONS);
        assert_eq!((history.steps, history.width), (5000, 16));
        for (i, column) in history.columns.iter().enumerate() {
            let first = i as f32 * 16.0;
            assert_eq!((column.dw_rms[0], column.min_loss), (first, first));
            assert_eq!(column.max_loss, (first + 15.0).min(4999.0));
        }
        assert_eq!(history.evaluations[0].step, 0);
        for kept in &history.evaluations {
            assert_eq!(history.evaluation(kept.step), Some(kept));
        }
        assert_eq!(history.evaluation(5000), None);
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
    fn nonfinite_losses_are_counted_separately() {
        let mut history = History::default();
        history.push(&snapshot(0));
        let mut bad = snapshot(1);
        bad.log.train_loss = vec![f32::NAN];
        history.push(&bad);
        assert_eq!(history.columns[1].nonfinite, 1);
        assert_eq!(history.columns[1].mean_loss(), None);
    }
}
