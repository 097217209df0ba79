//! The values and derivatives of the activation functions.
//!
//! A new activation needs a row and an arm of `traits` in `config/activation.rs`, an arm in each of `value` and
//! `derivative` here, and its name in `dispatch!`; the compiler demands them all. Controls, URL, documentation and the
//! test of the gradient follow.
//!
//! Loops over elements know their activation as a compile-time constant (`dispatch!`), contain no branches, and are
//! functions that are not inlined, so that the compiler knows that the slices do not overlap. Then it vectorises them,
//! natively and in wasm. `value` and `derivative` are `#[inline(always)]`: the build optimises for size and would
//! otherwise leave them as calls.
//!
//! u is the input of an activation: the pre-activation z, after normalization if the layer has one.

use crate::config::Activation;
use crate::config::activation::{SELU_ALPHA, SELU_SCALE, SlopeRole};
use crate::numeric::scalar::Scalar;
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Calls a method that has the activation as a const generic parameter, so that the loops of each activation are
/// compiled separately and contain no choice between activations.
macro_rules! dispatch {
    ($phi:ident, $method:ident $arguments:tt) => {
        dispatch!(@ $phi, $method $arguments,
            Sigmoid Tanh Relu LeakyRelu Prelu Elu Selu Gelu Silu Softplus Linear)
    };
    (@ $phi:ident, $method:ident $arguments:tt, $($kind:ident)+) => {
        match $phi.activation {
            $( Activation::$kind => $phi.$method::<{ Activation::$kind as usize }> $arguments, )+
        }
    };
}

/// An activation function phi with its parameters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ActivationFn<T> {
    /// Which function.
    pub activation: Activation,
    /// The slope of leaky_relu and prelu on the negative side.
    pub slope: T,
    /// Whether GELU is approximated by tanh (Hendrycks and Gimpel 2016, sec. 2), like PyTorch's
    /// `nn.GELU(approximate="tanh")`. Some reference runs need it.
    pub gelu_tanh: bool,
}

impl<T: Scalar> ActivationFn<T> {
    /// An activation function with a slope, which most activations ignore.
    pub fn new(activation: Activation, slope: T) -> Self {
        ActivationFn {
            activation,
            slope,
            gelu_tanh: false,
        }
    }

    /// phi(u).
    #[inline(always)]
    pub fn value(&self, u: T) -> T {
        let (zero, one, half) = (T::zero(), T::one(), T::from_f64(0.5));
        match self.activation {
            Activation::Sigmoid => u.sigmoid(),
            Activation::Tanh => u.tanh(),
            // u <= 0 is false for NaN, which therefore stays NaN.
            Activation::Relu => {
                if u <= zero {
                    zero
                } else {
                    u
                }
            }
            Activation::LeakyRelu | Activation::Prelu => {
                if u <= zero {
                    self.slope * u
                } else {
                    u
                }
            }
            Activation::Elu => {
                if u <= zero {
                    u.exp_m1()
                } else {
                    u
                }
            }
            Activation::Selu => {
                T::from_f64(SELU_SCALE)
                    * if u <= zero {
                        T::from_f64(SELU_ALPHA) * u.exp_m1()
                    } else {
                        u
                    }
            }
            Activation::Gelu if self.gelu_tanh => half * u * (one + gelu_tanh_argument(u).tanh()),
            Activation::Gelu => half * u * (one + (u * T::from_f64(FRAC_1_SQRT_2)).erf()),
            Activation::Silu => u * u.sigmoid(),
            Activation::Softplus => {
                let positive = if u <= zero { zero } else { u };
                positive + (-u.abs()).exp().ln_1p()
            }
            Activation::Linear => u,
        }
    }

    /// phi'(u), given `h` = phi(u). At a kink it is the derivative from the left, as in PyTorch.
    #[inline(always)]
    pub fn derivative(&self, u: T, h: T) -> T {
        let (zero, one, half) = (T::zero(), T::one(), T::from_f64(0.5));
        match self.activation {
            Activation::Sigmoid => h * (one - h),
            Activation::Tanh => one - h * h,
            Activation::Relu => {
                if u > zero {
                    one
                } else {
                    zero
                }
            }
            Activation::LeakyRelu | Activation::Prelu => {
                if u > zero {
                    one
                } else {
                    self.slope
                }
            }
            Activation::Elu => {
                if u > zero {
                    one
                } else {
                    u.exp()
                }
            }
            Activation::Selu => {
                T::from_f64(SELU_SCALE)
                    * if u > zero {
                        one
                    } else {
                        T::from_f64(SELU_ALPHA) * u.exp()
                    }
            }
            Activation::Gelu if self.gelu_tanh => {
                let t = gelu_tanh_argument(u).tanh();
                let inner_derivative =
                    T::from_f64((2.0 / PI).sqrt()) * (one + T::from_f64(3.0 * 0.044715) * u * u);
                half * (one + t) + half * u * (one - t * t) * inner_derivative
            }
            Activation::Gelu => {
                let density = T::from_f64(1.0 / (2.0 * PI).sqrt()) * (-half * u * u).exp();
                half * (one + (u * T::from_f64(FRAC_1_SQRT_2)).erf()) + u * density
            }
            Activation::Silu => {
                let s = u.sigmoid();
                s * (one + u * (one - s))
            }
            Activation::Softplus => u.sigmoid(),
            Activation::Linear => one,
        }
    }

    /// The largest |phi'|. A unit counts as saturated if its derivative is a small share of this.
    pub fn largest_derivative(&self) -> T {
        let traits = self.activation.traits();
        T::from_f64(match traits.slope {
            SlopeRole::Unused => traits.largest_derivative,
            SlopeRole::Fixed { .. } | SlopeRole::Learned { .. } => {
                self.slope.to_f64().abs().max(traits.largest_derivative)
            }
        })
    }

