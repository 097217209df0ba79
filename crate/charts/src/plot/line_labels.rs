//! Names of lines, in place of a legend: at the lines' right ends where there is room, otherwise in a row
//! above the plot.

use crate::plot::layout::TITLE_ROW;
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::{NORMAL, SMALL};
use plotters::prelude::*;

/// Width of the margin right of a plot that holds the labels.
pub const WIDTH: i32 = 48;

/// A line's name.
#[derive(Clone)]
pub struct LineLabel {
    /// The text.
    pub text: String,
    /// The line's colour.
    pub color: RGBAColor,
    /// The row of the line's last point; None if the line has no points yet.
    pub end: Option<i32>,
}

/// Draws the labels, the most important one first.
pub fn draw(s: &Surface, plot: Rect, labels: Vec<LineLabel>) {
    if s.size().0 - plot.right >= WIDTH {
        draw_at_ends(s, plot, labels)
    } else {
        draw_in_row(s, plot, labels)
    }
}

fn draw_at_ends(s: &Surface, plot: Rect, labels: Vec<LineLabel>) {
    let mut drawn: Vec<_> = labels
        .iter()
        .filter_map(|label| Some((label.end?, label)))
        .collect();
    drawn.sort_by_key(|(end, _)| *end);
    let ends: Vec<i32> = drawn.iter().map(|(end, _)| *end).collect();
    let rows = spread(&ends, (plot.top, plot.bottom), NORMAL + 3);
    for ((_, label), y) in drawn.iter().zip(rows) {
        let at = (plot.right + 7, y);
        s.text(&label.text, at, Anchor::Left, NORMAL, label.color);
    }
}

/// Moves rows (ascending) apart to `pitch`, no further than necessary, and keeps them within the limits.
fn spread(rows: &[i32], (top, bottom): (i32, i32), pitch: i32) -> Vec<i32> {
    let mut rows = rows.to_vec();
    let mut free = top;
    for row in &mut rows {
        *row = (*row).max(free);
        free = *row + pitch;
    }
    let mut free = bottom;
    for row in rows.iter_mut().rev() {
        *row = (*row).min(free);
        free = *row - pitch;
    }
    rows
}

fn draw_in_row(s: &Surface, plot: Rect, labels: Vec<LineLabel>) {
    let mut right = plot.right;
    for label in labels.iter().filter(|label| label.end.is_some()) {
        // A generous estimate instead of a measurement, so that labels stand in the same place on
        // every backend.
        let width = 7 * label.text.chars().count() as i32;
        if right - width < plot.left {
            break;
        }
        let at = (right, plot.top - TITLE_ROW);
        s.text(&label.text, at, Anchor::Right, SMALL, label.color);
        right -= width + 8;
    }
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn labels_keep_their_distance_and_stay_beside_the_plot() {
        for (rows, expected) in [
            (vec![50, 100], vec![50, 100]),
            (vec![50, 52, 54], vec![50, 65, 80]),
            (vec![-9, 0], vec![0, 15]),
            (vec![190, 200, 200], vec![170, 185, 200]),
        ] {
            assert_eq!(spread(&rows, (0, 200), 15), expected, "{rows:?}");
        }
    }
}
