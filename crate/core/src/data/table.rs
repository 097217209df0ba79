//! Parsing CSV: from text to rows of cells, from cells to numbers, and from a built-in table to samples.

use super::samples::RowProblem;
use super::{DataError, Labels, Samples};
use csv::{ReaderBuilder, StringRecord};
use ndarray::Array2;

/// A row of a table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Its line in the file, from 1 (the header).
    pub line: usize,
    cells: StringRecord,
}

impl Row {
    /// The number of cells.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// A cell, trimmed.
    pub fn cell(&self, column: usize) -> &str {
        self.cells[column].trim()
    }

    /// All cells, trimmed.
    pub fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        self.cells.iter().map(str::trim)
    }
}

/// The rows among the first `limit` records of a CSV. Records whose cells are all empty are not rows.
///
/// # Errors
/// If the text is not CSV.
pub(super) fn rows(text: &str, delimiter: u8, limit: usize) -> Result<Vec<Row>, DataError> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records().take(limit) {
        let cells = record.map_err(|error| DataError::Invalid {
            row: error
                .position()
                .map_or(1, |position| position.line() as usize),
            // The reader accepts all UTF-8, so this does not happen. Its own error messages would double the size of
            // the code.
            problem: RowProblem::Unreadable,
        })?;
        let line = cells
            .position()
            .map_or(0, |position| position.line() as usize);
        let row = Row { line, cells };
        if row.cells().any(|cell| !cell.is_empty()) {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// Checks that all rows have as many cells as the first.
///
/// # Errors
/// The first row that does not.
pub(super) fn check_lengths(rows: &[Row]) -> Result<(), DataError> {
    let expected = rows.first().map_or(0, Row::len);
    match rows.iter().find(|row| row.len() != expected) {
        None => Ok(()),
        Some(row) => Err(DataError::Invalid {
            row: row.line,
            problem: RowProblem::Length {
                cells: row.len(),
                expected,
            },
        }),
    }
}

/// A cell as a number, if it is a finite one.
pub(super) fn number(cell: &str) -> Option<f64> {
    crate::numeric::decimal::decimal(cell).filter(|v: &f64| v.is_finite())
}

/// The samples of a built-in table: it has a header, its last column is the class, all others are features.
/// `shared_unit` tells whether these share one unit.
///
/// # Errors
/// If there are no rows, rows differ in length, or a feature is not a finite number.
pub(super) fn built_in(text: &str, shared_unit: bool) -> Result<Samples, DataError> {
    let mut rows = rows(text, b',', usize::MAX)?;
    check_lengths(&rows)?;
    if rows.is_empty() {
        return Err(DataError::TooFew(0));
    }
    let header = rows.remove(0);
    let features = header.len() - 1;
    if features == 0 {
        return Err(DataError::Invalid {
            row: header.line,
            problem: RowProblem::OneColumn,
        });
    }
    let mut x = Vec::with_capacity(rows.len() * features);
    for row in &rows {
        for column in 0..features {
            let cell = row.cell(column);
            x.push(number(cell).ok_or_else(|| DataError::Invalid {
                row: row.line,
                problem: RowProblem::Cell {
                    column: header.cell(column).into(),
                    cell: cell.into(),
                },
            })?);
        }
    }
    let targets: Vec<&str> = rows.iter().map(|row| row.cell(features)).collect();
    Ok(Samples {
        x: Array2::from_shape_vec((rows.len(), features), x).expect("every row has all features"),
        y: Labels::classes(&targets, &number),
        shared_unit,
    })
}
