//! The buffers of a forward and backward pass, allocated once and overwritten in every step.

use crate::config::Norm;
use crate::network::normalization::NormWorkspace;
use crate::network::{Layer, LayerSpec, Network};
use crate::numeric::matmul::Gemm;
use crate::numeric::scalar::Scalar;
use ndarray::Array2;

/// The signals of one layer for a batch.
#[derive(Debug, Clone)]
pub struct LayerWorkspace<T> {
    /// Pre-activations, (batch, n_out).
    pub z: Array2<T>,
    /// dLoss/dz, (batch, n_out).
    pub delta: Array2<T>,
    /// phi(u), (batch, n_out).
    pub(super) h: Array2<T>,
    /// With normalization: u, (batch, n_out), and what the backward pass needs.
    pub(super) norm: Option<(Array2<T>, NormWorkspace<T>)>,
    /// With a residual connection: h + input, (batch, n_out).
    pub(super) residual_sum: Option<Array2<T>>,
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
            residual_sum: spec.residual.then(zeros),
        }
    }

    /// The input of the activation, (batch, n_out): z, after normalization if the layer has one.
    pub fn u(&self) -> &Array2<T> {
        self.norm.as_ref().map_or(&self.z, |(u, _)| u)
    }

    /// phi(u), (batch, n_out), before a residual layer adds its input.
    pub fn h(&self) -> &Array2<T> {
        &self.h
    }

    /// u of one sample, of which z is given, with the statistics of this batch if the layer has batch norm.
    pub fn normalized(&self, layer: &Layer<T>, z: &Array2<T>) -> Array2<T> {
        match (&layer.norm, &self.norm) {
            (Some(norm), Some((_, workspace))) => norm.apply_to_sample(z, workspace),
            _ => z.clone(),
        }
    }

    /// Replaces dLoss/du of one sample, of which z is given, by dLoss/dz. The statistics of batch norm count as constants.
    pub fn unnormalize(&self, layer: &Layer<T>, z: &Array2<T>, du: &mut Array2<T>) {
        if let (Some(norm), Some((_, workspace))) = (&layer.norm, &self.norm) {
            norm.backward_of_sample(z, du, workspace);
        }
    }

    /// The layer's output a, (batch, n_out).
    pub fn a(&self) -> &Array2<T> {
        self.residual_sum.as_ref().unwrap_or(&self.h)
    }
}

/// The signals of all layers for a batch.
#[derive(Debug, Clone)]
pub struct Workspace<T> {
    /// The inputs of the network, (batch, n_in).
    pub x: Array2<T>,
    /// The signals of each layer.
    pub layers: Vec<LayerWorkspace<T>>,
    /// dLoss/da of each layer, (batch, n_out).
    pub(super) da: Vec<Array2<T>>,
    /// For each residual layer the RMS of delta W^T, before the gradient of the residual connection is added.
    pub(super) weighted_rms: Vec<f64>,
    pub(super) gemm: Gemm<T>,
}

impl<T: Scalar> Workspace<T> {
    /// A workspace for passes of `batch` samples through `network`.
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

    /// Gives up all buffers; after that, no pass is possible.
    pub fn release(&mut self) {
        self.x = Array2::zeros((0, 0));
        (self.layers, self.da) = (Vec::new(), Vec::new());
        self.gemm = Gemm::new();
    }

    /// The network's outputs, (batch, outputs): a of the last layer.
    pub fn output(&self) -> &Array2<T> {
        &self.layers.last().expect("a network has layers").h
    }
}
