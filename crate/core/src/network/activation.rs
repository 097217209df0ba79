//! Activations: function and derivative side by side.
//!
//! A new activation is one row and one arm of `traits` in `config/activation.rs`, one arm each in `value` and
//! `derivative` here, and its name in `dispatch!`; controls, URL, docs and the gradient check follow.

use crate::config::Activation;
use crate::config::activation::{SELU_ALPHA, SELU_SCALE, SlopeRole};
use crate::numeric::scalar::Scalar;
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Calls a method with the activation as a constant: each activation has loops of its own, without a
/// choice in them, which run four elements at a time.
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

/// phi: an activation with what it needs beside its input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ActivationFn<T> {
    /// Which function.
    pub activation: Activation,
    /// The slope below 0 of leaky_relu and prelu.
    pub slope: T,
    /// Use GELU's approximation by tanh (Hendrycks and Gimpel 2016, sec. 2), as some reference runs do.
    pub gelu_by_tanh: bool,
}

impl<T: Scalar> ActivationFn<T> {
    /// An activation with a slope (unused by most).
    pub fn new(activation: Activation, slope: T) -> Self {
        ActivationFn {
            activation,
            slope,
            gelu_by_tanh: false,
        }
    }

    /// phi(u).
    #[inline(always)]
    pub fn value(&self, u: T) -> T {
        let (zero, one, half) = (T::zero(), T::one(), T::from_f64(0.5));
        match self.activation {
            Activation::Sigmoid => u.sigmoid(),
            Activation::Tanh => u.tanh(),
            // Written so that NaN stays NaN.
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
                    u.exp() - one
                } else {
                    u
                }
            }
            Activation::Selu => {
                T::from_f64(SELU_SCALE)
                    * if u <= zero {
                        T::from_f64(SELU_ALPHA) * (u.exp() - one)
                    } else {
                        u
                    }
            }
            Activation::Gelu if self.gelu_by_tanh => half * u * (one + gelu_inner(u).tanh()),
            Activation::Gelu => half * u * (one + (u * T::from_f64(FRAC_1_SQRT_2)).erf()),
            Activation::Silu => u * u.sigmoid(),
            Activation::Softplus => {
                let positive = if u <= zero { zero } else { u };
                positive + (-u.abs()).exp().ln_1p()
            }
            Activation::Linear => u,
        }
    }

    /// phi'(u), where `h` = phi(u). At a kink the value is that of the left side, as in PyTorch.
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
            Activation::Gelu if self.gelu_by_tanh => {
                let t = gelu_inner(u).tanh();
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

    /// The largest |phi'|, against which "saturated" is measured.
    pub fn largest_derivative(&self) -> T {
        let traits = self.activation.traits();
        T::from_f64(match traits.slope {
            SlopeRole::Unused => traits.largest_derivative,
            SlopeRole::Fixed { .. } | SlopeRole::Learned { .. } => {
                self.slope.to_f64().abs().max(traits.largest_derivative)
            }
        })
    }

    /// h = phi(u), element by element. Is every u finite?
    pub fn apply(&self, u: &[T], h: &mut [T]) -> bool {
        dispatch!(self, apply_as(u, h))
    }

    /// du = da * phi'(u), element by element, where `h` = phi(u).
    pub fn backward(&self, u: &[T], h: &[T], da: &[T], du: &mut [T]) {
        dispatch!(self, backward_as(u, h, da, du));
    }

    /// The same activation, told by a constant.
    #[inline(always)]
    fn constant<const KIND: usize>(&self) -> Self {
        ActivationFn {
            activation: <Activation as crate::config::choice::Choice>::ALL[KIND],
            ..*self
        }
    }

    /// By itself, so that the compiler knows the slices apart.
    #[inline(never)]
    fn apply_as<const KIND: usize>(&self, u: &[T], h: &mut [T]) -> bool {
        let phi = self.constant::<KIND>();
        let largest = match phi.activation {
            Activation::Sigmoid => T::sigmoid_into(u, h),
            Activation::Tanh => T::tanh_into(u, h),
            _ => T::map_into(u, h, |u| phi.value(u)),
        };
        largest < T::INFINITY_BITS
    }

    #[inline(never)]
    fn backward_as<const KIND: usize>(&self, u: &[T], h: &[T], da: &[T], du: &mut [T]) {
        let phi = self.constant::<KIND>();
        for ((du, da), (u, h)) in du.iter_mut().zip(da).zip(u.iter().zip(h)) {
            *du = *da * phi.derivative(*u, *h);
        }
    }
}

/// sqrt(2/pi) (u + 0.044715 u^3).
fn gelu_inner<T: Scalar>(u: T) -> T {
    T::from_f64((2.0 / PI).sqrt()) * (u + T::from_f64(0.044715) * u * u * u)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::choice::Choice;

    fn all() -> impl Iterator<Item = ActivationFn<f64>> {
        let by_tanh = ActivationFn {
            gelu_by_tanh: true,
            ..ActivationFn::new(Activation::Gelu, 0.25)
        };
        Activation::ALL
            .iter()
            .map(|a| ActivationFn::new(*a, 0.25))
            .chain([by_tanh])
    }

    #[test]
    fn derivatives_agree_with_central_differences() {
        for phi in all() {
            for i in -80..80 {
                // Never at the kink.
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
    fn the_largest_derivative_is_the_largest() {
        for phi in all() {
            let seen = (-8000..8000)
                .map(|i| f64::from(i) * 1e-3 + 5e-4)
                .map(|u| phi.derivative(u, phi.value(u)).abs())
                .fold(0.0, f64::max);
            let stated = phi.largest_derivative();
            assert!(
                (seen / stated - 1.0).abs() < 2e-3,
                "{phi:?}: seen {seen}, stated {stated}"
            );
        }
    }

    #[test]
    fn kinks_have_the_left_derivative() {
        let at_zero = |a| ActivationFn::new(a, 0.25).derivative(0.0, 0.0);
        assert_eq!(at_zero(Activation::Relu), 0.0);
        assert_eq!(at_zero(Activation::LeakyRelu), 0.25);
        assert_eq!(at_zero(Activation::Prelu), 0.25);
    }

    #[test]
    fn extremes_are_right_and_nan_stays_nan() {
        for phi in all() {
            assert!(phi.value(f64::NAN).is_nan(), "{phi:?}");
        }
        let at = |a, u: f32| ActivationFn::new(a, 0.01f32).value(u);
        assert_eq!(at(Activation::Sigmoid, 1e30), 1.0);
        assert_eq!(at(Activation::Sigmoid, -1e30), 0.0);
        assert_eq!(at(Activation::Softplus, 1e30), 1e30);
        assert_eq!(at(Activation::Softplus, -1e30), 0.0);
        assert_eq!(at(Activation::Tanh, 1e30), 1.0);
        assert_eq!(at(Activation::Elu, -1e30), -1.0);
    }

    #[test]
    fn selu_keeps_mean_0_and_variance_1() {
        // Klambauer et al. 2017, sec. 2: the fixed point, by the midpoint rule over the normal density.
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
