//! How numbers are written, everywhere: in sentences, on charts and in the page's readouts.
//!
//! | style | digits | plain within | far from 1 | infinite | NaN |
//! |---|---|---|---|---|---|
//! | [`number`], for sentences | 0.71, 23.0, 250 | 0.00995 .. 10⁴ | 2.6 × 10⁻⁷ | ∞, -∞ | NaN |
//! | [`label`], for charts | two: 0.71, 23, 250 | 0.01 .. 10⁴ | 2.6 × 10⁻⁷ | ∞ | NaN |
//! | [`factor_label`], for charts | three: × 0.710 | 0.01 .. 1000 | as `label` | × ∞ | × NaN |
//! | [`readout`], for the page | at most three: 0.71, 23.1, 250 | 0.001 .. 10⁴ | 2.6×10⁻⁷ | ∞ | – |
//!
//! The styles differ in their digits, since a sentence, a narrow label and a readout that changes many
//! times a second have different room. Zero, infinity, superscripts and the percent sign are spelled once.

use super::decimal::decimal;
pub use gradient_flow_words::Number;

/// An integer in superscript: ⁻¹².
fn superscript(exponent: i32) -> String {
    let digits = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let raise = |c: char| c.to_digit(10).map_or('⁻', |digit| digits[digit as usize]);
    exponent.to_string().chars().map(raise).collect()
}

/// Ten to an integer power: 10⁻¹².
pub fn ten_to(exponent: i32) -> Number {
    Number::new(format!("10{}", superscript(exponent)))
}

/// The nearest power of ten: 10⁻¹².
pub fn power_of_ten(x: f64) -> Number {
    special(x).map_or_else(|| ten_to(libm::log10(x).round() as i32), Number::new)
}

/// A number in a sentence, with two or three digits: 0, 0.71, 23.0, 250, 2.6 × 10⁻⁷.
pub fn number(x: f64) -> Number {
    let size = x.abs();
    Number::new(if let Some(text) = special(x) {
        text.into()
    } else if !(9.95e-3..1e4).contains(&size) {
        scientific(&format!("{x:.1e}"), " × ")
    } else if size >= 99.5 {
        format!("{x:.0}")
    } else if size >= 9.95 {
        format!("{x:.1}")
    } else {
        format!("{x:.2}")
    })
}

/// A number on a chart, with two significant digits: 0, 0.31, 12, 3.4 × 10⁻⁷. Infinity has no sign.
pub fn label(x: f64) -> Number {
    Number::new(if let Some(text) = special(x) {
        text.trim_start_matches('-').into()
    } else if (1e-2..1e4).contains(&x.abs()) {
        significant(x, 2)
    } else {
        scientific(&format!("{x:.1e}"), " × ")
    })
}

/// A factor on a chart, with three significant digits, since small deviations from 1 add up over the
/// layers: × 0.236.
pub fn factor_label(x: f64) -> Number {
    let digits = if (0.01..1000.0).contains(&x) {
        Number::new(significant(x, 3))
    } else {
        label(x)
    };
    Number::new(format!("× {digits}"))
}

/// A number in a readout, with at most three significant digits and no zeros at the end: 0.31, 12.5,
/// 3.4×10⁻⁷. Infinity has no sign; a missing number (NaN) is a dash.
pub fn readout(x: f64) -> Number {
    let exponential = |x: f64, decimals: usize| format!("{x:.decimals$e}");
    Number::new(if x.is_nan() {
        MISSING.into()
    } else if let Some(text) = special(x) {
        text.trim_start_matches('-').into()
    } else if (1e-3..1e4).contains(&x.abs()) {
        let digits = halves_away_from_zero(x, 2, exponential);
        decimal(&digits).expect("a formatted number").to_string()
    } else {
        scientific(&halves_away_from_zero(x, 1, exponential), "×")
    })
}

/// A share in percent in a sentence, with two significant digits below 10 %: 24 %, 4.6 %.
pub fn percent(share: f64) -> Number {
    let percent = 100.0 * share;
    match special(percent) {
        Some(text) => Number::new(format!("{text}{PERCENT}")),
        None => percent_label(percent, if percent < 10.0 { 1 } else { 0 }),
    }
}

/// A number of percent with so many decimals, on a chart: 4.6 %.
pub fn percent_label(percent: f64, decimals: usize) -> Number {
    Number::new(percent_text(percent, decimals))
}

fn percent_text(percent: f64, decimals: usize) -> String {
    format!("{percent:.decimals$}{PERCENT}")
}

/// A share in percent in a readout, with one decimal: 4.6 %. A missing one (NaN) is a dash.
pub fn percent_readout(share: f64) -> Number {
    // Adding 0 turns -0 into 0.
    let percent = 100.0 * share + 0.0;
    if percent.is_nan() {
        Number::new(MISSING)
    } else if percent.is_infinite() {
        self::percent(share)
    } else {
        Number::new(halves_away_from_zero(percent, 1, percent_text))
    }
}

