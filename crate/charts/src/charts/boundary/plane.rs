//! The plane of two features: the network's answer at every place, and the samples.

use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::theme::mix;
use gradient_flow::observe::snapshot::Predictions;
use plotters::prelude::*;

/// The colour of a prediction: by class, or for regression (no classes) from -2 to 2 standard deviations.
pub fn color(s: &Surface, prediction: f32, classes: usize) -> RGBColor {
    let prediction = f64::from(prediction);
    match classes {
        0 => s.theme.diverging(prediction / 2.0),
        2 => s.theme.diverging(2.0 * prediction - 1.0),
        n => s.theme.class(prediction / (n - 1).max(1) as f64),
    }
}

/// The colours of the network's answers. Samples stand out from `pale` ones, where 1 is not pale at all.
pub fn surface(s: &Surface, area: Rect, shown: &Predictions, classes: usize, pale: f64) {
    let side = libm::sqrt(shown.surface.len() as f64) as usize;
    let ground = s.theme.ground;
    s.heat_map(area, (side, side), |column, row| {
        let prediction = shown.surface[row * side + column];
        let pale = mix(ground, color(s, prediction, classes), pale);
        prediction.is_finite().then_some(pale)
    });
}

/// The samples: test samples with a ring, unless the dots are tiny.
pub fn points(s: &Surface, area: Rect, shown: &Predictions, classes: usize, radius: i32) {
    let position = |v: f32, low: f32, high: f32| f64::from((v - low) / (high - low));
    let e = &shown.extent;
    for i in 0..shown.x.len() {
        let at = (
            area.x(position(shown.x[i], e[0], e[1])),
            area.y(position(shown.y[i], e[2], e[3])),
        );
        if radius > 1 {
            if shown.test[i] == 1.0 {
                s.disc(at, radius + 2, s.theme.ink);
            }
            s.disc(at, radius + 1, s.theme.ground);
        }
        s.disc(at, radius, color(s, shown.label[i], classes));
    }
}
