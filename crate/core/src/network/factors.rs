//! What multiplies delta on its way from one layer to the layer below.

use crate::network::{Network, Workspace};
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::rms;
use ndarray::Array2;

/// What multiplies the RMS of delta on its way from one layer to the layer below. The product of
/// all is exactly RMS(delta below) / RMS(delta above).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Factors {
    /// By the weights: RMS(delta W^T) / RMS(delta).
    pub weight: f64,
    /// By what a residual layer above passes on beside its weights: RMS(da) / RMS(delta W^T).
    pub residual: f64,
    /// By the activation's derivative: RMS(du) / RMS(da).
    pub activation: f64,
    /// By the normalization: RMS(delta below) / RMS(du).
    pub norm: f64,
}

impl Factors {
    /// Nothing is multiplied.
    pub const NONE: Factors = Factors {
        weight: 1.0,
        residual: 1.0,
        activation: 1.0,
        norm: 1.0,
    };
}

/// What the last backward pass multiplied delta by on its way from layer `index` + 1 (0-based) to layer
/// `index`; all 1 for the output layer, where delta begins. `deltas` holds the RMS of every layer's delta.
///
/// The factors are measured, not derived: RMS before and after each part of the way.
pub fn factors<T: Scalar>(
    network: &Network<T>,
    workspace: &Workspace<T>,
    index: usize,
    deltas: &[f64],
) -> Factors {
    let (Some(above), Some(next)) = (deltas.get(index + 1), network.layers.get(index + 1)) else {
        return Factors::NONE;
    };
    let own = &workspace.layers[index];
    let da = rms(flat(&workspace.da[index]));
    let weighted = if next.spec.residual {
        workspace.weighted_rms[index + 1]
    } else {
        da
    };
    let delta = deltas[index];
    // Without normalization delta is du; with it, du is computed once more.
    let du = if own.norm.is_some() {
        let mut du = Array2::zeros(own.delta.dim());
        network.layers[index].phi().backward(
            flat(own.u()),
            flat(&own.h),
            flat(&workspace.da[index]),
            flat_mut(&mut du),
        );
        rms(flat(&du))
    } else {
        delta
    };
    // A signal that has died stays dead, whatever multiplies it.
    let ratio = |to: f64, from: f64| if to == 0.0 { 0.0 } else { to / from };
    Factors {
        weight: ratio(weighted, *above),
        residual: ratio(da, weighted),
        activation: ratio(du, da),
        norm: ratio(delta, du),
    }
}
