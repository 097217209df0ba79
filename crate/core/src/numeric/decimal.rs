//! Parsing decimal numbers.

/// More significant digits than any boundary between two `f64` has.
const MAX_DIGITS: usize = 780;
/// The largest power of ten that an `f64` holds exactly.
const EXACT_POWER: i64 = 22;

/// The `f64` nearest to a decimal number, or `None` for any other text.
///
/// Gives the same bits as the standard library's parser. It is not used because its tables of powers would make up a
/// thirtieth of the first download.
pub fn decimal(text: &str) -> Option<f64> {
    let (sign, text) = match text.as_bytes() {
        [b'-', rest @ ..] => (-1.0, rest),
        [b'+', rest @ ..] => (1.0, rest),
        rest => (1.0, rest),
    };
    let is = |name: &[u8]| text.eq_ignore_ascii_case(name);
    let size = if is(b"inf") || is(b"infinity") {
        f64::INFINITY
    } else if is(b"nan") {
        f64::NAN
    } else {
        Digits::read(text)?.nearest()
    };
    Some(sign * size)
}

/// A decimal number: an integer times a power of ten.
struct Digits {
    /// The integer's digits, without zeros in front.
    digits: Vec<u8>,
    exponent: i64,
}

impl Digits {
    fn read(text: &[u8]) -> Option<Self> {
        let mut number = Digits {
            digits: Vec::new(),
            exponent: 0,
        };
        let (mut has_digits, mut has_point, mut is_cut) = (false, false, false);
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            match byte {
                b'0'..=b'9' => {
                    has_digits = true;
                    let digit = byte - b'0';
                    if number.digits.len() < MAX_DIGITS {
                        if digit > 0 || !number.digits.is_empty() {
                            number.digits.push(digit);
                        }
                        number.exponent -= i64::from(has_point);
                    } else {
                        is_cut |= digit > 0;
                        number.exponent += i64::from(!has_point);
                    }
                }
                b'.' if !has_point => has_point = true,
                b'e' | b'E' => {
                    number.exponent += power(text.get(at + 1..)?)?;
                    break;
                }
                _ => return None,
            }
            at += 1;
        }
        if is_cut {
            // Whatever the digits left out are, this one rounds alike.
            number.digits.push(1);
            number.exponent -= 1;
        }
        has_digits.then_some(number)
    }

    fn nearest(&self) -> f64 {
        let magnitude = self.digits.len() as i64 + self.exponent;
        if self.digits.is_empty() || magnitude < -330 {
            return 0.0;
        }
        if magnitude > 310 {
            return f64::INFINITY;
        }
        if self.digits.len() <= 15 && self.exponent.abs() <= EXACT_POWER {
            // Both are exact, so that the result is rounded once.
            let mut integer = 0.0;
            for digit in &self.digits {
                integer = 10.0 * integer + f64::from(*digit);
            }
            let mut power = 1.0;
            for _ in 0..self.exponent.abs() {
                power *= 10.0;
            }
            return if self.exponent < 0 {
                integer / power
            } else {
                integer * power
            };
        }
        let (mut numerator, mut denominator) = (vec![], vec![1]);
        for digit in &self.digits {
            multiply_add(&mut numerator, 10, u32::from(*digit));
        }
        for _ in 0..self.exponent.abs() {
            if self.exponent < 0 {
                multiply_add(&mut denominator, 10, 0);
            } else {
                multiply_add(&mut numerator, 10, 0);
            }
        }
        ratio(numerator, denominator)
    }
}

/// The power of ten behind the `e`. One that is too large to be counted is as good as any that is too large to be held.
fn power(text: &[u8]) -> Option<i64> {
    let (sign, text) = match text {
        [b'-', rest @ ..] => (-1, rest),
        [b'+', rest @ ..] => (1, rest),
        rest => (1, rest),
    };
    let mut power = 0_i64;
    for byte in text {
        if !byte.is_ascii_digit() {
            return None;
        }
        power = (10 * power + i64::from(byte - b'0')).min(1 << 40);
    }
    (!text.is_empty()).then_some(sign * power)
}

