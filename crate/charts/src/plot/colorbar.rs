//! The colour bar of a heat map, right of its plot.

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
    (title, color): (impl Into<Value>, RGBColor),
) {
    let bar = Rect {
        left: plot.right + 12,
        right: plot.right + 20,
        ..plot
    };
    s.heat_map(bar, (1, SHADES), |_, shade| {
        Some(s.theme.heat((shade as f64 + 0.5) / SHADES as f64))
    });
    for (position, label) in ticks {
        let at = (bar.right + 4, bar.y(position));
        s.text_where_free(label, &[(at, Anchor::Left)], SMALL, s.theme.muted);
    }
    let below = ((plot.right + s.size().0) / 2, plot.bottom + 20);
    s.text_where_free(title, &[(below, Anchor::Top)], NORMAL, color);
}
