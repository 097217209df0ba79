//! `saturation`: where on the activation's curve a layer's inputs lie, and how many units are saturated or dead.

use crate::charts::Need;
use crate::plot::annotations;
use crate::plot::layer_axis::LayerAxis;
use crate::plot::layout::{axis_title, percent_axis, plot_area, plot_title, stacked, tick_label};
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::{NORMAL, SMALL};
use crate::scene::Scene;
use crate::text::{Table, layer_value, percent};
use gradient_flow::Snapshot;
use gradient_flow::config::Activation;
use gradient_flow::network::activation::ActivationFn;
use gradient_flow::observe::measure::SATURATED;
use gradient_flow::observe::snapshot::{VALUE_BIN_WIDTH, VALUE_BINS, VALUE_FIRST_EDGE};
use plotters::prelude::*;

/// The chart's title.
pub const TITLE: &str = "Where the units stand";
/// What the reader is looking at.
pub const HELP: &str = "Above, the activation φ and its derivative φ′ (which multiplies the gradient), and behind them the \
    selected layer's inputs as a histogram: what stands where φ′ is flat (orange) is saturated and passes \
    nothing back. Below, for every layer the share that is saturated, and the share of units that are dead: \
    φ′ is exactly 0 for every sample looked at, so that they can never learn again.";
/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[Need::Values];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = false;

/// The range of the axis of φ and φ′.
const LOW: f64 = -1.25;
const HIGH: f64 = 1.75;

/// The plot of the curve, with room for its axis below, and that of the layers.
fn plots(size: (i32, i32)) -> (Rect, Rect) {
    let (upper, lower) = stacked(plot_area(size, 14), 64);
    let upper = Rect {
        bottom: upper.bottom - 18,
        ..upper
    };
    (upper, lower)
}

