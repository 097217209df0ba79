//! Data sets: generated points, real tables, the split into training and test part.

mod table;
mod toy;
mod upload;

use crate::config::choice::Choice;
use crate::config::{Config, ConfigError, Data, Loss};
use crate::network::loss::{LossFunction, Targets};
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::random::{Purpose, Random};
use crate::numeric::scalar::Scalar;
use ndarray::{Array2, Axis};
use std::fmt;

pub use upload::Upload;

/// Samples with what is to be learned, before any split or scaling.
#[derive(Debug, Clone, PartialEq)]
pub struct Samples {
    /// (samples, features), in their own units.
    pub x: Array2<f64>,
    /// A label index or a number per sample.
    pub y: Labels,
    /// All features share one unit, as the pixels of an image do: they are scaled together.
    pub one_unit: bool,
}

/// What is to be learned.
#[derive(Debug, Clone, PartialEq)]
pub enum Labels {
    /// One of `names` for each sample.
    Classes {
        /// Index into `names` per sample.
        labels: Vec<usize>,
        /// The classes' names.
        names: Vec<String>,
    },
    /// A number for each sample.
    Numbers(Vec<f64>),
}

/// Why data could not be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataError {
    /// The table that the config names was not given.
    Missing(&'static str),
    /// A table could not be read: row (1 = the header), column, what is wrong.
    Broken {
        /// Row of the file, from 1.
        row: usize,
        /// The column's name.
        column: String,
        /// What is wrong.
        problem: String,
    },
    /// Too little to split.
    TooFew(usize),
    /// The config does not fit the data.
    Config(ConfigError),
}

