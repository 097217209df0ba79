//! Draws the columns, what lies between them, the strip and the key.

use super::Network;
use super::layout::Layout;
use super::overview::{draw_strip, key};
use super::walk::{Stage, Walk};
use crate::plot::layer_axis::LayerAxis;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{NORMAL, SMALL, Theme, mix};
use gradient_flow::config::Clip;
use gradient_flow::observe::passage::Passage;
use gradient_flow::observe::snapshot::IMAGE;
use gradient_flow_words::{Value, message};
use plotters::prelude::*;

/// What is drawn, with the scales of its colours.
pub struct Colors<'a> {
    pub view: &'a Network,
    pub theme: Theme,
    /// The activation that has the full colour.
    pub largest: f64,
    /// How far a reader has walked.
    walk: Option<Walk>,
}

impl Colors<'_> {
    pub fn has_a(&self, column: usize) -> bool {
        self.walk.is_none_or(|walk| walk.has_a(column))
    }

    pub fn has_gradient(&self, layer: usize) -> bool {
        self.walk.is_none_or(|walk| walk.has_gradient(layer))
    }

    /// The colour of an activation, by its size.
    pub fn a(&self, a: f32) -> RGBColor {
        let share = f64::from(a).abs() / self.largest;
        mix(self.theme.ground, self.theme.a, tint(share))
    }

    /// The colour of delta, on the scale of the signals.
    pub fn delta(&self, delta: f32) -> Option<RGBColor> {
        (delta != 0.0 && delta.is_finite()).then(|| self.delta_at(self.position(delta)))
    }

    pub fn delta_at(&self, position: f64) -> RGBColor {
        mix(self.theme.ground, self.theme.delta, tint(position))
    }

    /// What the optimizer gets of an element of dW: in a walk, clipping changes it.
    fn clipped(&self, dw: f32) -> f32 {
        let scene = &self.view.scene;
        let Some(shown) = scene
            .shown
            .as_ref()
            .filter(|_| self.walk.is_some_and(|walk| walk.has_clipped()))
        else {
            return dw;
        };
        match scene.config.clip {
            Clip::None => dw,
            Clip::Norm => dw * shown.clip_coefficient as f32,
            Clip::Value => {
                let at = scene.config.clip_at as f32;
                dw.clamp(-at, at)
            }
        }
    }

    /// The colour of dW, on the scale of the signals.
    pub fn dw(&self, dw: f32) -> Option<RGBColor> {
        (dw != 0.0 && dw.is_finite()).then(|| self.theme.heat(self.position(dw)))
    }

    fn position(&self, x: f32) -> f64 {
        self.view
            .scene
            .signal_range
            .clamped_position(f64::from(x).abs())
    }
}

/// The smallest share is a tint, not nothing. NaN is a full one.
pub fn tint(share: f64) -> f64 {
    0.08 + 0.92 * share.min(1.0)
}

/// The full scale of activations: a round number that the largest one of the hidden layers does not exceed, at least 1.
/// Features and outputs beyond it have its colour.
fn full_scale(passage: &Passage) -> f64 {
    let hidden = place_of(passage, 1, 0)..place_of(passage, passage.counts.len() - 1, 0);
    let largest = passage.a[hidden].iter().fold(1.0, |largest: f64, a| {
        let size = f64::from(*a).abs();
        if size.is_finite() {
            largest.max(size)
        } else {
            largest
        }
    });
    let decade = libm::exp10(libm::log10(largest).floor());
    let round = [1.0, 2.0, 5.0].into_iter().find(|r| r * decade >= largest);
    round.unwrap_or(10.0) * decade
}

/// Draws the view.
pub fn draw(view: &Network, passage: &Passage, layout: &Layout, s: &Surface) {
    let colors = Colors {
        view,
        theme: s.theme,
        largest: full_scale(passage),
        walk: view.walk(),
    };
    key(&colors, s);
    if let Some(strip) = layout.strip {
        draw_strip(view, passage, layout, strip, &colors, s);
    }
    if !layout.has_columns() {
        return;
    }
    let (first, last) = layout.columns;
    mark_layer(&colors, layout, s);
    for column in first..last {
        draw_weights(passage, layout, column, &colors, s);
    }
    if first == 0 && !passage.image.is_empty() {
        draw_image(passage, layout, s);
    }
    for column in first..=last {
        draw_cells(passage, layout, column, &colors, s);
    }
    if last == layout.layers && colors.has_a(last) {
        name_outputs(view, passage, layout, s);
    }
    draw_ticks(layout, s);
}

