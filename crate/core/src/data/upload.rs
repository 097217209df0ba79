//! Tables that a user brings along.
//!
//! How a table is written and what it contains is guessed, as a person would; the guesses are shown with their reasons and
//! can be overruled. A table never leaves the browser. How it is read stands before it, as a line of JSON ([`options`]).

mod columns;
mod describe;
mod features;
mod guess;
mod limits;
mod names;
mod notation;
mod numbers;
mod options;
mod recognition;
mod separators;
mod text;
mod times;

use super::DataError;
use columns::{Column, Kind, find};
use guess::Reason;
use limits::MAX_ROWS;
use options::{ReadOptions, Task};
use text::{Grid, Row};

pub use text::decode;

/// A table that has been read: its cells, what its columns contain, and what is to be predicted.
///
/// ```
/// use gradient_flow::data::Upload;
/// use gradient_flow_words::Words;
///
/// let say = |message: &_| Words::english().say(message).into();
/// let table = "size,colour,species\n1.5,red,cat\n2.5,blue,dog\n,red,cat\n4,blue,dog\n2,red,dog\n";
/// let upload = Upload::read(&format!("{{}}\n{table}"))?;
/// let described = upload.describe(&say);
/// assert_eq!((&described["target"], &described["task"]), (&"species".into(), &"classes".into()));
/// // Two features of the size, one of them for the cell that is missing, and one of the colour.
/// assert_eq!(upload.samples()?.x.dim(), (5, 3));
///
/// // Options overrule what is guessed.
/// let upload = Upload::read(&format!("{{\"target\":\"size\",\"without\":[\"species\"]}}\n{table}"))?;
/// assert_eq!(upload.samples()?.x.dim(), (4, 1));
/// # Ok::<(), gradient_flow::data::DataError>(())
/// ```
#[derive(Debug)]
pub struct Upload {
    separator: u8,
    decimal: u8,
    header: bool,
    columns: Vec<Column>,
    /// Index of the target column, from 0.
    target: usize,
    reason: Reason,
    task: Task,
    /// Whether rows with missing cells are left out; otherwise the cells are filled.
    skip: bool,
    /// The rows below the header.
    rows: Vec<Row>,
    /// The number of rows in the file.
    total: usize,
    lines_left_out: usize,
    short_rows: usize,
    seed: u64,
    /// By which the same file is recognised.
    digest: u64,
}

