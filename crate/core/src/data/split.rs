//! The training part or the test part, from which batches are gathered.

use super::{Targets, largest};
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::scalar::Scalar;
use ndarray::Array2;

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
pub(super) fn picked<S: Scalar, T: Scalar>(from: &Array2<S>, rows: &[usize]) -> Array2<T> {
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
