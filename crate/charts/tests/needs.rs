//! A chart declares what must be requested for it. Here it gets exactly that from a real run, and everything,
//! and all but one: it must not draw from what it does not declare, nor declare what it does not draw from.

use gradient_flow::observe::snapshot::SnapshotRequest;
use gradient_flow::{Config, Session};
use gradient_flow_charts::{Chart, Need, Scene, theme::Theme};
use gradient_flow_words::Words;

const ALL: [Need; 4] = [
    Need::StepLine,
    Need::Predictions,
    Need::Values,
    Need::Weights,
];

/// What the page asks of the worker for these needs.
fn request(needs: &[Need]) -> SnapshotRequest {
    SnapshotRequest {
        step_line: needs.contains(&Need::StepLine),
        predictions: needs.contains(&Need::Predictions),
        values: needs.contains(&Need::Values),
        weights: needs.contains(&Need::Weights).then_some(0),
    }
}

/// A run whose last snapshot lies between two evaluations, with these needs requested.
fn scene(needs: &[Need]) -> Scene {
    let query = "data=circle&depth=2&width=8&activation=tanh&learning-rate=0.5";
    let config = Config::from_query(query).expect("a config");
    let mut session = Session::<f32>::new(config.clone(), None).expect("a run");
    session.request(request(needs));
    let mut scene = Scene::new(config);
    for evaluate in [true, true, false] {
        scene.push(session.snapshot(evaluate));
        session.advance(5);
    }
    scene
}

/// All that a reader sees of a chart.
fn content(chart: Chart, scene: &Scene) -> String {
    let svg = chart.svg(
        scene,
        Theme::default_for(false),
        &Words::english(),
        (640, 360),
    );
    let table = chart.table(scene);
    format!("{svg}{:?}{table:?}", chart.note(scene))
}

#[test]
fn every_chart_declares_what_it_draws_from() {
    let everything = scene(&ALL);
    for chart in Chart::ALL.iter().copied() {
        let whole = content(chart, &everything);
        let needs = chart.needs();
        assert!(
            content(chart, &scene(needs)) == whole,
            "{} draws from more than it declares: {needs:?}",
            chart.id()
        );
        for need in needs {
            let others: Vec<Need> = ALL.into_iter().filter(|other| other != need).collect();
            assert!(
                content(chart, &scene(&others)) != whole,
                "{} declares {}, and draws the same without it",
                chart.id(),
                need.name()
            );
        }
    }
}

#[test]
fn every_need_is_declared_by_a_chart() {
    for need in ALL {
        let declared = Chart::ALL.iter().any(|chart| chart.needs().contains(&need));
        assert!(declared, "no chart needs {}", need.name());
    }
}
