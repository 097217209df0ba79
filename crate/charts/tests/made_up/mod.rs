//! Runs that come from formulae and not from training, so that a picture of one changes only where a chart does.

use gradient_flow::observe::snapshot::{
    DW_BIN_WIDTH, DW_BINS, DW_FIRST_EDGE, NonFinite, VALUE_BIN_WIDTH, VALUE_BINS, VALUE_FIRST_EDGE,
};
use gradient_flow::{Config, Snapshot};
use gradient_flow_charts::{Scene, Trial, TrialState, Trials};

/// The data of a made-up run.
#[derive(Clone, Copy)]
pub enum MadeUpData {
    Digits,
    Circle,
    Numbers,
}

/// What a step looks like: log10 of the RMS of dW and of a at a layer (0-based), and the loss.
#[derive(Clone, Copy)]
pub struct Run {
    pub query: &'static str,
    pub data: MadeUpData,
    pub layers: usize,
    pub dw: fn(layer: usize, step: u64) -> f64,
    pub a: fn(layer: usize) -> f64,
    pub loss: fn(step: u64) -> f64,
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
        let layer_stats = &mut snapshot.layers;
        // delta's step, split between the weights and the derivative.
        for l in layers() {
            let own = layer_stats.delta_rms[l];
            let above = layer_stats.delta_rms.get(l + 1).copied().unwrap_or(own);
            let step_of_delta = if own == 0.0 { 0.0 } else { own / above };
            layer_stats.weight_factor.push(1.25);
            layer_stats.residual_factor.push(1.0);
            layer_stats.activation_factor.push(step_of_delta / 1.25);
            layer_stats.norm_factor.push(1.0);
            layer_stats
                .saturated_fraction
                .push(l as f32 / self.layers as f32);
            layer_stats
                .dead_fraction
                .push(0.3 * l as f32 / self.layers as f32);
            layer_stats.w_rms.push(0.125);
            layer_stats.slope.push(0.01);
            let pace = own.min(1.0) * if step == 0 { 0.0 } else { 0.1 };
            layer_stats.update_rms.push(0.125 * pace);
            layer_stats.update_ratio.push(pace);
            layer_stats.decay_rms.push(0.01 * pace);
            layer_stats
                .distance_rms
                .push(0.125 * pace * (step as f32).sqrt());
            snapshot.histograms.u.extend((0..VALUE_BINS).map(|bin| {
                let u = VALUE_FIRST_EDGE + (bin as f64 - 0.5) * VALUE_BIN_WIDTH;
                let spread = 0.5 + 0.1 * l as f64;
                (0.05 / spread * (-0.5 * (u / spread).powi(2)).exp()) as f32
            }));
        }
        snapshot.dead_samples = 1024.0;
        snapshot.log.grad_norm = (since..=step).map(|s| 2.0 / (1.0 + s as f32)).collect();
        let clipped = |norm: &f32| (0.05 / norm).min(1.0);
        snapshot.log.clip_coefficient = snapshot.log.grad_norm.iter().map(clipped).collect();
        if step > 0 {
            let config = Config::from_query(self.query).expect("a config");
            snapshot.learning_rate = config.learning_rate;
            // A parabola whose lowest point is at 0.7 of the step.
            snapshot.step_line.t = (0..17).map(|i| -1.0 + 0.25 * i as f32).collect();
            let t = snapshot.step_line.t.clone();
            snapshot.step_line.loss_change = t.iter().map(|t| 0.2 * (t * t - 1.4 * t)).collect();
            snapshot.step_line.slope = t.iter().map(|t| 0.4 * (t - 0.7)).collect();
            (snapshot.curvature, snapshot.stability_limit) = (14.0, 0.14);
            snapshot.loss_change = -0.08;
        }
        self.add_predictions_and_weights(&mut snapshot);
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

