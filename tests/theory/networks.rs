//! Wide networks at initialisation, in the numbers that the page shows, behave as the theory predicts.

use gradient_flow::data::data_file;
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
        let mut network = Network::<f32>::initial(&config, config.width, 10);
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
        let predicted = &snapshot.theory;
        assert_eq!(predicted.a_rms.len(), config.depth + 1, "{query}");
        sums.resize(config.depth, (0.0, 0.0));
        let measured = &snapshot.layers;
        for (layer, (a, delta)) in sums.iter_mut().enumerate() {
            let decades = |actual: f32, expected: f32| f64::from(actual / expected).log10();
            *a += decades(measured.a_rms[layer], predicted.a_rms[layer]) / 4.0;
            *delta += decades(measured.delta_rms[layer], predicted.delta_rms[layer]) / 4.0;
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
        "activation=relu&init=he_normal&scaling=minmax",
        "activation=tanh&scaling=none&init-gain=0.1",
        "activation=relu&norm=layer&scaling=minmax",
        "activation=relu&norm=batch&batch-size=512&scaling=minmax",
        "activation=relu&init=he_normal&norm=layer&tied=true",
        "activation=tanh&tied=true&bias-std=0.3",
        "activation=sigmoid&norm=layer&init=he_normal&tied=true",
        "activation=tanh&output=sigmoid&loss=mse",
    ] {
        // The theory of batch norm is for large batches. With 512 samples delta still grows a little faster.
        // One W in every layer deviates in the same direction in each.
        let tied = query.contains("tied=true");
        let (a_tolerance, tolerance) = match query.contains("norm=batch") {
            true => (0.05, 0.3),
            false if tied => (0.15, 0.2),
            false => (0.05, 0.1),
        };
        let query = format!("{query}&depth=12&width=256");
        for (layer, (a, delta)) in deviations(&query).into_iter().enumerate() {
            let layer = layer + 1;
            assert!(
                a.abs() < a_tolerance,
                "{query}: a of layer {layer} is off by {a} decades"
            );
            assert!(
                delta.abs() < tolerance,
                "{query}: delta of layer {layer} is off by {delta} decades"
            );
        }
    }
    for query in [
        "residual=true",
        "init=zeros",
        "init=constant",
        "init=uniform_01",
    ] {
        let config = Config::from_query(query).expect("a config");
        assert_eq!(
            predict(&config, 64, 10),
            None,
            "{query} is beyond the theory"
        );
    }
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

#[test]
fn the_signals_of_an_output_with_an_activation_begin_with_its_slope() {
    // The sigmoid of small z is near 1/2 and its slope near 1/4.
    let (config, snapshot) = initial_snapshot("activation=tanh&output=sigmoid&init-gain=0.3");
    let output = config.depth;
    assert!((snapshot.layers.a_rms[output] - 0.5).abs() < 0.01);
    assert!((snapshot.theory.a_rms[output] - 0.5).abs() < 0.01);
    assert!((snapshot.layers.activation_factor[output] - 0.25).abs() < 0.01);
    let (_, linear) = initial_snapshot("activation=tanh&init-gain=0.3");
    assert_eq!(linear.layers.activation_factor[output], 1.0);
}

#[test]
fn uncentred_weights_make_signals_grow_with_the_width() {
    // With weights of mean m and inputs of mean square q > 0 each layer multiplies by about m n.
    let (_, snapshot) = initial_snapshot("activation=relu&init=uniform_01&scaling=minmax&depth=4");
    let a = &snapshot.layers.a_rms;
    let factor = a[3] / a[2];
    assert!((factor / 32.0 - 1.0).abs() < 0.1, "{factor} for width 64");
}

#[test]
fn small_signals_pass_elu_and_selu_in_float32_as_in_float64() {
    for activation in ["elu", "selu"] {
        let query = format!("activation={activation}&init-gain=0.1&depth=20");
        let config = Config::from_query(&query).expect("a config");
        let single = Session::<f32>::new(config.clone(), Some(DIGITS));
        let double = Session::<f64>::new(config, Some(DIGITS));
        let single = single.expect("a run").snapshot(false).layers;
        let double = double.expect("a run").snapshot(false).layers;
        for (name, a, b) in [
            ("a", &single.a_rms, &double.a_rms),
            ("delta", &single.delta_rms, &double.delta_rms),
        ] {
            for (layer, (a, b)) in a.iter().zip(b).enumerate() {
                let deviation = (a / b - 1.0).abs();
                assert!(
                    deviation < 1e-4,
                    "{query}: {name} of layer {} {a} {b}",
                    layer + 1
                );
            }
        }
    }
}