/// `x` rounded to one significant digit.
pub fn one_digit(x: f64) -> f64 {
    decimal(&format!("{x:.0e}")).expect("a formatted number")
}

/// What a readout shows for a number that is missing.
const MISSING: &str = "–";
/// The percent sign, with the space before it.
const PERCENT: &str = " %";

/// What needs no digits: zero (-0 too), infinities and NaN.
fn special(x: f64) -> Option<&'static str> {
    match x {
        0.0 => Some("0"),
        f64::INFINITY => Some("∞"),
        f64::NEG_INFINITY => Some("-∞"),
        _ if x.is_nan() => Some("NaN"),
        _ => None,
    }
}

/// `x` (finite, not 0) in full with so many significant digits; a whole number keeps all of its own.
fn significant(x: f64, digits: i32) -> String {
    let whole_digits = libm::log10(x.abs()).floor() as i32 + 1;
    let decimals = (digits - whole_digits).max(0) as usize;
    format!("{x:.decimals$}")
}

/// `2.6e-7` as 2.6 × 10⁻⁷.
fn scientific(text: &str, times: &str) -> String {
    let (mantissa, exponent) = text.split_once('e').expect("scientific notation");
    let exponent = exponent.parse().expect("an exponent");
    format!("{mantissa}{times}{}", ten_to(exponent))
}

