//! Wide networks at initialisation, in the numbers that the page shows, behave as the theory predicts.

use gradient_flow::data::data_file;
use gradient_flow::network::init::initialise;
use gradient_flow::network::layer_specs;
use gradient_flow::network::{Network, Workspace};
use gradient_flow::numeric::array::flat;
use gradient_flow::numeric::random::{Random, Stream};
use gradient_flow::numeric::statistics::rms;
use gradient_flow::theory::predict;
use gradient_flow::{Config, Session, Snapshot};

const DIGITS: &str = include_str!("../../crate/core/data/digits.csv");

fn initial_snapshot(query: &str) -> (Config, Snapshot) {
    let config = Config::from_query(query).expect(query);
    let table = data_file(&config).map(|_| DIGITS);
    let mut session = Session::<f32>::new(config.clone(), table).expect(query);
    (config, session.snapshot(false))
}

/// log10 of the RMS of delta in layer 1 divided by that in the last hidden layer; the mean of three seeds.
fn decades(query: &str) -> f64 {
    let with_seed = |seed: u64| {
        let (config, snapshot) = initial_snapshot(&format!("{query}&seed={seed}"));
        let delta = &snapshot.layers.delta_rms;
        (f64::from(delta[0]) / f64::from(delta[config.depth - 1])).log10()
    };
    (1..=3).map(with_seed).sum::<f64>() / 3.0
}

/// The same for a batch of 16 normal inputs with a normal delta at the output layer; the mean of two seeds.
fn decades_on_noise(query: &str) -> f64 {
    let with_seed = |seed: u64| {
        let config = Config::from_query(&format!("{query}&seed={seed}")).expect(query);
        let mut network = Network::<f32>::new(&layer_specs(&config, config.width, 10));
        for (index, layer) in network.layers.iter_mut().enumerate() {
            initialise(layer, &config, index);
        }
        let mut workspace = Workspace::new(&network, 16);
        let mut random = Random::new(seed, Stream::Data, 0);
        workspace.x.mapv_inplace(|_| random.normal() as f32);
        network.forward(&mut workspace);
        let output = workspace.layers.last_mut().expect("an output layer");
        output.delta.mapv_inplace(|_| random.normal() as f32);
        network.backward(&mut workspace);
        let delta = |layer: usize| rms(flat(&workspace.layers[layer].delta));
        (delta(0) / delta(config.depth - 1)).log10()
    };
    (1..=2).map(with_seed).sum::<f64>() / 2.0
}

#[test]
fn thirty_layers_change_delta_by_the_published_decades() {
    // 30 hidden layers, biases 0: log10(RMS of delta_1 / RMS of delta_30) and its tolerance.
    for (activation, init, expected, tolerance) in [
        ("gelu", "he_uniform", -2.55842, 0.6),
        ("silu", "he_uniform", -3.72306, 0.15),
        ("gelu", "xavier_uniform", -8.41013, 0.15),
        ("elu", "he_uniform", 0.821666, 0.15),
        ("elu", "xavier_uniform", -1.00157, 0.15),
        ("tanh", "xavier_uniform", -0.802831, 0.15),
        ("tanh", "he_uniform", 0.448606, 0.15),
        ("selu", "lecun_normal", 0.435327, 0.15),
        ("softplus", "he_uniform", -1.6794, 0.6),
        ("sigmoid", "he_uniform", -14.5118, 0.15),
    ] {
        let query = format!("depth=30&width=512&activation={activation}&init={init}");
        let measured = decades_on_noise(&query);
        assert!(
            (measured - expected).abs() < tolerance,
            "{query}: {measured}, published {expected}"
        );
    }
}

/// log10(measured / predicted) for each hidden layer, of a and of delta (as a multiple of that of the output layer); the
/// mean of four seeds.
fn deviations(query: &str) -> Vec<(f64, f64)> {
    let mut sums = Vec::new();
    for seed in 1..=4 {
        let (config, snapshot) = initial_snapshot(&format!("{query}&seed={seed}"));
        let predicted = predict(&config, 64, 10).expect(query);
        sums.resize(config.depth, (0.0, 0.0));
        let measured = &snapshot.layers;
        let output_delta = f64::from(measured.delta_rms[config.depth]);
        for (layer, (a, delta)) in sums.iter_mut().enumerate() {
            *a += (f64::from(measured.a_rms[layer]) / predicted.a_rms[layer]).log10() / 4.0;
            let ratio =
                f64::from(measured.delta_rms[layer]) / (output_delta * predicted.delta[layer]);
            *delta += ratio.log10() / 4.0;
        }
    }
    sums
}

#[test]
fn predicted_signals_agree_with_measured_ones() {
    for query in [
        "activation=sigmoid",
        "activation=tanh&init-gain=2",
        "activation=relu&init=he_normal",
        "activation=relu&init=xavier_normal",
        "activation=selu&init=lecun_normal",
        "activation=linear&init=orthogonal",
        "activation=softplus&bias-std=0.5",
        "activation=relu&norm=layer",
        "activation=sigmoid&norm=layer&init=he_normal",
        "activation=relu&norm=batch&batch-size=512",
        "activation=tanh&norm=batch&batch-size=512",
    ] {
        // The theory of batch norm is for large batches. With 512 samples delta still grows a little faster.
        let tolerance = if query.contains("norm=batch") {
            0.3
        } else {
            0.1
        };
        let query = format!("{query}&depth=12&width=256");
        for (layer, (a, delta)) in deviations(&query).into_iter().enumerate() {
            let layer = layer + 1;
            assert!(
                a.abs() < 0.05,
                "{query}: a of layer {layer} is off by {a} decades"
            );
            assert!(
                delta.abs() < tolerance,
                "{query}: delta of layer {layer} is off by {delta} decades"
            );
        }
    }
    let residual = Config::from_query("residual=true").expect("a config");
    assert_eq!(
        predict(&residual, 64, 10),
        None,
        "the theory does not cover residual connections"
    );
}

#[test]
fn whatever_the_gain_layer_norm_is_level_and_batch_norm_explodes() {
    for gain in [0.1, 1.0, 10.0] {
        let query = format!(
            "activation=relu&depth=20&width=128&batch-size=256&init=he_normal&init-gain={gain}"
        );
        let layer = 10f64.powf(decades(&format!("{query}&norm=layer")) / 19.0);
        assert!(
            (layer - 1.0).abs() < 0.05,
            "layer norm at gain {gain}: {layer} per layer"
        );
        // sqrt(pi / (pi - 1)) = 1.211, and a little more for finite width and batch size.
        let batch = 10f64.powf(decades(&format!("{query}&norm=batch")) / 19.0);
        assert!(
            (batch - 1.211).abs() < 0.06,
            "batch norm at gain {gain}: {batch} per layer"
        );
    }
}
