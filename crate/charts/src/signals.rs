//! `signals`, the hero: dW, delta and a per layer, on one fixed axis of powers of ten.

use crate::Table;
use crate::axis::{layers_below, number, powers};
use crate::scene::Scene;
use crate::surface::{Anchor, Box2, Drawn, Surface};
use crate::theme::{NORMAL, SMALL};
use gradient_flow::Snapshot;
use plotters::prelude::*;

/// Below this, a weight near 1 no longer changes in float32 (its epsilon is 1.2e-7).
const VANISHING: f64 = 1e-7;
/// Above this, a step at any usual rate throws the weights far.
const EXPLODING: f64 = 1e2;
/// The limits of float32: its smallest normal number and its largest.
const LIMITS: [(f64, &str); 2] = [(1.2e-38, "float32 underflow"), (3.4e38, "float32 overflow")];

/// Where the layers and the powers of ten lie.
pub fn plot((width, height): (i32, i32)) -> Box2 {
    let right = if width > 480 { 64 } else { 14 };
    Box2 {
        left: 46,
        top: 12,
        right: width - right,
        bottom: height - 38,
    }
}

/// The signals in the order in which they are drawn, dW last and on top.
fn signals(snapshot: &Snapshot) -> [(&'static str, &[f32]); 3] {
    let layers = &snapshot.layers;
    [
        ("a", &layers.a_rms),
        ("delta", &layers.delta_rms),
        ("dW", &layers.dw_rms),
    ]
}

/// Draws the chart.
pub fn draw<DB: DrawingBackend>(scene: &Scene, s: &Surface<DB>) -> Drawn<DB> {
    let plot = plot(s.size());
    let Some(snapshot) = &scene.shown else {
        return Ok(());
    };
    let layers = scene.layers();
    zones(scene, s, plot)?;
    powers(s, plot, scene.window)?;
    layers_below(s, plot, layers)?;
    mark_broken(scene, s, plot)?;

    let point = |layer: usize, value: f32| {
        (
            plot.x(layers.middle(layer)),
            plot.y(scene.window.share(f64::from(value))),
        )
    };
    // Zero and what is not finite have no place on a logarithmic axis: the line has a gap there.
    let runs = |values: &[f32]| -> Vec<Vec<(i32, i32)>> {
        let on_axis = |v: &f32| v.is_finite() && *v > 0.0;
        let indexed: Vec<(usize, f32)> = values.iter().copied().enumerate().collect();
        let parts = indexed
            .split(|(_, v)| !on_axis(v))
            .filter(|part| !part.is_empty());
        parts
            .map(|part| part.iter().map(|(l, v)| point(*l, *v)).collect())
            .collect()
    };
    for run in runs(&scene.start.dw_rms) {
        s.path(run, s.theme.dw.mix(0.3), 2)?;
    }
    let room = plot.width() / layers.count.max(1) as i32;
    let mut labels = Vec::new();
    for (name, values) in signals(snapshot) {
        let main = name == "dW";
        let color = match name {
            "dW" => s.theme.dw,
            "delta" => s.theme.delta,
            _ => s.theme.a,
        };
        for run in runs(values) {
            let radius = match (main, room) {
                (true, 12..) => 4,
                (true, 6..) => 3,
                (false, 12..) => 2,
                _ => 0,
            };
            for at in run.iter().filter(|_| radius > 0 || run.len() == 1) {
                s.disc(*at, radius.max(2), color)?;
            }
            s.path(run, color, if main { 3 } else { 1 })?;
        }
        if main {
            for (layer, _) in values.iter().enumerate().filter(|(_, v)| **v == 0.0) {
                let x = plot.x(layers.middle(layer));
                s.fill(
                    Box2 {
                        left: x - 4,
                        right: x + 5,
                        top: plot.bottom - 3,
                        bottom: plot.bottom,
                    },
                    color,
                )?;
            }
            if values.contains(&0.0) {
                let at = (plot.left + 4, plot.bottom - 12);
                s.text("▂ exactly 0", at, Anchor::Left, SMALL, color)?;
            }
        }
        let last = values
            .iter()
            .rev()
            .copied()
            .find(|v| v.is_finite() && *v > 0.0);
        let y = last.map_or(plot.bottom, |v| plot.y(scene.window.share(f64::from(v))));
        labels.push((y, name, color));
    }
    name_lines(s, plot, labels)
}

/// The names of the lines: at their ends where there is room, otherwise in a row on top.
fn name_lines<DB: DrawingBackend>(
    s: &Surface<DB>,
    plot: Box2,
    mut labels: Vec<(i32, &'static str, RGBColor)>,
) -> Drawn<DB> {
    if s.size().0 - plot.right > 40 {
        labels.sort_by_key(|(y, ..)| *y);
        let mut free = plot.top;
        for (y, name, color) in labels {
            let y = y.max(free);
            free = y + NORMAL + 4;
            s.text(name, (plot.right + 6, y), Anchor::Left, NORMAL, color)?;
        }
        return Ok(());
    }
    let mut right = plot.right - 4;
    for (_, name, color) in labels.into_iter().rev() {
        s.text(name, (right, plot.top + 9), Anchor::Right, NORMAL, color)?;
        right -= 8 * name.len() as i32 + 10;
    }
    Ok(())
}

/// Tints and limits behind the lines.
fn zones<DB: DrawingBackend>(scene: &Scene, s: &Surface<DB>, plot: Box2) -> Drawn<DB> {
    let y = |value: f64| {
        plot.y(scene.window.share(value))
            .clamp(plot.top, plot.bottom)
    };
    s.fill(
        Box2 {
            top: y(VANISHING),
            ..plot
        },
        s.theme.delta.mix(0.07),
    )?;
    s.fill(
        Box2 {
            bottom: y(EXPLODING),
            ..plot
        },
        s.theme.dw.mix(0.08),
    )?;
    let text = plot.right - 6;
    s.text(
        "vanishing",
        (text, y(VANISHING) + 10),
        Anchor::Right,
        SMALL,
        s.theme.muted,
    )?;
    if y(EXPLODING) - plot.top > 12 {
        s.text(
            "exploding",
            (text, y(EXPLODING) - 8),
            Anchor::Right,
            SMALL,
            s.theme.muted,
        )?;
    }
    for (limit, name) in LIMITS {
        if (0.0..1.0).contains(&scene.window.share(limit)) {
            s.path(
                vec![(plot.left, y(limit)), (plot.right, y(limit))],
                s.theme.muted.mix(0.7),
                1,
            )?;
            s.text(
                name,
                (plot.left + 6, y(limit) - 8),
                Anchor::Left,
                SMALL,
                s.theme.muted,
            )?;
        }
    }
    Ok(())
}

/// Layers that are no longer finite: a band with hatching and a sign.
fn mark_broken<DB: DrawingBackend>(scene: &Scene, s: &Surface<DB>, plot: Box2) -> Drawn<DB> {
    let count = scene.layers().count;
    let edge = |layer: usize| plot.x(layer as f64 / count as f64);
    for layer in &scene.broken {
        let band = Box2 {
            left: edge(*layer),
            right: edge(layer + 1),
            ..plot
        };
        s.fill(band, s.theme.dw.mix(0.12))?;
        for y in (band.top..band.bottom - band.width()).step_by(12) {
            let stroke = vec![(band.left, y + band.width()), (band.right, y)];
            s.path(stroke, s.theme.dw.mix(0.22), 1)?;
        }
        if band.width() >= 16 {
            let at = ((band.left + band.right) / 2, plot.top + 2);
            s.text("∞", at, Anchor::Below, NORMAL, s.theme.dw)?;
        }
    }
    Ok(())
}

/// The layer under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let (plot, layers) = (plot(size), scene.layers());
    let snapshot = scene.shown.as_ref().filter(|_| plot.contains(at))?;
    let layer = layers.at((at.0 - f64::from(plot.left)) / f64::from(plot.width()));
    let broken = if scene.broken.contains(&layer) {
        " (before the overflow)"
    } else {
        ""
    };
    let values =
        signals(snapshot).map(|(name, values)| format!("{name} {}", number(values[layer].into())));
    let [a, delta, dw] = values;
    Some(format!(
        "layer {}: {dw} · {delta} · {a}{broken}",
        layers.name(layer)
    ))
}

/// All layers in numbers.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new(&["layer", "dW RMS", "delta RMS", "a RMS", "dW RMS at step 0"]);
    if let Some(snapshot) = &scene.shown {
        for layer in 0..snapshot.layer_count() {
            let [a, delta, dw] = signals(snapshot).map(|(_, values)| number(values[layer].into()));
            let start = scene
                .start
                .dw_rms
                .get(layer)
                .map_or("".into(), |v| number((*v).into()));
            table
                .rows
                .push(vec![scene.layers().name(layer), dw, delta, a, start]);
        }
    }
    table
}
