//! Every chart of made-up runs, as SVG, is the stored reference; `UPDATE_REFERENCES=1` rewrites them.
//!
//! The runs come from formulae and not from training, so that a reference changes only where a
//! chart does.

use gradient_flow::Snapshot;
use gradient_flow::snapshot::{DW_BIN_WIDTH, DW_BINS, DW_FIRST_EDGE, NonFinite};
use gradient_flow_charts::{Chart, Scene, theme::Theme};
use std::fs;
use std::path::Path;

const WIDE: (u32, u32) = (980, 340);
const SMALL: (u32, u32) = (320, 240);

/// What a step looks like: log10 of the RMS of dW and of a at a layer (0-based), and the loss.
#[derive(Clone, Copy)]
struct Run {
    layers: usize,
    dw: fn(layer: usize, step: u64) -> f64,
    a: fn(layer: usize) -> f64,
    loss: fn(step: u64) -> f64,
}

impl Run {
    /// The snapshot at a step, with the log of all steps since `since`.
    fn snapshot(&self, since: u64, step: u64) -> Snapshot {
        let layers = || 0..self.layers;
        let power = |log: f64| 10f64.powf(log) as f32;
        let dw = |step: u64| layers().map(move |l| power((self.dw)(l, step)));
        let mut snapshot = Snapshot {
            step,
            train_loss: (self.loss)(step),
            train_accuracy: 1.0 - (self.loss)(step).min(2.8) / 3.0,
            test_loss: 1.1 * (self.loss)(step),
            test_accuracy: 0.95 - (self.loss)(step).min(2.8) / 3.0,
            test_step: step,
            ..Snapshot::default()
        };
        snapshot.layers.dw_rms = dw(step).collect();
        snapshot.layers.delta_rms = dw(step).map(|v| v / 8.0).collect();
        snapshot.layers.a_rms = layers().map(|l| power((self.a)(l))).collect();
        if step == 0 {
            // The theory meets the sigmoid's start but for a third of a decade.
            snapshot.theory.delta_rms = dw(0).map(|v| v / 16.0).collect();
            snapshot.theory.a_rms = layers().map(|l| 2.0 * power((self.a)(l))).collect();
        }
        snapshot.layers.dw_max = dw(step).map(|v| 4.0 * v).collect();
        snapshot.log.dw_rms = (since..=step).flat_map(dw).collect();
        snapshot.log.train_loss = (since..=step)
            .map(|step| ((self.loss)(step) * if step % 2 == 0 { 1.3 } else { 0.8 }) as f32)
            .collect();
        snapshot.histograms.dw = vec![0.0; self.layers * DW_BINS];
        for layer in layers() {
            let log = (self.dw)(layer, step);
            // A layer of zeros, and otherwise a tail towards the small that grows with the layer.
            let zeros = if log == f64::NEG_INFINITY {
                1.0
            } else {
                0.05 * layer as f32 / 20.0
            };
            snapshot.layers.dw_zero_fraction.push(zeros);
            let middle = ((log - DW_FIRST_EDGE) / DW_BIN_WIDTH) as usize;
            for (below, share) in [0.1, 0.4, 0.25, 0.15, 0.06, 0.04].into_iter().enumerate() {
                if zeros < 1.0 {
                    snapshot.histograms.dw[layer * DW_BINS + middle + 1 - below] = share;
                }
            }
        }
        snapshot
    }

    /// The scene after looks at these steps.
    fn scene(&self, looks: &[u64]) -> Scene {
        let mut scene = Scene::default();
        let mut since = 0;
        for look in looks {
            scene.push(self.snapshot(since, *look));
            since = look + 1;
        }
        scene
    }
}

/// Sigmoid: half a decade is lost in every layer.
const VANISHING: Run = Run {
    layers: 21,
    dw: |layer, step| -1.5 - 0.55 * (20 - layer) as f64 - 0.005 * step as f64,
    a: |_| -0.3,
    loss: |_| 2.3,
};

/// ReLU after He: level, and the loss falls.
const LEVEL: Run = Run {
    layers: 11,
    dw: |layer, step| -1.8 - 0.02 * layer as f64 - 0.002 * step as f64,
    a: |layer| 0.02 * layer as f64,
    loss: |step| 2.5 / (1.0 + step as f64 / 40.0),
};

/// The first layers' dW is exactly zero, and the next one's is below float32's normal numbers.
const ZEROS: Run = Run {
    layers: 6,
    dw: |layer, _| {
        [
            f64::NEG_INFINITY,
            f64::NEG_INFINITY,
            -39.5,
            -20.0,
            -6.0,
            -1.0,
        ][layer]
    },
    a: |_| -0.3,
    loss: |_| 2.3,
};

