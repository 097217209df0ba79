//! Grading a drawing: the profile of dW over the hidden layers as a student guessed it, beside what was measured.

use crate::numeric::format::{Number, power_of_ten};
use gradient_flow_words::{Message, message};

/// A profile within this factor of the measured one, on average over the layers, is right.
const CLOSE: f64 = 3.2;
/// Over all layers together a level profile changes by less than this factor.
const LEVEL: f64 = 10.0;

/// How a profile runs from the last hidden layer back to layer 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Level,
    Falls,
    Rises,
}

impl Shape {
    /// The shape of a profile that changes by so many decades.
    fn of(decades: f64) -> Self {
        let limit = libm::log10(LEVEL);
        match decades {
            _ if decades <= -limit => Shape::Falls,
            _ if decades >= limit => Shape::Rises,
            _ => Shape::Level,
        }
    }

    /// Its name among the variants of messages.
    fn name(self) -> &'static str {
        match self {
            Shape::Level => "level",
            Shape::Falls => "falls",
            Shape::Rises => "rises",
        }
    }
}

/// How a drawing compares with what was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Grade {
    /// Whether it is about right.
    pub is_close: bool,
    /// The difference in a sentence.
    pub message: Message,
}

/// Compares a drawing with what was measured: `guess` is log10 of dW's RMS per hidden layer, layer 1 first, and `truth`
/// the RMS itself (entries beyond the drawing, such as the output layer, do not count).
pub fn grade(guess: &[f64], truth: &[f32]) -> Grade {
    let truth = &truth[..guess.len().min(truth.len())];
    let wrong = |message: Message| Grade {
        is_close: false,
        message,
    };
    if truth.is_empty() || guess.iter().any(|decades| !decades.is_finite()) {
        return wrong(message!("lesson-drawn-nothing"));
    }
    if truth.iter().any(|rms| !rms.is_finite()) {
        return wrong(message!("lesson-drawn-overflow"));
    }
    let (drawn_change, guess_first) = (guess[0] - guess[guess.len() - 1], guess[0]);
    let (first, last) = (f64::from(truth[0]), f64::from(truth[truth.len() - 1]));
    let drawn = Shape::of(drawn_change);
    let drawn_factor = factor(drawn_change);
    if truth.iter().all(|rms| *rms == 0.0) {
        return wrong(message!("lesson-drawn-all-zero"));
    }
    if first == 0.0 || last == 0.0 {
        return wrong(message!(
            "lesson-drawn-zero",
            drawn = drawn.name(),
            drawn_factor = drawn_factor
        ));
    }
    let change = libm::log10(first) - libm::log10(last);
    let measured = Shape::of(change);
    // Layers whose gradient underflowed have no place on the axis.
    let offsets: Vec<f64> = guess
        .iter()
        .zip(truth)
        .filter(|(_, rms)| **rms > 0.0)
        .map(|(decades, rms)| decades - libm::log10(f64::from(*rms)))
        .collect();
    let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / offsets.len() as f64;
    let off = mean(&mut offsets.iter().map(|offset| offset.abs()));
    if off <= libm::log10(CLOSE) {
        return Grade {
            is_close: true,
            message: message!(
                "lesson-drawn-close",
                measured = measured.name(),
                factor = factor(change)
            ),
        };
    }
    if drawn != measured || (drawn_change - change).abs() > 1.0 {
        return wrong(message!(
            "lesson-drawn-shape",
            drawn = drawn.name(),
            drawn_factor = drawn_factor,
            measured = measured.name(),
            factor = factor(change)
        ));
    }
    let shift = mean(&mut offsets.iter().copied());
    // The ends agree; either all of it lies too high or low, or its middle does.
    let ends = guess_first - libm::log10(first);
    if shift.abs() > 0.5 * off && ends.abs() > 0.5 * shift.abs() {
        return wrong(message!(
            "lesson-drawn-height",
            direction = if shift > 0.0 { "high" } else { "low" },
            factor = factor(shift)
        ));
    }
    wrong(message!("lesson-drawn-bend", factor = factor(off)))
}

