//! Every chart and every small picture of any run draws at any size, and says nothing that nobody can read. `PROPTEST_CASES` sets how many runs are tried.

#[path = "cases.rs"]
mod cases;
#[path = "configs.rs"]
mod configs;
#[path = "unseen.rs"]
mod unseen;

use cases::cases;
use configs::{configs, table};
use gradient_flow::observe::snapshot::SnapshotRequest;
use gradient_flow::{Config, Session};
use gradient_flow_charts::theme::Theme;
use gradient_flow_charts::{BackendKind, Chart, MAX_SIDE, Part, Scene};
use gradient_flow_words::Words;
use plotters::prelude::IntoDrawingArea;
use proptest::prelude::*;
use unseen::Unseen;

/// Any sizes: none, that of a page's chart, a poster, and what no browser can draw.
fn sizes() -> impl Strategy<Value = (u32, u32)> {
    let side = prop_oneof![
        1 => 0u32..3,
        6 => 100u32..1500,
        1 => Just(MAX_SIDE),
        1 => any::<u32>(),
    ];
    (side.clone(), side)
}

/// Is the text one that a person can read: no NaN, no infinity times something, no empty number?
fn readable(text: &str) -> bool {
    !["NaN", "inf", "∞ ×", "× ∞", "-0 "]
        .iter()
        .any(|bad| text.contains(bad))
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn every_chart_draws_and_reads(
        config in configs(),
        steps in prop::collection::vec(0usize..6, 1..4),
        size in sizes(),
        at in (-0.1f64..1.1, -0.1f64..1.1),
        layer in prop::option::of(0usize..16),
        pinned in any::<bool>(),
        tag in prop::sample::select(vec!["en", "de"]),
    ) {
        let mut session = Session::<f32>::new(config.clone(), table(&config)).expect("a config that fits its data");
        session.request(SnapshotRequest { step_line: true, predictions: true, values: true, weights: Some(layer.unwrap_or(0)) });
        let mut scene = Scene::new(config.clone());
        scene.selected = layer;
        scene.push(session.snapshot(true));
        for (index, steps) in steps.iter().enumerate() {
            session.advance(*steps);
            scene.push(session.snapshot(index % 2 == 0));
            if pinned && index == 0 {
                scene.pin();
            }
        }
        let words = Words::of(tag).expect("a language");
        let point = (at.0 * f64::from(size.0), at.1 * f64::from(size.1));
        let sides = (size.0 as i32, size.1 as i32);
        scene.morph(at.0);
        for part in Part::ALL {
            let text = part.text(&scene).map_or(String::new(), |text| words.say(&text));
            prop_assert!(readable(&text), "{}: {text}", part.id());
            if size.0.max(size.1) < 2000 {
                let canvas = Unseen(size).into_drawing_area();
                part.picture(&scene, Theme::default_for(true), &words, BackendKind::Canvas, size).paint(&canvas).expect("no error");
            }
        }
        for chart in Chart::ALL {
            let place = format!("{} at {size:?} of {}", chart.id(), config.to_query());
            let svg = chart.svg(&scene, Theme::default_for(false), &words, size);
            let bad = ["NaN", "inf"].into_iter().find(|bad| svg.contains(bad));
            prop_assert!(bad.is_none(), "{place}: {bad:?}");
            // The bitmaps of a poster would take seconds.
            if size.0.max(size.1) < 2000 {
                let canvas = Unseen(size).into_drawing_area();
                chart.picture(&scene, Theme::default_for(false), &words, BackendKind::Canvas, size).paint(&canvas).expect("no error");
            }
            for message in chart.note(&scene).into_iter().chain(chart.readout(&scene, sides, point)) {
                let text = words.say(&message);
                prop_assert!(readable(&text), "{place}: {text}");
            }
            chart.layer_at(&scene, sides, point);
            for row in chart.table(&scene).rows {
                prop_assert!(row.iter().all(|cell| readable(&words.value(cell))), "{place}: {row:?}");
            }
        }
    }
}

#[test]
fn a_line_that_leaves_its_axis_by_far_draws() {
    let config = Config::from_query("data=circle&depth=2&width=4").expect("a config");
    let mut session = Session::<f32>::new(config.clone(), None).expect("a session");
    session.request(SnapshotRequest {
        step_line: true,
        ..SnapshotRequest::default()
    });
    session.advance(1);
    for end in [1e-9, -1e-9, f32::MAX, f32::MIN, f32::INFINITY, f32::NAN] {
        let mut snapshot = session.snapshot(true);
        let line = &mut snapshot.step_line;
        // The axis is fitted to the part of the line up to t = 2, where the loss does not change at all.
        line.slope.fill(0.0);
        line.loss_change.fill(0.0);
        *line.loss_change.last_mut().expect("a point") = end;
        let mut scene = Scene::new(config.clone());
        scene.push(snapshot);
        let svg = Chart::StepLine.svg(
            &scene,
            Theme::default_for(false),
            &Words::english(),
            (640, 360),
        );
        assert!(
            !svg.contains("214748364"),
            "a coordinate at the end of an i32"
        );
    }
}

#[test]
fn a_residual_path_past_weights_of_zero_is_said_in_words() {
    let query = "data=circle&depth=4&width=4&init=zeros&residual=true&bias-std=1&activation=tanh";
    let config = Config::from_query(query).expect("a config");
    let mut session = Session::<f32>::new(config.clone(), None).expect("a session");
    let mut scene = Scene::new(config);
    // Delta passes the output layer, whose weights are 0 too, from the second step on.
    session.advance(1);
    let snapshot = session.snapshot(true);
    let factors = &snapshot.layers;
    assert!(factors.weight_factor.contains(&0.0));
    assert!(factors.residual_factor.contains(&f32::INFINITY));
    scene.push(snapshot);
    let at = |layer: usize| (60.0 + 100.0 * layer as f64, 100.0);
    let readouts: Vec<String> = (0..5)
        .filter_map(|layer| Chart::Factors.readout(&scene, (560, 300), at(layer)))
        .map(|message| message.to_string())
        .collect();
    let passing = "the weights pass nothing, the residual connection does; slope × ";
    assert!(
        readouts.iter().any(|text| text.contains(passing)),
        "{readouts:?}"
    );
    let notes = Chart::Factors
        .note(&scene)
        .into_iter()
        .map(|message| message.to_string());
    for text in readouts.into_iter().chain(notes) {
        assert!(readable(&text), "{text}");
    }
}
