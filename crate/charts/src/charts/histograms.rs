//! `histograms`: how the elements of each layer's dW are spread over the powers of ten.

use crate::charts::Need;
use crate::plot::annotations;
use crate::plot::colorbar;
use crate::plot::layer_axis::LayerAxis;
use crate::plot::layout::{axis_title, plot_area, tick_label};
use crate::plot::log_axis;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::scene::Scene;
use crate::scene::log_range::on_log_axis;
use crate::text::{Table, layer_value, percent};
use gradient_flow::config::Activation;
use gradient_flow::numeric::format::{Number, ten_to};
use gradient_flow::observe::snapshot::{DW_BIN_WIDTH, DW_BINS, DW_FIRST_EDGE};
use gradient_flow_words::{Message, Value, message};

/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = true;

/// The share of a layer's elements in one bin from which on the colour is strongest.
const FULL_SHARE: f64 = 0.4;

/// Height of the row of exact zeros, and of the gap above it.
const ZERO_ROW: i32 = 11;
const GAP: i32 = 7;

/// The heat map's plot; the row of zeros is below it.
fn plot(size: (i32, i32)) -> Rect {
    let right = if size.0 > 340 { colorbar::WIDTH } else { 12 };
    let area = plot_area(size, right);
    Rect {
        bottom: area.bottom - ZERO_ROW - GAP,
        ..area
    }
}

fn zero_row(plot: Rect) -> Rect {
    Rect {
        top: plot.bottom + GAP,
        bottom: plot.bottom + GAP + ZERO_ROW,
        ..plot
    }
}

/// The first bin on the axis, and the number of bins. Axes and bins both start at whole decades.
fn visible_bins(scene: &Scene) -> (usize, usize) {
    let bin = |exponent: i32| ((f64::from(exponent) - DW_FIRST_EDGE) / DW_BIN_WIDTH) as usize;
    let first = bin(scene.signal_range.low);
    (first, bin(scene.signal_range.high).min(DW_BINS) - first)
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let plot = plot(s.size());
    let Some(snapshot) = &scene.shown else {
        return;
    };
    let layers = LayerAxis::for_scene(scene);
    let (first, rows) = visible_bins(scene);
    // The square root keeps thin tails visible.
    let heat = |share: f32| s.theme.heat((f64::from(share) / FULL_SHARE).sqrt());
    s.heat_map(plot, (layers.count, rows), |layer, bin| {
        let share = snapshot.histograms.dw[layer * DW_BINS + first + bin];
        (share > 0.0).then(|| heat(share))
    });
    // The axis comes after the heat map, whose bitmap would cover its grid lines.
    log_axis::draw(s, plot, scene.signal_range);
    axis_title(s, plot, "|dW|");
    let zeros = zero_row(plot);
    s.heat_map(zeros, (layers.count, 1), |layer, _| {
        // In grey: as the darkest of the map it would look like the largest gradients.
        Some(s.theme.grey(snapshot.layers.dw_zero_fraction[layer].into()))
    });
    tick_label(s, plot, zeros.top + ZERO_ROW / 2, "0");
    annotations::selected_layer_outline(scene, s, plot);
    annotations::nonfinite_layers(scene, s, plot);
    if let Some(pinned) = scene.pinned_snapshot() {
        let count = pinned.layer_count();
        let layers = LayerAxis { count };
        let rms = &pinned.layers.dw_rms;
        let points = (0..count).filter(|l| on_log_axis(rms[*l])).map(|l| {
            let up = scene.signal_range.clamped_position(rms[l].into());
            (plot.x(layers.center(l)), plot.y(up))
        });
        s.dotted_line(&points.collect::<Vec<_>>(), s.theme.ink);
    }
    let whole = Rect {
        bottom: zeros.bottom,
        ..plot
    };
    layers.draw_below(s, whole);
    if s.size().0 - plot.right < colorbar::WIDTH {
        let high = format!("≥ {} %", 100.0 * FULL_SHARE);
        return colorbar::draw_above(s, plot, [Number::new("0").into(), Number::new(high).into()]);
    }
    let ticks = [0.0, 0.1, 0.2, 0.4].map(|share: f64| {
        let sign = if share == FULL_SHARE { "≥ " } else { "" };
        (
            (share / FULL_SHARE).sqrt(),
            Number::new(format!("{sign}{}", 100.0 * share)).into(),
        )
    });
    colorbar::draw(
        s,
        whole,
        ticks.into_iter(),
        (message!("chart-axis-share"), s.theme.muted),
    )
}

