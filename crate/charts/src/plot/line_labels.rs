//! The names of lines: at their ends where there is room, otherwise in a row above the plot.

use crate::plot::axis::HEAD;
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::{NORMAL, SMALL};
use plotters::prelude::*;

/// Width of a column of names to the right of a plot.
pub const COLUMN: i32 = 48;

/// A line's name.
#[derive(Clone)]
pub struct Name {
    /// The text.
    pub text: String,
    /// The line's colour.
    pub color: RGBAColor,
    /// The row where the line ends; None where it has not begun.
    pub end: Option<i32>,
}

/// Writes the names, the most important one first.
pub fn draw(s: &Surface, plot: Rect, names: Vec<Name>) {
    if s.size().0 - plot.right >= COLUMN {
        at_ends(s, plot, names)
    } else {
        in_a_row(s, plot, names)
    }
}

fn at_ends(s: &Surface, plot: Rect, names: Vec<Name>) {
    let mut begun: Vec<_> = names.iter().filter_map(|n| Some((n.end?, n))).collect();
    begun.sort_by_key(|(end, _)| *end);
    let ends: Vec<i32> = begun.iter().map(|(end, _)| *end).collect();
    let rows = spread(&ends, (plot.top, plot.bottom), NORMAL + 3);
    for ((_, name), y) in begun.iter().zip(rows) {
        let at = (plot.right + 7, y);
        s.text(&name.text, at, Anchor::Left, NORMAL, name.color);
    }
}

/// Rows (ascending) moved apart to `pitch`, as little as it takes, and kept within limits.
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

fn in_a_row(s: &Surface, plot: Rect, names: Vec<Name>) {
    let mut right = plot.right;
    for name in names.iter().filter(|name| name.end.is_some()) {
        // A generous estimate: no measuring, and names stay where they are on every backend.
        let width = 7 * name.text.chars().count() as i32;
        if right - width < plot.left {
            break;
        }
        let at = (right, plot.top - HEAD);
        s.text(&name.text, at, Anchor::Right, SMALL, name.color);
        right -= width + 8;
    }
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn names_keep_their_distance_and_stay_beside_the_plot() {
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
