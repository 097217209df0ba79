//! `updates`: how much every layer's weights change per step, and how far they are from their start.

use crate::charts::Need;
use crate::plot::annotations;
use crate::plot::layer_axis::LayerAxis;
use crate::plot::layer_lines::LayerLines;
use crate::plot::layout::{plot_area, plot_title, stacked};
use crate::plot::line_labels;
use crate::plot::log_axis;
use crate::plot::step_axis::StepAxis;
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use crate::scene::log_range::LogRange;
use crate::text::{Table, layer_value, value};
use gradient_flow::Snapshot;
use plotters::prelude::*;

/// The chart's title.
pub const TITLE: &str = "How fast every layer learns";
/// What the reader is looking at.
pub const HELP: &str = "Above, for each layer the RMS of its last update over the RMS of its weights, in powers of ten, \
    from blue (layer 1) to orange (the output layer); near 10⁻³ a layer learns at a healthy pace. Below, how \
    far each layer's weights have come from their start: bars at the bottom belong to layers that barely learn.";
/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = false;

/// A healthy ratio of a layer's update to its weights.
const GUIDE: f64 = 1e-3;

/// The axis of distances from the start. Below 10⁻⁸ float32 cannot tell a weight from its start.
const DISTANCES: LogRange = LogRange { low: -8, high: 1 };

/// The plot of the update ratios, with room for its axis below, and that of the distances.
fn plots(size: (i32, i32)) -> (Rect, Rect) {
    let right = if size.0 >= 300 {
        line_labels::WIDTH
    } else {
        20
    };
    let (upper, lower) = stacked(plot_area(size, right), 58);
    let upper = Rect {
        bottom: upper.bottom - 18,
        ..upper
    };
    (upper, lower)
}

fn ratio_lines(scene: &Scene, plot: Rect) -> LayerLines {
    LayerLines {
        plot,
        range: scene.update_range,
        steps: StepAxis::for_scene(scene),
        value: |snapshot, layer| snapshot.layers.update_ratio[layer],
    }
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let (upper, lower) = plots(s.size());
    let lines = ratio_lines(scene, upper);
    log_axis::draw(s, upper, lines.range);
    plot_title(s, upper, "update / W");
    let y = upper.y(lines.range.position(GUIDE));
    s.dashed_line(&[(upper.left, y), (upper.right, y)], s.theme.ink.mix(0.6));
    lines.draw(scene, s);
    annotations::scrubbed_step(scene, s, upper, lines.steps);
    step_numbers(s, upper, lines.steps);
    if let Some(shown) = &scene.shown {
        draw_distances(scene, s, lower, shown);
    }
}

/// A bar per layer.
fn draw_distances(scene: &Scene, s: &Surface, plot: Rect, shown: &Snapshot) {
    let layers = LayerAxis::for_scene(scene);
    log_axis::draw(s, plot, DISTANCES);
    plot_title(s, plot, "distance from the start / W at the start");
    annotations::selected_layer(scene, s, plot);
    let height = |distance: f64| DISTANCES.clamped_position(distance.max(1e-300));
    for layer in 0..layers.count {
        let left = layers.x(plot, layer, 0.2);
        let bar = Rect {
            left,
            right: layers.x(plot, layer, 0.8).max(left + 1),
            top: plot.y(height(distance(scene, shown, layer))),
            bottom: plot.bottom,
        };
        let position = layer as f64 / layers.count.saturating_sub(1).max(1) as f64;
        s.fill_rect(bar, s.theme.layer(position));
    }
    if let (Some(snapshot), Some(pinned)) = (scene.pinned_snapshot(), &scene.pinned) {
        let count = snapshot.layer_count();
        let layers = LayerAxis { count };
        let points = (0..count).map(|layer| {
            let up = height(distance(pinned, snapshot, layer));
            (plot.x(layers.center(layer)), plot.y(up))
        });
        s.dotted_line(&points.collect::<Vec<_>>(), s.theme.ink);
    }
    layers.draw_below(s, plot)
}

/// Step numbers close under the upper plot, with the axis title before the middle one.
fn step_numbers(s: &Surface, plot: Rect, axis: StepAxis) {
    for part in [0, 1, 2] {
        let at = (plot.x(part as f64 / 2.0), plot.bottom + 4);
        let step = axis.end * part / 2;
        let text = if part == 1 {
            format!("step {step}")
        } else {
            step.to_string()
        };
        s.text(&text, at, Anchor::Top, SMALL, s.theme.muted);
    }
}

/// How far a layer's weights are from their start, in units of their RMS at the start; 0 if they started
/// at zero.
fn distance(scene: &Scene, shown: &Snapshot, layer: usize) -> f64 {
    let entry = |values: &[f32]| f64::from(values.get(layer).copied().unwrap_or(0.0));
    let initial = entry(&scene.initial.w_rms);
    if initial == 0.0 {
        0.0
    } else {
        entry(&shown.layers.distance_rms) / initial
    }
}

/// A layer's last update over its weights. It is infinite if they are 0 now.
fn ratio(snapshot: &Snapshot, layer: usize) -> String {
    match snapshot.layers.update_ratio.get(layer) {
        Some(&f32::INFINITY) => "W is 0 now".into(),
        _ => layer_value(&snapshot.layers.update_ratio, layer),
    }
}

/// The layer whose line or bar is under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let (upper, lower) = plots(size);
    let layers = LayerAxis::for_scene(scene);
    if let Some((layer, snapshot)) = ratio_lines(scene, upper).nearest(scene, at) {
        return Some(format!(
            "step {}, layer {}: update / W {}",
            snapshot.step,
            layers.name(layer),
            ratio(snapshot, layer)
        ));
    }
    let (layer, shown) = (layers.layer_under(lower, at)?, scene.shown.as_ref()?);
    Some(format!(
        "layer {}: distance from the start {} of W there",
        layers.name(layer),
        value(distance(scene, shown, layer))
    ))
}

/// The layer whose line or bar is under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    let (upper, lower) = plots(size);
    match ratio_lines(scene, upper).nearest(scene, at) {
        Some((layer, _)) => Some(layer),
        None => LayerAxis::for_scene(scene).layer_under(lower, at),
    }
}

/// The update ratio of the first and of the last hidden layer.
pub fn note(scene: &Scene) -> String {
    let Some(shown) = scene.shown.as_ref().filter(|s| s.step > 0) else {
        return "no update has been made yet".into();
    };
    let ratios = &shown.layers.update_ratio;
    let depth = ratios.len().saturating_sub(1);
    if depth == 0 {
        return String::new();
    }
    if let Some(layer) = ratios[..depth].iter().position(|ratio| ratio.is_infinite()) {
        return format!("the last step took layer {}'s weights to 0", layer + 1);
    }
    let first = layer_value(ratios, 0);
    let mut text = format!("layer 1 changes by {first} of its weights per step");
    if depth > 1 {
        text += &format!(", layer {depth} by {}", layer_value(ratios, depth - 1));
    }
    text
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
            let entry = |values: &[f32]| layer_value(values, layer);
            table.rows.push(vec![
                LayerAxis::for_scene(scene).name(layer),
                ratio(shown, layer),
                entry(&layers.update_rms),
                entry(&layers.w_rms),
                value(distance(scene, shown, layer)),
            ]);
        }
    }
    table
}
