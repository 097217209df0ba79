//! What is guessed about a table: whether it has a header, the target column and the task.

use super::columns::{Column, Kind};
use super::limits::MAX_CLASSES;
use super::names;
use super::notation::{COMMA, POINT};
use super::numbers::{is_missing, quantity};
use super::options::Task;
use super::text::Grid;
use std::collections::BTreeSet;

/// A target of integers with at most this many distinct values is taken for classes.
const MAX_INTEGER_CLASSES: usize = 10;
/// Rows that are looked at to tell a header from them.
const HEADER_ROWS: usize = 1000;

fn is_number(cell: &str) -> bool {
    quantity(cell, POINT).is_some() || quantity(cell, COMMA).is_some()
}

/// Whether the first row is a header: by what stands below its cells.
pub(super) fn header(grid: &Grid) -> bool {
    if grid.has_row_names {
        return true;
    }
    let (mut names_above, mut among, mut numbers, mut all) = (0, 0, Vec::new(), 0);
    let mut is_target = false;
    for column in 0..grid.columns {
        let first = grid.first.cell(column);
        if is_missing(first) {
            continue;
        }
        all += 1;
        let below: Vec<&str> = grid
            .rows
            .iter()
            .take(HEADER_ROWS)
            .map(|row| row.cell(column))
            .filter(|cell| !is_missing(cell))
            .collect();
        if below.is_empty() {
            if is_number(first) {
                numbers.push((first, true));
            }
            continue;
        }
        let below_numbers = below.iter().filter(|cell| is_number(cell)).count();
        let is_mostly_numbers = 2 * below_numbers > below.len();
        let is_once = !below.contains(&first);
        if is_number(first) {
            if is_mostly_numbers {
                numbers.push((first, is_once));
            }
        } else if is_mostly_numbers {
            names_above += 1;
            is_target |= names::target_score(first) > 0.0;
        } else {
            let distinct: BTreeSet<&&str> = below.iter().collect();
            // A word that never comes again, above words that come again and again.
            let is_name = is_once && 2 * distinct.len() <= below.len();
            names_above += usize::from(is_name);
            is_target |= is_once && names::target_score(first) > 50.0;
            among += usize::from(!is_once);
        }
    }
    if numbers.is_empty() {
        // Words above words, none of which comes again, are the header that most tables have.
        return names_above > 0 || among == 0 || 4 * among < all;
    }
    let values: Vec<f64> = numbers
        .iter()
        .filter_map(|(cell, _)| quantity(cell, POINT))
        .map(|q| q.value)
        .collect();
    let rises = values.windows(2).all(|pair| pair[0] < pair[1]);
    let counts = rises
        && values
            .windows(2)
            .all(|pair| pair[1] - pair[0] == values[1] - values[0])
        && values.iter().all(|v| v.fract() == 0.0);
    let is_year = |value: &f64| (1500.0..2200.0).contains(value) && value.fract() == 0.0;
    let is_of_years = rises && values.iter().all(is_year) && {
        let years = grid.rows.iter().take(HEADER_ROWS).filter(|row| {
            (0..grid.columns)
                .filter(|column| {
                    quantity(row.cell(*column), POINT).is_some_and(|q| is_year(&q.value))
                })
                .count()
                >= values.len()
        });
        2 * years.count() < grid.rows.len().min(HEADER_ROWS)
    };
    if names_above > 0 {
        return names_above >= values.len() || rises || is_target || is_of_years;
    }
    // Numbers above numbers: years, or the numbers of the columns themselves.
    const FEWEST: usize = 3;
    let is_regular = values.len() >= FEWEST
        && (is_of_years || (counts && values[0] <= 1.0 && values.len() > FEWEST));
    let continues = grid.rows.first().is_some_and(|row| {
        let next: Vec<f64> = (0..grid.columns)
            .filter_map(|column| quantity(row.cell(column), POINT))
            .map(|q| q.value)
            .collect();
        next.windows(2)
            .all(|pair| pair[1] - pair[0] == values[1.min(values.len() - 1)] - values[0])
    });
    is_regular && !continues
}

