//! Initialisation of weights and biases.
//!
//! Numbers are drawn in f64 and rounded once, so that f32 and f64 networks start from the same weights. Every layer
//! draws from its own random stream, so that more layers leave the earlier ones unchanged. Tied layers draw from that of
//! the first of them.

use crate::config::{Config, Init};
use crate::network::{Layer, Network, layer_specs, tied_layers};
use crate::numeric::array::flat_mut;
use crate::numeric::random::{Random, Stream};
use crate::numeric::scalar::Scalar;

impl<T: Scalar> Network<T> {
    /// The network with which a config begins, for data with `inputs` features and `outputs` outputs.
    pub fn initial(config: &Config, inputs: usize, outputs: usize) -> Self {
        let mut network = Network::new(&layer_specs(config, inputs, outputs));
        for (index, layer) in network.layers.iter_mut().enumerate() {
            initialise(layer, config, index);
        }
        if let Some(layers) = tied_layers(config) {
            network.tie(layers);
        }
        network
    }
}

/// Draws the weights and biases of layer `index` (from 0) as the config says.
///
/// The weights that `init` draws are multiplied by `init_gain`. Biases are drawn by `uniform` and 0 with any other
/// `init`; normal noise of standard deviation `bias_std` is added to them.
pub fn initialise<T: Scalar>(layer: &mut Layer<T>, config: &Config, index: usize) {
    let (n_in, n_out) = (layer.spec.n_in, layer.spec.n_out);
    let tied = tied_layers(config).filter(|layers| layers.contains(&index));
    let index = tied.map_or(index, |layers| layers.start);
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

/// The weights, (n_in, n_out) row by row, before `init_gain`.
fn draw(init: Init, n_in: usize, n_out: usize, random: &mut Random) -> Vec<f64> {
    let (fan_in, fan_out) = (n_in as f64, n_out as f64);
    let n = n_in * n_out;
    let normal = |random: &mut Random, std: f64| -> Vec<f64> {
        (0..n).map(|_| std * random.normal()).collect()
    };
    let uniform = |random: &mut Random, bound: f64| -> Vec<f64> {
        (0..n).map(|_| random.uniform_in(-bound, bound)).collect()
    };
    match init {
        Init::Zeros => vec![0.0; n],
        Init::Constant => vec![1.0; n],
        Init::UniformZeroOne => (0..n).map(|_| random.uniform_in(0.0, 1.0)).collect(),
        Init::Normal => normal(random, 1.0),
        Init::XavierNormal => normal(random, (2.0 / (fan_in + fan_out)).sqrt()),
        Init::HeNormal => normal(random, (2.0 / fan_in).sqrt()),
        Init::LecunNormal => normal(random, (1.0 / fan_in).sqrt()),
        Init::XavierUniform => uniform(random, (6.0 / (fan_in + fan_out)).sqrt()),
        Init::HeUniform => uniform(random, (6.0 / fan_in).sqrt()),
        Init::Uniform => uniform(random, fan_in.sqrt().recip()),
        Init::Orthogonal => orthogonal(n_in, n_out, random),
    }
}

/// A random matrix, (n_in, n_out) row by row, whose rows or columns (whichever are fewer) are orthonormal (Saxe et al.
/// 2014): normal vectors, made orthonormal by the Gram-Schmidt process, applied twice for full accuracy (Giraud et al.
/// 2005).
fn orthogonal(n_in: usize, n_out: usize, random: &mut Random) -> Vec<f64> {
    let (count, length) = (n_in.min(n_out), n_in.max(n_out));
    let mut vectors: Vec<Vec<f64>> = Vec::with_capacity(count);
    while vectors.len() < count {
        let mut v: Vec<f64> = (0..length).map(|_| random.normal()).collect();
        for _ in 0..2 {
            for other in &vectors {
                let projection: f64 = v.iter().zip(other).map(|(a, b)| a * b).sum();
                for (v, other) in v.iter_mut().zip(other) {
                    *v -= projection * other;
                }
            }
        }
        let norm = v.iter().map(|x| x * x).sum::<f64>().sqrt();
        // Of a vector almost in the span of the others only rounding errors would be left: draw another.
        if norm > 1e-6 {
            vectors.push(v.into_iter().map(|x| x / norm).collect());
        }
    }
    let element = |i: usize, j: usize| {
        if n_in <= n_out {
            vectors[i][j]
        } else {
            vectors[j][i]
        }
    };
    (0..n_in * n_out)
        .map(|k| element(k / n_out, k % n_out))
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
    fn variances_and_bounds_are_those_of_the_papers() {
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
                // Mean squares: their mean is not 0.
                Init::Constant => (1.0, 1.0),
                Init::UniformZeroOne => (1.0 / 3.0, 1.0),
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
