//! The gradient compared with central differences, and its exact properties.

use super::*;
use crate::config::choice::Choice;
use crate::config::{Activation, Config, Init, Norm};
use crate::network::init::initialise;
use crate::numeric::random::{Random, Stream};
use crate::numeric::statistics::l2_norm;
use crate::training::Optimizer;

const LOSSES: [LossFunction; 3] = [
    LossFunction::SoftmaxCe,
    LossFunction::Bce,
    LossFunction::Mse,
];

struct Case {
    network: Network<f64>,
    workspace: Workspace<f64>,
    targets: Targets<f64>,
    loss: LossFunction,
}

impl Case {
    /// A network of these layer sizes that starts as the config says, with random inputs and targets.
    fn new(
        sizes: &[usize],
        batch: usize,
        activation: Activation,
        norm: Norm,
        loss: LossFunction,
        config: &Config,
    ) -> Self {
        let last = sizes.len() - 2;
        let specs: Vec<LayerSpec> = (0..=last)
            .map(|l| LayerSpec {
                n_in: sizes[l],
                n_out: sizes[l + 1],
                activation: if l < last {
                    activation
                } else {
                    Activation::Linear
                },
                slope: 0.25,
                norm: if l < last { norm } else { Norm::None },
                residual: config.residual && l < last && sizes[l] == sizes[l + 1],
            })
            .collect();
        let mut network = Network::new(&specs);
        for (index, layer) in network.layers.iter_mut().enumerate() {
            initialise(layer, config, index);
        }
        let mut random = Random::new(config.seed, Stream::Data, 0);
        let mut workspace = Workspace::new(&network, batch);
        workspace.x.mapv_inplace(|_| random.normal());
        let outputs = sizes[last + 1];
        let targets = match loss {
            LossFunction::SoftmaxCe => Targets::Classes((0..batch).map(|i| i % outputs).collect()),
            LossFunction::Bce => {
                Targets::Values(Array2::from_shape_simple_fn((batch, outputs), || {
                    random.uniform()
                }))
            }
            LossFunction::Mse => {
                Targets::Values(Array2::from_shape_simple_fn((batch, outputs), || {
                    random.normal()
                }))
            }
        };
        Case {
            network,
            workspace,
            targets,
            loss,
        }
    }

    fn loss(&mut self) -> f64 {
        assert_eq!(self.network.forward(&mut self.workspace), None);
        self.network
            .loss(self.loss, &self.targets, &mut self.workspace)
            .0
    }

    fn backward(&mut self) {
        self.loss();
        assert_eq!(self.network.backward(&mut self.workspace), None);
    }

    /// The worst deviation of any element of the gradient from the central difference, relative to the largest element
    /// of its parameter, and where it is.
    fn worst_deviation(&mut self) -> (f64, String) {
        const STEP: f64 = 1e-5;
        self.backward();
        let mut worst = (0.0, String::new());
        for l in 0..self.network.layers.len() {
            for p in 0..self.network.layers[l].parameters().count() {
                let parameter = self.network.layers[l].parameters().nth(p).unwrap();
                let (name, exact) = (parameter.name, parameter.gradient.clone());
                let largest = exact.iter().fold(1e-3f64, |m, g| m.max(g.abs()));
                for i in 0..exact.len() {
                    let mut loss_after = |step: f64| {
                        let parameter = self.network.layers[l].parameters_mut().nth(p).unwrap();
                        flat_mut(&mut parameter.value)[i] += step;
                        let loss = self.loss();
                        let parameter = self.network.layers[l].parameters_mut().nth(p).unwrap();
                        flat_mut(&mut parameter.value)[i] -= step;
                        loss
                    };
                    let numeric = (loss_after(STEP) - loss_after(-STEP)) / (2.0 * STEP);
                    let deviation = (numeric - flat(&exact)[i]).abs() / largest;
                    if deviation > worst.0 {
                        worst = (deviation, format!("layer {} {name}[{i}]", l + 1));
                    }
                }
            }
        }
        worst
    }
}

fn config(query: &str) -> Config {
    Config::from_query(query).unwrap()
}

#[test]
fn gradients_agree_with_central_differences_for_every_activation_norm_and_loss() {
    let start = config("bias-std=0.3&init=lecun_normal&init-gain=1.3");
    let mut checked = 0;
    for activation in Activation::ALL {
        for norm in Norm::ALL {
            for loss in LOSSES {
                for residual in [false, true] {
                    for seed in 1..=2 {
                        let start = Config {
                            residual,
                            seed,
                            ..start.clone()
                        };
                        let sizes = [3, 5, 5, 4, 3];
                        let mut case = Case::new(&sizes, 6, *activation, *norm, loss, &start);
                        let (worst, place) = case.worst_deviation();
                        assert!(
                            worst < 1e-6,
                            "{activation:?} {norm:?} {loss:?} residual {residual} seed {seed}: {worst:e} at {place}"
                        );
                        checked += 1;
                    }
                }
            }
        }
    }
    let combinations = Activation::ALL.len() * Norm::ALL.len() * LOSSES.len();
    assert_eq!(checked, combinations * 2 * 2);
}

