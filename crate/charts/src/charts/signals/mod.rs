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
use crate::scene::guess::Guess;
use crate::scene::log_range::{LogRange, on_log_axis};
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

/// Where one draws a guess in a chart of this size: the plot, and the range of its axis.
pub fn guess_area(scene: &Scene, size: (i32, i32)) -> (Rect, LogRange) {
    (plots(size).0, scene.signal_axis())
}

/// The names of the lines: the guess, a, dW, δ, theory, dW at step 0, the pinned run's dW.
fn names(width: i32) -> [Value; 7] {
    let theory = message!("chart-signals-line-theory").into();
    let guess = message!("lesson-guess-line").into();
    if width < WIDE {
        return [
            guess,
            "a".into(),
            "dW".into(),
            "δ".into(),
            theory,
            message!("chart-signals-line-start").into(),
            message!("chart-line-pinned").into(),
        ];
    }
    [
        guess,
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
    log_axis::draw(s, plot, scene.signal_axis());
    axis_title(s, plot, "RMS");
    if cells.is_none() {
        layers.draw_below(s, plot);
    }
    annotations::nonfinite_layers(scene, s, plot);
    let theme = s.theme;
    zeros(scene, s, plot, &snapshot.layers.dw_rms);
    zones::draw_names(scene, s, plot);

    let moving = moving_signals(scene, snapshot);
    let initial: &[f32] = if snapshot.step > 0 {
        &scene.initial.dw_rms
    } else {
        &[]
    };
    let pinned: &[f32] = scene.pinned_snapshot().map_or(&[], |p| &p.layers.dw_rms);
    let guess = scene.guess.as_ref().map_or(Vec::new(), Guess::dw_rms);
    let guess = segments(scene, plot, &guess);
    let signal = |values: &[f32]| revealed(scene, plot, segments(scene, plot, values));
    let [dw, delta, a] = [0, 1, 2].map(|line| signal(&moving[line]));
    let (initial, pinned) = (signal(initial), signal(pinned));
    let theory = [&scene.theory.delta_rms, &scene.theory.a_rms].map(|values| signal(values));

    // The faint line's label is darker than the line, to be legible.
    let faint = mix(theme.dw, theme.ink, 0.3);
    let ends = [
        (&guess, theme.guess),
        (&a, theme.a),
        (&dw, theme.dw),
        (&delta, theme.delta),
        (&theory[0], theme.muted),
        (&initial, faint),
        (&pinned, theme.ink),
    ];
    let labels = names(s.size().0).into_iter().zip(ends);
    let labels = labels.map(|(text, (line, color))| LineLabel {
        text,
        color,
        end: line.last().and_then(|points| Some(points.last()?.1)),
    });
    let labels = labels.collect();

    for (line, color) in theory.iter().zip([theme.delta, theme.a]) {
        for points in line {
            s.dashed_line(points, color.mix(0.8));
        }
    }
    for points in &pinned {
        s.dotted_line(points, theme.ink);
    }
    // (Line, colour, stroke, largest marker). The most important one is drawn last.
    let pitch = plot.width() / layers.count.max(1) as i32;
    for (line, color, stroke, marker) in [
        (initial, theme.dw.mix(0.4), 2, 0),
        (a, theme.a.to_rgba(), 1, 2),
        (delta, theme.delta.to_rgba(), 1, 2),
        (dw, theme.dw.to_rgba(), 3, 4),
    ] {
        layer_profile::draw(s, line, pitch, (color, stroke, marker));
    }
    for points in &guess {
        s.dashes(points, theme.guess.to_rgba(), 3);
    }
    line_labels::draw(s, plot, labels);
    if let Some(cells) = cells {
        strip::draw(scene, s, (plot, cells), &moving[0])
    }
}

/// The points of a signal. A pinned run may have another number of layers.
fn segments(scene: &Scene, plot: Rect, values: &[f32]) -> Vec<Vec<(i32, i32)>> {
    let layers = LayerAxis {
        count: values.len(),
    };
    layer_profile::segments(plot, layers, scene.signal_axis(), values)
}

/// What is not hidden of a line, beside a guess: what lies right of a place that moves to the left.
fn revealed(scene: &Scene, plot: Rect, mut line: Vec<Vec<(i32, i32)>>) -> Vec<Vec<(i32, i32)>> {
    if scene.is_hidden() {
        let left = plot.x(scene.hidden_part());
        for points in &mut line {
            let hidden = points.iter().filter(|at| at.0 <= left).count();
            // A line that is cut begins between two layers.
            if let (Some(from), Some(to)) = (points[..hidden].last(), points.get(hidden)) {
                let row = from.1 + (to.1 - from.1) * (left - from.0) / (to.0 - from.0);
                points[hidden - 1] = (left, row);
                points.drain(..hidden - 1);
            } else {
                points.drain(..hidden);
            }
        }
        line.retain(|points| !points.is_empty());
    }
    line
}

/// Layers whose dW is exactly zero have a bar at the very bottom, which tells them from very small ones.
fn zeros(scene: &Scene, s: &Surface, plot: Rect, dw: &[f32]) {
    let count = scene.layer_count() as f64;
    let hidden = scene.hidden_layers();
    let is_zero = |(layer, value): (usize, &f32)| *value == 0.0 && layer >= hidden;
    for run in runs(dw.iter().enumerate().map(is_zero)) {
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
    let layer = layer_at(scene, size, at).filter(|layer| *layer >= scene.hidden_layers())?;
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
    let guess = scene.guess.as_ref().map_or(Vec::new(), Guess::dw_rms);
    if !guess.is_empty() {
        table.columns.push(message!("lesson-guess-column").into());
    }
    if let Some(snapshot) = &scene.shown {
        let layers = LayerAxis::for_scene(scene);
        let [dw, delta, a] = signals(snapshot);
        for layer in 0..snapshot.layer_count() {
            let columns = [
                dw,
                delta,
                a,
                &scene.initial.dw_rms,
                &scene.theory.delta_rms,
                &scene.theory.a_rms,
            ];
            let is_hidden = layer < scene.hidden_layers();
            let mut row = vec![layers.cell(layer)];
            row.extend(
                columns.map(|values| layer_value(if is_hidden { &[] } else { values }, layer)),
            );
            if !guess.is_empty() {
                row.push(layer_value(&guess, layer));
            }
            table.rows.push(row);
        }
    }
    table
}

#[cfg(test)]
mod tests;
