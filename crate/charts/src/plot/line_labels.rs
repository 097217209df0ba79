//! Names of lines, in place of a legend: at the lines' right ends where there is room, otherwise in a row
//! above the plot.

use crate::plot::layout::TITLE_ROW;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{NORMAL, SMALL};
use gradient_flow_words::Value;
use plotters::prelude::*;

/// Width of the margin right of a plot that holds the labels.
pub const WIDTH: i32 = 64;

/// Width of the margin that holds labels in whole words.
pub const WIDE: i32 = 156;

/// Distance of two labels at the ends of lines.
const PITCH: i32 = NORMAL + 3;

/// Ends that are closer than this count as equal: their labels do not change places from frame to frame.
const EQUAL: i32 = 8;

/// A line's name.
#[derive(Clone)]
pub struct LineLabel {
    /// The text.
    pub text: Value,
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
    let mut drawn: Vec<(i32, LineLabel)> = labels
        .into_iter()
        .filter_map(|label| Some((label.end?, label)))
        .collect();
    drawn.truncate((plot.height() / PITCH) as usize + 1);
    let ends: Vec<i32> = drawn.iter().map(|(end, _)| *end).collect();
    let order = order(&ends);
    let ends: Vec<i32> = order.iter().map(|i| ends[*i]).collect();
    let rows = spread(&ends, (plot.top, plot.bottom), PITCH);
    for (i, y) in order.into_iter().zip(rows) {
        let (_, label) = drawn[i].clone();
        let at = [((plot.right + 7, y), Anchor::Left)];
        s.text_where_free(label.text, &at, NORMAL, label.color);
    }
}

/// The order of labels from the top, by their lines' ends; those whose ends are equal keep the order in which they are
/// listed.
fn order(ends: &[i32]) -> Vec<usize> {
    // By insertion: the library's sorts take more room in the download than a few labels are worth.
    let mut order: Vec<usize> = Vec::new();
    for i in 0..ends.len() {
        let after = order
            .iter()
            .take_while(|other| ends[**other] <= ends[i])
            .count();
        order.insert(after, i);
    }
    for _ in 0..order.len() {
        for at in 1..order.len() {
            let (upper, lower) = (order[at - 1], order[at]);
            if upper > lower && (ends[lower] - ends[upper]).abs() < EQUAL {
                order.swap(at - 1, at);
            }
        }
    }
    order
}

/// Moves rows (nearly ascending) apart to `pitch`, no further than necessary, and keeps them within the limits.
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
        let at = [((right, plot.top - TITLE_ROW), Anchor::Right)];
        let drawn = s.text_where_free(label.text.clone(), &at, SMALL, label.color);
        right = drawn.map_or(right, |area| area.left - 8);
    }
}

#[cfg(test)]
mod tests {
    use super::{order, spread};

    #[test]
    fn labels_of_equal_ends_keep_their_order() {
        for (ends, expected) in [
            (vec![50, 100, 20], vec![2, 0, 1]),
            (vec![50, 44, 53], vec![0, 1, 2]),
            (vec![50, 41, 53], vec![1, 0, 2]),
        ] {
            assert_eq!(order(&ends), expected, "{ends:?}");
        }
    }

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
