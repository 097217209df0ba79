//! `history`: every layer's dW over all steps, as a heat map on a fixed scale.

use crate::Table;
use crate::axis::{number, step_limit, steps_below, superscript};
use crate::scene::Scene;
use crate::surface::{Anchor, Box2, Drawn, Surface};
use crate::theme::{NORMAL, SMALL};
use plotters::prelude::*;

/// Where steps and layers lie; the scale is to the right.
pub fn plot((width, height): (i32, i32)) -> Box2 {
    let right = if width > 260 { 62 } else { 12 };
    Box2 {
        left: 46,
        top: 10,
        right: width - right,
        bottom: height - 38,
    }
}

/// Draws the chart.
pub fn draw<DB: DrawingBackend>(scene: &Scene, s: &Surface<DB>) -> Drawn<DB> {
    let plot = plot(s.size());
    let (layers, history, window) = (scene.layers(), &scene.history, scene.window);
    if layers.count == 0 {
        return Ok(());
    }
    let limit = step_limit(history.last_step());
    s.fill(plot, s.theme.grid.mix(0.35))?;
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
    for layer in layers.ticks(plot.height(), 14) {
        let at = (plot.left - 6, plot.y(layers.middle(layer)));
        s.text(&layers.name(layer), at, Anchor::Right, SMALL, s.theme.muted)?;
    }
    steps_below(s, plot, limit)?;
    if s.size().0 - plot.right > 40 {
        scale(scene, s, plot)?;
    }
    Ok(())
}

/// The colours' meaning: log10 of dW's RMS.
fn scale<DB: DrawingBackend>(scene: &Scene, s: &Surface<DB>, plot: Box2) -> Drawn<DB> {
    let bar = Box2 {
        left: plot.right + 12,
        right: plot.right + 20,
        ..plot
    };
    let rows = 40;
    s.heat_map(bar, (1, rows), |_, row| {
        Some(s.theme.heat((row as f64 + 0.5) / rows as f64))
    })?;
    for exponent in scene.window.ticks(bar.height(), 26) {
        let y = bar.y(scene.window.share(10f64.powi(exponent)));
        let label = format!("10{}", superscript(exponent));
        s.text(
            &label,
            (bar.right + 4, y),
            Anchor::Left,
            SMALL,
            s.theme.muted,
        )?;
    }
    let at = ((bar.left + bar.right) / 2 + 8, plot.bottom + 20);
    s.text("dW RMS", at, Anchor::Below, NORMAL, s.theme.dw)
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
