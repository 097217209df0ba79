//! Tied layers and output activations: gradients against central differences, and that what is shared counts once.

use super::*;
use crate::config::choice::Choice;
use crate::config::{Activation, Config, Norm, Output};
use crate::data::Targets;
use crate::network::{LossFunction, Network, Overflow, Workspace, overflow};
use crate::numeric::random::{Random, Stream};
use crate::training::{Optimizer, Settings};
use ndarray::Array2;

/// A network on random samples and targets, with the squared error.
struct Case {
    network: Network<f64>,
    workspace: Workspace<f64>,
    targets: Targets<f64>,
}

impl Case {
    fn new(config: &Config) -> Self {
        let network = Network::initial(config, 3, 2);
        let mut random = Random::new(config.seed, Stream::Data, 0);
        let mut workspace = Workspace::new(&network, 6);
        workspace.x.mapv_inplace(|_| random.normal());
        let targets = Array2::from_shape_simple_fn((6, 2), || random.uniform());
        Case {
            network,
            workspace,
            targets: Targets::Values(targets),
        }
    }

    fn loss(&mut self) -> f64 {
        assert_eq!(self.network.forward(&mut self.workspace), None);
        let Case {
            network,
            workspace,
            targets,
        } = self;
        network.loss(LossFunction::Mse, targets, workspace).0
    }

    fn backward(&mut self) {
        self.loss();
        assert_eq!(self.network.backward(&mut self.workspace), None);
    }

    /// Adds a number to an element of a trained parameter, the `place`th of [`Network::parameters`].
    fn nudge(&mut self, place: usize, element: usize, by: f64) {
        let Network { layers, shared } = &mut self.network;
        let mut own: Vec<&mut Parameter<f64>> = Vec::new();
        for (l, layer) in layers.iter_mut().enumerate() {
            let is_tied = shared.as_ref().is_some_and(|s| s.layers.contains(&l));
            own.extend(layer.parameters_mut().skip(if is_tied { 2 } else { 0 }));
        }
        let count = own.len();
        if place < count {
            flat_mut(&mut own[place].value)[element] += by;
        } else {
            let shared = shared.as_mut().expect("shared parameters");
            flat_mut(&mut shared.parameters[place - count].value)[element] += by;
            shared.spread(layers);
        }
    }

    /// The worst deviation of a gradient from the central difference, as a share of the largest of its parameter.
    fn worst_deviation(&mut self) -> f64 {
        const STEP: f64 = 1e-5;
        self.backward();
        let gradients: Vec<_> = self
            .network
            .parameters()
            .map(|p| p.gradient.clone())
            .collect();
        let mut worst = 0.0f64;
        for (place, gradient) in gradients.iter().enumerate() {
            let largest = gradient.iter().fold(1e-3f64, |m, g| m.max(g.abs()));
            for (element, exact) in flat(gradient).iter().enumerate() {
                let mut loss_after = |step: f64| {
                    self.nudge(place, element, step);
                    let loss = self.loss();
                    self.nudge(place, element, -step);
                    loss
                };
                let numeric = (loss_after(STEP) - loss_after(-STEP)) / (2.0 * STEP);
                worst = worst.max((numeric - exact).abs() / largest);
            }
        }
        worst
    }
}

fn config(query: &str) -> Config {
    let start = "depth=4&width=5&bias-std=0.3&init=lecun_normal&init-gain=1.3&loss=mse&tied=true";
    Config::from_query(&format!("{start}&{query}")).unwrap()
}

#[test]
fn gradients_agree_with_central_differences_for_every_output_norm_and_activation() {
    for activation in Activation::ALL {
        for norm in Norm::ALL {
            for output in Output::ALL {
                for (residual, tied) in [(false, true), (true, true), (false, false)] {
                    let config = Config {
                        activation: *activation,
                        norm: *norm,
                        output: *output,
                        residual,
                        tied,
                        ..config("")
                    };
                    let worst = Case::new(&config).worst_deviation();
                    assert!(worst < 1e-6, "{worst:e} for {}", config.to_query());
                }
            }
        }
    }
}