/// The activation of a layer (0-based). The output layer has none, so it is linear.
fn activation_of(scene: &Scene, shown: &Snapshot, layer: usize) -> ActivationFn<f64> {
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

/// The lower edge of a bin. The outer bins have no outer edge; they are drawn as wide as the others.
fn edge(bin: usize) -> f64 {
    VALUE_FIRST_EDGE + (bin as f64 - 1.0) * VALUE_BIN_WIDTH
}

/// Where a value of u stands on the horizontal axis, from 0 to 1.
fn position(u: f64) -> f64 {
    (u - edge(0)) / (edge(VALUE_BINS) - edge(0))
}

/// Whether a unit with the input u is saturated: its derivative lets little of the gradient pass.
fn is_saturated(phi: &ActivationFn<f64>, u: f64) -> bool {
    phi.derivative(u, phi.value(u)).abs() < SATURATED * phi.largest_derivative()
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let (upper, lower) = plots(s.size());
    let Some(shown) = &scene.shown else {
        return;
    };
    draw_curve(scene, s, upper, shown);
    draw_fractions(scene, s, lower, shown);
    LayerAxis::for_scene(scene).draw_below(s, lower)
}

/// The activation and its derivative, over the histogram of the detail layer's inputs.
fn draw_curve(scene: &Scene, s: &Surface, plot: Rect, shown: &Snapshot) {
    let (theme, layer) = (s.theme, scene.detail_layer());
    let phi = activation_of(scene, shown, layer);
    let y = |value: f64| plot.y((value - LOW) / (HIGH - LOW));
    // The square root keeps thin tails visible beside a bin that holds nearly everything.
    let height = |share: f32| plot.y(f64::from(share).sqrt());
    let center = |bin: usize| edge(bin) + 0.5 * VALUE_BIN_WIDTH;
    for (bin, share) in histogram(shown, layer).iter().enumerate() {
        let bar = Rect {
            left: plot.x(position(edge(bin))),
            right: plot.x(position(edge(bin + 1))),
            top: height(*share),
            bottom: plot.bottom,
        };
        let color = match is_saturated(&phi, center(bin)) {
            true => theme.dw.mix(0.55),
            false => theme.muted.mix(0.4),
        };
        if *share > 0.0 {
            s.fill_rect(bar, color);
        }
    }
    if let Some(pinned) = scene.pinned_snapshot() {
        let outline = histogram(pinned, layer).iter().enumerate();
        let points = outline.map(|(bin, share)| (plot.x(position(center(bin))), height(*share)));
        s.dotted_line(&points.collect::<Vec<_>>(), theme.ink);
    }
    for value in [-1.0, 0.0, 1.0] {
        let at = y(value);
        s.line(vec![(plot.left, at), (plot.right, at)], theme.grid, 1);
        tick_label(s, plot, at, &format!("{value}"));
    }
    axis_title(s, plot, "φ, φ′");
    for u in [-8.0, -4.0, 0.0, 4.0, 8.0] {
        let x = plot.x(position(u));
        s.line(vec![(x, plot.bottom), (x, plot.bottom + 3)], theme.muted, 1);
        let text = if u == 0.0 {
            "u = 0".into()
        } else {
            format!("{u}")
        };
        let at = (x, plot.bottom + 4);
        s.text(&text, at, Anchor::Top, SMALL, theme.muted);
    }
    // φ comes second, so that it is on top where both are equal.
    let derivative = |u: f64| phi.derivative(u, phi.value(u));
    draw_function(s, plot, &derivative, theme.derivative.to_rgba(), 2);
    draw_function(s, plot, &|u| phi.value(u), theme.ink.to_rgba(), 2);
    let name = |text: &str, value: f64, color: RGBColor, below: i32| {
        let row = y(value.clamp(LOW + 0.2, HIGH - 0.2)) + below;
        s.text(text, (plot.right - 4, row), Anchor::Right, NORMAL, color)
    };
    name("φ", phi.value(7.5), theme.ink, -9);
    name("φ′", derivative(7.5), theme.derivative, 9)
}

/// The graph of a function, cut off where it leaves the plot.
fn draw_function(s: &Surface, plot: Rect, f: &dyn Fn(f64) -> f64, color: RGBAColor, stroke: u32) {
    let mut piece = Vec::new();
    for x in plot.left..=plot.right {
        let across = f64::from(x - plot.left) / f64::from(plot.width().max(1));
        let value = f(edge(0) + across * (edge(VALUE_BINS) - edge(0)));
        if (LOW..=HIGH).contains(&value) {
            piece.push((x, plot.y((value - LOW) / (HIGH - LOW))));
        } else {
            s.line(std::mem::take(&mut piece), color, stroke);
        }
    }
    s.line(piece, color, stroke)
}

/// The histogram of a layer's inputs u; empty if the snapshot has none.
fn histogram(snapshot: &Snapshot, layer: usize) -> &[f32] {
    let all = &snapshot.histograms.u;
    all.get(layer * VALUE_BINS..(layer + 1) * VALUE_BINS)
        .unwrap_or(&[])
}

fn draw_fractions(scene: &Scene, s: &Surface, plot: Rect, shown: &Snapshot) {
    let (layers, theme) = (LayerAxis::for_scene(scene), s.theme);
    annotations::selected_layer(scene, s, plot);
    percent_axis(s, plot);
    plot_title(s, plot, "saturated (light), dead (dark)");
    let stats = &shown.layers;
    let bars = [
        (&stats.saturated_fraction, theme.dw.mix(0.45), 0.15, 0.85),
        (&stats.dead_fraction, theme.ink.to_rgba(), 0.3, 0.7),
    ];
    for (shares, color, from, to) in bars {
        for (layer, share) in shares.iter().enumerate().filter(|(_, s)| **s > 0.0) {
            let left = layers.x(plot, layer, from);
            let bar = Rect {
                left,
                right: layers.x(plot, layer, to).max(left + 1),
                top: plot.y(f64::from(*share)).min(plot.bottom - 1),
                bottom: plot.bottom,
            };
            s.fill_rect(bar, color);
        }
    }
}

/// The bin or the layer under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let (upper, lower) = plots(size);
    let shown = scene.shown.as_ref()?;
    let layers = LayerAxis::for_scene(scene);
    if upper.contains(at) {
        let bin = (upper.fraction_x(at.0) * VALUE_BINS as f64) as usize;
        let bin = bin.min(VALUE_BINS - 1);
        let layer = scene.detail_layer();
        let phi = activation_of(scene, shown, layer);
        let u = edge(bin) + 0.5 * VALUE_BIN_WIDTH;
        let share = histogram(shown, layer).get(bin)?;
        return Some(format!(
            "u = {u:.2}: φ {:.3}, φ′ {:.3}, {} of layer {}'s inputs",
            phi.value(u),
            phi.derivative(u, phi.value(u)),
            percent(*share),
            layers.name(layer)
        ));
    }
    let layer = layers.layer_under(lower, at)?;
    Some(describe(scene, shown, layer))
}

/// The layer under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    LayerAxis::for_scene(scene).layer_under(plots(size).1, at)
}

/// A layer's share in percent; None if it is not known.
fn layer_percent(shares: &[f32], layer: usize) -> Option<String> {
    let share = shares.get(layer).filter(|share| !share.is_nan())?;
    Some(percent(*share))
}

fn describe(scene: &Scene, shown: &Snapshot, layer: usize) -> String {
    let known = |shares: &[f32]| layer_percent(shares, layer).unwrap_or("unknown".into());
    format!(
        "layer {}: {} saturated, {} of the units dead",
        LayerAxis::for_scene(scene).name(layer),
        known(&shown.layers.saturated_fraction),
        known(&shown.layers.dead_fraction)
    )
}

/// The detail layer's shares, and over how many samples a unit counts as dead.
pub fn note(scene: &Scene) -> String {
    let Some(shown) = &scene.shown else {
        return String::new();
    };
    let layer = describe(scene, shown, scene.detail_layer());
    if shown.dead_samples.is_nan() {
        return layer;
    }
    format!("{layer} for {} training samples", shown.dead_samples)
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
            let known = |shares: &[f32]| layer_percent(shares, layer).unwrap_or_default();
            table.rows.push(vec![
                LayerAxis::for_scene(scene).name(layer),
                known(&shown.layers.saturated_fraction),
                known(&shown.layers.dead_fraction),
                layer_value(&shown.layers.a_mean, layer),
                layer_value(&shown.layers.a_std, layer),
            ]);
        }
    }
    table
}
