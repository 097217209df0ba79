//! `history`: every layer's dW over all steps, as a heat map on a fixed scale.

use crate::Table;
use crate::axis::{frame, number, step_limit, steps_below, superscript, unit};
use crate::history::Column;
use crate::marks;
use crate::scale;
use crate::scene::Scene;
use crate::surface::{Anchor, Box2, Drawn, Surface};
use crate::theme::SMALL;
use plotters::prelude::*;

/// Where steps and layers lie; the scale is to the right.
fn plot(size: (i32, i32)) -> Box2 {
    frame(size, if size.0 > 260 { scale::COLUMN } else { 20 })
}

/// Draws the chart.
pub fn draw<DB: DrawingBackend>(scene: &Scene, s: &Surface<DB>) -> Drawn<DB> {
    let plot = plot(s.size());
    let (layers, history, window) = (scene.layers(), &scene.history, scene.window);
    if layers.count == 0 {
        return Ok(());
    }
    let limit = step_limit(history.last_step());
    s.fill(plot, s.theme.grid.mix(0.3))?;
    // Exact zeros are nothing at all, and what is not finite is beyond the scale.
    let heat = |value: f32| match value {
        v if !v.is_finite() => s.theme.ink,
        0.0 => s.theme.ground,
        v => s.theme.heat(window.share(v.into())),
    };
    let shown = (history.steps as f64 / limit as f64).min(1.0);
    let filled = Box2 {
        right: plot.x(shown).max(plot.left + 1),
        ..plot
    };
    let columns = (history.steps as usize).min(filled.width() as usize).max(1);
    s.heat_map(filled, (columns, layers.count), |column, layer| {
        let step = column as u64 * history.steps / columns as u64;
        let values = history.column(step).map(|c| &c.dw_rms)?;
        values.get(layer).map(|v| heat(*v))
    })?;
    let broken = |c: &Column| c.dw_rms.iter().any(|v| !v.is_finite());
    if let Some(column) = history.columns.iter().position(broken) {
        let share = column as f64 * history.width as f64 / limit as f64;
        marks::broken_step(s, plot, plot.x(share))?;
    }
    unit(s, plot, "layer")?;
    for layer in layers.ticks(plot.height(), 14) {
        let at = (plot.left - 6, plot.y(layers.middle(layer)));
        s.text(&layers.name(layer), at, Anchor::Right, SMALL, s.theme.muted)?;
    }
    steps_below(s, plot, limit)?;
    if s.size().0 - plot.right < scale::COLUMN {
        return Ok(());
    }
    let ticks = window.ticks(plot.height(), 26).into_iter().map(|exponent| {
        let share = window.share(10f64.powi(exponent));
        (share, format!("10{}", superscript(exponent)))
    });
    scale::draw(s, plot, ticks, ("dW RMS", s.theme.dw))
}

/// The step and layer under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let (plot, layers, history) = (plot(size), scene.layers(), &scene.history);
    if !plot.contains(at) || layers.count == 0 {
        return None;
    }
    let share = (at.0 - f64::from(plot.left)) / f64::from(plot.width());
    let step = (share * step_limit(history.last_step()) as f64) as u64;
    let column = history.column(step)?;
    let layer = layers.at((f64::from(plot.bottom) - at.1) / f64::from(plot.height()));
    let first = step / history.width * history.width;
    let value = number((*column.dw_rms.get(layer)?).into());
    Some(format!(
        "step {first}, layer {}: dW RMS {value}",
        layers.name(layer)
    ))
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
