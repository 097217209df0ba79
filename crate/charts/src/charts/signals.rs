//! `signals`, the main chart: dW, δ and a per layer, on one fixed logarithmic axis.

use crate::charts::Need;
use crate::plot::annotations;
use crate::plot::layer_axis::{LayerAxis, runs};
use crate::plot::layer_profile;
use crate::plot::layout::{axis_title, plot_area};
use crate::plot::line_labels::{self, LineLabel};
use crate::plot::log_axis::{self, rows_between_lines};
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use crate::scene::log_range::on_log_axis;
use crate::text::{Table, layer_value};
use gradient_flow::Snapshot;
use gradient_flow::config::Norm;
use gradient_flow::numeric::format::{factor_label, label};
use gradient_flow_words::{Message, Value, message};
use plotters::prelude::*;

/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = true;

/// Below this, a weight near 1 no longer changes in float32, whose epsilon is 1.2e-7.
const VANISHING: f64 = 1e-7;
/// Above this, a step at any usual learning rate throws the weights far away.
const EXPLODING: f64 = 1e2;

/// The limits of float32: its largest, its smallest normal and its smallest subnormal number.
fn limits() -> [(f64, Message); 3] {
    [
        (3.4e38, message!("chart-signals-overflows")),
        (1.2e-38, message!("chart-signals-loses-digits")),
        (1.4e-45, message!("chart-signals-underflows")),
    ]
}

/// The width from which on there is room for the lines' names in whole words.
const WIDE: i32 = 560;

fn plot(size: (i32, i32)) -> Rect {
    let right = match size.0 {
        WIDE.. => line_labels::WIDE,
        481.. => line_labels::WIDTH,
        _ => 14,
    };
    plot_area(size, right)
}

