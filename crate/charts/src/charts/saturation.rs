//! `saturation`: where on the activation's curve a layer's inputs lie, and how many units are saturated or dead.

use crate::charts::Need;
use crate::plot::annotations;
use crate::plot::layer_axis::LayerAxis;
use crate::plot::layout::{axis_title, percent_axis, plot_area, plot_title, stacked, tick_label};
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{NORMAL, SMALL};
use crate::scene::Scene;
use crate::text::{Table, decimals, layer_value, missing, percent};
use gradient_flow::Snapshot;
use gradient_flow::config::Activation;
use gradient_flow::network::activation::ActivationFn;
use gradient_flow::observe::measure::SATURATED;
use gradient_flow::observe::snapshot::{VALUE_BIN_WIDTH, VALUE_BINS, VALUE_FIRST_EDGE};
use gradient_flow_words::{Message, Value, message};
use plotters::prelude::*;

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

/// What values are called whose slope is nearly 0: only sigmoid and tanh saturate.
fn kind(scene: &Scene) -> &'static str {
    match scene.config.activation {
        Activation::Sigmoid | Activation::Tanh => "saturated",
        _ => "inactive",
    }
}

/// The lower edge of a bin. The outer bins have no outer edge; they are drawn as wide as the others.
fn edge(bin: usize) -> f64 {
    VALUE_FIRST_EDGE + (bin as f64 - 1.0) * VALUE_BIN_WIDTH
}

/// Where a value of z stands on the horizontal axis, from 0 to 1.
fn position(z: f64) -> f64 {
    (z - edge(0)) / (edge(VALUE_BINS) - edge(0))
}

/// Whether a unit with the pre-activation z is saturated or inactive: its slope lets little of the gradient pass.
fn is_saturated(phi: &ActivationFn<f64>, z: f64) -> bool {
    phi.derivative(z, phi.value(z)).abs() < SATURATED * phi.largest_derivative()
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
            true => theme.ink.mix(0.6),
            false => theme.muted.mix(0.3),
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
        tick_label(s, plot, at, value);
    }
    axis_title(s, plot, "φ, φ′");
    for z in [-8.0, -4.0, 0.0, 4.0, 8.0] {
        let x = plot.x(position(z));
        s.line(vec![(x, plot.bottom), (x, plot.bottom + 3)], theme.muted, 1);
        let text = if z == 0.0 {
            "z = 0".into()
        } else {
            Value::from(z)
        };
        let at = (x, plot.bottom + 4);
        s.text_where_free(text, &[(at, Anchor::Top)], SMALL, theme.muted);
    }
    // φ comes second, so that it is on top where both are equal.
    let derivative = |z: f64| phi.derivative(z, phi.value(z));
    draw_function(s, plot, &derivative, theme.derivative.to_rgba(), 2);
    draw_function(s, plot, &|z| phi.value(z), theme.ink.to_rgba(), 2);
    let name = |text: &'static str, value: f64, color: RGBColor, below: i32| {
        let row = y(value.clamp(LOW + 0.2, HIGH - 0.2));
        let places = [below, -below, 2 * below, -2 * below]
            .map(|below| ((plot.right - 4, row + below), Anchor::Right));
        s.text_where_free(text, &places, NORMAL, color);
    };
    name("φ", phi.value(7.5), theme.ink, -9);
    name("φ′", derivative(7.5), theme.derivative, 9);
    if histogram(shown, layer).is_empty() {
        let text = missing(scene, |snapshot| !snapshot.histograms.u.is_empty());
        s.sentence(text, plot, NORMAL, theme.muted);
    }
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

/// The histogram of a layer's pre-activations; empty if the snapshot has none.
fn histogram(snapshot: &Snapshot, layer: usize) -> &[f32] {
    let all = &snapshot.histograms.u;
    all.get(layer * VALUE_BINS..(layer + 1) * VALUE_BINS)
        .unwrap_or(&[])
}

