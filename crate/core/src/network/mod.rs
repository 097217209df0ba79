//! The network: forward and backward pass, layer by layer.
//!
//! ```text
//! a_0 = x
//! z_l = a_(l-1) W_l + b_l        u_l = norm(z_l)        h_l = phi(u_l)
//! a_l = h_l                      (h_l + a_(l-1) in a residual layer)
//! ```
//!
//! z is the pre-activation and a the activation. Without normalization u is z. The outputs
//! of the network are a_L, which is z_L if the output layer is linear. Rows are samples, and W is (n_in, n_out), the transpose of PyTorch's `Linear.weight`. Of
//! the gradients, delta is dLoss/dz, and da, du, dW, db are those by a, u, W and b.

pub mod activation;
mod factors;
pub mod init;
mod layer;
pub mod loss;
pub mod normalization;
mod overflow;
pub mod parameter;
mod shared;
mod workspace;

pub use factors::{Factors, factors};
pub use layer::{Layer, LayerSpec, layer_specs, tied_layers};
pub use overflow::Overflow;
pub use shared::{SHAREABLE, Shared};
pub use workspace::{LayerWorkspace, Workspace};

use crate::config::{Activation, LossFunction};
use crate::data::Targets;
use crate::network::parameter::Parameter;
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::matmul::Gemm;
use crate::numeric::scalar::{Scalar, all_finite};
use crate::numeric::statistics::{fold_pairs, l2_norm, rms};
use ndarray::{Array2, ArrayView2};
use std::ops::Range;

/// A function called after each layer of a forward pass with the layer's index (from 0), u and phi(u), both
/// (samples, n_out), like a PyTorch forward hook.
pub type ForwardHook<'a, T> = &'a mut dyn FnMut(usize, &Array2<T>, &Array2<T>);

/// Which statistics batch norm uses, like PyTorch's `train()` and `eval()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Those of the samples of the pass.
    Train,
    /// The running statistics.
    Eval,
}

/// A deep network.
#[derive(Debug, Clone)]
pub struct Network<T> {
    /// The hidden layers, then the output layer.
    pub layers: Vec<Layer<T>>,
    /// What tied layers share.
    pub shared: Option<Shared<T>>,
}

impl<T: Scalar> Network<T> {
    /// A network of these layers, with weights and biases of 0.
    pub fn new(specs: &[LayerSpec]) -> Self {
        Network {
            layers: specs.iter().map(|s| Layer::new(*s)).collect(),
            shared: None,
        }
    }

    /// From now on these layers (from 0) share the W and b of the first of them.
    pub fn tie(&mut self, layers: Range<usize>) {
        let shared = Shared::new(layers, &self.layers);
        shared.spread(&mut self.layers);
        self.shared = Some(shared);
    }

    /// How many of the first parameters of a layer (from 0) are shared.
    pub fn shared_parameters(&self, layer: usize) -> usize {
        let shared = self.shared.as_ref();
        let is_tied = shared.is_some_and(|shared| shared.layers.contains(&layer));
        if is_tied { SHAREABLE } else { 0 }
    }

    /// All parameters that are trained, layer by layer, and last what layers share.
    pub fn parameters(&self) -> impl Iterator<Item = &Parameter<T>> {
        let layers = self.layers.iter().enumerate();
        let own = layers.flat_map(|(l, layer)| layer.parameters().skip(self.shared_parameters(l)));
        own.chain(self.shared.iter().flat_map(|shared| &shared.parameters))
    }

    /// The place of a layer's W (from 0) among [`parameters`](Self::parameters).
    pub fn place_of_w(&self, layer: usize) -> usize {
        let own = |l: usize| self.layers[l].parameters().count() - self.shared_parameters(l);
        let before = if self.shared_parameters(layer) > 0 {
            self.layers.len()
        } else {
            layer
        };
        (0..before).map(own).sum()
    }

    /// The number of weights, biases and so on that a pass uses; shared ones count in every layer.
    pub fn size(&self) -> usize {
        let parameters = self.layers.iter().flat_map(Layer::parameters);
        parameters.map(|p| p.value.len()).sum()
    }