/// Why a column is taken for the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// The reader has chosen it.
    Chosen,
    /// Its name.
    Name,
    /// The only one with a few words, or with a few values.
    FewValues,
    /// Its place.
    Last,
    First,
}

/// The index of the column that a person would want to predict, and why.
pub(super) fn target(columns: &[Column], has_header: bool, has_row_names: bool) -> (usize, Reason) {
    let last = (0..columns.len())
        .rev()
        .find(|index| is_candidate(&columns[*index]));
    let first = (0..columns.len()).find(|index| is_candidate(&columns[*index]));
    let Some(last) = last else {
        // Nothing is worth it: the last column that has values.
        let any = columns
            .iter()
            .rposition(|column| column.kind != Kind::Empty);
        return (any.unwrap_or(columns.len() - 1), Reason::Last);
    };
    let has_z = columns
        .iter()
        .any(|column| column.name.eq_ignore_ascii_case("z"));
    let are_words = columns.iter().filter(|column| is_class(column)).count();
    let are_few = columns.iter().filter(|column| is_few(column)).count();
    let mut best = (last, Reason::Last);
    let mut best_score = f64::NEG_INFINITY;
    for (index, column) in columns
        .iter()
        .enumerate()
        .filter(|(_, column)| is_candidate(column))
    {
        let is_coordinate = has_z && column.name.eq_ignore_ascii_case("y");
        let name = if has_header && !is_coordinate {
            names::target_score(&column.name)
        } else {
            0.0
        };
        let mut score = name;
        let mut reason = if name >= 45.0 {
            Reason::Name
        } else {
            Reason::Last
        };
        if index == last {
            score += 30.0;
        } else if Some(index) == first && !has_row_names {
            score += 10.0;
        } else if Some(index) == first {
            // Tables of R begin with the response.
            score += 20.0;
        }
        if is_class(column) {
            score += if are_words == 1 { 25.0 } else { 10.0 };
            if name < 45.0 && index != last && are_words == 1 {
                reason = Reason::FewValues;
            }
        } else if is_few(column) {
            // Classes by number stand first in tables of measurements.
            score += match (Some(index) == first, are_words, are_few) {
                (true, 0, 1) => 25.0,
                (true, 0, _) => 15.0,
                _ => 5.0,
            };
        }
        if Some(index) == first && index != last && reason == Reason::Last {
            reason = Reason::First;
        }
        if has_header && names::is_given(&column.name) {
            score -= 30.0;
        }
        if score > best_score {
            (best, best_score) = ((index, reason), score);
        }
    }
    best
}

/// Whether a column could be a target: something that varies and comes again.
fn is_candidate(column: &Column) -> bool {
    match column.kind {
        Kind::Constant | Kind::Empty | Kind::RowNumber | Kind::Time => false,
        Kind::Words => {
            column.words.len() <= MAX_CLASSES
                && (column.words.len() < column.count() || column.count() < 5)
        }
        Kind::Number | Kind::Flag => 2 * column.count() > column.values.len(),
    }
}

/// Whether a column holds few words, as classes are.
fn is_class(column: &Column) -> bool {
    matches!(column.kind, Kind::Words | Kind::Flag) && 2 * column.words.len() <= column.count()
}

/// Whether a column of numbers holds few whole ones, each in several rows.
fn is_few(column: &Column) -> bool {
    column.kind == Kind::Number && column.is_integer() && {
        let distinct = column.distinct();
        distinct <= MAX_INTEGER_CLASSES && 4 * distinct <= column.count()
    }
}

/// Classes if the target has words or few distinct integers, otherwise regression.
pub(super) fn task(column: &Column) -> Task {
    match column.kind {
        Kind::Words | Kind::Flag | Kind::Constant | Kind::Empty => Task::Classes,
        Kind::Time => Task::Regression,
        Kind::Number | Kind::RowNumber => {
            let distinct = column.distinct();
            let is_few = distinct == 2
                || (distinct <= MAX_INTEGER_CLASSES
                    && distinct < column.count()
                    && 10 * distinct <= 8 * column.count());
            if column.is_integer() && is_few {
                Task::Classes
            } else {
                Task::Regression
            }
        }
    }
}