#[test]
fn sum_of_w_times_dw_is_the_same_in_every_layer_of_a_homogeneous_network_without_biases() {
    for activation in [
        Activation::Relu,
        Activation::LeakyRelu,
        Activation::Prelu,
        Activation::Linear,
    ] {
        let sizes = [7, 9, 9, 9, 9, 4];
        let mut case = Case::new(
            &sizes,
            8,
            activation,
            Norm::None,
            LossFunction::Mse,
            &config("init=he_normal"),
        );
        case.backward();
        let products: Vec<f64> = case
            .network
            .layers
            .iter()
            .map(|l| (&l.w.value * &l.w.gradient).sum())
            .collect();
        for product in &products {
            assert!(
                (product / products[0] - 1.0).abs() < 1e-12,
                "{activation:?}: {products:?}"
            );
        }
    }
}

#[test]
fn weights_before_batch_norm_are_orthogonal_to_their_gradient() {
    let sizes = [7, 9, 9, 4];
    let start = config("init=he_normal");
    let mut case = Case::new(
        &sizes,
        16,
        Activation::Tanh,
        Norm::Batch,
        LossFunction::Mse,
        &start,
    );
    case.backward();
    for layer in &case.network.layers[..2] {
        let (w, dw) = (&layer.w.value, &layer.w.gradient);
        let cosine = (w * dw).sum().abs() / (l2_norm(flat(w)) * l2_norm(flat(dw)));
        assert!(cosine < 1e-4, "{cosine}");
        assert!(layer.b.gradient.iter().all(|db| db.abs() < 1e-12));
    }
}

#[test]
fn an_orthogonal_linear_network_passes_the_gradient_on_unchanged() {
    let start = Config {
        init: Init::Orthogonal,
        ..config("")
    };
    let mut case = Case::new(
        &[8; 12],
        5,
        Activation::Linear,
        Norm::None,
        LossFunction::Mse,
        &start,
    );
    case.backward();
    let deltas: Vec<f64> = case
        .workspace
        .layers
        .iter()
        .map(|l| l2_norm(flat(&l.delta)))
        .collect();
    for delta in &deltas {
        assert!((delta / deltas[0] - 1.0).abs() < 1e-12, "{deltas:?}");
    }
}

#[test]
fn xavier_loses_a_factor_of_sqrt_2_per_relu_layer_against_he() {
    // He et al. 2015, sec. 2.2: the same network with all weights divided by sqrt(2).
    for depth in [10, 30] {
        let sizes = vec![16; depth + 1];
        let scaled = |gain: f64| {
            let start = Config {
                init_gain: gain,
                ..config("init=he_normal")
            };
            let mut case = Case::new(
                &sizes,
                1,
                Activation::Relu,
                Norm::None,
                LossFunction::Mse,
                &start,
            );
            case.loss();
            // Both networks get the same delta at the output layer.
            case.workspace.layers.last_mut().unwrap().delta.fill(1.0);
            case.network.backward(&mut case.workspace);
            let bottom = &case.workspace.layers[0].delta;
            l2_norm(flat(bottom))
        };
        let ratio = scaled(0.5f64.sqrt()) / scaled(1.0);
        let expected = 0.5f64.powf((depth - 1) as f64 / 2.0);
        assert!(
            (ratio / expected - 1.0).abs() < 1e-10,
            "{depth}: {ratio} {expected}"
        );
    }
}

#[test]
fn batch_norm_of_a_single_sample_leaves_no_gradient() {
    let start = config("init=he_normal");
    let mut case = Case::new(
        &[3, 6, 6, 2],
        1,
        Activation::Relu,
        Norm::Batch,
        LossFunction::Mse,
        &start,
    );
    case.backward();
    for layer in &case.network.layers[..2] {
        assert!(layer.w.gradient.iter().all(|g| *g == 0.0));
    }
}

#[test]
fn without_batch_norm_predict_equals_the_forward_pass() {
    for norm in [Norm::None, Norm::Layer] {
        let start = config("bias-std=0.5&residual=true");
        let mut case = Case::new(
            &[3, 6, 6, 2],
            4,
            Activation::Gelu,
            norm,
            LossFunction::Mse,
            &start,
        );
        case.loss();
        let x = case.workspace.x.clone();
        let predicted = case.network.predict(x.view(), &mut Gemm::new());
        assert_eq!(&predicted, case.workspace.output());
    }
}

#[test]
fn the_first_overflow_is_reported_where_it_happens() {
    let start = config("init=he_normal");
    let mut case = Case::new(
        &[3, 4, 4, 2],
        2,
        Activation::Relu,
        Norm::None,
        LossFunction::Mse,
        &start,
    );
    case.network.layers[1].w.value[[0, 0]] = f64::MAX;
    case.workspace.x.fill(1.0);
    case.network.layers[0].w.value.fill(10.0);
    assert_eq!(
        case.network.forward(&mut case.workspace),
        Some(Overflow {
            layer: 2,
            tensor: "z",
            operation: "input W + b"
        })
    );
    case.network.layers[2].b.value[[0, 1]] = f64::NAN;
    assert_eq!(
        Optimizer::default().overflow(&case.network),
        Some(Overflow {
            layer: 3,
            tensor: "b",
            operation: "update"
        })
    );
}
