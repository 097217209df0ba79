//! The training set or the test set, from which batches are gathered.

use super::{Targets, argmax};
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::scalar::Scalar;
use ndarray::Array2;

/// The training set or the test set: scaled features, and targets in the form that the loss needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Split<T> {
    /// Features, (samples, features).
    pub x: Array2<T>,
    /// Targets, one per sample.
    pub targets: Targets<T>,
}

impl<T: Scalar> Split<T> {
    /// The number of samples.
    pub fn len(&self) -> usize {
        self.x.nrows()
    }

    /// Whether there are no samples.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The true class of a sample.
    pub fn class(&self, row: usize) -> usize {
        match &self.targets {
            Targets::Classes(classes) => classes[row],
            Targets::Values(y) if y.ncols() == 1 => usize::from(y[[row, 0]] > T::zero()),
            Targets::Values(y) => argmax(y.row(row).iter()),
        }
    }

    /// Copies the samples `rows` into a batch of features `x`, (rows, features), and `targets`.
    #[inline(never)]
    pub fn gather(&self, rows: &[usize], x: &mut Array2<T>, targets: &mut Targets<T>) {
        copy_rows(&self.x, rows, x);
        match (&self.targets, targets) {
            (Targets::Classes(from), Targets::Classes(to)) => {
                to.clear();
                to.extend(rows.iter().map(|row| from[*row]));
            }
            // From the second batch on, the targets have the right size and are overwritten.
            (Targets::Values(from), Targets::Values(to)) if to.nrows() == rows.len() => {
                copy_rows(from, rows, to);
            }
            (Targets::Values(from), to) => *to = Targets::Values(select_rows(from, rows)),
            (from, to) => *to = from.clone(),
        }
    }
}

/// A new array of the rows `rows` of `from`.
pub(super) fn select_rows<S: Scalar, T: Scalar>(from: &Array2<S>, rows: &[usize]) -> Array2<T> {
    let n = from.ncols();
    // Collecting would double the memory again and again, and keep what it does not use.
    let mut elements = Vec::with_capacity(rows.len() * n);
    let selected = rows.iter().flat_map(|row| &flat(from)[row * n..][..n]);
    elements.extend(selected.map(|x| T::from_f64(x.to_f64())));
    Array2::from_shape_vec((rows.len(), n), elements).expect("every row has n elements")
}

/// Copies row `rows[i]` of `from` into row i of `to`.
fn copy_rows<T: Scalar>(from: &Array2<T>, rows: &[usize], to: &mut Array2<T>) {
    let n = from.ncols();
    for (to, row) in flat_mut(to).chunks_exact_mut(n).zip(rows) {
        for (to, x) in to.iter_mut().zip(&flat(from)[row * n..]) {
            *to = *x;
        }
    }
}
