//! Published facts that hold exactly, or nearly so, in every network of a kind, whatever the seed.

mod common;

use common::{assert_close, config, forward_backward, initial_network};
use gradient_flow::Config;
use gradient_flow::config::Activation;
use gradient_flow::config::LossFunction;
use gradient_flow::data::Targets;
use gradient_flow::network::activation::ActivationFn;
use gradient_flow::network::{Network, Workspace};
use gradient_flow::numeric::array::{flat, flat_mut};
use gradient_flow::numeric::random::{Random, Stream};
use gradient_flow::numeric::scalar::Scalar;
use gradient_flow::numeric::statistics::{l2_norm, rms};
use ndarray::Array2;

/// sum(W * dW), |W| and |dW| of each layer.
fn products(network: &Network<f64>) -> Vec<(f64, f64, f64)> {
    let product = |layer: &gradient_flow::network::Layer<f64>| {
        let (w, dw) = (flat(&layer.w.value), flat(&layer.w.gradient));
        let sum = w.iter().zip(dw).map(|(w, dw)| w * dw).sum();
        (sum, l2_norm(w), l2_norm(dw))
    };
    network.layers.iter().map(product).collect()
}

/// A network after a forward and a backward pass of 32 normal inputs, with the squared error to normal targets.
fn after_a_pass(config: &Config) -> Network<f64> {
    let mut network = initial_network::<f64>(config, 7, 3);
    let mut workspace = Workspace::new(&network, 32);
    let mut random = Random::new(config.seed, Stream::Data, 0);
    workspace.x.mapv_inplace(|_| random.normal());
    let targets = Array2::from_shape_simple_fn((32, 3), || random.normal());
    network.forward(&mut workspace);
    network.loss(LossFunction::Mse, &Targets::Values(targets), &mut workspace);
    network.backward(&mut workspace);
    network
}

#[test]
fn homogeneous_layers_are_balanced() {
    // inv.balanced (Du, Hu and Lee 2018): without biases sum(W dW) is the same in every layer.
    let deviation = |activation: &str| {
        let query = format!("activation={activation}&init=he_normal");
        let sums = products(&after_a_pass(&config(&query, 6, 24, 1)));
        let first = sums[0].0;
        let deviation = sums.iter().map(|(sum, ..)| (sum / first - 1.0).abs());
        deviation.fold(0.0, f64::max)
    };
    for activation in ["relu", "leaky_relu", "prelu", "linear"] {
        let deviation = deviation(activation);
        assert!(deviation < 1e-12, "{activation}: {deviation:e}");
    }
    // Layers that saturate are not balanced, which shows that the test can fail.
    for activation in ["tanh", "sigmoid"] {
        let deviation = deviation(activation);
        assert!(deviation > 0.05, "{activation}: {deviation:e}");
    }
}

#[test]
fn weights_before_a_normalization_are_orthogonal_to_their_gradient() {
    // inv.bn_scale (Ioffe and Szegedy 2015, sec. 3.3): the scale of W does not matter, so dW is orthogonal to W, apart
    // from the effect of eps, 1e-5 beside the variance.
    for norm in ["batch", "layer"] {
        let query = format!("activation=relu&init=he_normal&norm={norm}");
        let products = products(&after_a_pass(&config(&query, 6, 24, 1)));
        for (layer, (sum, w, dw)) in products[..6].iter().enumerate() {
            let cosine = sum / (w * dw);
            assert!(
                cosine.abs() < 1e-4,
                "{norm}, layer {}: {cosine:e}",
                layer + 1
            );
        }
        // The output layer has no normalization.
        let (sum, w, dw) = products[6];
        assert!((sum / (w * dw)).abs() > 1e-2, "{norm}: {}", sum / (w * dw));
    }
}

/// The largest value divided by the smallest, minus 1.
fn relative_range(values: &[f64]) -> f64 {
    let largest = values.iter().fold(0.0, |m: f64, v| m.max(*v));
    largest / values.iter().fold(f64::INFINITY, |m, v| m.min(*v)) - 1.0
}

