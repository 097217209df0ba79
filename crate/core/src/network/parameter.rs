//! A trained array with its gradient and its last update.

use crate::numeric::scalar::Scalar;
use ndarray::Array2;

/// A trained array. A vector of n numbers has the shape (1, n).
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter<T> {
    /// W, b, gamma, beta or slope.
    pub name: &'static str,
    /// The values.
    pub value: Array2<T>,
    /// The gradient of the mean data loss, before clipping and decay.
    pub gradient: Array2<T>,
    /// L2 norm of the gradient.
    pub norm: f64,
    /// The values after the last step minus the values before it.
    pub update: Array2<T>,
    /// Is it a W? Penalties and decay act on the weights alone.
    pub decays: bool,
}

impl<T: Scalar> Parameter<T> {
    /// A parameter with zero gradient and update.
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
