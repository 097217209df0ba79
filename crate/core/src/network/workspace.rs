//! What a pass computes for one batch: made once, written anew in every step.

use crate::config::Norm;
use crate::network::normalization::NormWorkspace;
use crate::network::{LayerSpec, Network};
use crate::numeric::matmul::Gemm;
use crate::numeric::scalar::Scalar;
use ndarray::Array2;

/// What one layer computes for a batch.
#[derive(Debug, Clone)]
pub struct LayerWorkspace<T> {
    /// Pre-activation, (batch, n_out).
    pub z: Array2<T>,
    /// dLoss/dz, (batch, n_out).
    pub delta: Array2<T>,
    pub(super) h: Array2<T>,
    /// With normalization: u and what its backward pass needs.
    pub(super) norm: Option<(Array2<T>, NormWorkspace<T>)>,
    /// Residual layers: h + input.
    pub(super) sum: Option<Array2<T>>,
}

impl<T: Scalar> LayerWorkspace<T> {
    fn new(spec: &LayerSpec, batch: usize) -> Self {
        let zeros = || Array2::zeros((batch, spec.n_out));
        let norm = || (zeros(), NormWorkspace::new(spec.norm, batch, spec.n_out));
        LayerWorkspace {
            z: zeros(),
            delta: zeros(),
            h: zeros(),
            norm: (spec.norm != Norm::None).then(norm),
            sum: spec.residual.then(zeros),
        }
    }

    /// The input of the activation: z, normalized where the layer normalizes.
    pub fn u(&self) -> &Array2<T> {
        self.norm.as_ref().map_or(&self.z, |(u, _)| u)
    }

    /// phi(u), before a residual layer adds its input.
    pub fn h(&self) -> &Array2<T> {
        &self.h
    }

    /// The layer's output.
    pub fn a(&self) -> &Array2<T> {
        self.sum.as_ref().unwrap_or(&self.h)
    }
}

/// What all layers compute for a batch.
#[derive(Debug, Clone)]
pub struct Workspace<T> {
    /// The batch's inputs, (batch, n_in).
    pub x: Array2<T>,
    /// One per layer.
    pub layers: Vec<LayerWorkspace<T>>,
    /// dLoss/da of each layer, (batch, n_out); a residual layer passes it on.
    pub(super) da: Vec<Array2<T>>,
    /// RMS of delta W^T of each layer that is residual, before what it passes on is added.
    pub(super) weighted_rms: Vec<f64>,
    pub(super) gemm: Gemm<T>,
}

impl<T: Scalar> Workspace<T> {
    /// Space for batches of `batch` samples through `network`.
    pub fn new(network: &Network<T>, batch: usize) -> Self {
        let n_in = network.layers[0].spec.n_in;
        Workspace {
            x: Array2::zeros((batch, n_in)),
            layers: network
                .layers
                .iter()
                .map(|l| LayerWorkspace::new(&l.spec, batch))
                .collect(),
            da: network
                .layers
                .iter()
                .map(|l| Array2::zeros((batch, l.spec.n_out)))
                .collect(),
            weighted_rms: vec![0.0; network.layers.len()],
            gemm: Gemm::new(),
        }
    }

    /// The network's outputs, z of the last layer.
    pub fn output(&self) -> &Array2<T> {
        &self.layers.last().expect("a network has layers").z
    }
}