    /// Adds made-up predictions and a layer's made-up weights.
    fn add_predictions_and_weights(&self, snapshot: &mut Snapshot) {
        let wave = |i: usize| (0.37 * i as f64).sin() as f32;
        let shown = &mut snapshot.predictions;
        match self.data {
            MadeUpData::Digits => {
                snapshot.classes = (0..10).map(|c| c.to_string()).collect();
                let confused = |i: usize| {
                    if i.is_multiple_of(11) {
                        30.0
                    } else {
                        (i % 7 / 5) as f32
                    }
                };
                shown.confusion = (0..100).map(confused).collect();
                shown.images = (0..12 * 64).map(wave).collect();
                shown.image_label = (0..12).map(|i| (i % 10) as f32).collect();
                shown.image_class = (0..12).map(|i| (i % 9) as f32).collect();
                shown.image_confidence = vec![0.87; 12];
            }
            MadeUpData::Circle => {
                snapshot.classes = vec!["0".into(), "1".into()];
                let side = 24;
                let place = |i: usize| 2.2 * (i as f64 + 0.5) / side as f64 - 1.1;
                let inside = |x: f64, y: f64| 1.0 / (1.0 + (6.0 * (0.6 - x.hypot(y))).exp());
                shown.surface = (0..side * side)
                    .map(|i| inside(place(i % side), place(i / side)) as f32)
                    .collect();
                shown.extent = vec![-1.1, 1.1, -1.1, 1.1];
                for i in 0..60 {
                    let (angle, class) = (0.9 * i as f64, i % 2);
                    let radius = 0.35 + 0.5 * class as f64;
                    shown.x.push((radius * angle.cos()) as f32);
                    shown.y.push((radius * angle.sin()) as f32);
                    shown.label.push(class as f32);
                    shown.test.push(f32::from(u8::from(i % 5 == 0)));
                }
                shown.confusion = vec![25.0, 5.0, 3.0, 27.0];
            }
            MadeUpData::Numbers => {
                shown.x = (0..40).map(wave).collect();
                shown.y = shown.x.iter().map(|x| 0.8 * x + 0.1).collect();
            }
        }
        snapshot.weights.shape = vec![1.0, 16.0, 12.0, 32.0, 12.0];
        snapshot.weights.w = (0..192).map(wave).collect();
        snapshot.weights.dw = (0..192).map(|i| 1e-9 * wave(3 * i)).collect();
        snapshot.weights.update = vec![0.0; 192];
    }

    /// The scene after snapshots of these steps.
    pub fn scene(&self, steps: &[u64]) -> Scene {
        let config = Config::from_query(self.query).expect("a config");
        let mut scene = Scene::new(config);
        let mut since = 0;
        for step in steps {
            scene.push(self.snapshot(since, *step));
            since = step + 1;
        }
        scene
    }
}

/// Sigmoid: half a decade is lost in every layer.
const VANISHING: Run = Run {
    query: "depth=20",
    data: MadeUpData::Digits,
    layers: 21,
    dw: |layer, step| -1.5 - 0.55 * (20 - layer) as f64 - 0.005 * step as f64,
    a: |_| -0.3,
    loss: |_| 2.3,
};

/// ReLU after He: level, and the loss falls.
pub const LEVEL: Run = Run {
    query: "activation=relu&init=he_normal&clip=norm&clip-at=0.05&weight-decay=0.001&data=circle",
    data: MadeUpData::Circle,
    layers: 11,
    dw: |layer, step| -1.8 - 0.02 * layer as f64 - 0.002 * step as f64,
    a: |layer| 0.02 * layer as f64,
    loss: |step| 2.5 / (1.0 + step as f64 / 40.0),
};

