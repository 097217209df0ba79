//! Regression: predicted against true values.

use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use gradient_flow::observe::snapshot::Predictions;

/// The range of both axes: a power of two, so that it rarely changes.
pub fn range(shown: &Predictions) -> (f64, f64) {
    let all = shown.x.iter().chain(&shown.y).filter(|v| v.is_finite());
    let largest = all.fold(1.0, |largest: f64, v| f64::from(v.abs()).max(largest));
    let round = libm::exp2(libm::log2(largest).ceil());
    (-round, round)
}

/// The test samples as points; on the dashed diagonal predictions are exact.
pub fn draw(s: &Surface, area: Rect, shown: &Predictions, radius: i32) {
    let (low, high) = range(shown);
    let position = |v: f32| (f64::from(v) - low) / (high - low);
    s.dashed_line(
        &[(area.left, area.bottom), (area.right, area.top)],
        s.theme.muted,
    );
    for (x, y) in shown.x.iter().zip(&shown.y).filter(|(_, y)| y.is_finite()) {
        let at = (area.x(position(*x)), area.y(position(*y)));
        s.disc(at, radius, s.theme.positive);
    }
}
