//! `signals`, the main chart: dW, δ and a per layer, on one fixed logarithmic axis.

mod strip;
mod theory;
mod zones;

pub use theory::{details, note};

use crate::charts::Need;
use crate::plot::annotations;
use crate::plot::layer_axis::{LayerAxis, runs};
use crate::plot::layer_profile;
use crate::plot::layout::{axis_title, plot_area};
use crate::plot::line_labels::{self, LineLabel};
use crate::plot::log_axis;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{SMALL, mix};
use crate::scene::Scene;
use crate::scene::log_range::on_log_axis;
use crate::text::{Table, layer_value};
use gradient_flow::Snapshot;
use gradient_flow_words::{Message, Value, message};
use plotters::prelude::*;

/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[Need::Predictions];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = true;

/// The width from which on there is room for the lines' names in whole words.
const WIDE: i32 = 560;

/// The plot, and the cells of the network's strip if there is room for it.
fn plots(size: (i32, i32)) -> (Rect, Option<Rect>) {
    let right = match size.0 {
        WIDE.. => line_labels::WIDE,
        420.. => line_labels::WIDTH,
        _ => 14,
    };
    let plot = plot_area(size, right);
    match strip::split(size, plot) {
        Some((plot, cells)) => (plot, Some(cells)),
        None => (plot, None),
    }
}

/// Where the cells of the network's strip lie in a chart of this size, if it has one.
pub fn strip_area(size: (i32, i32)) -> Option<Rect> {
    plots(size).1
}

/// The names of the lines: a, dW, δ, theory, dW at step 0, the pinned run's dW.
fn names(width: i32) -> [Value; 6] {
    let theory = message!("chart-signals-line-theory").into();
    if width < WIDE {
        return [
            "a".into(),
            "dW".into(),
            "δ".into(),
            theory,
            message!("chart-signals-line-start").into(),
            message!("chart-line-pinned").into(),
        ];
    }
    [
        message!("chart-signals-line-a").into(),
        message!("chart-signals-line-dw").into(),
        message!("chart-signals-line-delta").into(),
        theory,
        message!("chart-signals-line-start-dw").into(),
        message!("chart-signals-line-pinned-dw").into(),
    ]
}

/// The signals' RMS per layer: dW, δ and a.
fn signals(snapshot: &Snapshot) -> [&[f32]; 3] {
    let layers = &snapshot.layers;
    [&layers.dw_rms, &layers.delta_rms, &layers.a_rms]
}

/// The signals to draw: those of the snapshot, or on the way to them from what was last seen of the kept run. Layers
/// that have no place on the axis in one of the two do not move.
fn moving_signals(scene: &Scene, snapshot: &Snapshot) -> [Vec<f32>; 3] {
    let mut moving = signals(snapshot).map(<[f32]>::to_vec);
    let left = scene.morph_left;
    let kept = scene
        .pinned
        .as_ref()
        .and_then(|pinned| pinned.shown.as_ref());
    let Some(kept) = kept.filter(|kept| left > 0.0 && kept.layer_count() == snapshot.layer_count())
    else {
        return moving;
    };
    for (values, from) in moving.iter_mut().zip(signals(kept)) {
        for (value, from) in values.iter_mut().zip(from) {
            if on_log_axis(*value) && on_log_axis(*from) {
                let [to, from] = [*value, *from].map(|value| libm::log10(value.into()));
                *value = libm::exp10(to + left * (from - to)) as f32;
            }
        }
    }
    moving
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let (plot, cells) = plots(s.size());
    let Some(snapshot) = &scene.shown else {
        return;
    };
    let layers = LayerAxis::for_scene(scene);
    zones::draw(scene, s, plot);
    annotations::selected_layer(scene, s, plot);
    log_axis::draw(s, plot, scene.signal_range);
    axis_title(s, plot, "RMS");
    if cells.is_none() {
        layers.draw_below(s, plot);
    }
    annotations::nonfinite_layers(scene, s, plot);
    let theme = s.theme;
    zeros(scene, s, plot, &snapshot.layers.dw_rms);
    zones::draw_names(scene, s, plot);

    let moving = moving_signals(scene, snapshot);
    let [dw, delta, a] = [0, 1, 2].map(|signal| moving[signal].as_slice());
    let initial: &[f32] = if snapshot.step > 0 {
        &scene.initial.dw_rms
    } else {
        &[]
    };
    for (values, color) in [
        (&scene.theory.delta_rms, theme.delta),
        (&scene.theory.a_rms, theme.a),
    ] {
        for points in segments(scene, plot, values) {
            s.dashed_line(&points, color.mix(0.8));
        }
    }
    let pinned: &[f32] = scene.pinned_snapshot().map_or(&[], |p| &p.layers.dw_rms);
    for points in segments(scene, plot, pinned) {
        s.dotted_line(&points, theme.ink);
    }
    // (RMS per layer, colour, stroke, largest marker). The most important one is first, so it is drawn last.
    let lines = [
        (dw, theme.dw.to_rgba(), 3, 4),
        (delta, theme.delta.to_rgba(), 1, 2),
        (a, theme.a.to_rgba(), 1, 2),
        (initial, theme.dw.mix(0.4), 2, 0),
    ];
    let pitch = plot.width() / layers.count.max(1) as i32;
    for (values, color, stroke, marker) in lines.iter().rev() {
        let style = (*color, *stroke, *marker);
        layer_profile::draw(s, segments(scene, plot, values), pitch, style);
    }

    let end = |values: &[f32]| {
        let last = values.iter().rev().find(|value| on_log_axis(**value));
        last.map(|value| plot.y(scene.signal_range.clamped_position(f64::from(*value))))
    };
    // The faint line's label is darker than the line, to be legible.
    let faint = mix(theme.dw, theme.ink, 0.3);
    let ends = [
        (a, theme.a),
        (dw, theme.dw),
        (delta, theme.delta),
        (&scene.theory.delta_rms, theme.muted),
        (initial, faint),
        (pinned, theme.ink),
    ];
    let labels = names(s.size().0).into_iter().zip(ends);
    let labels = labels.map(|(text, (values, color))| LineLabel {
        text,
        color,
        end: end(values),
    });
    line_labels::draw(s, plot, labels.collect());
    if let Some(cells) = cells {
        strip::draw(scene, s, (plot, cells), dw)
    }
}

