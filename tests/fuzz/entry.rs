//! What a fuzzer feeds: one function for each kind of input that comes from outside. Whatever the bytes are, nothing
//! panics; what is accepted survives being written and read again.

#[path = "../properties/unseen.rs"]
mod unseen;

use gradient_flow::config::ConfigError;
use gradient_flow::data::{DataError, Upload};
use gradient_flow::diagnosis::Diagnostician;
use gradient_flow::numeric::format;
use gradient_flow::observe::snapshot::{NonFinite, SnapshotRequest};
use gradient_flow::{Config, Session, Snapshot};
use gradient_flow_charts::{BackendKind, Chart, Scene, theme::Theme};
use gradient_flow_web::from_words;
use gradient_flow_words::Words;
use plotters::prelude::IntoDrawingArea;
use unseen::Unseen;

/// The memory that a network of a fuzzed table may take.
const BUDGET: u64 = 20_000_000;

/// A query string or the fragment of an address.
pub fn query(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    check_config(Config::from_query(&text));
    check_config(Config::default().with_query(&text));
}

/// A config as JSON, and a change of one.
pub fn json(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    check_config(Config::from_json(&text));
    let regression = Config::from_query("data=plane").expect("a config");
    check_config(regression.with_json(&text));
}

/// What is accepted survives, and what is refused is named.
fn check_config(config: Result<Config, ConfigError>) {
    match config {
        Ok(config) => {
            assert_eq!(Config::from_query(&config.to_query()).as_ref(), Ok(&config));
            let json = config.to_json().to_string();
            assert_eq!(Config::from_json(&json).as_ref(), Ok(&config));
            assert_eq!(config.check(), Ok(()));
            assert!(config.differences(&config).is_empty());
        }
        // The field is what the text calls it, which may be nothing.
        Err(error) => assert!(!error.allowed.to_string().is_empty(), "{error}"),
    }
}

/// A line of JSON with reading options and a CSV: as an uploaded table, and in place of a file of the site.
pub fn table(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(upload) = Upload::read(&text) {
        upload.describe(&|message| Words::english().say(message).into());
        if let Ok(samples) = upload.samples() {
            assert!(!samples.x.iter().any(|x| x.is_infinite()));
        }
    }
    for data in ["upload", "iris", "digits"] {
        for loss in ["auto", "mse", "bce"] {
            let query = format!("data={data}&loss={loss}&depth=1&width=2&batch-size=2");
            let config = Config::from_query(&query).expect("a config");
            match Session::<f32>::within(config, Some(&text), BUDGET) {
                Ok(mut session) => {
                    session.request(everything(0));
                    session.advance(1);
                    assert_eq!(session.snapshot(true).check_shape(), Ok(()));
                }
                Err(DataError::Config(error)) => assert!(!error.allowed.to_string().is_empty()),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
    }
}

/// The words of a snapshot. The first byte makes the number of classes and whether the run has overflowed.
pub fn words(bytes: &[u8]) {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let words: Vec<u32> = rest
        .as_chunks()
        .0
        .iter()
        .map(|w| u32::from_le_bytes(*w))
        .collect();
    let Some(mut snapshot) = from_words(&words) else {
        return;
    };
    snapshot.classes = (0..first % 5)
        .map(|class| format!("class {class}"))
        .collect();
    snapshot.first_nonfinite = (first / 5 % 2 == 1).then(|| NonFinite {
        step: snapshot.step,
        layer: usize::from(first / 10),
        tensor: "z".into(),
        operation: "input W + b".into(),
    });
    // What the page's side refuses goes no further.
    if snapshot.check_shape().is_err() {
        return;
    }
    show(snapshot);
}

/// Diagnoses and draws a snapshot, alone and between those of a real run of another size.
fn show(snapshot: Snapshot) {
    let query = format!(
        "data=circle&width=3&batch-size=4&depth={}",
        snapshot.layer_count().max(2) - 1
    );
    for query in [
        query.as_str(),
        "data=circle&width=3&batch-size=4&depth=2&residual=true&norm=batch&clip=norm&l1=0.1",
    ] {
        let config = Config::from_query(query).expect("a config");
        let mut session = Session::<f32>::new(config.clone(), None).expect("a session");
        session.request(everything(1));
        let (mut scene, mut diagnostician) = (Scene::new(config.clone()), Diagnostician::default());
        let before = session.snapshot(true);
        session.advance(2);
        for (index, next) in [
            snapshot.clone(),
            before,
            snapshot.clone(),
            session.snapshot(true),
        ]
        .into_iter()
        .enumerate()
        {
            if next.layer_count() == config.depth + 1 {
                diagnostician.diagnose(&config, &next);
            }
            scene.push(next);
            scene.selected = [None, Some(0), Some(7), Some(usize::MAX)][index];
            look_at(&scene);
            scene.pin();
        }
        for step in [0, 1, u64::MAX] {
            scene.scrub_to(Some(step));
            look_at(&scene);
        }
    }
}

/// Every chart and everything that it says.
fn look_at(scene: &Scene) {
    const SIZE: (u32, u32) = (500, 300);
    let words = Words::english();
    for chart in Chart::ALL {
        chart.svg(scene, Theme::default_for(true), &words, SIZE);
        let canvas = Unseen(SIZE).into_drawing_area();
        let theme = Theme::default_for(true);
        let picture = chart.picture(scene, theme, &words, BackendKind::Canvas, SIZE);
        let drawn = picture.paint(&canvas);
        drawn.expect("nothing is written");
        for at in [
            (60.0, 30.0),
            (250.0, 150.0),
            (430.0, 255.0),
            (f64::NAN, 1e300),
        ] {
            for size in [(500, 300), (i32::MAX, i32::MIN)] {
                chart
                    .readout(scene, size, at)
                    .map(|message| words.say(&message));
                chart.layer_at(scene, size, at);
            }
        }
        for message in chart.note(scene) {
            words.say(&message);
        }
        chart.table(scene);
    }
}

/// Numbers as the page's readouts, sentences and labels show them.
pub fn numbers(bytes: &[u8]) {
    for bits in bytes.as_chunks().0 {
        let x = f64::from_le_bytes(*bits);
        let texts = [
            format::readout(x),
            format::percent_readout(x),
            format::number(x),
            format::label(x),
            format::factor_label(x),
            format::percent(x),
            format::power_of_ten(x),
        ];
        assert!(
            texts.iter().all(|text| !text.as_str().is_empty()),
            "{x:e}: {texts:?}"
        );
        format::one_digit(x);
    }
}

fn everything(layer: usize) -> SnapshotRequest {
    SnapshotRequest {
        step_line: true,
        predictions: true,
        values: true,
        weights: Some(layer),
    }
}
