//! What the columns of a table hold, and the values of their cells.

use super::limits::refused;
use super::names;
use super::notation::Notation;
use super::numbers::{is_missing, quantity};
use super::recognition::{flag_words, is_code, numbers};
use super::text::Row;
use super::times::TimeFormat;
use crate::data::DataError;
use gradient_flow_words::message;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Words,
    Flag,
    Time,
    Constant,
    Empty,
    RowNumber,
}

impl Kind {
    /// Those that a reader can choose.
    pub const CHOSEN: [Kind; 4] = [Kind::Number, Kind::Words, Kind::Flag, Kind::Time];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Number => "number",
            Kind::Words => "words",
            Kind::Flag => "flag",
            Kind::Time => "time",
            Kind::Constant => "constant",
            Kind::Empty => "empty",
            Kind::RowNumber => "row_number",
        }
    }

    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::CHOSEN.into_iter().find(|kind| kind.name() == name)
    }
}

/// Why a column is not a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeftOut {
    /// It numbers the rows.
    RowNumber,
    /// It names the rows: nearly every one has a word of its own.
    Names,
    /// The same as names, but some of them are numbers.
    Mixed,
    /// It holds whole sentences.
    Sentences,
    Constant,
    Empty,
    /// The reader has left it out.
    Chosen,
}

/// Share of the cells with something in them, in percent, that a column of numbers may hold of other things.
const MAX_BROKEN: usize = 15;
/// Characters of an average cell from which a column holds sentences.
const SENTENCE: usize = 50;
/// Different words from which it matters that most rows have one of their own.
const MANY_WORDS: usize = 20;

/// A column of a table.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub name: String,
    pub kind: Kind,
    /// Whether the network gets it as input.
    pub is_feature: bool,
    pub left_out: Option<LeftOut>,
    /// A value for each row, NaN where it is missing: a number, 0 or 1, days since 1970, or a place among the words.
    pub values: Vec<f64>,
    /// The words of a column of words or flags, in order of appearance.
    pub words: Vec<String>,
    /// The number of rows with nothing in them.
    pub missing: usize,
    /// The rows whose cells do not fit the kind. They count as missing.
    pub broken: Vec<usize>,
    pub time: Option<TimeFormat>,
    /// A number that could also be read otherwise.
    pub doubtful: Option<String>,
    pub decimal: u8,
}

impl Column {
    /// A column of its cells, one for each row.
    pub fn of(
        name: String,
        cells: &[&str],
        notation: Notation,
        chosen: Option<Kind>,
        day_first: Option<bool>,
    ) -> Column {
        // Where all is + or -, neither is missing.
        let is_sign = |cell: &&&str| ["+", "-"].contains(*cell);
        let has_signs = cells.contains(&"+")
            && cells
                .iter()
                .filter(|cell| !cell.is_empty())
                .all(|cell| is_sign(&cell));
        let is_present = |cell: &str| !cell.is_empty() && (has_signs || !is_missing(cell));
        let present = || cells.iter().copied().filter(|cell| is_present(cell));
        let count = present().count();
        let mut column = Column {
            name,
            kind: Kind::Empty,
            is_feature: true,
            left_out: None,
            values: vec![f64::NAN; cells.len()],
            words: Vec::new(),
            missing: cells.len() - count,
            broken: Vec::new(),
            time: None,
            doubtful: notation.doubtful.map(String::from),
            decimal: notation.decimal,
        };
        if count == 0 {
            return column;
        }
        let (wants, is_free) = (|kind| chosen == Some(kind), chosen.is_none());
        let is_date = names::is_date(&column.name);
        let time = || TimeFormat::of_column(present(), day_first, is_date);
        if wants(Kind::Number) || is_free {
            let found = numbers(cells, &is_present, notation.decimal);
            let broken = count - found.iter().flatten().count();
            let fits = broken * 100 <= MAX_BROKEN * count
                || (broken == 1 && count > 3)
                || is_code(cells, &is_present, &found);
            let is_number = (fits && broken < count) || !is_free;
            // Days without separators are numbers too.
            if is_number && !(is_free && is_date && time().is_some()) {
                column.kind = Kind::Number;
                column.take(cells, &is_present, |row| found[row]);
                column.check_constant();
                return column;
            }
        }
        if (wants(Kind::Flag) || is_free)
            && let Some(words) = flag_words(present(), !is_free)
        {
            column.kind = Kind::Flag;
            column.words = words.map(String::from).into();
            column.take(cells, &is_present, |row| {
                let place = words
                    .iter()
                    .position(|word| cells[row].to_lowercase() == word.to_lowercase());
                place.map(|place| place as f64)
            });
            for (place, word) in words.iter().enumerate() {
                let known = present().find(|cell| cell.to_lowercase() == word.to_lowercase());
                column.words[place] = known.unwrap_or(word).into();
            }
            column.check_constant();
            return column;
        }
        if (wants(Kind::Time) || is_free)
            && let Some(format) = time()
        {
            column.kind = Kind::Time;
            column.take(cells, &is_present, |row| {
                format.moment(cells[row]).map(|moment| moment.days)
            });
            column.time = Some(format);
            column.check_constant();
            return column;
        }
        column.kind = Kind::Words;
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for (row, cell) in cells.iter().enumerate() {
            if is_present(cell) {
                let next = places.len();
                let place = *places.entry(cell).or_insert(next);
                if place == column.words.len() {
                    column.words.push((*cell).into());
                }
                column.values[row] = place as f64;
            }
        }
        column.check_constant();
        column
    }

