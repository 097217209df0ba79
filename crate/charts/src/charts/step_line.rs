//! `step-line`: the loss along the direction of the last update, with the step marked on it.

use crate::charts::Need;
use crate::plot::layout::{plot_area, plot_title, tick_label};
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{NORMAL, SMALL};
use crate::scene::Scene;
use crate::text::{Table, change, decimals, missing, signed, value};
use gradient_flow::Snapshot;
use gradient_flow::numeric::format::label;
use gradient_flow::observe::snapshot::StepLine;
use gradient_flow_words::{Message, Value, message};
use plotters::prelude::*;

/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[Need::StepLine];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = false;

fn plot(size: (i32, i32)) -> Rect {
    let area = plot_area(size, 16);
    // Labels have a sign and four digits: they are wider than those of other charts.
    Rect {
        left: area.left + 28,
        ..area
    }
}

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Outcome {
    /// It moved a little down a long slope.
    Crawled,
    /// It went down, and ended before the lowest point.
    Descended,
    /// It jumped across the lowest point, and ended lower than it started.
    Crossed,
    /// It ended higher than it started.
    Climbed,
}

fn outcome(line: &StepLine) -> Option<Outcome> {
    let (start, end) = (index_of(line, 0.0)?, index_of(line, 1.0)?);
    let descent = -line.slope[start];
    Some(if line.loss_change[end] > 0.0 {
        Outcome::Climbed
    } else if line.slope[end] > 0.0 {
        Outcome::Crossed
    } else if -line.slope[end] > 0.9 * descent {
        // The slope has hardly changed: on a parabola the lowest point is ten such steps away.
        Outcome::Crawled
    } else {
        Outcome::Descended
    })
}

fn index_of(line: &StepLine, t: f32) -> Option<usize> {
    line.t.iter().position(|x| *x == t)
}

/// The change of the loss at any point of the line, by cubic Hermite interpolation of losses and slopes.
/// Where losses and slopes contradict each other, the loss is rougher than the points are dense, and a
/// straight line is more honest.
fn interpolate(line: &StepLine, t: f64) -> Option<f64> {
    let right = line.t.iter().position(|x| f64::from(*x) >= t)?.max(1);
    let entry = |values: &[f32], i: usize| f64::from(values[i]);
    let (from, to) = (entry(&line.t, right - 1), entry(&line.t, right));
    let (width, x) = (to - from, (t - from) / (to - from));
    let f0 = entry(&line.loss_change, right - 1);
    let f1 = entry(&line.loss_change, right);
    let d0 = width * entry(&line.slope, right - 1);
    let d1 = width * entry(&line.slope, right);
    let secant = f1 - f0;
    let contradict = ((d0 + d1) / 2.0 - secant).abs() > 0.25 * (d0.abs() + d1.abs());
    let value = if contradict {
        f0 + x * secant
    } else {
        f0 + x * (d0 + x * (3.0 * (f1 - f0) - 2.0 * d0 - d1 + x * (2.0 * (f0 - f1) + d0 + d1)))
    };
    value.is_finite().then_some(value)
}

/// The line of the last evaluation, if it was requested.
fn shown(scene: &Scene) -> Option<(&Snapshot, &StepLine)> {
    let shown = scene.shown.as_ref()?;
    Some((shown, line_of(shown)?))
}

fn line_of(snapshot: &Snapshot) -> Option<&StepLine> {
    let line = &snapshot.step_line;
    (line.t.len() > 1 && line.slope.len() == line.t.len()).then_some(line)
}

/// The learning rate of the step that made the line. Since then, the config and (if the line is repeated from an
/// evaluation) the snapshot may have changed theirs.
fn learning_rate(scene: &Scene, snapshot: &Snapshot) -> f64 {
    let evaluation = scene.history.evaluation(snapshot.test_step);
    evaluation.map_or(snapshot.learning_rate, |e| e.learning_rate)
}

/// The axes: positions on the line, in updates, and changes of the loss up to `range`.
struct Axes {
    plot: Rect,
    from: f64,
    to: f64,
    range: f64,
}

