//! Snapshots of runs: reproducibility, overflow, theory, what follows a run.

use super::*;
use crate::config::{Data, FIELDS, FieldKind};
use crate::numeric::statistics::l2_norm;
use crate::observe::snapshot::SnapshotRequest;

const DIGITS: &str = include_str!("../../../data/digits.csv");
const IRIS: &str = include_str!("../../../data/iris.csv");

fn session(query: &str) -> Session<f32> {
    let config = Config::from_query(query).unwrap();
    let table = match config.data {
        Data::Iris => IRIS.to_string(),
        Data::Upload => format!("{{}}\n{IRIS}"),
        _ => DIGITS.to_string(),
    };
    Session::new(config, Some(&table)).unwrap()
}

#[test]
fn the_same_config_gives_the_same_run_and_another_seed_another_one() {
    let run = |query: &str| {
        let mut session = session(query);
        session.advance(5);
        session.snapshot(true)
    };
    // Compared as text, because NaN (for what is not known) is not equal to itself.
    let text = |query| format!("{:?}", run(query));
    assert!(text("depth=3&width=8") == text("depth=3&width=8"));
    assert_ne!(
        run("depth=3&width=8").layers.dw_rms,
        run("depth=3&width=8&seed=2").layers.dw_rms
    );
}

#[test]
fn a_snapshot_changes_nothing() {
    let mut observed = session("depth=3&width=8&norm=batch&activation=relu");
    let mut unobserved = session("depth=3&width=8&norm=batch&activation=relu");
    for _ in 0..4 {
        observed.snapshot(true);
        observed.advance(1);
        observed.snapshot(true);
    }
    unobserved.advance(4);
    let (a, b) = (observed.snapshot(true), unobserved.snapshot(true));
    assert_eq!((a.layers, a.test_loss), (b.layers, b.test_loss));
    assert_eq!(
        b.log.train_loss.len(),
        5,
        "every step is logged, including the present one"
    );
    assert_eq!(a.log.train_loss.len(), 0, "and only in one snapshot");
    assert_eq!(b.log.dw_rms.len(), 5 * 4);
}

#[test]
fn every_choice_of_every_field_trains() {
    let base = "depth=3&width=8&batch-size=16";
    for field in FIELDS {
        let crate::config::FieldKind::Choice(choices) = field.kind else {
            continue;
        };
        for choice in choices {
            let query = format!("{base}&{}={}", field.name, choice.name);
            let mut session = session(&query);
            assert_eq!(session.advance(3), 3, "{query}");
            let snapshot = session.snapshot(true);
            assert_eq!((snapshot.step, snapshot.layer_count()), (3, 4), "{query}");
            assert!(
                snapshot.train_loss.is_finite() && snapshot.test_loss.is_finite(),
                "{query}"
            );
            for (name, array) in snapshot.layers.arrays() {
                assert_eq!(array.len(), 4, "{name}");
                assert!(
                    array.iter().all(|x| x.is_finite()),
                    "{query}: {name} {array:?}"
                );
            }
        }
    }
}

#[test]
fn networks_learn_every_data_set() {
    for (query, steps, min_accuracy) in [
        ("activation=relu&init=he_normal&depth=5", 400, 0.95),
        ("data=iris&activation=tanh&depth=3&batch-size=32", 400, 0.9),
        ("data=circle&activation=tanh&depth=3&width=16", 600, 0.95),
        ("data=xor&activation=tanh&depth=3&width=16", 600, 0.95),
        ("data=gauss&activation=tanh&depth=2&width=8", 200, 0.97),
        (
            "data=spiral&activation=tanh&depth=4&width=32&optimizer=adam&learning-rate=0.01",
            1500,
            0.9,
        ),
        (
            "data=circle&loss=bce&activation=tanh&depth=3&width=16",
            600,
            0.95,
        ),
        (
            "data=circle&loss=mse&activation=tanh&depth=3&width=16",
            600,
            0.95,
        ),
    ] {
        let mut session = session(query);
        session.advance(steps);
        let accuracy = session.snapshot(true).test_accuracy;
        assert!(accuracy >= min_accuracy, "{query}: {accuracy}");
    }
    let mut plane = session("data=plane&activation=tanh&depth=2&width=8");
    plane.advance(400);
    let snapshot = plane.snapshot(true);
    assert!(snapshot.test_loss < 0.02, "{}", snapshot.test_loss);
    assert!(snapshot.test_accuracy.is_nan());
}

