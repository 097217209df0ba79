//! The optimizers: from gradient to update.
//!
//! Formulas and order are those of PyTorch (`torch.optim`, `torch.nn.utils.clip_grad_norm_`, `clip_grad_value_`): clip
//! the raw gradient over all parameters, add weight decay and L1 penalty on the weights, then apply the optimizer.

use crate::config::{Clip, OptimizerKind};
use crate::network::parameter::Parameter;
use crate::network::{Network, Overflow};
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::scalar::{Scalar, all_finite};
use crate::numeric::statistics::rms;
use crate::training::Settings;

/// Gradients up to this L2 norm have squares, and means of squares, that float32 holds.
const SAFE_TO_SQUARE: f64 = 1e18;

/// The state of the optimizer for one parameter.
#[derive(Debug, Clone, Default)]
struct ParameterState<T> {
    /// The momentum buffer, or Adam's running mean of the gradient.
    first_moment: Vec<T>,
    /// The running mean of the squared gradient (RMSprop, Adam).
    second_moment: Vec<T>,
}

/// The optimizer with its state.
#[derive(Debug, Clone)]
pub struct Optimizer<T> {
    /// One per trained parameter, in the order of [`Network::parameters`].
    states: Vec<ParameterState<T>>,
    steps: i32,
    last_settings: Option<Settings>,
}

impl<T: Scalar> Default for Optimizer<T> {
    fn default() -> Self {
        Optimizer {
            states: Vec::new(),
            steps: 0,
            last_settings: None,
        }
    }
}

/// The factor by which clipping scales the network's gradient, whose L2 norm is `norm`. For clipping by norm that is
/// [`Settings::norm_scale`]; for clipping by value, the norm afterwards divided by the norm before.
pub fn clip_coefficient<T: Scalar>(network: &Network<T>, settings: &Settings, norm: f64) -> f64 {
    match settings.clip {
        Clip::None | Clip::Norm => settings.norm_scale(norm),
        Clip::Value if norm == 0.0 => 1.0,
        Clip::Value => {
            let gradients = network.parameters().flat_map(|p| flat(&p.gradient));
            let clipped = gradients.map(|g| clip_value(g.to_f64(), settings.clip_at).powi(2));
            clipped.sum::<f64>().sqrt() / norm
        }
    }
}

/// g clamped to [-limit, limit]. Both comparisons are false for NaN, which therefore stays NaN.
#[inline(always)]
fn clip_value<T: Scalar>(g: T, limit: T) -> T {
    if g > limit {
        limit
    } else if g < -limit {
        -limit
    } else {
        g
    }
}

impl<T: Scalar> Optimizer<T> {
    /// Updates every parameter of the network by its gradient and stores the update. `norm` is the L2 norm of the raw
    /// gradient over all parameters, for clipping. Returns whether every new value and every mean square is finite; if
    /// not, [`overflow`](Self::overflow) finds the first that is not.
    pub fn step(&mut self, network: &mut Network<T>, settings: &Settings, norm: f64) -> bool {
        self.steps = self.steps.saturating_add(1);
        self.last_settings = Some(settings.clone());
        let coefficient = settings.norm_scale(norm);
        let mut finite = true;
        let mut i = 0;
        let mut update = |parameter: &mut Parameter<T>| {
            if self.states.len() == i {
                self.states.push(ParameterState {
                    first_moment: Vec::new(),
                    second_moment: Vec::new(),
                });
            }
            finite &=
                self.states[i].step(parameter, settings, T::from_f64(coefficient), self.steps);
            i += 1;
        };
        for l in 0..network.layers.len() {
            let shared = network.shared_parameters(l);
            let own = network.layers[l].parameters_mut().skip(shared);
            own.for_each(&mut update);
        }
        if let Some(shared) = &mut network.shared {
            shared.parameters.iter_mut().for_each(update);
            shared.spread(&mut network.layers);
        }
        finite
    }

    /// The first overflow of the last step, if there was one, in the order of computation: for each parameter the running
    /// mean of its squared gradient, then its new value.
    pub fn overflow(&self, network: &Network<T>) -> Option<Overflow> {
        let layers = network.layers.iter().enumerate();
        let own = layers.flat_map(|(l, layer)| {
            let own = layer.parameters().skip(network.shared_parameters(l));
            own.map(move |p| (l + 1, p))
        });
        let shared = network.shared.iter().flat_map(|shared| {
            let layer = shared.layers.start + 1;
            shared.parameters.iter().map(move |p| (layer, p))
        });
        let parameters = own.chain(shared);
        parameters.enumerate().find_map(|(i, (layer, parameter))| {
            let squares = self.states.get(i).map(|state| &state.second_moment);
            let (tensor, operation) = if squares.is_some_and(|squares| !all_finite(squares)) {
                ("v", mean_square_of(parameter.name))
            } else if !all_finite(flat(&parameter.value)) {
                (parameter.name, "update")
            } else {
                return None;
            };
            Some(Overflow {
                layer,
                tensor,
                operation,
            })
        })
    }

