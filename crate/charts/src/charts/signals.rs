//! `signals`, the hero: dW, delta and a per layer, on one fixed axis of powers of ten.

use crate::Table;
use crate::plot::annotations::{self, runs};
use crate::plot::axis::{Layers, factor as times, frame, layers_below, number, powers, unit};
use crate::plot::line_labels::{self, Name};
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use gradient_flow::Snapshot;
use gradient_flow::config::Norm;
use plotters::prelude::*;

/// What is seen, in words.
pub const TITLE: &str = "Gradient and signals in every layer";
/// What am I looking at, in two sentences.
pub const HELP: &str = "For each layer the RMS of dW (the gradient of its weights), of delta (the backward signal) and of a \
     (the forward signal), in powers of ten; the faint line is dW at step 0, the dashed ones are what theory \
     predicts for the start of a very wide network. If dW or delta falls towards layer 1 the gradient \
     vanishes, if it rises it explodes, and if it is level every layer learns.";

/// Below this, a weight near 1 no longer changes in float32 (its epsilon is 1.2e-7).
const VANISHING: f64 = 1e-7;
/// Above this, a step at any usual rate throws the weights far.
const EXPLODING: f64 = 1e2;
/// The limits of float32: its largest number, its smallest normal and its smallest at all.
const LIMITS: [(f64, &str); 3] = [
    (3.4e38, "float32 overflows to ∞"),
    (1.2e-38, "float32 loses digits"),
    (1.4e-45, "float32 underflows to 0"),
];

/// Where the layers and the powers of ten lie.
fn plot(size: (i32, i32)) -> Rect {
    frame(
        size,
        if size.0 > 480 {
            line_labels::COLUMN + 8
        } else {
            14
        },
    )
}

