//! A table whose cells have been read.

use super::{DataError, Labels, RowProblem, Samples};
use ndarray::Array2;

/// The cells of a table that was read elsewhere, as plain arrays that can be handed from one thread to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    /// The number of columns, the last of which is the target.
    pub columns: usize,
    /// The cells, row by row. The target is a number, or where there are classes an index into them. A feature that is
    /// missing is NaN.
    pub values: Vec<f64>,
    /// The names of the classes; empty for regression.
    pub classes: Vec<String>,
}

impl Cells {
    /// The samples that the rows are.
    ///
    /// # Errors
    /// If a row is not complete, has no features, contains an infinite number, or has a target that is missing or names no class.
    pub(super) fn into_samples(self, shared_unit: bool) -> Result<Samples, DataError> {
        let Cells {
            columns,
            values,
            classes,
        } = self;
        let invalid = |row: usize, problem| {
            Err(DataError::Invalid {
                row: row + 1,
                problem,
            })
        };
        if columns < 2 {
            return invalid(0, RowProblem::OneColumn);
        }
        let (mut x, mut labels, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
        x.reserve_exact(values.len() / columns * (columns - 1));
        for (row, cells) in values.chunks(columns).enumerate() {
            let target = cells[cells.len() - 1];
            let names_class = classes.is_empty()
                || (target >= 0.0 && target < classes.len() as f64 && target.fract() == 0.0);
            // A feature that is not a number is missing.
            if cells.len() < columns
                || !names_class
                || !target.is_finite()
                || cells.iter().any(|x| x.is_infinite())
            {
                return invalid(row, RowProblem::Unreadable);
            }
            x.extend_from_slice(&cells[..columns - 1]);
            if classes.is_empty() {
                numbers.push(target);
            } else {
                labels.push(target as usize);
            }
        }
        let rows = labels.len() + numbers.len();
        Ok(Samples {
            x: Array2::from_shape_vec((rows, columns - 1), x).expect("every row has all features"),
            y: if classes.is_empty() {
                Labels::Numbers(numbers)
            } else {
                Labels::Classes {
                    labels,
                    names: classes,
                }
            },
            shared_unit,
        })
    }
}

impl From<Samples> for Cells {
    fn from(samples: Samples) -> Self {
        let columns = samples.x.ncols() + 1;
        let mut values = Vec::with_capacity(samples.x.nrows() * columns);
        for (row, features) in samples.x.outer_iter().enumerate() {
            values.extend(features.iter());
            values.push(match &samples.y {
                Labels::Classes { labels, .. } => labels[row] as f64,
                Labels::Numbers(numbers) => numbers[row],
            });
        }
        let classes = match samples.y {
            Labels::Classes { names, .. } => names,
            Labels::Numbers(_) => Vec::new(),
        };
        Cells {
            columns,
            values,
            classes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Config;

    const IRIS: &str = include_str!("../../data/iris.csv");

    #[test]
    fn samples_are_the_same_after_crossing_as_cells() {
        for (query, text) in [
            ("data=iris", IRIS.into()),
            ("data=upload", format!("{{}}\n{IRIS}")),
            ("data=upload", "{}\n1,2,2.5\n3,4,-1e30\n".to_string()),
        ] {
            let config = Config::from_query(query).unwrap();
            let samples = Samples::load(&config, Some(&text)).unwrap();
            let cells = Cells::from(samples.clone());
            assert_eq!(Samples::of_cells(&config, Some(cells)), Ok(samples));
        }
    }

    #[test]
    fn cells_that_are_no_samples_are_refused() {
        let config = Config::from_query("data=upload").unwrap();
        let read = |columns, values: &[f64], classes: &[&str]| {
            let cells = Cells {
                columns,
                values: values.into(),
                classes: classes.iter().map(|name| (*name).into()).collect(),
            };
            Samples::of_cells(&config, Some(cells)).map(|samples| samples.x.dim())
        };
        assert_eq!(read(2, &[1.0, 0.0, 2.0, 1.0], &["a", "b"]), Ok((2, 1)));
        assert_eq!(read(2, &[1.0, 0.5, 2.0, -1.0], &[]), Ok((2, 1)));
        assert_eq!(read(2, &[f64::NAN, 0.5, 2.0, -1.0], &[]), Ok((2, 1)));
        let refused = |row, problem| Err(DataError::Invalid { row, problem });
        assert_eq!(read(1, &[1.0], &[]), refused(1, RowProblem::OneColumn));
        assert_eq!(read(0, &[], &[]), refused(1, RowProblem::OneColumn));
        for last in [
            &[2.0][..],
            &[2.0, 2.0],
            &[2.0, -1.0],
            &[2.0, 0.5],
            &[0.0, f64::NAN],
            &[f64::INFINITY, 0.0],
        ] {
            let values = [&[1.0, 0.0][..], last].concat();
            let unreadable = refused(2, RowProblem::Unreadable);
            assert_eq!(read(2, &values, &["a", "b"]), unreadable, "{last:?}");
        }
        assert_eq!(
            Samples::of_cells(&config, None),
            Err(DataError::Missing("upload"))
        );
    }

    #[test]
    fn generated_data_need_no_cells() {
        let config = Config::from_query("data=spiral").unwrap();
        assert_eq!(
            Samples::of_cells(&config, None),
            Samples::load(&config, None)
        );
    }
}