impl Axes {
    fn new(plot: Rect, line: &StepLine, range: f64) -> Self {
        Axes {
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
        self.from + self.plot.fraction_x(x) * (self.to - self.from)
    }

    /// Grid lines and labels.
    fn draw(&self, s: &Surface) {
        let (plot, theme) = (self.plot, s.theme);
        for part in [-1.0, -0.5, 0.0, 0.5, 1.0] {
            let y = self.y(part * self.range);
            s.line(vec![(plot.left, y), (plot.right, y)], theme.grid, 1);
            tick_label(s, plot, y, change(part * self.range));
        }
        let below = |text: Value, x: i32| {
            let places = [((x, plot.bottom + 6), Anchor::Top)];
            s.text_where_free(text, &places, SMALL, theme.muted);
        };
        let ends = [
            (0.0, message!("chart-step-line-before")),
            (1.0, message!("chart-step-line-after")),
        ];
        for (t, text) in ends {
            let x = self.x(t);
            s.line(vec![(x, plot.top), (x, plot.bottom)], theme.grid, 1);
            below(text.into(), x);
        }
        for t in [-1.0, 2.0, 3.0] {
            below(t.into(), self.x(t));
        }
        let title = message!("chart-step-line-axis");
        let at = (plot.x(0.5), plot.bottom + 20);
        s.text(title, at, Anchor::Top, NORMAL, theme.muted);
    }
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let plot = plot(s.size());
    let theme = s.theme;
    plot_title(s, plot, message!("chart-step-line-title"));
    let Some((snapshot, line)) = shown(scene) else {
        let text = match scene.shown.as_ref().is_some_and(|s| s.step > 0) {
            _ if scene.is_scrubbed() => missing(scene, |snapshot| line_of(snapshot).is_some()),
            true => message!("chart-step-line-next"),
            false => message!("chart-step-line-none"),
        };
        return s.sentence(text, s.whole(), NORMAL, theme.muted);
    };
    let axes = Axes::new(plot, line, scene.loss_change_range.max(f64::MIN_POSITIVE));
    axes.draw(s);
    let pinned = scene.pinned_snapshot().map(|pinned| &pinned.step_line);
    if let Some(pinned) = pinned.filter(|line| line.t.len() > 1) {
        for segment in segments(&axes, pinned) {
            s.dotted_line(&segment, theme.ink);
        }
    }
    for segment in segments(&axes, line) {
        s.line(segment, theme.ink, 2);
    }
    draw_stability_limit(scene, s, &axes, snapshot);
    if let (Some(start), Some(end)) = (interpolate(line, 0.0), interpolate(line, 1.0)) {
        let inside = |y: i32| y.clamp(plot.top, plot.bottom);
        let from = (axes.x(0.0), inside(axes.y(start)));
        let to = (axes.x(1.0), inside(axes.y(end)));
        s.dotted_line(&[from, to], theme.weight);
        s.disc(from, 4, theme.muted);
        s.disc(to, 5, theme.weight);
    }
}

/// Marks where a parabola of the largest curvature would be as high as at the start.
fn draw_stability_limit(scene: &Scene, s: &Surface, axes: &Axes, snapshot: &Snapshot) {
    let plot = axes.plot;
    let limit = snapshot.stability_limit / learning_rate(scene, snapshot);
    if !limit.is_finite() || !(axes.from..=axes.to).contains(&limit) {
        return;
    }
    let x = axes.x(limit);
    let color = s.theme.wrong;
    s.dashed_line(&[(x, plot.top), (x, plot.bottom)], color.mix(0.9));
    let text = Value::from(message!("chart-step-line-limit"));
    let right = ((x + 4, plot.top + 8), Anchor::Left);
    let left = ((x - 4, plot.top + 8), Anchor::Right);
    let fits_right = x + 4 + s.width(&text, SMALL) < plot.right;
    let places = if fits_right {
        [right, left]
    } else {
        [left, right]
    };
    s.text_where_free(text, &places, SMALL, color);
}

/// The segments of the curve that lie within the plot.
fn segments(axes: &Axes, line: &StepLine) -> Vec<Vec<(i32, i32)>> {
    let mut segments = vec![Vec::new()];
    for x in axes.plot.left..=axes.plot.right {
        let y = interpolate(line, axes.t(x.into())).map(|change| axes.y(change));
        match y.filter(|y| (axes.plot.top..=axes.plot.bottom).contains(y)) {
            Some(y) => segments.last_mut().expect("never empty").push((x, y)),
            None => segments.push(Vec::new()),
        }
    }
    segments
}

/// The change of the loss under a point, and the learning rate that would lead there.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
    let plot = plot(size);
    let (snapshot, line) = shown(scene).filter(|_| plot.contains(at))?;
    let t = Axes::new(plot, line, 1.0).t(at.0);
    let rate = learning_rate(scene, snapshot) * t;
    Some(message!(
        "chart-step-line-readout",
        t = decimals(t, 2),
        rate = signed(rate),
        change = change(interpolate(line, t)?)
    ))
}

/// This chart has no layers.
pub fn layer_at(_: &Scene, _: (i32, i32), _: (f64, f64)) -> Option<usize> {
    None
}

