//! Matrix products in one fixed order of summation, so that every machine gives the same bits.
//!
//! One kernel serves `A B`, `A B^T` and `A^T B`. It is as large as the registers allow: 4 x 8 in wasm, 6 x 16
//! natively, where `pulp` finds the machine's widest vectors. An operand that several panels use is first packed
//! in the order in which the kernel reads it; one that is used once is read in place. Each sum runs over k from
//! first to last, whatever the size of the kernel and the width of the vectors; there is no fused multiply-add.

mod pack;
#[cfg_attr(target_arch = "wasm32", path = "matmul/wasm.rs")]
#[cfg_attr(not(target_arch = "wasm32"), path = "matmul/native.rs")]
mod target;

use crate::numeric::scalar::Scalar;
use ndarray::{ArrayView2, ArrayViewMut2};
use pack::pack;
use target::{COLUMNS, ROWS};

/// Columns of the kernel for a C of few columns.
const NARROW: usize = 8;

/// The packing space of products, kept between calls.
#[derive(Debug, Clone, Default)]
pub struct Gemm<T> {
    a_panels: Vec<T>,
    b_panels: Vec<T>,
}

impl<T: Scalar> Gemm<T> {
    /// An empty packing space.
    pub fn new() -> Self {
        Gemm {
            a_panels: Vec::new(),
            b_panels: Vec::new(),
        }
    }

    /// C = A B, or C = A B + c where `start` gives a row c to add to each row of C.
    ///
    /// A is (m, k), B is (k, n), C is (m, n); transposed views are welcome. C must be in standard layout.
    pub fn multiply(
        &mut self,
        a: ArrayView2<T>,
        b: ArrayView2<T>,
        start: Option<&[T]>,
        c: ArrayViewMut2<T>,
    ) {
        if COLUMNS > NARROW && b.ncols() <= NARROW {
            self.multiply_in::<NARROW>(a, b, start, c);
        } else {
            self.multiply_in::<COLUMNS>(a, b, start, c);
        }
    }

    /// The same, W columns at a time.
    fn multiply_in<const W: usize>(
        &mut self,
        a: ArrayView2<T>,
        b: ArrayView2<T>,
        start: Option<&[T]>,
        mut c: ArrayViewMut2<T>,
    ) {
        let ((m, k), n) = (a.dim(), b.ncols());
        assert_eq!((b.nrows(), c.dim()), (k, (m, n)), "shapes of a product");
        let b = match b.to_slice() {
            // It is a panel as it lies.
            Some(elements) if n == W => elements.as_chunks().0,
            _ => pack::<T, W>(b, &mut self.b_panels),
        };
        let c = c.as_slice_mut().expect("C is in standard layout");
        // Packing A pays where more than one panel of B uses it: the kernel then has less to do beside its sums.
        if n <= W
            && let Some(elements) = a.to_slice()
        {
            run(Rows { elements, m, k }, b, start, (m, k, n), c);
        } else if n <= W
            && m >= ROWS
            && let Some(elements) = a.t().to_slice()
        {
            run(Columns { elements, m }, b, start, (m, k, n), c);
        } else {
            let panels = pack::<T, ROWS>(a.t(), &mut self.a_panels);
            run(Packed { panels, k }, b, start, (m, k, n), c);
        }
    }
}

/// C = A B + start.
fn run<T: Scalar, const W: usize>(
    a: impl Left<T>,
    b: &[[T; W]],
    start: Option<&[T]>,
    shape: (usize, usize, usize),
    c: &mut [T],
) {
    let work = Work {
        a,
        b,
        start,
        shape,
        c,
    };
    target::dispatch(work);
}

/// A, (m, k), as it lies.
trait Left<T>: Copy {
    /// sums[i][j] = sum over k of A[row + i][k] * B[k][j], and the row where they begin.
    fn sums<const W: usize>(self, row: usize, b: &[[T; W]]) -> (usize, [[T; W]; ROWS]);
}

/// m rows of k elements.
#[derive(Clone, Copy)]
struct Rows<'a, T> {
    elements: &'a [T],
    m: usize,
    k: usize,
}

