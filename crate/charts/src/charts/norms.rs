//! `norms`: what clipping and decay do: the gradient's norm before and after clipping, the weights' size.

use crate::Table;
use crate::plot::annotations;
use crate::plot::axis::{frame, halves, heading, number, powers, step_limit, steps_below};
use crate::plot::layer_lines::Trace;
use crate::plot::line_labels::{self, Name};
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use gradient_flow::config::Clip;
use plotters::prelude::*;

/// What is seen, in words.
pub const TITLE: &str = "What clipping and decay do";
/// What am I looking at, in two sentences.
pub const HELP: &str = "Above, the norm of the whole gradient at every step before clipping (thin) and after it (thick), with \
    the threshold dashed. Below, the RMS of every layer's weights from blue (layer 1) to orange (the output \
    layer): weight decay pulls them down, exploding updates push them up.";

/// Where the gradient's norms and the weights lie.
fn plots(size: (i32, i32)) -> (Rect, Rect) {
    let plot = frame(
        size,
        if size.0 >= 300 {
            line_labels::COLUMN
        } else {
            20
        },
    );
    halves(plot, 50)
}

fn trace(scene: &Scene, plot: Rect) -> Trace<'static> {
    Trace {
        plot,
        window: scene.sizes,
        limit: step_limit(scene.history.last_step()),
        value: &|snapshot, layer| snapshot.layers.w_rms[layer],
    }
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let (upper, lower) = plots(s.size());
    let (history, window, theme) = (&scene.history, scene.norms, s.theme);
    let limit = step_limit(history.last_step());
    powers(s, upper, window);
    heading(s, upper, "norm of the gradient");
    let y = |norm: f64| upper.y(window.share(norm.max(1e-300)).clamp(0.0, 1.0));
    let clips = scene.config.clip != Clip::None;
    if scene.config.clip == Clip::Norm {
        let row = y(scene.config.clip_at);
        s.dashes(&[(upper.left, row), (upper.right, row)], theme.ink.mix(0.6));
        let at = (upper.right - 3, row + 8);
        s.text("clip at", at, Anchor::Right, SMALL, theme.muted);
    }
    // One point a column of pixels.
    let stride = (history.columns.len() / upper.width().max(1) as usize).max(1);
    let points = |after: bool| -> Vec<(i32, i32)> {
        let columns = history.columns.iter().enumerate().step_by(stride);
        let finite = columns.filter(|(_, c)| c.grad_norm.is_finite() && c.grad_norm > 0.0);
        finite
            .map(|(i, c)| {
                let share = (i as u64 * history.width) as f64 / limit as f64;
                let by = if after { c.clip_coefficient } else { 1.0 };
                (upper.x(share), y(f64::from(c.grad_norm) * f64::from(by)))
            })
            .collect()
    };
    let mut names = Vec::new();
    let mut line = |text: &str, after: bool, color: RGBColor, stroke| {
        let points = points(after);
        names.push(Name {
            text: text.into(),
            color: color.to_rgba(),
            end: points.last().map(|(_, y)| *y),
        });
        if let [at] = points[..] {
            s.disc(at, 2, color);
        }
        s.path(points, color, stroke)
    };
    if clips {
        line("before", false, theme.muted, 1);
        line("after", true, theme.dw, 2);
    } else {
        line("norm", false, theme.dw, 2);
    }
    line_labels::draw(s, upper, names);

    let trace = trace(scene, lower);
    powers(s, lower, trace.window);
    heading(s, lower, "RMS of W");
    trace.draw(scene, s);
    for plot in [upper, lower] {
        annotations::shown_step(scene, s, plot, limit);
    }
    steps_below(s, lower, limit)
}

/// The step, or the layer, under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let (upper, lower) = plots(size);
    let history = &scene.history;
    if upper.contains(at) {
        let share = (at.0 - f64::from(upper.left)) / f64::from(upper.width());
        let step = (share * step_limit(history.last_step()) as f64) as u64;
        let column = history.column(step)?;
        let after = column.grad_norm * column.clip_coefficient;
        return Some(format!(
            "step {}: norm {}, after clipping {}",
            step / history.width * history.width,
            number(column.grad_norm.into()),
            number(after.into())
        ));
    }
    let (layer, snapshot) = trace(scene, lower).nearest(scene, at)?;
    Some(format!(
        "step {}, layer {}: RMS of W {}",
        snapshot.step,
        scene.layers().name(layer),
        number(snapshot.layers.w_rms[layer].into())
    ))
}

/// The layer whose line is nearest to a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    let (_, lower) = plots(size);
    trace(scene, lower)
        .nearest(scene, at)
        .map(|(layer, _)| layer)
}

/// The share of clipped steps, and what decay makes of the update.
pub fn note(scene: &Scene) -> String {
    let Some(shown) = &scene.shown else {
        return String::new();
    };
    let config = &scene.config;
    let clipping = if config.clip == Clip::None {
        "nothing is clipped".to_string()
    } else {
        let steps = scene.history.steps.max(1);
        let share = 100.0 * scene.history.clipped() as f64 / steps as f64;
        format!("{share:.0} % of the steps are clipped")
    };
    if config.weight_decay == 0.0 && config.l1 == 0.0 {
        return format!("{clipping} · no decay");
    }
    let layer = scene.detailed();
    let part = match decay_share(shown, layer) {
        Some(share) => format!("{:.2} %", 100.0 * share),
        None => "nothing yet".into(),
    };
    let name = scene.layers().name(layer);
    format!("{clipping} · decay is {part} of layer {name}'s update")
}

/// RMS of what decay added over RMS of the update; None before the first update.
fn decay_share(shown: &gradient_flow::Snapshot, layer: usize) -> Option<f64> {
    let of = |array: &[f32]| array.get(layer).map(|v| f64::from(*v));
    let (decay, update) = (of(&shown.layers.decay_rms)?, of(&shown.layers.update_rms)?);
    (update > 0.0).then(|| decay / update)
}

/// All layers in numbers.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new(&[
        "layer",
        "W RMS",
        "W RMS at step 0",
        "update RMS",
        "decay's part, RMS",
        "decay's share",
    ]);
    if let Some(shown) = &scene.shown {
        for layer in 0..shown.layer_count() {
            let of = |array: &[f32]| array.get(layer).map_or("".into(), |v| number((*v).into()));
            let share = decay_share(shown, layer);
            table.rows.push(vec![
                scene.layers().name(layer),
                of(&shown.layers.w_rms),
                of(&scene.start.w_rms),
                of(&shown.layers.update_rms),
                of(&shown.layers.decay_rms),
                share.map_or("".into(), |share| format!("{:.2} %", 100.0 * share)),
            ]);
        }
    }
    table
}
