//! `saturation`: where on the activation's curve a layer's units stand, and how many are flat or dead.

use crate::Table;
use crate::plot::annotations;
use crate::plot::axis::{frame, halves, heading, layers_below, unit};
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::{NORMAL, SMALL};
use crate::scene::Scene;
use gradient_flow::Snapshot;
use gradient_flow::config::Activation;
use gradient_flow::network::activation::ActivationFn;
use gradient_flow::observe::measure::SATURATED;
use gradient_flow::observe::snapshot::{VALUE_BIN_WIDTH, VALUE_BINS, VALUE_FIRST_EDGE};
use plotters::prelude::*;

/// What is seen, in words.
pub const TITLE: &str = "Where the units stand";
/// What am I looking at, in two sentences.
pub const HELP: &str = "Above, the activation φ and its derivative φ′ (which multiplies the gradient), and behind them the \
    selected layer's inputs as a histogram: what stands where φ′ is flat (orange) is saturated and passes \
    nothing back. Below, for every layer the share that is saturated, and the share of units that are dead: \
    φ′ is exactly 0 for every sample looked at, so that they can never learn again.";

/// Values of φ and φ′ on the axis.
const LOW: f64 = -1.25;
const HIGH: f64 = 1.75;

/// The curve's plot and the layers' plot.
fn plots(size: (i32, i32)) -> (Rect, Rect) {
    let plot = frame(size, 14);
    let (upper, lower) = halves(plot, 64);
    let upper = Rect {
        bottom: upper.bottom - 18,
        ..upper
    };
    (upper, lower)
}

/// The activation of a layer (0-based); the output layer has none.
fn phi(scene: &Scene, shown: &Snapshot, layer: usize) -> ActivationFn<f64> {
    let output = layer + 1 == shown.layer_count();
    let activation = if output {
        Activation::Linear
    } else {
        scene.config.activation
    };
    let slope = shown.layers.slope.get(layer);
    let slope = slope.map_or(scene.config.slope_value(), |s| f64::from(*s));
    ActivationFn::new(activation, slope)
}

/// The lower edge of a bin, with the outer bins one width beyond the others.
fn edge(bin: usize) -> f64 {
    VALUE_FIRST_EDGE + (bin as f64 - 1.0) * VALUE_BIN_WIDTH
}

/// The share of the width at which a value of u stands.
fn across(u: f64) -> f64 {
    (u - edge(0)) / (edge(VALUE_BINS) - edge(0))
}

/// Is the derivative so small at u that little passes?
fn is_flat(phi: &ActivationFn<f64>, u: f64) -> bool {
    phi.derivative(u, phi.value(u)).abs() < SATURATED * phi.largest_derivative()
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let (upper, lower) = plots(s.size());
    let Some(shown) = &scene.shown else {
        return;
    };
    curve(scene, s, upper, shown);
    fractions(scene, s, lower, shown);
    layers_below(s, lower, scene.layers())
}

fn curve(scene: &Scene, s: &Surface, plot: Rect, shown: &Snapshot) {
    let (theme, layer) = (s.theme, scene.detailed());
    let phi = phi(scene, shown, layer);
    let y = |value: f64| plot.y((value - LOW) / (HIGH - LOW));
    // The square root keeps thin tails in sight; a bin that holds all would fill the plot.
    let height = |share: f32| plot.y(f64::from(share).sqrt());
    let middle = |bin: usize| edge(bin) + 0.5 * VALUE_BIN_WIDTH;
    for (bin, share) in row(shown, layer).iter().enumerate() {
        let bar = Rect {
            left: plot.x(across(edge(bin))),
            right: plot.x(across(edge(bin + 1))),
            top: height(*share),
            bottom: plot.bottom,
        };
        let color = match is_flat(&phi, middle(bin)) {
            true => theme.dw.mix(0.55),
            false => theme.muted.mix(0.4),
        };
        if *share > 0.0 {
            s.fill(bar, color);
        }
    }
    if let Some(pinned) = scene.pinned_shown() {
        let outline = row(pinned, layer).iter().enumerate();
        let points = outline.map(|(bin, share)| (plot.x(across(middle(bin))), height(*share)));
        s.dots(&points.collect::<Vec<_>>(), theme.ink);
    }
    for value in [-1.0, 0.0, 1.0] {
        let at = y(value);
        s.path(vec![(plot.left, at), (plot.right, at)], theme.grid, 1);
        let label = (plot.left - 6, at);
        s.text(
            &format!("{value}"),
            label,
            Anchor::Right,
            SMALL,
            theme.muted,
        );
    }
    unit(s, plot, "φ, φ′");
    for u in [-8.0, -4.0, 0.0, 4.0, 8.0] {
        let x = plot.x(across(u));
        s.path(vec![(x, plot.bottom), (x, plot.bottom + 3)], theme.muted, 1);
        let text = if u == 0.0 {
            "u = 0".into()
        } else {
            format!("{u}")
        };
        s.text(
            &text,
            (x, plot.bottom + 4),
            Anchor::Below,
            SMALL,
            theme.muted,
        );
    }
    // φ′ first: φ lies over it where both agree.
    let derivative = |u: f64| phi.derivative(u, phi.value(u));
    graph(s, plot, &derivative, theme.derivative.to_rgba(), 2);
    graph(s, plot, &|u| phi.value(u), theme.ink.to_rgba(), 2);
    let name = |text: &str, value: f64, color: RGBColor, below: i32| {
        let row = y(value.clamp(LOW + 0.2, HIGH - 0.2)) + below;
        s.text(text, (plot.right - 4, row), Anchor::Right, NORMAL, color)
    };
    name("φ", phi.value(7.5), theme.ink, -9);
    name("φ′", derivative(7.5), theme.derivative, 9)
}