impl<T: Scalar> Left<T> for Rows<'_, T> {
    #[inline(always)]
    fn sums<const W: usize>(self, row: usize, b: &[[T; W]]) -> (usize, [[T; W]; ROWS]) {
        let last = self.m - 1;
        let rows: [&[T]; ROWS] =
            std::array::from_fn(|i| &self.elements[(row + i).min(last) * self.k..][..self.k]);
        let mut p = 0;
        let sums = kernel(b, || {
            let a = rows.map(|row| row[p]);
            p += 1;
            Some(a)
        });
        (row, sums)
    }
}

/// Columns of m >= ROWS elements.
#[derive(Clone, Copy)]
struct Columns<'a, T> {
    elements: &'a [T],
    m: usize,
}

impl<T: Scalar> Left<T> for Columns<'_, T> {
    #[inline(always)]
    fn sums<const W: usize>(self, row: usize, b: &[[T; W]]) -> (usize, [[T; W]; ROWS]) {
        let row = row.min(self.m - ROWS);
        let mut columns = self.elements.chunks_exact(self.m);
        let sums = kernel(b, || {
            columns.next()?.get(row..row + ROWS)?.first_chunk().copied()
        });
        (row, sums)
    }
}

/// Panels of ROWS rows, column after column.
#[derive(Clone, Copy)]
struct Packed<'a, T> {
    panels: &'a [[T; ROWS]],
    k: usize,
}

impl<T: Scalar> Left<T> for Packed<'_, T> {
    #[inline(always)]
    fn sums<const W: usize>(self, row: usize, b: &[[T; W]]) -> (usize, [[T; W]; ROWS]) {
        let mut panel = self.panels[row / ROWS * self.k..][..self.k].iter();
        (row, kernel(b, || panel.next().copied()))
    }
}

/// A product whose operands are where the kernel reads them.
struct Work<'a, A, T, const W: usize> {
    a: A,
    b: &'a [[T; W]],
    start: Option<&'a [T]>,
    /// m, k, n.
    shape: (usize, usize, usize),
    c: &'a mut [T],
}

impl<A: Left<T>, T: Scalar, const W: usize> Work<'_, A, T, W> {
    #[inline(always)]
    fn multiply(self) {
        let Work {
            a,
            b,
            start,
            shape,
            c,
        } = self;
        let (m, k, n) = shape;
        for column in (0..n).step_by(W) {
            let panel = &b[column / W * k..][..k];
            let mut first = [T::zero(); W];
            if let Some(start) = start {
                for (first, start) in first.iter_mut().zip(&start[column..]) {
                    *first = *start;
                }
            }
            for row in (0..m).step_by(ROWS) {
                let (row, sums) = a.sums(row, panel);
                let c = &mut c[row * n + column..];
                if column + W <= n {
                    for (i, sums) in sums.iter().enumerate() {
                        if row + i < m
                            && let Some(c) = c[i * n..].first_chunk_mut::<W>()
                        {
                            for j in 0..W {
                                c[j] = sums[j] + first[j];
                            }
                        }
                    }
                } else {
                    // Copies: what is pointed to could not stay in registers.
                    store_part(&{ sums }, &{ first }, m - row, n - column, n, c);
                }
            }
        }
    }
}

/// Stores what lies within C of sums that reach beyond its last column.
#[inline(never)]
fn store_part<T: Scalar, const W: usize>(
    sums: &[[T; W]; ROWS],
    first: &[T; W],
    rows: usize,
    columns: usize,
    n: usize,
    c: &mut [T],
) {
    for (sums, c) in sums.iter().zip(c.chunks_mut(n)).take(rows) {
        for j in 0..columns {
            c[j] = sums[j] + first[j];
        }
    }
}

/// sums[i][j] = sum over k of a[k][i] * b[k][j].
#[inline(always)]
fn kernel<T: Scalar, const W: usize>(
    b: &[[T; W]],
    mut a: impl FnMut() -> Option<[T; ROWS]>,
) -> [[T; W]; ROWS] {
    let mut sums = [[T::zero(); W]; ROWS];
    // By pointers that move on, with all else at a constant distance: not unrolled, and no index.
    for b in b {
        let Some(a) = a() else { break };
        for i in 0..ROWS {
            for j in 0..W {
                sums[i][j] += a[i] * b[j];
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests;
