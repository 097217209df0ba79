//! Cells as numbers: decimal signs and thousands separators in the convention of the table, currencies, percent, units.

use super::limits::MAX_NUMBER;
use crate::data::table;

/// Cells that count as missing, in lower case.
const MISSING: [&str; 25] = [
    "n.a.", "n.d.", "k.a.", "*", "**", "", "?", "-", "--", "---", "–", "—", ".", "..", "...", "na",
    "n/a", "#n/a", "nan", "none", "null", "nil", "<na>", "nat", "\\n",
];
/// Signs and codes of currencies that stand before or after a number.
const CURRENCIES: [&str; 19] = [
    "US$", "R$", "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "USD", "EUR", "GBP", "CHF", "JPY", "INR",
    "CAD", "Rs.", "Rs",
];
/// Longest unit behind a number, in characters.
const MAX_UNIT: usize = 12;

/// Whether a cell is missing. Errors of spreadsheets (`#DIV/0!`) are.
pub(super) fn is_missing(cell: &str) -> bool {
    let is = |word: &str| cell.eq_ignore_ascii_case(word);
    cell.len() <= 8
        && (MISSING.iter().any(|word| is(word)) || (cell.starts_with('#') && cell.ends_with('!')))
}

/// A number and what stands behind it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quantity<'a> {
    pub value: f64,
    pub unit: &'a str,
}

/// A cell taken apart: sign, digits with their separators, unit.
struct Parts<'a> {
    is_negative: bool,
    body: &'a str,
    unit: &'a str,
}

fn strip_currency(text: &str) -> Option<&str> {
    CURRENCIES
        .iter()
        .find_map(|sign| text.strip_prefix(sign))
        .map(str::trim_start)
}

fn parts(cell: &str) -> Option<Parts<'_>> {
    let mut text = cell.trim();
    let mut is_negative = false;
    // Accountants write negative numbers in parentheses.
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        (text, is_negative) = (inner.trim(), true);
    }
    let mut has_currency = false;
    for _ in 0..2 {
        if let Some(rest) = text.strip_prefix(['-', '−', '+']) {
            is_negative ^= !text.starts_with('+');
            text = rest.trim_start();
        }
        if !has_currency && let Some(rest) = strip_currency(text) {
            (text, has_currency) = (rest, true);
        } else {
            break;
        }
    }
    let length = body_length(text)?;
    let (body, rest) = text.split_at(length);
    let rest = rest.trim();
    let is_unit = rest.chars().count() <= MAX_UNIT
        && rest
            .chars()
            .next()
            .is_none_or(|first| first.is_alphabetic() || "%‰°$€£¥₹₽₩₺µ'\"".contains(first))
        && rest
            .chars()
            .all(|c| c.is_alphabetic() || "%‰°$€£¥₹₽₩₺µ/²³^·*'\". -".contains(c));
    is_unit.then_some(Parts {
        is_negative,
        body,
        unit: rest,
    })
}

/// The bytes at the beginning that are digits with separators and an exponent.
fn body_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        bytes[from.min(bytes.len())..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let mut at = 0;
    let mut has_digits = false;
    while let Some(byte) = bytes.get(at) {
        // A blank or an apostrophe only separates thousands.
        let wide = ["\u{a0}", "\u{202f}", "\u{2009}", "’"];
        let group = match byte {
            b'0'..=b'9' => {
                has_digits = true;
                at += 1;
                continue;
            }
            b'.' | b',' => {
                at += 1;
                continue;
            }
            b' ' | b'\'' => Some(1),
            _ => wide
                .iter()
                .find(|sign| text[at..].starts_with(**sign))
                .map(|sign| sign.len()),
        };
        match group {
            Some(length) if has_digits && digits(at + length) == 3 => at += length,
            _ => break,
        }
    }
    if !has_digits {
        return None;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at + 1 + sign);
        if exponent > 0 {
            at += 1 + sign + exponent;
        }
    }
    // A point or comma at the end of a word is none of the number's, except in "1.".
    Some(at)
}

