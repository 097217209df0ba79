//! The key to the colours of a heat map: a bar right of its plot, or a slim one in a row of text.

use crate::plot::layout::TITLE_ROW;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{NORMAL, SMALL};
use gradient_flow_words::Value;
use plotters::prelude::*;

/// Width of the margin that holds the bar with its labels.
pub const WIDTH: i32 = 62;

/// The number of shades in the bar.
const SHADES: usize = 64;

/// Draws the bar with its ticks, each at a position from 0 (bottom) to 1, and its title below.
pub fn draw(
    s: &Surface,
    plot: Rect,
    ticks: impl Iterator<Item = (f64, Value)>,
    title: (impl Into<Value>, RGBColor),
) {
    draw_in(s, plot, ticks, title, &|position| s.theme.heat(position))
}

/// The same in other colours: `shade` is the colour at a position from 0 to 1.
pub fn draw_in(
    s: &Surface,
    plot: Rect,
    ticks: impl Iterator<Item = (f64, Value)>,
    (title, color): (impl Into<Value>, RGBColor),
    shade: &dyn Fn(f64) -> RGBColor,
) {
    let bar = Rect {
        left: plot.right + 12,
        right: plot.right + 20,
        ..plot
    };
    s.heat_map(bar, (1, SHADES), |_, row| {
        Some(shade((row as f64 + 0.5) / SHADES as f64))
    });
    for (position, label) in ticks {
        let at = (bar.right + 4, bar.y(position));
        s.text_where_free(label, &[(at, Anchor::Left)], SMALL, s.theme.muted);
    }
    let below = ((plot.right + s.size().0) / 2, plot.bottom + 20);
    s.text_where_free(title, &[(below, Anchor::Top)], NORMAL, color);
}

/// Width and height of a slim bar.
const SLIM: (i32, i32) = (44, 7);
/// Distance of a slim bar from its labels.
const GAP: i32 = 4;

/// The width of a slim bar with its labels.
fn slim_width(s: &Surface, ends: &[Value; 2]) -> i32 {
    s.width(&ends[0], SMALL) + s.width(&ends[1], SMALL) + SLIM.0 + 2 * GAP
}

/// Draws a slim bar between the labels of its ends; `left` is where the first one begins. `color` is the colour at a
/// position from 0 to 1.
pub fn draw_slim(
    s: &Surface,
    (left, row): (i32, i32),
    ends: [Value; 2],
    color: &dyn Fn(f64) -> RGBColor,
) {
    let bar_left = left + s.width(&ends[0], SMALL) + GAP;
    let bar = Rect {
        left: bar_left,
        top: row - SLIM.1 / 2,
        right: bar_left + SLIM.0,
        bottom: row - SLIM.1 / 2 + SLIM.1,
    };
    s.heat_map(bar, (SLIM.0 as usize, 1), |column, _| {
        Some(color((column as f64 + 0.5) / f64::from(SLIM.0)))
    });
    let [low, high] = ends;
    s.text_where_free(low, &[((left, row), Anchor::Left)], SMALL, s.theme.muted);
    let after = ((bar.right + GAP, row), Anchor::Left);
    s.text_where_free(high, &[after], SMALL, s.theme.muted);
}

/// A slim bar above a plot, at its right end, where there is no room beside the plot.
pub fn draw_above(s: &Surface, plot: Rect, ends: [Value; 2]) {
    draw_above_in(s, plot, ends, &|position| s.theme.heat(position))
}

/// The same in other colours.
pub fn draw_above_in(s: &Surface, plot: Rect, ends: [Value; 2], shade: &dyn Fn(f64) -> RGBColor) {
    let left = plot.right - slim_width(s, &ends);
    draw_slim(s, (left, plot.top - TITLE_ROW + 2), ends, shade)
}

/// A slim bar in the middle of a row.
pub fn draw_centered(
    s: &Surface,
    (middle, row): (i32, i32),
    ends: [Value; 2],
    color: &dyn Fn(f64) -> RGBColor,
) {
    let left = middle - slim_width(s, &ends) / 2;
    draw_slim(s, (left.max(0), row), ends, color)
}
