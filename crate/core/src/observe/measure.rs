//! The statistics of a snapshot, layer by layer, from a network and its signals.

use crate::network::{Layer, LayerWorkspace, Mode, Network, Workspace, factors};
use crate::numeric::array::flat;
use crate::numeric::histogram::{dw_histogram, value_histogram};
use crate::numeric::matmul::Gemm;
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::{Moments, Summary, dot, l2_norm, rms, rms_difference, to_f32};
use crate::observe::snapshot::{Histograms, LayerStatistics, WEIGHTS_SIDE, WeightImages};
use crate::training::Optimizer;
use ndarray::{Array2, ArrayView2};

/// A pair (sample, unit) counts as saturated if |phi'(u)| is below this share of the largest |phi'|.
pub const SATURATED: f64 = 0.05;

/// Samples that go through the network at a time if no gradient is needed, to bound the memory.
pub const CHUNK_ROWS: usize = 256;

/// The statistics of a state.
pub struct Measured {
    /// Statistics per layer.
    pub layers: LayerStatistics,
    /// Histograms per layer.
    pub histograms: Histograms,
    /// The cosine between the gradient and the last update, over all parameters; NaN if either is 0.
    pub step_cosine: f64,
}

/// Measures all layers. `initial_weights` are the weights at step 0 and `dead` the share of dead units, layer by layer.
///
/// The histograms of a, z and u take a third of the time and are made only if `values` is set.
pub fn measure<T: Scalar>(
    network: &Network<T>,
    workspace: &Workspace<T>,
    optimizer: &Optimizer<T>,
    initial_weights: &[Array2<T>],
    dead: &[f64],
    values: bool,
) -> Measured {
    let (mut stats, mut histograms) = (LayerStatistics::default(), Histograms::default());
    let (mut gradient_dot_update, mut squared_updates) = (0.0, 0.0f64);
    // Needed by the factors of the layer below too.
    let delta_rms: Vec<f64> = workspace
        .layers
        .iter()
        .map(|signals| rms(flat(&signals.delta)))
        .collect();
    for (index, (layer, signals)) in network.layers.iter().zip(&workspace.layers).enumerate() {
        // What layers share is updated once.
        let is_first = network
            .shared
            .as_ref()
            .is_none_or(|s| s.layers.start == index);
        let repeated = if is_first {
            0
        } else {
            network.shared_parameters(index)
        };
        let update_norms = layer.parameters().enumerate().map(|(i, p)| {
            let update = l2_norm(flat(&p.update));
            gradient_dot_update += dot(flat(&p.gradient), flat(&p.update));
            if i >= repeated {
                squared_updates += update * update;
            }
            update
        });
        let update_norms: Vec<f64> = update_norms.collect();
        let sqrt_len = (layer.w.value.len() as f64).sqrt();
        // Everything about dW follows here, while dW is in the processor's cache.
        let dw = Summary::of(flat(&layer.w.gradient));
        histograms
            .dw
            .extend(dw_histogram(flat(&layer.w.gradient), &dw));
        let a = Moments::of(flat(signals.a()));
        // W is the first parameter of a layer.
        let (w_rms, update_rms) = (rms(flat(&layer.w.value)), update_norms[0] / sqrt_len);
        let ratio = if update_rms == 0.0 {
            0.0
        } else {
            update_rms / w_rms
        };
        let factors = factors(network, workspace, index, &delta_rms);
        for (array, value) in [
            (&mut stats.dw_rms, layer.w.gradient_rms()),
            (&mut stats.dw_mean, dw.moments.mean),
            (&mut stats.dw_std, dw.moments.std),
            (&mut stats.dw_max, dw.max_abs),
            (&mut stats.dw_zero_fraction, dw.zero_fraction),
            (&mut stats.delta_rms, delta_rms[index]),
            (&mut stats.a_rms, a.rms),
            (&mut stats.a_mean, a.mean),
            (&mut stats.a_std, a.std),
            (&mut stats.w_rms, w_rms),
            (&mut stats.update_rms, update_rms),
            (&mut stats.update_ratio, ratio),
            (
                &mut stats.saturated_fraction,
                saturated_fraction(layer, signals),
            ),
            (&mut stats.dead_fraction, dead[index]),
            (
                &mut stats.distance_rms,
                rms_difference(flat(&layer.w.value), flat(&initial_weights[index])),
            ),
            (
                &mut stats.decay_rms,
                optimizer.decay_rms(network.place_of_w(index), &layer.w),
            ),
            (&mut stats.slope, layer.phi().slope.to_f64()),
            (&mut stats.weight_factor, factors.weight),
            (&mut stats.residual_factor, factors.residual),
            (&mut stats.activation_factor, factors.activation),
            (&mut stats.norm_factor, factors.norm),
        ] {
            array.push(to_f32(value));
        }
        if values {
            histograms.a.extend(value_histogram(flat(signals.a())));
            let z = value_histogram(flat(&signals.z));
            histograms.u.extend(match layer.norm {
                Some(_) => value_histogram(flat(signals.u())),
                None => z.clone(),
            });
            histograms.z.extend(z);
        }
    }
    Measured {
        layers: stats,
        histograms,
        step_cosine: gradient_dot_update / (network.gradient_square() * squared_updates).sqrt(),
    }
}