#[test]
fn update_rms_and_ratio_are_those_of_the_last_step() {
    let mut session = session("depth=2&width=8&learning-rate=0.5");
    let start = session.snapshot(false);
    assert_eq!(start.layers.update_rms, [0.0; 3]);
    session.advance(1);
    let next = session.snapshot(false);
    for l in 0..3 {
        let expected = 0.5 * start.layers.dw_rms[l];
        assert!((next.layers.update_rms[l] / expected - 1.0).abs() < 1e-4);
        let ratio = next.layers.update_rms[l] / next.layers.w_rms[l];
        assert!((next.layers.update_ratio[l] / ratio - 1.0).abs() < 1e-6);
    }
}

#[test]
fn gradients_are_accurate_down_to_the_smallest_normal_f32_and_zero_below_all_f32() {
    let deep = session("depth=60").snapshot(false);
    let first = deep
        .layers
        .dw_rms
        .iter()
        .position(|rms| *rms > 0.0)
        .unwrap();
    assert!(
        deep.layers.dw_rms[first] < 1e-37,
        "{}",
        deep.layers.dw_rms[first]
    );
    let mut double = Session::<f64>::new(deep_config(), Some(DIGITS)).unwrap();
    let exact = double.snapshot(false);
    // float32 keeps its digits as long as the number is normal.
    for l in (0..61).filter(|l| exact.layers.dw_rms[*l] > 1e-36) {
        let ratio = deep.layers.dw_rms[l] / exact.layers.dw_rms[l];
        assert!((ratio - 1.0).abs() < 1e-2, "layer {}: {ratio}", l + 1);
    }
    let flushed = session("depth=100").snapshot(false);
    assert_eq!(
        (flushed.layers.dw_rms[0], flushed.layers.dw_zero_fraction[0]),
        (0.0, 1.0)
    );
}

fn deep_config() -> Config {
    Config::from_query("depth=60").unwrap()
}

#[test]
fn an_overflow_ends_the_run_for_good() {
    let mut session = session("activation=relu&init=he_normal&learning-rate=10");
    let updates = session.advance(1000);
    assert!(updates < 1000);
    let snapshot = session.snapshot(true);
    let overflow = snapshot.first_nonfinite.unwrap();
    assert_eq!(
        (snapshot.step, overflow.step),
        (updates as u64, updates as u64)
    );
    assert!((1..=11).contains(&overflow.layer));
    assert_eq!(session.advance(10), 0);
    let live = Config {
        learning_rate: 0.01,
        ..session.trainer.config().clone()
    };
    assert!(
        !session.configure(&live),
        "an overflowed network cannot go on with another learning rate"
    );
}

#[test]
fn only_the_snapshot_of_step_0_has_a_theory_and_only_if_it_applies() {
    let mut wide = session("depth=6&width=256&activation=tanh");
    let start = wide.snapshot(false);
    for l in 0..7 {
        let delta = start.theory.delta_rms[l] / start.layers.delta_rms[l];
        assert!(
            (0.7..1.4).contains(&delta),
            "layer {}: delta is {delta} times the measured one",
            l + 1
        );
        let a = start.theory.a_rms[l] / start.layers.a_rms[l];
        assert!(
            (0.7..1.4).contains(&a),
            "layer {}: a is {a} times the measured one",
            l + 1
        );
    }
    wide.advance(1);
    assert!(wide.snapshot(false).theory.delta_rms.is_empty());
    assert!(
        session("residual=true")
            .snapshot(false)
            .theory
            .a_rms
            .is_empty()
    );
    assert!(
        session("init=zeros")
            .snapshot(false)
            .theory
            .a_rms
            .is_empty()
    );
}

