//! Data sets: loading, the split into training and test part, scaling, targets, minibatches, and how a
//! prediction is judged.

mod batches;
mod decision;
mod samples;
mod scaling;
mod split;
mod table;
mod targets;
mod toy;
mod upload;

pub use batches::Batches;
pub use decision::{Decision, largest};
pub use samples::{DataError, Labels, Samples, data_file};
pub use split::Split;
pub use targets::Targets;
pub use upload::Upload;

use crate::config::choice::Choice;
use crate::config::{Config, ConfigError, Loss, LossFunction};
use crate::numeric::random::{Random, Stream};
use crate::numeric::scalar::Scalar;

/// Data ready for a run: split, scaled, with the loss.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset<T> {
    /// What is trained on.
    pub train: Split<T>,
    /// What is kept back.
    pub test: Split<T>,
    /// The loss, `auto` resolved.
    pub loss: LossFunction,
    /// Outputs of the network.
    pub outputs: usize,
    /// The classes' names; none for regression.
    pub names: Vec<String>,
    /// How a prediction is judged.
    pub decision: Decision,
    /// The features are the pixels of an image.
    pub pixels: bool,
}

impl<T: Scalar> Dataset<T> {
    /// Loads, splits and scales the data of a config.
    ///
    /// The split is a random order by the seed, cut at `train_fraction`. Features are standardised
    /// with the training part's mean and population standard deviation: each feature by its own, or
    /// all by one where they share a unit. Targets: class indices for softmax_ce; otherwise one
    /// output for two classes (0 and 1 for bce, -1 and 1 for mse), one per class for more (0 or 1),
    /// and the standardised number for regression.
    ///
    /// # Errors
    /// A table that is missing or broken, or a loss that does not fit the data.
    pub fn load(config: &Config, table: Option<&str>) -> Result<Self, DataError> {
        let samples = Samples::load(config, table)?;
        let n = samples.x.nrows();
        if n < 2 {
            return Err(DataError::TooFew(n));
        }
        let mut order: Vec<usize> = (0..n).collect();
        Random::new(config.seed, Stream::Split, 0).shuffle(&mut order);
        let cut = ((n as f64 * config.train_fraction).round() as usize).clamp(1, n - 1);
        let (train, test) = order.split_at(cut);

        let x = scaling::standardised(&samples, train);
        let classes = matches!(samples.y, Labels::Classes { .. });
        let loss = match config.resolved_loss(classes) {
            Loss::Mse => LossFunction::Mse,
            loss if !classes => {
                return Err(DataError::Config(ConfigError {
                    field: "loss".into(),
                    value: loss.name().into(),
                    allowed: "auto or mse: the data have real-valued targets, not classes".into(),
                }));
            }
            Loss::Bce => LossFunction::Bce,
            _ => LossFunction::SoftmaxCe,
        };
        let (targets, decision) = targets::targets(&samples.y, loss, train);
        let outputs = match (&targets, &samples.y) {
            (Targets::Values(y), _) => y.ncols(),
            (_, Labels::Classes { names, .. }) => names.len(),
            (_, Labels::Numbers(_)) => 1,
        };
        let part = |rows: &[usize]| Split {
            x: split::picked(&x, rows),
            targets: match &targets {
                Targets::Classes(classes) => {
                    Targets::Classes(rows.iter().map(|r| classes[*r]).collect())
                }
                Targets::Values(y) => Targets::Values(split::picked(y, rows)),
            },
        };
        Ok(Dataset {
            train: part(train),
            test: part(test),
            loss,
            outputs,
            names: match samples.y {
                Labels::Classes { names, .. } => names,
                Labels::Numbers(_) => Vec::new(),
            },
            decision,
            pixels: samples.one_unit,
        })
    }
}

#[cfg(test)]
mod tests;
