//! Products compared with ndarray's, in every layout.

use super::*;
use crate::numeric::random::{Random, Stream};
use ndarray::{Array2, s};

fn random(rows: usize, columns: usize, stream: usize) -> Array2<f64> {
    let mut random = Random::new(5, Stream::Data, stream);
    Array2::from_shape_simple_fn((rows, columns), || random.normal())
}

#[test]
fn products_of_every_layout_and_size_agree_with_ndarray() {
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
        let bias = random(1, n, 3);
        let mut gemm = Gemm::new();
        let mut check = |a: ArrayView2<f64>, b: ArrayView2<f64>| {
            let mut c = Array2::from_elem((m, n), f64::NAN);
            gemm.multiply(a, b, None, c.view_mut());
            let expected = a.dot(&b);
            let worst = (&c - &expected).iter().fold(0.0f64, |w, d| w.max(d.abs()));
            assert!(worst < 1e-12, "{m}x{k}x{n}: {worst}");
            gemm.multiply(a, b, bias.as_slice(), c.view_mut());
            let worst = (&c - &expected - &bias)
                .iter()
                .fold(0.0f64, |w, d| w.max(d.abs()));
            assert!(worst < 1e-12, "{m}x{k}x{n} with a bias: {worst}");
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
