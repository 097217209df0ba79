//! Vertical logarithmic axes: grid lines, and labels left of the plot.

use crate::plot::layout::tick_label;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::theme::SMALL;
use crate::scene::log_range::LogRange;
use gradient_flow::numeric::format::{Number, ten_to};

/// The least distance between two labels, in pixels.
const PITCH: i32 = 18;

/// An axis of powers of ten.
pub fn draw(s: &Surface, plot: Rect, range: LogRange) {
    for exponent in range.ticks(plot.height(), PITCH) {
        let y = plot.y(range.position(10f64.powi(exponent)));
        s.line(vec![(plot.left, y), (plot.right, y)], s.theme.grid, 1);
        tick_label(s, plot, y, ten_to(exponent));
    }
}

/// Rows between grid lines, from the bottom, in which a text is not struck through: the middle of every gap in the part
/// of the axis between two values.
pub fn rows_between_lines(plot: Rect, range: LogRange, from: f64, to: f64) -> Vec<i32> {
    let row = |value: f64| plot.y(range.clamped_position(value));
    let (bottom, top) = (row(from), row(to));
    let ticks = range.ticks(plot.height(), PITCH).into_iter();
    let mut lines: Vec<i32> = ticks.map(|exponent| row(10f64.powi(exponent))).collect();
    lines.retain(|line| (top + 1..bottom).contains(line));
    // Ticks ascend in value, so their rows go up from the bottom.
    lines.insert(0, bottom);
    lines.push(top);
    let gaps = lines.windows(2).filter(|pair| pair[0] - pair[1] >= SMALL);
    gaps.map(|pair| (pair[0] + pair[1]) / 2).collect()
}

/// An axis of factors, with the line of the factor 1 stronger than the others.
pub fn draw_factors(s: &Surface, plot: Rect, range: LogRange) {
    let decades: Vec<i32> = range.ticks(plot.height(), PITCH);
    // Two decades or fewer leave room for 2 and 5 between the powers of ten.
    let between: &[f64] = if range.high - range.low <= 2 && plot.height() > 100 {
        &[2.0, 5.0]
    } else {
        &[]
    };
    let powers = decades.iter().map(|exponent| 10f64.powi(*exponent));
    let ticks = powers.flat_map(|power| {
        std::iter::once(power).chain(between.iter().map(move |step| step * power))
    });
    for factor in ticks.filter(|factor| range.position(*factor) < 1.001) {
        let y = plot.y(range.position(factor));
        let color = if factor == 1.0 {
            s.theme.muted
        } else {
            s.theme.grid
        };
        s.line(vec![(plot.left, y), (plot.right, y)], color, 1);
        let label = match factor {
            f if (0.009..2000.0).contains(&f) => format!("×{}", (f * 1000.0).round() / 1000.0),
            f => format!("×{}", ten_to(libm::log10(f).round() as i32)),
        };
        tick_label(s, plot, y, Number::new(label));
    }
}
