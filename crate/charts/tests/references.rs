//! Every chart and every small picture of made-up runs, as SVG, is the stored reference; `UPDATE_REFERENCES=1` rewrites
//! them.

use gradient_flow_charts::{BackendKind, Chart, Part, Scene, theme::Theme};
use gradient_flow_words::{Value, Words};
use plotters::prelude::*;
use std::fs;
use std::path::Path;

mod differences;
mod made_up;
use differences::Differences;
use made_up::{LEVEL, Run, overflow, scenes};

const WIDE: (u32, u32) = (980, 340);
const SMALL: (u32, u32) = (320, 240);
/// The size of a small picture.
const PART: (u32, u32) = (320, 88);

fn part_svg(part: Part, scene: &Scene, theme: &Theme) -> String {
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, PART).into_drawing_area();
    part.picture(scene, theme, &Words::english(), BackendKind::Svg, PART)
        .paint(&area)
        .expect("writing to a string does not fail");
    drop(area);
    svg
}

#[test]
fn charts_are_the_stored_references() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = package.join("tests/references");
    let workspace = package
        .ancestors()
        .nth(2)
        .expect("the package lies two folders deep");
    let pictures = workspace.join("target/test-artifacts/charts");
    let mut differences = Differences::new(&pictures).expect("the folder of pictures is writable");
    for (name, scene) in scenes() {
        let theme = Theme::default_for(name == "overflow");
        let charts = Chart::ALL.iter().map(|chart| {
            let size = if *chart == Chart::Signals {
                WIDE
            } else {
                SMALL
            };
            let svg = chart.svg(&scene, theme, &Words::english(), size);
            (format!("{name}-{}", chart.id()), svg)
        });
        let parts = Part::ALL.into_iter().map(|part| {
            let svg = part_svg(part, &scene, theme);
            (format!("{name}-part-{}", part.id()), svg)
        });
        for (name, svg) in charts.chain(parts) {
            let file = folder.join(format!("{name}.svg"));
            if std::env::var_os("UPDATE_REFERENCES").is_some() {
                fs::write(file, svg).expect("a reference is written");
                continue;
            }
            let reference = fs::read_to_string(file).ok();
            if reference.as_ref() != Some(&svg) {
                let added = differences.add(&name, &svg, reference.as_deref());
                added.expect("the pictures are written");
            }
        }
    }
    if let Some(message) = differences.message() {
        panic!("{message}");
    }
}

#[test]
fn every_chart_tells_its_values_in_text() {
    for (name, scene) in scenes() {
        for chart in Chart::ALL.iter().copied() {
            let table = chart.table(&scene);
            // Before the first step there is no line of a step, and without trials there is nothing to say of them.
            let nothing = match chart {
                Chart::StepLine => name == "zeros",
                Chart::Fixes => scene.trials.rows.is_empty(),
                _ => false,
            };
            assert_eq!(table.rows.is_empty(), nothing, "{name} {}", chart.id());
            let full = |row: &Vec<Value>| row.len() == table.columns.len();
            assert!(table.rows.iter().all(full), "{name} {}", chart.id());
            let readout = |at| chart.readout(&scene, (320, 240), at);
            assert_eq!(readout((0.0, 0.0)), None, "outside the plot");
            let places = (0..320 * 24).map(|i| (f64::from(i % 320), f64::from(i / 320 * 10)));
            let told = places.filter_map(readout).count();
            assert_eq!(told == 0, nothing, "{name} {}", chart.id());
            for message in chart.note(&scene) {
                let text = message.to_string();
                assert!(!text.contains("NaN"), "{text}");
            }
        }
    }
}

#[test]
fn readouts_name_what_is_under_the_pointer() {
    let scenes = scenes();
    let [vanishing, level, overflow, zeros] = [1, 2, 3, 4].map(|i| &scenes[i].1);
    for (scene, chart, at, expected) in [
        (
            vanishing,
            Chart::Signals,
            (60.0, 100.0),
            "Layer 1: RMS of dW 1.0 × 10⁻¹³, δ 1.2 × 10⁻¹⁴, a 0.50",
        ),
        (
            vanishing,
            Chart::Signals,
            (800.0, 100.0),
            "Output layer: RMS of dW 1.0 × 10⁻², δ 1.2 × 10⁻³, a 0.50",
        ),
        (
            overflow,
            Chart::Signals,
            (800.0, 100.0),
            "Output layer: not finite any more; before that, RMS of dW 1.0 × 10⁶, δ 1.2 × 10⁵, a 100",
        ),
        (
            zeros,
            Chart::Signals,
            (60.0, 100.0),
            "Layer 1: RMS of dW 0, δ 0, a 0.50",
        ),
        (
            vanishing,
            Chart::History,
            (48.0, 301.0),
            "Step 0, layer 1: RMS of dW 3.2 × 10⁻¹³",
        ),
        (
            vanishing,
            Chart::Histograms,
            (900.0, 95.0),
            "Output layer: 40.0 % of the elements of dW have a size from 10⁻² to 3.2 × 10⁻²",
        ),
        (
            zeros,
            Chart::Histograms,
            (60.0, 296.0),
            "Layer 1: 100.0 % of the elements of dW are exactly 0",
        ),
        (
            level,
            Chart::Loss,
            (46.5, 100.0),
            "Step 0: train loss 2.5, test loss 2.8, test accuracy 11.7 % (step 0)",
        ),
        (vanishing, Chart::Fixes, (300.0, 45.0), "ReLU + He: 96 %"),
        (
            vanishing,
            Chart::Fixes,
            (300.0, 235.0),
            "Learning rate 100: overflow",
        ),
        (zeros, Chart::Fixes, (10.0, 30.0), "He normal start: 0.013"),
        (
            overflow,
            Chart::Loss,
            (105.0, 100.0),
            "Step 4: train loss not finite, test loss 1.1 × 10⁴, test accuracy 1.7 % (step 4)",
        ),
    ] {
        let readout = chart.readout(scene, (980, 340), at);
        let said = readout.map(|message| message.to_string());
        assert_eq!(said.as_deref(), Some(expected), "{}", chart.id());
    }
}

#[test]
fn an_overflow_keeps_the_last_finite_picture_and_marks_the_layers() {
    let scene = overflow();
    assert_eq!(scene.shown.as_ref().map(|shown| shown.step), Some(3));
    assert_eq!(scene.nonfinite_layers, (3..11).collect::<Vec<_>>());
    let svg = Chart::Signals.svg(&scene, Theme::default_for(false), &Words::english(), WIDE);
    assert!(svg.contains("not finite") && svg.contains("z ∞"));
}

#[test]
fn nothing_panics_before_the_first_snapshot_or_in_no_room() {
    let one_layer = Run { layers: 1, ..LEVEL };
    for chart in Chart::ALL.iter().copied() {
        for size in [WIDE, (120, 80), (40, 30)] {
            for layers in [1, 2, 101] {
                chart.svg(
                    &Run { layers, ..LEVEL }.scene(&[0]),
                    Theme::default_for(false),
                    &Words::english(),
                    size,
                );
            }
            chart.svg(
                &Scene::default(),
                Theme::default_for(true),
                &Words::english(),
                size,
            );
        }
        chart.table(&Scene::default());
        chart.readout(&Scene::default(), (980, 340), (100.0, 100.0));
        chart.readout(&one_layer.scene(&[0]), (40, 30), (20.0, 20.0));
    }
}
