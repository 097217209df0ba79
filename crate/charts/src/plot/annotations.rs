//! Marks for what has no place on an axis: layers and steps that are not finite.

use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use plotters::prelude::*;
use std::ops::Range;

/// Height of the hatched strip above layers that are not finite.
pub const STRIP: i32 = 16;

/// The runs of neighbours for which something holds.
pub fn runs(holds: impl Iterator<Item = bool>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (i, _) in holds.enumerate().filter(|(_, holds)| *holds) {
        match runs.last_mut() {
            Some(run) if run.end == i => run.end += 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
}

/// The selected layer's band, in a plot with the layers side by side: drawn first, behind all else.
pub fn selected_layer(scene: &Scene, s: &Surface, plot: Rect) {
    let Some(band) = selected_band(scene, plot) else {
        return;
    };
    s.fill(band, s.theme.ink.mix(0.08))
}

/// The same in a heat map, which covers what is behind: two lines over it.
pub fn selected_edges(scene: &Scene, s: &Surface, plot: Rect) {
    let Some(band) = selected_band(scene, plot) else {
        return;
    };
    for x in [band.left, band.right - 1] {
        s.path(
            vec![(x, plot.top), (x, plot.bottom)],
            s.theme.ink.mix(0.7),
            1,
        );
    }
}

fn selected_band(scene: &Scene, plot: Rect) -> Option<Rect> {
    let (layers, layer) = (scene.layers(), scene.selected?);
    (layer < layers.count).then(|| Rect {
        left: plot.x(layer as f64 / layers.count as f64),
        right: plot.x((layer + 1) as f64 / layers.count as f64),
        ..plot
    })
}

/// The step that is travelled to, on an axis of steps.
pub fn shown_step(scene: &Scene, s: &Surface, plot: Rect, limit: u64) {
    let Some(shown) = scene.shown.as_ref().filter(|_| scene.is_travelling()) else {
        return;
    };
    let x = plot.x(shown.step as f64 / limit as f64);
    s.path(vec![(x, plot.top), (x, plot.bottom)], s.theme.ink, 1)
}

/// A hatched strip over the layers that are not finite; the layer where it began is tinted and
/// names the tensor.
pub fn broken_layers(scene: &Scene, s: &Surface, plot: Rect) {
    let layers = scene.layers();
    let columns = |run: Range<usize>| Rect {
        left: plot.x(run.start as f64 / layers.count as f64),
        right: plot.x(run.end as f64 / layers.count as f64),
        ..plot
    };
    for run in runs((0..layers.count).map(|layer| scene.broken.contains(&layer))) {
        let band = columns(run);
        let strip = Rect {
            bottom: plot.top + STRIP,
            ..band
        };
        s.fill(strip, s.theme.dw.mix(0.14));
        for x in (strip.left..strip.right - STRIP).step_by(9) {
            let stroke = vec![(x, strip.bottom), (x + STRIP, strip.top)];
            s.path(stroke, s.theme.dw.mix(0.4), 1);
        }
        let words = band.width() >= 80;
        let text = if words { "not finite" } else { "∞" };
        let at = ((band.left + band.right) / 2, plot.top + 3);
        label(s, text, at, s.theme.dw);
    }
    let Some(found) = &scene.overflow else {
        return;
    };
    let first = columns(found.layer.saturating_sub(1)..found.layer);
    s.fill(
        Rect {
            top: plot.top + STRIP,
            ..first
        },
        s.theme.dw.mix(0.16),
    );
    let at = ((first.left + first.right) / 2, plot.top + STRIP + 4);
    label(s, &format!("{} ∞", found.tensor), at, s.theme.dw)
}

/// A text on a patch of ground, above the lines and hatches behind it.
fn label(s: &Surface, text: &str, (x, y): (i32, i32), color: RGBColor) {
    let half = 3 * text.chars().count() as i32 + 4;
    let patch = Rect {
        left: x - half,
        right: x + half,
        top: y - 1,
        bottom: y + SMALL + 1,
    };
    s.fill(patch, s.theme.ground);
    s.text(text, (x, y), Anchor::Below, SMALL, color)
}

/// Marks a step at which something was not finite: an upright line, and the words beside it.
pub fn broken_step(s: &Surface, plot: Rect, x: i32) {
    s.path(vec![(x, plot.top), (x, plot.bottom)], s.theme.dw, 2);
    // Half the words' width and a gap: to the right of the line, or to its left near the edge.
    let beside = 38;
    let right = x + 2 * beside < plot.right;
    let middle = if right { x + beside } else { x - beside };
    label(s, "not finite", (middle, plot.top + 3), s.theme.dw)
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn neighbours_make_one_run() {
        let holds = [true, true, false, true, false, false, true];
        assert_eq!(runs(holds.into_iter()), [0..2, 3..4, 6..7]);
        assert_eq!(runs([false].into_iter()), []);
    }
}
