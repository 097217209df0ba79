//! A layer: what it is, and its parameters.

use crate::config::activation::SlopeRole;
use crate::config::{Activation, Config, Norm};
use crate::network::activation::ActivationFn;
use crate::network::normalization::Normalization;
use crate::network::parameter::Parameter;
use crate::numeric::scalar::Scalar;
use ndarray::Array2;

/// What a layer is, before it has weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LayerSpec {
    /// Inputs.
    pub n_in: usize,
    /// Units.
    pub n_out: usize,
    /// The nonlinearity; linear for the output layer.
    pub activation: Activation,
    /// The slope below 0 of leaky_relu, the start of prelu's.
    pub slope: f64,
    /// Normalization before the activation.
    pub norm: Norm,
    /// Add the layer's input to its output (n_in = n_out).
    pub residual: bool,
}

/// A layer's parameters.
#[derive(Debug, Clone)]
pub struct Layer<T> {
    /// What it computes.
    pub spec: LayerSpec,
    /// Weights, (n_in, n_out).
    pub w: Parameter<T>,
    /// Biases, (1, n_out).
    pub b: Parameter<T>,
    /// Batch or layer norm.
    pub norm: Option<Normalization<T>>,
    /// PReLU's learned slope, (1, 1).
    pub slope: Option<Parameter<T>>,
    /// Use GELU's approximation by tanh.
    pub gelu_by_tanh: bool,
}

impl<T: Scalar> Layer<T> {
    /// A layer with zero weights and biases.
    ///
    /// # Panics
    /// If a residual layer changes the number of units.
    pub fn new(spec: LayerSpec) -> Self {
        let LayerSpec { n_in, n_out, .. } = spec;
        assert!(
            !spec.residual || n_in == n_out,
            "a residual layer keeps the number of units"
        );
        let slope = || Parameter::new("slope", Array2::from_elem((1, 1), T::from_f64(spec.slope)));
        Layer {
            spec,
            w: Parameter::new("W", Array2::zeros((n_in, n_out))),
            b: Parameter::new("b", Array2::zeros((1, n_out))),
            norm: (spec.norm != Norm::None).then(|| Normalization::new(spec.norm, n_out)),
            slope: matches!(spec.activation.traits().slope, SlopeRole::Learned { .. }).then(slope),
            gelu_by_tanh: false,
        }
    }

    /// The activation with its present slope.
    pub fn phi(&self) -> ActivationFn<T> {
        let slope = self
            .slope
            .as_ref()
            .map_or(T::from_f64(self.spec.slope), |s| s.value[[0, 0]]);
        ActivationFn {
            gelu_by_tanh: self.gelu_by_tanh,
            ..ActivationFn::new(self.spec.activation, slope)
        }
    }

    /// Its parameters: W, b, then gamma, beta, slope where it has them.
    pub fn parameters(&self) -> impl Iterator<Item = &Parameter<T>> {
        let norm = self.norm.iter().flat_map(|n| [&n.gamma, &n.beta]);
        [&self.w, &self.b]
            .into_iter()
            .chain(norm)
            .chain(&self.slope)
    }

    /// The same, to be changed. (`for_each` is quicker than a loop: a chain goes from part to part by itself.)
    pub fn parameters_mut(&mut self) -> impl Iterator<Item = &mut Parameter<T>> {
        let norm = self
            .norm
            .iter_mut()
            .flat_map(|n| [&mut n.gamma, &mut n.beta]);
        [&mut self.w, &mut self.b]
            .into_iter()
            .chain(norm)
            .chain(&mut self.slope)
    }
}

/// The layers that a config describes: `depth` hidden ones of `width` units, then the output layer.
pub fn layer_specs(config: &Config, inputs: usize, outputs: usize) -> Vec<LayerSpec> {
    let mut specs: Vec<LayerSpec> = (0..config.depth)
        .map(|l| {
            let n_in = if l == 0 { inputs } else { config.width };
            LayerSpec {
                n_in,
                n_out: config.width,
                activation: config.activation,
                slope: config.slope_value(),
                norm: config.norm,
                residual: config.residual && n_in == config.width,
            }
        })
        .collect();
    specs.push(LayerSpec {
        n_in: config.width,
        n_out: outputs,
        activation: Activation::Linear,
        slope: 0.0,
        norm: Norm::None,
        residual: false,
    });
    specs
}
