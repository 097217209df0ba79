//! Tables: a CSV with a header whose last column is the target.

use super::{DataError, Labels, Samples};
use ndarray::Array2;

/// A table of text cells with a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// What the CSV reader says, by row.
pub(super) fn broken(error: csv::Error) -> DataError {
    DataError::Broken {
        row: error.position().map_or(1, |p| p.line() as usize),
        column: "all".into(),
        problem: error.to_string(),
    }
}

impl Table {
    /// Reads a CSV with a header.
    ///
    /// # Errors
    /// Text that is no CSV, or rows of unequal length.
    pub fn read(text: &str) -> Result<Self, DataError> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let cells =
            |record: &csv::StringRecord| record.iter().map(|c| c.trim().to_string()).collect();
        let header = cells(reader.headers().map_err(broken)?);
        let rows = reader
            .records()
            .map(|r| r.map(|r| cells(&r)).map_err(broken))
            .collect::<Result<_, _>>()?;
        Ok(Table { header, rows })
    }

    /// The samples: the last column is the class, in the order of first appearance (numbers in
    /// ascending order); all others are features.
    ///
    /// # Errors
    /// A feature that is not a finite number.
    pub fn samples(&self, one_unit: bool) -> Result<Samples, DataError> {
        let features = self.header.len() - 1;
        let mut x = Vec::with_capacity(self.rows.len() * features);
        for (i, row) in self.rows.iter().enumerate() {
            for (name, cell) in self.header.iter().zip(&row[..features]) {
                let number: Option<f64> = cell.parse().ok().filter(|v: &f64| v.is_finite());
                x.push(number.ok_or_else(|| DataError::Broken {
                    row: i + 2,
                    column: name.clone(),
                    problem: format!("{cell:?} is not a number"),
                })?);
            }
        }
        let targets = self.rows.iter().map(|row| row[features].as_str());
        let finite = |name: &str| name.parse().ok().filter(|v: &f64| v.is_finite());
        let y = Labels::classes(targets, finite);
        let x = Array2::from_shape_vec((self.rows.len(), features), x).expect("every row was read");
        Ok(Samples { x, y, one_unit })
    }
}
