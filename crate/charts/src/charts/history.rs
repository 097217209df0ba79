//! `history`: every layer's dW over all steps, as a heat map on a fixed scale.

use crate::Table;
use crate::plot::annotations;
use crate::plot::axis::{
    Layers, frame, halves, number, step_limit, steps_below, superscript, unit,
};
use crate::plot::colorbar;
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use crate::scene::history::{Column, History};
use plotters::prelude::*;

/// What is seen, in words.
pub const TITLE: &str = "Every layer's gradient over time";
/// What am I looking at, in two sentences.
pub const HELP: &str = "The RMS of each layer's dW at every step: the stronger the colour, the larger the gradient, on a fixed \
     scale. Rows that stay pale belong to layers that hardly learn.";

/// Where steps and layers lie; the scale is to the right.
fn plot(size: (i32, i32)) -> Rect {
    frame(size, if size.0 > 260 { colorbar::COLUMN } else { 20 })
}

/// The live run's part of the plot, and the pinned one's.
fn parts(scene: &Scene, plot: Rect) -> (Rect, Option<Rect>) {
    if scene.pinned.is_none() {
        return (plot, None);
    }
    let (upper, lower) = halves(plot, 50);
    (upper, Some(lower))
}

/// The pinned run's history; the live one's where nothing is pinned.
fn pinned_history(scene: &Scene) -> &History {
    scene.pinned.as_ref().map_or(&scene.history, |p| &p.history)
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let plot = plot(s.size());
    let (layers, history, window) = (scene.layers(), &scene.history, scene.window);
    if layers.count == 0 {
        return;
    }
    let limit = step_limit(history.last_step());
    s.fill(plot, s.theme.grid.mix(0.3));
    // Exact zeros are nothing at all, and what is not finite is beyond the scale.
    let heat = |value: f32| match value {
        v if !v.is_finite() => s.theme.ink,
        0.0 => s.theme.ground,
        v => s.theme.heat(window.share(v.into())),
    };
    // A pinned run has the lower half.
    let (upper, lower) = parts(scene, plot);
    let runs = [(history, Some(upper)), (pinned_history(scene), lower)];
    for (history, part) in runs {
        let Some(part) = part else { continue };
        let count = history.columns.first().map_or(1, |c| c.dw_rms.len());
        let shown = (history.steps as f64 / limit as f64).min(1.0);
        let filled = Rect {
            right: plot.x(shown).max(plot.left + 1),
            ..part
        };
        let steps = history.steps.min(limit);
        let columns = (steps as usize).min(filled.width() as usize).max(1);
        s.heat_map(filled, (columns, count), |column, layer| {
            let step = column as u64 * steps / columns as u64;
            let values = history.column(step).map(|c| &c.dw_rms)?;
            values.get(layer).map(|v| heat(*v))
        });
    }
    if let Some(lower) = lower {
        let at = (lower.left + 3, lower.top - 8);
        s.text("pinned", at, Anchor::Left, SMALL, s.theme.muted);
    }
    if let Some(layer) = scene.selected.filter(|l| *l < layers.count) {
        let row = |layer: usize| upper.y(layer as f64 / layers.count as f64);
        for y in [row(layer), row(layer + 1)] {
            s.path(vec![(plot.left, y), (plot.right, y)], s.theme.ink, 1);
        }
    }
    annotations::shown_step(scene, s, plot, limit);
    let broken = |c: &Column| c.dw_rms.iter().any(|v| !v.is_finite());
    if let Some(column) = history.columns.iter().position(broken) {
        let share = column as f64 * history.width as f64 / limit as f64;
        annotations::broken_step(s, plot, plot.x(share));
    }
    unit(s, plot, "layer");
    for layer in layers.ticks(upper.height(), 14) {
        let at = (plot.left - 6, upper.y(layers.middle(layer)));
        s.text(&layers.name(layer), at, Anchor::Right, SMALL, s.theme.muted);
    }
    steps_below(s, plot, limit);
    if s.size().0 - plot.right < colorbar::COLUMN {
        return;
    }
    let ticks = window.ticks(plot.height(), 26).into_iter().map(|exponent| {
        let share = window.share(10f64.powi(exponent));
        (share, format!("10{}", superscript(exponent)))
    });
    colorbar::draw(s, plot, ticks, ("dW RMS", s.theme.dw))
}

/// The step and layer under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let plot = plot(size);
    let (upper, lower) = parts(scene, plot);
    let pinned = lower.filter(|lower| lower.contains(at));
    let part = pinned.unwrap_or(upper);
    let history = match pinned {
        Some(_) => pinned_history(scene),
        None => &scene.history,
    };
    if !part.contains(at) {
        return None;
    }
    let share = (at.0 - f64::from(plot.left)) / f64::from(plot.width());
    let step = (share * step_limit(scene.history.last_step()) as f64) as u64;
    let column = history.column(step)?;
    let layers = Layers {
        count: column.dw_rms.len(),
    };
    let layer = layers.at((f64::from(part.bottom) - at.1) / f64::from(part.height()));
    let first = step / history.width * history.width;
    let value = number((*column.dw_rms.get(layer)?).into());
    let which = if pinned.is_some() { "pinned, " } else { "" };
    Some(format!(
        "{which}step {first}, layer {}: dW RMS {value}",
        layers.name(layer)
    ))
}

/// The layer under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    let (upper, _) = parts(scene, plot(size));
    let up = (f64::from(upper.bottom) - at.1) / f64::from(upper.height());
    (upper.contains(at) && scene.layers().count > 0).then(|| scene.layers().at(up))
}

/// Which step is shown, where it is not the latest.
pub fn note(scene: &Scene) -> String {
    let shown = scene.shown.as_ref().map_or(0, |s| s.step);
    if scene.is_travelling() {
        format!("step {shown} of {} is shown", scene.history.last_step())
    } else {
        String::new()
    }
}

/// A few steps by all layers.
pub fn table(scene: &Scene) -> Table {
    let history = &scene.history;
    let steps: Vec<u64> = match history.last_step() {
        0 => vec![0],
        last => (0..=4).map(|part| last * part / 4).collect(),
    };
    let names: Vec<String> = steps
        .iter()
        .map(|s| format!("dW RMS, step {}", s / history.width * history.width))
        .collect();
    let mut columns = vec!["layer"];
    columns.extend(names.iter().map(String::as_str));
    let mut table = Table::new(&columns);
    for layer in 0..scene.layers().count {
        let value = |step: &u64| {
            let dw_rms = history.column(*step).and_then(|c| c.dw_rms.get(layer));
            dw_rms.map_or(String::new(), |v| number((*v).into()))
        };
        let row = std::iter::once(scene.layers().name(layer)).chain(steps.iter().map(value));
        table.rows.push(row.collect());
    }
    table
}