fn draw_fractions(scene: &Scene, s: &Surface, plot: Rect, shown: &Snapshot) {
    let (layers, theme) = (LayerAxis::for_scene(scene), s.theme);
    annotations::selected_layer(scene, s, plot);
    percent_axis(s, plot);
    plot_title(
        s,
        plot,
        message!("chart-saturation-bars", kind = kind(scene)),
    );
    let stats = &shown.layers;
    let bars = [
        (&stats.saturated_fraction, theme.muted.mix(0.5), 0.15, 0.85),
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
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
    let (upper, lower) = plots(size);
    let shown = scene.shown.as_ref()?;
    let layers = LayerAxis::for_scene(scene);
    if upper.contains(at) {
        let bin = (upper.fraction_x(at.0) * VALUE_BINS as f64) as usize;
        let bin = bin.min(VALUE_BINS - 1);
        let layer = scene.detail_layer();
        let phi = activation_of(scene, shown, layer);
        let z = edge(bin) + 0.5 * VALUE_BIN_WIDTH;
        let share = histogram(shown, layer).get(bin)?;
        return Some(message!(
            "chart-saturation-readout-bin",
            z = decimals(z, 2),
            value = decimals(phi.value(z), 3),
            slope = decimals(phi.derivative(z, phi.value(z)), 3),
            share = percent(*share),
            layer = layers.name(layer)
        ));
    }
    let layer = layers.layer_under(lower, at)?;
    let (stats, name) = (&shown.layers, layers.name(layer));
    Some(
        match (
            layer_percent(&stats.saturated_fraction, layer),
            layer_percent(&stats.dead_fraction, layer),
        ) {
            (Some(share), Some(dead)) => message!(
                "chart-saturation-readout",
                kind = kind(scene),
                layer = name,
                share = share,
                dead = dead
            ),
            (Some(share), None) => message!(
                "chart-saturation-readout-share",
                kind = kind(scene),
                layer = name,
                share = share
            ),
            _ => message!("chart-saturation-unmeasured", layer = name),
        },
    )
}

/// The layer under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    LayerAxis::for_scene(scene).layer_under(plots(size).1, at)
}

/// A layer's share in percent; None if it is not known.
fn layer_percent(shares: &[f32], layer: usize) -> Option<Value> {
    let share = shares.get(layer).filter(|share| !share.is_nan())?;
    Some(percent(*share))
}

/// The detail layer's shares, and over how many samples a unit counts as dead.
pub fn note(scene: &Scene) -> Vec<Message> {
    let Some(shown) = &scene.shown else {
        return Vec::new();
    };
    let (stats, layer) = (&shown.layers, scene.detail_layer());
    let name = LayerAxis::for_scene(scene).name(layer);
    let Some(share) = layer_percent(&stats.saturated_fraction, layer) else {
        return Vec::new();
    };
    let dead = layer_percent(&stats.dead_fraction, layer);
    vec![match dead.filter(|_| !shown.dead_samples.is_nan()) {
        Some(dead) => message!(
            "chart-saturation-note",
            kind = kind(scene),
            layer = name,
            share = share,
            dead = dead,
            samples = shown.dead_samples
        ),
        None => message!(
            "chart-saturation-note-share",
            kind = kind(scene),
            layer = name,
            share = share
        ),
    }]
}

/// All layers in numbers.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new([
        message!("chart-column-layer"),
        message!("chart-saturation-column-share", kind = kind(scene)),
        message!("chart-saturation-column-dead"),
        message!("chart-saturation-column-mean"),
        message!("chart-saturation-column-std"),
    ]);
    if let Some(shown) = &scene.shown {
        for layer in 0..shown.layer_count() {
            let known = |shares: &[f32]| layer_percent(shares, layer).unwrap_or_default();
            table.rows.push(vec![
                LayerAxis::for_scene(scene).cell(layer),
                known(&shown.layers.saturated_fraction),
                known(&shown.layers.dead_fraction),
                layer_value(&shown.layers.a_mean, layer),
                layer_value(&shown.layers.a_std, layer),
            ]);
        }
    }
    table
}
