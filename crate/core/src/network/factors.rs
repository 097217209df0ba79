//! The factors by which delta is multiplied on its way from one layer to the layer below.
//!
//! They are measured, not derived from theory: the RMS before and after the weights, the residual path, the activation's
//! derivative and the normalization.

use crate::config::Activation;
use crate::network::{Network, Workspace};
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::rms;
use ndarray::Array2;

/// What multiplies the RMS of delta on its way from the layer above to this one. The product of all four factors is
/// exactly RMS(delta of this layer) / RMS(delta of the layer above).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factors {
    /// The weights of the layer above: RMS(delta W^T) / RMS(delta).
    pub weight: f64,
    /// The residual connection of the layer above: RMS(da) / RMS(delta W^T).
    pub residual: f64,
    /// The derivative of this layer's activation: RMS(du) / RMS(da). In the output layer da is the gradient of the loss.
    pub activation: f64,
    /// This layer's normalization: RMS(dz) / RMS(du), where dz is delta.
    pub norm: f64,
}

impl Factors {
    /// Nothing is multiplied: all factors are 1.
    pub const ONE: Factors = Factors {
        weight: 1.0,
        residual: 1.0,
        activation: 1.0,
        norm: 1.0,
    };
}

/// The factors of layer `index` (from 0) in the last backward pass. Delta begins in the output layer: there all are 1, but
/// for the derivative of its activation if it has one.
/// `delta_rms` holds the RMS of every layer's delta.
pub fn factors<T: Scalar>(
    network: &Network<T>,
    workspace: &Workspace<T>,
    index: usize,
    delta_rms: &[f64],
) -> Factors {
    let (Some(delta_above), Some(layer_above)) =
        (delta_rms.get(index + 1), network.layers.get(index + 1))
    else {
        if network.layers[index].spec.activation == Activation::Linear {
            return Factors::ONE;
        }
        return Factors {
            activation: ratio(delta_rms[index], rms(flat(&workspace.da[index]))),
            ..Factors::ONE
        };
    };
    let layer = &workspace.layers[index];
    let da = rms(flat(&workspace.da[index]));
    let weighted = if layer_above.spec.residual {
        workspace.weighted_rms[index + 1]
    } else {
        da
    };
    let delta = delta_rms[index];
    // Without normalization du is delta. With it, the backward pass has overwritten du, so compute it again.
    let du = if layer.norm.is_some() {
        let mut du = Array2::zeros(layer.delta.dim());
        network.layers[index].phi().backward(
            flat(layer.u()),
            flat(&layer.h),
            flat(&workspace.da[index]),
            flat_mut(&mut du),
        );
        rms(flat(&du))
    } else {
        delta
    };
    Factors {
        weight: ratio(weighted, *delta_above),
        residual: ratio(da, weighted),
        activation: ratio(du, da),
        norm: ratio(delta, du),
    }
}

/// `to` / `from`; 0 rather than NaN if both are 0: a signal that has died stays dead.
fn ratio(to: f64, from: f64) -> f64 {
    if to == 0.0 { 0.0 } else { to / from }
}
