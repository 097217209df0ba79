//! The network: forward and backward, layer by layer.
//!
//! ```text
//! a_0 = x
//! z_l = a_(l-1) W_l + b_l        u_l = norm(z_l)        h_l = phi(u_l)
//! a_l = h_l, or h_l + a_(l-1) where the layer is residual
//! ```
//! Without normalization u is z. The last layer is plain affine: z_L are the outputs. Rows are samples; W is
//! (n_in, n_out).

pub mod activation;
mod factors;
pub mod init;
mod layer;
pub mod loss;
pub mod normalization;
mod overflow;
pub mod parameter;
mod workspace;

pub use factors::{Factors, factors};
pub use layer::{Layer, LayerSpec, layer_specs};
pub use overflow::Overflow;
pub use workspace::{LayerWorkspace, Workspace};

use crate::config::LossFunction;
use crate::data::Targets;
use crate::network::parameter::Parameter;
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::matmul::Gemm;
use crate::numeric::scalar::{Scalar, all_finite};
use crate::numeric::statistics::{fold_pairs, l2_norm, rms};
use ndarray::{Array2, ArrayView2};

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

    /// The sum of the squares of the raw gradient over all parameters, from the norms that `backward` left.
    pub fn gradient_square(&self) -> f64 {
        let mut square = 0.0;
        for layer in &self.layers {
            layer.parameters().for_each(|p| square += p.norm * p.norm);
        }
        square
    }

    /// L2 norm of the raw gradient over all parameters.
    pub fn gradient_norm(&self) -> f64 {
        self.gradient_square().sqrt()
    }

    /// The forward pass on `workspace.x`, with batch statistics.
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
        overflow::in_forward(layers)
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
        let at = |tensor| {
            Some(Overflow {
                layer: layers,
                tensor,
                operation: loss.operation(),
            })
        };
        let overflow = if !value.is_finite() {
            at("loss")
        } else if !all_finite(flat(delta)) {
            at("delta")
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
        overflow::in_backward(&self.layers, layers)
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
