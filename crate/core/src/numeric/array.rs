//! The elements of a two-dimensional array as one slice.

use ndarray::Array2;

/// The elements of an array, row by row.
///
/// # Panics
/// If the array is not in standard (row-major, contiguous) layout. All arrays of this crate are.
pub fn flat<T>(array: &Array2<T>) -> &[T] {
    array.as_slice().expect("our arrays are in standard layout")
}

/// The elements of an array, row by row, mutable.
///
/// # Panics
/// Like [`flat`].
pub fn flat_mut<T>(array: &mut Array2<T>) -> &mut [T] {
    array
        .as_slice_mut()
        .expect("our arrays are in standard layout")
}
