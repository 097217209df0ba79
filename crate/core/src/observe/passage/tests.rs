//! The numbers of a passage are those of the training step.

use super::*;
use crate::config::Config;
use crate::observe::Session;

const DIGITS: &str = include_str!("../../../data/digits.csv");

fn session(query: &str) -> Session<f32> {
    let config = Config::from_query(query).unwrap();
    Session::new(config, Some(DIGITS)).unwrap()
}

/// How far two numbers are apart, as a share of the larger one.
fn distance(a: f32, b: f32) -> f32 {
    if a == b {
        return 0.0;
    }
    (a - b).abs() / a.abs().max(b.abs())
}

/// The shown units of each column.
fn columns(passage: &Passage) -> Vec<Vec<usize>> {
    let mut units = passage.units.iter().map(|unit| *unit as usize);
    let counts = passage.counts.iter();
    counts
        .map(|count| units.by_ref().take(*count as usize).collect())
        .collect()
}

#[test]
fn a_sample_of_the_minibatch_has_the_activations_and_the_delta_of_the_training_step() {
    for query in [
        "depth=3&width=24",
        "depth=6&width=9&activation=relu&init=he_normal&residual=true",
        "depth=4&width=12&activation=tanh&norm=layer&init-gain=2",
        "depth=4&width=12&norm=batch",
        "depth=3&width=8&data=circle&loss=mse&output=tanh",
        "depth=2&width=8&data=circle&loss=bce&tied=true",
        "depth=3&width=8&data=plane",
    ] {
        let mut session = session(&format!("{query}&batch-size=16&learning-rate=0.05"));
        session.advance(3);
        session.trainer.gradient();
        let trainer = &session.trainer;
        let (x, _) = trainer.batch();
        let rows = trainer.data().train.x.outer_iter();
        let found = rows.enumerate().find(|(_, row)| *row == x.row(5));
        let sample = found.expect("the minibatch is of the training set").0;
        let passage = Passage::of(trainer, sample);
        assert!(passage.fits(), "{query}");
        assert_eq!(passage.about[0], sample as f32);
        let (columns, layers) = (columns(&passage), &trainer.workspace().layers);
        let (mut a, mut delta) = (passage.a.iter(), passage.delta.iter());
        for unit in &columns[0] {
            assert_eq!(*a.next().unwrap(), x[[5, *unit]], "{query}");
        }
        for (l, units) in columns[1..].iter().enumerate() {
            for unit in units {
                let at = [5, *unit];
                let (mine, its) = (*a.next().unwrap(), layers[l].a()[at]);
                assert!(distance(mine, its) < 1e-5, "{query}: a {mine} {its}");
                let (mine, its) = (*delta.next().unwrap(), layers[l].delta[at]);
                // A sample has a part in the statistics of its batch, which delta of the step contains.
                let is_same = query.contains("norm=batch") || distance(mine, its) < 2e-4;
                assert!(is_same, "{query}: delta of layer {l} {mine} {its}");
            }
        }
    }
}

#[test]
fn the_pieces_of_dw_and_w_are_those_of_the_network() {
    let mut session = session("depth=3&width=24&batch-size=16");
    session.advance(2);
    let passage = session.passage(7);
    let network = session.trainer.network();
    let columns = columns(&passage);
    assert_eq!(columns[1], [1, 4, 7, 10, 13, 16, 19, 22]);
    assert_eq!(columns[4], (0..10).collect::<Vec<_>>());
    let (mut dw, mut w) = (passage.dw.iter(), passage.w.iter());
    for (layer, pair) in network.layers.iter().zip(columns.windows(2)) {
        for from in &pair[0] {
            for to in &pair[1] {
                assert_eq!(dw.next(), Some(&layer.w.gradient[[*from, *to]]));
                assert_eq!(w.next(), Some(&layer.w.value[[*from, *to]]));
            }
        }
    }
    assert_eq!((dw.next(), w.next()), (None, None));
}

#[test]
fn over_a_whole_batch_the_samples_make_up_what_a_snapshot_tells() {
    // 40 samples in one minibatch: the mean square of all their deltas is that of the batch.
    let mut session = session("data=xor&depth=5&width=8&activation=tanh&batch-size=full");
    session.advance(4);
    let snapshot = session.snapshot(true);
    let samples = session.trainer.data().train.len();
    let passages: Vec<Passage> = (0..samples).map(|i| session.passage(i)).collect();
    for layer in 0..6 {
        let square = |rms: f32| f64::from(rms) * f64::from(rms);
        let mean = |value: fn(&Passage, usize) -> f32| {
            let sum: f64 = passages.iter().map(|p| square(value(p, layer))).sum();
            (sum / samples as f64).sqrt() as f32
        };
        let delta = mean(|passage, layer| passage.delta_rms[layer]);
        assert!(distance(delta, snapshot.layers.delta_rms[layer]) < 1e-5);
        let a = mean(|passage, layer| passage.a_rms[layer + 1]);
        assert!(distance(a, snapshot.layers.a_rms[layer]) < 1e-5);
    }
    let loss: f64 = passages.iter().map(|p| f64::from(p.about[5])).sum();
    assert!((loss / samples as f64 / snapshot.train_loss - 1.0).abs() < 1e-5);
}

#[test]
fn looking_at_a_sample_changes_nothing() {
    let (mut observed, mut alone) = (
        session("depth=4&width=12&norm=batch&activation=relu"),
        session("depth=4&width=12&norm=batch&activation=relu"),
    );
    for sample in 0..5 {
        observed.passage(sample * 300);
        observed.advance(1);
        observed.passage(usize::MAX);
    }
    alone.advance(5);
    let text = |session: &mut Session<f32>| format!("{:?}", session.snapshot(true));
    assert!(text(&mut observed) == text(&mut alone));
}

#[test]
fn a_network_that_has_overflowed_has_a_passage_too() {
    let mut session = session("depth=30&width=8&activation=relu&learning-rate=100&init-gain=100");
    session.advance(50);
    assert!(session.trainer.first_nonfinite().is_some());
    assert!(session.passage(0).fits());
}
