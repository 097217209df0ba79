//! Parsing decimal numbers.

use lexical_parse_float::FromLexical;

/// The `f64` nearest to a decimal number, or `None` for any other text.
///
/// Gives the same bits as the standard library's parser. It is not used because its tables of powers would make up a
/// thirtieth of the first download.
pub fn decimal(text: &str) -> Option<f64> {
    f64::from_lexical(text.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::{Random, Stream};

    /// Asserts that the standard library parses the text to the same bits.
    fn check(text: &str) {
        let expected = text.parse::<f64>().ok();
        let bits = |x: Option<f64>| x.map(f64::to_bits);
        assert_eq!(bits(decimal(text)), bits(expected), "{text:?}");
    }

    #[test]
    fn every_number_is_parsed_to_the_last_bit() {
        let mut random = Random::new(3, Stream::Data, 0);
        for _ in 0..20_000 {
            let bits = (random.uniform() * 2f64.powi(63)) as u64;
            let x = f64::from_bits(bits | u64::from(random.uniform() < 0.5) << 63);
            let halved = f64::from_bits(bits & !(1 << 63) | 1 << 52) * 0.5;
            for x in [x, halved, x % 1e6] {
                if x.is_finite() {
                    check(&x.to_string());
                    check(&format!("{x:.16e}"));
                    check(&format!("{x:.40e}"));
                    check(&format!("{x:.3}"));
                }
            }
        }
        // Ties between two neighbouring f64, and the ends of the range.
        for text in [
            "9007199254740993",
            "9007199254740993.00000000000000000000000000000000000001",
            "2.2250738585072011e-308",
            "4.9406564584124654e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "1.7976931348623157e308",
            "1.7976931348623159e308",
            "1e400",
            "1e-400",
        ] {
            check(text);
        }
    }

    #[test]
    fn the_same_texts_are_accepted_as_by_the_standard_library() {
        for text in [
            "", " ", "1 ", " 1", "1", "+1", "-1", "--1", "1.", ".5", "-.5", ".", "1e", "1e+",
            "1e5", "1E5", "1e+5", "1e-5", "e5", "1_000", "1,5", "0x10", "1f", "inf", "-inf",
            "Infinity", "infinit", "1.5.2", "0", "-0", "00012", "0.1", "1e0005", "½", "1\0",
        ] {
            check(text);
        }
        assert!(decimal("NaN").is_some_and(f64::is_nan));
    }
}