#[test]
fn orthogonal_linear_layers_preserve_norms() {
    // orth.linear_flat (Saxe, McClelland and Ganguli 2014): 50 layers of 128 units.
    fn measured<T: Scalar>() -> (f64, f64, f64) {
        let config = config("activation=linear&init=orthogonal", 49, 128, 1);
        let mut network = initial_network::<T>(&config, 128, 128);
        let workspace = forward_backward(&mut network, 8, 1.0, 1);
        let delta: Vec<_> = workspace
            .layers
            .iter()
            .map(|l| rms(flat(&l.delta)))
            .collect();
        let dw: Vec<_> = network
            .layers
            .iter()
            .map(|l| rms(flat(&l.w.gradient)))
            .collect();
        // With the identity as input, the output is the product of all weights: its columns are orthonormal.
        let mut workspace = Workspace::new(&network, 128);
        workspace.x.diag_mut().fill(T::one());
        network.forward(&mut workspace);
        let product = workspace.output().mapv(T::to_f64);
        let gram = product.t().dot(&product) - Array2::<f64>::eye(128);
        (
            relative_range(&delta),
            relative_range(&dw),
            gram.iter().fold(0.0, |m, g| g.abs().max(m)),
        )
    }
    for ((delta, dw, gram), tolerance) in [(measured::<f64>(), 1e-12), (measured::<f32>(), 1e-4)] {
        assert!(delta < tolerance, "delta: {delta:e}");
        assert!(dw < tolerance, "dW: {dw:e}");
        assert!(
            gram < tolerance,
            "the product's singular values differ from 1: {gram:e}"
        );
    }
}

/// |dLoss/dx|, and |dW| of each layer.
fn input_gradient<T: Scalar>(network: &mut Network<T>) -> (f64, Vec<f64>) {
    let workspace = forward_backward(network, 4, 1.0, 1);
    let dx = workspace.layers[0]
        .delta
        .dot(&network.layers[0].w.value.t());
    let dw = network.layers.iter().map(|l| l2_norm(flat(&l.w.gradient)));
    (l2_norm(flat(&dx)), dw.collect())
}

#[test]
fn under_xavier_relu_loses_half_of_the_variance_per_layer() {
    // he.xavier_vs_he_L10, _L22, _L30 (He et al. 2015, sec. 2.2) and the exact part of he.dW_flat_relu: with the same
    // random numbers, the gradient under Xavier is 2^(-L/2) times that under He.
    fn check<T: Scalar>(tolerance: f64) {
        let network = |init: &str| {
            let config = config(&format!("activation=relu&init={init}"), 30, 512, 1);
            initial_network::<T>(&config, 512, 1)
        };
        let (mut xavier, mut he) = (network("xavier_normal"), network("he_normal"));
        for layers in [30, 22, 10] {
            // Without an output layer, delta is given at layer L itself.
            xavier.layers.truncate(layers);
            he.layers.truncate(layers);
            let (dx_xavier, dw_xavier) = input_gradient(&mut xavier);
            let (dx_he, dw_he) = input_gradient(&mut he);
            let half = |count: usize| 0.5f64.powf(count as f64 / 2.0);
            assert_close(
                dx_xavier / dx_he,
                half(layers),
                tolerance,
                &format!("L = {layers}"),
            );
            // dW of every layer lacks the same factor, so dW alone does not show which layer vanishes.
            for (layer, (xavier, he)) in dw_xavier.iter().zip(&dw_he).enumerate() {
                let what = format!("dW of layer {} of {layers}", layer + 1);
                assert_close(xavier / he, half(layers - 1), 100.0 * tolerance, &what);
            }
        }
    }
    check::<f64>(1e-12);
    check::<f32>(1e-5);
}

#[test]
fn dw_of_relu_is_level_although_delta_vanishes() {
    // he.dW_flat_relu (after Glorot and Bengio 2010, eq. 14): |dW_1| / |dW_30| = 1, geometric mean.
    let seeds = 1..=8;
    let count = seeds.clone().count() as f64;
    let (mut dw_log, mut delta_log) = (0.0, 0.0);
    for seed in seeds {
        let config = config("activation=relu&init=xavier_normal", 30, 256, seed);
        let mut network = initial_network::<f32>(&config, 256, 1);
        network.layers.truncate(30);
        let workspace = forward_backward(&mut network, 16, 1.0, seed);
        let dw = |layer: usize| l2_norm(flat(&network.layers[layer].w.gradient));
        let delta = |layer: usize| l2_norm(flat(&workspace.layers[layer].delta));
        dw_log += (dw(0) / dw(29)).ln() / count;
        delta_log += (delta(0) / delta(29)).ln() / count;
    }
    assert!(dw_log.abs() < 1.5f64.ln(), "dW: {}", dw_log.exp());
    // delta itself falls by sqrt(2) per layer: over 29 layers, by 4.4 decades.
    let decades = delta_log / std::f64::consts::LN_10;
    assert!((decades + 4.365).abs() < 0.3, "delta: {decades} decades");
}

