//! Samples as they are loaded, before any split or scaling.

use super::{Upload, table, toy};
use crate::config::choice::Choice;
use crate::config::{Config, ConfigError, Data};
use ndarray::Array2;
use std::fmt;

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
    pub(super) fn classes(targets: &[&str], number: &dyn Fn(&str) -> Option<f64>) -> Self {
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
        Data::Circle | Data::Xor | Data::Gauss | Data::Spiral | Data::Plane => None,
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
