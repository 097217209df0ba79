//! `fixes`: what the network reaches with each change of one setting: the cause is what one changes alone.

use crate::charts::Need;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::{Anchor, Place};
use crate::plot::text_width::text_width;
use crate::plot::theme::{NORMAL, SMALL};
use crate::scene::Scene;
use crate::scene::trials::{Trial, Trials};
use crate::text::Table;
use gradient_flow::numeric::format::{label, one_digit, percent};
use gradient_flow_words::{Message, Value, message};
use plotters::prelude::*;

/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = false;

/// The smallest and largest height of a row.
const PITCH: (i32, i32) = (13, 26);
/// The room for the rule between changes of one setting and combined ones.
const RULE: i32 = 9;
/// The room for a value beside the longest bar.
const VALUE: i32 = 48;

/// Where the rows lie.
struct Layout {
    /// The bars' part of the picture.
    plot: Rect,
    /// The rows that have room, each with its top.
    rows: Vec<(usize, i32)>,
    pitch: i32,
    /// The largest value on the axis.
    largest: f64,
}

impl Layout {
    fn new(scene: &Scene, (width, height): (i32, i32)) -> Self {
        let trials = &scene.trials;
        let mut beside = 0;
        for row in &trials.rows {
            beside = beside.max(text_width(&row.label, SMALL) + 14);
        }
        let plot = Rect {
            left: beside.min(width * 45 / 100).max(14),
            top: 24,
            right: width - VALUE,
            bottom: height - 38,
        };
        let count = trials.rows.len() as i32;
        let singles = trials.rows.iter().filter(|row| row.is_single).count();
        let has_rule = singles > 0 && singles < trials.rows.len();
        let room = plot.height() - if has_rule { RULE } else { 0 };
        let pitch = (room / count.max(1)).clamp(PITCH.0, PITCH.1);
        // What has no room is the end of the single changes: a combined one is there because they are not enough.
        let left_out = (count - room / pitch).max(0) as usize;
        let mut rows = Vec::new();
        let mut top = plot.top;
        for (index, row) in trials.rows.iter().enumerate() {
            if row.is_single && index + left_out >= singles {
                continue;
            }
            if has_rule && index == singles {
                top += RULE;
            }
            if top + pitch <= plot.bottom + 1 {
                rows.push((index, top));
            }
            top += pitch;
        }
        Layout {
            plot,
            rows,
            pitch,
            largest: largest(scene),
        }
    }

    fn x(&self, value: f64) -> i32 {
        self.plot.x((value / self.largest).clamp(0.0, 1.0))
    }

    /// A row over the whole width.
    fn band(&self, top: i32, width: i32) -> Rect {
        Rect {
            left: 0,
            top,
            right: width,
            bottom: top + self.pitch,
        }
    }

    fn row_at(&self, at: (f64, f64), width: i32) -> Option<usize> {
        for (index, top) in &self.rows {
            if self.band(*top, width).contains(at) {
                return Some(*index);
            }
        }
        None
    }
}

/// This run's accuracy or loss; NaN before the first evaluation.
fn this_run(scene: &Scene) -> f64 {
    scene.shown.as_ref().map_or(f64::NAN, |shown| {
        if scene.trials.has_accuracy {
            shown.test_accuracy
        } else {
            shown.test_loss
        }
    })
}

/// The largest value on the axis: 100 %, or a round loss somewhat above what guessing and this run have.
fn largest(scene: &Scene) -> f64 {
    if scene.trials.has_accuracy {
        return 1.0;
    }
    let mut largest = 0.0f64;
    for value in [scene.trials.guess, this_run(scene)] {
        // An exploded run must not press all others to the left end.
        if value.is_finite() && (largest == 0.0 || value < 3.0 * largest) {
            largest = largest.max(value);
        }
    }
    if largest > 0.0 {
        2.0 * one_digit(0.6 * largest)
    } else {
        1.0
    }
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let (trials, theme) = (&scene.trials, s.theme);
    if trials.rows.is_empty() {
        return s.sentence(trials.summary(), s.whole(), NORMAL, theme.muted);
    }
    let layout = Layout::new(scene, s.size());
    let plot = layout.plot;
    let mut was_single = false;
    for (index, top) in &layout.rows {
        if trials.selected == Some(*index) {
            s.fill_rect(layout.band(*top, s.size().0), theme.grid);
        }
        let is_single = trials.rows[*index].is_single;
        if was_single && !is_single {
            let y = top - RULE / 2 - 1;
            s.line(vec![(8, y), (plot.right, y)], theme.muted.mix(0.6), 1);
        }
        was_single = is_single;
    }
    draw_axis(s, trials, &layout);
    for (index, top) in &layout.rows {
        draw_bar(s, &layout, &trials.rows[*index], *top);
    }
    if trials.steps > 0 {
        draw_marks(scene, s, &layout);
    }
    for (index, top) in &layout.rows {
        write_row(scene, s, &layout, &trials.rows[*index], *top);
    }
}

