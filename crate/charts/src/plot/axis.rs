//! Axes: what is on them, where, and how it is written.

use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::{NORMAL, SMALL};

/// The row above a plot, in which its unit stands: so far above the plot.
pub const HEAD: i32 = 13;

/// The plot of a chart of this size: room for labels on the left and beneath, a row above, and
/// `right` pixels beside it.
pub fn frame((width, height): (i32, i32), right: i32) -> Rect {
    Rect {
        left: 46,
        top: HEAD + 7,
        right: width - right,
        bottom: height - 38,
    }
}

/// What is measured upwards, above the labels on the left.
pub fn unit(s: &Surface, plot: Rect, text: &str) {
    let at = (plot.left - 6, plot.top - HEAD);
    s.text(text, at, Anchor::Right, SMALL, s.theme.muted)
}

/// An integer in superscript: ⁻¹².
pub fn superscript(exponent: i32) -> String {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let raise = |c: char| c.to_digit(10).map_or('⁻', |digit| digits[digit as usize]);
    exponent.to_string().chars().map(raise).collect()
}

/// A number as a person writes it: 0, 0.31, 12, 3.4 × 10⁻⁷, ∞, NaN.
pub fn number(x: f64) -> String {
    if x == 0.0 {
        return "0".into();
    }
    if !x.is_finite() {
        return if x.is_nan() {
            "NaN".into()
        } else {
            "∞".into()
        };
    }
    if (1e-2..1e4).contains(&x.abs()) {
        let digits = (1 - libm::log10(x.abs()).floor() as i32).max(0) as usize;
        return format!("{x:.digits$}");
    }
    let text = format!("{x:.1e}");
    let (mantissa, exponent) = text.split_once('e').expect("scientific notation");
    format!(
        "{mantissa} × 10{}",
        superscript(exponent.parse().expect("an exponent"))
    )
}

/// A factor with three digits: small deviations from 1 count, layer after layer.
pub fn factor(x: f64) -> String {
    if (0.01..1000.0).contains(&x) {
        let digits = (2 - libm::log10(x).floor() as i32).max(0) as usize;
        format!("× {x:.digits$}")
    } else {
        format!("× {}", number(x))
    }
}

/// The part of the powers of ten that is on the axis. It starts the same for every run, so that
/// runs can be compared; values beyond it widen it in coarse steps, up to float32's whole range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogRange {
    /// log10 of the lowest value.
    pub low: i32,
    /// log10 of the highest value.
    pub high: i32,
}

impl Default for LogRange {
    fn default() -> Self {
        LogRange { low: -16, high: 4 }
    }
}

impl LogRange {
    /// Widens it to hold a value; zero and what is not finite change nothing.
    pub fn hold(&mut self, value: f32) {
        let log = libm::log10(f64::from(value));
        if !log.is_finite() {
            return;
        }
        if log < f64::from(self.low) {
            let lower = [-8, -16, -30]
                .into_iter()
                .find(|low| f64::from(*low) <= log);
            self.low = lower.unwrap_or(-46);
        }
        if log > f64::from(self.high) {
            let higher = [4, 12].into_iter().find(|high| f64::from(*high) >= log);
            self.high = higher.unwrap_or(39);
        }
    }

    /// Widens a window around 10^0 on both sides alike, to hold a value.
    pub fn hold_around_1(&mut self, value: f32) {
        let log = libm::log10(f64::from(value)).abs();
        while log.is_finite() && log > f64::from(self.high) && self.high < 16 {
            (self.low, self.high) = (-2 * self.high, 2 * self.high);
        }
    }

    /// Where a value stands, from 0 (lowest) to 1 (highest).
    pub fn share(&self, value: f64) -> f64 {
        (libm::log10(value) - f64::from(self.low)) / f64::from(self.high - self.low)
    }

    /// The value at a share.
    pub fn value(&self, share: f64) -> f64 {
        libm::exp10(f64::from(self.low) + share * f64::from(self.high - self.low))
    }

    /// The powers of ten that get a tick, at least `pitch` pixels apart on `length` pixels.
    pub fn ticks(&self, length: i32, pitch: i32) -> Vec<i32> {
        let span = self.high - self.low;
        let room = |stride: &i32| stride * length / span.max(1) >= pitch;
        let stride = [1, 2, 4, 5, 10, 20].into_iter().find(room).unwrap_or(40);
        (self.low..=self.high)
            .filter(|exponent| exponent % stride == 0)
            .collect()
    }
}

