//! `histograms`: how the elements of each layer's dW are spread over the powers of ten.

use crate::Table;
use crate::plot::annotations;
use crate::plot::axis::{Layers, frame, layers_below, number, powers, superscript, unit};
use crate::plot::colorbar;
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use gradient_flow::observe::snapshot::{DW_BIN_WIDTH, DW_BINS, DW_FIRST_EDGE};

/// What is seen, in words.
pub const TITLE: &str = "Spread of each layer's gradient";
/// What am I looking at, in two sentences.
pub const HELP: &str = "For each layer the share of the elements of dW in every half power of ten. The row at the bottom counts \
     the elements that are exactly zero.";

/// The share of a layer's elements that has the ramp's strongest colour.
const FULL: f64 = 0.4;

/// Height of the row for exact zeros, and the gap above it.
const ZERO_ROW: i32 = 11;
const GAP: i32 = 7;

/// Where the layers and the powers of ten lie; the zeros' row is beneath.
fn plot(size: (i32, i32)) -> Rect {
    let right = if size.0 > 340 { colorbar::COLUMN } else { 12 };
    let frame = frame(size, right);
    Rect {
        bottom: frame.bottom - ZERO_ROW - GAP,
        ..frame
    }
}

fn zero_row(plot: Rect) -> Rect {
    Rect {
        top: plot.bottom + GAP,
        bottom: plot.bottom + GAP + ZERO_ROW,
        ..plot
    }
}

/// The bin at the bottom of the window, and how many are in it. The first edge is a whole decade,
/// and so is every window.
fn bins(scene: &Scene) -> (usize, usize) {
    let bin = |exponent: i32| ((f64::from(exponent) - DW_FIRST_EDGE) / DW_BIN_WIDTH) as usize;
    let first = bin(scene.window.low);
    (first, bin(scene.window.high).min(DW_BINS) - first)
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let plot = plot(s.size());
    let Some(snapshot) = &scene.shown else {
        return;
    };
    let layers = scene.layers();
    let (first, rows) = bins(scene);
    // The square root keeps thin tails in sight.
    let heat = |share: f32| s.theme.heat((f64::from(share) / FULL).sqrt());
    s.heat_map(plot, (layers.count, rows), |layer, bin| {
        let share = snapshot.histograms.dw[layer * DW_BINS + first + bin];
        (share > 0.0).then(|| heat(share))
    });
    // On top: a bitmap covers what lies beneath it.
    powers(s, plot, scene.window);
    unit(s, plot, "|dW|");
    let zeros = zero_row(plot);
    s.heat_map(zeros, (layers.count, 1), |layer, _| {
        Some(heat(snapshot.layers.dw_zero_fraction[layer]))
    });
    s.text(
        "0",
        (plot.left - 6, zeros.top + ZERO_ROW / 2),
        Anchor::Right,
        SMALL,
        s.theme.muted,
    );
    annotations::selected_edges(scene, s, plot);
    annotations::broken_layers(scene, s, plot);
    if let Some(pinned) = scene.pinned_shown() {
        let count = pinned.layer_count();
        let layers = Layers { count };
        let on_axis = |v: &f32| v.is_finite() && *v > 0.0;
        let rms = &pinned.layers.dw_rms;
        let points = (0..count).filter(|l| on_axis(&rms[*l])).map(|l| {
            let up = scene.window.share(rms[l].into()).clamp(0.0, 1.0);
            (plot.x(layers.middle(l)), plot.y(up))
        });
        s.dots(&points.collect::<Vec<_>>(), s.theme.ink);
    }
    let below = Rect {
        bottom: zeros.bottom,
        ..plot
    };
    layers_below(s, below, layers);
    if s.size().0 - plot.right < colorbar::COLUMN {
        return;
    }
    let ticks = [0.0, 0.1, 0.2, 0.4].map(|share: f64| {
        let more = if share == FULL { "≥ " } else { "" };
        ((share / FULL).sqrt(), format!("{more}{}", 100.0 * share))
    });
    let whole = Rect {
        bottom: zeros.bottom,
        ..plot
    };
    colorbar::draw(s, whole, ticks.into_iter(), ("share, %", s.theme.muted))
}

/// The bin under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let (plot, layers) = (plot(size), scene.layers());
    let snapshot = scene.shown.as_ref()?;
    let layer = layers.at((at.0 - f64::from(plot.left)) / f64::from(plot.width()));
    let percent = |share: f32| format!("{:.1} %", 100.0 * share);
    if zero_row(plot).contains(at) {
        let share = percent(snapshot.layers.dw_zero_fraction[layer]);
        return Some(format!(
            "layer {}: {share} of dW are exactly 0",
            layers.name(layer)
        ));
    }
    if !plot.contains(at) {
        return None;
    }
    let (first, rows) = bins(scene);
    let up = (f64::from(plot.bottom) - at.1) / f64::from(plot.height());
    let bin = first + ((up * rows as f64) as usize).min(rows - 1);
    let share = percent(snapshot.histograms.dw[layer * DW_BINS + bin]);
    let edge = |bin: usize| power(DW_FIRST_EDGE + DW_BIN_WIDTH * bin as f64);
    let (low, high) = (edge(bin), edge(bin + 1));
    Some(format!(
        "layer {}: {share} of |dW| from {low} to {high}",
        layers.name(layer)
    ))
}

/// The layer under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    scene.layers().under(plot(size), at)
}

/// What the dots are.
pub fn note(scene: &Scene) -> String {
    match scene.pinned_shown() {
        Some(_) => "dotted: RMS of dW in the pinned run".into(),
        None => String::new(),
    }
}

/// A power of ten with a whole or a half exponent.
fn power(exponent: f64) -> String {
    let whole = exponent.floor();
    let factor = if exponent > whole { "3.2 × " } else { "" };
    format!("{factor}10{}", superscript(whole as i32))
}

/// Per layer: quartiles of |dW| to half a decade, and the zeros.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new(&[
        "layer",
        "25 % of |dW| below",
        "50 % below",
        "75 % below",
        "largest",
        "exactly 0",
    ]);
    let Some(snapshot) = &scene.shown else {
        return table;
    };
    for layer in 0..snapshot.layer_count() {
        let shares = &snapshot.histograms.dw[layer * DW_BINS..][..DW_BINS];
        let zero = snapshot.layers.dw_zero_fraction[layer];
        let below = |part: f32| {
            let mut sum = zero;
            let bin = shares.iter().position(|share| {
                sum += share;
                sum >= part
            });
            match bin {
                _ if zero >= part => "0".into(),
                Some(bin) => power(DW_FIRST_EDGE + DW_BIN_WIDTH * (bin + 1) as f64),
                None => "".into(),
            }
        };
        let row = [
            scene.layers().name(layer),
            below(0.25),
            below(0.5),
            below(0.75),
        ];
        let largest = number(snapshot.layers.dw_max[layer].into());
        let rest = [largest, format!("{:.1} %", 100.0 * zero)];
        table.rows.push(row.into_iter().chain(rest).collect());
    }
    table
}
