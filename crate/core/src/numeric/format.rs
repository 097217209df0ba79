//! Numbers in words.

/// x rounded to one significant digit.
pub fn one_digit(x: f64) -> f64 {
    crate::numeric::decimal::decimal(&format!("{x:.0e}")).expect("a formatted number")
}

/// A share in percent, with two significant digits below 10 %.
pub fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    if percent == 0.0 {
        "0 %".into()
    } else if percent < 10.0 {
        format!("{percent:.1} %")
    } else {
        format!("{percent:.0} %")
    }
}

fn raised(exponent: i32) -> String {
    let digits = exponent.to_string();
    let raised = digits.chars().map(|c| match c {
        '-' => '⁻',
        digit => ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][digit as usize - '0' as usize],
    });
    format!("10{}", raised.collect::<String>())
}

/// The nearest power of ten: 10⁻¹².
pub fn power_of_ten(x: f64) -> String {
    raised(libm::log10(x).round() as i32)
}

/// A number with two or three digits: 0, 0.71, 23, 2.6 × 10⁻⁷.
pub fn number(x: f64) -> String {
    let size = x.abs();
    if x == 0.0 || !x.is_finite() {
        format!("{x}")
    } else if !(9.95e-3..1e4).contains(&size) {
        let text = format!("{x:.1e}");
        let (digits, exponent) = text.split_once('e').expect("an exponent");
        format!("{digits} × {}", raised(exponent.parse().expect("digits")))
    } else if size >= 99.5 {
        format!("{x:.0}")
    } else if size >= 9.95 {
        format!("{x:.1}")
    } else {
        format!("{x:.2}")
    }
}

/// "layer 3", or "layers 1 to 3".
pub fn layers(first: usize, last: usize) -> String {
    if first == last {
        format!("layer {first}")
    } else {
        format!("layers {first} to {last}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(power_of_ten(1.2e-12), "10⁻¹²");
        assert_eq!(
            (power_of_ten(3.0), power_of_ten(0.9)),
            ("10⁰".into(), "10⁰".into())
        );
        assert_eq!(
            (percent(0.236), percent(0.0456)),
            ("24 %".into(), "4.6 %".into())
        );
        assert_eq!((one_digit(0.0081), one_digit(0.04)), (0.008, 0.04));
        let said = [
            0.0,
            0.7123,
            23.04,
            250.4,
            2.63e-7,
            1.88e6,
            0.00999,
            f64::INFINITY,
        ]
        .map(number);
        assert_eq!(
            said,
            [
                "0",
                "0.71",
                "23.0",
                "250",
                "2.6 × 10⁻⁷",
                "1.9 × 10⁶",
                "0.01",
                "inf"
            ]
        );
        assert_eq!(
            (layers(2, 2), layers(1, 3)),
            ("layer 2".into(), "layers 1 to 3".into())
        );
    }
}