#[test]
fn delta_of_five_tanh_layers_changes_as_glorot_and_bengio_found() {
    // glorot.standard_dz, glorot.normalized_dz, glorot.dW_flat (Glorot and Bengio 2010, figs. 7-9): the mean square of
    // delta of layer l divided by that of layer l + 1.
    let standard = [0.222369, 0.295187, 0.320420, 0.329003];
    let normalized = [0.464403, 0.636545, 0.726729, 0.781819];
    for (init, expected) in [("uniform", standard), ("xavier_uniform", normalized)] {
        let (mut ratios, mut dws) = ([0.0; 4], [0.0; 5]);
        let seeds = [1, 2];
        for seed in seeds {
            let config = config(&format!("activation=tanh&init={init}"), 5, 1000, seed);
            let mut network = initial_network::<f32>(&config, 1000, 10);
            // The biases of the paper are 0, whereas `uniform` draws them as PyTorch does.
            for layer in &mut network.layers {
                layer.b.value.fill(0.0);
            }
            let mut workspace = Workspace::new(&network, 64);
            let mut random = Random::new(seed, Stream::Data, 0);
            for x in flat_mut(&mut workspace.x) {
                *x = random.normal() as f32;
            }
            let classes = (0..64)
                .map(|_| random.uniform_in(0.0, 10.0) as usize)
                .collect();
            network.forward(&mut workspace);
            let targets = Targets::Classes(classes);
            network.loss(LossFunction::SoftmaxCe, &targets, &mut workspace);
            network.backward(&mut workspace);
            let share = 1.0 / seeds.len() as f64;
            let delta = |layer: usize| rms(flat(&workspace.layers[layer].delta)).powi(2);
            for (layer, ratio) in ratios.iter_mut().enumerate() {
                *ratio += share * delta(layer) / delta(layer + 1);
            }
            let dw = |layer: usize| l2_norm(flat(&network.layers[layer].w.gradient));
            for (layer, relative) in dws.iter_mut().enumerate() {
                *relative += share * dw(layer) / dw(4);
            }
        }
        for (layer, (ratio, expected)) in ratios.iter().zip(expected).enumerate() {
            assert_close(
                *ratio,
                expected,
                0.05,
                &format!("{init}: layer {}", layer + 1),
            );
        }
        if init == "uniform" {
            // a falls forward as fast as delta falls backward, so dW hides it.
            for (layer, relative) in dws.iter().enumerate() {
                assert!(
                    (relative - 1.0).abs() < 0.06,
                    "dW of layer {}: {relative}",
                    layer + 1
                );
            }
        }
    }
}

#[test]
fn derivatives_have_the_published_bounds() {
    // sigmoid.deriv_bound: over [-10, 10]. The derivatives of GELU and SiLU leave [0, 1] on both sides.
    use Activation::{Gelu, Selu, Sigmoid, Silu, Softplus, Tanh};
    for (activation, min, max) in [
        (Sigmoid, 4.5395807735951673e-5, 0.25),
        (Tanh, 8.244614546626394e-9, 1.0),
        (Gelu, -0.1289041451469774, 1.1289041451469775),
        (Silu, -0.0998393200453494, 1.0998393200453496),
        (Selu, 7.981758658994182e-5, 1.7580993408473766),
        (Softplus, 4.5397868702434395e-5, 0.9999546021312976),
    ] {
        let phi = ActivationFn::new(activation, 0.0f64);
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for step in -100_000..=100_000 {
            let u = f64::from(step) * 1e-4;
            let derivative = phi.derivative(u, phi.value(u));
            low = low.min(derivative);
            high = high.max(derivative);
        }
        // On a grid of step 1e-4 an extremum between two nodes is missed by less than 1e-8.
        for (measured, expected) in [(low, min), (high, max)] {
            let what = format!("{activation:?}: {measured} is not {expected}");
            assert!((measured - expected).abs() < 1e-8, "{what}");
        }
        if activation == Sigmoid {
            assert!((high - 0.25).abs() < 1e-12, "the bound of 1/4: {high}");
        }
    }
}