fn draw_axis(s: &Surface, trials: &Trials, layout: &Layout) {
    let (plot, theme) = (layout.plot, s.theme);
    for part in [0.0, 0.5, 1.0] {
        let x = plot.x(part);
        s.line(vec![(x, plot.top), (x, plot.bottom)], theme.grid, 1);
        let at = (x, plot.bottom + 4);
        let text = value_text(trials, part * layout.largest);
        s.text_where_free(text, &[(at, Anchor::Top)], SMALL, theme.muted);
    }
    let left_out = trials.rows.len() - layout.rows.len();
    if left_out > 0 {
        let at = (plot.left - 24, plot.bottom + 10);
        let more = message!("trials-more", count = left_out);
        s.text_where_free(more, &[(at, Anchor::Right)], SMALL, theme.muted);
    }
    if trials.steps == 0 {
        return;
    }
    let at = ((plot.left + plot.right) / 2, plot.bottom + 20);
    let title = if trials.has_accuracy {
        message!("trials-axis-accuracy", steps = trials.steps)
    } else {
        message!("trials-axis-loss", steps = trials.steps)
    };
    s.text(title, at, Anchor::Top, SMALL, theme.muted)
}

/// How far a change's bar reaches to the right.
fn bar_end(layout: &Layout, row: &Trial) -> i32 {
    if row.value.is_finite() && !row.overflowed {
        layout.x(row.value).max(layout.plot.left + 1)
    } else {
        layout.plot.left
    }
}

fn draw_bar(s: &Surface, layout: &Layout, row: &Trial, top: i32) {
    let bar = Rect {
        left: layout.plot.left,
        top: top + 2,
        right: bar_end(layout, row),
        bottom: top + layout.pitch - 2,
    };
    let color = if row.learns {
        s.theme.positive
    } else {
        s.theme.grey(0.5)
    };
    s.fill_rect(bar, color)
}

/// A change's name, and what came of it: beyond the lines that would cross the text.
fn write_row(scene: &Scene, s: &Surface, layout: &Layout, row: &Trial, top: i32) {
    let (left, middle) = (layout.plot.left, top + layout.pitch / 2);
    let color = if row.learns {
        s.theme.ink
    } else {
        s.theme.muted
    };
    let name = shortened(&row.label, left - 14);
    s.text(name, (left - 6, middle), Anchor::Right, SMALL, color);
    let text = result(&scene.trials, row);
    let width = s.width(&text, SMALL) + 8;
    let (end, mut at) = (bar_end(layout, row), bar_end(layout, row));
    let (run, guess) = (this_run(scene), scene.trials.guess);
    for mark in [run.min(guess), run.max(guess)] {
        let x = layout.x(mark);
        if scene.trials.steps > 0 && mark.is_finite() && (at - 3..at + width).contains(&x) {
            at = x;
        }
    }
    let places = [at, end].map(|x| ((x + 6, middle), Anchor::Left));
    s.text_where_free(text, &places, SMALL, color);
}

/// Guessing and this run, as lines over all bars. The names stand on the outer sides.
fn draw_marks(scene: &Scene, s: &Surface, layout: &Layout) {
    let (plot, theme) = (layout.plot, s.theme);
    let (run, guess) = (this_run(scene), scene.trials.guess);
    let names = |value: f64, other: f64| -> [Place; 3] {
        let (x, y) = (layout.x(value), plot.top - 10);
        let (right, left) = (((x + 4, y), Anchor::Left), ((x - 4, y), Anchor::Right));
        let middle = ((x, y - 6), Anchor::Top);
        if value < other {
            [left, middle, right]
        } else {
            [right, middle, left]
        }
    };
    if run.is_finite() {
        let x = layout.x(run);
        s.line(vec![(x, plot.top - 4), (x, plot.bottom)], theme.ink, 2);
        let text = message!("trials-this-run");
        s.text_where_free(text, &names(run, guess), SMALL, theme.ink);
    }
    if guess.is_finite() {
        let x = layout.x(guess);
        s.dashed_line(&[(x, plot.top - 4), (x, plot.bottom)], theme.muted);
        let text = message!("trials-guessing");
        s.text_where_free(text, &names(guess, run), SMALL, theme.muted);
    }
}

/// As much of a name as fits.
fn shortened(name: &str, width: i32) -> String {
    let mut text = String::from(name);
    if text_width(&text, SMALL) > width {
        while text_width(&text, SMALL) + SMALL > width && text.pop().is_some() {}
        text.push('…');
    }
    text
}

fn value_text(trials: &Trials, value: f64) -> Value {
    if trials.has_accuracy {
        percent(value).into()
    } else {
        label(value).into()
    }
}

/// What came of a change.
fn result(trials: &Trials, row: &Trial) -> Value {
    if !row.tried {
        message!("trials-untried").into()
    } else if row.overflowed || !row.value.is_finite() {
        message!("trials-overflow").into()
    } else {
        value_text(trials, row.value)
    }
}

/// The change under a point.
pub fn trial_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    Layout::new(scene, size).row_at(at, size.0)
}