    /// The squared L2 norm of the gradient over all parameters, from the norms that `backward` has computed.
    pub fn gradient_square(&self) -> f64 {
        let mut square = 0.0;
        for (l, layer) in self.layers.iter().enumerate() {
            let own = layer.parameters().skip(self.shared_parameters(l));
            own.for_each(|p| square += p.norm * p.norm);
        }
        for shared in self.shared.iter().flat_map(|shared| &shared.parameters) {
            square += shared.norm * shared.norm;
        }
        square
    }

    /// The L2 norm of the gradient over all parameters, before clipping.
    pub fn gradient_norm(&self) -> f64 {
        self.gradient_square().sqrt()
    }

    /// The forward pass on the inputs `workspace.x`; batch norm uses the statistics of the batch. Returns the first
    /// overflow, if there was one.
    pub fn forward(&self, workspace: &mut Workspace<T>) -> Option<Overflow> {
        let mut finite = true;
        let Workspace {
            x, layers, gemm, ..
        } = workspace;
        for (l, layer) in self.layers.iter().enumerate() {
            let (below, rest) = layers.split_at_mut(l);
            let input = below.last().map_or(&*x, LayerWorkspace::a);
            let current = &mut rest[0];
            let bias = flat(&layer.b.value);
            gemm.multiply(
                input.view(),
                layer.w.value.view(),
                Some(bias),
                current.z.view_mut(),
            );
            if let (Some(norm), Some((u, norm_workspace))) = (&layer.norm, &mut current.norm) {
                norm.forward(&current.z, u, norm_workspace);
            }
            let u = current.norm.as_ref().map_or(&current.z, |(u, _)| u);
            finite &= layer.phi().apply(flat(u), flat_mut(&mut current.h));
            if let Some(sum) = &mut current.residual_sum {
                let h = flat(&current.h);
                for ((sum, h), input) in flat_mut(sum).iter_mut().zip(h).zip(flat(input)) {
                    *sum = *h + *input;
                }
            }
        }
        // Checking every u is enough: an infinity or NaN in z, h or a makes the next u infinite or NaN, and u of the
        // output layer is its z.
        if finite {
            return None;
        }
        overflow::in_forward(layers)
    }

    /// The mean loss of the last forward pass and the first overflow, if there was one. Sets delta of the output layer.
    pub fn loss(
        &self,
        loss: LossFunction,
        targets: &Targets<T>,
        workspace: &mut Workspace<T>,
    ) -> (f64, Option<Overflow>) {
        let layers = self.layers.len();
        let LayerWorkspace { z, h, delta, .. } = &mut workspace.layers[layers - 1];
        let phi = self.layers[layers - 1].phi();
        let value = if phi.activation == Activation::Linear {
            loss.evaluate(z, targets, delta)
        } else {
            let da = &mut workspace.da[layers - 1];
            let value = loss.evaluate(h, targets, da);
            phi.backward(flat(z), flat(h), flat(da), flat_mut(delta));
            value
        };
        let overflow_in = |tensor| {
            Some(Overflow {
                layer: layers,
                tensor,
                operation: loss.operation(),
            })
        };
        // The loss is summed in f64, but it is a number of the network as all others are: one that T cannot hold has
        // overflowed, and is infinite in the log.
        let overflow = if !T::from_f64(value).is_finite() {
            overflow_in("loss")
        } else if !all_finite(flat(delta)) {
            overflow_in("delta")
        } else {
            None
        };
        (value, overflow)
    }

    /// The backward pass: from delta of the output layer to delta of every layer and the gradient of every parameter.
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
            let (below, rest) = layers.split_at_mut(l);
            let current = &mut rest[0];
            let input = below.last().map_or(&*x, LayerWorkspace::a);
            // dW = a_(l-1)^T delta, and db is the sum of delta over the batch.
            let dw = layer.w.gradient.view_mut();
            gemm.multiply(input.t(), current.delta.view(), None, dw);
            sum_rows(&current.delta, flat_mut(&mut layer.b.gradient));
            layer.parameters_mut().for_each(|parameter| {
                parameter.norm = l2_norm(flat(&parameter.gradient));
                // This checks delta too: an infinity or NaN in delta makes db infinite or NaN.
                finite &= parameter.norm.is_finite();
            });
            let Some(below) = below.last_mut() else {
                continue;
            };

