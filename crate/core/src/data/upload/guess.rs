//! What is guessed about a table: its delimiter, the target column and the task.

use super::columns::{Column, is_missing, number};
use super::options::Task;
use crate::data::table::{self, Row, check_lengths};

/// Characters that may separate cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// Number of rows from which the delimiter is guessed.
const DELIMITER_ROWS: usize = 20;
/// A target of integers with at most this many distinct values is taken for classes.
const MAX_INTEGER_CLASSES: usize = 10;
/// Common names of the target column, in order of preference.
const TARGET_NAMES: [&str; 6] = ["target", "class", "label", "species", "outcome", "y"];

/// The delimiter that splits the first rows best: into rows of equal length, then with the largest share of numbers,
/// then into the most cells.
pub(super) fn delimiter(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let rows = table::rows(text, delimiter, DELIMITER_ROWS).unwrap_or_default();
        let cells = rows.first().map_or(0, Row::len);
        let equal_lengths = cells > 1 && check_lengths(&rows).is_ok();
        let all = rows.iter().flat_map(Row::cells);
        let numbers = all.clone().filter(|cell| number(cell, delimiter).is_some());
        let share = numbers.count() as f64 / all.count().max(1) as f64;
        (equal_lengths, share, cells)
    };
    let better = |best: u8, next: u8| {
        if score(next) > score(best) {
            next
        } else {
            best
        }
    };
    DELIMITERS
        .into_iter()
        .reduce(better)
        .expect("DELIMITERS is not empty")
}

/// The index of the column that has a common name of a target, or of the last column.
pub(super) fn target(columns: &[Column]) -> usize {
    let named = |name: &&str| {
        columns
            .iter()
            .position(|c| c.name.eq_ignore_ascii_case(name))
    };
    TARGET_NAMES
        .iter()
        .find_map(named)
        .unwrap_or(columns.len() - 1)
}

/// Classes if the target has words or few distinct integers, otherwise regression.
pub(super) fn task(rows: &[Row], target: usize, delimiter: u8) -> Task {
    let mut distinct: Vec<f64> = Vec::new();
    for row in rows {
        let cell = row.cell(target);
        if is_missing(cell) {
            continue;
        }
        match number(cell, delimiter) {
            None => return Task::Classes,
            Some(value) if value.fract() != 0.0 => return Task::Regression,
            Some(value) if distinct.contains(&value) => (),
            Some(_) if distinct.len() == MAX_INTEGER_CLASSES => return Task::Regression,
            Some(value) => distinct.push(value),
        }
    }
    Task::Classes
}
