//! The network: forward and backward, layer by layer.
//!
//! ```text
//! a_0 = x
//! z_l = a_(l-1) W_l + b_l        u_l = norm(z_l)        h_l = phi(u_l)
//! a_l = h_l, or h_l + a_(l-1) where the layer is residual
//! ```
//! The last layer is plain affine: z_L are the outputs. Rows are samples; W is (n_in, n_out).

pub mod activation;
pub mod init;
pub mod loss;
pub mod normalization;
pub mod parameter;

use crate::config::Activation;
use crate::config::Norm;
use crate::config::activation::SlopeRole;
use crate::network::activation::ActivationFn;
use crate::network::loss::{LossFunction, Targets};
use crate::network::normalization::{NormWorkspace, Normalization};
use crate::network::parameter::Parameter;
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::matmul::Gemm;
use crate::numeric::scalar::{Scalar, all_finite};
use crate::numeric::statistics::{fold_pairs, l2_norm, rms};
use ndarray::{Array2, ArrayView2};

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

/// A layer's signals for one batch.
#[derive(Debug, Clone)]
pub struct LayerWorkspace<T> {
    /// Pre-activation, (batch, n_out).
    pub z: Array2<T>,
    /// dLoss/dz, (batch, n_out).
    pub delta: Array2<T>,
    h: Array2<T>,
    /// With normalization: u and what its backward pass needs.
    norm: Option<(Array2<T>, NormWorkspace<T>)>,
    /// Residual layers: h + input.
    sum: Option<Array2<T>>,
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

    /// The first tensor that is not finite, in the order of the forward pass, and the operation that made it.
    fn overflow(&self) -> Option<(&'static str, &'static str)> {
        let bad = |array: &Array2<T>| !all_finite(flat(array));
        if bad(&self.z) {
            Some(("z", "u W + b"))
        } else if bad(self.u()) {
            Some(("u", "normalization"))
        } else if bad(&self.h) {
            Some(("a", "phi(u)"))
        } else if bad(self.a()) {
            Some(("a", "phi(u) + input"))
        } else {
            None
        }
    }
}

/// The signals of all layers for one batch, and working space: made once, used every step.
#[derive(Debug, Clone)]
pub struct Workspace<T> {
    /// The batch's inputs, (batch, n_in).
    pub x: Array2<T>,
    /// One per layer.
    pub layers: Vec<LayerWorkspace<T>>,
    /// dLoss/da of each layer, (batch, n_out); a residual layer passes it on.
    da: Vec<Array2<T>>,
    /// RMS of delta W^T of each layer that is residual, before what it passes on is added.
    weighted_rms: Vec<f64>,
    gemm: Gemm<T>,
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

    /// What the last backward pass multiplied delta by on its way from layer `index` + 1 (0-based)
    /// to layer `index`; all 1 for the output layer, where delta begins. `deltas` are the RMS of all deltas.
    pub fn factors(&self, network: &Network<T>, index: usize, deltas: &[f64]) -> Factors {
        let (Some(above), Some(next)) = (deltas.get(index + 1), network.layers.get(index + 1))
        else {
            return Factors::NONE;
        };
        let own = &self.layers[index];
        let da = rms(flat(&self.da[index]));
        let weighted = if next.spec.residual {
            self.weighted_rms[index + 1]
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
                flat(&self.da[index]),
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

    /// The network's outputs, z of the last layer.
    pub fn output(&self) -> &Array2<T> {
        &self.layers.last().expect("a network has layers").z
    }
}

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

/// Where a value that is not finite was first seen in a pass: layer 1..L, tensor, operation.
pub type Overflow = (usize, &'static str, &'static str);

/// The name of a parameter's gradient and the operation that makes it.
fn gradient_of(parameter: &str) -> (&'static str, &'static str) {
    match parameter {
        "W" => ("dW", "input^T delta"),
        "b" => ("db", "sum of delta"),
        "gamma" => ("dgamma", "sum of du xhat"),
        "beta" => ("dbeta", "sum of du"),
        _ => ("dslope", "sum of da u where u < 0"),
    }
}

/// Sees the index, u and phi(u) of every layer of a pass.
pub type Visit<'a, T> = &'a mut dyn FnMut(usize, &Array2<T>, &Array2<T>);

/// Which statistics batch norm uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Those of the samples given.
    Training,
    /// The running ones.
    Test,
}

/// A deep network.
#[derive(Debug, Clone)]
pub struct Network<T> {
    /// Hidden layers 1..depth, then the output layer.
    pub layers: Vec<Layer<T>>,
}

impl<T: Scalar> Network<T> {
    /// A network of these layers, with zero weights.
    pub fn new(specs: &[LayerSpec]) -> Self {
        Network {
            layers: specs.iter().map(|s| Layer::new(*s)).collect(),
        }
    }