/// What the step did, the curvature, and the learning rate from which on it would climb.
pub fn note(scene: &Scene) -> Vec<Message> {
    let Some((snapshot, line)) = shown(scene) else {
        return Vec::new();
    };
    let (Some(outcome), Some(end)) = (outcome(line), index_of(line, 1.0)) else {
        return Vec::new();
    };
    let (step, change) = (snapshot.test_step, f64::from(line.loss_change[end]));
    if !change.is_finite() {
        return vec![message!("chart-step-line-not-finite", step = step)];
    }
    let change = label(change.abs());
    let mut note = vec![match outcome {
        Outcome::Crawled => message!("chart-step-line-crawled", step = step, change = change),
        Outcome::Descended => message!("chart-step-line-descended", step = step, change = change),
        Outcome::Crossed => message!("chart-step-line-crossed", step = step, change = change),
        Outcome::Climbed => message!("chart-step-line-climbed", step = step, change = change),
    }];
    let is_known = snapshot.curvature > 0.0 && snapshot.curvature.is_finite();
    if is_known && snapshot.stability_limit.is_finite() {
        note.push(message!(
            "chart-step-line-rate",
            limit = label(snapshot.stability_limit),
            rate = value(learning_rate(scene, snapshot)),
            curvature = label(snapshot.curvature)
        ));
    }
    note
}

/// All points of the line in numbers.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new([
        message!("chart-step-line-column-place"),
        message!("chart-step-line-column-rate"),
        message!("chart-step-line-column-change"),
        message!("chart-step-line-column-slope"),
    ]);
    if let Some((snapshot, line)) = shown(scene) {
        let rate = learning_rate(scene, snapshot);
        for (i, t) in line.t.iter().enumerate() {
            table.rows.push(vec![
                decimals((*t).into(), 2).into(),
                signed(((rate * f64::from(*t)) as f32).into()),
                signed(line.loss_change[i].into()),
                signed(line.slope[i].into()),
            ]);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Chart;
    use crate::plot::theme::LIGHT;
    use gradient_flow_words::Words;

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
    fn the_outcome_of_a_step_is_where_it_lands() {
        for (lowest, expected) in [
            (50.0, Outcome::Crawled),
            (1.5, Outcome::Descended),
            (0.7, Outcome::Crossed),
            (0.4, Outcome::Climbed),
        ] {
            assert_eq!(outcome(&parabola(lowest, 3.0)), Some(expected), "{lowest}");
        }
        assert_eq!(outcome(&StepLine::default()), None);
    }

    /// A step at this learning rate whose line is a parabola, evaluated at its own step or an earlier one.
    fn snapshot(step: u64, test_step: u64, learning_rate: f64) -> Snapshot {
        let mut snapshot = Snapshot {
            step,
            test_step,
            learning_rate,
            test_loss: 1.0,
            stability_limit: 0.2,
            step_line: parabola(0.7, 3.0),
            ..Snapshot::default()
        };
        let layers = &mut snapshot.layers;
        for array in [&mut layers.dw_rms, &mut layers.delta_rms, &mut layers.a_rms] {
            *array = vec![1.0];
        }
        snapshot
    }

    #[test]
    fn the_learning_rate_is_the_one_of_the_step() {
        let mut scene = Scene::default();
        scene.push(snapshot(1, 1, 0.1));
        let size = (320, 240);
        let middle = (f64::from(plot(size).x(0.5)), 100.0);
        let seen = |scene: &Scene| {
            let svg = Chart::StepLine.svg(scene, &LIGHT, &Words::english(), (320, 240));
            (readout(scene, size, middle), table(scene), svg)
        };
        let before = seen(&scene);
        assert!(
            before
                .0
                .as_ref()
                .is_some_and(|text| text.to_string().contains("(learning rate 0.10)"))
        );
        assert!(
            before.2.contains("raises the loss from here"),
            "at two steps"
        );
        // The slider moves after the step; then come steps at the new rate, and no evaluation.
        scene.config.learning_rate = 1.0;
        assert_eq!(seen(&scene), before);
        scene.push(snapshot(2, 1, 1.0));
        assert_eq!(seen(&scene), before);
        scene.push(Snapshot {
            curvature: 2.0,
            ..snapshot(3, 3, 1.0)
        });
        // Of a schedule the last step had another rate than the config says.
        scene.config.learning_rate = 7.0;
        let note = Words::english().say_all(&note(&scene));
        assert!(note.contains("1.0") && !note.contains('7'), "{note}");
        assert!(
            readout(&scene, size, middle)
                .is_some_and(|text| text.to_string().contains("(learning rate 1.0)"))
        );
    }

    #[test]
    fn where_losses_and_slopes_disagree_the_line_is_straight() {
        let line = StepLine {
            t: vec![0.0, 1.0],
            loss_change: vec![0.0, 0.1],
            slope: vec![50.0, 40.0],
        };
        assert!((interpolate(&line, 0.5).unwrap() - 0.05).abs() < 1e-7);
    }

    #[test]
    fn between_the_points_the_line_is_a_parabola_too() {
        let line = parabola(0.7, 3.0);
        for t in [-1.0, -0.4, 0.0, 0.33, 1.9, 3.0] {
            let expected = 3.0 * ((t - 0.7f64).powi(2) - 0.49);
            assert!(
                (interpolate(&line, t).unwrap() - expected).abs() < 1e-5,
                "{t}"
            );
        }
        assert_eq!(interpolate(&line, 3.1), None);
    }
}
