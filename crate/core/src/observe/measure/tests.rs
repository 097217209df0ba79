//! The statistics of a snapshot, checked on real runs.

use super::*;
use crate::config::choice::Choice;
use crate::config::{Config, Norm, OptimizerKind};
use crate::observe::snapshot::SnapshotRequest;
use crate::{Session, Snapshot};

const DIGITS: &str = include_str!("../../../data/digits.csv");

fn session(query: &str) -> Session<f32> {
    let config = Config::from_query(query).expect(query);
    Session::new(config, Some(DIGITS)).expect(query)
}

fn snapshot_after(query: &str, steps: usize) -> Snapshot {
    let mut session = session(query);
    session.advance(steps);
    session.snapshot(true)
}

#[test]
fn the_product_of_the_factors_is_the_ratio_of_delta_between_layers() {
    let activations = crate::config::Activation::ALL.iter();
    for activation in activations {
        for norm in Norm::ALL {
            for residual in [false, true] {
                let query = format!(
                    "depth=6&width=24&batch-size=16&learning-rate=0.01&activation={}&norm={}&residual={residual}",
                    activation.name(),
                    norm.name()
                );
                let layers = snapshot_after(&query, 3).layers;
                for l in 0..6 {
                    let factors = [
                        &layers.weight_factor,
                        &layers.residual_factor,
                        &layers.activation_factor,
                        &layers.norm_factor,
                    ];
                    let product: f64 = factors.iter().map(|f| f64::from(f[l])).product();
                    let ratio = f64::from(layers.delta_rms[l]) / f64::from(layers.delta_rms[l + 1]);
                    assert!(
                        (product / ratio - 1.0).abs() < 1e-6,
                        "{query}, layer {}: {product} is not {ratio}",
                        l + 1
                    );
                    // The factor differs from 1 if the layer above is residual: layers 2 to 6 are, but not layer 1, whose
                    // input has another size, nor the output layer.
                    let residual_above = residual && l < 5;
                    assert_eq!(
                        layers.residual_factor[l] != 1.0,
                        residual_above,
                        "{query}, layer {}",
                        l + 1
                    );
                    assert_eq!(layers.norm_factor[l] != 1.0, *norm != Norm::None, "{query}");
                }
                assert_eq!(
                    layers.weight_factor[6], 1.0,
                    "delta starts at the output layer"
                );
            }
        }
    }
}

#[test]
fn factors_agree_with_theory() {
    // ReLU passes on half of the squared signal, and He's weights double it.
    let he = snapshot_after("activation=relu&init=he_normal&depth=12&width=256", 0).layers;
    let xavier = snapshot_after("activation=relu&depth=12&width=256", 0).layers;
    for l in 2..10 {
        for (layers, weights) in [(&he, 2f32.sqrt()), (&xavier, 1.0)] {
            assert!((layers.activation_factor[l] - 0.707).abs() < 0.05);
            assert!((layers.weight_factor[l] / weights - 1.0).abs() < 0.1);
        }
    }
    // The factors of a signal of 0 are 0, not NaN.
    let zeros = snapshot_after("init=zeros&depth=4", 0).layers;
    assert_eq!(zeros.weight_factor[..4], [0.0; 4]);
    assert_eq!(zeros.activation_factor[..3], [0.0; 3]);
}

#[test]
fn dead_units_are_counted_over_the_training_set() {
    // With biases far below 0 every ReLU is dead, whatever its input.
    let mut all_dead = session("activation=relu&init=he_normal&depth=3&width=16");
    for b in &mut all_dead.trainer.network_mut().layers[1].b.value {
        *b = -1e6;
    }
    let snapshot = all_dead.snapshot(true);
    assert_eq!(snapshot.layers.dead_fraction[1], 1.0);
    assert_eq!(
        snapshot.layers.dead_fraction[3], 0.0,
        "the output layer is linear"
    );
    assert_eq!(snapshot.dead_samples, 1024.0);
    // Units that are inactive on a single minibatch are not dead.
    let batch_of_one = snapshot_after(
        "activation=relu&init=he_normal&depth=3&width=64&batch-size=1",
        0,
    );
    assert!(batch_of_one.layers.dead_fraction[0] < 0.2);
    assert!(
        session("").snapshot(false).layers.dead_fraction[0].is_nan(),
        "without an evaluation it is unknown"
    );
}

