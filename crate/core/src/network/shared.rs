//! One W and one b that several layers use.
//!
//! Every layer keeps its own share of their gradient, dW and db, which is what is shown. The gradient of what they share is
//! the sum of the shares: the optimizer, clipping and the norm of the gradient see it, once.

use crate::network::Layer;
use crate::network::parameter::Parameter;
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::l2_norm;
use std::ops::Range;

/// One W and one b that several layers use.
#[derive(Debug, Clone)]
pub struct Shared<T> {
    /// The layers, from 0.
    pub layers: Range<usize>,
    /// W and b. Their gradient is the sum over the layers.
    pub parameters: [Parameter<T>; 2],
}

/// The parameters of a layer that can be shared, in the order of [`Layer::parameters`].
pub const SHAREABLE: usize = 2;

impl<T: Scalar> Shared<T> {
    /// The W and b of the first of these layers.
    pub fn new(layers: Range<usize>, all: &[Layer<T>]) -> Self {
        let first = &all[layers.start];
        Shared {
            parameters: [first.w.clone(), first.b.clone()],
            layers,
        }
    }

    /// Sums the shares of the gradient, from the last layer to the first, as a backward pass meets them. Returns whether
    /// the sums are finite.
    pub(super) fn sum_gradients(&mut self, all: &[Layer<T>]) -> bool {
        let mut finite = true;
        for (index, parameter) in self.parameters.iter_mut().enumerate() {
            parameter.gradient.fill(T::zero());
            for layer in all[self.layers.clone()].iter().rev() {
                let share = if index == 0 { &layer.w } else { &layer.b };
                let sums = flat_mut(&mut parameter.gradient).iter_mut();
                for (sum, share) in sums.zip(flat(&share.gradient)) {
                    *sum += *share;
                }
            }
            parameter.norm = l2_norm(flat(&parameter.gradient));
            finite &= parameter.norm.is_finite();
        }
        finite
    }

    /// Gives every layer the values and the update of what they share.
    pub fn spread(&self, all: &mut [Layer<T>]) {
        let [w, b] = &self.parameters;
        for layer in &mut all[self.layers.clone()] {
            for (to, from) in [(&mut layer.w, w), (&mut layer.b, b)] {
                to.value.assign(&from.value);
                to.update.assign(&from.update);
            }
        }
    }
}

#[cfg(test)]
mod tests;