/// The points of a signal. A pinned run may have another number of layers.
fn segments(scene: &Scene, plot: Rect, values: &[f32]) -> Vec<Vec<(i32, i32)>> {
    let layers = LayerAxis {
        count: values.len(),
    };
    layer_profile::segments(plot, layers, scene.signal_range, values)
}

/// Layers whose dW is exactly zero have a bar at the very bottom, which tells them from very small ones.
fn zeros(scene: &Scene, s: &Surface, plot: Rect, dw: &[f32]) {
    let count = scene.layer_count() as f64;
    for run in runs(dw.iter().map(|value| *value == 0.0)) {
        let bar = Rect {
            left: plot.x((run.start as f64 + 0.2) / count),
            right: plot.x((run.end as f64 - 0.2) / count),
            top: plot.bottom - 4,
            bottom: plot.bottom,
        };
        s.fill_rect(bar, s.theme.dw);
        let mut text = Value::from(message!("chart-signals-exactly-zero"));
        if s.width(&text, SMALL) > bar.width() {
            text = 0.into();
        }
        let at = ((bar.left + bar.right) / 2, bar.top - 14);
        s.text_where_free(text, &[(at, Anchor::Top)], SMALL, s.theme.dw);
    }
}

/// The values of the layer under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
    let layer = layer_at(scene, size, at)?;
    let snapshot = scene.shown.as_ref()?;
    let name = LayerAxis::for_scene(scene).name(layer);
    let [dw, delta, a] = signals(snapshot).map(|values| layer_value(values, layer));
    Some(if scene.nonfinite_layers.contains(&layer) {
        message!(
            "chart-signals-readout-overflow",
            layer = name,
            dw = dw,
            delta = delta,
            a = a
        )
    } else {
        message!(
            "chart-signals-readout",
            layer = name,
            dw = dw,
            delta = delta,
            a = a
        )
    })
}

/// The layer under a point of the plot or of the strip.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    let (plot, cells) = plots(size);
    let layers = LayerAxis::for_scene(scene);
    let cells = cells.unwrap_or(plot);
    (layers.layer_under(plot, at)).or_else(|| layers.layer_under(cells, at))
}

/// All layers in numbers.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new([
        message!("chart-column-layer"),
        message!("chart-signals-column-dw"),
        message!("chart-signals-column-delta"),
        message!("chart-signals-column-a"),
        message!("chart-signals-column-dw-start"),
        message!("chart-signals-column-delta-theory"),
        message!("chart-signals-column-a-theory"),
    ]);
    if let Some(snapshot) = &scene.shown {
        let layers = LayerAxis::for_scene(scene);
        for layer in 0..snapshot.layer_count() {
            let [dw, delta, a] = signals(snapshot).map(|values| layer_value(values, layer));
            table.rows.push(vec![
                layers.cell(layer),
                dw,
                delta,
                a,
                layer_value(&scene.initial.dw_rms, layer),
                layer_value(&scene.theory.delta_rms, layer),
                layer_value(&scene.theory.a_rms, layer),
            ]);
        }
    }
    table
}