/// The signals' names and their RMS per layer, dW first.
fn signals(snapshot: &Snapshot) -> [(&'static str, &[f32]); 3] {
    let layers = &snapshot.layers;
    [
        ("dW", &layers.dw_rms),
        ("delta", &layers.delta_rms),
        ("a", &layers.a_rms),
    ]
}

/// Zero and what is not finite have no place on a logarithmic axis.
fn on_axis(value: f32) -> bool {
    value.is_finite() && value > 0.0
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let plot = plot(s.size());
    let Some(snapshot) = &scene.shown else {
        return;
    };
    let layers = scene.layers();
    zones(scene, s, plot);
    annotations::selected_layer(scene, s, plot);
    powers(s, plot, scene.window);
    unit(s, plot, "RMS");
    layers_below(s, plot, layers);
    annotations::broken_layers(scene, s, plot);

    let theme = s.theme;
    let [dw, delta, a] = signals(snapshot).map(|(_, values)| values);
    let start: &[f32] = if snapshot.step > 0 {
        &scene.start.dw_rms
    } else {
        &[]
    };
    // (name, RMS per layer, colour, stroke, largest marker), the most important one first.
    let lines = [
        ("dW", dw, theme.dw.to_rgba(), 3, 4),
        ("delta", delta, theme.delta.to_rgba(), 1, 2),
        ("a", a, theme.a.to_rgba(), 1, 2),
        ("step 0", start, theme.dw.mix(0.4), 2, 0),
    ];
    for (values, color) in [
        (&scene.theory.delta_rms, theme.delta),
        (&scene.theory.a_rms, theme.a),
    ] {
        for points in stretches(scene, plot, values) {
            s.dashes(&points, color.mix(0.8));
        }
    }
    let pinned: &[f32] = scene.pinned_shown().map_or(&[], |p| &p.layers.dw_rms);
    for points in stretches(scene, plot, pinned) {
        s.dots(&points, theme.ink);
    }
    for (_, values, color, stroke, marker) in lines.iter().rev() {
        line(scene, s, plot, values, (*color, *stroke, *marker));
    }
    zeros(scene, s, plot, dw);
    let end = |values: &[f32]| {
        let last = values.iter().rev().find(|v| on_axis(**v));
        last.map(|v| plot.y(scene.window.share(f64::from(*v)).clamp(0.0, 1.0)))
    };
    let mut names = lines
        .map(|(text, values, color, ..)| Name {
            text: text.into(),
            color: if text == "step 0" {
                theme.dw.mix(0.75)
            } else {
                color
            },
            end: end(values),
        })
        .to_vec();
    names.push(Name {
        text: "pinned".into(),
        color: theme.ink.to_rgba(),
        end: end(pinned),
    });
    line_labels::draw(s, plot, names)
}

/// The points of a signal, in stretches of layers whose values have a place on the axis.
fn stretches(scene: &Scene, plot: Rect, values: &[f32]) -> Vec<Vec<(i32, i32)>> {
    // A pinned run may have another number of layers.
    let layers = Layers {
        count: values.len(),
    };
    let point = |layer: usize| {
        let up = scene.window.share(f64::from(values[layer])).clamp(0.0, 1.0);
        (plot.x(layers.middle(layer)), plot.y(up))
    };
    let stretches = runs(values.iter().map(|v| on_axis(*v)));
    stretches
        .into_iter()
        .map(|run| run.map(point).collect())
        .collect()
}

/// One signal: a line with markers, and a gap where a value has no place on the axis.
fn line(
    scene: &Scene,
    s: &Surface,
    plot: Rect,
    values: &[f32],
    (color, stroke, marker): (RGBAColor, u32, i32),
) {
    // Markers shrink, and then go, as the layers come closer.
    let pitch = plot.width() / scene.layers().count.max(1) as i32;
    let radius = marker.min(pitch * marker / 16);
    for points in stretches(scene, plot, values) {
        // A layer alone has no line: only its marker shows it.
        let radius = if points.len() == 1 { marker } else { radius };
        for at in points.iter().filter(|_| radius > 1) {
            s.disc(*at, radius, color);
        }
        s.path(points, color, stroke);
    }
}

/// Layers whose dW is exactly zero: a bar at the very bottom, told from the very small.
fn zeros(scene: &Scene, s: &Surface, plot: Rect, dw: &[f32]) {
    let count = scene.layers().count as f64;
    for run in runs(dw.iter().map(|v| *v == 0.0)) {
        let bar = Rect {
            left: plot.x((run.start as f64 + 0.2) / count),
            right: plot.x((run.end as f64 - 0.2) / count),
            top: plot.bottom - 4,
            bottom: plot.bottom,
        };
        s.fill(bar, s.theme.dw);
        let text = if bar.width() > 50 { "exactly 0" } else { "0" };
        let at = ((bar.left + bar.right) / 2, bar.top - 14);
        s.text(text, at, Anchor::Below, SMALL, s.theme.dw);
    }
}

/// Tints and limits behind the lines.
fn zones(scene: &Scene, s: &Surface, plot: Rect) {
    let theme = s.theme;
    let y = |value: f64| plot.y(scene.window.share(value));
    let vanishing = Rect {
        top: y(VANISHING),
        ..plot
    };
    let exploding = Rect {
        bottom: y(EXPLODING),
        ..plot
    };
    s.fill(vanishing, theme.delta.mix(0.07));
    s.fill(exploding, theme.dw.mix(0.07));
    // A vanishing signal is high at the right, an exploding one at the left: each name stands where
    // its own trouble has no line, and clear of float32's limits.
    let (left, right) = (plot.left + 6, plot.right - 6);
    let lowest = plot.bottom - 10;
    if scene.window.low > -37 {
        s.text(
            "vanishing",
            (right, lowest),
            Anchor::Right,
            SMALL,
            theme.muted,
        );
    } else {
        s.text(
            "vanishing",
            (left, vanishing.top + 10),
            Anchor::Left,
            SMALL,
            theme.muted,
        );
    }
    if exploding.height() >= SMALL {
        let above = (right, (exploding.top + exploding.bottom) / 2);
        s.text("exploding", above, Anchor::Right, SMALL, theme.muted);
    }
    for (limit, name) in LIMITS {
        if !(0.0..1.0).contains(&scene.window.share(limit)) {
            continue;
        }
        let row = y(limit);
        let line = vec![(plot.left, row), (plot.right, row)];
        s.path(line, theme.muted.mix(0.8), 1);
        let strip = if scene.broken.is_empty() {
            0
        } else {
            annotations::STRIP
        };
        let (at, anchor) = match limit > 1.0 {
            true => ((left, row + strip + 10), Anchor::Left),
            false => ((right, row - 9), Anchor::Right),
        };
        s.text(name, at, anchor, SMALL, theme.muted);
    }
}

/// The layer under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let (plot, layers) = (plot(size), scene.layers());
    let snapshot = scene.shown.as_ref().filter(|_| plot.contains(at))?;
    let layer = layers.at((at.0 - f64::from(plot.left)) / f64::from(plot.width()));
    let name = layers.name(layer);
    let broken = if scene.broken.contains(&layer) {
        "not finite; before that, "
    } else {
        ""
    };
    let values =
        signals(snapshot).map(|(name, values)| format!("{name} {}", number(values[layer].into())));
    Some(format!(
        "layer {name}: {broken}RMS of {}",
        values.join(" · ")
    ))
}

