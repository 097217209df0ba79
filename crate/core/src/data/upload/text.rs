//! From bytes to rows of cells: encodings, separators, and what stands around a table in its file.

use super::limits::{MAX_BYTES, MAX_COLUMNS, MAX_ROWS, check_limit, refused};
use super::numbers::{Sign, sign};
use super::options::ReadOptions;
use super::separators::{guess_separator, most_cells, sample, usual_length};
use crate::data::DataError;
use crate::data::samples::RowProblem;
use crate::numeric::random::{Random, Stream};
use csv::{ReaderBuilder, StringRecord};
use gradient_flow_words::message;
use std::borrow::Cow;

/// Most lines above a table that are not part of it.
const MAX_TITLES: usize = 30;
/// Most lines below a table that are not part of it.
const MAX_FOOTERS: usize = 5;

/// A row of a table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Its line in the file, from 1.
    pub line: usize,
    /// Its place among the rows of the file, from 0: some may have been left out since.
    pub index: usize,
    cells: StringRecord,
}

impl Row {
    /// A cell, trimmed; empty behind the end of a short row.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).unwrap_or("").trim()
    }

    /// All cells, as they are.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        self.cells.iter()
    }

    /// The number of cells.
    pub fn width(&self) -> usize {
        self.cells.len()
    }

    /// The number of cells up to the last one that is not empty.
    pub fn length(&self) -> usize {
        let is_filled = |place: &usize| {
            self.cells
                .get(*place)
                .is_some_and(|cell| !cell.trim().is_empty())
        };
        (0..self.cells.len())
            .rev()
            .find(is_filled)
            .map_or(0, |last| last + 1)
    }

    fn filled(&self) -> usize {
        self.cells
            .iter()
            .filter(|cell| !cell.trim().is_empty())
            .count()
    }
}

/// The rows of a table, the header among them.
#[derive(Debug)]
pub(super) struct Grid {
    pub separator: u8,
    pub columns: usize,
    /// The first row, which may be a header.
    pub first: Row,
    /// A comment above the first row that may be a header.
    pub comment: Option<Row>,
    /// Whether the first row has no name for the first column, which holds the names of the rows.
    pub has_row_names: bool,
    /// The rows below the first.
    pub rows: Vec<Row>,
    /// The number of rows below the first in the file.
    pub total: usize,
    /// Lines above, between and below that are no rows.
    pub left_out: usize,
    /// Rows with fewer cells than the others.
    pub short_rows: usize,
}

/// A file as text: UTF-8, UTF-16 with or without a mark, or else Windows-1252, which Excel writes in western Europe.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let zeros = |from: usize| {
        bytes
            .iter()
            .skip(from)
            .step_by(2)
            .take(500)
            .filter(|b| **b == 0)
            .count()
    };
    let pairs = (bytes.len() / 2).min(500);
    let wide = match bytes {
        [0xff, 0xfe, ..] => Some(false),
        [0xfe, 0xff, ..] => Some(true),
        _ if pairs > 3 && 2 * zeros(1) > pairs => Some(false),
        _ if pairs > 3 && 2 * zeros(0) > pairs => Some(true),
        _ => None,
    };
    if let Some(is_big) = wide {
        let unit = |pair: &[u8; 2]| {
            if is_big {
                u16::from_be_bytes(*pair)
            } else {
                u16::from_le_bytes(*pair)
            }
        };
        let units: Vec<u16> = bytes.as_chunks().0.iter().map(unit).collect();
        return String::from_utf16_lossy(&units).into();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => bytes
            .iter()
            .map(|byte| windows_1252(*byte))
            .collect::<String>()
            .into(),
    }
}

