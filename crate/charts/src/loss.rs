//! `loss`: training and test loss over the steps on a log axis, and the accuracies beneath.

use crate::Table;
use crate::axis::{Window, number, powers, step_limit, steps_below};
use crate::history::Evaluation;
use crate::scene::Scene;
use crate::surface::{Anchor, Box2, Drawn, Surface};
use crate::theme::{NORMAL, SMALL};
use plotters::prelude::*;

/// Where losses and accuracies lie. Regression has no accuracies.
fn plots((width, height): (i32, i32), accuracy: bool) -> (Box2, Option<Box2>) {
    let right = if width >= 300 { 44 } else { 12 };
    let plot = Box2 {
        left: 46,
        top: 10,
        right: width - right,
        bottom: height - 38,
    };
    if !accuracy {
        return (plot, None);
    }
    let middle = plot.top + plot.height() * 58 / 100;
    (
        Box2 {
            bottom: middle - 8,
            ..plot
        },
        Some(Box2 {
            top: middle + 8,
            ..plot
        }),
    )
}

fn has_accuracy(scene: &Scene) -> bool {
    scene
        .shown
        .as_ref()
        .is_none_or(|snapshot| !snapshot.train_accuracy.is_nan())
}

/// The powers of ten of the losses so far: 0.01 to 10 at least, then whole decades.
fn window(scene: &Scene) -> Window {
    let history = &scene.history;
    let train = history
        .columns
        .iter()
        .flat_map(|c| [f64::from(c.least), f64::from(c.greatest)]);
    let test = history.evaluations.iter().map(|e| e.loss);
    let logs = train
        .chain(test)
        .filter(|l| *l > 0.0 && l.is_finite())
        .map(f64::log10);
    let start = Window { low: -2, high: 1 };
    logs.fold(start, |w, log| Window {
        low: w.low.min((log.floor() as i32).max(-8)),
        high: w.high.max((log.ceil() as i32).min(39)),
    })
}

/// Draws the chart.
pub fn draw<DB: DrawingBackend>(scene: &Scene, s: &Surface<DB>) -> Drawn<DB> {
    let (plot, below) = plots(s.size(), has_accuracy(scene));
    let (history, window) = (&scene.history, window(scene));
    let limit = step_limit(history.last_step());
    let x = |step: f64| plot.x(step / limit as f64);
    let y = |loss: f64| plot.y(window.share(loss.max(1e-30)).clamp(0.0, 1.0));
    powers(s, plot, window)?;

    let width = history.width as f64;
    let middle = |index: usize| x(index as f64 * width + 0.5 * (width - 1.0));
    let finite = history
        .columns
        .iter()
        .enumerate()
        .filter(|(_, c)| c.mean_loss().is_some());
    if history.width > 1 {
        let upper = finite
            .clone()
            .map(|(i, c)| (middle(i), y(c.greatest.into())));
        let lower = finite
            .clone()
            .rev()
            .map(|(i, c)| (middle(i), y(c.least.into())));
        s.polygon(upper.chain(lower).collect(), s.theme.ink.mix(0.18))?;
    }
    let train: Vec<_> = finite
        .map(|(i, c)| (middle(i), y(c.mean_loss().unwrap_or(1.0))))
        .collect();
    let train_end = train.last().copied();
    s.path(train, s.theme.ink.mix(0.65), 1)?;
    for (i, _) in history
        .columns
        .iter()
        .enumerate()
        .filter(|(_, c)| c.nonfinite > 0)
    {
        s.path(
            vec![(middle(i), plot.top), (middle(i), plot.bottom)],
            s.theme.dw,
            2,
        )?;
    }
    let tests = || history.evaluations.iter().filter(|e| e.loss.is_finite());
    let test: Vec<_> = tests().map(|e| (x(e.step as f64), y(e.loss))).collect();
    let test_end = test.last().copied();
    s.path(test, s.theme.delta, 2)?;
    s.text(
        "loss",
        (plot.left + 5, plot.top + 7),
        Anchor::Left,
        SMALL,
        s.theme.muted,
    )?;
    ends(
        s,
        plot,
        [
            (train_end, "train", s.theme.ink),
            (test_end, "test", s.theme.delta),
        ],
    )?;

    let Some(below) = below else {
        return steps_below(s, plot, limit);
    };
    for percent in [0, 50, 100] {
        let y = below.y(f64::from(percent) / 100.0);
        s.path(vec![(below.left, y), (below.right, y)], s.theme.grid, 1)?;
        s.text(
            &format!("{percent} %"),
            (below.left - 6, y),
            Anchor::Right,
            SMALL,
            s.theme.muted,
        )?;
    }
    let line = |accuracy: fn(&Evaluation) -> f64| -> Vec<(i32, i32)> {
        let known = history
            .evaluations
            .iter()
            .filter(|e| accuracy(e).is_finite());
        known
            .map(|e| (x(e.step as f64), below.y(accuracy(e))))
            .collect()
    };
    let (train, test) = (line(|e| e.train_accuracy), line(|e| e.accuracy));
    let test_end = test.last().copied();
    s.path(train, s.theme.ink.mix(0.35), 1)?;
    s.path(test, s.theme.delta, 2)?;
    s.text(
        "accuracy",
        (below.left + 5, below.top + 7),
        Anchor::Left,
        SMALL,
        s.theme.muted,
    )?;
    ends(s, below, [(test_end, "test", s.theme.delta)])?;
    steps_below(s, below, limit)
}

/// Where a line ends, if it has begun.
type End = Option<(i32, i32)>;

/// Names at the ends of lines, where there is room to the right of the plot.
fn ends<DB: DrawingBackend, const N: usize>(
    s: &Surface<DB>,
    plot: Box2,
    mut lines: [(End, &str, RGBColor); N],
) -> Drawn<DB> {
    if s.size().0 - plot.right < 40 {
        return Ok(());
    }
    lines.sort_by_key(|(end, ..)| end.map(|(_, y)| y));
    let mut free = plot.top;
    for (end, name, color) in lines {
        let Some((_, y)) = end else { continue };
        let y = y.max(free);
        free = y + NORMAL + 2;
        s.text(name, (plot.right + 5, y), Anchor::Left, NORMAL, color)?;
    }
    Ok(())
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