/// The `f64` nearest to the ratio of two integers above 0, whose parts of 32 bits come from the lowest to the highest.
fn ratio(mut numerator: Vec<u32>, mut denominator: Vec<u32>) -> f64 {
    // Scaled by 2^shift, the quotient has 62 or 63 bits.
    let shift = 62 + bits(&denominator) - bits(&numerator);
    shift_left(&mut numerator, shift.max(0));
    shift_left(&mut denominator, 63 - shift.min(0));
    let mut quotient = 0_u64;
    for _ in 0..64 {
        quotient <<= 1;
        if is_less(&denominator, &numerator) || denominator == numerator {
            subtract(&mut numerator, &denominator);
            quotient |= 1;
        }
        shift_left(&mut numerator, 1);
    }
    // What remains only matters where the rest lies exactly between two numbers.
    quotient |= u64::from(!numerator.is_empty());

    let exponent = 63 - i64::from(quotient.leading_zeros()) - shift;
    if exponent < -1022 {
        // As a count of the smallest number above 0, 2^-1074.
        let drop = shift - 1074;
        if drop > 63 {
            return 0.0;
        }
        let (count, rest, half) = (
            quotient >> drop,
            quotient & ((1 << drop) - 1),
            1 << (drop - 1),
        );
        let up = rest > half || (rest == half && count & 1 == 1);
        return f64::from_bits(count + u64::from(up));
    }
    if exponent > 1023 {
        return f64::INFINITY;
    }
    let bits = (quotient as f64).to_bits() as i64 - (shift << 52);
    if bits < f64::INFINITY.to_bits() as i64 {
        f64::from_bits(bits as u64)
    } else {
        f64::INFINITY
    }
}

/// The number of bits of an integer.
fn bits(integer: &[u32]) -> i64 {
    integer.last().map_or(0, |top| {
        32 * integer.len() as i64 - i64::from(top.leading_zeros())
    })
}

fn multiply_add(integer: &mut Vec<u32>, factor: u32, summand: u32) {
    let mut carry = u64::from(summand);
    for part in integer.iter_mut() {
        carry += u64::from(*part) * u64::from(factor);
        *part = carry as u32;
        carry >>= 32;
    }
    if carry > 0 {
        integer.push(carry as u32);
    }
}

fn shift_left(integer: &mut Vec<u32>, by: i64) {
    if integer.is_empty() {
        return;
    }
    multiply_add(integer, 1 << (by % 32), 0);
    for _ in 0..by / 32 {
        integer.insert(0, 0);
    }
}

fn is_less(a: &[u32], b: &[u32]) -> bool {
    a.len() < b.len() || (a.len() == b.len() && a.iter().rev().lt(b.iter().rev()))
}

/// Subtracts an integer that is not larger.
fn subtract(from: &mut Vec<u32>, integer: &[u32]) {
    let mut borrow = 0_i64;
    for (index, part) in from.iter_mut().enumerate() {
        borrow += i64::from(*part) - i64::from(integer.get(index).copied().unwrap_or(0));
        *part = borrow as u32;
        borrow >>= 32;
    }
    while from.last() == Some(&0) {
        from.pop();
    }
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
            "2e308",
            "1e309",
            "7.3e309",
            "99999999999999999999e290",
            "1e400",
            "1e-400",
        ] {
            check(text);
        }
        // Longer than what is kept: digits that are left out still decide a tie, and count where they are before the point.
        let (zeros, digits) = ("0".repeat(900), "7".repeat(900));
        check(&format!("9007199254740993.{zeros}1"));
        check(&format!("9007199254740993.{zeros}"));
        check(&format!("{digits}e-700"));
        check(&format!("0.{zeros}{digits}e950"));
        check(&format!("1{zeros}e-900"));
        check(&format!("{zeros}5"));
    }

    #[test]
    fn the_same_texts_are_accepted_as_by_the_standard_library() {
        for text in [
            "",
            " ",
            "1 ",
            " 1",
            "1",
            "+1",
            "-1",
            "--1",
            "1.",
            ".5",
            "-.5",
            ".",
            "1e",
            "1e+",
            "1e5",
            "1E5",
            "1e+5",
            "1e-5",
            "e5",
            "1_000",
            "1,5",
            "0x10",
            "1f",
            "inf",
            "-inf",
            "Infinity",
            "infinit",
            "1.5.2",
            "0",
            "-0",
            "00012",
            "0.1",
            "1e0005",
            "½",
            "1\0",
            "1e99999999999999999999999",
            "1e-99999999999999999999999",
            "0e99999999999999999999999",
            "1e+",
            "1e-",
            "1e5.",
            "1e5e5",
            "+",
            "-inf",
            "INFINITY",
            "-.",
            "+.5e1",
        ] {
            check(text);
        }
        assert!(decimal("NaN").is_some_and(f64::is_nan));
    }
}
