//! `updates`: how much every layer's weights change per step, and how far they have come.

use crate::Table;
use crate::plot::annotations;
use crate::plot::axis::{
    LogRange, frame, halves, heading, layers_below, number, powers, step_limit,
};
use crate::plot::layer_lines::Trace;
use crate::plot::line_labels;
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use gradient_flow::Snapshot;
use plotters::prelude::*;

/// What is seen, in words.
pub const TITLE: &str = "How fast every layer learns";
/// What am I looking at, in two sentences.
pub const HELP: &str = "Above, for each layer the RMS of its last update over the RMS of its weights, in powers of ten, \
    from blue (layer 1) to orange (the output layer); near 10⁻³ a layer learns at a healthy pace. Below, how \
    far each layer's weights have come from their start: bars at the bottom belong to layers that barely learn.";

/// A healthy pace.
const GUIDE: f64 = 1e-3;

/// The distances' axis: below 10^-8 nothing has moved that float32 could tell.
const DISTANCES: LogRange = LogRange { low: -8, high: 1 };

/// Where the paces and the distances lie. The distances' plot leaves room for the steps above it.
fn plots(size: (i32, i32)) -> (Rect, Rect) {
    let plot = frame(
        size,
        if size.0 >= 300 {
            line_labels::COLUMN
        } else {
            20
        },
    );
    let (upper, lower) = halves(plot, 58);
    let upper = Rect {
        bottom: upper.bottom - 18,
        ..upper
    };
    (upper, lower)
}

fn trace(scene: &Scene, plot: Rect) -> Trace<'static> {
    Trace {
        plot,
        window: scene.updates,
        limit: step_limit(scene.history.last_step()),
        value: &|snapshot, layer| snapshot.layers.update_ratio[layer],
    }
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let (upper, lower) = plots(s.size());
    let trace = trace(scene, upper);
    powers(s, upper, trace.window);
    heading(s, upper, "update / W");
    let y = upper.y(trace.window.share(GUIDE));
    s.dashes(&[(upper.left, y), (upper.right, y)], s.theme.ink.mix(0.6));
    trace.draw(scene, s);
    annotations::shown_step(scene, s, upper, trace.limit);
    step_numbers(s, upper, trace.limit);

    let Some(shown) = &scene.shown else {
        return;
    };
    let layers = scene.layers();
    powers(s, lower, DISTANCES);
    heading(s, lower, "distance from the start / W at the start");
    annotations::selected_layer(scene, s, lower);
    for layer in 0..layers.count {
        let share = layer as f64 / layers.count.saturating_sub(1).max(1) as f64;
        let at = |part: f64| lower.x((layer as f64 + part) / layers.count as f64);
        let height = DISTANCES
            .share(distance(scene, shown, layer).max(1e-300))
            .clamp(0.0, 1.0);
        let bar = Rect {
            left: at(0.2),
            right: at(0.8).max(at(0.2) + 1),
            top: lower.y(height),
            bottom: lower.bottom,
        };
        s.fill(bar, s.theme.layer(share));
    }
    if let (Some(pinned), Some(run)) = (scene.pinned_shown(), &scene.pinned) {
        let count = pinned.layer_count();
        let points = (0..count).map(|layer| {
            let height = DISTANCES.share(distance(run, pinned, layer).max(1e-300));
            let x = lower.x((layer as f64 + 0.5) / count as f64);
            (x, lower.y(height.clamp(0.0, 1.0)))
        });
        s.dots(&points.collect::<Vec<_>>(), s.theme.ink);
    }
    layers_below(s, lower, layers)
}

/// Step numbers right under the upper plot; its word stands beside the last one.
fn step_numbers(s: &Surface, plot: Rect, limit: u64) {
    for part in [0, 1, 2] {
        let at = (plot.x(part as f64 / 2.0), plot.bottom + 4);
        let step = limit * part / 2;
        let text = if part == 1 {
            format!("step {step}")
        } else {
            step.to_string()
        };
        s.text(&text, at, Anchor::Below, SMALL, s.theme.muted);
    }
}

/// How far a layer's weights are from their start, in units of their RMS at the start; 0 where
/// they were zero.
fn distance(scene: &Scene, shown: &Snapshot, layer: usize) -> f64 {
    let of = |array: &[f32]| f64::from(array.get(layer).copied().unwrap_or(0.0));
    let start = of(&scene.start.w_rms);
    if start == 0.0 {
        0.0
    } else {
        of(&shown.layers.distance_rms) / start
    }
}

/// The layer whose line or bar is under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let (upper, lower) = plots(size);
    if let Some((layer, snapshot)) = trace(scene, upper).nearest(scene, at) {
        return Some(format!(
            "step {}, layer {}: update / W {}",
            snapshot.step,
            scene.layers().name(layer),
            number(snapshot.layers.update_ratio[layer].into())
        ));
    }
    let (layer, shown) = (scene.layers().under(lower, at)?, scene.shown.as_ref()?);
    Some(format!(
        "layer {}: distance from the start {} of W there",
        scene.layers().name(layer),
        number(distance(scene, shown, layer))
    ))
}

/// The layer whose line or bar is under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    let (upper, lower) = plots(size);
    let line = trace(scene, upper)
        .nearest(scene, at)
        .map(|(layer, _)| layer);
    line.or_else(|| scene.layers().under(lower, at))
}

/// The first and the last hidden layer's pace.
pub fn note(scene: &Scene) -> String {
    let Some(shown) = scene.shown.as_ref().filter(|s| s.step > 0) else {
        return "no update has been made yet".into();
    };
    let ratios = &shown.layers.update_ratio;
    let depth = ratios.len().saturating_sub(1);
    let text = |layer: usize| number(ratios[layer].into());
    match depth {
        0 => String::new(),
        1 => format!("layer 1 changes by {} of its weights per step", text(0)),
        _ => format!(
            "layer 1 changes by {} of its weights per step, layer {depth} by {}",
            text(0),
            text(depth - 1)
        ),
    }
}

/// All layers in numbers.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new(&[
        "layer",
        "update RMS / W RMS",
        "update RMS",
        "W RMS",
        "distance from the start",
    ]);
    if let Some(shown) = &scene.shown {
        let layers = &shown.layers;
        for layer in 0..shown.layer_count() {
            let of = |array: &[f32]| number(array.get(layer).map_or(f64::NAN, |v| (*v).into()));
            table.rows.push(vec![
                scene.layers().name(layer),
                of(&layers.update_ratio),
                of(&layers.update_rms),
                of(&layers.w_rms),
                number(distance(scene, shown, layer)),
            ]);
        }
    }
    table
}