#[test]
fn a_unit_that_only_the_last_sample_activates_is_not_dead() {
    let mut session = session("activation=relu&depth=2&width=2");
    let network = session.trainer.network_mut();
    // The first unit of each layer gets the first feature, the second one nothing.
    for layer in &mut network.layers {
        layer.w.value.fill(0.0);
        layer.w.value[[0, 0]] = 1.0;
        layer.b.value[[0, 1]] = -1.0;
    }
    let features = network.layers[0].spec.n_in;
    for rows in [1, CHUNK_ROWS, CHUNK_ROWS + 1, 3 * CHUNK_ROWS] {
        let mut x = Array2::from_elem((rows, features), -1.0);
        let mut gemm = Gemm::new();
        assert_eq!(
            dead_fractions(network, x.view(), &mut gemm),
            [1.0, 1.0, 0.0]
        );
        x[[rows - 1, 0]] = 1.0;
        assert_eq!(
            dead_fractions(network, x.view(), &mut gemm),
            [0.5, 0.5, 0.0],
            "{rows} rows"
        );
    }
}

#[test]
fn decay_rms_is_the_difference_that_decay_makes_to_one_step() {
    for optimizer in OptimizerKind::ALL {
        let base = format!(
            "depth=2&width=8&activation=tanh&learning-rate=0.01&optimizer={}",
            optimizer.name()
        );
        let name = optimizer.name();
        // The same network makes its 61st step with decay and without.
        let update = |decay: &str| {
            let config = Config::from_query(&format!("{base}&weight-decay=1e-5&l1=1e-6")).unwrap();
            let mut session = Session::<f64>::new(config, Some(DIGITS)).unwrap();
            session.advance(60);
            let config = Config::from_query(&format!("{base}{decay}")).unwrap();
            assert!(session.configure(&config));
            session.advance(1);
            let update = session.trainer.network().layers[1].w.update.clone();
            (update, session.snapshot(true).layers.decay_rms[1])
        };
        let (with, measured) = update("&weight-decay=1e-5&l1=1e-6");
        let (without, measured_without) = update("");
        let difference = rms((with - without).as_slice().unwrap());
        assert_eq!(measured_without, 0.0);
        let ratio = f64::from(measured) / difference;
        // Decay also changes the squared gradient by which Adam and RMSprop divide, which `decay_rms` leaves out.
        let tolerance = match optimizer {
            OptimizerKind::Rmsprop | OptimizerKind::Adam | OptimizerKind::Adamw => 0.1,
            OptimizerKind::Sgd | OptimizerKind::Momentum | OptimizerKind::Nesterov => 1e-5,
        };
        assert!(
            (ratio - 1.0).abs() < tolerance,
            "{name}: {measured}, not {difference}"
        );
    }
}

#[test]
fn distance_cosine_and_loss_change_of_a_short_step_are_measured() {
    let mut session = session("depth=2&width=8&activation=tanh&batch-size=full&learning-rate=0.01");
    let start = session.snapshot(true);
    assert_eq!(start.layers.distance_rms, [0.0; 3]);
    assert!(start.step_cosine.is_nan() && start.loss_change.is_nan());
    session.advance(1);
    let first = session.snapshot(true);
    for l in 0..3 {
        let (moved, update) = (first.layers.distance_rms[l], first.layers.update_rms[l]);
        assert!((moved / update - 1.0).abs() < 1e-5);
    }
    // A short step on all data goes downhill, and the gradient hardly changes.
    assert!(first.step_cosine < -0.99, "{}", first.step_cosine);
    assert!(first.loss_change < 0.0);
    let change = first.train_loss - start.train_loss;
    assert!((first.loss_change / change - 1.0).abs() < 1e-6);
}

