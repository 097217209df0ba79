//! `norms`: what clipping and weight decay do: the gradient's norm before and after, and the weights' RMS.

use crate::charts::Need;
use crate::plot::annotations;
use crate::plot::layer_axis::LayerAxis;
use crate::plot::layer_lines::LayerLines;
use crate::plot::layout::{plot_area, plot_title, stacked};
use crate::plot::line_labels::{self, LineLabel};
use crate::plot::log_axis;
use crate::plot::rect::Rect;
use crate::plot::step_axis::StepAxis;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use crate::scene::log_range::on_log_axis;
use crate::text::{Table, finite, layer_value, value};
use gradient_flow::Snapshot;
use gradient_flow::config::Clip;
use gradient_flow::numeric::format::percent_label;
use gradient_flow_words::{Message, Value, message};
use plotters::prelude::*;

/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = false;

/// The plot of the gradient's norm, and that of the weights.
fn plots(size: (i32, i32)) -> (Rect, Rect) {
    let right = if size.0 >= 300 {
        line_labels::WIDTH
    } else {
        20
    };
    stacked(plot_area(size, right), 50)
}

fn weight_lines(scene: &Scene, plot: Rect) -> LayerLines {
    LayerLines {
        plot,
        range: scene.weight_range,
        steps: StepAxis::for_scene(scene),
        value: |snapshot, layer| snapshot.layers.w_rms[layer],
    }
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let (upper, lower) = plots(s.size());
    draw_norms(scene, s, upper);
    let lines = weight_lines(scene, lower);
    log_axis::draw(s, lower, lines.range);
    plot_title(s, lower, message!("chart-norms-weights"));
    lines.draw(scene, s);
    for plot in [upper, lower] {
        annotations::scrubbed_step(scene, s, plot, lines.steps);
    }
    lines.steps.draw_below(s, lower)
}

fn draw_norms(scene: &Scene, s: &Surface, plot: Rect) {
    let (history, range, theme) = (&scene.history, scene.norm_range, s.theme);
    let axis = StepAxis::for_scene(scene);
    log_axis::draw(s, plot, range);
    plot_title(s, plot, message!("chart-norms-gradient"));
    let y = |norm: f64| plot.y(range.clamped_position(norm.max(1e-300)));
    if scene.config.clip == Clip::Norm {
        let row = y(scene.config.clip_at);
        s.dashed_line(&[(plot.left, row), (plot.right, row)], theme.ink.mix(0.6));
        let places = [8, -8].map(|below| ((plot.right - 3, row + below), Anchor::Right));
        let name = message!("chart-norms-clip-at");
        s.text_where_free(name, &places, SMALL, theme.muted);
    }
    // About one point per column of pixels.
    let stride = (history.columns.len() / plot.width().max(1) as usize).max(1);
    let points = |after_clipping: bool| -> Vec<(i32, i32)> {
        let columns = history.columns.iter().enumerate().step_by(stride);
        let on_axis = columns.filter(|(_, c)| on_log_axis(c.grad_norm));
        on_axis
            .map(|(i, c)| {
                let step = (i as u64 * history.width) as f64;
                let by = if after_clipping {
                    c.clip_coefficient
                } else {
                    1.0
                };
                let norm = f64::from(c.grad_norm) * f64::from(by);
                (axis.x(plot, step), y(norm))
            })
            .collect()
    };
    let mut labels = Vec::new();
    let mut line = |text: Message, points: Vec<(i32, i32)>, color: RGBColor, stroke| {
        labels.push(LineLabel {
            text: text.into(),
            color,
            end: points.last().map(|(_, y)| *y),
        });
        if let [at] = points[..] {
            s.disc(at, 2, color);
        }
        s.line(points, color, stroke)
    };
    if scene.config.clip == Clip::None {
        line(
            message!("chart-norms-line-norm"),
            points(false),
            theme.dw,
            2,
        );
    } else {
        line(
            message!("chart-norms-line-before"),
            points(false),
            theme.muted,
            1,
        );
        line(
            message!("chart-norms-line-after"),
            points(true),
            theme.dw,
            2,
        );
    }
    line_labels::draw(s, plot, labels)
}

/// The step or the layer under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
    let (upper, lower) = plots(size);
    let history = &scene.history;
    if upper.contains(at) {
        let step = StepAxis::for_scene(scene).step_at(upper, at.0);
        let column = history.column(step)?;
        let after = column.grad_norm * column.clip_coefficient;
        return Some(message!(
            "chart-norms-readout",
            step = step / history.width * history.width,
            before = value(column.grad_norm.into()),
            after = value(after.into())
        ));
    }
    let (layer, snapshot) = weight_lines(scene, lower).nearest(scene, at)?;
    Some(message!(
        "chart-norms-readout-weights",
        step = snapshot.step,
        layer = LayerAxis::for_scene(scene).name(layer),
        w = layer_value(&snapshot.layers.w_rms, layer)
    ))
}

/// The layer whose line is nearest to a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    let (_, lower) = plots(size);
    let (layer, _) = weight_lines(scene, lower).nearest(scene, at)?;
    Some(layer)
}

/// The share of clipped steps, and decay's share of the detail layer's update.
pub fn note(scene: &Scene) -> Vec<Message> {
    let Some(shown) = &scene.shown else {
        return Vec::new();
    };
    let config = &scene.config;
    let clipping = if config.clip == Clip::None {
        message!("chart-norms-clipping-off")
    } else {
        let steps = scene.history.steps.max(1);
        let share = 100.0 * scene.history.clipped() as f64 / steps as f64;
        message!("chart-norms-clipped", share = percent_label(share, 0))
    };
    if config.weight_decay == 0.0 && config.l1 == 0.0 {
        return vec![clipping, message!("chart-norms-decay-off")];
    }
    let layer = scene.detail_layer();
    let Some(share) = decay_share(shown, layer) else {
        return vec![clipping, message!("chart-norms-decay-waiting")];
    };
    let decay = message!(
        "chart-norms-decay",
        share = finite(100.0 * share, |percent| percent_label(percent, 2)),
        layer = LayerAxis::for_scene(scene).name(layer)
    );
    vec![clipping, decay]
}

/// RMS of what decay added to the last update, over the update's RMS; None before the first update.
fn decay_share(shown: &Snapshot, layer: usize) -> Option<f64> {
    let entry = |values: &[f32]| values.get(layer).map(|v| f64::from(*v));
    let decay = entry(&shown.layers.decay_rms)?;
    let update = entry(&shown.layers.update_rms)?;
    (update > 0.0).then(|| decay / update)
}

/// All layers in numbers.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new([
        message!("chart-column-layer"),
        message!("chart-norms-column-weights"),
        message!("chart-norms-column-weights-start"),
        message!("chart-norms-column-update"),
        message!("chart-norms-column-decay"),
        message!("chart-norms-column-share"),
    ]);
    if let Some(shown) = &scene.shown {
        for layer in 0..shown.layer_count() {
            let share = decay_share(shown, layer);
            table.rows.push(vec![
                LayerAxis::for_scene(scene).cell(layer),
                layer_value(&shown.layers.w_rms, layer),
                layer_value(&scene.initial.w_rms, layer),
                layer_value(&shown.layers.update_rms, layer),
                layer_value(&shown.layers.decay_rms, layer),
                share.map_or(Value::default(), |share| {
                    finite(100.0 * share, |percent| percent_label(percent, 2))
                }),
            ]);
        }
    }
    table
}