/// The names of the lines: dW, δ, a, dW at step 0, the pinned run's dW.
fn names(width: i32) -> [Value; 5] {
    if width < WIDE {
        return [
            "dW".into(),
            "δ".into(),
            "a".into(),
            message!("chart-signals-line-start").into(),
            message!("chart-line-pinned").into(),
        ];
    }
    [
        message!("chart-signals-line-dw").into(),
        message!("chart-signals-line-delta").into(),
        message!("chart-signals-line-a").into(),
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
    let plot = plot(s.size());
    let Some(snapshot) = &scene.shown else {
        return;
    };
    let layers = LayerAxis::for_scene(scene);
    zones(scene, s, plot);
    annotations::selected_layer(scene, s, plot);
    log_axis::draw(s, plot, scene.signal_range);
    axis_title(s, plot, "RMS");
    layers.draw_below(s, plot);
    annotations::nonfinite_layers(scene, s, plot);
    let theme = s.theme;
    zeros(scene, s, plot, &snapshot.layers.dw_rms);
    zone_names(scene, s, plot);

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
    // The faint line's label is stronger than the line, to be legible.
    let ends = [
        (dw, theme.dw.to_rgba()),
        (delta, theme.delta.to_rgba()),
        (a, theme.a.to_rgba()),
        (initial, theme.dw.mix(0.75)),
        (pinned, theme.ink.to_rgba()),
    ];
    let labels = names(s.size().0).into_iter().zip(ends);
    let labels = labels.map(|(text, (values, color))| LineLabel {
        text,
        color,
        end: end(values),
    });
    line_labels::draw(s, plot, labels.collect())
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

/// Tinted zones, behind everything else.
fn zones(scene: &Scene, s: &Surface, plot: Rect) {
    let theme = s.theme;
    let y = |value: f64| plot.y(scene.signal_range.position(value));
    let vanishing = Rect {
        top: y(VANISHING),
        ..plot
    };
    let exploding = Rect {
        bottom: y(EXPLODING),
        ..plot
    };
    s.fill_rect(vanishing, theme.delta.mix(0.07));
    s.fill_rect(exploding, theme.dw.mix(0.07));
}

/// The names of the zones, and the limits of float32.
fn zone_names(scene: &Scene, s: &Surface, plot: Rect) {
    let (theme, range) = (s.theme, scene.signal_range);
    let (left, right) = (plot.left + 6, plot.right - 6);
    let strip = if scene.nonfinite_layers.is_empty() {
        0
    } else {
        annotations::STRIP
    };
    for (limit, name) in limits() {
        if !(0.0..1.0).contains(&range.position(limit)) {
            continue;
        }
        let row = plot.y(range.position(limit));
        let line = vec![(plot.left, row), (plot.right, row)];
        s.line(line, theme.muted.mix(0.8), 1);
        let places = if limit > 1.0 {
            let below = row + strip + 10;
            [
                ((left, below), Anchor::Left),
                ((right, below), Anchor::Right),
                ((left, below + SMALL + 4), Anchor::Left),
            ]
        } else {
            [
                ((right, row - 9), Anchor::Right),
                ((left, row - 9), Anchor::Left),
                ((left, row + 9), Anchor::Left),
            ]
        };
        s.text_where_free(name, &places, SMALL, theme.muted);
    }
    // A vanishing gradient is large at the right and an exploding one at the left. Each name stands where its own
    // problem leaves the plot empty, and clear of float32's limits.
    let value = |exponent: i32| libm::exp10(f64::from(exponent));
    let mut rows = rows_between_lines(plot, range, value(range.low), VANISHING);
    let mut anchor = Anchor::Right;
    if range.low <= -37 {
        rows.reverse();
        anchor = Anchor::Left;
    }
    let x = if range.low <= -37 { left } else { right };
    let places: Vec<_> = rows.iter().map(|row| ((x, *row), anchor)).collect();
    let name = message!("chart-signals-vanishing");
    s.text_where_free(name, &places, SMALL, theme.muted);

    let rows = rows_between_lines(plot, range, EXPLODING, value(range.high));
    let places: Vec<_> = rows
        .iter()
        .map(|row| ((right, *row), Anchor::Right))
        .collect();
    let name = message!("chart-signals-exploding");
    s.text_where_free(name, &places, SMALL, theme.muted);
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

/// The layer under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    LayerAxis::for_scene(scene).layer_under(plot(size), at)
}

/// What theory predicts for step 0, beside what was measured. Where it predicts nothing, the note says why.
pub fn note(scene: &Scene) -> Vec<Message> {
    let Some(shown) = &scene.shown else {
        return Vec::new();
    };
    let depth = shown.layer_count().saturating_sub(1);
    let factor = |signal: &[f32]| factor_per_layer(signal, depth).map(factor_label);
    let residual = scene.config.residual;
    let theory = factor(&scene.theory.delta_rms).filter(|_| !residual);
    let measured = factor(&scene.initial.delta_rms);
    let mut note = Vec::new();
    if residual {
        note.push(message!("chart-signals-no-theory-residual"));
    } else if theory.is_none() && scene.depth_limit.is_none() {
        note.push(message!("chart-signals-no-theory-zeros"));
    }
    let has_theory = theory.is_some();
    note.extend(match (theory, measured) {
        (Some(factor), Some(measured)) => Some(message!(
            "chart-signals-theory",
            factor = factor,
            measured = measured
        )),
        (Some(factor), None) => Some(message!("chart-signals-theory-alone", factor = factor)),
        (None, Some(measured)) => Some(message!("chart-signals-measured", measured = measured)),
        (None, None) => None,
    });
    if has_theory && scene.config.norm == Norm::Batch {
        note.push(message!("chart-signals-theory-batch"));
    }
    if scene.pinned_snapshot().is_some() {
        note.push(message!("chart-pinned-dw"));
    }
    note
}

/// The limit of mean-field theory: the variance and the factor that the layers approach with depth.
pub fn details(scene: &Scene) -> Vec<Message> {
    let Some(limit) = scene.depth_limit else {
        return Vec::new();
    };
    let chi = label(limit.chi);
    vec![match limit.q {
        Some(q) => message!("chart-signals-limit", q = label(q), chi = chi),
        None => message!("chart-signals-limit-chi", chi = chi),
    }]
}

/// The mean factor of a signal per layer, from the last hidden layer down to the first, or to the last
/// one that float32 can hold.
fn factor_per_layer(signal: &[f32], depth: usize) -> Option<f64> {
    let last = depth.checked_sub(1).filter(|last| *last < signal.len())?;
    let is_exact = |value: f32| value.is_finite() && value > f32::MIN_POSITIVE;
    let first = (0..last)
        .rev()
        .take_while(|l| is_exact(signal[*l]))
        .last()?;
    let layers = last - first;
    let ratio = f64::from(signal[first]) / f64::from(signal[last]);
    (layers > 1 && is_exact(signal[last])).then(|| libm::pow(ratio, 1.0 / layers as f64))
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
