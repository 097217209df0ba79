//! Published facts of updates: clipping, the largest stable step, Adam, and where f32 ends.

mod common;

use common::{close, config, pass, start};
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

/// One linear layer, to hold numbers that an optimizer changes.
fn parameters(n_in: usize, n_out: usize) -> Network<f64> {
    Network::new(&[LayerSpec {
        n_in,
        n_out,
        activation: Activation::Linear,
        slope: 0.0,
        norm: Norm::None,
        residual: false,
    }])
}

/// The gradient or the update of every parameter, in one row.
fn gathered(network: &Network<f64>, of: fn(&Parameter<f64>) -> &Array2<f64>) -> Vec<f64> {
    let parameters = network.parameters();
    parameters.flat_map(|p| flat(of(p)).to_vec()).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn cosine(a: &[f64], b: &[f64]) -> f64 {
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

/// The raw gradient and what plain SGD at rate 1 subtracts, from weights of 0 so that nothing rounds.
fn stepped(network: &mut Network<f64>, settings: &Settings) -> (Vec<f64>, Vec<f64>) {
    for parameter in network.layers.iter_mut().flat_map(|l| l.parameters_mut()) {
        parameter.value.fill(0.0);
    }
    let norm = network.gradient_norm();
    Optimizer::default().step(network, settings, norm);
    let update = gathered(network, |p| &p.update);
    (
        gathered(network, |p| &p.gradient),
        update.iter().map(|u| -u).collect(),
    )
}

#[test]
fn clipping_by_norm_keeps_the_direction() {
    // clip.norm (Pascanu, Mikolov and Bengio 2013, alg. 1): a gradient of norm 85.79, cut to 1.
    let mut network = start::<f64>(&config("activation=tanh", 5, 24, 1), 7, 3);
    pass(&mut network, 16, 1.0, 1);
    let scale = 85.79 / network.gradient_norm();
    for parameter in network.layers.iter_mut().flat_map(|l| l.parameters_mut()) {
        parameter.gradient *= scale;
        parameter.norm *= scale;
    }
    let settings = settings("clip=norm&clip-at=1&learning-rate=1");
    let (raw, cut) = stepped(&mut network, &settings);
    close(cosine(&raw, &cut), 1.0, 1e-12, "cosine");
    close(
        l2_norm(&cut),
        85.79 / (85.79 + 1e-6),
        1e-12,
        "norm, with PyTorch's 1e-6",
    );
}

#[test]
fn clipping_by_value_turns_the_gradient() {
    // clip.value_*: 200 000 normal elements cut at c; the cosine is erf(c / sqrt(2)) / sqrt(E[cut^2]),
    // by Stein's lemma.
    for (at, expected) in [
        (0.1, 0.8186035882464401),
        (0.5, 0.8899736537110684),
        (1.0, 0.9503284457591257),
        (2.0, 0.9948445053008603),
    ] {
        let mut network = parameters(400, 500);
        let mut random = Random::new(1, Stream::Weights, 0);
        let gradient = &mut network.layers[0].w.gradient;
        gradient.mapv_inplace(|_| random.normal());
        let mut settings = settings("clip=value&learning-rate=1");
        settings.clip_at = at;
        let (raw, cut) = stepped(&mut network, &settings);
        let cosine = cosine(&raw, &cut);
        assert!((cosine - expected).abs() < 0.002, "cut at {at}: {cosine}");
        // The coefficient that the page shows is the share of the norm that is left.
        let coefficient = clip_coefficient(&network, &settings, l2_norm(&raw));
        close(coefficient, l2_norm(&cut) / l2_norm(&raw), 1e-12, "share");
    }
}

/// Does 3000 steps on lambda w^2 / 2 leave w larger than it was?
fn diverges(optimizer: OptimizerKind, rate: f64, lambda: f64) -> bool {
    let settings = Settings {
        optimizer,
        learning_rate: rate,
        ..settings("momentum=0.9")
    };
    let mut network = parameters(1, 1);
    let mut optimizer = Optimizer::default();
    network.layers[0].w.value.fill(1.0);
    for _ in 0..3000 {
        let w = &mut network.layers[0].w;
        w.gradient[[0, 0]] = lambda * w.value[[0, 0]];
        // Far beyond the start it will not come back, and must not overflow.
        if w.value[[0, 0]].abs() > 1e12 {
            return true;
        }
        optimizer.step(&mut network, &settings, 1.0);
    }
    network.layers[0].w.value[[0, 0]].abs() > 1.0
}

#[test]
fn steps_are_stable_up_to_the_published_sharpness() {
    // stab.gd, stab.polyak, stab.nesterov (Cohen et al. 2021): lr * lambda at divergence with beta 0.9:
    // 2, 2 + 2 beta, (2 + 2 beta) / (1 + 2 beta).
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
        close(stable, expected, 0.005, &format!("{optimizer:?}"));
    }
}

/// A small network with its data: 64 points of a curve.
struct Curve {
    network: Network<f64>,
    workspace: Workspace<f64>,
    targets: Targets<f64>,
}

impl Curve {
    fn new(seed: u64) -> Self {
        let network = start::<f64>(
            &config("activation=tanh&init=lecun_normal", 2, 32, seed),
            1,
            1,
        );
        let mut workspace = Workspace::new(&network, 64);
        let x = |row: usize| -1.0 + 2.0 * row as f64 / 63.0;
        workspace.x = Array2::from_shape_fn((64, 1), |(row, _)| x(row));
        let y = Array2::from_shape_fn((64, 1), |(row, _)| (PI * x(row)).sin());
        Curve {
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

    /// The gradient at the present parameters moved by `step` along `v`; the parameters stay.
    fn gradient_at(&mut self, v: &[f64], step: f64) -> Vec<f64> {
        let kept = self.network.clone();
        let mut v = v.iter();
        let layers = self.network.layers.iter_mut();
        for parameter in layers.flat_map(|l| l.parameters_mut()) {
            for (value, v) in flat_mut(&mut parameter.value).iter_mut().zip(&mut v) {
                *value += step * v;
            }
        }
        self.compute_gradient();
        let gradient = gathered(&self.network, |p| &p.gradient);
        self.network = kept;
        gradient
    }

    /// The largest eigenvalue of the loss's Hessian: power iteration on differences of gradients.
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
    // stab.edge (Cohen et al. 2021): full-batch gradient descent drives the largest eigenvalue of the
    // Hessian up to 2 / lr and keeps it there, to 5%.
    for rate in [0.05, 0.1] {
        let edge = 2.0 / rate;
        let settings = Settings {
            learning_rate: rate,
            ..settings("")
        };
        let mut curve = Curve::new(2);
        let mut optimizer = Optimizer::default();
        let at_start = curve.sharpness();
        assert!(at_start < 0.8 * edge, "it has to rise: {at_start}");
        for step in 1..=4000 {
            curve.compute_gradient();
            optimizer.step(&mut curve.network, &settings, 1.0);
            if [2000, 3000, 4000].contains(&step) {
                close(curve.sharpness(), edge, 0.05, &format!("step {step}"));
            }
        }
    }
}

#[test]
fn adams_first_step_hides_how_small_the_gradient_is() {
    // adam.masks (Kingma and Ba 2015): |update| / lr = |g| / (|g| + 1e-8), whatever |g| down to 1e-8.
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
    let mut network = parameters(rows.len(), 1);
    for (gradient, (g, _)) in network.layers[0].w.gradient.iter_mut().zip(rows) {
        *gradient = -g;
    }
    Optimizer::default().step(&mut network, &settings, 1.0);
    for (update, (g, expected)) in network.layers[0].w.update.iter().zip(rows) {
        close(update / 0.001, expected, 1e-9, &format!("gradient {g:e}"));
    }
}

/// The sum of squares as a program in f32 that takes no care would have it.
fn careless_square(values: &[f32]) -> f32 {
    values.iter().map(|x| x * x).sum()
}

#[test]
fn f32_overflows_where_the_gain_says() {
    // f32.overflow_g*: linear layers of 256 units, W of variance g^2 / n. z grows g-fold a layer, so that
    // its largest unit leaves f32 in layer ln(3.4e38 / sqrt(2 ln n)) / ln g, and its sum of squares, in
    // f32, at half of it. The mean of four seeds, to 2 layers.
    let gains = [1.5, 2.0, 4.0, 10.0];
    let mut ends = [[0.0; 2]; 4];
    let seeds = 1..=4;
    let share = 1.0 / seeds.clone().count() as f64;
    for seed in seeds {
        let config = config("activation=linear&init=lecun_normal", 226, 256, seed);
        let mut network = start::<f32>(&config, 256, 1);
        let mut before = 1.0;
        for (gain, ends) in gains.iter().zip(&mut ends) {
            for layer in &mut network.layers {
                layer.w.value *= (gain / before) as f32;
            }
            before = *gain;
            let mut workspace = Workspace::new(&network, 1);
            let mut random = Random::new(seed, Stream::Data, 0);
            workspace.x.mapv_inplace(|_| random.normal() as f32);
            let Overflow { layer, tensor, .. } =
                network.forward(&mut workspace).expect("an overflow");
            assert_eq!(tensor, "z");
            let careless = |z: &Array2<f32>| careless_square(flat(z)).is_infinite();
            let first = workspace
                .layers
                .iter()
                .position(|l| careless(&l.z))
                .expect("an overflow");
            // The core's own norm is right there, and up to the last finite layer.
            for l in [first, layer - 2] {
                assert!(l2_norm(flat(&workspace.layers[l].z)).is_finite());
            }
            ends[0] += layer as f64 * share;
            ends[1] += (first + 1) as f64 * share;
        }
    }
    let expected = [
        [215.85, 102.571],
        [126.264, 60.0],
        [63.1322, 30.0],
        [38.0094, 18.0618],
    ];
    for ((gain, ends), expected) in gains.iter().zip(ends).zip(expected) {
        for (end, expected) in ends.iter().zip(expected) {
            assert!(
                (end - expected).abs() < 2.0,
                "gain {gain}: layer {end}, not {expected}"
            );
        }
    }
}

#[test]
fn f32_underflows_under_sigmoid() {
    // f32.underflow_sigmoid: 100 layers of 64 units, Xavier, 1/n on top. To 3 layers.
    fn after_a_pass<T: Scalar>() -> Network<T> {
        let config = config("activation=sigmoid&init=xavier_uniform", 100, 64, 1);
        let mut network = start::<T>(&config, 64, 1);
        // The top gradient is given at the last hidden layer itself.
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
    let dw = |below: usize| flat(&network.layers[99 - below].w.gradient);
    let first = |zero: &dyn Fn(usize) -> bool| (0..100).find(|below| zero(*below));
    let careless = first(&|below| careless_square(dw(below)) == 0.0).expect("an underflow");
    assert!(careless.abs_diff(35) <= 3, "sum of squares: {careless}");
    // There the core's norm still is that of f64.
    let norm = l2_norm(flat(&exact.layers[99 - careless].w.gradient));
    close(l2_norm(dw(careless)), norm, 1e-4, "norm");
    let gone = first(&|below| dw(below).iter().all(|dw| *dw == 0.0)).expect("an underflow");
    assert!(gone.abs_diff(70) <= 3, "dW: {gone}");
}
