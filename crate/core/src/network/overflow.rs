//! The search for the first value that is not finite.
//!
//! An overflow is a result of a run, not an error. A pass only notices that there was one, by the largest input of every
//! activation and by the norms of the gradients. Then the tensors are searched in the order in which they were computed,
//! and the first one that is not finite is reported with its layer and operation.

use crate::network::{LayerWorkspace, Network};
use crate::numeric::array::flat;
use crate::numeric::scalar::{Scalar, all_finite};
use ndarray::Array2;

/// The first tensor that was not finite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow {
    /// Its layer, from 1; the output layer is the last.
    pub layer: usize,
    /// The tensor's name: z, u, a, loss, delta, dW, ...
    pub tensor: &'static str,
    /// The operation that computed it.
    pub operation: &'static str,
}

/// The first overflow of a forward pass, if there was one.
pub(super) fn in_forward<T: Scalar>(layers: &[LayerWorkspace<T>]) -> Option<Overflow> {
    let has_nonfinite = |array: &Array2<T>| !all_finite(flat(array));
    layers.iter().enumerate().find_map(|(l, layer)| {
        let tensors = [
            (&layer.z, "z", "input W + b"),
            (layer.u(), "u", "normalization"),
            (layer.h(), "a", "phi(z)"),
            (layer.a(), "a", "phi(z) + input"),
        ];
        let (_, tensor, operation) = tensors
            .into_iter()
            .find(|(array, ..)| has_nonfinite(array))?;
        Some(Overflow {
            layer: l + 1,
            tensor,
            operation,
        })
    })
}

/// The first overflow of a backward pass, if there was one; it goes from the output layer down, and at last sums what
/// layers share.
pub(super) fn in_backward<T: Scalar>(
    network: &Network<T>,
    workspaces: &[LayerWorkspace<T>],
) -> Option<Overflow> {
    let layers = network.layers.iter().zip(workspaces).enumerate().rev();
    let tensors = layers.flat_map(|(l, (layer, workspace))| {
        let delta = (&workspace.delta, "delta", "delta W^T phi'(z)");
        let gradients = layer.parameters().map(|parameter| {
            let (tensor, operation) = describe_gradient(parameter.name);
            (&parameter.gradient, tensor, operation)
        });
        let tensors = [delta].into_iter().chain(gradients);
        tensors.map(move |(array, tensor, operation)| {
            let overflow = Overflow {
                layer: l + 1,
                tensor,
                operation,
            };
            (array, overflow)
        })
    });
    let shared = network.shared.iter().flat_map(|shared| {
        let layer = shared.layers.start + 1;
        shared.parameters.iter().map(move |parameter| {
            let (tensor, _) = describe_gradient(parameter.name);
            let overflow = Overflow {
                layer,
                tensor,
                operation: "sum over tied layers",
            };
            (&parameter.gradient, overflow)
        })
    });
    let mut tensors = tensors.chain(shared);
    let found = tensors.find(|(array, _)| !all_finite(flat(array)));
    found.map(|(_, overflow)| overflow)
}

/// The name of a parameter's gradient and the operation that computes it.
fn describe_gradient(parameter: &str) -> (&'static str, &'static str) {
    match parameter {
        "W" => ("dW", "input^T delta"),
        "b" => ("db", "sum of delta"),
        "gamma" => ("dgamma", "sum of du xhat"),
        "beta" => ("dbeta", "sum of du"),
        _ => ("dslope", "sum of da z where z < 0"),
    }
}
