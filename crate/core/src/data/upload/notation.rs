//! Which sign separates decimals: guessed for the whole table, unless a column says otherwise by itself.

use super::numbers::{Sign, quantity, sign};

/// The decimal sign of a table that tells nothing.
pub(super) const POINT: u8 = b'.';
pub(super) const COMMA: u8 = b',';

/// What the numbers of a column tell of its decimal sign.
#[derive(Debug, Clone, Default)]
struct Evidence<'a> {
    /// Numbers that leave no doubt: with a decimal point, with a decimal comma.
    decided: [usize; 2],
    /// Numbers such as 1.203, with a point, with a comma.
    either: [usize; 2],
    /// The first of them.
    example: Option<&'a str>,
    /// Numbers of digits alone below and from 1000.
    small: usize,
    large: usize,
    /// The largest of the small ones.
    largest_small: f64,
}

impl<'a> Evidence<'a> {
    fn of(cells: &[&'a str]) -> Self {
        let mut evidence = Evidence::default();
        let place = |sign: u8| usize::from(sign == COMMA);
        for cell in cells {
            match sign(cell) {
                Sign::Decimal(sign) => evidence.decided[place(sign)] += 1,
                Sign::Either(sign) => {
                    evidence.either[place(sign)] += 1;
                    evidence.example.get_or_insert(cell);
                }
                Sign::None => {
                    let size = quantity(cell, POINT).map_or(0.0, |quantity| quantity.value.abs());
                    if size < 1000.0 {
                        evidence.small += 1;
                        evidence.largest_small = size.max(evidence.largest_small);
                    } else {
                        evidence.large += 1;
                    }
                }
                Sign::Invalid => (),
            }
        }
        evidence
    }

    /// The sign that most of the numbers without doubt have.
    fn decided(&self) -> Option<u8> {
        match self.decided {
            [0, 0] => None,
            [points, commas] => Some(if commas > points { COMMA } else { POINT }),
        }
    }

    /// Whether the doubtful sign stands wherever a number reaches 1000 and nowhere else, as one of thousands does.
    fn is_of_thousands(&self) -> bool {
        self.small > 0 && self.large == 0 && self.largest_small >= 100.0
    }
}

/// The decimal sign of a column, and a number that could also be read otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Notation<'a> {
    pub decimal: u8,
    pub doubtful: Option<&'a str>,
}

/// The decimal sign of a table and those of its columns. `chosen` is the reader's.
pub(super) fn notations<'a>(
    columns: &[Vec<&'a str>],
    separator: u8,
    chosen: Option<u8>,
) -> (u8, Vec<Notation<'a>>) {
    let evidence: Vec<Evidence> = columns.iter().map(|cells| Evidence::of(cells)).collect();
    if let Some(decimal) = chosen {
        let certain = Notation {
            decimal,
            doubtful: None,
        };
        return (decimal, vec![certain; columns.len()]);
    }
    let decided: Vec<u8> = evidence.iter().filter_map(Evidence::decided).collect();
    let commas = decided.iter().filter(|sign| **sign == COMMA).count();
    let of_table = (!decided.is_empty()).then_some(if 2 * commas > decided.len() {
        COMMA
    } else {
        POINT
    });
    let notations: Vec<Notation> = evidence
        .iter()
        .map(|column| of_column(column, separator, of_table))
        .collect();
    let has = |decimal| {
        let is = |(notation, evidence): (&Notation, &Evidence)| {
            notation.decimal == decimal && evidence.either != [0, 0]
        };
        notations.iter().zip(&evidence).any(is)
    };
    let decimal = of_table.unwrap_or(if has(COMMA) && !has(POINT) {
        COMMA
    } else {
        POINT
    });
    (decimal, notations)
}

fn of_column<'a>(column: &Evidence<'a>, separator: u8, of_table: Option<u8>) -> Notation<'a> {
    let certain = |decimal| Notation {
        decimal,
        doubtful: None,
    };
    if let Some(decimal) = column.decided().or(of_table) {
        return certain(decimal);
    }
    let doubtful = |decimal| Notation {
        decimal,
        doubtful: column.example,
    };
    match column.either {
        [0, 0] => certain(POINT),
        // Where a comma separates cells, one within quotes separates thousands.
        [0, _] if separator == COMMA => certain(POINT),
        [_, 0] if separator == COMMA && !column.is_of_thousands() => certain(POINT),
        [_, 0] if separator == COMMA => doubtful(POINT),
        [_, 0] => doubtful(if column.is_of_thousands() {
            COMMA
        } else {
            POINT
        }),
        [0, _] => doubtful(if column.is_of_thousands() {
            POINT
        } else {
            COMMA
        }),
        [points, commas] => doubtful(if commas > points { COMMA } else { POINT }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(columns: &[&[&'static str]], separator: u8) -> (char, Vec<(char, bool)>) {
        let columns: Vec<Vec<&str>> = columns.iter().map(|cells| cells.to_vec()).collect();
        let (decimal, notations) = notations(&columns, separator, None);
        let columns = notations
            .iter()
            .map(|n| (char::from(n.decimal), n.doubtful.is_some()));
        (char::from(decimal), columns.collect())
    }

    #[test]
    fn one_number_without_doubt_decides_for_the_table() {
        assert_eq!(
            read(&[&["0,5"], &["1.203"]], b';'),
            (',', vec![(',', false), (',', false)])
        );
        assert_eq!(
            read(&[&["0.5"], &["1,203"]], b';'),
            ('.', vec![('.', false), ('.', false)])
        );
        assert_eq!(read(&[&["1.234.567"], &["1.203"]], b';').0, ',');
        assert_eq!(
            read(&[&["1,5", "2,5"], &["1.5"], &["0,1"]], b'\t').1[1],
            ('.', false),
            "a column of its own"
        );
    }

    #[test]
    fn thousands_are_seen_where_no_number_reaches_them_without_a_sign() {
        assert_eq!(
            read(&[&["300", "902", "1.203"]], b';'),
            (',', vec![(',', true)])
        );
        assert_eq!(
            read(&[&["300", "902", "1,203"]], b';'),
            ('.', vec![('.', true)])
        );
        assert_eq!(
            read(&[&["1", "2", "1.203"]], b';'),
            ('.', vec![('.', true)])
        );
        assert_eq!(read(&[&["300", "1,203"]], b','), ('.', vec![('.', false)]));
        assert_eq!(
            read(&[&["1.203", "2.100"]], b','),
            ('.', vec![('.', false)])
        );
        assert_eq!(
            read(&[&["300", "902", "1.203"]], b','),
            ('.', vec![('.', true)]),
            "said"
        );
        assert_eq!(read(&[&["1200", "1.203"]], b';').1, [('.', true)]);
    }
}
