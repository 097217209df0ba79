//! Samples as they are loaded, before they are split and scaled.

use super::cells::Cells;
use super::{Upload, table, toy};
use crate::config::choice::Choice;
use crate::config::{Config, ConfigError, Data};
use gradient_flow_words::{Message, message};
use ndarray::Array2;
use std::fmt;

/// Samples with their labels, before they are split and scaled.
#[derive(Debug, Clone, PartialEq)]
pub struct Samples {
    /// The features, (samples, features), as they are in the data; NaN where a value is missing.
    pub x: Array2<f64>,
    /// The labels, one per sample.
    pub y: Labels,
    /// Whether all features share one unit, like the pixels of an image. They are then scaled together.
    pub shared_unit: bool,
}

/// What is to be predicted, for every sample.
#[derive(Debug, Clone, PartialEq)]
pub enum Labels {
    /// Classification.
    Classes {
        /// The class of each sample: an index into `names`.
        labels: Vec<usize>,
        /// The names of the classes.
        names: Vec<String>,
    },
    /// Regression: a number for each sample.
    Numbers(Vec<f64>),
}

/// Why data could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataError {
    /// The config needs this table, but none was given.
    Missing(&'static str),
    /// A row of a table cannot be used.
    Invalid {
        /// Line of the file, from 1 (the header).
        row: usize,
        /// What is wrong with it.
        problem: RowProblem,
    },
    /// This number of samples is too few to split.
    TooFew(usize),
    /// A field of the config does not fit the data, or an option does not fit an uploaded table.
    Config(ConfigError),
}

/// Why a row of a table cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowProblem {
    /// It is no text.
    Unreadable,
    /// It has another number of cells than the others.
    Length {
        /// Its number of cells.
        cells: usize,
        /// That of the others.
        expected: usize,
    },
    /// It has nothing beside the class.
    OneColumn,
    /// A cell is not a number.
    Cell {
        /// The name of its column.
        column: String,
        /// What stands in it.
        cell: String,
    },
}

impl RowProblem {
    /// The problem of a row, in a sentence.
    pub fn message(&self, row: usize) -> Message {
        match self.clone() {
            RowProblem::Unreadable => message!("error-row-unreadable", row = row),
            RowProblem::Length { cells, expected } => {
                message!(
                    "table-row-length",
                    row = row,
                    cells = cells,
                    expected = expected
                )
            }
            RowProblem::OneColumn => message!("error-one-column"),
            RowProblem::Cell { column, cell } => {
                message!("table-cell-number", row = row, column = column, cell = cell)
            }
        }
    }
}

impl DataError {
    /// The whole sentence.
    pub fn message(&self) -> Message {
        match self {
            DataError::Missing(data) => message!("error-no-table", data = *data),
            DataError::Invalid { row, problem } => problem.message(*row),
            DataError::TooFew(count) => message!("error-too-few", count = *count),
            DataError::Config(error) => error.message(),
        }
    }
}

impl Labels {
    /// Classes from one name per sample. They are numbered in order of appearance, or by size if all names are numbers
    /// (as `number` parses them).
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
            // The number of classes that come before this one: the smaller ones, and equal ones that appeared earlier.
            let rank = |index: usize| {
                let smaller = |i: &usize| {
                    numbers[*i] < numbers[index] || (numbers[*i] == numbers[index] && *i < index)
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
        self.message().fmt(f)
    }
}

impl std::error::Error for DataError {}

/// The table that a config needs: `digits` or `iris` (files of the site), or `upload`. Generated data need none.
pub fn data_file(config: &Config) -> Option<&'static str> {
    match config.data {
        Data::Digits | Data::Iris | Data::Upload => Some(config.data.name()),
        Data::Circle | Data::Xor | Data::Gauss | Data::Spiral | Data::Plane => None,
    }
}

impl Samples {
    /// The samples of a config. `table` is the text of the CSV that [`data_file`] names; before an uploaded one there is
    /// a line of JSON (see [`Upload::read`]).
    ///
    /// # Errors
    /// If the table is missing or invalid.
    pub fn load(config: &Config, table: Option<&str>) -> Result<Self, DataError> {
        let text = || table.ok_or(DataError::Missing(config.data.name()));
        match config.data {
            Data::Digits => table::built_in(text()?, true),
            Data::Iris => table::built_in(text()?, false),
            Data::Upload => Upload::read(text()?)?.samples(),
            Data::Circle | Data::Xor | Data::Gauss | Data::Spiral | Data::Plane => {
                Ok(toy::generate(config))
            }
        }
    }

    /// The same from the cells of the table, which someone else has read: code that never calls [`load`](Self::load)
    /// does without the parsers of tables.
    ///
    /// # Errors
    /// If there are no cells but the config needs them, or they are no samples.
    pub fn of_cells(config: &Config, cells: Option<Cells>) -> Result<Self, DataError> {
        match data_file(config) {
            Some(name) => {
                let cells = cells.ok_or(DataError::Missing(name))?;
                cells.into_samples(config.data == Data::Digits)
            }
            None => Ok(toy::generate(config)),
        }
    }
}
