//! Initialisations. Weights are drawn in f64 and rounded once, so that f32 and f64 start alike;
//! every layer draws from a stream of its own.

use crate::config::{Config, Init};
use crate::network::Layer;
use crate::numeric::array::flat_mut;
use crate::numeric::random::{Random, Stream};
use crate::numeric::scalar::Scalar;

/// Draws the weights and biases of layer `index` (0-based) as the config says.
///
/// The weights of `init` are multiplied by `init_gain`; `bias_std` times a standard normal is added
/// to the biases (which are zero, except with `uniform`).
pub fn initialise<T: Scalar>(layer: &mut Layer<T>, config: &Config, index: usize) {
    let (n_in, n_out) = (layer.spec.n_in, layer.spec.n_out);
    let mut random = Random::new(config.seed, Stream::Weights, index);
    let weights = draw(config.init, n_in, n_out, &mut random);
    for (w, drawn) in flat_mut(&mut layer.w.value).iter_mut().zip(weights) {
        *w = T::from_f64(config.init_gain * drawn);
    }
    let mut random = Random::new(config.seed, Stream::Biases, index);
    let bound = if config.init == Init::Uniform {
        (n_in as f64).sqrt().recip()
    } else {
        0.0
    };
    for b in flat_mut(&mut layer.b.value) {
        *b = T::from_f64(random.uniform_in(-bound, bound) + config.bias_std * random.normal());
    }
}

/// Weights (n_in, n_out), row after row, before the gain.
fn draw(init: Init, n_in: usize, n_out: usize, random: &mut Random) -> Vec<f64> {
    let (fan_in, fan_both) = (n_in as f64, (n_in + n_out) as f64);
    let mut fill = |draw: &mut dyn FnMut(&mut Random) -> f64| -> Vec<f64> {
        (0..n_in * n_out).map(|_| draw(random)).collect()
    };
    let mut normal = |std: f64| fill(&mut |random| std * random.normal());
    match init {
        Init::Zeros => vec![0.0; n_in * n_out],
        Init::Normal => normal(1.0),
        Init::XavierNormal => normal((2.0 / fan_both).sqrt()),
        Init::HeNormal => normal((2.0 / fan_in).sqrt()),
        Init::LecunNormal => normal((1.0 / fan_in).sqrt()),
        Init::XavierUniform | Init::HeUniform | Init::Uniform => {
            let bound = match init {
                Init::XavierUniform => (6.0 / fan_both).sqrt(),
                Init::HeUniform => (6.0 / fan_in).sqrt(),
                _ => fan_in.sqrt().recip(),
            };
            fill(&mut |random| random.uniform_in(-bound, bound))
        }
        Init::Orthogonal => orthogonal(n_in, n_out, random),
    }
}

/// A random matrix whose shorter side is orthonormal (Saxe et al. 2014): normal vectors, made
/// orthonormal by Gram and Schmidt, twice, which is enough for full accuracy (Giraud et al. 2005).
fn orthogonal(n_in: usize, n_out: usize, random: &mut Random) -> Vec<f64> {
    let (count, length) = (n_in.min(n_out), n_in.max(n_out));
    let mut vectors: Vec<Vec<f64>> = Vec::with_capacity(count);
    while vectors.len() < count {
        let mut v: Vec<f64> = (0..length).map(|_| random.normal()).collect();
        for _ in 0..2 {
            for other in &vectors {
                let along: f64 = v.iter().zip(other).map(|(a, b)| a * b).sum();
                for (v, other) in v.iter_mut().zip(other) {
                    *v -= along * other;
                }
            }
        }
        let norm = v.iter().map(|x| x * x).sum::<f64>().sqrt();
        // A vector that is almost in the others' span would be noise; draw another.
        if norm > 1e-6 {
            vectors.push(v.into_iter().map(|x| x / norm).collect());
        }
    }
    let at = |i: usize, j: usize| {
        if n_in <= n_out {
            vectors[i][j]
        } else {
            vectors[j][i]
        }
    };
    (0..n_in * n_out)
        .map(|k| at(k / n_out, k % n_out))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::choice::Choice;

    fn drawn(init: Init, n_in: usize, n_out: usize) -> Vec<f64> {
        draw(init, n_in, n_out, &mut Random::new(11, Stream::Weights, 0))
    }

    #[test]
    fn variances_and_bounds_are_the_papers() {
        let (n_in, n_out) = (300, 200);
        for init in Init::ALL {
            let weights = drawn(*init, n_in, n_out);
            let count = weights.len() as f64;
            let variance = weights.iter().map(|w| w * w).sum::<f64>() / count;
            let largest = weights.iter().fold(0.0f64, |m, w| m.max(w.abs()));
            let (expected, bound) = match init {
                Init::XavierUniform => (2.0 / 500.0, (6.0f64 / 500.0).sqrt()),
                Init::XavierNormal => (2.0 / 500.0, f64::INFINITY),
                Init::HeUniform => (2.0 / 300.0, (6.0f64 / 300.0).sqrt()),
                Init::HeNormal => (2.0 / 300.0, f64::INFINITY),
                Init::LecunNormal => (1.0 / 300.0, f64::INFINITY),
                Init::Orthogonal => (1.0 / 300.0, 1.0),
                Init::Normal => (1.0, f64::INFINITY),
                Init::Uniform => (1.0 / 900.0, 300f64.sqrt().recip()),
                Init::Zeros => (0.0, 0.0),
            };
            assert!(
                (variance - expected).abs() <= 0.02 * expected,
                "{init:?}: {variance}"
            );
            assert!(largest <= bound, "{init:?}: {largest} > {bound}");
        }
    }

    #[test]
    fn orthogonal_weights_have_orthonormal_columns_or_rows() {
        for (n_in, n_out) in [(5, 5), (7, 4), (4, 7)] {
            let w = ndarray::Array2::from_shape_vec(
                (n_in, n_out),
                drawn(Init::Orthogonal, n_in, n_out),
            );
            let w = w.unwrap();
            let gram = if n_in >= n_out {
                w.t().dot(&w)
            } else {
                w.dot(&w.t())
            };
            for ((i, j), g) in gram.indexed_iter() {
                let expected = if i == j { 1.0 } else { 0.0 };
                assert!(
                    (g - expected).abs() < 1e-14,
                    "{n_in}x{n_out} ({i},{j}): {g}"
                );
            }
        }
    }
}