/// The bin under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
    let (plot, layers) = (plot(size), LayerAxis::for_scene(scene));
    let snapshot = scene.shown.as_ref()?;
    let layer = layers.layer_at(plot.fraction_x(at.0));
    if zero_row(plot).contains(at) {
        let share = percent(snapshot.layers.dw_zero_fraction[layer]);
        let layer = layers.name(layer);
        return Some(message!(
            "chart-histograms-readout-zero",
            layer = layer,
            share = share
        ));
    }
    if !plot.contains(at) {
        return None;
    }
    let (first, rows) = visible_bins(scene);
    let row = (plot.fraction_y(at.1) * rows as f64) as usize;
    let bin = first + row.min(rows - 1);
    let share = percent(snapshot.histograms.dw[layer * DW_BINS + bin]);
    let edge = |bin: usize| power(DW_FIRST_EDGE + DW_BIN_WIDTH * bin as f64);
    Some(message!(
        "chart-histograms-readout",
        layer = layers.name(layer),
        share = share,
        low = edge(bin),
        high = edge(bin + 1)
    ))
}

/// The layer under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    LayerAxis::for_scene(scene).layer_under(plot(size), at)
}

/// A row of zeros from which on the reader wonders why it is dark.
const DARK_ROW: f32 = 0.25;

/// Why the row of zeros is dark, and what the dotted line is.
pub fn note(scene: &Scene) -> Vec<Message> {
    let mut note = Vec::new();
    let zeros: &[f32] = match &scene.shown {
        Some(shown) => &shown.layers.dw_zero_fraction,
        None => &[],
    };
    if let Some(layer) = zeros.iter().position(|share| *share == 1.0) {
        let layer = LayerAxis::for_scene(scene).name(layer);
        note.push(message!("chart-histograms-zero", layer = layer));
    } else if scene.config.activation == Activation::Relu
        && zeros.iter().any(|share| *share > DARK_ROW)
    {
        note.push(message!("chart-histograms-relu"));
    }
    if scene.pinned_snapshot().is_some() {
        note.push(message!("chart-histograms-pinned"));
    }
    note
}

/// A power of ten with a whole or half exponent, as the edges of the bins are.
fn power(exponent: f64) -> Number {
    let whole = exponent.floor();
    let factor = if exponent > whole { "3.2 × " } else { "" };
    Number::new(format!("{factor}{}", ten_to(whole as i32)))
}

/// The quartiles of |dW| per layer, to half a decade, and the share of zeros.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new([
        message!("chart-column-layer"),
        message!("chart-histograms-column-quarter"),
        message!("chart-histograms-column-median"),
        message!("chart-histograms-column-three-quarters"),
        message!("chart-histograms-column-largest"),
        message!("chart-histograms-column-zero"),
    ]);
    let Some(snapshot) = &scene.shown else {
        return table;
    };
    for layer in 0..snapshot.layer_count() {
        let shares = &snapshot.histograms.dw[layer * DW_BINS..][..DW_BINS];
        let zero = snapshot.layers.dw_zero_fraction[layer];
        let quantile = |part: f32| {
            let mut sum = zero;
            let bin = shares.iter().position(|share| {
                sum += share;
                sum >= part
            });
            match bin {
                _ if zero >= part => Value::from(0),
                Some(bin) => power(DW_FIRST_EDGE + DW_BIN_WIDTH * (bin + 1) as f64).into(),
                None => Value::default(),
            }
        };
        table.rows.push(vec![
            LayerAxis::for_scene(scene).cell(layer),
            quantile(0.25),
            quantile(0.5),
            quantile(0.75),
            layer_value(&snapshot.layers.dw_max, layer),
            percent(zero),
        ]);
    }
    table
}