/// Horizontal lines and labels at powers of ten, left of the plot.
pub fn powers(s: &Surface, plot: Rect, window: LogRange) {
    for exponent in window.ticks(plot.height(), 17) {
        let y = plot.y(window.share(10f64.powi(exponent)));
        s.path(vec![(plot.left, y), (plot.right, y)], s.theme.grid, 1);
        let label = format!("10{}", superscript(exponent));
        s.text(
            &label,
            (plot.left - 6, y),
            Anchor::Right,
            SMALL,
            s.theme.muted,
        );
    }
}

/// Layers 1..count side by side: each has a band of the plot's width.
#[derive(Debug, Clone, Copy)]
pub struct Layers {
    /// Number of layers, the output layer included.
    pub count: usize,
}

impl Layers {
    /// The middle of a layer's band (0-based), as a share.
    pub fn middle(&self, layer: usize) -> f64 {
        (layer as f64 + 0.5) / self.count as f64
    }

    /// The layer (0-based) at a share.
    pub fn at(&self, share: f64) -> usize {
        ((share * self.count as f64) as usize).min(self.count.saturating_sub(1))
    }

    /// The layer (0-based) under a point of a plot with the layers side by side.
    pub fn under(&self, plot: Rect, (x, y): (f64, f64)) -> Option<usize> {
        let inside = plot.contains((x, y)) && self.count > 0;
        inside.then(|| self.at((x - f64::from(plot.left)) / f64::from(plot.width())))
    }

    /// A layer's name: its number, or `out`.
    pub fn name(&self, layer: usize) -> String {
        if layer + 1 == self.count {
            "out".into()
        } else {
            (layer + 1).to_string()
        }
    }

    /// The layers (0-based) that get a label, where each needs `pitch` of `length` pixels: the
    /// first, the output layer, and round (or all odd) numbers between.
    pub fn ticks(&self, length: i32, pitch: i32) -> Vec<usize> {
        let Some(out) = self.count.checked_sub(1) else {
            return Vec::new();
        };
        let room = |stride: &usize| *stride as i32 * length / self.count as i32 >= pitch;
        let stride = [1, 2, 5, 10, 20, 25, 50]
            .into_iter()
            .find(room)
            .unwrap_or(100);
        // Beside `out` and beside 1, a round number needs its own room.
        let wide =
            |from: usize, to: usize| (to - from) as i32 * length / self.count as i32 >= pitch;
        // Every second layer: 1, 3, 5, since 1 always has its label.
        let round = |l: usize| {
            if stride == 2 {
                l.is_multiple_of(2)
            } else {
                (l + 1).is_multiple_of(stride)
            }
        };
        let round = (1..out).filter(|l| round(*l) && wide(0, *l) && wide(*l, out));
        let mut ticks: Vec<usize> = std::iter::once(0).chain(round).collect();
        if out > 0 && (wide(0, out) || self.count == 2) {
            ticks.push(out);
        }
        ticks
    }
}

/// Horizontal lines and labels at factors around 1, left of the plot.
pub fn factors(s: &Surface, plot: Rect, window: LogRange) {
    let decades: Vec<i32> = window.ticks(plot.height(), 17);
    // Within two decades there is room for 2 and 5 between the powers.
    let between: &[f64] = if window.high - window.low <= 2 && plot.height() > 100 {
        &[2.0, 5.0]
    } else {
        &[]
    };
    let powers = decades.iter().map(|exponent| 10f64.powi(*exponent));
    let steps = powers.flat_map(|power| {
        std::iter::once(power).chain(between.iter().map(move |step| step * power))
    });
    for factor in steps.filter(|factor| window.share(*factor) < 1.001) {
        let y = plot.y(window.share(factor));
        let whole = factor == 1.0;
        let color = if whole { s.theme.muted } else { s.theme.grid };
        s.path(vec![(plot.left, y), (plot.right, y)], color, 1);
        let label = match factor {
            f if (0.009..2000.0).contains(&f) => format!("×{}", (f * 1000.0).round() / 1000.0),
            f => format!("×10{}", superscript(libm::log10(f).round() as i32)),
        };
        s.text(
            &label,
            (plot.left - 6, y),
            Anchor::Right,
            SMALL,
            s.theme.muted,
        );
    }
}

