//! `loss`: training and test loss over the steps on a log axis, and the accuracies beneath.

use crate::Table;
use crate::plot::annotations;
use crate::plot::axis::{
    LogRange, frame, halves, heading, number, powers, step_limit, steps_below, unit,
};
use crate::plot::line_labels::{self, Name};
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use crate::scene::history::Evaluation;
use plotters::prelude::*;

/// What is seen, in words.
pub const TITLE: &str = "Loss and accuracy over time";
/// What am I looking at, in two sentences.
pub const HELP: &str = "Loss of the minibatches (thin; the band spans least and greatest) and of the test part (thick), on a \
     logarithmic axis; ticks at its foot mark steps that raised the loss of their own minibatch. Beneath, the \
     share of samples classified rightly.";

/// Where losses and accuracies lie. Regression has no accuracies.
fn plots(size: (i32, i32), accuracy: bool) -> (Rect, Option<Rect>) {
    let plot = frame(
        size,
        if size.0 >= 300 {
            line_labels::COLUMN
        } else {
            20
        },
    );
    if !accuracy {
        return (plot, None);
    }
    let (losses, accuracies) = halves(plot, 56);
    (losses, Some(accuracies))
}

fn has_accuracy(scene: &Scene) -> bool {
    scene
        .shown
        .as_ref()
        .is_none_or(|snapshot| !snapshot.train_accuracy.is_nan())
}

/// The powers of ten of the losses so far: 0.01 to 10 at least, then whole decades.
fn window(scene: &Scene) -> LogRange {
    let history = &scene.history;
    let train = history
        .columns
        .iter()
        .flat_map(|c| [f64::from(c.least), f64::from(c.greatest)]);
    let test = history.evaluations.iter().map(|e| e.loss);
    // The pinned run counts too, so that both lie on one axis.
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
    logs.fold(start, |w, log| LogRange {
        low: w.low.min((log.floor() as i32).max(-8)),
        high: w.high.max((log.ceil() as i32).min(39)),
    })
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let (plot, below) = plots(s.size(), has_accuracy(scene));
    losses(scene, s, plot);
    if let Some(below) = below {
        accuracies(scene, s, below);
    }
    let limit = step_limit(scene.history.last_step());
    for plot in below.iter().chain([&plot]) {
        annotations::shown_step(scene, s, *plot, limit);
    }
    steps_below(s, below.unwrap_or(plot), limit)
}

/// The pinned run's values on the test part, where they fall within the axis.
fn pinned(
    scene: &Scene,
    s: &Surface,
    limit: f64,
    y: impl Fn(&Evaluation) -> Option<i32>,
    plot: Rect,
) {
    let Some(pinned) = &scene.pinned else {
        return;
    };
    let seen = pinned.history.evaluations.iter();
    let seen = seen.take_while(|e| e.step as f64 <= limit);
    let points = seen.filter_map(|e| Some((plot.x(e.step as f64 / limit), y(e)?)));
    s.dots(&points.collect::<Vec<_>>(), s.theme.muted)
}

fn losses(scene: &Scene, s: &Surface, plot: Rect) {
    let (history, window, theme) = (&scene.history, window(scene), s.theme);
    let limit = step_limit(history.last_step()) as f64;
    let x = |step: f64| plot.x(step / limit);
    let y = |loss: f64| plot.y(window.share(loss.max(1e-30)).clamp(0.0, 1.0));
    powers(s, plot, window);
    unit(s, plot, "loss");

    // Steps closer than this many pixels make one point: their mean on the line, their extremes
    // in the band around it.
    let pitch = 4.0;
    let pixels = f64::from(plot.width()) * history.width as f64 / limit;
    let group = (pitch / pixels).ceil().max(1.0) as usize;
    let steps = (group as u64 * history.width) as f64;
    let points: Vec<_> = history
        .columns
        .chunks(group)
        .enumerate()
        .filter_map(|(i, columns)| {
            let mut column = columns[0].clone();
            columns[1..].iter().for_each(|next| column.merge(next));
            let last = (history.last_step() as f64).min((i + 1) as f64 * steps - 1.0);
            let middle = x(0.5 * (i as f64 * steps + last));
            let [low, mean, high] = [
                column.least.into(),
                column.mean_loss()?,
                column.greatest.into(),
            ];
            Some((middle, [y(low), y(mean), y(high)]))
        })
        .collect();
    if steps > 1.0 && points.len() > 1 {
        let upper = points.iter().map(|(x, [_, _, high])| (*x, *high));
        let lower = points.iter().rev().map(|(x, [low, ..])| (*x, *low));
        s.polygon(upper.chain(lower).collect(), theme.muted.mix(0.25));
    }
    let train: Vec<_> = points.iter().map(|(x, [_, mean, _])| (*x, *mean)).collect();
    let tests = history.evaluations.iter().filter(|e| e.loss.is_finite());
    let test: Vec<_> = tests.map(|e| (x(e.step as f64), y(e.loss))).collect();
    if let Some(i) = history.columns.iter().position(|c| c.nonfinite > 0) {
        annotations::broken_step(s, plot, x(i as f64 * history.width as f64));
    }
    for climb in history.evaluations.iter().filter(|e| e.climbed) {
        let x = x(climb.step as f64);
        s.path(vec![(x, plot.bottom - 5), (x, plot.bottom)], theme.dw, 1);
    }
    let at = |e: &Evaluation| e.loss.is_finite().then(|| y(e.loss));
    pinned(scene, s, limit, at, plot);
    lines(s, plot, train, test)
}