/// The column that the walk is at; without a walk that of the selected layer.
pub fn marked_column(colors: &Colors) -> Option<usize> {
    match colors.walk.map(|walk| walk.stage) {
        None => colors.view.scene.selected.map(|layer| layer + 1),
        Some(Stage::Input) => Some(0),
        Some(Stage::Loss) => Some(colors.view.scene.layer_count()),
        Some(stage) => stage.layer().map(|layer| layer + 1),
    }
}

/// The band of that column.
fn mark_layer(colors: &Colors, layout: &Layout, s: &Surface) {
    let Some(column) = marked_column(colors) else {
        return;
    };
    if (layout.columns.0..=layout.columns.1).contains(&column) {
        let x = layout.x(column);
        let band = Rect {
            left: x - layout.cell / 2 - 6,
            right: x + layout.cell / 2 + 7,
            top: layout.plot.top - 3,
            bottom: layout.plot.bottom + 3,
        };
        s.fill_rect(band, s.theme.grid.mix(0.7));
    }
}

/// A line between two shown units: how strong it is, its ends and its colour.
type Line = (f64, (i32, i32), (i32, i32), RGBColor);

/// The weights from the shown units of a column to those of the next, in the colour of their gradient where it is known,
/// and over them the signal that passes them now.
fn draw_weights(passage: &Passage, layout: &Layout, column: usize, colors: &Colors, s: &Surface) {
    let outputs = layout.count(column + 1);
    let half = layout.cell / 2;
    let ends = |place: usize| {
        let (from, to) = (place / outputs, place % outputs);
        let start = (layout.x(column) + half, layout.y(column, from));
        let end = (layout.x(column + 1) - half, layout.y(column + 1, to));
        (start, end)
    };
    let passed = colors.walk.and_then(|walk| walk.passed());
    let signal = passed.filter(|(passed, _)| *passed == column);
    let is_known = colors.has_gradient(column) && signal.is_none();
    let mut lines: Vec<Line> = Vec::new();
    for (place, dw) in pieces(passage, column, &passage.dw).iter().enumerate() {
        let (start, end) = ends(place);
        let dw = colors.clipped(*dw);
        if !is_known {
            s.line(vec![start, end], s.theme.grid, 1);
        } else if let Some(color) = colors.dw(dw) {
            lines.push((colors.position(dw), start, end, color));
        }
    }
    // The strongest stand above the others.
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (position, start, end, color) in lines {
        s.line(vec![start, end], color, if position > 0.75 { 2 } else { 1 });
    }
    if let Some((_, is_back)) = signal {
        draw_signal(passage, column, colors, s, is_back, &ends);
    }
}

/// What a signal takes along each line, from the units where it starts towards those where it arrives: a W forward, delta W
/// back.
fn draw_signal(
    passage: &Passage,
    column: usize,
    colors: &Colors,
    s: &Surface,
    is_back: bool,
    ends: &dyn Fn(usize) -> ((i32, i32), (i32, i32)),
) {
    let weights = pieces(passage, column, &passage.w);
    let outputs = passage.counts[column + 1] as usize;
    let carried = |place: usize| {
        let signal = if is_back {
            passage.delta[place_in_layers(passage, column + 1, place % outputs)]
        } else {
            passage.a[place_of(passage, column, place / outputs)]
        };
        (f64::from(signal) * f64::from(weights[place])).abs()
    };
    let largest = (0..weights.len()).map(carried).fold(0.0, f64::max);
    let progress = colors
        .walk
        .map_or(1.0, |walk| walk.progress.clamp(0.0, 1.0));
    let ink = if is_back { s.theme.delta } else { s.theme.a };
    let mut lines: Vec<Line> = Vec::new();
    for place in 0..weights.len() {
        let share = carried(place) / largest;
        // A signal of 0, or one that is not finite, is not drawn.
        if share > 0.02 && share.is_finite() {
            let (start, end) = ends(place);
            let (from, to) = if is_back { (end, start) } else { (start, end) };
            let toward =
                |from: i32, to: i32| from + (progress * f64::from(to - from)).round() as i32;
            let reached = (toward(from.0, to.0), toward(from.1, to.1));
            lines.push((share, from, reached, mix(s.theme.ground, ink, tint(share))));
        }
    }
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (share, from, to, color) in lines {
        s.line(vec![from, to], color, if share > 0.5 { 3 } else { 2 });
    }
}

/// The part of `values` that belongs to the weights from a column to the next.
pub fn pieces<'a>(passage: &Passage, column: usize, values: &'a [f32]) -> &'a [f32] {
    let counts: Vec<usize> = passage.counts.iter().map(|count| *count as usize).collect();
    let length = |column: usize| counts[column] * counts[column + 1];
    let start: usize = (0..column).map(length).sum();
    &values[start..start + length(column)]
}

