//! The search for the first value that is not finite.
//!
//! A pass only learns whether everything stayed finite, from the largest input of every activation and from the
//! norms of the gradients. Where something did not, the tensors are searched in the order of computation.

use crate::network::{Layer, LayerWorkspace, Network};
use crate::numeric::array::flat;
use crate::numeric::scalar::{Scalar, all_finite};
use ndarray::Array2;

/// Where a value that is not finite was first seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow {
    /// The layer, 1..L.
    pub layer: usize,
    /// The tensor, in the project's words.
    pub tensor: &'static str,
    /// The operation that made it.
    pub operation: &'static str,
}

/// The first overflow of a forward pass.
pub(super) fn in_forward<T: Scalar>(layers: &[LayerWorkspace<T>]) -> Option<Overflow> {
    let bad = |array: &Array2<T>| !all_finite(flat(array));
    layers.iter().enumerate().find_map(|(l, layer)| {
        let tensors = [
            (&layer.z, "z", "u W + b"),
            (layer.u(), "u", "normalization"),
            (layer.h(), "a", "phi(u)"),
            (layer.a(), "a", "phi(u) + input"),
        ];
        let (_, tensor, operation) = tensors.into_iter().find(|(array, ..)| bad(array))?;
        Some(Overflow {
            layer: l + 1,
            tensor,
            operation,
        })
    })
}

/// The first overflow of a backward pass, from the output layer down.
pub(super) fn in_backward<T: Scalar>(
    layers: &[Layer<T>],
    workspaces: &[LayerWorkspace<T>],
) -> Option<Overflow> {
    let layers = layers.iter().zip(workspaces).enumerate().rev();
    let mut tensors = layers.flat_map(|(l, (layer, workspace))| {
        let delta = (&workspace.delta, "delta", "delta W^T phi'(u)");
        let gradients = layer.parameters().map(|parameter| {
            let (tensor, operation) = gradient_of(parameter.name);
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
    let found = tensors.find(|(array, _)| !all_finite(flat(array)));
    found.map(|(_, overflow)| overflow)
}

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

impl<T: Scalar> Network<T> {
    /// The first parameter that the last update left not finite.
    pub fn overflown_parameter(&self) -> Option<Overflow> {
        self.layers.iter().enumerate().find_map(|(l, layer)| {
            let bad = layer.parameters().find(|p| !all_finite(flat(&p.value)))?;
            Some(Overflow {
                layer: l + 1,
                tensor: bad.name,
                operation: "update",
            })
        })
    }
}