/// So many decades, up or down, as a factor above 1: 3, 200, 10¹¹.
fn factor(decades: f64) -> Number {
    let factor = libm::pow(10.0, decades.abs());
    if factor >= 1000.0 {
        power_of_ten(factor)
    } else if factor >= 10.0 {
        Number::new(format!("{:.0}", crate::numeric::format::one_digit(factor)))
    } else {
        Number::new(format!("{factor:.1}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(guess: &[f64], truth: &[f32]) -> (bool, String) {
        let grade = grade(guess, truth);
        (grade.is_close, grade.message.to_string())
    }

    /// Eleven decades down, towards layer 1.
    fn vanishing() -> Vec<f32> {
        (0..12).map(|l| 10f32.powi(l - 13)).collect()
    }

    #[test]
    fn a_difference_of_shape_is_said_with_its_size() {
        let level = [-2.0; 12];
        assert_eq!(
            said(&level, &vanishing()),
            (
                false,
                "You drew it level. It falls by 10¹¹ towards layer 1.".into()
            )
        );
        let rising: Vec<f64> = (0..12).map(|l| -2.0 - f64::from(l) * 0.2).collect();
        assert_eq!(
            said(&rising, &vanishing()),
            (
                false,
                "You drew a rise by 200 towards layer 1. It falls by 10¹¹.".into()
            )
        );
        let gentle: Vec<f64> = (0..12).map(|l| -5.0 + f64::from(l) * 0.3).collect();
        assert_eq!(
            said(&gentle, &vanishing()),
            (
                false,
                "You drew a fall by 10³ towards layer 1. It falls by 10¹¹.".into()
            )
        );
        assert_eq!(
            said(&gentle, &[0.01; 12]),
            (
                false,
                "You drew a fall by 10³ towards layer 1. It is level.".into()
            )
        );
    }

    #[test]
    fn a_good_drawing_is_praised() {
        let good: Vec<f64> = (0..12).map(|l| -12.8 + f64::from(l)).collect();
        assert_eq!(
            said(&good, &vanishing()),
            (
                true,
                "Well drawn: it falls by 10¹¹ towards layer 1, as you expected.".into()
            )
        );
        // The output layer's entry is not drawn, and does not count.
        assert!(said(&[-2.1; 3], &[0.01, 0.01, 0.01, 9.0]).0);
    }

    #[test]
    fn height_and_bend_are_told_apart() {
        assert_eq!(
            said(&[0.0; 6], &[0.01; 6]),
            (
                false,
                "The shape is right, but all of it lies 100 times too high.".into()
            )
        );
        assert_eq!(
            said(&[-4.0; 6], &[0.01; 6]),
            (
                false,
                "The shape is right, but all of it lies 100 times too low.".into()
            )
        );
        let bent = [-2.0, 1.0, 1.0, 1.0, -2.0];
        assert_eq!(
            said(&bent, &[0.01; 5]),
            (
                false,
                "The ends are right, but in between you are off by a factor of 60 on average."
                    .into()
            )
        );
    }

    #[test]
    fn what_has_no_place_on_the_axis_is_said() {
        for (truth, text) in [
            ([0.0, 0.0, 0.0], "Every layer’s gradient is exactly 0."),
            (
                [0.0, 0.0, 0.1],
                "You drew it level. It falls to exactly 0: the gradient underflowed or was cut off.",
            ),
            (
                [f32::INFINITY, 1.0, 1.0],
                "The run overflowed: its gradient has no size any more.",
            ),
        ] {
            assert_eq!(said(&[-2.0; 3], &truth), (false, text.into()));
        }
        let nothing = "Nothing is drawn yet.";
        assert_eq!(said(&[], &[0.1]), (false, nothing.into()));
        assert_eq!(said(&[f64::NAN], &[0.1]), (false, nothing.into()));
    }
}
