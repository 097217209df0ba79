//! Every chart of four real runs, as SVG, is the stored reference; `UPDATE_REFERENCES=1` rewrites them.

use gradient_flow::{Config, Trainer};
use gradient_flow_charts::{Chart, Scene, theme::Theme};
use std::fs;
use std::path::Path;

const DIGITS: &str = include_str!("../../core/data/digits.csv");

/// The scene after looking at a run at each of these steps.
fn scene(query: &str, looks: &[usize]) -> Scene {
    let config = Config::from_query(query).expect("a config");
    let mut trainer = Trainer::<f32>::new(config, Some(DIGITS)).expect("a run");
    let mut scene = Scene::default();
    for look in looks {
        trainer.advance(look.saturating_sub(trainer.steps() as usize));
        scene.push(trainer.snapshot(true));
    }
    scene
}

fn runs() -> [(&'static str, Scene); 4] {
    [
        ("vanishing", scene("depth=20", &[0, 20, 40])),
        (
            "level",
            scene("activation=relu&init=he_normal", &[0, 30, 60, 90, 120, 150]),
        ),
        (
            "overflow",
            scene(
                "activation=relu&init=he_normal&learning-rate=10",
                &[0, 1, 2, 3, 4, 5, 400],
            ),
        ),
        ("zeros", scene("depth=5&init=zeros&data=plane", &[0, 5])),
    ]
}

#[test]
fn charts_are_the_stored_references() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/references");
    let actual = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut wrong = Vec::new();
    for (name, scene) in runs() {
        for chart in Chart::ALL {
            let size = if chart == Chart::Signals {
                (980, 340)
            } else {
                (320, 240)
            };
            let dark = name == "overflow";
            let svg = chart.svg(&scene, Theme::of(dark), size);
            let file = format!("{name}-{}.svg", chart.id());
            if std::env::var_os("UPDATE_REFERENCES").is_some() {
                fs::write(folder.join(&file), &svg).expect("a reference is written");
            } else if fs::read_to_string(folder.join(&file)).unwrap_or_default() != svg {
                fs::write(actual.join(&file), &svg).expect("the actual chart is written");
                wrong.push(file);
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{wrong:?} differ; what was drawn lies in {}",
        actual.display()
    );
}

#[test]
fn every_chart_tells_its_values_in_text() {
    for (name, scene) in runs() {
        for chart in Chart::ALL {
            let table = chart.table(&scene);
            assert!(!table.rows.is_empty(), "{name} {}", chart.id());
            assert!(
                table
                    .rows
                    .iter()
                    .all(|row| row.len() == table.columns.len())
            );
            assert_eq!(
                chart.readout(&scene, (320, 240), (0.0, 0.0)),
                None,
                "outside the plot"
            );
            let inside = chart.readout(&scene, (320, 240), (50.0, 100.0));
            assert!(inside.is_some(), "{name} {}", chart.id());
        }
    }
}

#[test]
fn the_readout_names_the_layer_under_the_pointer() {
    let scene = scene("depth=20", &[0]);
    let readout = |x| {
        Chart::Signals
            .readout(&scene, (980, 340), (x, 100.0))
            .unwrap()
    };
    assert!(
        readout(60.0).starts_with("layer 1: dW 1.0 × 10⁻¹⁴ · delta"),
        "{}",
        readout(60.0)
    );
    assert!(
        readout(900.0).starts_with("layer out: dW"),
        "{}",
        readout(900.0)
    );
}

#[test]
fn an_overflow_keeps_the_last_finite_picture_and_marks_the_layers() {
    let scene = scene(
        "activation=relu&init=he_normal&learning-rate=10",
        &[0, 1, 400],
    );
    let shown = scene.shown.as_ref().unwrap();
    assert!(shown.first_nonfinite.is_none() && shown.layers.dw_rms.iter().all(|v| v.is_finite()));
    assert!(!scene.broken.is_empty());
    assert!(
        Chart::Signals
            .svg(&scene, Theme::of(false), (980, 340))
            .contains('∞')
    );
}

#[test]
fn nothing_panics_before_the_first_snapshot_or_in_no_room() {
    for chart in Chart::ALL {
        for size in [(980, 340), (120, 80), (40, 30)] {
            chart.svg(&Scene::default(), Theme::of(true), size);
            chart.svg(&scene("depth=1", &[0]), Theme::of(false), size);
        }
    }
}