            // da of the layer below is delta W^T; a residual layer adds its own da.
            let (da_below, da_current) = da.split_at_mut(l);
            let da_below = &mut da_below[l - 1];
            gemm.multiply(
                current.delta.view(),
                layer.w.value.t(),
                None,
                da_below.view_mut(),
            );
            if layer.spec.residual {
                weighted_rms[l] = rms(flat(da_below));
                for (below, current) in flat_mut(da_below).iter_mut().zip(flat(&da_current[0])) {
                    *below += *current;
                }
            }
            // du = da phi'(u), which the normalization turns into dz, that is, delta.
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
        if let Some(shared) = &mut self.shared {
            finite &= shared.sum_gradients(&self.layers);
        }
        if finite {
            return None;
        }
        overflow::in_backward(self, layers)
    }

    /// Updates the running statistics of batch norm by the last forward pass.
    pub fn update_running_stats(&mut self, workspace: &Workspace<T>) {
        for (layer, workspace) in self.layers.iter_mut().zip(&workspace.layers) {
            if let (Some(norm), Some((_, workspace))) = (&mut layer.norm, &workspace.norm) {
                norm.update_running_stats(workspace);
            }
        }
    }

    /// The outputs, (samples, outputs), for test data x, (samples, n_in): batch norm uses its running statistics.
    pub fn predict(&self, x: ArrayView2<T>, gemm: &mut Gemm<T>) -> Array2<T> {
        self.forward_with_hook(x, Mode::Eval, gemm, &mut |_, _, _| ())
    }

    /// A forward pass that stores no signals of the layers, unless `hook` does. Returns the outputs, (samples, outputs).
    pub fn forward_with_hook(
        &self,
        x: ArrayView2<T>,
        mode: Mode,
        gemm: &mut Gemm<T>,
        hook: ForwardHook<T>,
    ) -> Array2<T> {
        let mut a = x.to_owned();
        for (index, layer) in self.layers.iter().enumerate() {
            let mut u = Array2::zeros((a.nrows(), layer.spec.n_out));
            let bias = flat(&layer.b.value);
            gemm.multiply(a.view(), layer.w.value.view(), Some(bias), u.view_mut());
            match (&layer.norm, mode) {
                (Some(norm), Mode::Eval) => norm.predict(&mut u),
                (Some(norm), Mode::Train) => norm.normalize(&mut u),
                (None, _) => (),
            }
            let phi = layer.phi();
            let mut h = Array2::zeros(u.dim());
            phi.apply(flat(&u), flat_mut(&mut h));
            hook(index, &u, &h);
            if layer.spec.residual {
                for (h, a) in flat_mut(&mut h).iter_mut().zip(flat(&a)) {
                    *h += *a;
                }
            }
            a = h;
        }
        a
    }
}

/// The sum of each column of a matrix, from the first row to the last.
fn sum_rows<T: Scalar>(matrix: &Array2<T>, sums: &mut [T]) {
    /// Columns that are summed at once, so that their sums stay in registers.
    const COLUMNS: usize = 8;
    let (elements, n) = (flat(matrix), sums.len());
    let (chunks, rest) = sums.as_chunks_mut::<COLUMNS>();
    for (sums, column) in chunks.iter_mut().zip((0..).step_by(COLUMNS)) {
        let mut registers = [T::zero(); COLUMNS];
        for row in elements[column..].chunks(n) {
            let Some(row) = row.first_chunk::<COLUMNS>() else {
                break;
            };
            for (sum, x) in registers.iter_mut().zip(row) {
                *sum += *x;
            }
        }
        *sums = registers;
    }
    for (sum, column) in rest.iter_mut().zip(n / COLUMNS * COLUMNS..) {
        *sum = elements[column..]
            .iter()
            .step_by(n)
            .fold(T::zero(), |sum, x| sum + *x);
    }
}

#[cfg(test)]
mod tests;