/// The change under a point, and what came of it.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
    let row = &scene.trials.rows[trial_at(scene, size, at)?];
    Some(message!(
        "trials-readout",
        change = row.label.clone(),
        result = result(&scene.trials, row)
    ))
}

/// There are no layers.
pub fn layer_at(_: &Scene, _: (i32, i32), _: (f64, f64)) -> Option<usize> {
    None
}

/// How far the trials are, and how a change is applied.
pub fn note(scene: &Scene) -> Vec<Message> {
    let mut note = vec![scene.trials.summary()];
    if !scene.trials.rows.is_empty() {
        note.push(message!("trials-apply"));
    }
    note
}

/// All changes.
pub fn table(scene: &Scene) -> Table {
    let trials = &scene.trials;
    let mut table = Table::new([
        message!("trials-column-change"),
        message!("trials-column-result", steps = trials.steps),
        message!("trials-column-learns"),
    ]);
    for row in &trials.rows {
        let learns = match (row.tried, row.learns) {
            (false, _) => Value::default(),
            (true, true) => message!("trials-learns").into(),
            (true, false) => message!("trials-learns-not").into(),
        };
        let change = Value::from(row.label.clone());
        table.rows.push(vec![change, result(trials, row), learns]);
    }
    table
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::charts::tests::scene;
    use crate::plot::surface::BackendKind;
    use crate::plot::theme::LIGHT;
    use crate::scene::trials::TrialState;
    use gradient_flow_words::Words;

    fn trial(label: String, value: f64, is_single: bool) -> Trial {
        Trial {
            label,
            value,
            learns: value > 0.5,
            overflowed: false,
            tried: true,
            is_single,
        }
    }

    /// Trials of so many changes of one setting, and two combined ones.
    pub(crate) fn trials(singles: usize) -> Trials {
        let single = |i: usize| trial(format!("Change {i}"), 0.9 - 0.05 * i as f64, true);
        let combined = |i: usize| {
            trial(
                format!("A very long change of two settings {i}"),
                0.8,
                false,
            )
        };
        Trials {
            state: TrialState::Finished,
            steps: 300,
            made: singles + 2,
            planned: singles + 2,
            has_accuracy: true,
            guess: 0.1,
            rows: (0..singles)
                .map(single)
                .chain((0..2).map(combined))
                .collect(),
            selected: Some(1),
        }
    }

    #[test]
    fn where_room_is_short_the_combined_changes_stay_and_the_rest_is_counted() {
        let mut scene = scene("depth=3&width=8", &[0]);
        scene.trials = trials(18);
        let size = (300, 200);
        let layout = Layout::new(&scene, size);
        let shown: Vec<usize> = layout.rows.iter().map(|(index, _)| *index).collect();
        assert!(shown.len() < 20 && shown.starts_with(&[0, 1]), "{shown:?}");
        assert!(shown.ends_with(&[18, 19]), "{shown:?}");
        let s = Surface::new(size, &LIGHT, &Words::english(), BackendKind::Svg);
        draw(&scene, &s);
        let texts: Vec<String> = s.texts().into_iter().map(|(text, _)| text).collect();
        let more = format!("+ {} more", 20 - shown.len());
        assert!(texts.contains(&more), "{texts:?}");
        // Each row is found where it is drawn, and nothing between the two kinds.
        for (index, top) in &layout.rows {
            let at = (20.0, f64::from(top + layout.pitch / 2));
            assert_eq!(trial_at(&scene, size, at), Some(*index));
        }
        let first_combined = layout.rows[shown.len() - 2].1;
        assert_eq!(
            trial_at(&scene, size, (20.0, f64::from(first_combined - 4))),
            None
        );
    }

    #[test]
    fn bars_end_at_their_values() {
        let mut scene = scene("depth=3&width=8", &[0]);
        scene.trials = trials(3);
        let size = (640, 300);
        let plot = Layout::new(&scene, size).plot;
        let s = Surface::new(size, &LIGHT, &Words::english(), BackendKind::Svg);
        draw(&scene, &s);
        let bars = s
            .rects()
            .into_iter()
            .filter(|(area, color)| area.left == plot.left && *color == LIGHT.positive.to_rgba());
        let ends: Vec<i32> = bars.map(|(area, _)| area.right).collect();
        assert_eq!(ends, [0.9, 0.85, 0.8, 0.8, 0.8].map(|value| plot.x(value)));
    }

    #[test]
    fn losses_have_an_axis_that_an_explosion_does_not_spoil() {
        let mut scene = scene("data=plane&depth=3&width=8", &[0]);
        scene.trials = Trials {
            has_accuracy: false,
            guess: 1.0,
            ..trials(2)
        };
        let mut shown = scene.shown.clone().expect("a snapshot");
        shown.test_loss = 1e9;
        scene.shown = Some(shown.clone());
        assert!(
            (1.0..=2.0).contains(&largest(&scene)),
            "{}",
            largest(&scene)
        );
        shown.test_loss = f64::NAN;
        scene.shown = Some(shown);
        scene.trials.guess = f64::NAN;
        assert!((largest(&scene) - 1.0).abs() < 1e-12);
    }
}