    /// Takes the values of the cells that are not missing; those that have none are broken.
    fn take(
        &mut self,
        cells: &[&str],
        is_present: &dyn Fn(&str) -> bool,
        value: impl Fn(usize) -> Option<f64>,
    ) {
        for (row, cell) in cells.iter().enumerate() {
            if is_present(cell) {
                match value(row) {
                    Some(value) => self.values[row] = value,
                    None => self.broken.push(row),
                }
            }
        }
    }

    fn check_constant(&mut self) {
        let mut present = self.values.iter().filter(|value| !value.is_nan());
        match present.next() {
            None => self.kind = Kind::Empty,
            Some(first) if present.all(|value| value == first) => self.kind = Kind::Constant,
            Some(_) => (),
        }
    }

    /// The rows that have a value.
    pub fn count(&self) -> usize {
        self.values.iter().filter(|value| !value.is_nan()).count()
    }

    /// The number of different values; that of words and flags without looking.
    pub fn distinct(&self) -> usize {
        if !self.words.is_empty() {
            return self.words.len();
        }
        self.sorted().len()
    }

    /// The different values by size.
    pub fn sorted(&self) -> Vec<f64> {
        let mut values: Vec<f64> = self
            .values
            .iter()
            .copied()
            .filter(|value| !value.is_nan())
            .collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        values
    }

    pub fn is_integer(&self) -> bool {
        self.values
            .iter()
            .all(|value| value.is_nan() || value.fract() == 0.0)
    }

    /// Whether nearly every row has a word of its own, by which none can be learned from.
    pub fn is_names(&self) -> bool {
        let (words, count) = (self.words.len(), self.count());
        let share = if names::is_identifier(&self.name) {
            4
        } else {
            2
        };
        self.kind == Kind::Words
            && ((words == count && count > 2) || (words > MANY_WORDS && words * share > count))
    }

    fn is_sentences(&self) -> bool {
        let length: usize = self.words.iter().map(String::len).sum();
        self.kind == Kind::Words
            && self.words.len() > MANY_WORDS
            && length > SENTENCE * self.words.len()
    }

    /// Why this column cannot or should not be a feature.
    pub fn reason_to_leave_out(&self) -> Option<LeftOut> {
        match self.kind {
            Kind::RowNumber => Some(LeftOut::RowNumber),
            Kind::Constant => Some(LeftOut::Constant),
            Kind::Empty => Some(LeftOut::Empty),
            Kind::Words if self.is_names() => {
                let numbers = self
                    .words
                    .iter()
                    .filter(|word| quantity(word, self.decimal).is_some_and(|q| q.unit.is_empty()));
                let is_mixed = 4 * numbers.count() > self.words.len();
                Some(if is_mixed {
                    LeftOut::Mixed
                } else {
                    LeftOut::Names
                })
            }
            Kind::Words if self.is_sentences() => Some(LeftOut::Sentences),
            _ => None,
        }
    }

    /// Whether a column of numbers only counts the rows.
    pub fn is_row_number(&self, rows: &[Row], is_first: bool, has_header: bool) -> bool {
        const FEWEST: usize = 5;
        if self.kind != Kind::Number
            || rows.len() < FEWEST
            || self.missing + self.broken.len() > 0
            || !self.is_integer()
        {
            return false;
        }
        let is_called = has_header && names::is_identifier(&self.name);
        if names::is_sequence(&self.name) && !is_called {
            return false;
        }
        let start = self.values[0] - rows[0].index as f64;
        let counts = self
            .values
            .iter()
            .zip(rows)
            .all(|(value, row)| value - row.index as f64 == start);
        if counts && (start == 0.0 || start == 1.0) && (is_first || is_called) {
            return true;
        }
        is_called && (counts || 10 * self.distinct() >= 9 * rows.len())
    }
}

/// The index (from 0) of the column that the option `field` names by `column`: a name, or a number from 1.
///
/// # Errors
/// If there is no such column.
pub(super) fn find(field: &str, column: &Json, names: &[String]) -> Result<usize, DataError> {
    let number = |from_1: Option<u64>| {
        let index = from_1.and_then(|from_1| from_1.checked_sub(1));
        index
            .map(|index| index as usize)
            .filter(|index| *index < names.len())
    };
    let found = match column {
        Json::String(name) => names.iter().position(|known| known == name),
        _ => number(column.as_u64()),
    };
    found.ok_or_else(|| {
        let value = column
            .as_str()
            .map_or_else(|| column.to_string(), String::from);
        let first: Vec<&str> = names.iter().take(12).map(String::as_str).collect();
        let more = if names.len() > first.len() {
            ", …"
        } else {
            ""
        };
        let first = format!("{}{more}", first.join(", "));
        let allowed = message!("table-allowed-column", count = names.len(), names = first);
        refused(field, value, allowed)
    })
}