    /// All parameters, layer by layer.
    pub fn parameters(&self) -> impl Iterator<Item = &Parameter<T>> {
        self.layers.iter().flat_map(Layer::parameters)
    }

    /// The forward pass on `signals.x`, with batch statistics.
    ///
    /// Returns the first overflow, if there was one.
    pub fn forward(&self, workspace: &mut Workspace<T>) -> Option<Overflow> {
        let mut finite = true;
        let Workspace {
            x, layers, gemm, ..
        } = workspace;
        for (l, layer) in self.layers.iter().enumerate() {
            let (before, rest) = layers.split_at_mut(l);
            let input = before.last().map_or(&*x, LayerWorkspace::a);
            let own = &mut rest[0];
            let bias = flat(&layer.b.value);
            gemm.multiply(
                input.view(),
                layer.w.value.view(),
                Some(bias),
                own.z.view_mut(),
            );
            if let (Some(norm), Some((u, norm_workspace))) = (&layer.norm, &mut own.norm) {
                norm.forward(&own.z, u, norm_workspace);
            }
            let u = own.norm.as_ref().map_or(&own.z, |(u, _)| u);
            finite &= layer.phi().apply(flat(u), flat_mut(&mut own.h));
            if let Some(sum) = &mut own.sum {
                for ((sum, h), input) in flat_mut(sum).iter_mut().zip(flat(&own.h)).zip(flat(input))
                {
                    *sum = *h + *input;
                }
            }
        }
        // What is not finite in z, h or a makes the next u not finite either, and the last layer's z is its u.
        if finite {
            return None;
        }
        layers.iter().enumerate().find_map(|(l, own)| {
            let (tensor, operation) = own.overflow()?;
            Some((l + 1, tensor, operation))
        })
    }

    /// The loss of the last forward pass, and its delta at the output layer.
    pub fn loss(
        &self,
        loss: LossFunction,
        targets: &Targets<T>,
        workspace: &mut Workspace<T>,
    ) -> (f64, Option<Overflow>) {
        let layers = self.layers.len();
        let LayerWorkspace { z, delta, .. } = &mut workspace.layers[layers - 1];
        let value = loss.evaluate(z, targets, delta);
        let overflow = if !value.is_finite() {
            Some((layers, "loss", loss.operation()))
        } else if !all_finite(flat(delta)) {
            Some((layers, "delta", loss.operation()))
        } else {
            None
        };
        (value, overflow)
    }

    /// The backward pass from the output layer's delta: delta and gradients of every layer.
    ///
    /// Returns the first overflow, if there was one.
    pub fn backward(&mut self, workspace: &mut Workspace<T>) -> Option<Overflow> {
        let mut finite = true;
        let Workspace {
            x,
            layers,
            da,
            weighted_rms,
            gemm,
        } = workspace;
        for l in (0..self.layers.len()).rev() {
            let layer = &mut self.layers[l];
            let (before, rest) = layers.split_at_mut(l);
            let own = &mut rest[0];
            let input = before.last().map_or(&*x, LayerWorkspace::a);
            // dW = a_(l-1)^T delta, db = sum over the batch of delta
            let dw = layer.w.gradient.view_mut();
            gemm.multiply(input.t(), own.delta.view(), None, dw);
            sum_rows(&own.delta, flat_mut(&mut layer.b.gradient));
            layer.parameters_mut().for_each(|parameter| {
                parameter.norm = l2_norm(flat(&parameter.gradient));
                // What is not finite in delta is not in db either.
                finite &= parameter.norm.is_finite();
            });
            let Some(below) = before.last_mut() else {
                continue;
            };

            // dLoss/da of the layer below = delta W^T, and what a residual layer passes on as it is
            let (da_before, da_own) = da.split_at_mut(l);
            let da_below = &mut da_before[l - 1];
            gemm.multiply(
                own.delta.view(),
                layer.w.value.t(),
                None,
                da_below.view_mut(),
            );
            if layer.spec.residual {
                weighted_rms[l] = rms(flat(da_below));
                for (below, own) in flat_mut(da_below).iter_mut().zip(flat(&da_own[0])) {
                    *below += *own;
                }
            }
            // du = da phi'(u), then through the normalization to dz
            let layer = &mut self.layers[l - 1];
            let LayerWorkspace {
                z, delta, h, norm, ..
            } = below;
            let u = norm.as_ref().map_or(&*z, |(u, _)| u);
            layer
                .phi()
                .backward(flat(u), flat(h), flat(da_below), flat_mut(delta));
            if let Some(slope) = &mut layer.slope {
                let sum = fold_pairs(flat(u), flat(da_below), |u, da| {
                    if u <= T::zero() { u * da } else { T::zero() }
                });
                slope.gradient[[0, 0]] = T::from_f64(sum);
            }
            if let (Some(norm), Some((_, norm_workspace))) = (&mut layer.norm, norm) {
                norm.backward(delta, norm_workspace);
            }
        }
        if finite {
            return None;
        }
        let layers = layers.iter().zip(&self.layers).enumerate().rev();
        layers
            .flat_map(|(l, (workspace, layer))| {
                let delta = (workspace.delta.view(), ("delta", "delta W^T phi'(u)"));
                let gradients = layer
                    .parameters()
                    .map(|p| (p.gradient.view(), gradient_of(p.name)));
                [delta]
                    .into_iter()
                    .chain(gradients)
                    .map(move |(array, name)| (l, array, name))
            })
            .find(|(_, array, _)| !array.iter().all(|x| x.finite()))
            .map(|(l, _, (tensor, operation))| (l + 1, tensor, operation))
    }