#[test]
fn clipping_bounds_the_update() {
    let mut session =
        session("activation=relu&init=he_normal&init-gain=3&clip=norm&clip-at=0.5&learning-rate=1");
    let start = session.snapshot(false);
    assert!(start.grad_norm > 1.0);
    assert!((start.clip_coefficient - 0.5 / start.grad_norm).abs() < 1e-6);
    session.advance(1);
    let squares: f64 = session
        .trainer
        .network()
        .parameters()
        .map(|p| l2_norm(flat(&p.update)).powi(2))
        .sum();
    assert!((squares.sqrt() - 0.5).abs() < 1e-4, "{}", squares.sqrt());
}

#[test]
fn saturated_and_dead_units_are_counted() {
    let saturated = session("activation=tanh&init=normal").snapshot(false);
    assert!(
        saturated.layers.saturated_fraction[..10]
            .iter()
            .all(|s| *s > 0.5)
    );
    assert_eq!(
        saturated.layers.saturated_fraction[10], 0.0,
        "the output layer is linear"
    );
    let sigmoid = session("").snapshot(false);
    assert!(sigmoid.layers.saturated_fraction[5] < 0.01);
    let mut narrow = session("activation=relu&init=he_normal&width=2&depth=60");
    assert!(narrow.snapshot(true).layers.dead_fraction[59] == 1.0);
    let leaky = session("activation=leaky_relu&init=he_normal").snapshot(true);
    assert!(leaky.layers.dead_fraction.iter().all(|d| *d == 0.0));
}

#[test]
fn histograms_contain_all_elements_of_each_layer() {
    let mut session = session("depth=3&width=8&activation=relu&init=he_normal");
    let snapshot = session.snapshot(true);
    let rows = snapshot
        .histograms
        .dw
        .chunks(crate::observe::snapshot::DW_BINS);
    for (row, zero) in rows.zip(&snapshot.layers.dw_zero_fraction) {
        assert!((row.iter().sum::<f32>() + zero - 1.0).abs() < 1e-5);
    }
    for histogram in [&snapshot.histograms.a, &snapshot.histograms.z] {
        for row in histogram.chunks(crate::observe::snapshot::VALUE_BINS) {
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        }
    }

    // Without an evaluation only those of dW, unless the others are requested.
    session.advance(1);
    let without = session.snapshot(false);
    assert!(without.histograms.a.is_empty() && without.histograms.u.is_empty());
    session.request(SnapshotRequest {
        values: true,
        ..SnapshotRequest::default()
    });
    let requested = session.snapshot(false).histograms;
    assert_eq!(requested.dw, without.histograms.dw);
    assert_eq!(requested, session.snapshot(true).histograms);
    assert_eq!(requested.z.len(), snapshot.histograms.z.len());
}