/// The first layers' dW is exactly zero, and the next one's is below float32's normal numbers.
const ZEROS: Run = Run {
    query: "init=zeros&data=plane&depth=5",
    data: MadeUpData::Numbers,
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
pub fn overflow() -> Scene {
    let run = Run {
        query: "activation=tanh&init-gain=3",
        data: MadeUpData::Digits,
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

/// A cured run over the pinned one, back at an earlier step, with a layer selected.
fn compared() -> Scene {
    let mut scene = VANISHING.scene(&[0, 50, 100]);
    scene.pin();
    scene.begin(Config::from_query("depth=20&activation=relu&init=he_normal").expect("a config"));
    let run = Run {
        layers: 21,
        dw: |layer, step| -1.8 - 0.03 * (20 - layer) as f64 - 0.004 * step as f64,
        ..LEVEL
    };
    scene.push(run.snapshot(0, 0));
    scene.push(run.snapshot(1, 40));
    scene.push(run.snapshot(41, 80));
    scene.selected = Some(4);
    scene.scrub_to(Some(40));
    scene
}

/// A change that was tried. Where the value is NaN, the network has overflowed.
fn tried(label: &str, value: f64, learns: bool) -> Trial {
    Trial {
        label: label.into(),
        value,
        learns,
        overflowed: value.is_nan(),
        tried: true,
        is_single: true,
    }
}

/// Trials that are all made, more than a small picture has room for, with two combined changes.
fn finished_trials() -> Trials {
    let combined = |label, value| Trial {
        is_single: false,
        ..tried(label, value, true)
    };
    Trials {
        state: TrialState::Finished,
        steps: 300,
        made: 15,
        planned: 15,
        has_accuracy: true,
        guess: 0.1,
        rows: vec![
            tried("Batch norm", 0.974, true),
            tried("ReLU + He", 0.961, true),
            tried("Residual connections, rate 0.05", 0.92, true),
            tried("Layer norm", 0.87, true),
            tried("4 layers", 0.31, false),
            tried("Learning rate 1", 0.12, false),
            tried("Xavier normal start", 0.11, false),
            tried("Adam", 0.11, false),
            tried("Batches of 16", 0.1, false),
            tried("No clipping", 0.1, false),
            tried("Momentum 0.9", 0.1, false),
            tried("16 units", 0.09, false),
            tried("Learning rate 100", f64::NAN, false),
            combined("Tanh + Xavier, rate 0.5", 0.95),
            combined("Tanh, residual connections, rate 0.01", 0.9),
        ],
        selected: Some(2),
    }
}

/// Trials of a regression that are under way.
fn running_trials() -> Trials {
    Trials {
        state: TrialState::Running,
        steps: 100,
        made: 4,
        planned: 9,
        has_accuracy: false,
        guess: 1.02,
        rows: vec![
            tried("He normal start", 0.013, true),
            tried("Learning rate 1", 1.01, false),
            tried("Learning rate 10", f64::NAN, false),
            tried("Learning rate 3", 81.0, false),
        ],
        selected: None,
    }
}

/// Changes that are not tried.
fn untried_changes() -> Trials {
    let untried = |label| Trial {
        tried: false,
        ..tried(label, f64::NAN, false)
    };
    Trials {
        state: TrialState::TooLarge,
        has_accuracy: true,
        guess: f64::NAN,
        rows: vec![untried("Learning rate 0.01"), untried("Clip at 1")],
        ..Trials::default()
    }
}

/// Runs of all kinds, with a name each.
pub fn scenes() -> [(&'static str, Scene); 5] {
    let with = |mut scene: Scene, trials| {
        scene.trials = trials;
        scene
    };
    let calm = Trials {
        state: TrialState::Calm,
        ..Trials::default()
    };
    [
        ("compared", compared()),
        (
            "vanishing",
            with(VANISHING.scene(&[0, 50, 100]), finished_trials()),
        ),
        (
            "level",
            with(LEVEL.scene(&[0, 200, 400, 600, 800, 1000, 1200]), calm),
        ),
        ("overflow", with(overflow(), untried_changes())),
        ("zeros", with(ZEROS.scene(&[0]), running_trials())),
    ]
}
