//! Tables: a CSV with a header whose last column is the target.

use super::{DataError, Labels, Samples};
use ndarray::Array2;

/// A table of text cells with a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads a CSV with a header.
    ///
    /// # Errors
    /// Text that is no CSV, or rows of unequal length.
    pub fn read(text: &str) -> Result<Self, DataError> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let broken = |error: csv::Error| DataError::Broken {
            row: error.position().map_or(1, |p| p.line() as usize),
            column: "all".into(),
            problem: error.to_string(),
        };
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
        let targets: Vec<&str> = self.rows.iter().map(|row| row[features].as_str()).collect();
        let mut names: Vec<&str> = Vec::new();
        for target in &targets {
            if !names.contains(target) {
                names.push(target);
            }
        }
        let as_number = |name: &str| name.parse::<f64>().ok().filter(|v| v.is_finite());
        if names.iter().all(|name| as_number(name).is_some()) {
            names.sort_by(|a, b| {
                as_number(a)
                    .partial_cmp(&as_number(b))
                    .expect("finite numbers")
            });
        }
        let label = |target: &&str| {
            names
                .iter()
                .position(|name| name == target)
                .expect("collected")
        };
        let labels = targets.iter().map(label).collect();
        let names = names.into_iter().map(String::from).collect();
        let x = Array2::from_shape_vec((self.rows.len(), features), x).expect("every row was read");
        Ok(Samples {
            x,
            y: Labels::Classes { labels, names },
            one_unit,
        })
    }
}
