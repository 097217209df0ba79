//! `step-line`: the loss along the line of the last update, with the step marked.

use crate::Table;
use crate::plot::axis::{frame, heading, number};
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::{NORMAL, SMALL};
use crate::scene::Scene;
use gradient_flow::Snapshot;
use gradient_flow::observe::snapshot::StepLine;
use plotters::prelude::*;

/// What is seen, in words.
pub const TITLE: &str = "The loss along the last step";
/// What am I looking at, in two sentences.
pub const HELP: &str = "The loss of the last step's own minibatch along the line of its update, from behind its start (0) to \
    beyond its end (1): a small rate moves a little down a long slope, a good one lands near the lowest \
    point, a large one jumps across it, and one that is too large lands higher than it began. The upright \
    dashed line is where the steepest bend of this line, the curvature, lets a step climb: at the learning \
    rate 2 / curvature for plain gradient descent.";

fn plot(size: (i32, i32)) -> Rect {
    let frame = frame(size, 16);
    Rect {
        left: frame.left + 28,
        ..frame
    }
}

/// What a step did, by its line.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Crawls,
    Descends,
    Crosses,
    Climbs,
}

fn kind(line: &StepLine) -> Option<Kind> {
    let (start, end) = (index(line, 0.0)?, index(line, 1.0)?);
    let fell = -line.slope[start];
    Some(if line.loss_change[end] > 0.0 {
        Kind::Climbs
    } else if line.slope[end] > 0.0 {
        Kind::Crosses
    } else if -line.slope[end] > 0.9 * fell {
        // The slope has hardly changed: the lowest point is ten such steps away.
        Kind::Crawls
    } else {
        Kind::Descends
    })
}

fn index(line: &StepLine, t: f32) -> Option<usize> {
    line.t.iter().position(|x| *x == t)
}

/// The loss at any place of the line, by cubic Hermite interpolation of losses and slopes; straight
/// where they do not agree, which means that the loss is rougher than the places are dense.
fn at(line: &StepLine, t: f64) -> Option<f64> {
    let right = line.t.iter().position(|x| f64::from(*x) >= t)?.max(1);
    let of = |array: &[f32], i: usize| f64::from(array[i]);
    let (from, to) = (of(&line.t, right - 1), of(&line.t, right));
    let (width, x) = (to - from, (t - from) / (to - from));
    let (f0, f1) = (
        of(&line.loss_change, right - 1),
        of(&line.loss_change, right),
    );
    let (d0, d1) = (
        width * of(&line.slope, right - 1),
        width * of(&line.slope, right),
    );
    let secant = f1 - f0;
    if ((d0 + d1) / 2.0 - secant).abs() > 0.25 * (d0.abs() + d1.abs()) {
        let value = f0 + x * secant;
        return value.is_finite().then_some(value);
    }
    let value =
        f0 + x * (d0 + x * (3.0 * (f1 - f0) - 2.0 * d0 - d1 + x * (2.0 * (f0 - f1) + d0 + d1)));
    value.is_finite().then_some(value)
}

/// The last look's line, if it was watched.
fn shown(scene: &Scene) -> Option<(&Snapshot, &StepLine)> {
    let shown = scene.shown.as_ref()?;
    let line = &shown.step_line;
    (line.t.len() > 1 && line.slope.len() == line.t.len()).then_some((shown, line))
}

/// Where places on the line and changes of the loss stand.
struct Places {
    plot: Rect,
    from: f64,
    to: f64,
    range: f64,
}

impl Places {
    fn new(plot: Rect, line: &StepLine, range: f64) -> Self {
        Places {
            plot,
            from: line.t[0].into(),
            to: line.t[line.t.len() - 1].into(),
            range,
        }
    }

    fn x(&self, t: f64) -> i32 {
        self.plot.x((t - self.from) / (self.to - self.from))
    }

    fn y(&self, change: f64) -> i32 {
        self.plot.y(0.5 + 0.5 * change / self.range)
    }