fn windows_1252(byte: u8) -> char {
    const SPECIAL: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => SPECIAL[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

impl Grid {
    /// Reads a table.
    ///
    /// # Errors
    /// If it is too large, or is no table.
    pub fn read(text: &str, options: &ReadOptions) -> Result<Self, DataError> {
        let text = text.trim_start_matches('\u{feff}');
        check_limit("bytes", text.len(), MAX_BYTES)?;
        // Old spreadsheets end a line with a carriage return alone.
        let with_newlines = (!text.contains('\n')).then(|| text.replace('\r', "\n"));
        let text = with_newlines.as_deref().unwrap_or(text);

        let preamble = Preamble::of(text);
        let body = &text[preamble.length..];
        if body.trim().is_empty() {
            return Err(refused("rows", "0".into(), message!("table-allowed-rows")));
        }
        let separator = options.separator.or(preamble.separator);
        let separator = separator.unwrap_or_else(|| guess_separator(body));
        check_limit("columns", most_cells(body, separator), MAX_COLUMNS)?;
        let columns = usual_length(&sample(body, separator));
        if columns < 2 {
            return Err(refused(
                "columns",
                "1".into(),
                message!("table-allowed-columns"),
            ));
        }
        let mut grid = Self::of_body(body, separator, columns, preamble.lines, options.seed)?;
        grid.left_out += preamble.comments;
        grid.comment = preamble.last_comment.and_then(|line| {
            let row = sample(line.trim_start_matches('#').trim(), separator)
                .into_iter()
                .next()?;
            (row.length() == columns).then_some(row)
        });
        Ok(grid)
    }

    fn of_body(
        body: &str,
        separator: u8,
        columns: usize,
        lines_above: usize,
        seed: u64,
    ) -> Result<Self, DataError> {
        let body = &*with_tabs(body, separator);
        let total = records(body, separator)
            .filter(|row| row.as_ref().map_or(true, |row| row.length() > 0))
            .count();
        let mut pick = Pick {
            random: Random::new(seed, Stream::Data, MAX_ROWS),
            wanted: MAX_ROWS,
            left: total.saturating_sub(1),
        };
        let (mut first, mut rows): (Option<Row>, Vec<Row>) = (None, Vec::new());
        let (mut left_out, mut short_rows, mut index) = (0, 0, 0);
        for row in records(body, separator) {
            let mut row = row.map_err(|line| DataError::Invalid {
                row: line + lines_above,
                problem: RowProblem::Unreadable,
            })?;
            row.line += lines_above;
            let length = row.length();
            if length == 0 {
                continue;
            }
            if first.is_none() {
                if left_out < MAX_TITLES && is_title(&row, columns) {
                    left_out += 1;
                } else {
                    first = Some(row);
                }
                continue;
            }
            let is_kept = pick.next();
            if is_rule(&row) || (length != columns && row.cell(0).starts_with('#')) {
                left_out += 1;
                continue;
            }
            if length > columns {
                return Err(DataError::Invalid {
                    row: row.line,
                    problem: RowProblem::Length {
                        cells: length,
                        expected: columns,
                    },
                });
            }
            short_rows += usize::from(row.cells.len() < columns);
            row.index = index;
            index += 1;
            if is_kept {
                rows.push(row);
            }
        }
        let Some(first) = first else {
            return Err(refused("rows", "0".into(), message!("table-allowed-rows")));
        };
        if first.length() > columns {
            return Err(DataError::Invalid {
                row: first.line,
                problem: RowProblem::Length {
                    cells: first.length(),
                    expected: columns,
                },
            });
        }
        let is_footer = |row: &Row| {
            columns > 2
                && row.filled() == 1
                && sign(row.cell(0)) == Sign::Invalid
                && !row.cell(0).is_empty()
        };
        for _ in 0..MAX_FOOTERS {
            if rows.len() > 2 && rows.last().is_some_and(is_footer) {
                let row = rows.pop().expect("there is one");
                left_out += 1;
                index -= 1;
                short_rows -= usize::from(row.cells.len() < columns);
            }
        }
        // Some programs end each row with a separator but not the header.
        let has_row_names = first.length() + 1 == columns
            && first.cells.len() < columns
            && first.filled() + 1 == columns
            && rows.iter().any(|row| row.length() == columns);
        Ok(Grid {
            separator,
            columns,
            first,
            comment: None,
            has_row_names,
            rows,
            total: index,
            left_out,
            short_rows,
        })
    }
}

/// Picks a random sample of known size while rows pass by (Knuth's algorithm S).
struct Pick {
    random: Random,
    wanted: usize,
    left: usize,
}

impl Pick {
    fn next(&mut self) -> bool {
        let is_picked = self.wanted >= self.left
            || self.random.uniform() * (self.left as f64) < self.wanted as f64;
        let is_picked = is_picked && self.wanted > 0;
        self.wanted -= usize::from(is_picked);
        self.left = self.left.saturating_sub(1);
        is_picked
    }
}

/// What stands above the body of a table.
#[derive(Debug, Default)]
struct Preamble<'a> {
    /// In bytes.
    length: usize,
    lines: usize,
    comments: usize,
    /// The comment right above the body, which may be its header.
    last_comment: Option<&'a str>,
    /// Excel's `sep=;`.
    separator: Option<u8>,
}

impl<'a> Preamble<'a> {
    fn of(text: &'a str) -> Self {
        let mut preamble = Preamble::default();
        for line in text.split_inclusive('\n') {
            let content = line.trim();
            let named = content.trim_matches('"').to_ascii_lowercase();
            if let Some(sign) = named.strip_prefix("sep=").filter(|sign| sign.len() <= 1) {
                // A tab has been trimmed away.
                preamble.separator = Some(sign.bytes().next().unwrap_or(b'\t'));
            } else if is_comment(content) {
                preamble.comments += 1;
                preamble.last_comment = Some(content);
            } else if !content.is_empty() {
                break;
            }
            preamble.length += line.len();
            preamble.lines += 1;
        }
        preamble
    }
}

/// Whether a line above a table is a comment: not `#,name` or `#ff0000,red`, which are cells.
fn is_comment(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('#') else {
        return line.starts_with("//") || line.starts_with('%');
    };
    let word: &str = rest.split([',', ';', '\t', '|']).next().unwrap_or("");
    let is_color = [3, 6, 8].contains(&word.len()) && word.bytes().all(|b| b.is_ascii_hexdigit());
    !is_color && (!word.is_empty() || rest.len() <= 1)
}

/// Whether a row above a table is a title, by the number of cells that the others have.
fn is_title(row: &Row, columns: usize) -> bool {
    let (length, filled) = (row.length(), row.filled());
    match columns {
        2 => length == 1 && row.cells.len() == 1 && row.cell(0).contains(' '),
        _ => {
            (filled == 1 && (columns > 3 || row.cells.len() != columns - 1))
                || (length < columns - 1 && row.cells.len() < columns - 1)
        }
    }
}

/// Whether a row only rules a line, as in a table of Markdown.
pub(super) fn is_rule(row: &Row) -> bool {
    row.cells.iter().all(|cell| {
        let cell = cell.trim();
        cell.is_empty()
            || (cell.len() >= 3 && cell.bytes().all(|b| matches!(b, b'-' | b':' | b'=' | b'+')))
    })
}

/// The records of a CSV with their lines, or the line of one that cannot be read. Blanks have become tabs.
pub(super) fn records(text: &str, separator: u8) -> impl Iterator<Item = Result<Row, usize>> {
    let reader = ReaderBuilder::new()
        .delimiter(if separator == b' ' { b'\t' } else { separator })
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let line = |position: Option<&csv::Position>| {
        let position = position.cloned().unwrap_or_else(csv::Position::new);
        // The position is that of the empty lines before a record.
        let before = text.as_bytes()[position.byte() as usize..]
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace());
        position.line() as usize + before.filter(|byte| **byte == b'\n').count()
    };
    reader.into_records().map(move |record| match record {
        Ok(cells) => Ok(Row {
            line: line(cells.position()),
            index: 0,
            cells,
        }),
        Err(error) => Err(line(error.position())),
    })
}

/// Runs of blanks outside quotes as tabs, if blanks separate the cells.
pub(super) fn with_tabs(body: &str, separator: u8) -> Cow<'_, str> {
    if separator != b' ' {
        return body.into();
    }
    let mut text = String::with_capacity(body.len());
    for line in body.lines() {
        let (mut is_quoted, mut is_blank) = (false, false);
        for c in line.trim().chars() {
            is_quoted ^= c == '"';
            if !is_quoted && (c == ' ' || c == '\t') {
                is_blank = true;
                continue;
            }
            if is_blank {
                text.push('\t');
                is_blank = false;
            }
            text.push(c);
        }
        text.push('\n');
    }
    text.into()
}

#[cfg(test)]
mod tests;