#[test]
fn the_gradient_of_what_is_shared_is_the_sum_of_the_shares_and_counts_once() {
    let mut case = Case::new(&config("activation=tanh"));
    case.backward();
    let network = &case.network;
    // The shares are the gradients of a network of the same weights that are not tied.
    let mut untied = network.clone();
    untied.shared = None;
    untied.backward(&mut case.workspace);
    let shares = || network.layers[1..4].iter().map(|l| &l.w.gradient);
    for (share, layer) in shares().zip(&untied.layers[1..4]) {
        assert_eq!(share, &layer.w.gradient);
    }
    let sum = shares().fold(Array2::zeros((5, 5)), |sum, share| sum + share);
    let shared = &network.shared.as_ref().unwrap().parameters[0];
    assert!(
        (&sum - &shared.gradient)
            .iter()
            .all(|d: &f64| d.abs() < 1e-15)
    );
    let ends = [&network.layers[0], &network.layers[4]];
    let squares = ends.iter().flat_map(|l| [l.w.norm, l.b.norm]);
    let b = network.shared.as_ref().unwrap().parameters[1].norm;
    let square: f64 = squares.chain([l2_norm(flat(&sum)), b]).map(|n| n * n).sum();
    assert!((network.gradient_norm() / square.sqrt() - 1.0).abs() < 1e-12);
    // W and b of the first layer, of the layers above it, and of the output layer.
    assert_eq!(network.parameters().count(), 6);
    let w: Vec<usize> = (0..5).map(|l| network.place_of_w(l)).collect();
    assert_eq!(w, [0, 4, 4, 4, 2]);
}

#[test]
fn tied_layers_stay_equal_and_keep_their_own_normalization() {
    for optimizer in ["sgd", "nesterov", "rmsprop", "adam", "adamw"] {
        let config = config(&format!(
            "activation=prelu&norm=batch&optimizer={optimizer}&weight-decay=0.1&l1=0.01&clip=norm&clip-at=0.1"
        ));
        let mut case = Case::new(&config);
        let mut optimizer = Optimizer::default();
        let before = case.network.layers[2].w.value.clone();
        for step in 0..3 {
            case.backward();
            let norm = case.network.gradient_norm();
            optimizer.step(&mut case.network, &Settings::at(&config, step), norm);
        }
        let layers = &case.network.layers;
        assert_ne!(layers[2].w.value, before);
        for layer in &layers[2..4] {
            assert_eq!(layer.w.value, layers[1].w.value);
            assert_eq!(layer.b.value, layers[1].b.value);
            assert_eq!(layer.w.update, layers[1].w.update);
            let (norm, first) = (layer.norm.as_ref(), layers[1].norm.as_ref());
            assert_ne!(norm.unwrap().gamma.value, first.unwrap().gamma.value);
            let slope = |layer: &Layer<f64>| layer.slope.as_ref().unwrap().value[[0, 0]];
            assert_ne!(slope(layer), slope(&layers[1]));
        }
        let decay: Vec<f64> = (0..5)
            .map(|l| optimizer.decay_rms(case.network.place_of_w(l), &layers[l].w))
            .collect();
        assert!(decay.iter().all(|rms| *rms > 0.0));
        assert_eq!((decay[2], decay[3]), (decay[1], decay[1]));
    }
}

#[test]
fn plain_descent_moves_the_shared_weights_by_the_sum() {
    let config = config("activation=tanh&learning-rate=0.5");
    let mut case = Case::new(&config);
    case.backward();
    let shared = case.network.shared.as_ref().unwrap();
    let expected = &shared.parameters[0].value - &(&shared.parameters[0].gradient * 0.5);
    Optimizer::default().step(&mut case.network, &Settings::at(&config, 0), 1.0);
    assert_eq!(case.network.layers[3].w.value, expected);
}

#[test]
fn two_hidden_layers_have_nothing_to_tie() {
    for depth in [1, 2] {
        let tied = Network::<f32>::initial(
            &Config {
                depth,
                ..config("")
            },
            5,
            2,
        );
        assert!(tied.shared.is_none());
    }
}

#[test]
fn a_sum_that_overflows_is_named() {
    let config = config("");
    let mut network = Network::<f32>::initial(&config, 3, 2);
    for layer in &mut network.layers {
        layer.w.gradient.fill(2e38);
    }
    let workspace = Workspace::new(&network, 1);
    assert_eq!(overflow::in_backward(&network, &workspace.layers), None);
    let shared = network.shared.as_mut().unwrap();
    assert!(!shared.sum_gradients(&network.layers));
    let found = overflow::in_backward(&network, &workspace.layers);
    let expected = Overflow {
        layer: 2,
        tensor: "dW",
        operation: "sum over tied layers",
    };
    assert_eq!(found, Some(expected));
}
