//! Matrix products with a fixed order of summation, so that every machine gives the same bits.
//!
//! One kernel serves `A B`, `A B^T` and `A^T B`. It computes a block of C as large as the registers allow: 4 x 8 in
//! wasm, 6 x 16 natively, where `pulp` chooses the widest vectors of the machine. An operand that several panels use is
//! first packed, that is, copied into the order in which the kernel reads it; an operand that is used only once is read
//! in place. Every sum runs over k from first to last, whatever the size of the kernel and the width of the vectors, and
//! there is no fused multiply-add.

mod pack;
#[cfg_attr(target_arch = "wasm32", path = "matmul/wasm.rs")]
#[cfg_attr(not(target_arch = "wasm32"), path = "matmul/native.rs")]
mod target;

use crate::numeric::scalar::Scalar;
use ndarray::{ArrayView2, ArrayViewMut2};
use pack::pack;
use target::{COLUMNS, ROWS};

/// Columns of the kernel if C has at most this many.
const NARROW_COLUMNS: usize = 8;

/// Matrix products (general matrix multiply) with their packing buffers, which are kept between calls.
#[derive(Debug, Clone, Default)]
pub struct Gemm<T> {
    a_panels: Vec<T>,
    b_panels: Vec<T>,
}

impl<T: Scalar> Gemm<T> {
    /// Empty packing buffers, which grow when they are needed.
    pub fn new() -> Self {
        Gemm {
            a_panels: Vec::new(),
            b_panels: Vec::new(),
        }
    }

    /// The lengths to which the two packing buffers grow for a product of these sizes, for A and for B.
    pub fn packing_lengths(m: usize, k: usize, n: usize) -> (usize, usize) {
        let columns = if n <= NARROW_COLUMNS {
            NARROW_COLUMNS
        } else {
            COLUMNS
        };
        let of_a = if n <= columns {
            0
        } else {
            m.div_ceil(ROWS) * ROWS * k
        };
        (of_a, n.div_ceil(columns) * columns * k)
    }

    /// C = A B, or C = A B + b, where the `bias` b of n elements is added to every row of C.
    ///
    /// A is (m, k), B is (k, n), C is (m, n). A and B may have any layout; transposed views are fast too.
    ///
    /// # Panics
    /// If the shapes do not match or C is not in standard layout.
    pub fn multiply(
        &mut self,
        a: ArrayView2<T>,
        b: ArrayView2<T>,
        bias: Option<&[T]>,
        c: ArrayViewMut2<T>,
    ) {
        if COLUMNS > NARROW_COLUMNS && b.ncols() <= NARROW_COLUMNS {
            self.multiply_in::<NARROW_COLUMNS>(a, b, bias, c);
        } else {
            self.multiply_in::<COLUMNS>(a, b, bias, c);
        }
    }

    /// [`multiply`](Self::multiply) with a kernel of W columns.
    fn multiply_in<const W: usize>(
        &mut self,
        a: ArrayView2<T>,
        b: ArrayView2<T>,
        bias: Option<&[T]>,
        mut c: ArrayViewMut2<T>,
    ) {
        let ((m, k), n) = (a.dim(), b.ncols());
        assert_eq!((b.nrows(), c.dim()), (k, (m, n)), "shapes of a product");
        let b = match b.to_slice() {
            // B is one panel already.
            Some(elements) if n == W => elements.as_chunks().0,
            _ => pack::<T, W>(b, &mut self.b_panels),
        };
        let c = c.as_slice_mut().expect("C is in standard layout");
        // Packing A pays off if more than one panel of B uses it: the kernel then spends less on loading A.
        if n <= W
            && let Some(elements) = a.to_slice()
        {
            run(RowMajor { elements, m, k }, b, bias, (m, k, n), c);
        } else if n <= W
            && m >= ROWS
            && let Some(elements) = a.t().to_slice()
        {
            run(ColumnMajor { elements, m }, b, bias, (m, k, n), c);
        } else {
            let panels = pack::<T, ROWS>(a.t(), &mut self.a_panels);
            run(Packed { panels, k }, b, bias, (m, k, n), c);
        }
    }
}

