//! Where a chart's plots lie, and what is written around them.

use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::SMALL;
use gradient_flow::numeric::format::percent_label;
use gradient_flow_words::Value;

/// How far above the plot the row of axis titles stands.
pub const TITLE_ROW: i32 = 13;

/// The plot of a chart of this size: it leaves room for labels on the left and below, for a row of titles
/// above, and `right` pixels beside it.
pub fn plot_area((width, height): (i32, i32), right: i32) -> Rect {
    Rect {
        left: 46,
        top: TITLE_ROW + 7,
        right: width - right,
        bottom: height - 38,
    }
}

/// Two plots one above the other, the upper with `percent` of the height, and room for a title between.
pub fn stacked(plot: Rect, percent: i32) -> (Rect, Rect) {
    let middle = plot.top + plot.height() * percent / 100;
    let upper = Rect {
        bottom: middle - 9,
        ..plot
    };
    let lower = Rect {
        top: middle + 9,
        ..plot
    };
    (upper, lower)
}

/// The title of the vertical axis, above its labels.
pub fn axis_title(s: &Surface, plot: Rect, text: impl Into<Value>) {
    left_of(s, plot, plot.top - TITLE_ROW, text.into())
}

/// The title of a plot, above its left corner.
pub fn plot_title(s: &Surface, plot: Rect, text: impl Into<Value>) {
    let at = (plot.left + 2, plot.top - 8);
    s.text(text, at, Anchor::Left, SMALL, s.theme.muted)
}

/// A label of the vertical axis, left of the plot.
pub fn tick_label(s: &Surface, plot: Rect, y: i32, text: impl Into<Value>) {
    left_of(s, plot, y, text.into())
}

/// A text that ends left of the plot, or within it if it is wider than that.
fn left_of(s: &Surface, plot: Rect, y: i32, text: Value) {
    let right = (plot.left - 6).max(s.width(&text, SMALL) + 1);
    s.text(text, (right, y), Anchor::Right, SMALL, s.theme.muted)
}

/// A vertical axis from 0 to 100 %.
pub fn percent_axis(s: &Surface, plot: Rect) {
    for percent in [0, 50, 100] {
        let y = plot.y(f64::from(percent) / 100.0);
        s.line(vec![(plot.left, y), (plot.right, y)], s.theme.grid, 1);
        tick_label(s, plot, y, percent_label(percent.into(), 0));
    }
}
