//! Labels are legible: in every language and at any usual size none leaves the picture, and no two overlap.

use super::*;
use crate::plot::theme::LIGHT;
use crate::scene::guess::Guess;
use gradient_flow::observe::snapshot::{IMAGE, Predictions, SnapshotRequest};
use gradient_flow::{Config, Session};
use plotters::style::Color;

const SIZES: [(i32, i32); 7] = [
    (300, 170),
    (300, 200),
    (358, 230),
    (420, 231),
    (640, 300),
    (820, 280),
    (900, 400),
];

pub(crate) fn config(query: &str) -> Config {
    let config = Config::default()
        .with_query("data=spiral")
        .expect("a config");
    config.with_query(query).expect("a config")
}

/// Pushes snapshots of a run at these steps.
pub(crate) fn run(scene: &mut Scene, steps: &[usize]) {
    let mut session = Session::<f32>::new(scene.config.clone(), None).expect("a run");
    session.request(SnapshotRequest {
        step_line: true,
        predictions: true,
        values: true,
        weights: Some(0),
    });
    let mut done = 0;
    for step in steps {
        session.advance(step - done);
        done = *step;
        scene.push(session.snapshot(true));
    }
}

pub(crate) fn scene(query: &str, steps: &[usize]) -> Scene {
    let mut scene = Scene::new(config(query));
    run(&mut scene, steps);
    scene
}

/// Runs of all kinds, with a name each.
pub(crate) fn scenes() -> Vec<(&'static str, Scene)> {
    let mut pinned = scene("depth=20&width=8", &[0, 1, 9]);
    pinned.pin();
    pinned.begin(config(
        "depth=8&width=8&activation=relu&init=he_normal&residual=true&norm=layer&clip=norm&clip-at=0.1&weight-decay=0.01",
    ));
    run(&mut pinned, &[0, 1, 5, 20]);
    pinned.selected = Some(8);
    let mut scrubbed = pinned.clone();
    scrubbed.selected = Some(2);
    scrubbed.scrub_to(Some(5));
    let mut opened_later = scene("depth=3&width=8", &[0, 1, 70]);
    let steps: Vec<_> = opened_later.timeline.all().to_vec();
    opened_later.begin(opened_later.config.clone());
    for mut snapshot in steps {
        if snapshot.step < 70 {
            snapshot.step_line = Default::default();
            snapshot.predictions = Default::default();
            snapshot.weights = Default::default();
            snapshot.histograms.u.clear();
        }
        opened_later.push(snapshot);
    }
    opened_later.scrub_to(Some(1));
    let mut digits = scene("depth=3&width=8", &[0]);
    let mut snapshot = digits.shown.clone().expect("a snapshot");
    snapshot.classes = (0..10).map(|class| class.to_string()).collect();
    snapshot.predictions = Predictions {
        confusion: (0..100).map(|i| i as f32).collect(),
        images: vec![0.5; 12 * IMAGE * IMAGE],
        image_label: (0..12).map(|i| (i % 10) as f32).collect(),
        image_class: (0..12).map(|i| (i % 9) as f32).collect(),
        image_confidence: vec![1.0; 12],
        ..Predictions::default()
    };
    digits.push(snapshot);
    let mut tried = scene("depth=3&width=8", &[0]);
    tried.trials = fixes::tests::trials(18);
    let mut regression = scene("data=plane&depth=3&width=8", &[0]);
    regression.trials = fixes::tests::trials(4);
    regression.trials.has_accuracy = false;
    let mut untried = scene("depth=3&width=8", &[0]);
    untried.trials = fixes::tests::trials(1);
    let guessed = |revealed: f64| {
        let mut scene = scene("depth=20&width=8", &[0, 9]);
        let decades = (0..21).map(|l| f64::from(l) / 2.0 - 12.0).collect();
        scene.set_guess(Some(Guess { decades, revealed }));
        scene
    };
    untried.trials.steps = 0;
    for row in &mut untried.trials.rows {
        (row.tried, row.value) = (false, f64::NAN);
    }
    vec![
        ("digits", digits),
        ("fresh", scene("depth=20&width=8", &[0])),
        ("trained", scene("depth=20&width=8", &[0, 1, 4, 40])),
        (
            "cured",
            scene(
                "depth=10&width=16&activation=relu&init=he_normal",
                &[0, 30, 100],
            ),
        ),
        (
            "overflow",
            scene(
                "depth=30&width=16&activation=relu&init-gain=60&learning-rate=10",
                &[0, 1, 2],
            ),
        ),
        (
            "exploding",
            scene(
                "depth=6&width=8&activation=linear&init-gain=4&learning-rate=3",
                &[0, 1, 2, 3, 4],
            ),
        ),
        ("zeros", scene("depth=6&width=8&init=zeros", &[0, 2])),
        ("tiny", scene("depth=60&width=8&init-gain=0.1", &[0, 3])),
        ("one layer", scene("depth=1&width=4&data=circle", &[0, 3])),
        ("regression", scene("depth=3&width=8&data=plane", &[0, 12])),
        ("many layers", scene("depth=100&width=4&data=xor", &[0, 3])),
        ("pinned", pinned),
        ("scrubbed", scrubbed),
        ("opened later", opened_later),
        ("tried", tried),
        ("tried in regression", regression),
        ("untried", untried),
        ("guessed", guessed(0.0)),
        ("half revealed", guessed(0.5)),
        ("revealed", guessed(1.0)),
    ]
}