/// The place of a shown unit among those of all columns.
pub fn place_of(passage: &Passage, column: usize, unit: usize) -> usize {
    let before: f32 = passage.counts[..column].iter().sum();
    before as usize + unit
}

/// Its place where column 0 has no entries.
pub fn place_in_layers(passage: &Passage, column: usize, unit: usize) -> usize {
    place_of(passage, column, unit) - passage.counts[0] as usize
}

/// The cells of a column: above the activation, below delta.
fn draw_cells(passage: &Passage, layout: &Layout, column: usize, colors: &Colors, s: &Surface) {
    for unit in 0..layout.count(column) {
        let cell = layout.cell_of(column, unit);
        let a = passage.a[place_of(passage, column, unit)];
        let split = cell.bottom - (cell.height() * 2 / 5).max(1);
        let upper = Rect {
            bottom: if column > 0 { split } else { cell.bottom },
            ..cell
        };
        s.fill_rect(cell, s.theme.ground);
        if !colors.has_a(column) {
            s.outline(cell, s.theme.grid, 1);
            continue;
        }
        s.fill_rect(upper, colors.a(a));
        if column > 0 && colors.has_gradient(column - 1) {
            let delta = passage.delta[place_in_layers(passage, column, unit)];
            let lower = Rect { top: split, ..cell };
            if let Some(color) = colors.delta(delta) {
                s.fill_rect(lower, color);
            }
        }
        if a < 0.0 && upper.height() >= 5 {
            let middle = (upper.top + upper.bottom) / 2;
            let dash = Rect {
                left: cell.left + cell.width() / 4,
                right: cell.right - cell.width() / 4,
                top: middle,
                bottom: middle + 1,
            };
            s.fill_rect(dash, s.theme.ink);
        }
        s.outline(cell, s.theme.muted, 1);
    }
}

/// The sample as an image, in grey.
fn draw_image(passage: &Passage, layout: &Layout, s: &Surface) {
    let area = layout.image();
    let extent = |pick: fn(f32, f32) -> f32| passage.image.iter().copied().reduce(pick);
    let (low, high) = (
        extent(f32::min).unwrap_or(0.0),
        extent(f32::max).unwrap_or(1.0),
    );
    let span = f64::from(high - low).max(f64::MIN_POSITIVE);
    s.heat_map(area, (IMAGE, IMAGE), |column, row| {
        let pixel = passage.image[(IMAGE - 1 - row) * IMAGE + column];
        Some(s.theme.grey(f64::from(pixel - low) / span))
    });
    s.outline(area, s.theme.grid, 1);
}

/// The names of the classes, with the answer and the truth marked.
fn name_outputs(view: &Network, passage: &Passage, layout: &Layout, s: &Surface) {
    let classes = view
        .scene
        .shown
        .as_ref()
        .map_or(&[][..], |shown| &shown.classes);
    let column = layout.layers;
    if classes.len() != layout.count(column) {
        return;
    }
    let [label, answer] = [passage.about[2], passage.about[3]].map(|class| class as usize);
    for (unit, class) in classes.iter().enumerate() {
        let cell = layout.cell_of(column, unit);
        let room = s.size().0 - cell.right - 8;
        let mut text = class.clone();
        if unit == label {
            text += " ✓";
        } else if unit == answer {
            text += " ✗";
        }
        while s.width(&text.clone().into(), SMALL) > room && text.pop().is_some() {}
        let color = if unit == label || unit == answer {
            s.theme.ink
        } else {
            s.theme.muted
        };
        let at = (cell.right + 6, (cell.top + cell.bottom) / 2);
        s.text_where_free(text, &[(at, Anchor::Left)], SMALL, color);
    }
}

/// The numbers of the layers below their columns, and which way things flow.
fn draw_ticks(layout: &Layout, s: &Surface) {
    let layers = LayerAxis {
        count: layout.layers,
    };
    let (first, last) = layout.columns;
    for column in first..=last {
        let text: Value = match column.checked_sub(1) {
            None => message!("network-tick-input").into(),
            Some(layer) => layers.tick(layer),
        };
        let at = (layout.x(column), layout.plot.bottom + 4);
        s.text_where_free(text, &[(at, Anchor::Top)], SMALL, s.theme.muted);
    }
    let middle = (
        (layout.x(first) + layout.x(last)) / 2,
        layout.plot.bottom + 19,
    );
    let places = [(middle, Anchor::Top)];
    let flow = message!("network-flow");
    if s.width(&flow.clone().into(), NORMAL) < s.size().0 {
        s.text_where_free(flow, &places, NORMAL, s.theme.muted);
    }
}
