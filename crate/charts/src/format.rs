//! Numbers as text.

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

/// The same with a minus sign where it is negative, as typography has it.
pub fn signed(x: f64) -> String {
    let sign = if x < 0.0 { "−" } else { "" };
    format!("{sign}{}", number(x.abs()))
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
}
