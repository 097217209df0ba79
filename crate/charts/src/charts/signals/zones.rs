//! The zones in which gradients vanish and explode, and the limits of float32.

use crate::plot::annotations;
use crate::plot::log_axis::rows_between_lines;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use gradient_flow_words::{Message, message};
use plotters::prelude::*;

/// Below this, a weight near 1 no longer changes in float32, whose epsilon is 1.2e-7.
const VANISHING: f64 = 1e-7;
/// Above this, a step at any usual learning rate throws the weights far away.
const EXPLODING: f64 = 1e2;

/// The limits of float32: its largest, its smallest normal and its smallest subnormal number.
fn limits() -> [(f64, Message); 3] {
    [
        (3.4e38, message!("chart-signals-overflows")),
        (1.2e-38, message!("chart-signals-loses-digits")),
        (1.4e-45, message!("chart-signals-underflows")),
    ]
}

/// Tinted zones, behind everything else.
pub fn draw(scene: &Scene, s: &Surface, plot: Rect) {
    let theme = s.theme;
    let range = scene.signal_axis();
    let y = |value: f64| plot.y(range.position(value));
    let vanishing = Rect {
        top: y(VANISHING),
        ..plot
    };
    let exploding = Rect {
        bottom: y(EXPLODING),
        ..plot
    };
    for zone in [vanishing, exploding] {
        s.fill_rect(zone, theme.muted.mix(0.1));
    }
}

/// The names of the zones, and the limits of float32.
pub fn draw_names(scene: &Scene, s: &Surface, plot: Rect) {
    let (theme, range) = (s.theme, scene.signal_axis());
    let (left, right) = (plot.left + 6, plot.right - 6);
    let strip = if scene.nonfinite_layers.is_empty() {
        0
    } else {
        annotations::STRIP
    };
    for (limit, name) in limits() {
        if !(0.0..1.0).contains(&range.position(limit)) {
            continue;
        }
        let row = plot.y(range.position(limit));
        let line = vec![(plot.left, row), (plot.right, row)];
        s.line(line, theme.muted.mix(0.8), 1);
        let places = if limit > 1.0 {
            let below = row + strip + 10;
            [
                ((left, below), Anchor::Left),
                ((right, below), Anchor::Right),
                ((left, below + SMALL + 4), Anchor::Left),
            ]
        } else {
            [
                ((right, row - 9), Anchor::Right),
                ((left, row - 9), Anchor::Left),
                ((left, row + 9), Anchor::Left),
            ]
        };
        s.text_where_free(name, &places, SMALL, theme.muted);
    }
    // A vanishing gradient is large at the right and an exploding one at the left. Each name stands where its own
    // problem leaves the plot empty, and clear of float32's limits.
    let value = |exponent: i32| libm::exp10(f64::from(exponent));
    let mut rows = rows_between_lines(plot, range, value(range.low), VANISHING);
    let mut anchor = Anchor::Right;
    if range.low <= -37 {
        rows.reverse();
        anchor = Anchor::Left;
    }
    let x = if range.low <= -37 { left } else { right };
    let places: Vec<_> = rows.iter().map(|row| ((x, *row), anchor)).collect();
    let name = message!("chart-signals-vanishing");
    s.text_where_free(name, &places, SMALL, theme.muted);

    let rows = rows_between_lines(plot, range, EXPLODING, value(range.high));
    let places: Vec<_> = rows
        .iter()
        .map(|row| ((right, *row), Anchor::Right))
        .collect();
    let name = message!("chart-signals-exploding");
    s.text_where_free(name, &places, SMALL, theme.muted);
}