#[test]
fn a_snapshot_contains_what_was_requested_and_nothing_else() {
    let mut session = session("data=circle&activation=tanh&depth=2&width=8&learning-rate=0.01");
    let plain = session.snapshot(true);
    assert!(plain.step_line.t.is_empty() && plain.predictions.surface.is_empty());
    assert!(plain.weights.w.is_empty());
    session.advance(5);
    session.request(SnapshotRequest {
        step_line: true,
        predictions: true,
        values: true,
        weights: Some(1),
    });
    let snapshot = session.snapshot(true);
    let line = &snapshot.step_line;
    assert_eq!((line.t.len(), line.t[0], line.t[16]), (17, -1.0, 3.0));
    assert_eq!(line.loss_change[4], 0.0);
    assert!((f64::from(line.loss_change[8]) / snapshot.loss_change - 1.0).abs() < 1e-3);
    assert!(
        snapshot.stability_limit > 0.01,
        "a short step could be longer: {}",
        snapshot.stability_limit
    );
    assert_eq!(snapshot.weights.shape, [1.0, 8.0, 8.0, 8.0, 8.0]);
    let w = session.trainer.network().layers[1]
        .w
        .value
        .as_slice()
        .unwrap()
        .to_vec();
    assert_eq!(snapshot.weights.w, w);
}

#[test]
fn a_large_matrix_is_shown_by_the_largest_element_of_each_block() {
    let mut session = session("depth=2&width=128");
    session.trainer.network_mut().layers[1].w.value.fill(0.5);
    session.trainer.network_mut().layers[1].w.value[[3, 127]] = -2.0;
    session.request(SnapshotRequest {
        weights: Some(1),
        ..SnapshotRequest::default()
    });
    let images = session.snapshot(false).weights;
    assert_eq!(images.shape, [1.0, 64.0, 64.0, 128.0, 128.0]);
    assert_eq!(
        (images.w[64 + 63], images.w[0], images.w.len()),
        (-2.0, 0.5, 64 * 64)
    );
}

#[test]
fn predictions_agree_with_accuracy_and_labels() {
    let request = SnapshotRequest {
        predictions: true,
        ..SnapshotRequest::default()
    };
    let snapshot_after = |query: &str, steps: usize| {
        let mut session = session(query);
        session.advance(steps);
        session.request(request);
        session.snapshot(true)
    };
    // Two features: the surface separates the classes once they are learned.
    for loss in ["softmax_ce", "bce", "mse"] {
        let circle = snapshot_after(
            &format!("data=circle&activation=tanh&depth=3&width=16&loss={loss}"),
            600,
        );
        let shown = &circle.predictions;
        assert_eq!((shown.surface.len(), shown.x.len()), (48 * 48, 500));
        assert_eq!(shown.test.iter().sum::<f32>(), 100.0);
        let surface = |x: f32, y: f32| {
            let e = &shown.extent;
            let cell = |v: f32, low: f32, high: f32| ((v - low) / (high - low) * 48.0) as usize;
            shown.surface[cell(y, e[2], e[3]) * 48 + cell(x, e[0], e[1])]
        };
        let correct = (0..500)
            .filter(|i| (surface(shown.x[*i], shown.y[*i]) > 0.5) == (shown.label[*i] == 1.0))
            .count();
        assert!(
            correct > 475,
            "{loss}: {correct} of 500 on the side of their class"
        );
        let accuracy = (shown.confusion[0] + shown.confusion[3]) / 100.0;
        assert!((f64::from(accuracy) - circle.test_accuracy).abs() < 1e-6);
    }
    // Digits: the confusion matrix of the test set, and samples with predicted classes.
    let digits = snapshot_after("depth=3&activation=relu&init=he_normal", 300);
    let shown = &digits.predictions;
    let diagonal: f32 = (0..10).map(|c| shown.confusion[11 * c]).sum();
    let all: f32 = shown.confusion.iter().sum();
    assert!((f64::from(diagonal / all) - digits.test_accuracy).abs() < 1e-6);
    assert_eq!((shown.images.len(), digits.classes.len()), (12 * 64, 10));
    assert!(
        shown
            .image_confidence
            .iter()
            .all(|p| (0.1..=1.0).contains(p))
    );
    // Regression with two features.
    let plane = snapshot_after("data=plane&activation=tanh&depth=2&width=16", 300);
    assert!(plane.predictions.confusion.is_empty() && plane.classes.is_empty());
    let corner = plane.predictions.surface[48 * 48 - 1];
    assert!(
        corner > 1.0,
        "the target is largest in the upper right corner: {corner}"
    );
}