/// The layer under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    scene.layers().under(plot(size), at)
}

/// What theory says of a layer deep in the network, beside what is measured at step 0; and where it
/// says nothing, why.
pub fn note(scene: &Scene) -> String {
    let Some(shown) = &scene.shown else {
        return String::new();
    };
    let depth = shown.layer_count().saturating_sub(1);
    let residual = scene.config.residual;
    let mut text = match (per_layer(&scene.theory.delta_rms, depth), scene.limit) {
        _ if residual => {
            "theory is silent: residual connections carry the signal past the layers".into()
        }
        (None, None) => "theory is silent: with zero weights nothing is random".into(),
        (Some(factor), limit) => {
            let limit = limit.map_or(String::new(), |limit| {
                let q = limit.q.map_or(String::new(), |q| {
                    format!("q* {}, ", times(q).trim_start_matches("× "))
                });
                format!(
                    " (in the limit {q}χ₁ {})",
                    times(limit.chi).trim_start_matches("× ")
                )
            });
            format!("theory at step 0: delta {} a layer{limit}", times(factor))
        }
        (None, Some(_)) => String::new(),
    };
    if let Some(factor) = per_layer(&scene.start.delta_rms, depth) {
        let joint = if text.is_empty() { "" } else { " · " };
        text += &format!("{joint}measured {}", times(factor));
    }
    if residual || text.is_empty() {
        return text;
    }
    if scene.config.norm == Norm::Batch {
        text += " (theory: for large batches of unrelated samples)";
    }
    if shown.step > 0 {
        text += " · since then training has moved the weights";
    }
    text
}

/// The mean factor of a signal per layer, from the last hidden layer down to the first, or to where
/// float32 loses it.
fn per_layer(signal: &[f32], depth: usize) -> Option<f64> {
    let last = depth.checked_sub(1).filter(|last| *last < signal.len())?;
    let kept = |value: f32| value.is_finite() && value > f32::MIN_POSITIVE;
    let first = (0..last).rev().take_while(|l| kept(signal[*l])).last()?;
    let (layers, whole) = (
        last - first,
        f64::from(signal[first]) / f64::from(signal[last]),
    );
    (layers > 1 && kept(signal[last])).then(|| libm::pow(whole, 1.0 / layers as f64))
}

/// All layers in numbers.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new(&[
        "layer",
        "dW RMS",
        "delta RMS",
        "a RMS",
        "dW RMS at step 0",
        "delta RMS at step 0 in theory",
        "a RMS at step 0 in theory",
    ]);
    if let Some(snapshot) = &scene.shown {
        for layer in 0..snapshot.layer_count() {
            let [dw, delta, a] = signals(snapshot).map(|(_, values)| number(values[layer].into()));
            let of = |values: &[f32]| {
                values
                    .get(layer)
                    .map_or(String::new(), |v| number((*v).into()))
            };
            let start = of(&scene.start.dw_rms);
            let theory = [of(&scene.theory.delta_rms), of(&scene.theory.a_rms)];
            let row = [scene.layers().name(layer), dw, delta, a, start];
            table.rows.push(row.into_iter().chain(theory).collect());
        }
    }
    table
}
