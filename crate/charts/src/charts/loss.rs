//! `loss`: training and test loss over the steps on a logarithmic axis, and the accuracies below.

use crate::charts::Need;
use crate::plot::annotations;
use crate::plot::layout::{axis_title, percent_axis, plot_area, plot_title, stacked};
use crate::plot::line_labels::{self, LineLabel};
use crate::plot::log_axis;
use crate::plot::rect::Rect;
use crate::plot::step_axis::StepAxis;
use crate::plot::surface::Surface;
use crate::scene::Scene;
use crate::scene::history::EvaluationPoint;
use crate::scene::log_range::LogRange;
use crate::text::{Table, value};
use gradient_flow::numeric::format::percent_label;
use gradient_flow_words::{Message, Value, message};
use plotters::prelude::*;

/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = true;

/// Distance of the points on the training line, in pixels. Steps that are closer share one point: their
/// mean is on the line, their extremes are in the band around it.
const PITCH: f64 = 4.0;

/// The plot of the losses, and that of the accuracies, which regression does not have.
fn plots(scene: &Scene, size: (i32, i32)) -> (Rect, Option<Rect>) {
    let right = if size.0 >= 300 {
        line_labels::WIDTH
    } else {
        20
    };
    let plot = plot_area(size, right);
    let snapshot = scene.shown.as_ref();
    if snapshot.is_some_and(|snapshot| snapshot.train_accuracy.is_nan()) {
        return (plot, None);
    }
    let (losses, accuracies) = stacked(plot, 56);
    (losses, Some(accuracies))
}

/// The axis range of the losses so far: at least 0.01 to 10, in whole decades.
pub fn loss_range(scene: &Scene) -> LogRange {
    let history = &scene.history;
    let train = history
        .columns
        .iter()
        .flat_map(|c| [f64::from(c.min_loss), f64::from(c.max_loss)]);
    let test = history.evaluations.iter().map(|e| e.loss);
    // The pinned run shares the axis.
    let pinned = scene
        .pinned
        .iter()
        .flat_map(|p| p.history.evaluations.iter());
    let logs = train
        .chain(test)
        .chain(pinned.map(|e| e.loss))
        .filter(|l| *l > 0.0 && l.is_finite())
        .map(f64::log10);
    let start = LogRange { low: -2, high: 1 };
    logs.fold(start, |range, log| LogRange {
        low: range.low.min((log.floor() as i32).max(-8)),
        high: range.high.max((log.ceil() as i32).min(39)),
    })
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let (upper, lower) = plots(scene, s.size());
    draw_losses(scene, s, upper);
    if let Some(lower) = lower {
        draw_accuracies(scene, s, lower);
    }
    let steps = StepAxis::for_scene(scene);
    for plot in lower.iter().chain([&upper]) {
        annotations::scrubbed_step(scene, s, *plot, steps);
    }
    steps.draw_below(s, lower.unwrap_or(upper))
}

/// The pinned run's evaluations, as far as the axis of steps reaches. `y` is the row of an evaluation.
fn draw_pinned(
    scene: &Scene,
    s: &Surface,
    plot: Rect,
    y: impl Fn(&EvaluationPoint) -> Option<i32>,
) {
    let Some(pinned) = &scene.pinned else {
        return;
    };
    let steps = StepAxis::for_scene(scene);
    let evaluations = pinned.history.evaluations.iter();
    let points = evaluations
        .take_while(|e| e.step <= steps.end)
        .filter_map(|e| Some((steps.x(plot, e.step as f64), y(e)?)));
    s.dotted_line(&points.collect::<Vec<_>>(), s.theme.muted)
}

/// A point of the training line: its column, and the rows of the lowest, the mean and the highest loss.
type TrainPoint = (i32, [i32; 3]);

/// The training losses, and how many steps share a point.
fn train_points(scene: &Scene, plot: Rect, y: impl Fn(f64) -> i32) -> (Vec<TrainPoint>, f64) {
    let (history, axis) = (&scene.history, StepAxis::for_scene(scene));
    let pixels_per_column = f64::from(plot.width()) * history.width as f64 / axis.end as f64;
    let columns_per_point = (PITCH / pixels_per_column).ceil().max(1.0) as usize;
    let steps = (columns_per_point as u64 * history.width) as f64;
    let points = history
        .columns
        .chunks(columns_per_point)
        .enumerate()
        .filter_map(|(i, columns)| {
            let mut column = columns[0].clone();
            columns[1..].iter().for_each(|next| column.merge(next));
            let last = (history.last_step() as f64).min((i + 1) as f64 * steps - 1.0);
            let middle = axis.x(plot, 0.5 * (i as f64 * steps + last));
            let [low, mean, high] = [
                column.min_loss.into(),
                column.mean_loss()?,
                column.max_loss.into(),
            ];
            Some((middle, [y(low), y(mean), y(high)]))
        });
    (points.collect(), steps)
}

