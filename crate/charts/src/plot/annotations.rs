//! Annotations that several charts share: the selected layer, the step scrubbed to, and layers and steps
//! with non-finite numbers, which have no place on an axis.

use crate::plot::layer_axis::{LayerAxis, runs};
use crate::plot::rect::Rect;
use crate::plot::step_axis::StepAxis;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use gradient_flow_words::{Value, message};
use plotters::prelude::*;

/// Height of the hatched strip over non-finite layers.
pub const STRIP: i32 = 16;

/// Tints the selected layer's band, in a plot with the layers side by side. Draw it first, behind
/// everything else.
pub fn selected_layer(scene: &Scene, s: &Surface, plot: Rect) {
    if let Some(band) = selected_band(scene, plot) {
        s.fill_rect(band, s.theme.ink.mix(0.08))
    }
}

/// Outlines the selected layer's band over a heat map, which would cover a tint behind it.
pub fn selected_layer_outline(scene: &Scene, s: &Surface, plot: Rect) {
    let Some(band) = selected_band(scene, plot) else {
        return;
    };
    for x in [band.left, band.right - 1] {
        let edge = vec![(x, plot.top), (x, plot.bottom)];
        s.line(edge, s.theme.ink.mix(0.7), 1);
    }
}

fn selected_band(scene: &Scene, plot: Rect) -> Option<Rect> {
    let (layers, layer) = (LayerAxis::for_scene(scene), scene.selected?);
    (layer < layers.count).then(|| layers.bands(plot, layer..layer + 1))
}

/// Marks the step that was scrubbed to.
pub fn scrubbed_step(scene: &Scene, s: &Surface, plot: Rect, axis: StepAxis) {
    let Some(shown) = scene.shown.as_ref().filter(|_| scene.is_scrubbed()) else {
        return;
    };
    let x = axis.x(plot, shown.step as f64);
    s.line(vec![(x, plot.top), (x, plot.bottom)], s.theme.ink, 1)
}

/// Draws a hatched strip over the non-finite layers, and tints the layer where the overflow began with
/// the name of its tensor.
pub fn nonfinite_layers(scene: &Scene, s: &Surface, plot: Rect) {
    let layers = LayerAxis::for_scene(scene);
    let nonfinite = (0..layers.count).map(|layer| scene.nonfinite_layers.contains(&layer));
    for run in runs(nonfinite) {
        let band = layers.bands(plot, run);
        let strip = Rect {
            bottom: plot.top + STRIP,
            ..band
        };
        s.fill_rect(strip, s.theme.wrong.mix(0.14));
        for x in (strip.left..strip.right - STRIP).step_by(9) {
            let stroke = vec![(x, strip.bottom), (x + STRIP, strip.top)];
            s.line(stroke, s.theme.wrong.mix(0.4), 1);
        }
        let mut text = Value::from(message!("chart-not-finite"));
        if s.width(&text, SMALL) + 8 > band.width() {
            text = "∞".into();
        }
        let at = ((band.left + band.right) / 2, plot.top + 3);
        s.text_on_patch(text, &[(at, Anchor::Top)], SMALL, s.theme.wrong);
    }
    let Some(overflow) = &scene.overflow else {
        return;
    };
    let band = layers.bands(plot, overflow.layer.saturating_sub(1)..overflow.layer);
    let below_strip = Rect {
        top: plot.top + STRIP,
        ..band
    };
    s.fill_rect(below_strip, s.theme.wrong.mix(0.16));
    let at = ((band.left + band.right) / 2, plot.top + STRIP + 4);
    let tensor = match overflow.tensor.as_str() {
        "delta" => "δ",
        tensor => tensor,
    };
    let text = format!("{tensor} ∞");
    s.text_on_patch(text, &[(at, Anchor::Top)], SMALL, s.theme.wrong)
}

/// Marks a step with non-finite numbers: a vertical line, with words beside it.
pub fn nonfinite_step(s: &Surface, plot: Rect, x: i32) {
    s.line(vec![(x, plot.top), (x, plot.bottom)], s.theme.wrong, 2);
    let row = plot.top + 9;
    let right = ((x + 7, row), Anchor::Left);
    let left = ((x - 7, row), Anchor::Right);
    let text = Value::from(message!("chart-not-finite"));
    let fits_right = x + 7 + s.width(&text, SMALL) < plot.right;
    let places = if fits_right {
        [right, left]
    } else {
        [left, right]
    };
    s.text_on_patch(text, &places, SMALL, s.theme.wrong)
}
