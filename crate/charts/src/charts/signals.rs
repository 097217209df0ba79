//! `signals`, the main chart: dW, delta and a per layer, on one fixed logarithmic axis.

use crate::charts::Need;
use crate::plot::annotations;
use crate::plot::layer_axis::{LayerAxis, runs};
use crate::plot::layer_profile;
use crate::plot::layout::{axis_title, plot_area};
use crate::plot::line_labels::{self, LineLabel};
use crate::plot::log_axis;
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use crate::scene::log_range::on_log_axis;
use crate::text::{Table, layer_value};
use gradient_flow::Snapshot;
use gradient_flow::config::Norm;
use gradient_flow::numeric::format::factor_label;
use plotters::prelude::*;

/// The chart's title.
pub const TITLE: &str = "Gradient and signals in every layer";
/// What the reader is looking at.
pub const HELP: &str = "For each layer the RMS of dW (the gradient of its weights), of delta (the backward signal) and of a \
     (the forward signal), in powers of ten; the faint line is dW at step 0, the dashed ones are what theory \
     predicts for the start of a very wide network. If dW or delta falls towards layer 1 the gradient \
     vanishes, if it rises it explodes, and if it is level every layer learns.";
/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = true;

/// Below this, a weight near 1 no longer changes in float32, whose epsilon is 1.2e-7.
const VANISHING: f64 = 1e-7;
/// Above this, a step at any usual learning rate throws the weights far away.
const EXPLODING: f64 = 1e2;
/// The limits of float32: its largest label, its smallest normal and its smallest subnormal number.
const LIMITS: [(f64, &str); 3] = [
    (3.4e38, "float32 overflows to ∞"),
    (1.2e-38, "float32 loses digits"),
    (1.4e-45, "float32 underflows to 0"),
];

fn plot(size: (i32, i32)) -> Rect {
    let right = if size.0 > 480 {
        line_labels::WIDTH + 8
    } else {
        14
    };
    plot_area(size, right)
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
    let [dw, delta, a] = signals(snapshot).map(|(_, values)| values);
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
    // (name, RMS per layer, colour, stroke, largest marker). The most important one is first, so it is
    // drawn last.
    let lines = [
        ("dW", dw, theme.dw.to_rgba(), 3, 4),
        ("delta", delta, theme.delta.to_rgba(), 1, 2),
        ("a", a, theme.a.to_rgba(), 1, 2),
        ("step 0", initial, theme.dw.mix(0.4), 2, 0),
    ];
    let pitch = plot.width() / layers.count.max(1) as i32;
    for (_, values, color, stroke, marker) in lines.iter().rev() {
        let style = (*color, *stroke, *marker);
        layer_profile::draw(s, segments(scene, plot, values), pitch, style);
    }
    zeros(scene, s, plot, dw);

    let end = |values: &[f32]| {
        let last = values.iter().rev().find(|value| on_log_axis(**value));
        last.map(|value| plot.y(scene.signal_range.clamped_position(f64::from(*value))))
    };
    let label = |text: &str, color: RGBAColor, values: &[f32]| LineLabel {
        text: text.into(),
        color,
        end: end(values),
    };
    let mut labels = lines
        .map(|(text, values, color, ..)| label(text, color, values))
        .to_vec();
    // The faint line's label is stronger than the line, to be legible.
    labels[3].color = theme.dw.mix(0.75);
    labels.push(label("pinned", theme.ink.to_rgba(), pinned));
    line_labels::draw(s, plot, labels)
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
        let text = if bar.width() > 50 { "exactly 0" } else { "0" };
        let at = ((bar.left + bar.right) / 2, bar.top - 14);
        s.text(text, at, Anchor::Top, SMALL, s.theme.dw);
    }
}

/// Tinted zones and the limits of float32, behind the lines.
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
    // A vanishing gradient is large at the right and an exploding one at the left. Each name stands where
    // its own problem leaves the plot empty, and clear of float32's limits.
    let (left, right) = (plot.left + 6, plot.right - 6);
    let muted = |text: &str, at: (i32, i32), anchor: Anchor| {
        s.text(text, at, anchor, SMALL, theme.muted);
    };
    if scene.signal_range.low > -37 {
        muted("vanishing", (right, plot.bottom - 10), Anchor::Right);
    } else {
        muted("vanishing", (left, vanishing.top + 10), Anchor::Left);
    }
    if exploding.height() >= SMALL {
        let at = (right, (exploding.top + exploding.bottom) / 2);
        muted("exploding", at, Anchor::Right);
    }
    for (limit, name) in LIMITS {
        if !(0.0..1.0).contains(&scene.signal_range.position(limit)) {
            continue;
        }
        let row = y(limit);
        let line = vec![(plot.left, row), (plot.right, row)];
        s.line(line, theme.muted.mix(0.8), 1);
        let strip = if scene.nonfinite_layers.is_empty() {
            0
        } else {
            annotations::STRIP
        };
        match limit > 1.0 {
            true => muted(name, (left, row + strip + 10), Anchor::Left),
            false => muted(name, (right, row - 9), Anchor::Right),
        }
    }
}

/// The values of the layer under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let layer = layer_at(scene, size, at)?;
    let snapshot = scene.shown.as_ref()?;
    let name = LayerAxis::for_scene(scene).name(layer);
    let nonfinite = if scene.nonfinite_layers.contains(&layer) {
        "not finite; before that, "
    } else {
        ""
    };
    let values =
        signals(snapshot).map(|(name, values)| format!("{name} {}", layer_value(values, layer)));
    Some(format!(
        "layer {name}: {nonfinite}RMS of {}",
        values.join(" · ")
    ))
}

/// The layer under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    LayerAxis::for_scene(scene).layer_under(plot(size), at)
}

/// What theory predicts deep in the network, beside what was measured at step 0. Where theory predicts
/// nothing, the note says why.
pub fn note(scene: &Scene) -> String {
    let Some(shown) = &scene.shown else {
        return String::new();
    };
    let depth = shown.layer_count().saturating_sub(1);
    let residual = scene.config.residual;
    let mut text = match (
        factor_per_layer(&scene.theory.delta_rms, depth),
        scene.depth_limit,
    ) {
        _ if residual => {
            "theory is silent: residual connections carry the signal past the layers".into()
        }
        (None, None) => "theory is silent: with zero weights nothing is random".into(),
        (Some(factor), limit) => {
            let bare = |x: f64| factor_label(x).trim_start_matches("× ").to_string();
            let limit = limit.map_or(String::new(), |limit| {
                let q = limit
                    .q
                    .map_or(String::new(), |q| format!("q* {}, ", bare(q)));
                format!(" (in the limit {q}χ₁ {})", bare(limit.chi))
            });
            format!(
                "theory at step 0: delta {} a layer{limit}",
                factor_label(factor)
            )
        }
        (None, Some(_)) => String::new(),
    };
    if let Some(factor) = factor_per_layer(&scene.initial.delta_rms, depth) {
        let separator = if text.is_empty() { "" } else { " · " };
        text += &format!("{separator}measured {}", factor_label(factor));
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
        let layers = LayerAxis::for_scene(scene);
        for layer in 0..snapshot.layer_count() {
            let [dw, delta, a] = signals(snapshot).map(|(_, values)| layer_value(values, layer));
            table.rows.push(vec![
                layers.name(layer),
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