/// A plot cut in two, one above the other, with room for a heading between them.
pub fn halves(plot: Rect, percent: i32) -> (Rect, Rect) {
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

/// What a plot shows, in words, above its left corner.
pub fn heading(s: &Surface, plot: Rect, text: &str) {
    let at = (plot.left + 2, plot.top - 8);
    s.text(text, at, Anchor::Left, SMALL, s.theme.muted)
}

/// Layer numbers under the plot, and the word.
pub fn layers_below(s: &Surface, plot: Rect, layers: Layers) {
    for layer in layers.ticks(plot.width(), 24) {
        let at = (plot.x(layers.middle(layer)), plot.bottom + 6);
        s.text(&layers.name(layer), at, Anchor::Below, SMALL, s.theme.muted);
    }
    let middle = (plot.x(0.5), plot.bottom + 20);
    s.text(
        "layer (data flows to the right)",
        middle,
        Anchor::Below,
        NORMAL,
        s.theme.muted,
    )
}

/// The last step on a step axis: grows by doubling.
pub fn step_limit(last: u64) -> u64 {
    (last + 1).next_power_of_two().max(64)
}

/// Step numbers under the plot, and the word.
pub fn steps_below(s: &Surface, plot: Rect, limit: u64) {
    let parts = if plot.width() > 300 { 4 } else { 2 };
    for part in 0..=parts {
        let at = (plot.x(part as f64 / parts as f64), plot.bottom + 6);
        let step = limit * part / parts;
        s.text(&step.to_string(), at, Anchor::Below, SMALL, s.theme.muted);
    }
    s.text(
        "step",
        (plot.x(0.5), plot.bottom + 20),
        Anchor::Below,
        NORMAL,
        s.theme.muted,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_a_person_would() {
        for (x, text) in [
            (0.0, "0"),
            (0.314, "0.31"),
            (12.3, "12"),
            (1.0, "1.0"),
            (9999.0, "9999"),
            (3.42e-7, "3.4 × 10⁻⁷"),
            (2e12, "2.0 × 10¹²"),
            (f64::INFINITY, "∞"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(number(x), text);
        }
    }

    #[test]
    fn factors_have_three_digits() {
        for (x, text) in [
            (0.23605, "× 0.236"),
            (1.2112, "× 1.21"),
            (0.7056, "× 0.706"),
            (36.04, "× 36.0"),
            (0.0, "× 0"),
            (1e-5, "× 1.0 × 10⁻⁵"),
        ] {
            assert_eq!(factor(x), text);
        }
    }

    #[test]
    fn a_window_widens_in_coarse_steps_and_never_shrinks() {
        let mut window = LogRange::default();
        for (value, low, high) in [
            (1.0, -16, 4),
            (0.0, -16, 4),
            (f32::NAN, -16, 4),
            (f32::INFINITY, -16, 4),
            (1e-17, -30, 4),
            (1e-45, -46, 4),
            (1e5, -46, 12),
            (3e38, -46, 39),
            (1.0, -46, 39),
        ] {
            window.hold(value);
            assert_eq!((window.low, window.high), (low, high), "{value:e}");
        }
    }

    #[test]
    fn a_window_around_1_stays_around_it() {
        let mut window = LogRange { low: -1, high: 1 };
        for (value, high) in [(0.2, 1), (11.0, 2), (0.0, 2), (f32::NAN, 2), (1e-3, 4)] {
            window.hold_around_1(value);
            assert_eq!((window.low, window.high), (-high, high), "{value:e}");
        }
    }

    #[test]
    fn tick_labels_never_come_closer_than_their_pitch() {
        for count in 1..=101 {
            for length in [120, 260, 900] {
                let layers = Layers { count };
                let ticks = layers.ticks(length, 24);
                assert_eq!(ticks[0], 0);
                for pair in ticks.windows(2) {
                    let apart = (pair[1] - pair[0]) as i32 * length / count as i32;
                    assert!(
                        apart >= 24 || count == 2,
                        "{count} layers on {length}: {ticks:?}"
                    );
                }
            }
        }
        assert_eq!(Layers { count: 21 }.ticks(600, 24).last(), Some(&20));
    }

    #[test]
    fn step_axes_double() {
        assert_eq!(
            (
                step_limit(0),
                step_limit(63),
                step_limit(64),
                step_limit(1000)
            ),
            (64, 64, 128, 1024)
        );
    }
}