    /// The settings of the last step; `None` before the first.
    pub fn last_settings(&self) -> Option<&Settings> {
        self.last_settings.as_ref()
    }

    /// The RMS of what weight decay and L1 contributed to the last update of a parameter, the `index`th (from 0) of the
    /// trained ones. Adam and RMSprop scale this contribution as they scale the gradient.
    pub fn decay_rms(&self, index: usize, parameter: &Parameter<T>) -> f64 {
        let (Some(s), Some(state)) = (&self.last_settings, self.states.get(index)) else {
            return 0.0;
        };
        if !parameter.decays || (s.weight_decay == 0.0 && s.l1 == 0.0) {
            return 0.0;
        }
        let correction = |beta: f64| 1.0 - libm::pow(beta, self.steps.into());
        let rms_gradient = |i: usize| state.second_moment[i].to_f64().sqrt();
        // The derivative of the update by the gradient, for fixed running means.
        let scale = |i: usize| match s.optimizer {
            OptimizerKind::Sgd | OptimizerKind::Momentum => s.learning_rate,
            OptimizerKind::Nesterov => s.learning_rate * (1.0 + s.momentum),
            OptimizerKind::Rmsprop => s.learning_rate / (rms_gradient(i) + s.eps),
            OptimizerKind::Adam | OptimizerKind::Adamw => {
                let weight = (1.0 - s.beta1) / correction(s.beta1);
                let root = rms_gradient(i) / correction(s.beta2).sqrt();
                s.learning_rate * weight / (root + s.eps)
            }
        };
        // A share below T's last digit rounds to nothing, and then nothing is taken away.
        let decayed = 1.0 - s.shrink::<T>().to_f64();
        let (value, update) = (flat(&parameter.value), flat(&parameter.update));
        let contribution: Vec<T> = (0..value.len())
            .map(|i| {
                let before = value[i].to_f64() - update[i].to_f64();
                let l1 = if before == 0.0 {
                    0.0
                } else {
                    s.l1.copysign(before)
                };
                T::from_f64(if s.optimizer.decouples_decay() {
                    decayed * before + scale(i) * l1
                } else {
                    scale(i) * (s.weight_decay * before + l1)
                })
            })
            .collect();
        rms(&contribution)
    }
}

/// The operation that computes the optimizer's v (as Kingma and Ba 2015 call it) for a parameter of this name.
fn mean_square_of(parameter: &str) -> &'static str {
    match parameter {
        "W" => "running mean of dW²",
        "b" => "running mean of db²",
        "gamma" => "running mean of dgamma²",
        "beta" => "running mean of dbeta²",
        _ => "running mean of dslope²",
    }
}

impl<T: Scalar> ParameterState<T> {
    /// Updates one parameter. Returns whether every new value and every mean square is finite.
    fn step(
        &mut self,
        parameter: &mut Parameter<T>,
        s: &Settings,
        coefficient: T,
        step: i32,
    ) -> bool {
        let decays = parameter.decays;
        let decoupled = s.optimizer.decouples_decay();
        let coupled = decays && s.weight_decay != 0.0 && !decoupled;
        let decay = T::from_f64(s.weight_decay);
        let l1 = if decays { T::from_f64(s.l1) } else { T::zero() };
        let limit = T::from_f64(s.clip_at);
        let shrink = if decays && decoupled {
            s.shrink()
        } else {
            T::one()
        };
        // The gradient after clipping, weight decay and L1 penalty.
        let effective_gradient = |g: T, w: T| {
            let mut g = match s.clip {
                Clip::None => g,
                Clip::Norm => g * coefficient,
                Clip::Value => clip_value(g, limit),
            };
            if coupled {
                g += decay * w;
            }
            if w > T::zero() {
                g += l1;
            } else if w < T::zero() {
                g -= l1;
            }
            g
        };
        let Parameter {
            value,
            gradient,
            update,
            norm,
            ..
        } = parameter;
        // An infinite mean square freezes its parameter without making it infinite, so it must be looked for. Decay adds
        // far less than this: the weights move by some ten learning rates a step at most.
        let squares_may_overflow = *norm > SAFE_TO_SQUARE;
        let (value, gradient, update) = (flat_mut(value), flat(gradient), flat_mut(update));
        let n = gradient.len();
        let rate = T::from_f64(s.learning_rate);
        if s.optimizer == OptimizerKind::Sgd && s.clip != Clip::Value && !coupled && l1 == T::zero()
        {
            return plain_sgd(value, gradient, update, coefficient, rate);
        }
        let arrays = (value, gradient, update);
        let (momentum, alpha) = (T::from_f64(s.momentum), T::from_f64(s.alpha));
        let (beta1, beta2, eps) = (
            T::from_f64(s.beta1),
            T::from_f64(s.beta2),
            T::from_f64(s.eps),
        );
        match s.optimizer {
            OptimizerKind::Sgd => {
                update_elements(arrays, shrink, effective_gradient, |_, w, g| w - rate * g)
            }
            OptimizerKind::Momentum | OptimizerKind::Nesterov => {
                // Starting at 0, the buffer becomes the first gradient itself, as in PyTorch.
                self.first_moment.resize(n, T::zero());
                let nesterov = s.optimizer == OptimizerKind::Nesterov;
                let buffer = &mut self.first_moment;
                update_elements(arrays, shrink, effective_gradient, |i, w, g| {
                    buffer[i] = momentum * buffer[i] + g;
                    w - rate
                        * if nesterov {
                            g + momentum * buffer[i]
                        } else {
                            buffer[i]
                        }
                })
            }
            OptimizerKind::Rmsprop => {
                self.second_moment.resize(n, T::zero());
                let square = &mut self.second_moment;
                let finite = update_elements(arrays, shrink, effective_gradient, |i, w, g| {
                    square[i] = alpha * square[i] + T::from_f64(1.0 - s.alpha) * g * g;
                    w - rate * g / (square[i].sqrt() + eps)
                });
                finite && (!squares_may_overflow || all_finite(square))
            }
            OptimizerKind::Adam | OptimizerKind::Adamw => {
                self.first_moment.resize(n, T::zero());
                self.second_moment.resize(n, T::zero());
                let (mean, square) = (&mut self.first_moment, &mut self.second_moment);
                let rate = T::from_f64(s.learning_rate / (1.0 - libm::pow(s.beta1, step.into())));
                let root = T::from_f64((1.0 - libm::pow(s.beta2, step.into())).sqrt());
                let finite = update_elements(arrays, shrink, effective_gradient, |i, w, g| {
                    mean[i] = beta1 * mean[i] + T::from_f64(1.0 - s.beta1) * g;
                    square[i] = beta2 * square[i] + T::from_f64(1.0 - s.beta2) * g * g;
                    w - rate * mean[i] / (square[i].sqrt() / root + eps)
                });
                finite && (!squares_may_overflow || all_finite(square))
            }
        }
    }
}