/// Exploding, and then layer 7 overflows in the forward direction.
fn overflow() -> Scene {
    let run = Run {
        layers: 11,
        dw: |layer, step| 3.0 * step as f64 - 0.3 * layer as f64,
        a: |layer| 0.2 * layer as f64,
        loss: |step| 10f64.powi(step as i32),
    };
    let mut scene = run.scene(&[0, 3]);
    let mut last = run.snapshot(4, 4);
    last.layers.a_rms[6..].fill(f32::NAN);
    last.layers.delta_rms.fill(f32::NAN);
    last.layers.dw_rms[3..].fill(f32::NAN);
    last.log.dw_rms[3..].fill(f32::NAN);
    last.layers.delta_rms[..3].fill(1.0);
    last.log.train_loss.fill(f32::NAN);
    last.first_nonfinite = Some(NonFinite {
        step: 4,
        layer: 7,
        tensor: "z".into(),
        operation: "u W + b".into(),
    });
    scene.push(last);
    scene
}

fn scenes() -> [(&'static str, Scene); 4] {
    [
        ("vanishing", VANISHING.scene(&[0, 50, 100])),
        ("level", LEVEL.scene(&[0, 200, 400, 600, 800, 1000, 1200])),
        ("overflow", overflow()),
        ("zeros", ZEROS.scene(&[0])),
    ]
}

#[test]
fn charts_are_the_stored_references() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/references");
    let actual = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut wrong = Vec::new();
    for (name, scene) in scenes() {
        for chart in Chart::ALL {
            let size = if chart == Chart::Signals { WIDE } else { SMALL };
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
    for (name, scene) in scenes() {
        for chart in Chart::ALL {
            let table = chart.table(&scene);
            assert!(!table.rows.is_empty(), "{name} {}", chart.id());
            let full = |row: &Vec<String>| row.len() == table.columns.len();
            assert!(table.rows.iter().all(full), "{name} {}", chart.id());
            let readout = |at| chart.readout(&scene, (320, 240), at);
            assert_eq!(readout((0.0, 0.0)), None, "outside the plot");
            assert!(readout((48.0, 100.0)).is_some(), "{name} {}", chart.id());
        }
    }
}

#[test]
fn readouts_name_what_is_under_the_pointer() {
    let scenes = scenes();
    let [vanishing, level, overflow, zeros] = [0, 1, 2, 3].map(|i| &scenes[i].1);
    for (scene, chart, at, expected) in [
        (
            vanishing,
            Chart::Signals,
            (60.0, 100.0),
            "layer 1: RMS of dW 1.0 × 10⁻¹³ · delta 1.2 × 10⁻¹⁴ · a 0.50",
        ),
        (
            vanishing,
            Chart::Signals,
            (900.0, 100.0),
            "layer out: RMS of dW 1.0 × 10⁻² · delta 1.2 × 10⁻³ · a 0.50",
        ),
        (
            overflow,
            Chart::Signals,
            (900.0, 100.0),
            "layer out: not finite; before that, RMS of dW 1.0 × 10⁶ · delta 1.2 × 10⁵ · a 100",
        ),
        (
            zeros,
            Chart::Signals,
            (60.0, 100.0),
            "layer 1: RMS of dW 0 · delta 0 · a 0.50",
        ),
        (
            vanishing,
            Chart::History,
            (48.0, 301.0),
            "step 0, layer 1: dW RMS 3.2 × 10⁻¹³",
        ),
        (
            vanishing,
            Chart::Histograms,
            (900.0, 95.0),
            "layer out: 40.0 % of |dW| from 10⁻² to 3.2 × 10⁻²",
        ),
        (
            zeros,
            Chart::Histograms,
            (60.0, 296.0),
            "layer 1: 100.0 % of dW are exactly 0",
        ),
        (
            level,
            Chart::Loss,
            (46.5, 100.0),
            "step 0: train loss 2.5 · test loss 2.8 (step 0) · test accuracy 11.7 %",
        ),
        (
            overflow,
            Chart::Loss,
            (105.0, 100.0),
            "step 4: train loss not finite · test loss 1.1 × 10⁴ (step 4) · test accuracy 1.7 %",
        ),
    ] {
        let readout = chart.readout(scene, (980, 340), at);
        assert_eq!(readout.as_deref(), Some(expected), "{}", chart.id());
    }
}

#[test]
fn an_overflow_keeps_the_last_finite_picture_and_marks_the_layers() {
    let scene = overflow();
    assert_eq!(scene.shown.as_ref().map(|shown| shown.step), Some(3));
    assert_eq!(scene.broken, (3..11).collect::<Vec<_>>());
    let svg = Chart::Signals.svg(&scene, Theme::of(false), WIDE);
    assert!(svg.contains("not finite") && svg.contains("z ∞"));
}

#[test]
fn nothing_panics_before_the_first_snapshot_or_in_no_room() {
    let one_layer = Run { layers: 1, ..LEVEL };
    for chart in Chart::ALL {
        for size in [WIDE, (120, 80), (40, 30)] {
            for layers in [1, 2, 101] {
                chart.svg(&Run { layers, ..LEVEL }.scene(&[0]), Theme::of(false), size);
            }
            chart.svg(&Scene::default(), Theme::of(true), size);
        }
        chart.table(&Scene::default());
        chart.readout(&Scene::default(), (980, 340), (100.0, 100.0));
        chart.readout(&one_layer.scene(&[0]), (40, 30), (20.0, 20.0));
    }
}
