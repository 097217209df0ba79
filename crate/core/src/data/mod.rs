//! Data sets: loading, splitting into training and test set, scaling, targets, minibatches, and how outputs are judged.

mod batches;
mod cells;
mod decision;
mod guess;
mod samples;
mod scaling;
mod split;
mod table;
mod targets;
mod toy;
mod upload;

pub use batches::Batches;
pub use cells::Cells;
pub use decision::{Decision, argmax};
pub use guess::Guess;
pub use samples::{DataError, Labels, RowProblem, Samples, data_file};
pub use split::Split;
pub use targets::Targets;
pub use upload::{Upload, decode};

use crate::config::choice::Choice;
use crate::config::{Config, ConfigError, Loss, LossFunction};
use crate::numeric::random::{Random, Stream};
use crate::numeric::scalar::Scalar;
use gradient_flow_words::message;

/// Data ready for training: split and scaled, with the loss and targets in the form that it needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset<T> {
    /// The training set.
    pub train: Split<T>,
    /// The test set.
    pub test: Split<T>,
    /// The loss.
    pub loss: LossFunction,
    /// The number of outputs of the network.
    pub outputs: usize,
    /// The names of the classes; empty for regression.
    pub names: Vec<String>,
    /// How outputs are judged.
    pub decision: Decision,
    /// What the best constant answer reaches.
    pub guess: Guess,
    /// Whether all features share one unit, like the pixels of an image.
    pub shared_unit: bool,
}

impl<T: Scalar> Dataset<T> {
    /// Loads, splits and scales the data of a config. `table` is the text of the file that [`data_file`] names.
    ///
    /// # Errors
    /// If the table is missing or invalid, or like [`of_samples`](Self::of_samples).
    pub fn load(config: &Config, table: Option<&str>) -> Result<Self, DataError> {
        Self::of_samples(config, Samples::load(config, table)?)
    }

    /// Splits and scales the samples of a config.
    ///
    /// The samples are shuffled by the seed and cut at `train_fraction`. Missing values are filled with the median of the
    /// training set. Features are scaled as `scaling` says: standardised
    /// with the mean and the population standard deviation of the training set, taken from its smallest and largest value
    /// to 0 and 1, or left as they are. Each feature is scaled on its own, or all together if they share a unit.
    ///
    /// The targets depend on the loss. For softmax_ce they are class indices. For the others they are numbers: one
    /// output for two classes (0 and 1 for bce and for a sigmoid output, -1 and 1 otherwise), one output per class for more
    /// (0 or 1), and the standardised number for regression, whatever the scaling of the features.
    ///
    /// # Errors
    /// If there are fewer than 2 samples, or the loss does not fit the data.
    pub fn of_samples(config: &Config, samples: Samples) -> Result<Self, DataError> {
        let n = samples.x.nrows();
        if n < 2 {
            return Err(DataError::TooFew(n));
        }
        let mut order: Vec<usize> = (0..n).collect();
        Random::new(config.seed, Stream::Split, 0).shuffle(&mut order);
        let cut = ((n as f64 * config.train_fraction).round() as usize).clamp(1, n - 1);
        let (train, test) = order.split_at(cut);

        let x = scaling::scaled(&samples, train, config.scaling);
        let classes = matches!(samples.y, Labels::Classes { .. });
        let loss = match config.resolved_loss(classes) {
            Loss::Mse => LossFunction::Mse,
            loss if !classes => {
                return Err(DataError::Config(ConfigError {
                    field: "loss".into(),
                    value: loss.name().into(),
                    allowed: message!("allowed-loss"),
                }));
            }
            Loss::Bce => LossFunction::Bce,
            Loss::SoftmaxCe | Loss::Auto => LossFunction::SoftmaxCe,
        };
        let (targets, decision) = targets::targets(&samples.y, loss, config.output, train);
        let outputs = match (&targets, &samples.y) {
            (Targets::Values(y), _) => y.ncols(),
            (Targets::Classes(_), Labels::Classes { names, .. }) => names.len(),
            (Targets::Classes(_), Labels::Numbers(_)) => 1,
        };
        let split = |rows: &[usize]| Split {
            x: split::select_rows(&x, rows),
            targets: match &targets {
                Targets::Classes(classes) => {
                    Targets::Classes(rows.iter().map(|r| classes[*r]).collect())
                }
                Targets::Values(y) => Targets::Values(split::select_rows(y, rows)),
            },
        };
        let names = match samples.y {
            Labels::Classes { names, .. } => names,
            Labels::Numbers(_) => Vec::new(),
        };
        let train = split(train);
        Ok(Dataset {
            guess: Guess::of(&train, loss, names.len()),
            train,
            test: split(test),
            loss,
            outputs,
            names,
            decision,
            shared_unit: samples.shared_unit,
        })
    }
}

#[cfg(test)]
mod tests;
