//! Published facts about updates: clipping, the largest stable step, Adam, and the range of f32.

mod common;

use common::{assert_close, config, forward_backward, initial_network};
use gradient_flow::Config;
use gradient_flow::config::Activation;
use gradient_flow::config::LossFunction;
use gradient_flow::config::{Norm, OptimizerKind};
use gradient_flow::data::Targets;
use gradient_flow::network::parameter::Parameter;
use gradient_flow::network::{LayerSpec, Network, Overflow, Workspace};
use gradient_flow::numeric::array::{flat, flat_mut};
use gradient_flow::numeric::random::{Random, Stream};
use gradient_flow::numeric::scalar::Scalar;
use gradient_flow::numeric::statistics::l2_norm;
use gradient_flow::training::{Optimizer, Settings, clip_coefficient};
use ndarray::Array2;
use std::f64::consts::PI;

fn settings(query: &str) -> Settings {
    Settings::at(&Config::from_query(query).expect(query), 0)
}

/// A single linear layer, whose weights serve as the numbers that an optimizer changes.
fn linear_layer(n_in: usize, n_out: usize) -> Network<f64> {
    Network::new(&[LayerSpec {
        n_in,
        n_out,
        activation: Activation::Linear,
        slope: 0.0,
        norm: Norm::None,
        residual: false,
    }])
}

