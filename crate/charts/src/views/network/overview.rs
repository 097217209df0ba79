//! What stands above the columns: the key to the colours, and the strip of all layers of a deep network.

use super::Network;
use super::layout::{Layout, STRIP};
use super::picture::{Colors, marked_column, place_of, tint};
use crate::plot::colorbar;
use crate::plot::layer_axis::LayerAxis;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{NORMAL, SMALL, mix};
use gradient_flow::numeric::format::{label, ten_to};
use gradient_flow::observe::passage::Passage;
use gradient_flow_words::Value;
use plotters::prelude::*;

/// The key: what the colours mean, with their scales.
pub fn key(colors: &Colors, s: &Surface) {
    let row = 8;
    let mut left = 4;
    let range = colors.view.scene.signal_range;
    let of_signals = || [ten_to(range.low).into(), ten_to(range.high).into()];
    let theme = colors.theme;
    let mut entry = |name: &'static str, ends: [Value; 2], color: &dyn Fn(f64) -> RGBColor, ink| {
        let widths: i32 = ends.iter().map(|end| s.width(end, SMALL)).sum();
        let width = s.width(&name.into(), NORMAL) + 6 + widths + 52;
        if left + width > s.size().0 {
            return;
        }
        s.text(name, (left, row), Anchor::Left, NORMAL, ink);
        let bar = left + s.width(&name.into(), NORMAL) + 6;
        colorbar::draw_slim(s, (bar, row), ends, color);
        left += width + 14;
    };
    let a = |share: f64| mix(theme.ground, theme.a, tint(share));
    entry("|a|", [0.into(), label(colors.largest).into()], &a, theme.a);
    entry("|δ|", of_signals(), &|at| colors.delta_at(at), theme.delta);
    entry("|dW|", of_signals(), &|at| theme.heat(at), theme.dw);
}

/// All layers: activations of the shown units, delta and dW, with a frame around those that have columns below.
pub fn draw_strip(
    view: &Network,
    passage: &Passage,
    layout: &Layout,
    strip: Rect,
    colors: &Colors,
    s: &Surface,
) {
    let Some(shown) = &view.scene.shown else {
        return;
    };
    let layers = LayerAxis {
        count: layout.layers,
    };
    // As high as there is room, in the same proportions.
    let height: i32 = STRIP.iter().sum();
    let part = |from: i32, to: i32| Rect {
        top: strip.top + from * strip.height() / height,
        bottom: strip.top + to * strip.height() / height - 1,
        ..strip
    };
    let [units, delta, _] = STRIP;
    let rows = [
        part(0, units),
        part(units, units + delta),
        part(units + delta, height),
    ];
    let most = (0..layout.layers)
        .map(|l| layout.count(l + 1))
        .min()
        .unwrap_or(1);
    s.heat_map(rows[0], (layout.layers, most), |layer, row| {
        let unit = most - 1 - row;
        colors
            .has_a(layer + 1)
            .then(|| colors.a(passage.a[place_of(passage, layer + 1, unit)]))
    });
    s.heat_map(rows[1], (layout.layers, 1), |layer, _| {
        let delta = passage.delta_rms[layer];
        colors.delta(delta).filter(|_| colors.has_gradient(layer))
    });
    s.heat_map(rows[2], (layout.layers, 1), |layer, _| {
        let dw = shown.layers.dw_rms[layer];
        colors.dw(dw).filter(|_| colors.has_gradient(layer))
    });
    if let Some(layer) = marked_column(colors).and_then(|column| column.checked_sub(1)) {
        let band = layers.bands(strip, layer..layer + 1);
        let frame = Rect {
            left: band.left - 1,
            right: band.right.max(band.left + 2) + 1,
            ..band
        };
        s.outline(frame, s.theme.ink, 1);
    }
    let theme = s.theme;
    for (row, (name, ink)) in
        rows.iter()
            .zip([("a", theme.a), ("δ", theme.delta), ("dW", theme.dw)])
    {
        let at = (strip.left - 5, (row.top + row.bottom) / 2);
        s.text_where_free(name, &[(at, Anchor::Right)], SMALL, ink);
    }
    let ends = Rect {
        bottom: strip.bottom - 2,
        ..strip
    };
    layers.draw_numbers(s, ends);
    if !layout.has_columns() {
        return;
    }
    let (first, last) = layout.columns;
    let frame = layers.bands(strip, first.max(1) - 1..last);
    let frame = Rect {
        left: frame.left - 1,
        right: frame.right + 1,
        top: frame.top - 2,
        bottom: frame.bottom + 1,
    };
    s.outline(frame, theme.ink, 1);
}