fn accuracies(scene: &Scene, s: &Surface, plot: Rect) {
    let limit = step_limit(scene.history.last_step()) as f64;
    for percent in [0, 50, 100] {
        let y = plot.y(f64::from(percent) / 100.0);
        s.path(vec![(plot.left, y), (plot.right, y)], s.theme.grid, 1);
        let at = (plot.left - 6, y);
        s.text(
            &format!("{percent} %"),
            at,
            Anchor::Right,
            SMALL,
            s.theme.muted,
        );
    }
    let line = |accuracy: fn(&Evaluation) -> f64| -> Vec<(i32, i32)> {
        let evaluations = scene.history.evaluations.iter();
        evaluations
            .filter(|e| accuracy(e).is_finite())
            .map(|e| (plot.x(e.step as f64 / limit), plot.y(accuracy(e))))
            .collect()
    };
    let at = |e: &Evaluation| e.accuracy.is_finite().then(|| plot.y(e.accuracy));
    pinned(scene, s, limit, at, plot);
    lines(s, plot, line(|e| e.train_accuracy), line(|e| e.accuracy));
    heading(s, plot, "accuracy")
}

/// The training line, thin, and the test line, thick; a line of one point is a dot.
fn lines(s: &Surface, plot: Rect, train: Vec<(i32, i32)>, test: Vec<(i32, i32)>) {
    let name = |text: &str, color: RGBColor, line: &[(i32, i32)]| Name {
        text: text.into(),
        color: color.to_rgba(),
        end: line.last().map(|(_, y)| *y),
    };
    let names = vec![
        name("test", s.theme.ink, &test),
        name("train", s.theme.muted, &train),
    ];
    for (line, color, stroke) in [(train, s.theme.muted, 1), (test, s.theme.ink, 2)] {
        if let [at] = line[..] {
            s.disc(at, 2, color);
        }
        s.path(line, color, stroke);
    }
    line_labels::draw(s, plot, names)
}

/// The step under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let (plot, below) = plots(size, has_accuracy(scene));
    if !plot.contains(at) && !below.is_some_and(|below| below.contains(at)) {
        return None;
    }
    let history = &scene.history;
    let share = (at.0 - f64::from(plot.left)) / f64::from(plot.width());
    let step = (share * step_limit(history.last_step()) as f64) as u64;
    let column = history.column(step)?;
    let train = column.mean_loss().map_or("not finite".into(), number);
    let mut text = format!(
        "step {}: train loss {train}",
        step / history.width * history.width
    );
    if let Some(test) = history.evaluations.iter().rev().find(|e| e.step <= step) {
        text += &format!(" · test loss {} (step {})", number(test.loss), test.step);
        if test.accuracy.is_finite() {
            text += &format!(" · test accuracy {:.1} %", 100.0 * test.accuracy);
        }
    }
    Some(text)
}

/// Layers have no place here.
pub fn layer_at(_: &Scene, _: (i32, i32), _: (f64, f64)) -> Option<usize> {
    None
}

/// How many of the steps that were looked at climbed, and the pinned run's last values.
pub fn note(scene: &Scene) -> String {
    let looks = scene.history.evaluations.iter().filter(|e| e.step > 0);
    let climbed = looks.clone().filter(|e| e.climbed).count();
    let mut text = match looks.count() {
        0 => String::new(),
        looks => format!("{climbed} of {looks} steps seen climbed"),
    };
    if let Some(pinned) = scene.pinned_shown() {
        text += &format!(" · pinned run: test loss {}", number(pinned.test_loss));
    }
    text
}

/// Up to twenty looks at the test part.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new(&[
        "step",
        "train loss",
        "test loss",
        "train accuracy",
        "test accuracy",
    ]);
    let evaluations = &scene.history.evaluations;
    let stride = evaluations.len().div_ceil(20).max(1);
    let percent = |share: f64| {
        if share.is_nan() {
            String::new()
        } else {
            format!("{:.1} %", 100.0 * share)
        }
    };
    for evaluation in evaluations
        .iter()
        .rev()
        .step_by(stride)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
    {
        let train = scene
            .history
            .column(evaluation.step)
            .and_then(|c| c.mean_loss());
        table.rows.push(vec![
            evaluation.step.to_string(),
            train.map_or(String::new(), number),
            number(evaluation.loss),
            percent(evaluation.train_accuracy),
            percent(evaluation.accuracy),
        ]);
    }
    table
}
