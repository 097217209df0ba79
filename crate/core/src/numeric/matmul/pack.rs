//! Packing: copying an operand into panels, in the order in which the kernel reads them.

use super::target;
use crate::numeric::scalar::Scalar;
use ndarray::ArrayView2;

/// Copies a (k, n) matrix into panels of W columns. Panel p holds the columns from pW on, row by row. The last panel is
/// padded with zeros, whose sums are never stored.
pub(super) fn pack<'a, T: Scalar, const W: usize>(
    matrix: ArrayView2<T>,
    buffer: &'a mut Vec<T>,
) -> &'a [[T; W]] {
    let (k, n) = matrix.dim();
    let count = n.div_ceil(W) * k;
    if buffer.len() < count * W {
        // As large as needed and no larger: of a full batch this is a part of the memory that counts.
        buffer.reserve_exact(count * W - buffer.len());
        buffer.resize(count * W, T::zero());
    }
    let panels = &mut buffer.as_chunks_mut::<W>().0[..count];
    if let Some(elements) = matrix.as_slice() {
        target::touch_cache_lines(elements);
        pack_rows(elements, n, panels);
    } else if let Some(elements) = matrix.t().as_slice() {
        target::touch_cache_lines(elements);
        pack_columns(elements, k, panels);
    } else {
        panels.fill([T::zero(); W]);
        for ((row, column), value) in matrix.indexed_iter() {
            panels[column / W * k + row][column % W] = *value;
        }
    }
    panels
}

/// Packs a matrix stored as rows of n elements.
#[inline(never)]
fn pack_rows<T: Scalar, const W: usize>(elements: &[T], n: usize, panels: &mut [[T; W]]) {
    let k = elements.len() / n;
    let mut column = 0;
    // The length of a copy is known at compile time, so that it is not a call to memcpy. Two panels are filled at once,
    // so that whole cache lines are read.
    for pair in panels.chunks_exact_mut(2 * k).take(n / (2 * W)) {
        let (first, second) = pair.split_at_mut(k);
        let rows = elements[column..].chunks(n);
        for ((first, second), row) in first.iter_mut().zip(second).zip(rows) {
            if let Some([a, b]) = row.as_chunks::<W>().0.first_chunk() {
                (*first, *second) = (*a, *b);
            }
        }
        column += 2 * W;
    }
    for panel in panels.chunks_exact_mut(k).skip(column / W) {
        let rows = elements[column..].chunks(n);
        for (to, row) in panel.iter_mut().zip(rows) {
            if let Some(row) = row.first_chunk::<W>()
                && column + W <= n
            {
                *to = *row;
                continue;
            }
            for (j, to) in to.iter_mut().enumerate() {
                *to = if column + j < n { row[j] } else { T::zero() };
            }
        }
        column += W;
    }
}

/// Packs a matrix stored as columns of k elements.
#[inline(never)]
fn pack_columns<T: Scalar, const W: usize>(elements: &[T], k: usize, panels: &mut [[T; W]]) {
    for (panel, columns) in panels.chunks_exact_mut(k).zip(elements.chunks(W * k)) {
        let mut done = 0;
        if columns.len() < W * k {
            panel.fill([T::zero(); W]);
        } else if !target::TRANSPOSES_IN_BLOCKS {
            let columns: [&[T]; W] = std::array::from_fn(|j| &columns[j * k..][..k]);
            for (i, to) in panel.iter_mut().enumerate() {
                for j in 0..W {
                    to[j] = columns[j][i];
                }
            }
            continue;
        } else {
            // Transposes 4 x 4 blocks, from left to right across the panel.
            let columns: [&[[T; 4]]; W] =
                std::array::from_fn(|j| columns[j * k..][..k].as_chunks().0);
            for (i, rows) in panel.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                for block in 0..W / 4 {
                    let transposed =
                        T::transpose4(std::array::from_fn(|j| columns[4 * block + j][i]));
                    for (to, row) in rows.iter_mut().zip(transposed) {
                        to.as_chunks_mut().0[block] = row;
                    }
                }
            }
            done = k / 4 * 4;
        }
        for (j, column) in columns.chunks_exact(k).enumerate() {
            for (to, x) in panel[done..].iter_mut().zip(&column[done..]) {
                to[j] = *x;
            }
        }
    }
}
