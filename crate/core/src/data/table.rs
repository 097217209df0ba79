//! Tables: the text of a CSV to rows of cells, cells to numbers. A built-in set is a table with a
//! header whose last column is the class.

use super::{DataError, Labels, Samples};
use csv::{ReaderBuilder, StringRecord};
use ndarray::Array2;

/// A row of a table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Its line in the file, from 1.
    pub line: usize,
    cells: StringRecord,
}

impl Row {
    /// The number of cells.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// A cell, without the spaces around it.
    pub fn cell(&self, at: usize) -> &str {
        self.cells[at].trim()
    }

    /// All cells.
    pub fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        self.cells.iter().map(str::trim)
    }
}

/// The first rows of a CSV, at most `most`; lines without any text are no rows.
///
/// # Errors
/// Text that is no CSV.
pub(super) fn rows(text: &str, delimiter: u8, most: usize) -> Result<Vec<Row>, DataError> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records().take(most) {
        let cells = record.map_err(|error| DataError::Broken {
            row: error.position().map_or(1, |at| at.line() as usize),
            column: "all".into(),
            // Of text that is UTF-8 the reader refuses nothing; its own words would be half the code.
            problem: "cannot be read".into(),
        })?;
        let line = cells.position().map_or(0, |at| at.line() as usize);
        let row = Row { line, cells };
        if row.cells().any(|cell| !cell.is_empty()) {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// All rows are as long as the first one.
///
/// # Errors
/// The first that is not.
pub(super) fn check_lengths(rows: &[Row]) -> Result<(), DataError> {
    let expected = rows.first().map_or(0, Row::len);
    match rows.iter().find(|row| row.len() != expected) {
        None => Ok(()),
        Some(row) => Err(DataError::Broken {
            row: row.line,
            column: "all".into(),
            problem: format!("{} cells, but row 1 has {expected}", row.len()),
        }),
    }
}

/// A cell as a finite number.
pub(super) fn number(cell: &str) -> Option<f64> {
    crate::numeric::decimal::decimal(cell).filter(|v: &f64| v.is_finite())
}

/// The samples of a built-in set.
///
/// # Errors
/// A feature that is not a finite number.
pub(super) fn built_in(text: &str, pixels: bool) -> Result<Samples, DataError> {
    let mut rows = rows(text, b',', usize::MAX)?;
    check_lengths(&rows)?;
    if rows.is_empty() {
        return Err(DataError::TooFew(0));
    }
    let header = rows.remove(0);
    let features = header.len() - 1;
    let mut x = Vec::with_capacity(rows.len() * features);
    for row in &rows {
        for at in 0..features {
            let cell = row.cell(at);
            x.push(number(cell).ok_or_else(|| DataError::Broken {
                row: row.line,
                column: header.cell(at).into(),
                problem: format!("{cell:?} is not a number"),
            })?);
        }
    }
    let targets: Vec<&str> = rows.iter().map(|row| row.cell(features)).collect();
    Ok(Samples {
        x: Array2::from_shape_vec((rows.len(), features), x).expect("every row was read"),
        y: Labels::classes(&targets, &number),
        one_unit: pixels,
    })
}