#[test]
fn labels_are_inside_the_picture_and_apart_from_each_other() {
    let mut faults = Vec::new();
    for (name, scene) in scenes() {
        for (tag, words) in ["en", "de"].map(|tag| (tag, Words::of(tag).expect("a language"))) {
            for chart in Chart::ALL.iter().copied() {
                for size in SIZES {
                    let surface = Surface::new(size, &LIGHT, &words, BackendKind::Canvas);
                    chart.draw_on(&scene, &surface);
                    let place = format!("{} of {name} at {size:?} in {tag}", chart.id());
                    let texts = surface.texts();
                    for (i, (text, area)) in texts.iter().enumerate() {
                        let inside = area.left >= 0
                            && area.top >= 0
                            && area.right <= size.0
                            && area.bottom <= size.1;
                        if !inside {
                            faults.push(format!("{place}: {text:?} leaves it: {area:?}"));
                        }
                        for (other, there) in &texts[i + 1..] {
                            if area.overlaps(there) {
                                faults.push(format!("{place}: {text:?} and {other:?} overlap"));
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn lines_have_their_names_where_there_is_room() {
    let (_, scene) = scenes().swap_remove(11);
    for (tag, size, expected) in [
        ("en", (358, 230), ["dW", "δ", "a", "step 0", "kept"]),
        ("de", (358, 230), ["dW", "δ", "a", "Schritt 0", "gemerkt"]),
        (
            "en",
            (640, 300),
            [
                "weight gradient dW",
                "backward signal δ",
                "activations a",
                "dW at step 0",
                "kept run's dW",
            ],
        ),
        (
            "de",
            (640, 300),
            [
                "Gewichtsgradient dW",
                "Rückwärtssignal δ",
                "Aktivierungen a",
                "dW bei Schritt 0",
                "gemerktes dW",
            ],
        ),
    ] {
        let words = Words::of(tag).expect("a language");
        let surface = Surface::new(size, &LIGHT, &words, BackendKind::Canvas);
        Chart::Signals.draw_on(&scene, &surface);
        let texts = surface.texts();
        for name in expected {
            assert!(
                texts.iter().any(|(text, _)| text == name),
                "{tag} {size:?}: {name} in {texts:?}"
            );
        }
    }
}

#[test]
fn the_limit_of_the_theory_stands_behind_the_note() {
    let said = |query: &str| {
        let scene = Scene::new(Config::from_query(query).unwrap());
        Words::english().say_all(&Chart::Signals.details(&scene))
    };
    let sigmoid = said("depth=20");
    assert!(
        sigmoid.contains("q* = 0.26") && sigmoid.contains("χ₁ = 0.056"),
        "{sigmoid}"
    );
    let relu = said("activation=relu&init=he_normal");
    assert!(relu.contains("χ₁ = 1.0") && !relu.contains("q*"), "{relu}");
    assert_eq!(said("residual=true"), "", "the theory does not cover it");
}

#[test]
fn the_lines_move_from_the_kept_run_to_the_new_one_on_the_same_axis() {
    let mut scene = scene("depth=20&width=8&init-gain=0.1", &[0, 9]);
    let thick = |scene: &Scene| {
        let surface = Surface::new((640, 300), &LIGHT, &Words::english(), BackendKind::Canvas);
        Chart::Signals.draw_on(scene, &surface);
        let lines = surface.lines().into_iter();
        let dw = lines.filter(|(points, color, width)| {
            *width == 3 && points.len() > 9 && *color == LIGHT.dw.to_rgba()
        });
        dw.flat_map(|(points, ..)| points).collect::<Vec<_>>()
    };
    let before = thick(&scene);
    let range = scene.signal_range;
    assert!(range.low < -16, "the kept run widened the axis");
    scene.pin();
    scene.begin(config("depth=20&width=8&activation=relu&init=he_normal"));
    run(&mut scene, &[0]);
    assert_eq!(scene.signal_range, range);
    let after = thick(&scene);
    assert_ne!(before, after);
    scene.morph(0.0);
    assert_eq!(thick(&scene), before, "what was last seen of the kept run");
    scene.morph(0.5);
    for ((half, from), to) in thick(&scene).into_iter().zip(&before).zip(&after) {
        assert!(
            (2 * half.1 - from.1 - to.1).abs() <= 2,
            "{half:?} {from:?} {to:?}"
        );
    }
    for end in [1.0, 7.0, f64::NAN] {
        scene.morph(end);
        assert_eq!(thick(&scene), after);
    }
    // Another number of layers has no place to come from, and a new run begins where it is.
    scene.morph(0.0);
    scene.begin(config("depth=20&width=8&activation=relu&init=he_normal"));
    run(&mut scene, &[0]);
    assert_eq!(thick(&scene), after);
    scene.begin(config("depth=12&width=8&activation=relu&init=he_normal"));
    run(&mut scene, &[0]);
    let shorter = thick(&scene);
    scene.morph(0.0);
    assert_eq!(thick(&scene), shorter);
}

#[test]
fn names_of_lines_never_change_places() {
    let names = [
        "your guess",
        "activations a",
        "weight gradient dW",
        "backward signal δ",
        "theory",
        "dW at step 0",
        "kept run's dW",
    ];
    for (name, scene) in scenes() {
        let surface = Surface::new((640, 300), &LIGHT, &Words::english(), BackendKind::Canvas);
        Chart::Signals.draw_on(&scene, &surface);
        let texts = surface.texts();
        let row = |name: &str| {
            let found = texts.iter().find(|(text, _)| text == name);
            found.map(|(_, area)| area.top)
        };
        let rows: Vec<_> = names.iter().filter_map(|name| row(name)).collect();
        let least = match name {
            "trained" => 5,
            "revealed" => 6,
            _ => 1,
        };
        assert!(rows.len() >= least && rows.is_sorted(), "{name}: {rows:?}");
    }
}

#[test]
fn the_network_stands_under_its_layers() {
    let (_, scene) = scenes().swap_remove(1);
    assert_eq!(Chart::Loss.strip_area((640, 300)), None);
    for (small, area) in
        [(300, 200), (419, 400), (900, 229)].map(|s| (s, Chart::Signals.strip_area(s)))
    {
        assert_eq!(area, None, "{small:?}");
    }
    let size = (640, 300);
    let [left, top, right, bottom] = Chart::Signals.strip_area(size).expect("room");
    assert!(left > 0 && right < size.0 && bottom < size.1 && bottom - top >= 14);
    // Each cell is its layer, as in the plot above it.
    for layer in 0..21 {
        let x = f64::from(left) + (layer as f64 + 0.5) / 21.0 * f64::from(right - left);
        for y in [f64::from(top + bottom) / 2.0, 100.0] {
            assert_eq!(Chart::Signals.layer_at(&scene, size, (x, y)), Some(layer));
        }
    }
    let between = (f64::from(left + 5), f64::from(top - 5));
    assert_eq!(Chart::Signals.layer_at(&scene, size, between), None);
    let cells = |scene: &Scene, size| {
        let surface = Surface::new(size, &LIGHT, &Words::english(), BackendKind::Svg);
        Chart::Signals.draw_on(scene, &surface);
        let shapes = surface.rects();
        let inside = shapes
            .into_iter()
            .filter(|(area, _)| (area.top, area.bottom) == (top, bottom));
        let texts: Vec<_> = surface.texts().into_iter().map(|(text, _)| text).collect();
        (inside.map(|(_, color)| color).collect::<Vec<_>>(), texts)
    };
    // Coloured by dW on the axis of the plot, so layer 1 is paler than the last.
    let (colors, texts) = cells(&scene, size);
    let dw = &scene.shown.as_ref().expect("a snapshot").layers.dw_rms;
    let expected = |layer: usize| LIGHT.heat(scene.signal_range.position(dw[layer].into()));
    assert_eq!(colors.len(), 21);
    assert_eq!(colors[0], expected(0).to_rgba());
    assert_eq!(colors[20], expected(20).to_rgba());
    assert!(
        texts.contains(&"data".into()) && texts.contains(&"gradient".into()),
        "{texts:?}"
    );
    // A dW of exactly 0 has no colour.
    let zeros = scenes().swap_remove(6).1;
    let dw = &zeros.shown.as_ref().expect("a snapshot").layers.dw_rms;
    let filled = dw.iter().filter(|dw| **dw > 0.0).count();
    assert!(filled < dw.len());
    assert_eq!(cells(&zeros, size).0.len(), filled);
    // What comes out: the answer for the first digit.
    let (_, digits) = scenes().swap_remove(0);
    assert!(cells(&digits, size).1.contains(&"0".into()));
}

#[test]
fn lessons_know_every_chart() {
    let ids: Vec<&str> = Chart::ALL.iter().map(|chart| chart.id()).collect();
    assert_eq!(ids, gradient_flow::lessons::CHARTS);
}