/// What the separators of a number tell of the convention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// Digits alone.
    None,
    /// The decimal sign is this one, whatever the table's.
    Decimal(u8),
    /// This sign separates either decimals or thousands: `1.203`.
    Either(u8),
    /// It is no number in any convention.
    Invalid,
}

/// The whole digits before, and how many there are of each separator.
pub(super) fn sign(cell: &str) -> Sign {
    if let Some(sign) = plain_sign(cell) {
        return sign;
    }
    let Some(parts) = parts(cell) else {
        return Sign::Invalid;
    };
    let body = parts.body;
    let count = |sign: char| body.matches(sign).count();
    match (count('.'), count(',')) {
        (0, 0) => Sign::None,
        (0, n) => alone(body, ',', n),
        (n, 0) => alone(body, '.', n),
        (points, commas) => {
            let last = body.rfind(['.', ',']).expect("there are both");
            let decimal = body.as_bytes()[last];
            let (decimals, thousands) = if decimal == b'.' {
                (points, ',')
            } else {
                (commas, '.')
            };
            if decimals == 1 && is_grouped(&body[..last], thousands) {
                Sign::Decimal(decimal)
            } else {
                Sign::Invalid
            }
        }
    }
}

/// The same for what most cells are, digits with at most one point, without taking them apart.
fn plain_sign(cell: &str) -> Option<Sign> {
    let digits = cell.strip_prefix('-').unwrap_or(cell).as_bytes();
    let mut point = None;
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => (),
            b'.' if point.is_none() => point = Some(at),
            _ => return None,
        }
    }
    match point {
        None if digits.is_empty() => None,
        None => Some(Sign::None),
        Some(_) if digits.len() == 1 => None,
        Some(at) => {
            let is_either = digits.len() - at == 4 && (1..=3).contains(&at) && digits[0] != b'0';
            Some(if is_either {
                Sign::Either(b'.')
            } else {
                Sign::Decimal(b'.')
            })
        }
    }
}

/// The meaning of a separator that is the only kind in a number.
fn alone(body: &str, sign: char, count: usize) -> Sign {
    let other = if sign == '.' { b',' } else { b'.' };
    match (count, is_grouped(body, sign)) {
        (1, true) => Sign::Either(sign as u8),
        (1, false) => Sign::Decimal(sign as u8),
        (_, true) => Sign::Decimal(other),
        _ => Sign::Invalid,
    }
}

/// Whether a separator stands before groups of three digits (or two, as in India), the first of which is not 0.
fn is_grouped(whole: &str, sign: char) -> bool {
    let groups: Vec<&str> = whole.split(sign).collect();
    let (first, last) = (groups[0], groups[groups.len() - 1]);
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    (1..=3).contains(&first.len())
        && digits(first)
        && !first.starts_with('0')
        && (groups.len() == 1 || last.len() == 3)
        && groups[1..]
            .iter()
            .all(|group| (2..=3).contains(&group.len()) && digits(group))
}

/// A cell as a number, where `decimal` (`.` or `,`) is the decimal sign.
pub(super) fn quantity(cell: &str, decimal: u8) -> Option<Quantity<'_>> {
    let valid = |value: f64| value.abs() <= MAX_NUMBER;
    let is_plain = cell.bytes().all(|b| {
        matches!(b, b'0'..=b'9' | b'-' | b'+' | b'e' | b'E') || (b == b'.' && decimal == b'.')
    });
    if is_plain && let Some(value) = table::number(cell) {
        return valid(value).then_some(Quantity { value, unit: "" });
    }
    let Parts {
        is_negative,
        body,
        unit,
    } = parts(cell)?;
    let decimal = match sign(cell) {
        Sign::Invalid => return None,
        Sign::Decimal(own) => own,
        Sign::None | Sign::Either(_) => decimal,
    };
    let mut digits = String::with_capacity(body.len());
    for c in body.chars() {
        if c as u32 == u32::from(decimal) {
            digits.push('.');
        } else if c.is_ascii_alphanumeric() || c == '-' || c == '+' {
            digits.push(c);
        }
    }
    let value = table::number(&digits).filter(|value| valid(*value))?;
    Some(Quantity {
        value: if is_negative { -value } else { value },
        unit,
    })
}