/// SGD without weight decay, L1 and clipping by value: the same numbers as `update_elements` in a third of the
/// instructions.
///
/// Not inlined, so that the compiler knows that the slices do not overlap.
#[inline(never)]
fn plain_sgd<T: Scalar>(
    value: &mut [T],
    gradient: &[T],
    update: &mut [T],
    coefficient: T,
    rate: T,
) -> bool {
    let mut largest = T::Bits::default();
    for ((w, g), update) in value.iter_mut().zip(gradient).zip(update) {
        let before = *w;
        *w = before - rate * (*g * coefficient);
        *update = *w - before;
        largest = largest.max(w.abs_bits());
    }
    largest < T::INFINITY_BITS
}

/// Sets every value to `new_value(index, value * shrink, effective gradient)` and stores the update. Returns whether
/// every new value is finite.
fn update_elements<T: Scalar>(
    (value, gradient, update): (&mut [T], &[T], &mut [T]),
    shrink: T,
    effective_gradient: impl Fn(T, T) -> T,
    mut new_value: impl FnMut(usize, T, T) -> T,
) -> bool {
    let mut largest = T::Bits::default();
    for (i, ((w, g), update)) in value.iter_mut().zip(gradient).zip(update).enumerate() {
        let before = *w;
        *w = new_value(i, before * shrink, effective_gradient(*g, before));
        *update = *w - before;
        largest = largest.max(w.abs_bits());
    }
    largest < T::INFINITY_BITS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Config;

    #[test]
    fn the_number_of_steps_saturates() {
        let config = Config::from_query("depth=1&width=2&optimizer=adam").unwrap();
        let mut network = Network::<f32>::initial(&config, 2, 2);
        let mut optimizer = Optimizer {
            steps: i32::MAX,
            ..Optimizer::default()
        };
        assert!(optimizer.step(&mut network, &Settings::at(&config, 0), 0.0));
        assert_eq!(optimizer.steps, i32::MAX);
    }

    #[test]
    fn decay_below_the_last_digit_of_float32_is_not_reported_as_done() {
        let decayed = |query: &str| {
            let query = format!("depth=1&width=8&optimizer=adamw&learning-rate=0.000001&{query}");
            let config = Config::from_query(&query).unwrap();
            let mut network = Network::<f32>::initial(&config, 4, 2);
            let before = network.layers[0].w.value.clone();
            let mut optimizer = Optimizer::default();
            optimizer.step(&mut network, &Settings::at(&config, 0), 0.0);
            let moved = network.layers[0].w.value != before;
            (moved, optimizer.decay_rms(0, &network.layers[0].w) > 0.0)
        };
        assert_eq!(decayed("weight-decay=0.01"), (false, false));
        assert_eq!(decayed("weight-decay=1"), (true, true));
    }
}