/// An array of every parameter, such as its gradient or update, concatenated.
fn concatenated(network: &Network<f64>, array: fn(&Parameter<f64>) -> &Array2<f64>) -> Vec<f64> {
    let parameters = network.parameters();
    parameters.flat_map(|p| flat(array(p)).to_vec()).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn cosine(a: &[f64], b: &[f64]) -> f64 {
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

/// The raw gradient, and what SGD with learning rate 1 subtracts: the clipped gradient. The parameters are 0 before, so
/// that the update is not rounded.
fn raw_and_clipped(network: &mut Network<f64>, settings: &Settings) -> (Vec<f64>, Vec<f64>) {
    for parameter in network.layers.iter_mut().flat_map(|l| l.parameters_mut()) {
        parameter.value.fill(0.0);
    }
    let norm = network.gradient_norm();
    Optimizer::default().step(network, settings, norm);
    let update = concatenated(network, |p| &p.update);
    (
        concatenated(network, |p| &p.gradient),
        update.iter().map(|u| -u).collect(),
    )
}

#[test]
fn clipping_by_norm_keeps_the_direction() {
    // clip.norm (Pascanu, Mikolov and Bengio 2013, alg. 1): a gradient of norm 85.79, clipped to 1.
    let mut network = initial_network::<f64>(&config("activation=tanh", 5, 24, 1), 7, 3);
    forward_backward(&mut network, 16, 1.0, 1);
    let scale = 85.79 / network.gradient_norm();
    for parameter in network.layers.iter_mut().flat_map(|l| l.parameters_mut()) {
        parameter.gradient *= scale;
        parameter.norm *= scale;
    }
    let settings = settings("clip=norm&clip-at=1&learning-rate=1");
    let (raw, clipped) = raw_and_clipped(&mut network, &settings);
    assert_close(cosine(&raw, &clipped), 1.0, 1e-12, "cosine");
    assert_close(
        l2_norm(&clipped),
        85.79 / (85.79 + 1e-6),
        1e-12,
        "norm, with PyTorch's 1e-6",
    );
}

#[test]
fn clipping_by_value_changes_the_direction() {
    // clip.value_*: 200 000 normal elements clipped at c. By Stein's lemma the cosine between the gradient before and
    // after is erf(c / sqrt(2)) / sqrt(E[clipped^2]).
    for (threshold, expected) in [
        (0.1, 0.8186035882464401),
        (0.5, 0.8899736537110684),
        (1.0, 0.9503284457591257),
        (2.0, 0.9948445053008603),
    ] {
        let mut network = linear_layer(400, 500);
        let mut random = Random::new(1, Stream::Weights, 0);
        let gradient = &mut network.layers[0].w.gradient;
        gradient.mapv_inplace(|_| random.normal());
        let mut settings = settings("clip=value&learning-rate=1");
        settings.clip_at = threshold;
        let (raw, clipped) = raw_and_clipped(&mut network, &settings);
        let cosine = cosine(&raw, &clipped);
        assert!(
            (cosine - expected).abs() < 0.002,
            "clipped at {threshold}: {cosine}"
        );
        // The coefficient that the page shows is the share of the norm that remains.
        let coefficient = clip_coefficient(&network, &settings, l2_norm(&raw));
        assert_close(
            coefficient,
            l2_norm(&clipped) / l2_norm(&raw),
            1e-12,
            "share",
        );
    }
}

/// Whether 3000 steps on the loss lambda w^2 / 2 leave |w| larger than it was.
fn diverges(optimizer: OptimizerKind, rate: f64, lambda: f64) -> bool {
    let settings = Settings {
        optimizer,
        learning_rate: rate,
        ..settings("momentum=0.9")
    };
    let mut network = linear_layer(1, 1);
    let mut optimizer = Optimizer::default();
    network.layers[0].w.value.fill(1.0);
    for _ in 0..3000 {
        let w = &mut network.layers[0].w;
        w.gradient[[0, 0]] = lambda * w.value[[0, 0]];
        // So far from the start w will not come back, and it must not overflow.
        if w.value[[0, 0]].abs() > 1e12 {
            return true;
        }
        optimizer.step(&mut network, &settings, 1.0);
    }
    network.layers[0].w.value[[0, 0]].abs() > 1.0
}

#[test]
fn steps_are_stable_up_to_the_published_sharpness() {
    // stab.gd, stab.polyak, stab.nesterov (Cohen et al. 2021): the smallest lr * lambda that diverges is 2, 2 + 2 beta
    // and (2 + 2 beta) / (1 + 2 beta), here with beta = 0.9.
    let lambda = 10.0;
    for (optimizer, expected) in [
        (OptimizerKind::Sgd, 2.0),
        (OptimizerKind::Momentum, 3.8),
        (OptimizerKind::Nesterov, 3.8 / 2.8),
    ] {
        let (mut stable, mut unstable) = (0.1, 10.0);
        while unstable - stable > 1e-4 {
            let middle = (stable + unstable) / 2.0;
            if diverges(optimizer, middle / lambda, lambda) {
                unstable = middle;
            } else {
                stable = middle;
            }
        }
        assert_close(stable, expected, 0.005, &format!("{optimizer:?}"));
    }
}

/// A small network that learns 64 points of a sine curve.
struct SineRegression {
    network: Network<f64>,
    workspace: Workspace<f64>,
    targets: Targets<f64>,
}

impl SineRegression {
    fn new(seed: u64) -> Self {
        let network = initial_network::<f64>(
            &config("activation=tanh&init=lecun_normal", 2, 32, seed),
            1,
            1,
        );
        let mut workspace = Workspace::new(&network, 64);
        let x = |row: usize| -1.0 + 2.0 * row as f64 / 63.0;
        workspace.x = Array2::from_shape_fn((64, 1), |(row, _)| x(row));
        let y = Array2::from_shape_fn((64, 1), |(row, _)| (PI * x(row)).sin());
        SineRegression {
            network,
            workspace,
            targets: Targets::Values(y),
        }
    }

    fn compute_gradient(&mut self) {
        self.network.forward(&mut self.workspace);
        self.network
            .loss(LossFunction::Mse, &self.targets, &mut self.workspace);
        self.network.backward(&mut self.workspace);
    }

    /// The gradient at the parameters plus `step` times `v`. The parameters do not change.
    fn gradient_at(&mut self, v: &[f64], step: f64) -> Vec<f64> {
        let unmoved = self.network.clone();
        let mut v = v.iter();
        let layers = self.network.layers.iter_mut();
        for parameter in layers.flat_map(|l| l.parameters_mut()) {
            for (value, v) in flat_mut(&mut parameter.value).iter_mut().zip(&mut v) {
                *value += step * v;
            }
        }
        self.compute_gradient();
        let gradient = concatenated(&self.network, |p| &p.gradient);
        self.network = unmoved;
        gradient
    }

    /// The largest eigenvalue of the Hessian of the loss, by power iteration on differences of gradients.
    fn sharpness(&mut self) -> f64 {
        let mut random = Random::new(1, Stream::Data, 0);
        let count = self.network.parameters().map(|p| p.value.len()).sum();
        let mut v: Vec<f64> = (0..count).map(|_| random.normal()).collect();
        let mut eigenvalue = 0.0;
        for _ in 0..60 {
            let norm = l2_norm(&v);
            v.iter_mut().for_each(|v| *v /= norm);
            let step = 1e-5;
            let (after, before) = (self.gradient_at(&v, step), self.gradient_at(&v, -step));
            let product = after
                .iter()
                .zip(&before)
                .map(|(a, b)| (a - b) / (2.0 * step));
            let product: Vec<f64> = product.collect();
            eigenvalue = dot(&v, &product);
            v = product;
        }
        eigenvalue
    }
}

#[test]
fn sharpness_rises_to_the_edge_of_stability() {
    // stab.edge (Cohen et al. 2021): full-batch gradient descent drives the largest eigenvalue of the Hessian up to 2 / lr
    // and keeps it there, within 5%.
    for rate in [0.05, 0.1] {
        let edge = 2.0 / rate;
        let settings = Settings {
            learning_rate: rate,
            ..settings("")
        };
        let mut regression = SineRegression::new(2);
        let mut optimizer = Optimizer::default();
        let initial = regression.sharpness();
        assert!(initial < 0.8 * edge, "it has to rise: {initial}");
        for step in 1..=4000 {
            regression.compute_gradient();
            optimizer.step(&mut regression.network, &settings, 1.0);
            if [2000, 3000, 4000].contains(&step) {
                assert_close(regression.sharpness(), edge, 0.05, &format!("step {step}"));
            }
        }
    }
}

#[test]
fn the_first_step_of_adam_hides_how_small_the_gradient_is() {
    // adam.masks (Kingma and Ba 2015): |update| / lr = |g| / (|g| + 1e-8), nearly 1 for all |g| far above 1e-8.
    let rows = [
        (100.0, 0.9999999999000001),
        (1.0, 0.9999999900000002),
        (1e-4, 0.9999000099990002),
        (1e-7, 0.9090909090909091),
        (1e-8, 0.5),
        (1e-9, 0.09090909090909091),
        (1e-12, 9.999000099990002e-05),
    ];
    let settings = settings("optimizer=adam&learning-rate=0.001");
    let mut network = linear_layer(rows.len(), 1);
    for (gradient, (g, _)) in network.layers[0].w.gradient.iter_mut().zip(rows) {
        *gradient = -g;
    }
    Optimizer::default().step(&mut network, &settings, 1.0);
    for (update, (g, expected)) in network.layers[0].w.update.iter().zip(rows) {
        assert_close(update / 0.001, expected, 1e-9, &format!("gradient {g:e}"));
    }
}

/// The sum of squares, computed in f32 without scaling.
fn naive_sum_of_squares(values: &[f32]) -> f32 {
    values.iter().map(|x| x * x).sum()
}

#[test]
fn f32_overflows_in_the_layer_that_the_gain_predicts() {
    // f32.overflow_g*: linear layers of 256 units, W of variance g^2 / n. z grows by the factor g per layer, so its largest
    // element exceeds f32 in layer ln(3.4e38 / sqrt(2 ln n)) / ln g, and its sum of squares in f32 after half as many
    // layers. The mean of four seeds, within 2 layers.
    let gains = [1.5, 2.0, 4.0, 10.0];
    let mut overflow_layers = [[0.0; 2]; 4];
    let seeds = 1..=4;
    let share = 1.0 / seeds.clone().count() as f64;
    for seed in seeds {
        let config = config("activation=linear&init=lecun_normal", 226, 256, seed);
        let mut network = initial_network::<f32>(&config, 256, 1);
        let mut previous_gain = 1.0;
        for (gain, overflow_layers) in gains.iter().zip(&mut overflow_layers) {
            for layer in &mut network.layers {
                layer.w.value *= (gain / previous_gain) as f32;
            }
            previous_gain = *gain;
            let mut workspace = Workspace::new(&network, 1);
            let mut random = Random::new(seed, Stream::Data, 0);
            workspace.x.mapv_inplace(|_| random.normal() as f32);
            let Overflow { layer, tensor, .. } =
                network.forward(&mut workspace).expect("an overflow");
            assert_eq!(tensor, "z");
            let first = workspace
                .layers
                .iter()
                .position(|l| naive_sum_of_squares(flat(&l.z)).is_infinite())
                .expect("an overflow");
            // `l2_norm` is finite there, and up to the last finite layer.
            for l in [first, layer - 2] {
                assert!(l2_norm(flat(&workspace.layers[l].z)).is_finite());
            }
            overflow_layers[0] += layer as f64 * share;
            overflow_layers[1] += (first + 1) as f64 * share;
        }
    }
    let expected = [
        [215.85, 102.571],
        [126.264, 60.0],
        [63.1322, 30.0],
        [38.0094, 18.0618],
    ];
    for ((gain, layers), expected) in gains.iter().zip(overflow_layers).zip(expected) {
        for (layer, expected) in layers.iter().zip(expected) {
            assert!(
                (layer - expected).abs() < 2.0,
                "gain {gain}: layer {layer}, not {expected}"
            );
        }
    }
}

#[test]
fn gradients_of_deep_sigmoid_networks_underflow_in_f32() {
    // f32.underflow_sigmoid: 100 layers of 64 units, Xavier, delta 1/n at the last layer. Within 3 layers.
    fn after_a_pass<T: Scalar>() -> Network<T> {
        let config = config("activation=sigmoid&init=xavier_uniform", 100, 64, 1);
        let mut network = initial_network::<T>(&config, 64, 1);
        // Without an output layer, delta is given at the last hidden layer itself.
        network.layers.truncate(100);
        let mut workspace = Workspace::new(&network, 16);
        let mut random = Random::new(1, Stream::Data, 0);
        workspace.x.mapv_inplace(|_| T::from_f64(random.normal()));
        network.forward(&mut workspace);
        workspace.layers[99].delta.fill(T::from_f64(1.0 / 64.0));
        network.backward(&mut workspace);
        network
    }
    let (network, exact) = (after_a_pass::<f32>(), after_a_pass::<f64>());
    // Layers are counted downwards from the last.
    let dw = |below: usize| flat(&network.layers[99 - below].w.gradient);
    let first = |is_zero: &dyn Fn(usize) -> bool| (0..100).find(|below| is_zero(*below));
    let naive = first(&|below| naive_sum_of_squares(dw(below)) == 0.0).expect("an underflow");
    assert!(naive.abs_diff(35) <= 3, "sum of squares: {naive}");
    // In that layer `l2_norm` still agrees with f64.
    let norm = l2_norm(flat(&exact.layers[99 - naive].w.gradient));
    assert_close(l2_norm(dw(naive)), norm, 1e-4, "norm");
    let all_zero = first(&|below| dw(below).iter().all(|dw| *dw == 0.0)).expect("an underflow");
    assert!(all_zero.abs_diff(70) <= 3, "dW: {all_zero}");
}
