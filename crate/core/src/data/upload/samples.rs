//! From a table to samples: which cells are invalid, which rows are used, features and targets.

use super::Upload;
use super::columns::{is_missing, number};
use super::describe::shortened;
use super::limits::{MAX_CLASSES, check_limit, refused};
use super::options::Task;
use crate::data::samples::RowProblem;
use crate::data::table::Row;
use crate::data::{DataError, Labels, Samples};
use gradient_flow_words::message;
use ndarray::Array2;

/// A cell of a feature or of the target that is missing or not a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InvalidCell {
    /// Its line in the file, from 1.
    pub row: usize,
    /// Its column, from 0.
    pub column: usize,
    /// What is wrong.
    pub is_missing: bool,
}

impl Upload {
    fn number(&self, cell: &str) -> Option<f64> {
        number(cell, self.delimiter)
    }

    /// The cells that the network would learn from and cannot, row by row.
    pub(super) fn find_invalid_cells(&self) -> Vec<InvalidCell> {
        let mut invalid = Vec::new();
        for row in &self.rows {
            for (index, column) in self.columns.iter().enumerate() {
                let cell = row.cell(index);
                let is_class = index == self.target && self.task == Task::Classes;
                let is_used = column.is_feature || index == self.target;
                if !is_used || (is_class && !is_missing(cell)) || self.number(cell).is_some() {
                    continue;
                }
                invalid.push(InvalidCell {
                    row: row.line,
                    column: index,
                    is_missing: is_missing(cell),
                });
            }
        }
        invalid
    }

    /// What is wrong with an invalid cell, of which there are so many more.
    pub(super) fn problem(&self, invalid: &InvalidCell, more: usize) -> RowProblem {
        let row = self.rows.iter().find(|row| row.line == invalid.row);
        RowProblem::Cell {
            column: self.columns[invalid.column].name.clone(),
            cell: row.map_or(String::new(), |row| shortened(row.cell(invalid.column))),
            is_missing: invalid.is_missing,
            more,
        }
    }

    /// The rows without invalid cells.
    pub(super) fn valid_rows(&self) -> Vec<&Row> {
        let is_invalid = |row: &Row| {
            let cells = &self.invalid_cells;
            cells
                .binary_search_by_key(&row.line, |cell| cell.row)
                .is_ok()
        };
        self.rows.iter().filter(|row| !is_invalid(row)).collect()
    }

    /// The samples: the target column, and as features all other columns that contain numbers and were not excluded.
    ///
    /// # Errors
    /// If cells are missing or invalid (unless their rows are to be skipped), if no feature or fewer than 2 rows remain,
    /// or if there is only one class or more than 20.
    pub fn samples(&self) -> Result<Samples, DataError> {
        if let Some(first) = self.invalid_cells.first().filter(|_| !self.skip) {
            return Err(DataError::Invalid {
                row: first.row,
                problem: self.problem(first, self.invalid_cells.len() - 1),
            });
        }
        let rows = self.valid_rows();
        let (mut x, mut features) = (Vec::new(), 0);
        for row in &rows {
            features = 0;
            for (index, column) in self.columns.iter().enumerate() {
                if column.is_feature {
                    features += 1;
                    x.push(self.number(row.cell(index)).expect("the row is valid"));
                }
            }
        }
        if rows.len() < 2 {
            return Err(DataError::TooFew(rows.len()));
        }
        if features == 0 {
            return Err(refused(
                "features",
                "0".into(),
                message!("allowed-features"),
            ));
        }
        let mut targets = Vec::new();
        let mut numbers = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for row in &rows {
            let target = row.cell(self.target);
            targets.push(target);
            if self.task == Task::Regression {
                numbers.push(self.number(target).expect("the row is valid"));
            } else if !names.contains(&target) {
                names.push(target);
                check_limit("classes", names.len(), MAX_CLASSES)?;
            }
        }
        if names.len() == 1 {
            return Err(refused("classes", "1".into(), message!("allowed-classes")));
        }
        Ok(Samples {
            x: Array2::from_shape_vec((rows.len(), features), x)
                .expect("every row has all features"),
            y: match self.task {
                Task::Regression => Labels::Numbers(numbers),
                Task::Classes => Labels::classes(&targets, &|cell| self.number(cell)),
            },
            shared_unit: false,
        })
    }
}
