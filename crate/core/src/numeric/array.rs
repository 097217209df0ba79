//! Two-dimensional arrays as slices.

use ndarray::Array2;

/// The elements of an array in standard layout, row after row.
///
/// # Panics
/// If the array is a transposed or strided copy; none of ours is.
pub fn flat<T>(array: &Array2<T>) -> &[T] {
    array.as_slice().expect("our arrays are in standard layout")
}

/// The same elements, to be written.
///
/// # Panics
/// As `flat`.
pub fn flat_mut<T>(array: &mut Array2<T>) -> &mut [T] {
    array
        .as_slice_mut()
        .expect("our arrays are in standard layout")
}
