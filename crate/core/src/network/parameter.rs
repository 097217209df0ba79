//! A trained array with its gradient and its last update.
//!
//! The gradient is always that of the mean data loss: clipping and decay change what the optimizer reads, never what is
//! stored and shown.

use crate::numeric::scalar::Scalar;
use ndarray::Array2;

/// A trained array with its gradient. A vector of n numbers has the shape (1, n).
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter<T> {
    /// W, b, gamma, beta or slope.
    pub name: &'static str,
    /// The values.
    pub value: Array2<T>,
    /// The gradient of the mean data loss, before clipping and decay; same shape.
    pub gradient: Array2<T>,
    /// L2 norm of the gradient.
    pub norm: f64,
    /// The last update: the values after it minus the values before it; same shape.
    pub update: Array2<T>,
    /// Whether weight decay and L1 act on it: only on weights W.
    pub decays: bool,
}

impl<T: Scalar> Parameter<T> {
    /// A parameter whose gradient and update are 0.
    pub fn new(name: &'static str, value: Array2<T>) -> Self {
        let zeros = Array2::zeros(value.dim());
        Parameter {
            name,
            gradient: zeros.clone(),
            norm: 0.0,
            update: zeros,
            decays: name == "W",
            value,
        }
    }

    /// RMS of the gradient.
    pub fn gradient_rms(&self) -> f64 {
        self.norm / (self.gradient.len() as f64).sqrt()
    }
}