fn draw_losses(scene: &Scene, s: &Surface, plot: Rect) {
    let (history, range, theme) = (&scene.history, loss_range(scene), s.theme);
    let axis = StepAxis::for_scene(scene);
    let x = |step: f64| axis.x(plot, step);
    let y = |loss: f64| plot.y(range.clamped_position(loss.max(1e-30)));
    log_axis::draw(s, plot, range);
    axis_title(s, plot, message!("chart-axis-loss"));

    let (points, steps_per_point) = train_points(scene, plot, y);
    if steps_per_point > 1.0 && points.len() > 1 {
        let upper = points.iter().map(|(x, [_, _, high])| (*x, *high));
        let lower = points.iter().rev().map(|(x, [low, ..])| (*x, *low));
        s.polygon(upper.chain(lower).collect(), theme.muted.mix(0.25));
    }
    let train: Vec<_> = points.iter().map(|(x, [_, mean, _])| (*x, *mean)).collect();
    let finite = history.evaluations.iter().filter(|e| e.loss.is_finite());
    let test: Vec<_> = finite.map(|e| (x(e.step as f64), y(e.loss))).collect();
    if let Some(i) = history.columns.iter().position(|c| c.nonfinite > 0) {
        annotations::nonfinite_step(s, plot, x(i as f64 * history.width as f64));
    }
    for climb in history.evaluations.iter().filter(|e| e.climbed) {
        let x = x(climb.step as f64);
        s.line(vec![(x, plot.bottom - 5), (x, plot.bottom)], theme.wrong, 1);
    }
    draw_pinned(scene, s, plot, |e| e.loss.is_finite().then(|| y(e.loss)));
    draw_lines(s, plot, train, test)
}

fn draw_accuracies(scene: &Scene, s: &Surface, plot: Rect) {
    let axis = StepAxis::for_scene(scene);
    percent_axis(s, plot);
    let line = |accuracy: fn(&EvaluationPoint) -> f64| -> Vec<(i32, i32)> {
        let evaluations = scene.history.evaluations.iter();
        evaluations
            .filter(|e| accuracy(e).is_finite())
            .map(|e| (axis.x(plot, e.step as f64), plot.y(accuracy(e))))
            .collect()
    };
    let y = |e: &EvaluationPoint| e.accuracy.is_finite().then(|| plot.y(e.accuracy));
    draw_pinned(scene, s, plot, y);
    draw_lines(s, plot, line(|e| e.train_accuracy), line(|e| e.accuracy));
    plot_title(s, plot, message!("chart-loss-accuracy"))
}

/// The training line, thin, and the test line, thick. A line of one point is a dot.
fn draw_lines(s: &Surface, plot: Rect, train: Vec<(i32, i32)>, test: Vec<(i32, i32)>) {
    let label = |text: Message, color: RGBColor, line: &[(i32, i32)]| LineLabel {
        text: text.into(),
        color,
        end: line.last().map(|(_, y)| *y),
    };
    let labels = vec![
        label(message!("chart-loss-line-test"), s.theme.ink, &test),
        label(message!("chart-loss-line-train"), s.theme.muted, &train),
    ];
    for (line, color, stroke) in [(train, s.theme.muted, 1), (test, s.theme.ink, 2)] {
        if let [at] = line[..] {
            s.disc(at, 2, color);
        }
        s.line(line, color, stroke);
    }
    line_labels::draw(s, plot, labels)
}

/// The losses and the accuracy at the step under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
    let (upper, lower) = plots(scene, size);
    if !upper.contains(at) && !lower.is_some_and(|lower| lower.contains(at)) {
        return None;
    }
    let history = &scene.history;
    let step = StepAxis::for_scene(scene).step_at(upper, at.0);
    let column = history.column(step)?;
    let train = value(column.mean_loss().unwrap_or(f64::NAN));
    let first = step / history.width * history.width;
    let evaluations = history.evaluations.iter().rev();
    let Some(test) = evaluations.into_iter().find(|e| e.step <= step) else {
        return Some(message!("chart-loss-readout", step = first, train = train));
    };
    Some(if test.accuracy.is_finite() {
        message!(
            "chart-loss-readout-accuracy",
            step = first,
            train = train,
            test = value(test.loss),
            accuracy = percent_label(100.0 * test.accuracy, 1),
            tested = test.step
        )
    } else {
        message!(
            "chart-loss-readout-test",
            step = first,
            train = train,
            test = value(test.loss),
            tested = test.step
        )
    })
}

/// This chart has no layers.
pub fn layer_at(_: &Scene, _: (i32, i32), _: (f64, f64)) -> Option<usize> {
    None
}

/// How many of the evaluated steps raised the loss, and the pinned run's last loss.
pub fn note(scene: &Scene) -> Vec<Message> {
    let evaluated = scene.history.evaluations.iter().filter(|e| e.step > 0);
    let climbed = evaluated.clone().filter(|e| e.climbed).count();
    let mut note = Vec::new();
    let count = evaluated.count();
    if count > 0 {
        note.push(message!(
            "chart-loss-raised",
            raised = climbed,
            count = count
        ));
    }
    // NaN before its first evaluation.
    if let Some(pinned) = scene.pinned_snapshot().filter(|p| !p.test_loss.is_nan()) {
        note.push(message!(
            "chart-loss-pinned",
            loss = value(pinned.test_loss)
        ));
    }
    note
}

/// Up to twenty evaluations, evenly spaced, the latest one included.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new([
        message!("chart-column-step"),
        message!("chart-loss-column-train"),
        message!("chart-loss-column-test"),
        message!("chart-loss-column-train-accuracy"),
        message!("chart-loss-column-test-accuracy"),
    ]);
    let evaluations = &scene.history.evaluations;
    let stride = evaluations.len().div_ceil(20).max(1);
    let percent = |share: f64| {
        if share.is_nan() {
            Value::default()
        } else {
            percent_label(100.0 * share, 1).into()
        }
    };
    let mut shown: Vec<_> = evaluations.iter().rev().step_by(stride).collect();
    shown.reverse();
    for evaluation in shown {
        let train = scene
            .history
            .column(evaluation.step)
            .and_then(|c| c.mean_loss());
        table.rows.push(vec![
            evaluation.step.into(),
            train.map_or(Value::default(), value),
            value(evaluation.loss),
            percent(evaluation.train_accuracy),
            percent(evaluation.accuracy),
        ]);
    }
    table
}