/// What a multiplier behind a number stands for: `1.2M`.
pub(super) fn multiplier(unit: &str) -> Option<f64> {
    let unit = unit.trim_start_matches(['$', '€', '£']).trim();
    Some(match unit {
        "" => 1.0,
        "k" | "K" | "Tsd" | "Tsd." => 1e3,
        "M" | "m" | "Mio" | "Mio." | "mn" | "million" => 1e6,
        "B" | "bn" | "Bn" | "Mrd" | "Mrd." | "billion" => 1e9,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(cell: &str, decimal: char) -> Option<f64> {
        quantity(cell, decimal as u8).map(|quantity| quantity.value)
    }

    #[test]
    fn numbers_are_read_in_the_convention_of_the_table() {
        for (cell, point, comma) in [
            ("1.203", 1.203, 1203.0),
            ("1,203", 1203.0, 1.203),
            ("0.203", 0.203, 0.203),
            ("1.5", 1.5, 1.5),
            ("1,5", 1.5, 1.5),
            ("-12.345.678", -12_345_678.0, -12_345_678.0),
            ("1,234,567.5", 1_234_567.5, 1_234_567.5),
            ("1.234,5", 1234.5, 1234.5),
            ("12,34,567", 1_234_567.0, 1_234_567.0),
            ("1 234", 1234.0, 1234.0),
            ("1'234.5", 1234.5, 1234.5),
            ("1\u{202f}234,5", 1234.5, 1234.5),
            ("1e-3", 1e-3, 1e-3),
            ("2,5e3", 2500.0, 2500.0),
            ("−4", -4.0, -4.0),
            ("(1,200)", -1200.0, -1.2),
            ("+7", 7.0, 7.0),
            ("5.", 5.0, 5.0),
        ] {
            assert_eq!(value(cell, '.'), Some(point), "{cell} .");
            assert_eq!(value(cell, ','), Some(comma), "{cell} ,");
        }
    }

    #[test]
    fn what_most_cells_are_has_the_sign_that_taking_them_apart_tells() {
        for cell in [
            "1", "-12", "1.5", ".5", "5.", "1.203", "-1.203", "0.203", "1203.203", "1.2034", "000",
            ".", "-", "", "1.2.3",
        ] {
            let unusual = format!("{cell} kg");
            assert_eq!(sign(cell), sign(&unusual), "{cell}");
        }
    }

    #[test]
    fn currencies_percent_and_units_are_understood() {
        for (cell, number, unit) in [
            ("$11.50", 11.5, ""),
            ("-$3", -3.0, ""),
            ("$ -3", -3.0, ""),
            ("€ 1.5", 1.5, ""),
            ("11 EUR", 11.0, "EUR"),
            ("45 %", 45.0, "%"),
            ("12.5kg", 12.5, "kg"),
            ("3 m/s²", 3.0, "m/s²"),
            ("20 °C", 20.0, "°C"),
            ("1.2M", 1.2, "M"),
        ] {
            assert_eq!(
                quantity(cell, b'.'),
                Some(Quantity {
                    value: number,
                    unit
                }),
                "{cell}"
            );
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for cell in [
            "",
            "x",
            "1-2",
            "12:30",
            "2020-01-01",
            "1.2.2020",
            "1.2.3",
            "<5",
            "5 5",
            "A1",
            "1e999",
            "inf",
            "nan",
            "1,2,3",
            "$",
            ".",
            ",",
            "-",
            "1 2 3",
            "0x10",
            "1_000",
        ] {
            assert_eq!(value(cell, '.'), None, "{cell}");
            assert_eq!(value(cell, ','), None, "{cell}");
        }
    }

    #[test]
    fn missing_cells_have_many_names() {
        for cell in [
            "", "?", "-", "NA", "N/A", "None", "null", "#N/A", "NaN", ".", "#DIV/0!",
        ] {
            assert!(is_missing(cell), "{cell}");
        }
        for cell in ["0", "no", "x", "+", "nano", "#1", "n"] {
            assert!(!is_missing(cell), "{cell}");
        }
    }
}