/// C = A B + bias, for operands that the kernel can read.
fn run<T: Scalar, const W: usize>(
    a: impl LeftOperand<T>,
    b: &[[T; W]],
    bias: Option<&[T]>,
    shape: (usize, usize, usize),
    c: &mut [T],
) {
    let product = PreparedProduct {
        a,
        b,
        bias,
        shape,
        c,
    };
    target::dispatch(product);
}

/// A, (m, k), in one of the layouts that the kernel can read.
trait LeftOperand<T>: Copy {
    /// Returns sums[i][j] = sum over k of A[row + i][k] * B[k][j] for `ROWS` rows, and the `row` at which they start:
    /// near the end of A it may be smaller than asked for.
    fn sums<const W: usize>(self, row: usize, b: &[[T; W]]) -> (usize, [[T; W]; ROWS]);
}

/// A as m contiguous rows of k elements.
#[derive(Clone, Copy)]
struct RowMajor<'a, T> {
    elements: &'a [T],
    m: usize,
    k: usize,
}

impl<T: Scalar> LeftOperand<T> for RowMajor<'_, T> {
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

/// A as contiguous columns of m >= ROWS elements.
#[derive(Clone, Copy)]
struct ColumnMajor<'a, T> {
    elements: &'a [T],
    m: usize,
}

impl<T: Scalar> LeftOperand<T> for ColumnMajor<'_, T> {
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

/// A packed into panels of ROWS rows, each panel column by column.
#[derive(Clone, Copy)]
struct Packed<'a, T> {
    panels: &'a [[T; ROWS]],
    k: usize,
}

impl<T: Scalar> LeftOperand<T> for Packed<'_, T> {
    #[inline(always)]
    fn sums<const W: usize>(self, row: usize, b: &[[T; W]]) -> (usize, [[T; W]; ROWS]) {
        let mut panel = self.panels[row / ROWS * self.k..][..self.k].iter();
        (row, kernel(b, || panel.next().copied()))
    }
}

/// A product whose operands the kernel can read.
struct PreparedProduct<'a, A, T, const W: usize> {
    a: A,
    b: &'a [[T; W]],
    bias: Option<&'a [T]>,
    /// m, k, n.
    shape: (usize, usize, usize),
    c: &'a mut [T],
}

impl<A: LeftOperand<T>, T: Scalar, const W: usize> PreparedProduct<'_, A, T, W> {
    #[inline(always)]
    fn multiply(self) {
        let PreparedProduct {
            a,
            b,
            bias,
            shape,
            c,
        } = self;
        let (m, k, n) = shape;
        for column in (0..n).step_by(W) {
            let panel = &b[column / W * k..][..k];
            let mut panel_bias = [T::zero(); W];
            if let Some(bias) = bias {
                for (to, b) in panel_bias.iter_mut().zip(&bias[column..]) {
                    *to = *b;
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
                                c[j] = sums[j] + panel_bias[j];
                            }
                        }
                    }
                } else {
                    // Passes copies: an array whose address is taken could not stay in registers.
                    store_edge(&{ sums }, &{ panel_bias }, m - row, n - column, n, c);
                }
            }
        }
    }
}

/// Stores a block that reaches beyond the last column of C: only the part inside C.
#[inline(never)]
fn store_edge<T: Scalar, const W: usize>(
    sums: &[[T; W]; ROWS],
    panel_bias: &[T; W],
    rows: usize,
    columns: usize,
    n: usize,
    c: &mut [T],
) {
    for (sums, c) in sums.iter().zip(c.chunks_mut(n)).take(rows) {
        for j in 0..columns {
            c[j] = sums[j] + panel_bias[j];
        }
    }
}

/// sums[i][j] = sum over k of a[k][i] * b[k][j], where each call of `a` gives the next a[k].
#[inline(always)]
fn kernel<T: Scalar, const W: usize>(
    b: &[[T; W]],
    mut a: impl FnMut() -> Option<[T; ROWS]>,
) -> [[T; W]; ROWS] {
    let mut sums = [[T::zero(); W]; ROWS];
    // Iterating instead of indexing compiles to pointers that advance, with every operand at a constant offset, and the
    // loop is not unrolled.
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