#[test]
fn a_run_is_rebuilt_on_its_data_whenever_the_data_are_the_same() {
    let first = Config::from_query("data=circle&depth=3&width=5").unwrap();
    for field in FIELDS {
        let values: Vec<String> = match field.kind {
            FieldKind::Choice(choices) => choices.iter().map(|c| c.name.into()).collect(),
            FieldKind::Integer { min, .. } => vec![(min + 1).to_string()],
            FieldKind::Real { min, max, .. } => vec![((min + max) / 3.0).to_string()],
            FieldKind::Flag => vec!["true".into()],
        };
        for value in values {
            let place = format!("{} = {value}", field.name);
            let mut rebuilt = Session::<f32>::new(first.clone(), None).unwrap();
            rebuilt.advance(3);
            let mut config = first.clone();
            config.set(field.name, &value).unwrap();
            let new = Session::<f32>::new(config.clone(), None);
            match (rebuilt.rebuild(config, NO_LIMIT), new) {
                (Ok(true), Ok(mut new)) => {
                    assert_eq!(rebuilt.trainer.data(), new.trainer.data(), "{place}");
                    rebuilt.advance(2);
                    new.advance(2);
                    let texts = [rebuilt, new].map(|mut s| format!("{:?}", s.snapshot(true)));
                    assert!(texts[0] == texts[1], "{place}");
                }
                (Ok(true), Err(error)) => panic!("{place} is rebuilt, but {error}"),
                (Ok(false) | Err(_), Ok(_)) => assert!(
                    [
                        "data",
                        "noise",
                        "train_fraction",
                        "scaling",
                        "seed",
                        "loss",
                        "output"
                    ]
                    .contains(&field.name),
                    "{place} loads the data again without need"
                ),
                (Ok(false) | Err(_), Err(_)) => (),
            }
        }
    }
}

/// More than any network takes.
const NO_LIMIT: u64 = u64::MAX;

#[test]
fn a_rebuilt_run_equals_a_new_one() {
    let first = Config::from_query("data=circle&depth=3&width=5&optimizer=adam").unwrap();
    for change in [
        "depth=5",
        "width=7&norm=batch",
        "batch-size=full",
        "seed=2",
        "data=xor",
        "loss=mse",
        "learning-rate=1",
    ] {
        let config = first.with_query(change).unwrap();
        let mut new = Session::<f32>::new(config.clone(), None).unwrap();
        let mut rebuilt = Session::<f32>::new(first.clone(), None).unwrap();
        rebuilt.advance(3);
        rebuilt.snapshot(true);
        let has_same_data = config.has_same_data(&first);
        let before = format!("{:?}", rebuilt.snapshot(true));
        assert_eq!(rebuilt.rebuild(config.clone(), NO_LIMIT), Ok(has_same_data));
        if !has_same_data {
            let after = format!("{:?}", rebuilt.snapshot(true));
            assert!(after == before, "{change}");
            rebuilt.reload(config, None, NO_LIMIT).unwrap();
        }
        for session in [&mut new, &mut rebuilt] {
            session.snapshot(true);
            session.advance(2);
        }
        let texts = [&mut new, &mut rebuilt].map(|s| format!("{:?}", s.snapshot(true)));
        assert!(texts[0] == texts[1], "{change}");
    }
}

#[test]
fn a_run_goes_on_when_another_is_refused() {
    let mut session = session("data=circle&depth=3&width=5");
    session.advance(2);
    // The first snapshot takes the log with it.
    session.snapshot(true);
    let before = format!("{:?}", session.snapshot(true));
    let config = session.trainer.config().clone();
    let wider = config.with_query("width=500&depth=90").unwrap();
    let error = session.rebuild(wider, 10_000_000).unwrap_err();
    assert_eq!(
        (error.field.as_str(), error.value.as_str()),
        ("width", "500")
    );
    let other = config.with_query("width=500&depth=90&data=xor").unwrap();
    let error = session.reload(other, None, 10_000_000).unwrap_err();
    assert!(
        error.to_string().starts_with("width cannot be 500."),
        "{error}"
    );
    let digits = config.with_query("data=digits").unwrap();
    assert_eq!(session.rebuild(digits.clone(), NO_LIMIT), Ok(false));
    assert!(session.reload(digits, None, NO_LIMIT).is_err());
    let contradictory = Config {
        data: Data::Plane,
        loss: crate::config::Loss::Bce,
        ..config
    };
    assert!(session.rebuild(contradictory, NO_LIMIT).is_err());
    assert!(format!("{:?}", session.snapshot(true)) == before);
    assert_eq!(session.advance(3), 3);
}
