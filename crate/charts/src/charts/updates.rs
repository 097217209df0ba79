//! `updates`: how much every layer's weights change per step, and how far they are from their start.

use crate::charts::Need;
use crate::plot::annotations;
use crate::plot::layer_axis::LayerAxis;
use crate::plot::layer_lines::LayerLines;
use crate::plot::layout::{plot_area, plot_title, stacked};
use crate::plot::line_labels;
use crate::plot::log_axis;
use crate::plot::rect::Rect;
use crate::plot::step_axis::StepAxis;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use crate::scene::log_range::LogRange;
use crate::text::{Table, layer_value, value};
use gradient_flow::Snapshot;
use gradient_flow::numeric::format::{Number, label};
use gradient_flow_words::{Message, Value, message};
use plotters::prelude::*;

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
        line_labels::NUMBERS
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
    plot_title(s, upper, message!("chart-updates-ratio"));
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
    plot_title(s, plot, message!("chart-updates-distance"));
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
            message!("chart-tick-step", step = step).into()
        } else {
            Value::from(step)
        };
        s.text_where_free(text, &[(at, Anchor::Top)], SMALL, s.theme.muted);
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
fn ratio(snapshot: &Snapshot, layer: usize) -> Value {
    match snapshot.layers.update_ratio.get(layer) {
        Some(&f32::INFINITY) => message!("chart-updates-weights-zero").into(),
        _ => layer_value(&snapshot.layers.update_ratio, layer),
    }
}

/// The layer whose line or bar is under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
    let (upper, lower) = plots(size);
    let layers = LayerAxis::for_scene(scene);
    if let Some((layer, snapshot)) = ratio_lines(scene, upper).nearest(scene, at) {
        return Some(message!(
            "chart-updates-readout",
            step = snapshot.step,
            layer = layers.name(layer),
            ratio = ratio(snapshot, layer)
        ));
    }
    let (layer, shown) = (layers.layer_under(lower, at)?, scene.shown.as_ref()?);
    Some(message!(
        "chart-updates-readout-distance",
        layer = layers.name(layer),
        distance = value(distance(scene, shown, layer))
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

/// How fast a hidden layer changes.
fn pace(shown: &Snapshot, layer: usize) -> Message {
    let layers = &shown.layers;
    let (ratio, number) = (f64::from(layers.update_ratio[layer]), layer + 1);
    // The update is measured on the weights: float32 may have rounded it away.
    if ratio == 0.0 {
        return match layers.dw_rms.get(layer) {
            Some(0.0) => message!("chart-updates-still-zero", layer = number),
            _ => message!("chart-updates-still", layer = number),
        };
    }
    let change = if (1e-4..1e2).contains(&ratio) {
        Number::new(format!("{} %", label(100.0 * ratio))).into()
    } else {
        value(ratio)
    };
    message!("chart-updates-pace", layer = number, change = change)
}

/// How fast the first and the last hidden layer change.
pub fn note(scene: &Scene) -> Vec<Message> {
    let Some(shown) = scene.shown.as_ref().filter(|s| s.step > 0) else {
        return vec![message!("chart-updates-none")];
    };
    let ratios = &shown.layers.update_ratio;
    let depth = ratios.len().saturating_sub(1);
    if depth == 0 {
        return Vec::new();
    }
    if let Some(layer) = ratios[..depth].iter().position(|ratio| ratio.is_infinite()) {
        return vec![message!("chart-updates-to-zero", layer = layer + 1)];
    }
    let mut note = vec![pace(shown, 0)];
    if depth > 1 {
        note.push(pace(shown, depth - 1));
    }
    note
}

/// All layers in numbers.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new([
        message!("chart-column-layer"),
        message!("chart-updates-column-ratio"),
        message!("chart-updates-column-update"),
        message!("chart-updates-column-weights"),
        message!("chart-updates-column-distance"),
    ]);
    if let Some(shown) = &scene.shown {
        let layers = &shown.layers;
        for layer in 0..shown.layer_count() {
            let entry = |values: &[f32]| layer_value(values, layer);
            table.rows.push(vec![
                LayerAxis::for_scene(scene).cell(layer),
                ratio(shown, layer),
                entry(&layers.update_rms),
                entry(&layers.w_rms),
                value(distance(scene, shown, layer)),
            ]);
        }
    }
    table
}
