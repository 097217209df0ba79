//! Matrix products in one fixed order of summation, so that every machine gives the same bits.
//!
//! One kernel serves `A B`, `A B^T` and `A^T B`: an operand is read where it lies, or is first packed into
//! panels in the order in which the kernel reads them. Each sum runs over k from first to last, whatever the
//! size of the kernel and the width of the machine's vectors; there is no fused multiply-add.

use crate::numeric::scalar::Scalar;
use ndarray::{ArrayView2, ArrayViewMut2};
use std::hint::black_box;

/// Rows and columns of the kernel: as many sums as fit into the registers, in wasm 4 x 8 in eight
/// vectors of four, natively 6 x 16 in twelve vectors of eight.
const ROWS: usize = if WIDE { 6 } else { 4 };
const COLUMNS: usize = if WIDE { 16 } else { NARROW };
const WIDE: bool = cfg!(not(target_arch = "wasm32"));

/// For a C of few columns.
const NARROW: usize = 8;

/// The packing space of a gemm, kept between calls.
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
        if WIDE && b.ncols() <= NARROW {
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
    // Natively with the widest vectors of this machine.
    #[cfg(not(target_arch = "wasm32"))]
    pulp::Arch::new().dispatch(work);
    #[cfg(target_arch = "wasm32")]
    work.multiply();
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

#[cfg(not(target_arch = "wasm32"))]
impl<A: Left<T>, T: Scalar, const W: usize> pulp::NullaryFnOnce for Work<'_, A, T, W> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.multiply();
    }
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

/// Cuts a (k, n) matrix into panels of W columns; panel p holds columns pW.. row after row. The
/// last panel is filled up with zeros, whose sums are never stored.
fn pack<'a, T: Scalar, const W: usize>(
    matrix: ArrayView2<T>,
    space: &'a mut Vec<T>,
) -> &'a [[T; W]] {
    let (k, n) = matrix.dim();
    let count = n.div_ceil(W) * k;
    if space.len() < count * W {
        space.resize(count * W, T::zero());
    }
    let panels = &mut space.as_chunks_mut::<W>().0[..count];
    if let Some(elements) = matrix.as_slice() {
        fetch(elements);
        pack_rows(elements, n, panels);
    } else if let Some(elements) = matrix.t().as_slice() {
        fetch(elements);
        pack_columns(elements, k, panels);
    } else {
        panels.fill([T::zero(); W]);
        for ((row, column), value) in matrix.indexed_iter() {
            panels[column / W * k + row][column % W] = *value;
        }
    }
    panels
}

/// Bytes of a matrix that is likely to be far from the processor.
const FAR: usize = 1 << 17;

/// Bytes that come together.
const LINE: usize = 64;

/// Calls a large matrix in order: in the order of panels the processor would not read ahead. (Natively the
/// rows of a panel are longer, and it does.)
#[inline(never)]
fn fetch<T: Scalar>(elements: &[T]) {
    if !WIDE && size_of_val(elements) >= FAR {
        let firsts = elements.chunks(LINE / size_of::<T>()).map(|line| line[0]);
        black_box(firsts.fold(T::Bits::default(), |bits, x| bits.max(x.size_bits())));
    }
}

/// Packs rows of n elements.
#[inline(never)]
fn pack_rows<T: Scalar, const W: usize>(elements: &[T], n: usize, panels: &mut [[T; W]]) {
    let k = elements.len() / n;
    let mut column = 0;
    // Copies of a length that the compiler knows are no calls. Two panels together read whole lines of memory.
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

/// Packs columns of k elements.
#[inline(never)]
fn pack_columns<T: Scalar, const W: usize>(elements: &[T], k: usize, panels: &mut [[T; W]]) {
    for (panel, columns) in panels.chunks_exact_mut(k).zip(elements.chunks(W * k)) {
        let mut done = 0;
        if columns.len() < W * k {
            panel.fill([T::zero(); W]);
        } else if WIDE {
            // Panels of six columns are no blocks of four.
            let columns: [&[T]; W] = std::array::from_fn(|j| &columns[j * k..][..k]);
            for (i, to) in panel.iter_mut().enumerate() {
                for j in 0..W {
                    to[j] = columns[j][i];
                }
            }
            continue;
        } else {
            // In blocks of four by four, across the panel.
            let columns: [&[[T; 4]]; W] =
                std::array::from_fn(|j| columns[j * k..][..k].as_chunks().0);
            for (i, rows) in panel.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                for at in 0..W / 4 {
                    let block = T::transpose4(std::array::from_fn(|j| columns[4 * at + j][i]));
                    for (to, row) in rows.iter_mut().zip(block) {
                        to.as_chunks_mut().0[at] = row;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::{Purpose, Random};
    use ndarray::{Array2, s};

    fn random(rows: usize, columns: usize, stream: usize) -> Array2<f64> {
        let mut random = Random::new(5, Purpose::Data, stream);
        Array2::from_shape_simple_fn((rows, columns), || random.normal())
    }

    #[test]
    fn every_layout_and_odd_size_agrees_with_ndarray() {
        for (m, k, n) in [
            (1, 1, 1),
            (4, 8, 8),
            (3, 5, 7),
            (13, 1, 9),
            (64, 33, 17),
            (5, 64, 10),
        ] {
            let (a, b) = (random(m, k, 0), random(k, n, 1));
            let (a_t, b_t) = (a.t().to_owned(), b.t().to_owned());
            let wide = random(m, 2 * k, 2);
            let start = random(1, n, 3);
            let mut gemm = Gemm::new();
            let mut check = |a: ArrayView2<f64>, b: ArrayView2<f64>| {
                let mut c = Array2::from_elem((m, n), f64::NAN);
                gemm.multiply(a, b, None, c.view_mut());
                let expected = a.dot(&b);
                let worst = (&c - &expected).iter().fold(0.0f64, |w, d| w.max(d.abs()));
                assert!(worst < 1e-12, "{m}x{k}x{n}: {worst}");
                gemm.multiply(a, b, start.as_slice(), c.view_mut());
                let worst = (&c - &expected - &start)
                    .iter()
                    .fold(0.0f64, |w, d| w.max(d.abs()));
                assert!(worst < 1e-12, "{m}x{k}x{n} with a start: {worst}");
            };
            check(a.view(), b.view());
            check(a_t.t(), b.view());
            check(a.view(), b_t.t());
            check(a_t.t(), b_t.t());
            check(wide.slice(s![.., ..;2]), b.view());
        }
    }

    #[test]
    fn padding_does_not_leak_infinities() {
        let a = Array2::from_elem((5, 2), f32::INFINITY);
        let b = Array2::from_elem((2, 9), 1.0f32);
        let mut c = Array2::zeros((5, 9));
        Gemm::new().multiply(a.view(), b.view(), None, c.view_mut());
        assert!(c.iter().all(|x| *x == f32::INFINITY));
    }
}
