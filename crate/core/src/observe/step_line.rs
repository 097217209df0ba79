//! The loss along the line of an update. It shows whether the step is tiny, goes downhill, jumps across the minimum or
//! ends higher than it started.

use crate::config::LossFunction;
use crate::data::Targets;
use crate::network::{Network, Workspace};
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::{l2_norm, to_f32};
use crate::observe::snapshot::StepLine;
use ndarray::Array2;

/// The ends of the line, in units of the update.
const FIRST_T: f64 = -1.0;
const LAST_T: f64 = 3.0;

/// Numbers of points on the line, the best first, each with the floating-point operations that it may take.
const POINTS: [(usize, f64); 3] = [(17, 3e9), (9, 1e10), (5, f64::INFINITY)];

/// The loss along a line, with what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The points with their losses and slopes.
    pub step_line: StepLine,
    /// Largest second derivative along the line, divided by the squared L2 norm of the update over all parameters.
    pub curvature: f64,
    /// The learning rate above which the step would have raised the loss.
    pub stability_limit: f64,
}

impl Line {
    /// No line: no points, and NaN for the rest.
    pub const NONE: Line = Line {
        step_line: StepLine {
            t: Vec::new(),
            loss_change: Vec::new(),
            slope: Vec::new(),
        },
        curvature: f64::NAN,
        stability_limit: f64::NAN,
    };
}

/// Measures the loss along the last update of a network, on the minibatch (x, targets) of that update.
///
/// Slopes come from whole gradients and not from differences of losses, which would be rounding errors in float32 if the
/// step is short. Let f(t) be the loss at W_before + t update. A parabola with the largest curvature f''_max is back at
/// its starting value at t = -2 f'(0) / f''_max. For gradient descent this is the learning rate 2 / curvature (Cohen et
/// al. 2021, sec. 2).
pub fn measure_step_line<T: Scalar>(
    network: &Network<T>,
    x: &Array2<T>,
    targets: &Targets<T>,
    loss: LossFunction,
    learning_rate: f64,
) -> Line {
    let flops_per_point = 6.0 * (network.size() * x.nrows()) as f64;
    let (points, _) = POINTS
        .into_iter()
        .find(|(points, max_flops)| *points as f64 * flops_per_point <= *max_flops)
        .expect("the last number of points has no limit");
    let mut probe = network.clone();
    let mut workspace = Workspace::new(&probe, x.nrows());
    workspace.x.assign(x);
    let (mut t, mut losses, mut slopes) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..points {
        let position = FIRST_T + (LAST_T - FIRST_T) * i as f64 / (points - 1) as f64;
        for (probe, layer) in probe.layers.iter_mut().zip(&network.layers) {
            for (probe, parameter) in probe.parameters_mut().zip(layer.parameters()) {
                // Counted from the end of the update, so that at t = 1 the parameters are exactly the present ones.
                let updates = T::from_f64(position - 1.0);
                let line = flat(&parameter.value).iter().zip(flat(&parameter.update));
                for (to, (value, update)) in flat_mut(&mut probe.value).iter_mut().zip(line) {
                    *to = *value + updates * *update;
                }
            }
        }
        probe.forward(&mut workspace);
        let (value, _) = probe.loss(loss, targets, &mut workspace);
        probe.backward(&mut workspace);
        let slope: f64 = probe
            .parameters()
            .map(|p| {
                let pairs = flat(&p.gradient).iter().zip(flat(&p.update));
                pairs.map(|(g, u)| g.to_f64() * u.to_f64()).sum::<f64>()
            })
            .sum();
        t.push(position);
        losses.push(value);
        slopes.push(slope);
    }
    let start = t
        .iter()
        .position(|t| *t == 0.0)
        .expect("t = 0 is one of the points");
    let squared_update: f64 = network
        .parameters()
        .map(|p| l2_norm(flat(&p.update)).powi(2))
        .sum();
    let second_derivatives = (1..points).map(|i| (slopes[i] - slopes[i - 1]) / (t[i] - t[i - 1]));
    let largest = second_derivatives
        .filter(|derivative| derivative.is_finite())
        .fold(f64::NAN, f64::max);
    let back_at_start = -2.0 * slopes[start] / largest;
    let minus = |values: &[f64], offset: f64| values.iter().map(|v| to_f32(v - offset)).collect();
    Line {
        step_line: StepLine {
            t: minus(&t, 0.0),
            loss_change: minus(&losses, losses[start]),
            slope: minus(&slopes, 0.0),
        },
        curvature: largest / squared_update,
        stability_limit: if largest > 0.0 && back_at_start.is_finite() {
            learning_rate * back_at_start.max(0.0)
        } else {
            f64::NAN
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Activation;
    use crate::config::{Config, Norm, OptimizerKind};
    use crate::network::LayerSpec;
    use crate::training::{Optimizer, Settings};

    /// One step of y = w x from w = 1 on x = 2 with target 0, and w after it. The loss 4 w^2 has the curvature 8
    /// everywhere.
    fn parabola(rate: f64) -> (Line, f64) {
        let mut network = Network::<f64>::new(&[LayerSpec {
            n_in: 1,
            n_out: 1,
            activation: Activation::Linear,
            slope: 0.0,
            norm: Norm::None,
            residual: false,
        }]);
        network.layers[0].w.value[[0, 0]] = 1.0;
        let (x, targets) = (
            Array2::from_elem((1, 1), 2.0),
            Targets::Values(Array2::zeros((1, 1))),
        );
        let mut workspace = Workspace::new(&network, 1);
        workspace.x.assign(&x);
        network.forward(&mut workspace);
        network.loss(LossFunction::Mse, &targets, &mut workspace);
        network.backward(&mut workspace);
        // The bias must not move: the line is along w alone.
        network.layers[0].b.gradient.fill(0.0);
        let settings = Settings {
            learning_rate: rate,
            optimizer: OptimizerKind::Sgd,
            ..Settings::at(&Config::default(), 0)
        };
        Optimizer::default().step(&mut network, &settings, 8.0);
        let w = network.layers[0].w.value[[0, 0]];
        let line = measure_step_line(&network, &x, &targets, LossFunction::Mse, rate);
        (line, w)
    }

    #[test]
    fn a_parabola_gives_its_curvature_and_the_stability_limit_2_over_curvature() {
        for rate in [1e-6, 0.1, 0.125, 0.24, 0.26] {
            let (line, w) = parabola(rate);
            assert!((line.curvature - 8.0).abs() < 1e-6, "{}", line.curvature);
            assert!(
                (line.stability_limit - 0.25).abs() < 1e-7,
                "{}",
                line.stability_limit
            );
            let StepLine {
                t,
                loss_change,
                slope,
            } = &line.step_line;
            let index = |position: f32| t.iter().position(|t| *t == position).unwrap();
            assert_eq!(loss_change[index(0.0)], 0.0);
            let end = f64::from(loss_change[index(1.0)]);
            assert!((end - 4.0 * (w * w - 1.0)).abs() < 1e-6);
            assert_eq!(
                end > 0.0,
                rate > 0.25,
                "above 2 / curvature the step raises the loss"
            );
            // Above half of that it jumps across the minimum, so the slope at its end is positive.
            let across = slope[index(1.0)] > 1e-9;
            assert_eq!(across, rate > 0.125, "{rate}");
        }
    }
}
