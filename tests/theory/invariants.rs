//! What holds exactly, or nearly so, in every network of a kind: at any seed, from the paper's numbers.

mod common;

use common::{close, config, pass, start};
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
    let of_layer = |layer: &gradient_flow::network::Layer<f64>| {
        let (w, dw) = (flat(&layer.w.value), flat(&layer.w.gradient));
        let sum = w.iter().zip(dw).map(|(w, dw)| w * dw).sum();
        (sum, l2_norm(w), l2_norm(dw))
    };
    network.layers.iter().map(of_layer).collect()
}

/// Both passes of 32 normal inputs with the squared error of normal targets.
fn squared_error(config: &Config) -> Network<f64> {
    let mut network = start::<f64>(config, 7, 3);
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
    let spread = |activation: &str| {
        let query = format!("activation={activation}&init=he_normal");
        let sums = products(&squared_error(&config(&query, 6, 24, 1)));
        let first = sums[0].0;
        let deviation = sums.iter().map(|(sum, ..)| (sum / first - 1.0).abs());
        deviation.fold(0.0, f64::max)
    };
    for activation in ["relu", "leaky_relu", "prelu", "linear"] {
        let spread = spread(activation);
        assert!(spread < 1e-12, "{activation}: {spread:e}");
    }
    // Layers that saturate are not balanced: the test above can fail.
    for activation in ["tanh", "sigmoid"] {
        let spread = spread(activation);
        assert!(spread > 0.05, "{activation}: {spread:e}");
    }
}

#[test]
fn weights_before_a_normalization_feel_no_gradient_along_themselves() {
    // inv.bn_scale (Ioffe and Szegedy 2015, sec. 3.3): the scale of W does not matter, so dW stands
    // at right angles to W, up to the eps of 1e-5 beside the variance.
    for norm in ["batch", "layer"] {
        let query = format!("activation=relu&init=he_normal&norm={norm}");
        let products = products(&squared_error(&config(&query, 6, 24, 1)));
        for (layer, (sum, w, dw)) in products[..6].iter().enumerate() {
            let cosine = sum / (w * dw);
            assert!(
                cosine.abs() < 1e-4,
                "{norm}, layer {}: {cosine:e}",
                layer + 1
            );
        }
        // The output layer is not normalised.
        let (sum, w, dw) = products[6];
        assert!((sum / (w * dw)).abs() > 1e-2, "{norm}: {}", sum / (w * dw));
    }
}

/// Largest over smallest, less 1.
fn spread(values: &[f64]) -> f64 {
    let largest = values.iter().fold(0.0, |m: f64, v| m.max(*v));
    largest / values.iter().fold(f64::INFINITY, |m, v| m.min(*v)) - 1.0
}

#[test]
fn orthogonal_linear_layers_keep_every_length() {
    // orth.linear_flat (Saxe, McClelland and Ganguli 2014): 50 layers of 128 units.
    fn spreads<T: Scalar>() -> (f64, f64, f64) {
        let config = config("activation=linear&init=orthogonal", 49, 128, 1);
        let mut network = start::<T>(&config, 128, 128);
        let workspace = pass(&mut network, 8, 1.0, 1);
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
        // The identity goes in, so the output is the matrix from end to end: its columns are orthonormal.
        let mut workspace = Workspace::new(&network, 128);
        workspace.x.diag_mut().fill(T::one());
        network.forward(&mut workspace);
        let product = workspace.output().mapv(T::to_f64);
        let gram = product.t().dot(&product) - Array2::<f64>::eye(128);
        (
            spread(&delta),
            spread(&dw),
            gram.iter().fold(0.0, |m, g| g.abs().max(m)),
        )
    }
    for ((delta, dw, gram), tolerance) in [(spreads::<f64>(), 1e-12), (spreads::<f32>(), 1e-4)] {
        assert!(delta < tolerance, "delta: {delta:e}");
        assert!(dw < tolerance, "dW: {dw:e}");
        assert!(gram < tolerance, "the product's singular values: {gram:e}");
    }
}

/// |dLoss/dx| and |dW| of each layer, for one delta on top.
fn input_gradient<T: Scalar>(network: &mut Network<T>) -> (f64, Vec<f64>) {
    let workspace = pass(network, 4, 1.0, 1);
    let dx = workspace.layers[0]
        .delta
        .dot(&network.layers[0].w.value.t());
    let dw = network.layers.iter().map(|l| l2_norm(flat(&l.w.gradient)));
    (l2_norm(flat(&dx)), dw.collect())
}

