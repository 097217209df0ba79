//! Real networks behave as the theory says: at their start, wide, in the numbers of the page.

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

fn start(query: &str) -> (Config, Snapshot) {
    let config = Config::from_query(query).expect(query);
    let table = data_file(&config).map(|_| DIGITS);
    let mut session = Session::<f32>::new(config.clone(), table).expect(query);
    (config, session.snapshot(false))
}

/// log10 of delta's RMS in layer 1 over the last hidden layer, mean over three seeds.
fn decades(query: &str) -> f64 {
    let of_seed = |seed: u64| {
        let (config, snapshot) = start(&format!("{query}&seed={seed}"));
        let delta = &snapshot.layers.delta_rms;
        (f64::from(delta[0]) / f64::from(delta[config.depth - 1])).log10()
    };
    (1..=3).map(of_seed).sum::<f64>() / 3.0
}

/// The same for `depth` layers of 512 units on a batch of 16 normal inputs, with a normal delta on top.
fn decades_on_noise(query: &str) -> f64 {
    let of_seed = |seed: u64| {
        let config = Config::from_query(&format!("{query}&seed={seed}")).expect(query);
        let mut network = Network::<f32>::new(&layer_specs(&config, config.width, 10));
        for (index, layer) in network.layers.iter_mut().enumerate() {
            initialise(layer, &config, index);
        }
        let mut workspace = Workspace::new(&network, 16);
        let mut random = Random::new(seed, Stream::Data, 0);
        workspace.x.mapv_inplace(|_| random.normal() as f32);
        network.forward(&mut workspace);
        let top = &mut workspace.layers.last_mut().expect("an output layer").delta;
        top.mapv_inplace(|_| random.normal() as f32);
        network.backward(&mut workspace);
        let delta = |layer: usize| rms(flat(&workspace.layers[layer].delta));
        (delta(0) / delta(config.depth - 1)).log10()
    };
    (1..=2).map(of_seed).sum::<f64>() / 2.0
}

#[test]
fn thirty_layers_change_delta_by_the_published_decades() {
    // 30 hidden layers, zero biases: log10 (rms delta_1 / rms delta_30), with its tolerance.
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

/// Mean over four seeds of log10 (measured / predicted), per layer: a, and delta as a multiple of
/// the output layer's.
fn deviations(query: &str) -> Vec<(f64, f64)> {
    let mut sums = Vec::new();
    for seed in 1..=4 {
        let (config, snapshot) = start(&format!("{query}&seed={seed}"));
        let predicted = predict(&config, 64, 10).expect(query);
        sums.resize(config.depth, (0.0, 0.0));
        let measured = &snapshot.layers;
        let out = f64::from(measured.delta_rms[config.depth]);
        for (layer, (a, delta)) in sums.iter_mut().enumerate() {
            *a += (f64::from(measured.a_rms[layer]) / predicted.a_rms[layer]).log10() / 4.0;
            let ratio = f64::from(measured.delta_rms[layer]) / (out * predicted.delta[layer]);
            *delta += ratio.log10() / 4.0;
        }
    }
    sums
}

#[test]
fn the_prediction_meets_the_measured_signals() {
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
        // Batch norm's theory is for large batches: at 512 delta still grows a little faster.
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
        "the theory says nothing of residual connections"
    );
}

#[test]
fn layer_norm_is_level_and_batch_norm_explodes_whatever_the_weights() {
    for gain in [0.1, 1.0, 10.0] {
        let query = format!(
            "activation=relu&depth=20&width=128&batch-size=256&init=he_normal&init-gain={gain}"
        );
        let layer = 10f64.powf(decades(&format!("{query}&norm=layer")) / 19.0);
        assert!(
            (layer - 1.0).abs() < 0.05,
            "layer norm at gain {gain}: {layer} a layer"
        );
        // sqrt(pi / (pi - 1)) = 1.211; a little more where width and batch are finite.
        let batch = 10f64.powf(decades(&format!("{query}&norm=batch")) / 19.0);
        assert!(
            (batch - 1.211).abs() < 0.06,
            "batch norm at gain {gain}: {batch} a layer"
        );
    }
}