    /// Takes the last forward pass into batch norm's running statistics.
    pub fn update_running(&mut self, workspace: &Workspace<T>) {
        for (layer, workspace) in self.layers.iter_mut().zip(&workspace.layers) {
            if let (Some(norm), Some((_, workspace))) = (&mut layer.norm, &workspace.norm) {
                norm.update_running(workspace);
            }
        }
    }

    /// The outputs for test data x (samples, n_in): batch norm uses its running statistics.
    pub fn predict(&self, x: ArrayView2<T>, gemm: &mut Gemm<T>) -> Array2<T> {
        self.stream(x, Mode::Test, gemm, &mut |_, _, _| ())
    }

    /// A forward pass that keeps no signals: `visit` sees the index, u and phi(u) of every layer.
    pub fn stream(
        &self,
        x: ArrayView2<T>,
        mode: Mode,
        gemm: &mut Gemm<T>,
        visit: Visit<T>,
    ) -> Array2<T> {
        let mut a = x.to_owned();
        for (index, layer) in self.layers.iter().enumerate() {
            let mut u = Array2::zeros((a.nrows(), layer.spec.n_out));
            let bias = flat(&layer.b.value);
            gemm.multiply(a.view(), layer.w.value.view(), Some(bias), u.view_mut());
            match (&layer.norm, mode) {
                (Some(norm), Mode::Test) => norm.predict(&mut u),
                (Some(norm), Mode::Training) => norm.normalize(&mut u),
                (None, _) => (),
            }
            let phi = layer.phi();
            let mut h = Array2::zeros(u.dim());
            phi.apply(flat(&u), flat_mut(&mut h));
            visit(index, &u, &h);
            if layer.spec.residual {
                for (h, a) in flat_mut(&mut h).iter_mut().zip(flat(&a)) {
                    *h += *a;
                }
            }
            a = h;
        }
        a
    }

    /// The first parameter that the last update left not finite: layer 1..L and its name.
    pub fn overflown_parameter(&self) -> Option<(usize, &'static str)> {
        self.layers.iter().enumerate().find_map(|(l, layer)| {
            let bad = layer.parameters().find(|p| !all_finite(flat(&p.value)));
            bad.map(|p| (l + 1, p.name))
        })
    }
}

/// The sum of the rows of a matrix, in the order of the rows.
fn sum_rows<T: Scalar>(matrix: &Array2<T>, sums: &mut [T]) {
    /// Columns whose sums stay in registers.
    const TOGETHER: usize = 8;
    let (elements, n) = (flat(matrix), sums.len());
    let (chunks, rest) = sums.as_chunks_mut::<TOGETHER>();
    for (sums, column) in chunks.iter_mut().zip((0..).step_by(TOGETHER)) {
        let mut all = [T::zero(); TOGETHER];
        for row in elements[column..].chunks(n) {
            let Some(row) = row.first_chunk::<TOGETHER>() else {
                break;
            };
            for (sum, x) in all.iter_mut().zip(row) {
                *sum += *x;
            }
        }
        *sums = all;
    }
    for (sum, column) in rest.iter_mut().zip(n / TOGETHER * TOGETHER..) {
        *sum = elements[column..]
            .iter()
            .step_by(n)
            .fold(T::zero(), |sum, x| sum + *x);
    }
}

#[cfg(test)]
mod tests;
