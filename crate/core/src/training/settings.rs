//! The settings of the optimizer at one step.

use crate::config::{Clip, Config, OptimizerKind, Schedule};
use crate::numeric::scalar::Scalar;
use std::f64::consts::PI;

/// The settings of the optimizer at one step.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// Which optimizer.
    pub optimizer: OptimizerKind,
    /// The learning rate of this step: see [`Settings::at`].
    pub learning_rate: f64,
    /// The share of the buffer that momentum and nesterov keep.
    pub momentum: f64,
    /// Gradient clipping.
    pub clip: Clip,
    /// The threshold of clipping.
    pub clip_at: f64,
    /// Weight decay: an L2 penalty on W, or decoupled decay in adamw (Loshchilov and Hutter 2019).
    pub weight_decay: f64,
    /// L1 penalty on W.
    pub l1: f64,
    /// RMSprop: the share of the running mean square that is kept.
    pub alpha: f64,
    /// Adam: the share of the running mean that is kept.
    pub beta1: f64,
    /// Adam: the share of the running mean square that is kept.
    pub beta2: f64,
    /// RMSprop and Adam: added to the denominator, outside the square root.
    pub eps: f64,
}

/// PyTorch's `clip_grad_norm_` adds this to the norm of the gradient.
const CLIP_EPS: f64 = 1e-6;

impl Settings {
    /// The settings of the update from step `step` to the next. Whatever depends on the step belongs here.
    ///
    /// The learning rate of the config is multiplied by a warm-up and by a schedule, which starts when the warm-up is over.
    /// With the steps s from 0, t = max(0, s - warmup) and N = `schedule_steps`:
    ///
    /// | | factor | PyTorch |
    /// |---|---|---|
    /// | `warmup` | min(1, (s + 1) / warmup) | `LambdaLR` |
    /// | `constant` | 1 | |
    /// | `cosine` | (1 + cos(pi t / N)) / 2: 0 at N, then up again | `CosineAnnealingLR(T_max=N)` |
    /// | `step` | 0.1^floor(t / N) | `StepLR(step_size=N, gamma=0.1)` |
    /// | `exponential` | 0.1^(t / N) | `ExponentialLR(gamma=0.1**(1/N))` |
    pub fn at(config: &Config, step: u64) -> Self {
        Settings {
            optimizer: config.optimizer,
            learning_rate: config.learning_rate * rate_factor(config, step),
            momentum: config.momentum,
            clip: config.clip,
            clip_at: config.clip_at,
            weight_decay: config.weight_decay,
            l1: config.l1,
            alpha: 0.99,
            beta1: 0.9,
            beta2: 0.999,
            eps: 1e-8,
        }
    }

    /// The factor by which decoupled weight decay shrinks the weights, as a number of type T.
    pub fn shrink<T: Scalar>(&self) -> T {
        T::from_f64(1.0 - self.learning_rate * self.weight_decay)
    }

    /// The factor by which clipping by norm scales a gradient of L2 norm `norm`: min(1, clip_at / (norm + 1e-6))
    /// (Pascanu et al. 2013, alg. 1, with PyTorch's 1e-6). It is 1 without clipping by norm.
    pub fn norm_scale(&self, norm: f64) -> f64 {
        match self.clip {
            Clip::Norm => (self.clip_at / (norm + CLIP_EPS)).min(1.0),
            Clip::None | Clip::Value => 1.0,
        }
    }
}

/// What the learning rate is multiplied by: see [`Settings::at`]. It is exactly 1 without warm-up and schedule.
fn rate_factor(config: &Config, step: u64) -> f64 {
    let warmup = if step < config.warmup {
        (step + 1) as f64 / config.warmup as f64
    } else {
        1.0
    };
    let (t, steps) = (step.saturating_sub(config.warmup), config.schedule_steps);
    let periods = t as f64 / steps as f64;
    let schedule = match config.schedule {
        Schedule::Constant => 1.0,
        // Within one period, so that the cosine of an exact multiple of pi is exact too.
        Schedule::Cosine => 0.5 * (1.0 + libm::cos(PI * ((t % (2 * steps)) as f64 / steps as f64))),
        Schedule::Step => libm::pow(0.1, periods.floor()),
        Schedule::Exponential => libm::pow(0.1, periods),
    };
    warmup * schedule
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(query: &str, steps: &[u64]) -> Vec<f64> {
        let config = Config::from_query(query).unwrap();
        let rate = |step: &u64| Settings::at(&config, *step).learning_rate;
        steps.iter().map(rate).collect()
    }

    #[track_caller]
    fn assert_near(actual: Vec<f64>, expected: &[f64]) {
        for (actual, expected) in actual.iter().zip(expected) {
            let error = (actual - expected).abs();
            assert!(error <= 1e-15 + 1e-13 * expected, "{actual} {expected}");
        }
    }

    #[test]
    fn without_warmup_and_schedule_the_rate_is_that_of_the_config() {
        assert_eq!(rates("learning-rate=0.3", &[0, 1, 999_999]), [0.3; 3]);
        assert_eq!(rates("schedule-steps=3&learning-rate=0.3", &[7]), [0.3]);
    }

    #[test]
    fn the_rate_rises_linearly_over_the_warmup_and_then_follows_the_schedule() {
        let query = "learning-rate=2&warmup=4";
        assert_near(rates(query, &[0, 1, 3, 4, 99]), &[0.5, 1.0, 2.0, 2.0, 2.0]);
        let query = "learning-rate=2&warmup=4&schedule=step&schedule-steps=5";
        let expected = [0.5, 2.0, 2.0, 2.0, 0.2, 0.02];
        assert_near(rates(query, &[0, 3, 4, 8, 9, 14]), &expected);
    }

    #[test]
    fn schedules_have_the_values_of_pytorch() {
        // Printed by PyTorch's schedulers for a rate of 1, with 10 steps.
        let query = |name: &str| format!("learning-rate=1&schedule={name}&schedule-steps=10");
        let cosine = [
            1.0,
            0.9045084971874737,
            0.5,
            0.024471741852423234,
            0.0,
            0.5,
            1.0,
        ];
        assert_near(rates(&query("cosine"), &[0, 2, 5, 9, 10, 15, 20]), &cosine);
        let step = [1.0, 1.0, 0.1, 0.010000000000000002];
        assert_near(rates(&query("step"), &[0, 9, 10, 20]), &step);
        let exponential = [1.0, 0.7943282347242815, 0.1, 0.03162277660168379];
        assert_near(rates(&query("exponential"), &[0, 1, 10, 15]), &exponential);
    }
}
