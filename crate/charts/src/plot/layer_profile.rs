//! One value per layer, as a line across the layers.

use crate::plot::layer_axis::{LayerAxis, runs};
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::scene::log_range::{LogRange, on_log_axis};
use plotters::prelude::*;

/// The points of a value per layer on a logarithmic axis, in segments: a layer whose value cannot stand
/// on the axis leaves a gap.
pub fn segments(
    plot: Rect,
    layers: LayerAxis,
    range: LogRange,
    values: &[f32],
) -> Vec<Vec<(i32, i32)>> {
    let point = |layer: usize| {
        let up = range.clamped_position(values[layer].into());
        (plot.x(layers.center(layer)), plot.y(up))
    };
    runs(values.iter().map(|value| on_log_axis(*value)))
        .into_iter()
        .map(|run| run.map(point).collect())
        .collect()
}

/// Draws segments as lines with a marker on each layer.
pub fn draw(
    s: &Surface,
    segments: Vec<Vec<(i32, i32)>>,
    pitch: i32,
    (color, stroke, marker): (RGBAColor, u32, i32),
) {
    for points in segments {
        // Markers shrink and disappear as layers come closer. A layer on its own keeps its marker: it
        // has no line.
        let radius = if points.len() == 1 {
            marker
        } else {
            marker.min(pitch * marker / 16)
        };
        for at in points.iter().filter(|_| radius > 1) {
            s.disc(*at, radius, color);
        }
        s.line(points, color, stroke);
    }
}