/// A function over the plot, cut off where it leaves it.
fn graph(s: &Surface, plot: Rect, f: &dyn Fn(f64) -> f64, color: RGBAColor, stroke: u32) {
    let mut piece = Vec::new();
    for x in plot.left..=plot.right {
        let share = f64::from(x - plot.left) / f64::from(plot.width().max(1));
        let value = f(edge(0) + share * (edge(VALUE_BINS) - edge(0)));
        if (LOW..=HIGH).contains(&value) {
            piece.push((x, plot.y((value - LOW) / (HIGH - LOW))));
        } else {
            s.path(std::mem::take(&mut piece), color, stroke);
        }
    }
    s.path(piece, color, stroke)
}

fn row(shown: &Snapshot, layer: usize) -> &[f32] {
    let all = &shown.histograms.u;
    all.get(layer * VALUE_BINS..(layer + 1) * VALUE_BINS)
        .unwrap_or(&[])
}

fn fractions(scene: &Scene, s: &Surface, plot: Rect, shown: &Snapshot) {
    let (layers, theme) = (scene.layers(), s.theme);
    annotations::selected_layer(scene, s, plot);
    for percent in [0, 50, 100] {
        let y = plot.y(f64::from(percent) / 100.0);
        s.path(vec![(plot.left, y), (plot.right, y)], theme.grid, 1);
        let at = (plot.left - 6, y);
        s.text(
            &format!("{percent} %"),
            at,
            Anchor::Right,
            SMALL,
            theme.muted,
        );
    }
    heading(s, plot, "saturated (light), dead (dark)");
    let stats = &shown.layers;
    let bars = [
        (&stats.saturated_fraction, theme.dw.mix(0.45), 0.15, 0.85),
        (&stats.dead_fraction, theme.ink.to_rgba(), 0.3, 0.7),
    ];
    for (shares, color, from, to) in bars {
        for (layer, share) in shares.iter().enumerate().filter(|(_, s)| **s > 0.0) {
            let x = |part: f64| plot.x((layer as f64 + part) / layers.count as f64);
            let bar = Rect {
                left: x(from),
                right: x(to).max(x(from) + 1),
                top: plot.y(f64::from(*share)).min(plot.bottom - 1),
                bottom: plot.bottom,
            };
            s.fill(bar, color);
        }
    }
}

/// The bin or the layer under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let (upper, lower) = plots(size);
    let shown = scene.shown.as_ref()?;
    if upper.contains(at) {
        let share = (at.0 - f64::from(upper.left)) / f64::from(upper.width());
        let bin = ((share * VALUE_BINS as f64) as usize).min(VALUE_BINS - 1);
        let layer = scene.detailed();
        let phi = phi(scene, shown, layer);
        let u = edge(bin) + 0.5 * VALUE_BIN_WIDTH;
        let part = 100.0 * row(shown, layer).get(bin)?;
        return Some(format!(
            "u = {u:.2}: φ {:.3}, φ′ {:.3}, {part:.1} % of layer {}'s inputs",
            phi.value(u),
            phi.derivative(u, phi.value(u)),
            scene.layers().name(layer)
        ));
    }
    let layer = scene.layers().under(lower, at)?;
    Some(words(scene, shown, layer))
}

/// The layer under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    scene.layers().under(plots(size).1, at)
}

fn words(scene: &Scene, shown: &Snapshot, layer: usize) -> String {
    let percent = |array: &[f32]| match array.get(layer) {
        Some(share) if !share.is_nan() => format!("{:.1} %", 100.0 * share),
        _ => "unknown".into(),
    };
    format!(
        "layer {}: {} saturated, {} of the units dead",
        scene.layers().name(layer),
        percent(&shown.layers.saturated_fraction),
        percent(&shown.layers.dead_fraction)
    )
}

/// The detailed layer, and over how many samples death is judged.
pub fn note(scene: &Scene) -> String {
    let Some(shown) = &scene.shown else {
        return String::new();
    };
    let words = words(scene, shown, scene.detailed());
    if shown.dead_samples.is_nan() {
        return words;
    }
    format!("{words} for {} training samples", shown.dead_samples)
}

/// All layers in numbers.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new(&[
        "layer",
        "saturated",
        "dead units",
        "mean of a",
        "spread of a",
    ]);
    if let Some(shown) = &scene.shown {
        for layer in 0..shown.layer_count() {
            let percent = |array: &[f32]| match array.get(layer) {
                Some(share) if !share.is_nan() => format!("{:.1} %", 100.0 * share),
                _ => String::new(),
            };
            let of = |array: &[f32]| {
                array
                    .get(layer)
                    .map_or(String::new(), |v| crate::plot::axis::number((*v).into()))
            };
            table.rows.push(vec![
                scene.layers().name(layer),
                percent(&shown.layers.saturated_fraction),
                percent(&shown.layers.dead_fraction),
                of(&shown.layers.a_mean),
                of(&shown.layers.a_std),
            ]);
        }
    }
    table
}