impl Labels {
    /// Classes from one name per sample: in the order of first appearance, or of size where all are
    /// numbers.
    fn classes(targets: &[&str], number: &dyn Fn(&str) -> Option<f64>) -> Self {
        let mut names: Vec<&str> = Vec::new();
        let mut labels = Vec::new();
        for target in targets {
            let known = names.iter().position(|name| name == target);
            labels.push(known.unwrap_or_else(|| {
                names.push(target);
                names.len() - 1
            }));
        }
        let numbers: Option<Vec<f64>> = names.iter().map(|name| number(name)).collect();
        if let Some(numbers) = numbers {
            // How many are smaller, or stand before an equal one.
            let rank = |at: usize| {
                let smaller = |i: &usize| {
                    numbers[*i] < numbers[at] || (numbers[*i] == numbers[at] && *i < at)
                };
                (0..numbers.len()).filter(smaller).count()
            };
            let ranks: Vec<usize> = (0..names.len()).map(rank).collect();
            let unordered = names.clone();
            for (name, rank) in unordered.into_iter().zip(&ranks) {
                names[*rank] = name;
            }
            labels.iter_mut().for_each(|label| *label = ranks[*label]);
        }
        let names = names.into_iter().map(String::from).collect();
        Labels::Classes { labels, names }
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            DataError::Missing(name) => write!(f, "data = {name}: no table was given"),
            DataError::Broken {
                row,
                column,
                problem,
            } => {
                write!(f, "the table, row {row}, column {column}: {problem}")
            }
            DataError::TooFew(n) => write!(f, "{n} samples are too few: at least 2 are needed"),
            DataError::Config(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for DataError {}

/// The file in which the config's data lie: `digits` or `iris`. Generated data need none.
pub fn data_file(config: &Config) -> Option<&'static str> {
    match config.data {
        Data::Digits | Data::Iris | Data::Upload => Some(config.data.name()),
        _ => None,
    }
}

impl Samples {
    /// The samples of a config. `table` is the text of the CSV that `data_file` names; one of one's
    /// own has a line of JSON before it (`upload.rs`).
    ///
    /// # Errors
    /// A table that is missing or broken.
    pub fn load(config: &Config, table: Option<&str>) -> Result<Self, DataError> {
        match data_file(config) {
            None => Ok(toy::generate(config)),
            Some(name) => {
                let text = table.ok_or(DataError::Missing(name))?;
                match config.data {
                    Data::Upload => Upload::read(text)?.samples(),
                    data => table::built_in(text, data == Data::Digits),
                }
            }
        }
    }
}

/// One part of the data, scaled, with targets as the loss wants them.
#[derive(Debug, Clone, PartialEq)]
pub struct Split<T> {
    /// (samples, features).
    pub x: Array2<T>,
    /// One per sample.
    pub targets: Targets<T>,
}

impl<T: Scalar> Split<T> {
    /// The number of samples.
    pub fn len(&self) -> usize {
        self.x.nrows()
    }

    /// Has it no samples?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The class of a sample.
    pub fn class(&self, row: usize) -> usize {
        match &self.targets {
            Targets::Classes(classes) => classes[row],
            Targets::Values(y) if y.ncols() == 1 => usize::from(y[[row, 0]] > T::zero()),
            Targets::Values(y) => largest(y.row(row).iter()),
        }
    }

    /// Copies the samples `rows` into a batch.
    pub fn gather(&self, rows: &[usize], x: &mut Array2<T>, targets: &mut Targets<T>) {
        copy_rows(&self.x, rows, x);
        match (&self.targets, targets) {
            (Targets::Classes(from), Targets::Classes(to)) => {
                to.clear();
                to.extend(rows.iter().map(|row| from[*row]));
            }
            // The first batch makes the space.
            (Targets::Values(from), Targets::Values(to)) if to.nrows() == rows.len() => {
                copy_rows(from, rows, to);
            }
            (Targets::Values(from), to) => *to = Targets::Values(picked(from, rows)),
            (from, to) => *to = from.clone(),
        }
    }
}

/// The rows `rows` of `from`.
fn picked<S: Scalar, T: Scalar>(from: &Array2<S>, rows: &[usize]) -> Array2<T> {
    let n = from.ncols();
    let picked = rows.iter().flat_map(|row| &flat(from)[row * n..][..n]);
    let picked = picked.map(|x| T::from_f64(x.to_f64())).collect();
    Array2::from_shape_vec((rows.len(), n), picked).expect("whole rows")
}

/// Row i of `to` becomes row `rows[i]` of `from`.
fn copy_rows<T: Scalar>(from: &Array2<T>, rows: &[usize], to: &mut Array2<T>) {
    let n = from.ncols();
    for (to, row) in flat_mut(to).chunks_exact_mut(n).zip(rows) {
        for (to, x) in to.iter_mut().zip(&flat(from)[row * n..]) {
            *to = *x;
        }
    }
}

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

/// How the outputs of a sample are read as a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The largest output's index.
    Largest,
    /// One output: class 1 where it is above 0.
    Sign,
    /// Regression: no class.
    Number,
}

impl Decision {
    /// The share of samples whose outputs z (samples, outputs) name the right class; NaN for regression.
    pub fn accuracy<T: Scalar>(self, z: &Array2<T>, targets: &Targets<T>) -> f64 {
        let right = |(row, z): (usize, ndarray::ArrayView1<T>)| match (self, targets) {
            (Decision::Largest, Targets::Classes(classes)) => largest(z.iter()) == classes[row],
            (Decision::Largest, Targets::Values(y)) => {
                largest(z.iter()) == largest(y.row(row).iter())
            }
            (_, Targets::Values(y)) => (z[0] > T::zero()) == (y[[row, 0]].to_f64() > 0.0),
            (_, Targets::Classes(classes)) => (z[0] > T::zero()) == (classes[row] == 1),
        };
        match self {
            Decision::Number => f64::NAN,
            _ => z.outer_iter().enumerate().filter(|z| right(*z)).count() as f64 / z.nrows() as f64,
        }
    }
}

/// The index of the first largest number; NaN is never largest.
pub fn largest<'a, T: Scalar>(values: impl Iterator<Item = &'a T>) -> usize {
    let mut best: Option<(usize, T)> = None;
    for (i, value) in values.enumerate() {
        if value.finite() && best.is_none_or(|(_, b)| *value > b) {
            best = Some((i, *value));
        }
    }
    best.map_or(usize::MAX, |(i, _)| i)
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
        Random::new(config.seed, Purpose::Split, 0).shuffle(&mut order);
        let cut = ((n as f64 * config.train_fraction).round() as usize).clamp(1, n - 1);
        let (train, test) = order.split_at(cut);

        let x = standardised(&samples, train);
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
        let (targets, decision) = targets(&samples.y, loss, train);
        let outputs = match (&targets, &samples.y) {
            (Targets::Values(y), _) => y.ncols(),
            (_, Labels::Classes { names, .. }) => names.len(),
            (_, Labels::Numbers(_)) => 1,
        };
        let part = |rows: &[usize]| Split {
            x: picked(&x, rows),
            targets: match &targets {
                Targets::Classes(classes) => {
                    Targets::Classes(rows.iter().map(|r| classes[*r]).collect())
                }
                Targets::Values(y) => Targets::Values(picked(y, rows)),
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

/// Mean and population standard deviation (1 where it is 0).
fn mean_and_std(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let count = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / count;
    let std = (values.map(|v| (v - mean) * (v - mean)).sum::<f64>() / count).sqrt();
    (mean, if std > 0.0 { std } else { 1.0 })
}

fn standardised(samples: &Samples, train: &[usize]) -> Array2<f64> {
    let mut x = samples.x.clone();
    let all = || train.iter().flat_map(|row| samples.x.row(*row).to_vec());
    let shared = samples
        .one_unit
        .then(|| mean_and_std(all().collect::<Vec<_>>().into_iter()));
    for (j, mut column) in x.axis_iter_mut(Axis(1)).enumerate() {
        let own = || mean_and_std(train.iter().map(|row| samples.x[[*row, j]]));
        let (mean, std) = shared.unwrap_or_else(own);
        column.mapv_inplace(|v| (v - mean) / std);
    }
    x
}

fn targets(y: &Labels, loss: LossFunction, train: &[usize]) -> (Targets<f64>, Decision) {
    match y {
        Labels::Numbers(numbers) => {
            let (mean, std) = mean_and_std(train.iter().map(|row| numbers[*row]));
            let column =
                Array2::from_shape_fn((numbers.len(), 1), |(i, _)| (numbers[i] - mean) / std);
            (Targets::Values(column), Decision::Number)
        }
        Labels::Classes { labels, .. } if loss == LossFunction::SoftmaxCe => {
            (Targets::Classes(labels.clone()), Decision::Largest)
        }
        Labels::Classes { labels, names } if names.len() == 2 => {
            let low = if loss == LossFunction::Bce { 0.0 } else { -1.0 };
            let value = |(i, _)| if labels[i] == 1 { 1.0 } else { low };
            (
                Targets::Values(Array2::from_shape_fn((labels.len(), 1), value)),
                Decision::Sign,
            )
        }
        Labels::Classes { labels, names } => {
            let value = |(i, class)| if labels[i] == class { 1.0 } else { 0.0 };
            let values = Array2::from_shape_fn((labels.len(), names.len()), value);
            (Targets::Values(values), Decision::Largest)
        }
    }
}

/// Minibatches: the training part in a new random order each epoch, cut into batches of one size.
/// What does not fill a batch at the end of an epoch waits for the next order.
#[derive(Debug, Clone)]
pub struct Batches {
    seed: u64,
    order: Vec<usize>,
    size: usize,
    epoch: usize,
    at: usize,
}

impl Batches {
    /// Batches of `size` out of `n` samples; the whole training part where `size` is larger.
    pub fn new(seed: u64, n: usize, size: usize) -> Self {
        let mut batches = Batches {
            seed,
            order: (0..n).collect(),
            size: size.min(n),
            epoch: 0,
            at: 0,
        };
        batches.shuffle();
        batches
    }

    fn shuffle(&mut self) {
        // A full batch needs no order, and keeping it keeps the sums' order too.
        if self.size < self.order.len() {
            Random::new(self.seed, Purpose::Batches, self.epoch).shuffle(&mut self.order);
        }
    }

    /// The coming batch: indices into the training part.
    pub fn current(&self) -> &[usize] {
        &self.order[self.at..][..self.size]
    }

    /// Goes on to the next batch.
    pub fn advance(&mut self) {
        self.at += self.size;
        if self.at + self.size > self.order.len() {
            self.at = 0;
            self.epoch += 1;
            self.shuffle();
        }
    }

    /// Samples per batch.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Epochs made so far, with the part of the present one.
    pub fn epochs(&self) -> f64 {
        let batches = self.order.len() / self.size;
        self.epoch as f64 + (self.at / self.size) as f64 / batches as f64
    }
}

#[cfg(test)]
mod tests;
