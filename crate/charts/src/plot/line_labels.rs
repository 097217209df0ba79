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
pub const WIDTH: i32 = 80;

/// Width of the margin that holds numbers of layers.
pub const NUMBERS: i32 = 58;

/// Width of the margin that holds labels in whole words.
pub const WIDE: i32 = 172;

/// Distance of two labels at the ends of lines.
const PITCH: i32 = NORMAL + 3;

/// Where labels begin, right of the plot. Between, lines lead to labels that cannot stand at their line's end.
const LEAD: i32 = 16;

/// Ends that are closer than this count as equal: their labels do not change places from frame to frame.
const EQUAL: i32 = 8;

/// A line's name.
#[derive(Clone)]
pub struct LineLabel {
    /// The text.
    pub text: Value,
    /// The line's colour.
    pub color: RGBColor,
    /// The row of the line's last point; None if the line has no points yet.
    pub end: Option<i32>,
}

/// Draws the labels from the top (or from the left) in the order in which they are listed, whatever the lines do: a
/// label that changed places could not be read while it does. The last ones are left out where there is no room.
pub fn draw(s: &Surface, plot: Rect, mut labels: Vec<LineLabel>) {
    labels.retain(|label| label.end.is_some());
    if s.size().0 - plot.right >= WIDTH {
        draw_at_ends(s, plot, &labels)
    } else {
        draw_in_row(s, plot, &labels)
    }
}

/// Draws the labels in the order of their lines' ends, the most important one listed first.
pub fn draw_by_ends(s: &Surface, plot: Rect, mut labels: Vec<LineLabel>) {
    labels.retain(|label| label.end.is_some());
    if s.size().0 - plot.right < NUMBERS {
        return draw_in_row(s, plot, &labels);
    }
    labels.truncate(rows_in(plot));
    let ends: Vec<i32> = labels.iter().filter_map(|label| label.end).collect();
    let mut ordered = Vec::new();
    for i in order(&ends) {
        ordered.push(labels[i].clone());
    }
    draw_at_ends(s, plot, &ordered)
}

/// The number of labels that stand one above the other beside a plot.
fn rows_in(plot: Rect) -> usize {
    (plot.height() / PITCH) as usize + 1
}

fn draw_at_ends(s: &Surface, plot: Rect, labels: &[LineLabel]) {
    let labels = &labels[..labels.len().min(rows_in(plot))];
    let ends: Vec<i32> = labels.iter().filter_map(|label| label.end).collect();
    let rows = place(&ends, (plot.top, plot.bottom), PITCH);
    for ((label, end), row) in labels.iter().zip(ends).zip(rows) {
        if (row - end).abs() > PITCH / 2 {
            let lead = vec![(plot.right + 1, end), (plot.right + LEAD - 3, row)];
            s.line(lead, label.color.mix(0.7), 1);
        }
        let at = [((plot.right + LEAD, row), Anchor::Left)];
        s.text_where_free(label.text.clone(), &at, NORMAL, label.color);
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

/// Rows for labels in this order, at least `pitch` apart and within the limits, as near to the ends of their lines as
/// their order allows: labels in the way of each other share the mean distance.
fn place(ends: &[i32], (top, bottom): (i32, i32), pitch: i32) -> Vec<i32> {
    // Groups of labels that stand close together: the sum of where each would have the group's first label, and how
    // many they are.
    let mut groups: Vec<(i32, i32)> = Vec::new();
    for (i, end) in (0..).zip(ends) {
        let mut group = (end - i * pitch, 1);
        while let Some(before) = groups.last() {
            if before.0 * group.1 <= group.0 * before.1 {
                break;
            }
            group = (group.0 + before.0, group.1 + before.1);
            groups.pop();
        }
        groups.push(group);
    }
    let count = ends.len() as i32;
    let mut rows = Vec::new();
    for (sum, labels) in groups {
        for _ in 0..labels {
            let i = rows.len() as i32;
            let row = sum / labels + i * pitch;
            let lowest = bottom - (count - 1 - i) * pitch;
            rows.push(row.max(top + i * pitch).min(lowest));
        }
    }
    rows
}

/// In a row above the plot that ends at its right edge.
fn draw_in_row(s: &Surface, plot: Rect, labels: &[LineLabel]) {
    const GAP: i32 = 8;
    let mut count = 0;
    let mut room = plot.width();
    for label in labels {
        room -= s.width(&label.text, SMALL) + GAP;
        if room < 0 {
            break;
        }
        count += 1;
    }
    let mut right = plot.right;
    for label in labels[..count].iter().rev() {
        let at = [((right, plot.top - TITLE_ROW), Anchor::Right)];
        let drawn = s.text_where_free(label.text.clone(), &at, SMALL, label.color);
        right = drawn.map_or(right, |area| area.left - GAP);
    }
}

#[cfg(test)]
mod tests {
    use super::{order, place};

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
    fn labels_keep_their_order_their_distance_and_a_place_beside_the_plot() {
        for (ends, expected) in [
            (vec![50, 100], vec![50, 100]),
            (vec![50, 52, 54], vec![37, 52, 67]),
            (vec![-9, 0], vec![0, 15]),
            (vec![190, 200, 200], vec![170, 185, 200]),
            // In the other order: around the middle of both.
            (vec![100, 50], vec![67, 82]),
            (vec![150, 20, 180], vec![77, 92, 180]),
            (vec![], vec![]),
        ] {
            assert_eq!(place(&ends, (0, 200), 15), expected, "{ends:?}");
        }
    }
}