/// `write(x, decimals)` with halves rounded away from 0, as JavaScript's `toFixed` and `toPrecision` do;
/// Rust rounds them to even. Such halves are common in accuracies: 1 of 80 is 1.25 %.
fn halves_away_from_zero(x: f64, decimals: usize, write: impl Fn(f64, usize) -> String) -> String {
    // An f64 that is close to a half but not one differs from it within the next 40 digits.
    const BEYOND: usize = 40;
    let exact = write(x, decimals + BEYOND);
    let beyond = exact.find('.').expect("decimals") + 1 + decimals;
    let is_half = exact[beyond..beyond + BEYOND].trim_end_matches('0') == "5";
    // The next f64 away from 0 lies beyond the half.
    let x = if is_half {
        f64::from_bits(x.to_bits() + 1)
    } else {
        x
    };
    write(x, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUS_INFINITY: f64 = f64::NEG_INFINITY;
    const INFINITY: f64 = f64::INFINITY;
    const NAN: f64 = f64::NAN;

    /// A number as `number`, `label`, `factor_label` and `readout` write it. The last column is what
    /// JavaScript made of it (node, `toPrecision` and `toExponential`) before readouts were written here.
    #[rustfmt::skip]
    const EDGES: &[(f64, &str, &str, &str, &str)] = &[
        (0.0, "0", "0", "× 0", "0"),
        (-0.0, "0", "0", "× 0", "0"),
        (1.0, "1.00", "1.0", "× 1.00", "1"),
        (-1.0, "-1.00", "-1.0", "× -1.0", "-1"),
        (0.125, "0.12", "0.12", "× 0.125", "0.125"),
        (0.314, "0.31", "0.31", "× 0.314", "0.314"),
        (-0.314, "-0.31", "-0.31", "× -0.31", "-0.314"),
        (0.7123, "0.71", "0.71", "× 0.712", "0.712"),
        (0.999, "1.00", "1.00", "× 0.999", "0.999"),
        (9.949, "9.95", "9.9", "× 9.95", "9.95"),
        (9.95, "9.9", "9.9", "× 9.95", "9.95"),
        (9.995, "10.0", "10.0", "× 9.99", "9.99"),
        (12.5, "12.5", "12", "× 12.5", "12.5"),
        (23.04, "23.0", "23", "× 23.0", "23"),
        (-23.04, "-23.0", "-23", "× -23", "-23"),
        (99.49, "99.5", "99", "× 99.5", "99.5"),
        (99.5, "100", "100", "× 99.5", "99.5"),
        (250.4, "250", "250", "× 250", "250"),
        (999.5, "1000", "1000", "× 1000", "1000"),
        (1e3, "1000", "1000", "× 1000", "1000"),
        (9999.0, "9999", "9999", "× 9999", "10000"),
        (9999.6, "10000", "10000", "× 10000", "10000"),
        (1e4, "1.0 × 10⁴", "1.0 × 10⁴", "× 1.0 × 10⁴", "1.0×10⁴"),
        (-1e4, "-1.0 × 10⁴", "-1.0 × 10⁴", "× -1.0 × 10⁴", "-1.0×10⁴"),
        (12500.0, "1.2 × 10⁴", "1.2 × 10⁴", "× 1.2 × 10⁴", "1.3×10⁴"),
        (0.01, "0.01", "0.010", "× 0.0100", "0.01"),
        (0.009995, "0.01", "1.0 × 10⁻²", "× 1.0 × 10⁻²", "0.01"),
        (0.00996, "0.01", "1.0 × 10⁻²", "× 1.0 × 10⁻²", "0.00996"),
        (0.00995, "0.01", "1.0 × 10⁻²", "× 1.0 × 10⁻²", "0.00995"),
        (0.00994, "9.9 × 10⁻³", "9.9 × 10⁻³", "× 9.9 × 10⁻³", "0.00994"),
        (2.63e-7, "2.6 × 10⁻⁷", "2.6 × 10⁻⁷", "× 2.6 × 10⁻⁷", "2.6×10⁻⁷"),
        (-2.63e-7, "-2.6 × 10⁻⁷", "-2.6 × 10⁻⁷", "× -2.6 × 10⁻⁷", "-2.6×10⁻⁷"),
        (1.88e6, "1.9 × 10⁶", "1.9 × 10⁶", "× 1.9 × 10⁶", "1.9×10⁶"),
        (1e300, "1.0 × 10³⁰⁰", "1.0 × 10³⁰⁰", "× 1.0 × 10³⁰⁰", "1.0×10³⁰⁰"),
        (5e-324, "4.9 × 10⁻³²⁴", "4.9 × 10⁻³²⁴", "× 4.9 × 10⁻³²⁴", "4.9×10⁻³²⁴"),
        (INFINITY, "∞", "∞", "× ∞", "∞"),
        (MINUS_INFINITY, "-∞", "∞", "× ∞", "∞"),
        (NAN, "NaN", "NaN", "× NaN", "–"),
    ];

    #[test]
    fn each_style_writes_its_own_digits() {
        for (x, sentence, chart, factor, page) in EDGES {
            let written = [number(*x), label(*x), factor_label(*x), readout(*x)];
            assert_eq!(written, [*sentence, *chart, *factor, *page], "{x:e}");
        }
    }

    /// The expected texts are those of JavaScript.
    #[test]
    fn readouts_round_halves_away_from_zero() {
        for (x, text) in [
            (1.005, "1"), // just below the half
            (1.125, "1.13"),
            (-1.125, "-1.13"),
            (1.135, "1.14"),
            (99.95, "100"),
            (1235.0, "1240"),
            (1245.0, "1250"),
            (0.001125, "0.00112"),
            (10500.0, "1.1×10⁴"),
            (-12500.0, "-1.3×10⁴"),
            (1.25e-300, "1.2×10⁻³⁰⁰"),
            (9.995e-4, "1.0×10⁻³"),
            (9.96e99, "1.0×10¹⁰⁰"),
            (2.0 / 3.0, "0.667"),
        ] {
            assert_eq!(readout(x), text, "{x:e}");
        }
        for (share, text) in [
            (0.0, "0.0 %"),
            (-0.0, "0.0 %"),
            (1.0, "100.0 %"),
            (0.125, "12.5 %"),
            (0.0125, "1.3 %"),
            (0.0375, "3.8 %"),
            (0.0625, "6.3 %"),
            (0.1875, "18.8 %"),
            (0.0015, "0.1 %"), // just below the half
            (0.0005, "0.1 %"),
            (0.9995, "100.0 %"),
            (1.0 / 3.0, "33.3 %"),
            (-0.2, "-20.0 %"),
            (-0.0001, "-0.0 %"),
            (NAN, "–"),
        ] {
            assert_eq!(percent_readout(share), text, "{share}");
        }
    }

    #[test]
    fn sentences_give_small_shares_a_decimal() {
        for (share, text) in [
            (0.0, "0 %"),
            (-0.0, "0 %"),
            (1e-9, "0.0 %"),
            (0.0125, "1.2 %"),
            (0.0456, "4.6 %"),
            (0.09995, "10.0 %"),
            (0.1, "10 %"),
            (0.236, "24 %"),
            (0.995, "100 %"),
            (12.34, "1234 %"),
            (-0.2, "-20.0 %"),
            (INFINITY, "∞ %"),
            (NAN, "NaN %"),
        ] {
            assert_eq!(percent(share), text, "{share}");
        }
        assert_eq!(percent_label(4.56, 1), "4.6 %");
        assert_eq!(percent_label(4.56, 0), "5 %");
    }

    #[test]
    fn powers_of_ten_are_the_nearest() {
        for (x, text) in [
            (1.0, "10⁰"),
            (0.9, "10⁰"),
            (3.0, "10⁰"),
            (3.17, "10¹"),
            (99.5, "10²"),
            (1.2e-12, "10⁻¹²"),
            (1e300, "10³⁰⁰"),
            (5e-324, "10⁻³²³"),
            (0.0, "0"),
            (INFINITY, "∞"),
            (NAN, "NaN"),
        ] {
            assert_eq!(power_of_ten(x), text, "{x:e}");
        }
        assert_eq!(superscript(-120), "⁻¹²⁰");
    }

    #[test]
    fn one_digit_stays() {
        assert_eq!((one_digit(0.0081), one_digit(0.04)), (0.008, 0.04));
    }
}