    fn t(&self, x: f64) -> f64 {
        let share = (x - f64::from(self.plot.left)) / f64::from(self.plot.width());
        self.from + share * (self.to - self.from)
    }
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let plot = plot(s.size());
    let theme = s.theme;
    heading(s, plot, "change of the loss");
    let Some((snapshot, line)) = shown(scene) else {
        let at = ((plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2);
        let travelled = scene.is_travelling();
        let text = match scene.shown.as_ref().is_some_and(|s| s.step > 0) {
            _ if travelled => "not looked at in this step",
            true => "the next step will show its line",
            false => "no step has been made yet",
        };
        return s.text(text, at, Anchor::Below, NORMAL, theme.muted);
    };
    let places = Places::new(plot, line, scene.line_range.max(f64::MIN_POSITIVE));
    for part in [-1.0, -0.5, 0.0, 0.5, 1.0] {
        let y = places.y(part * places.range);
        s.path(vec![(plot.left, y), (plot.right, y)], theme.grid, 1);
        let sign = if part > 0.0 { "+" } else { "" };
        let label = if part == 0.0 {
            "0".into()
        } else if part < 0.0 {
            format!("−{}", number(-part * places.range))
        } else {
            format!("{sign}{}", number(part * places.range))
        };
        s.text(
            &label,
            (plot.left - 6, y),
            Anchor::Right,
            SMALL,
            theme.muted,
        );
    }
    for (t, text) in [(0.0, "before"), (1.0, "after")] {
        let x = places.x(t);
        s.path(vec![(x, plot.top), (x, plot.bottom)], theme.grid, 1);
        s.text(
            text,
            (x, plot.bottom + 6),
            Anchor::Below,
            SMALL,
            theme.muted,
        );
    }
    for t in [-1.0, 2.0, 3.0] {
        let label = format!("{t}");
        let at = (places.x(t), plot.bottom + 6);
        s.text(&label, at, Anchor::Below, SMALL, theme.muted);
    }
    let below = (plot.x(0.5), plot.bottom + 20);
    s.text(
        "place on the line of the update",
        below,
        Anchor::Below,
        NORMAL,
        theme.muted,
    );
    if let Some(pinned) = scene.pinned_shown().filter(|p| p.step_line.t.len() > 1) {
        for piece in pieces(&places, &pinned.step_line) {
            s.dots(&piece, theme.ink);
        }
    }
    for piece in pieces(&places, line) {
        s.path(piece, theme.ink, 2);
    }
    // Where the parabola of the largest curvature would be as high as at the start.
    let rate = scene.config.learning_rate;
    let climb = snapshot.stability_limit / rate;
    if climb.is_finite() && (places.from..=places.to).contains(&climb) {
        let x = places.x(climb);
        s.dashes(&[(x, plot.top), (x, plot.bottom)], theme.dw.mix(0.9));
        let right = x + 60 < plot.right;
        let (at, anchor) = if right {
            ((x + 4, plot.top + 8), Anchor::Left)
        } else {
            ((x - 4, plot.top + 8), Anchor::Right)
        };
        s.text("climbs from here", at, anchor, SMALL, theme.dw);
    }
    if let (Some(start), Some(end)) = (at(line, 0.0), at(line, 1.0)) {
        let inside = |y: i32| y.clamp(plot.top, plot.bottom);
        let from = (places.x(0.0), inside(places.y(start)));
        let to = (places.x(1.0), inside(places.y(end)));
        s.dots(&[from, to], theme.dw);
        s.disc(from, 4, theme.muted);
        s.disc(to, 5, theme.dw);
    }
}

/// The curve, in pieces that lie within the plot.
fn pieces(places: &Places, line: &StepLine) -> Vec<Vec<(i32, i32)>> {
    let mut pieces = vec![Vec::new()];
    for x in places.plot.left..=places.plot.right {
        let y = at(line, places.t(x.into())).map(|change| places.y(change));
        match y.filter(|y| (places.plot.top..=places.plot.bottom).contains(y)) {
            Some(y) => pieces.last_mut().expect("never empty").push((x, y)),
            None => pieces.push(Vec::new()),
        }
    }
    pieces
}

/// The place under a point.
pub fn readout(scene: &Scene, size: (i32, i32), point: (f64, f64)) -> Option<String> {
    let plot = plot(size);
    let (_, line) = shown(scene).filter(|_| plot.contains(point))?;
    let t = Places::new(plot, line, 1.0).t(point.0);
    let change = at(line, t)?;
    let rate = scene.config.learning_rate * t;
    let sign = if change < 0.0 { "−" } else { "+" };
    Some(format!(
        "{t:.2} of the step (rate {}): loss {sign}{}",
        number(rate),
        number(change.abs())
    ))
}

/// Layers have no place here.
pub fn layer_at(_: &Scene, _: (i32, i32), _: (f64, f64)) -> Option<usize> {
    None
}

/// What the step did, its curvature and the rate at which it would climb.
pub fn note(scene: &Scene) -> String {
    let Some((snapshot, line)) = shown(scene) else {
        return String::new();
    };
    let (Some(kind), Some(end)) = (kind(line), index(line, 1.0)) else {
        return String::new();
    };
    let change = number(line.loss_change[end].abs().into());
    let what = match kind {
        Kind::Crawls => format!("crawls: the loss falls by {change}, and the lowest point is far"),
        Kind::Descends => format!("descends: the loss falls by {change}"),
        Kind::Crosses => {
            format!("jumps across the lowest point, and lands {change} below its start")
        }
        Kind::Climbs => format!("overshoots: the loss is {change} higher than before"),
    };
    let curvature = if snapshot.curvature > 0.0 {
        format!(
            " · curvature {}, climbs beyond the rate {} (now {})",
            number(snapshot.curvature),
            number(snapshot.stability_limit),
            number(scene.config.learning_rate)
        )
    } else {
        String::new()
    };
    format!("step {}: {what}{curvature}", snapshot.test_step)
}

/// All places in numbers.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new(&[
        "place on the line",
        "learning rate",
        "change of loss",
        "slope",
    ]);
    if let Some((_, line)) = shown(scene) {
        let signed = |v: f32| {
            let sign = if v < 0.0 { "−" } else { "" };
            format!("{sign}{}", number(v.abs().into()))
        };
        for (i, t) in line.t.iter().enumerate() {
            table.rows.push(vec![
                format!("{t:.2}"),
                signed((scene.config.learning_rate * f64::from(*t)) as f32),
                signed(line.loss_change[i]),
                signed(line.slope[i]),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parabola bend (t - lowest)^2 as a line.
    fn parabola(lowest: f32, bend: f32) -> StepLine {
        let t: Vec<f32> = (0..17).map(|i| -1.0 + 0.25 * i as f32).collect();
        StepLine {
            loss_change: t
                .iter()
                .map(|t| bend * ((t - lowest).powi(2) - lowest.powi(2)))
                .collect(),
            slope: t.iter().map(|t| 2.0 * bend * (t - lowest)).collect(),
            t,
        }
    }

    #[test]
    fn a_step_is_named_by_where_it_lands() {
        for (lowest, expected) in [
            (50.0, Kind::Crawls),
            (1.5, Kind::Descends),
            (0.7, Kind::Crosses),
            (0.4, Kind::Climbs),
        ] {
            assert_eq!(kind(&parabola(lowest, 3.0)), Some(expected), "{lowest}");
        }
        assert_eq!(kind(&StepLine::default()), None);
    }

    #[test]
    fn where_losses_and_slopes_disagree_the_line_is_straight() {
        let line = StepLine {
            t: vec![0.0, 1.0],
            loss_change: vec![0.0, 0.1],
            slope: vec![50.0, 40.0],
        };
        assert!((at(&line, 0.5).unwrap() - 0.05).abs() < 1e-7);
    }

    #[test]
    fn between_the_points_the_line_is_a_parabola_too() {
        let line = parabola(0.7, 3.0);
        for t in [-1.0, -0.4, 0.0, 0.33, 1.9, 3.0] {
            let expected = 3.0 * ((t - 0.7f64).powi(2) - 0.49);
            assert!((at(&line, t).unwrap() - expected).abs() < 1e-5, "{t}");
        }
        assert_eq!(at(&line, 3.1), None);
    }
}
