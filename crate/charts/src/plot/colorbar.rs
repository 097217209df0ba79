//! The meaning of a heat map's colours: a bar to the right of the plot.

use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::{NORMAL, SMALL};
use plotters::prelude::*;

/// Width of the margin that holds the bar.
pub const COLUMN: i32 = 62;

/// Draws the bar. A tick has a share of the bar's height and a label.
pub fn draw(
    s: &Surface,
    plot: Rect,
    ticks: impl Iterator<Item = (f64, String)>,
    (name, color): (&str, RGBColor),
) {
    let bar = Rect {
        left: plot.right + 12,
        right: plot.right + 20,
        ..plot
    };
    let shades = 64;
    s.heat_map(bar, (1, shades), |_, shade| {
        Some(s.theme.heat((shade as f64 + 0.5) / shades as f64))
    });
    for (share, label) in ticks {
        let at = (bar.right + 4, bar.y(share));
        s.text(&label, at, Anchor::Left, SMALL, s.theme.muted);
    }
    let below = ((bar.left + bar.right) / 2 + 8, plot.bottom + 20);
    s.text(name, below, Anchor::Below, NORMAL, color)
}
