//! The loss along the line of an update: does the step crawl, descend, jump across the minimum or
//! land higher than it began?

use crate::config::LossFunction;
use crate::data::Targets;
use crate::network::{Network, Workspace};
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::{l2_norm, to_f32};
use crate::observe::snapshot::StepLine;
use ndarray::Array2;

/// The line's first and last place, in updates.
const FROM: f64 = -1.0;
const TO: f64 = 3.0;

/// Places on the line, and the floating-point operations up to which there are so many.
const POINTS: [(usize, f64); 3] = [(17, 3e9), (9, 1e10), (5, f64::INFINITY)];

/// What the line tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The places, losses and slopes.
    pub line: StepLine,
    /// Largest second derivative along the line, per squared length of the parameters.
    pub curvature: f64,
    /// The learning rate beyond which the step climbs.
    pub stability_limit: f64,
}

/// Follows the last update of a network on the minibatch (x, targets) that made it.
///
/// Losses and slopes come from whole gradients, not from differences of losses, which float32
/// would round away where a step is short. With f(t) the loss at W_before + t update, the parabola
/// of the largest curvature f''_max climbs again at t = -2 f'(0) / f''_max; for gradient descent
/// that is the learning rate 2 / curvature (Cohen et al. 2021, sec. 2).
pub fn follow<T: Scalar>(
    network: &Network<T>,
    x: &Array2<T>,
    targets: &Targets<T>,
    loss: LossFunction,
    learning_rate: f64,
) -> Line {
    let parameters: usize = network.parameters().map(|p| p.value.len()).sum();
    let work = 6.0 * (parameters * x.nrows()) as f64;
    let (points, _) = POINTS
        .into_iter()
        .find(|(points, most)| *points as f64 * work <= *most)
        .expect("the last has no limit");
    let mut probe = network.clone();
    let mut workspace = Workspace::new(&probe, x.nrows());
    workspace.x.assign(x);
    let (mut t, mut losses, mut slopes) = (Vec::new(), Vec::new(), Vec::new());
    for i in 0..points {
        let at = FROM + (TO - FROM) * i as f64 / (points - 1) as f64;
        for (moved, own) in probe.layers.iter_mut().zip(&network.layers) {
            for (moved, own) in moved.parameters_mut().zip(own.parameters()) {
                // From the end of the update: at t = 1 the parameters are exactly the present ones.
                let back = T::from_f64(at - 1.0);
                let line = flat(&own.value).iter().zip(flat(&own.update));
                for (to, (value, update)) in flat_mut(&mut moved.value).iter_mut().zip(line) {
                    *to = *value + back * *update;
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
        t.push(at);
        losses.push(value);
        slopes.push(slope);
    }
    let start = t.iter().position(|t| *t == 0.0).expect("0 is a place");
    let squared: f64 = network
        .parameters()
        .map(|p| l2_norm(flat(&p.update)).powi(2))
        .sum();
    let bends = (1..points).map(|i| (slopes[i] - slopes[i - 1]) / (t[i] - t[i - 1]));
    let bend = bends
        .filter(|bend| bend.is_finite())
        .fold(f64::NAN, f64::max);
    let climbs = -2.0 * slopes[start] / bend;
    let narrow = |values: &[f64], from: f64| values.iter().map(|v| to_f32(v - from)).collect();
    Line {
        line: StepLine {
            t: narrow(&t, 0.0),
            loss_change: narrow(&losses, losses[start]),
            slope: narrow(&slopes, 0.0),
        },
        curvature: bend / squared,
        stability_limit: if bend > 0.0 {
            learning_rate * climbs.max(0.0)
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

    /// One step of y = w x on x = 2, target 0: the loss 4 w^2 has the curvature 8 everywhere.
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
        // The bias stays: the line is that of w alone.
        network.layers[0].b.gradient.fill(0.0);
        let settings = Settings {
            learning_rate: rate,
            optimizer: OptimizerKind::Sgd,
            ..Settings::at(&Config::default(), 0)
        };
        Optimizer::default().step(&mut network, &settings, 8.0);
        let w = network.layers[0].w.value[[0, 0]];
        (follow(&network, &x, &targets, LossFunction::Mse, rate), w)
    }

    #[test]
    fn on_a_parabola_the_curvature_is_exact_and_2_over_it_is_the_limit() {
        for rate in [1e-6, 0.1, 0.125, 0.24, 0.26] {
            let (line, w) = parabola(rate);
            assert!((line.curvature - 8.0).abs() < 1e-6, "{}", line.curvature);
            assert!(
                (line.stability_limit - 0.25).abs() < 1e-7,
                "{}",
                line.stability_limit
            );
            let at = |t: f32| line.line.t.iter().position(|x| *x == t).unwrap();
            assert_eq!(line.line.loss_change[at(0.0)], 0.0);
            let end = f64::from(line.line.loss_change[at(1.0)]);
            assert!((end - 4.0 * (w * w - 1.0)).abs() < 1e-6);
            assert_eq!(
                end > 0.0,
                rate > 0.25,
                "beyond 2 / curvature the step climbs"
            );
            // Across the minimum, at half of that, the slope at the end turns.
            let across = line.line.slope[at(1.0)] > 1e-9;
            assert_eq!(across, rate > 0.125, "{rate}");
        }
    }
}