/// The share of the (sample, unit) pairs of a layer that are saturated, on this minibatch.
fn saturated_fraction<T: Scalar>(layer: &Layer<T>, workspace: &LayerWorkspace<T>) -> f64 {
    const CHUNK: usize = 256;
    let phi = layer.phi();
    let limit = T::from_f64(SATURATED * phi.largest_derivative().to_f64());
    let (u, h) = (flat(workspace.u()), flat(workspace.h()));
    let (ones, mut derivatives) = ([T::one(); CHUNK], [T::zero(); CHUNK]);
    let mut saturated = 0;
    for (u, h) in u.chunks(CHUNK).zip(h.chunks(CHUNK)) {
        let derivatives = &mut derivatives[..u.len()];
        phi.backward(u, h, &ones[..u.len()], derivatives);
        for derivative in derivatives {
            saturated += u32::from(derivative.abs() < limit);
        }
    }
    f64::from(saturated) / u.len() as f64
}

/// The share of dead units of each layer: those with phi'(u) exactly 0 for every sample of x, (samples, features).
pub fn dead_fractions<T: Scalar>(
    network: &Network<T>,
    x: ArrayView2<T>,
    gemm: &mut Gemm<T>,
) -> Vec<f64> {
    let mut alive: Vec<Vec<bool>> = network
        .layers
        .iter()
        .map(|layer| vec![false; layer.spec.n_out])
        .collect();
    for rows in x.axis_chunks_iter(ndarray::Axis(0), CHUNK_ROWS) {
        // One sample that activates a unit shows that it is not dead, so the first samples usually decide.
        if alive.iter().flatten().all(|alive| *alive) {
            break;
        }
        network.forward_with_hook(rows, Mode::Train, gemm, &mut |index, u, h| {
            let (phi, alive) = (network.layers[index].phi(), &mut alive[index]);
            if alive.iter().all(|alive| *alive) {
                return;
            }
            let units = alive.len();
            let (ones, mut derivatives) = (vec![T::one(); units], vec![T::zero(); units]);
            let rows = flat(u).chunks_exact(units);
            for (u, h) in rows.zip(flat(h).chunks_exact(units)) {
                phi.backward(u, h, &ones, &mut derivatives);
                for (alive, derivative) in alive.iter_mut().zip(&derivatives) {
                    *alive |= *derivative != T::zero();
                }
            }
        });
    }
    let share = |alive: &Vec<bool>| {
        alive.iter().filter(|alive| !**alive).count() as f64 / alive.len() as f64
    };
    alive.iter().map(share).collect()
}

/// W, dW and the last update of layer `layer` (from 0) as images; of the output layer if there are fewer layers.
pub fn weight_images<T: Scalar>(network: &Network<T>, layer: usize) -> WeightImages {
    let layer = layer.min(network.layers.len() - 1);
    let w = &network.layers[layer].w;
    let (n_in, n_out) = w.value.dim();
    let (rows, columns) = (n_in.min(WEIGHTS_SIDE), n_out.min(WEIGHTS_SIDE));
    let image = |matrix: &Array2<T>| -> Vec<f32> {
        let mut pixels = vec![0.0f64; rows * columns];
        for ((i, j), x) in matrix.indexed_iter() {
            let pixel = &mut pixels[i * rows / n_in * columns + j * columns / n_out];
            // A pixel that is NaN stays NaN, because comparisons with NaN are false.
            if x.to_f64().abs() > pixel.abs() || x.to_f64().is_nan() {
                *pixel = x.to_f64();
            }
        }
        pixels.into_iter().map(to_f32).collect()
    };
    WeightImages {
        shape: [layer, rows, columns, n_in, n_out].map(|n| n as f32).into(),
        w: image(&w.value),
        dw: image(&w.gradient),
        update: image(&w.update),
    }
}

#[cfg(test)]
mod tests;