impl Upload {
    /// Reads a line of JSON with options, followed by a CSV.
    ///
    /// The options are `header` (true or false), `separator`, `decimal` (`.` or `,`), `dates` (`day_first` or `month_first`),
    /// `target`, `with` and `without` (columns, each a name or a number from 1), `kinds` (of columns: an object by name, or a
    /// list of pairs), `task` (`classes` or `regression`), `missing` (`fill` or `skip`; `skip: true` says the same) and `seed`.
    ///
    /// # Errors
    /// If the text is not a table, exceeds the limits, or an option does not fit the table.
    pub fn read(text: &str) -> Result<Self, DataError> {
        let (options, text) = text.split_once('\n').unwrap_or((text, ""));
        let options = ReadOptions::from_json(options)?;
        let mut grid = Grid::read(text, &options)?;

        let mut header = options.header.unwrap_or_else(|| guess::header(&grid));
        if !header
            && options.header.is_none()
            && let Some(comment) = grid.comment.take()
        {
            // What stands in a comment above numbers are their names.
            grid.rows
                .insert(0, std::mem::replace(&mut grid.first, comment));
            grid.rows[1..].iter_mut().for_each(|row| row.index += 1);
            (header, grid.total, grid.left_out) = (true, grid.total + 1, grid.left_out - 1);
        } else if !header {
            grid.rows.insert(0, grid.first.clone());
            grid.rows[1..].iter_mut().for_each(|row| row.index += 1);
            grid.total += 1;
        }
        grid.rows.truncate(MAX_ROWS);
        if grid.rows.len() < 2 {
            return Err(DataError::TooFew(grid.rows.len()));
        }
        let names = names_of(&grid, header);
        let mut kinds = vec![None; names.len()];
        for (column, kind) in &options.kinds {
            kinds[find("kinds", column, &names)?] = Some(*kind);
        }
        let cells: Vec<Vec<&str>> = (0..grid.columns)
            .map(|column| grid.rows.iter().map(|row| row.cell(column)).collect())
            .collect();
        let (decimal, notations) = notation::notations(&cells, grid.separator, options.decimal);
        // Where decimals have commas, the day comes first.
        let day_first = options
            .day_first
            .or((decimal == notation::COMMA || grid.separator == b';').then_some(true));
        let mut columns: Vec<Column> = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            columns.push(Column::of(
                name.clone(),
                &cells[index],
                notations[index],
                kinds[index],
                day_first,
            ));
        }
        drop(cells);
        mark_row_numbers(&mut columns, &kinds, &grid, header);
        let (target, reason) = match &options.target {
            Some(column) => (find("target", column, &names)?, Reason::Chosen),
            None => guess::target(&columns, header, grid.has_row_names),
        };
        columns.iter_mut().for_each(features::leave_out);
        keep_one_feature(&mut columns, target);
        for (index, kind) in kinds.iter().enumerate() {
            if kind.is_some() {
                features::take_in(&mut columns[index]);
            }
        }
        for column in &options.with {
            features::take_in(&mut columns[find("with", column, &names)?]);
        }
        for column in &options.without {
            features::take_out(&mut columns[find("without", column, &names)?]);
        }
        columns[target].is_feature = false;
        Ok(Upload {
            separator: grid.separator,
            decimal,
            header,
            task: options
                .task
                .unwrap_or_else(|| guess::task(&columns[target])),
            columns,
            target,
            reason,
            skip: options.skip,
            rows: grid.rows,
            total: grid.total,
            lines_left_out: grid.left_out,
            short_rows: grid.short_rows,
            seed: options.seed,
            digest: digest(text),
        })
    }
}

/// The FNV-1a hash of a text: whether a file is the one that a link was made with is no secret to be kept.
fn digest(text: &str) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, mix)
}

/// The names of the columns: from the header, or their numbers.
fn names_of(grid: &Grid, header: bool) -> Vec<String> {
    let shift = usize::from(grid.has_row_names && header);
    // Some programs write names in single quotes, which are no quotes of a CSV.
    let unquoted = |name: &str| {
        let inner = name
            .strip_prefix('\'')
            .and_then(|name| name.strip_suffix('\''));
        String::from(inner.unwrap_or(name))
    };
    let name = |column: usize| {
        let name = if header && column >= shift {
            grid.first.cell(column - shift)
        } else {
            ""
        };
        if name.is_empty() {
            format!("column {}", column + 1)
        } else {
            unquoted(name)
        }
    };
    (0..grid.columns).map(name).collect()
}

/// Finds the columns that count the rows. One without a name, or that R wrote, does wherever its numbers begin.
fn mark_row_numbers(columns: &mut [Column], kinds: &[Option<Kind>], grid: &Grid, header: bool) {
    for (index, column) in columns.iter_mut().enumerate() {
        let is_first = index == 0;
        let is_unnamed =
            is_first && header && (grid.has_row_names || grid.first.cell(0).is_empty());
        let counts = column.is_row_number(&grid.rows, is_first, header);
        let names_rows = is_unnamed
            && column.kind == Kind::Number
            && column.is_integer()
            && column.distinct() == column.count();
        if kinds[index].is_none() && (counts || names_rows) {
            column.kind = Kind::RowNumber;
        }
    }
}

/// Where the only thing to learn from would be left out as a row number, it is none.
fn keep_one_feature(columns: &mut [Column], target: usize) {
    let has_features = columns
        .iter()
        .enumerate()
        .any(|(index, column)| index != target && column.is_feature);
    let only = columns
        .iter_mut()
        .enumerate()
        .find(|(index, column)| *index != target && column.kind == Kind::RowNumber);
    if let Some((_, column)) = only.filter(|_| !has_features) {
        column.kind = Kind::Number;
        features::leave_out(column);
    }
}

#[cfg(test)]
mod tests;
