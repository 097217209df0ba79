//! What separates the cells of a table, and how many there are: guessed from its first rows.

use super::numbers::{Sign, is_missing, sign};
use super::text::{Row, is_rule, records, with_tabs};

/// Separators of cells, the likeliest first. A blank stands for runs of blanks.
pub(super) const SEPARATORS: [u8; 5] = *b",;\t| ";
/// The separator is guessed from the beginning of the table: so many bytes and rows.
const GUESS_BYTES: usize = 100_000;
const GUESS_ROWS: usize = 200;
/// Share of the rows that have to have the same number of cells.
const EQUAL_ROWS: f64 = 0.9;
/// The most cells of a record, without storing any: a row of millions of them has to be refused before it is read.
pub(super) fn most_cells(body: &str, separator: u8) -> usize {
    if separator == b' ' {
        let cells = |line: &str| line.split_ascii_whitespace().count();
        // Quoted cells may hold blanks, so these are at least as many as there are.
        return if body.contains('"') {
            0
        } else {
            body.lines().map(cells).max().unwrap_or(0)
        };
    }
    let (mut most, mut cells) = (0, 1);
    let (mut is_quoted, mut is_start, mut has_text) = (false, true, false);
    for byte in body.bytes() {
        match byte {
            b'"' if is_quoted || is_start => is_quoted = !is_quoted,
            b'\n' if !is_quoted => {
                most = most.max(if has_text { cells } else { 0 });
                (cells, is_start, has_text) = (1, true, false);
                continue;
            }
            _ if byte == separator && !is_quoted => {
                (cells, is_start) = (cells + 1, true);
                continue;
            }
            _ => (),
        }
        has_text |= !byte.is_ascii_whitespace();
        // A quote that has ended may begin again: "" stands for one.
        is_start = byte == b'"';
    }
    most.max(if has_text { cells } else { 0 })
}

/// The first rows of a table that are not empty.
pub(super) fn sample(body: &str, separator: u8) -> Vec<Row> {
    let end = (0..=GUESS_BYTES.min(body.len()))
        .rev()
        .find(|end| body.is_char_boundary(*end))
        .unwrap_or(0);
    let cut = &body[..end];
    let cut = match cut.rfind('\n') {
        Some(newline) if end < body.len() => &cut[..newline],
        _ => cut,
    };
    let text = with_tabs(cut, separator);
    let rows = records(&text, separator)
        .filter_map(Result::ok)
        .filter(|row| row.length() > 0 && !is_rule(row));
    rows.take(GUESS_ROWS).collect()
}

/// The number of cells that most rows have.
pub(super) fn usual_length(rows: &[Row]) -> usize {
    let lengths: Vec<usize> = rows.iter().map(|row| row.width()).collect();
    let count = |length: &usize| lengths.iter().filter(|other| *other == length).count();
    // Of two lengths as common, the later one: a header or a title comes first.
    lengths
        .iter()
        .max_by_key(|length| count(length))
        .copied()
        .unwrap_or(0)
}

/// The separator that splits the first rows best: into rows of equal length and many numbers, then into the most cells.
pub(super) fn guess_separator(body: &str) -> u8 {
    let score = |separator: u8| {
        let rows = sample(body, separator);
        let columns = usual_length(&rows);
        let equal = rows.iter().filter(|row| row.width() == columns).count();
        // A title or a short header counts less in a small table than it would as a share.
        let odd = if rows.len() > 5 { 2 } else { 1 };
        let is_table =
            columns > 1 && equal as f64 >= EQUAL_ROWS * rows.len().saturating_sub(odd) as f64;
        let (mut numbers, mut cells) = (0_usize, 0_usize);
        for cell in rows.iter().flat_map(|row| row.cells()) {
            let cell = cell.trim();
            cells += usize::from(!is_missing(cell));
            numbers += usize::from(sign(cell) != Sign::Invalid);
        }
        let share = numbers as f64 / cells.max(1) as f64;
        // One column is no table, however equal its rows are.
        let equal = if columns > 1 {
            equal as f64 / rows.len() as f64
        } else {
            0.0
        };
        Score {
            is_table,
            is_equal: equal == 1.0,
            quality: equal + 0.5 * share,
            columns,
            numbers: share,
        }
    };
    let (mut best, mut best_score) = (b',', score(b','));
    for separator in SEPARATORS.into_iter().skip(1) {
        let next = score(separator);
        // Blanks also stand within cells: they separate where nothing else does, or where only they leave numbers.
        let is_better = if separator == b' ' {
            let leaves_numbers = next.numbers > 0.8 && next.numbers > best_score.numbers + 0.2;
            next.is_table && (!best_score.is_table || leaves_numbers)
        } else {
            next > best_score
        };
        if is_better {
            (best, best_score) = (separator, next);
        }
    }
    best
}

/// How well a separator splits the first rows, the most important first.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Score {
    is_table: bool,
    /// Whether all rows have the same length: what separates data only is a decimal comma.
    is_equal: bool,
    quality: f64,
    columns: usize,
    numbers: f64,
}