    /// Writes h = phi(u) for every element. Returns whether every u is finite.
    // Not inlined: every caller would carry a branch for each activation.
    #[inline(never)]
    pub fn apply(&self, u: &[T], h: &mut [T]) -> bool {
        dispatch!(self, apply_constant(u, h))
    }

    /// Writes du = da * phi'(u) for every element, given `h` = phi(u).
    #[inline(never)]
    pub fn backward(&self, u: &[T], h: &[T], da: &[T], du: &mut [T]) {
        dispatch!(self, backward_constant(u, h, da, du));
    }

    /// The same function, with the activation as a constant that the compiler can propagate.
    #[inline(always)]
    fn with_constant_activation<const INDEX: usize>(&self) -> Self {
        ActivationFn {
            activation: <Activation as crate::config::choice::Choice>::ALL[INDEX],
            ..*self
        }
    }

    /// Not inlined, so that the compiler knows that the slices do not overlap.
    #[inline(never)]
    fn apply_constant<const INDEX: usize>(&self, u: &[T], h: &mut [T]) -> bool {
        let phi = self.with_constant_activation::<INDEX>();
        let largest = match phi.activation {
            Activation::Sigmoid => T::sigmoid_into(u, h),
            Activation::Tanh => T::tanh_into(u, h),
            _ => T::map_into(u, h, |u| phi.value(u)),
        };
        largest < T::INFINITY_BITS
    }

    /// Not inlined, so that the compiler knows that the slices do not overlap.
    #[inline(never)]
    fn backward_constant<const INDEX: usize>(&self, u: &[T], h: &[T], da: &[T], du: &mut [T]) {
        let phi = self.with_constant_activation::<INDEX>();
        for ((du, da), (u, h)) in du.iter_mut().zip(da).zip(u.iter().zip(h)) {
            *du = *da * phi.derivative(*u, *h);
        }
    }
}

/// sqrt(2/pi) (u + 0.044715 u^3), the argument of tanh in GELU's approximation.
fn gelu_tanh_argument<T: Scalar>(u: T) -> T {
    T::from_f64((2.0 / PI).sqrt()) * (u + T::from_f64(0.044715) * u * u * u)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::choice::Choice;

    fn all() -> impl Iterator<Item = ActivationFn<f64>> {
        let gelu_tanh = ActivationFn {
            gelu_tanh: true,
            ..ActivationFn::new(Activation::Gelu, 0.25)
        };
        Activation::ALL
            .iter()
            .map(|a| ActivationFn::new(*a, 0.25))
            .chain([gelu_tanh])
    }

    #[test]
    fn derivatives_agree_with_central_differences() {
        for phi in all() {
            for i in -80..80 {
                // The offset keeps u away from the kink at 0.
                let u = f64::from(i) * 0.1 + 0.05;
                let step = 1e-6;
                let numeric = (phi.value(u + step) - phi.value(u - step)) / (2.0 * step);
                let exact = phi.derivative(u, phi.value(u));
                assert!(
                    (numeric - exact).abs() < 1e-8,
                    "{phi:?} at {u}: {numeric} {exact}"
                );
            }
        }
    }

    #[test]
    fn the_stated_largest_derivative_is_the_measured_one() {
        for phi in all() {
            let measured = (-8000..8000)
                .map(|i| f64::from(i) * 1e-3 + 5e-4)
                .map(|u| phi.derivative(u, phi.value(u)).abs())
                .fold(0.0, f64::max);
            let stated = phi.largest_derivative();
            assert!(
                (measured / stated - 1.0).abs() < 2e-3,
                "{phi:?}: measured {measured}, stated {stated}"
            );
        }
    }

    #[test]
    fn the_derivative_at_a_kink_is_that_from_the_left() {
        let at_zero = |a| ActivationFn::new(a, 0.25).derivative(0.0, 0.0);
        assert_eq!(at_zero(Activation::Relu), 0.0);
        assert_eq!(at_zero(Activation::LeakyRelu), 0.25);
        assert_eq!(at_zero(Activation::Prelu), 0.25);
    }

    #[test]
    fn extreme_inputs_give_the_limits_and_nan_stays_nan() {
        for phi in all() {
            assert!(phi.value(f64::NAN).is_nan(), "{phi:?}");
        }
        let value = |a, u: f32| ActivationFn::new(a, 0.01f32).value(u);
        assert_eq!(value(Activation::Sigmoid, 1e30), 1.0);
        assert_eq!(value(Activation::Sigmoid, -1e30), 0.0);
        assert_eq!(value(Activation::Softplus, 1e30), 1e30);
        assert_eq!(value(Activation::Softplus, -1e30), 0.0);
        assert_eq!(value(Activation::Tanh, 1e30), 1.0);
        assert_eq!(value(Activation::Elu, -1e30), -1.0);
    }

    #[test]
    fn selu_keeps_mean_0_and_variance_1() {
        // The fixed point of Klambauer et al. 2017, sec. 2, integrated by the midpoint rule over the normal density.
        let phi = ActivationFn::new(Activation::Selu, 0.0);
        let (mut mean, mut square, step) = (0.0, 0.0, 1e-4);
        for i in -120_000..120_000 {
            let z = (f64::from(i) + 0.5) * step;
            let weight = (-0.5 * z * z).exp() / (2.0 * PI).sqrt() * step;
            mean += weight * phi.value(z);
            square += weight * phi.value(z).powi(2);
        }
        assert!(
            mean.abs() < 1e-7 && (square - 1.0).abs() < 1e-7,
            "{mean} {square}"
        );
    }
}
