//! The accuracy on the test samples over the steps, from 0 to 100 %, with guessing as a dashed line. For regression the
//! test loss instead, on a logarithmic axis.

use crate::charts::{boundary, loss};
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::scene::Scene;
use crate::scene::history::EvaluationPoint;
use gradient_flow_words::Message;
use plotters::prelude::*;

/// The radius of the last point.
const DOT: i32 = 3;

/// Before this step the curve does not fill the width, so that a first few steps are no long line.
const FEW_STEPS: u64 = 64;

/// Draws it.
pub fn draw(scene: &Scene, s: &Surface) {
    let Some(shown) = &scene.shown else {
        return;
    };
    let (theme, whole) = (s.theme, s.whole());
    let plot = Rect {
        left: whole.left + DOT,
        top: whole.top + DOT,
        right: whole.right - DOT - 1,
        bottom: whole.bottom - DOT - 1,
    };
    let is_regression = shown.classes.is_empty();
    let range = loss::loss_range(scene);
    let pinned = scene.pinned.as_ref().map(|pinned| &pinned.history);
    let longest = pinned.map_or(0, |pinned| pinned.last_step());
    let end = longest.max(scene.history.last_step()).max(FEW_STEPS) as f64;
    let point = |e: &EvaluationPoint| {
        let value = if is_regression { e.loss } else { e.accuracy };
        let up = if is_regression {
            range.clamped_position(value.max(1e-30))
        } else {
            value
        };
        let at = (plot.x(e.step as f64 / end), plot.y(up));
        value.is_finite().then_some(at)
    };
    s.line(
        vec![(plot.left, plot.bottom), (plot.right, plot.bottom)],
        theme.grid,
        1,
    );
    if !is_regression {
        let y = plot.y(1.0 / shown.classes.len() as f64);
        s.dashed_line(&[(plot.left, y), (plot.right, y)], theme.muted);
    }
    let curve = |evaluations: &[EvaluationPoint]| -> Vec<(i32, i32)> {
        evaluations.iter().filter_map(point).collect()
    };
    if let Some(pinned) = pinned {
        s.dotted_line(&curve(&pinned.evaluations), theme.muted);
    }
    let evaluations = &scene.history.evaluations;
    let seen = evaluations.partition_point(|e| e.step <= shown.step);
    s.line(curve(evaluations), theme.ink.mix(0.3), 1);
    let strong = curve(&evaluations[..seen]);
    if let Some(last) = strong.last() {
        s.disc(*last, DOT, theme.ink);
    }
    s.line(strong, theme.ink, 2)
}

/// The accuracy or the loss in numbers.
pub fn text(scene: &Scene) -> Option<Message> {
    boundary::note(scene).into_iter().next()
}
