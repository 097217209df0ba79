//! A layer: its specification and its parameters.

use crate::config::activation::SlopeRole;
use crate::config::{Activation, Config, Norm};
use crate::network::activation::ActivationFn;
use crate::network::normalization::Normalization;
use crate::network::parameter::Parameter;
use crate::numeric::scalar::Scalar;
use ndarray::Array2;
use std::ops::Range;

/// The specification of a layer, from which it is built.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LayerSpec {
    /// Number of inputs.
    pub n_in: usize,
    /// Number of units.
    pub n_out: usize,
    /// The activation.
    pub activation: Activation,
    /// The slope of leaky_relu on the negative side, or the start value of prelu's.
    pub slope: f64,
    /// The normalization before the activation.
    pub norm: Norm,
    /// Whether the layer's input is added to its output, which needs n_in = n_out.
    pub residual: bool,
}

/// A layer with its parameters.
#[derive(Debug, Clone)]
pub struct Layer<T> {
    /// What the layer computes.
    pub spec: LayerSpec,
    /// The weights, (n_in, n_out).
    pub w: Parameter<T>,
    /// The biases, (1, n_out).
    pub b: Parameter<T>,
    /// Batch norm or layer norm, if the layer has one.
    pub norm: Option<Normalization<T>>,
    /// PReLU's learned slope, (1, 1).
    pub slope: Option<Parameter<T>>,
    /// Whether GELU is approximated by tanh.
    pub gelu_tanh: bool,
}

impl<T: Scalar> Layer<T> {
    /// A layer whose weights and biases are 0.
    ///
    /// # Panics
    /// If a residual layer has n_in different from n_out.
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
            gelu_tanh: false,
        }
    }

    /// The activation function with the present slope.
    pub fn phi(&self) -> ActivationFn<T> {
        let slope = self
            .slope
            .as_ref()
            .map_or(T::from_f64(self.spec.slope), |s| s.value[[0, 0]]);
        ActivationFn {
            gelu_tanh: self.gelu_tanh,
            ..ActivationFn::new(self.spec.activation, slope)
        }
    }

    /// The parameters: W, b, and where the layer has them gamma, beta, slope.
    pub fn parameters(&self) -> impl Iterator<Item = &Parameter<T>> {
        let norm = self.norm.iter().flat_map(|n| [&n.gamma, &n.beta]);
        [&self.w, &self.b]
            .into_iter()
            .chain(norm)
            .chain(&self.slope)
    }

    /// The parameters, mutable. Use `for_each` in hot code: it walks a chain of iterators one after another, whereas a
    /// `for` loop asks in every step which of them is next.
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

/// The hidden layers (from 0) that share one W and one b, if a config ties layers: those above the first.
pub fn tied_layers(config: &Config) -> Option<Range<usize>> {
    (config.tied && config.depth > 2).then_some(1..config.depth)
}

/// The layers of a config's network: `depth` hidden layers of `width` units, then an output layer, for data with
/// `inputs` features and `outputs` outputs.
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
        activation: config.output.activation(),
        slope: 0.0,
        norm: Norm::None,
        residual: false,
    });
    specs
}