#[test]
fn xavier_loses_half_of_relus_variance_a_layer() {
    // he.xavier_vs_he_L10, _L22, _L30 (He et al. 2015, sec. 2.2) and the exact part of
    // he.dW_flat_relu: from the same draws, Xavier's gradient is 2^(-L/2) of He's.
    fn check<T: Scalar>(tolerance: f64) {
        let at_start = |init: &str| {
            let config = config(&format!("activation=relu&init={init}"), 30, 512, 1);
            start::<T>(&config, 512, 1)
        };
        let (mut xavier, mut he) = (at_start("xavier_normal"), at_start("he_normal"));
        for layers in [30, 22, 10] {
            // The top gradient is given at layer L itself.
            xavier.layers.truncate(layers);
            he.layers.truncate(layers);
            let (dx_xavier, dw_xavier) = input_gradient(&mut xavier);
            let (dx_he, dw_he) = input_gradient(&mut he);
            let half = |count: usize| 0.5f64.powf(count as f64 / 2.0);
            close(
                dx_xavier / dx_he,
                half(layers),
                tolerance,
                &format!("L = {layers}"),
            );
            // Every layer's dW lacks the same factor: dW alone does not show which layer vanishes.
            for (layer, (xavier, he)) in dw_xavier.iter().zip(&dw_he).enumerate() {
                let what = format!("dW of layer {} of {layers}", layer + 1);
                close(xavier / he, half(layers - 1), 100.0 * tolerance, &what);
            }
        }
    }
    check::<f64>(1e-12);
    check::<f32>(1e-5);
}

#[test]
fn relus_dw_is_level_though_its_delta_vanishes() {
    // he.dW_flat_relu (after Glorot and Bengio 2010, eq. 14): |dW_1| / |dW_30| = 1, geometric mean.
    let seeds = 1..=8;
    let count = seeds.clone().count() as f64;
    let (mut dw_log, mut delta_log) = (0.0, 0.0);
    for seed in seeds {
        let config = config("activation=relu&init=xavier_normal", 30, 256, seed);
        let mut network = start::<f32>(&config, 256, 1);
        network.layers.truncate(30);
        let workspace = pass(&mut network, 16, 1.0, seed);
        let dw = |layer: usize| l2_norm(flat(&network.layers[layer].w.gradient));
        let delta = |layer: usize| l2_norm(flat(&workspace.layers[layer].delta));
        dw_log += (dw(0) / dw(29)).ln() / count;
        delta_log += (delta(0) / delta(29)).ln() / count;
    }
    assert!(dw_log.abs() < 1.5f64.ln(), "dW: {}", dw_log.exp());
    // delta itself falls by sqrt(2) a layer: 29 layers, 4.4 decades.
    let decades = delta_log / std::f64::consts::LN_10;
    assert!((decades + 4.365).abs() < 0.3, "delta: {decades} decades");
}

#[test]
fn five_tanh_layers_pass_back_what_glorot_and_bengio_say() {
    // glorot.standard_dz, glorot.normalized_dz, glorot.dW_flat (Glorot and Bengio 2010, figs. 7-9):
    // the mean square of delta, layer l over layer l + 1.
    let standard = [0.222369, 0.295187, 0.320420, 0.329003];
    let normalized = [0.464403, 0.636545, 0.726729, 0.781819];
    for (init, expected) in [("uniform", standard), ("xavier_uniform", normalized)] {
        let (mut ratios, mut dws) = ([0.0; 4], [0.0; 5]);
        let seeds = [1, 2];
        for seed in seeds {
            let config = config(&format!("activation=tanh&init={init}"), 5, 1000, seed);
            let mut network = start::<f32>(&config, 1000, 10);
            // The paper's biases are zero; PyTorch's "uniform" draws them.
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
            close(
                *ratio,
                expected,
                0.05,
                &format!("{init}: layer {}", layer + 1),
            );
        }
        if init == "uniform" {
            // a falls forwards as fast as delta falls backwards: dW hides the loss.
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
fn derivatives_have_their_bounds() {
    // sigmoid.deriv_bound: over [-10, 10]. GELU's and SiLU's leave [0, 1] on both sides.
    use Activation::{Gelu, Selu, Sigmoid, Silu, Softplus, Tanh};
    for (activation, least, greatest) in [
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
        // On a grid of 1e-4 an extreme between two nodes is missed by less than 1e-8.
        for (seen, expected) in [(low, least), (high, greatest)] {
            let what = format!("{activation:?}: {seen} is not {expected}");
            assert!((seen - expected).abs() < 1e-8, "{what}");
        }
        if activation == Sigmoid {
            assert!((high - 0.25).abs() < 1e-12, "the bound of 1/4: {high}");
        }
    }
}
