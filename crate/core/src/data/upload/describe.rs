//! What was read and guessed, for the page and for scripts.

use super::Upload;
use super::columns::{Column, Kind, LeftOut};
use super::features::features;
use super::guess::Reason;
use super::limits::MAX_ROWS;
use super::options::Task;
use crate::config::choice::Choice;
use crate::data::{Labels, Samples};
use gradient_flow_words::{Message, message};
use serde_json::{Map, Value as Json, json};

/// Number of rows that a description lists.
const LISTED: usize = 5;
/// Characters of a cell that are shown.
const CELL_LENGTH: usize = 40;
/// Columns that a sentence names.
const NAMED: usize = 8;
/// Rows from which it is told that a column gives the target away.
const LEAK_ROWS: usize = 20;

impl Upload {
    /// What was read and guessed, as a JSON object. `say` makes a value of each message: a sentence, or what a sentence is
    /// made of later. `refused` is the error that [`samples`](Upload::samples) gives, or null.
    pub fn describe(&self, say: &dyn Fn(&Message) -> Json) -> Json {
        let (classes, refused) = match self.samples() {
            Ok(Samples {
                y: Labels::Classes { names, .. },
                ..
            }) => (names.into(), Json::Null),
            Ok(_) => (Json::Null, Json::Null),
            Err(error) => (Json::Null, say(&error.message())),
        };
        let columns: Vec<Json> = (0..self.columns.len())
            .map(|index| self.describe_column(index, say))
            .collect();
        let first: Vec<Json> = (0..self.rows.len().min(LISTED))
            .map(|row| {
                (0..self.columns.len())
                    .map(|column| Json::from(self.shown(row, column)))
                    .collect()
            })
            .collect();
        let warnings: Vec<Json> = self.warnings().iter().map(say).collect();
        let used: Vec<&Column> = self
            .columns
            .iter()
            .enumerate()
            .filter(|(index, column)| column.is_feature || *index == self.target)
            .map(|(_, column)| column)
            .collect();
        let missing: usize = used
            .iter()
            .map(|column| column.values.len() - column.count())
            .sum();
        let incomplete = (0..self.rows.len())
            .filter(|row| used.iter().any(|column| column.values[*row].is_nan()))
            .count();
        let decimal = char::from(self.decimal).to_string();
        let described = [
            ("refused", refused),
            ("digest", format!("{:016x}", self.digest).into()),
            ("rows", self.rows.len().into()),
            ("used_rows", self.used_rows().len().into()),
            ("header", self.header.into()),
            ("separator", char::from(self.separator).to_string().into()),
            ("decimal", decimal.into()),
            ("target", self.columns[self.target].name.as_str().into()),
            ("target_column", (self.target + 1).into()),
            ("reason", say(&self.reason())),
            ("task", self.task.name().into()),
            ("classes", classes),
            ("columns", columns.into()),
            ("features", self.feature_count().into()),
            ("missing", missing.into()),
            ("incomplete_rows", incomplete.into()),
            ("skip", self.skip.into()),
            (
                "ambiguous_dates",
                self.columns
                    .iter()
                    .any(|column| column.is_feature && asks_for_dates(column))
                    .into(),
            ),
            (
                "ambiguous_decimal",
                self.columns
                    .iter()
                    .any(|column| column.kind == Kind::Number && column.doubtful.is_some())
                    .into(),
            ),
            ("first", first.into()),
            ("warnings", warnings.into()),
        ];
        let mut object = Map::new();
        for (name, value) in described {
            object.insert(name.into(), value);
        }
        object.into()
    }

    /// What a script that trains on the samples has to know of them, as a JSON object: the digest of the file, the target,
    /// and the features by name, in the order of the samples' columns. How it is read is in the options.
    pub fn about(&self) -> Json {
        json!({
            "digest": format!("{:016x}", self.digest),
            "target": self.columns[self.target].name,
            "features": self.feature_names(),
        })
    }

    fn describe_column(&self, index: usize, say: &dyn Fn(&Message) -> Json) -> Json {
        let column = &self.columns[index];
        let count = if column.is_feature {
            features(column, !self.skip).len()
        } else {
            0
        };
        let why = column.left_out.filter(|_| index != self.target);
        json!({
            "name": column.name,
            "kind": column.kind.name(),
            "features": count,
            "used": column.is_feature,
            "missing": column.values.len() - column.count(),
            "distinct": column.distinct(),
            "left_out": why.map(|why| say(&left_out(why))),
        })
    }

    /// A cell as it is read: a number without its signs, everything else as it is.
    fn shown(&self, row: usize, column: usize) -> String {
        let cell = self.rows[row].cell(column);
        let value = self.columns[column].values[row];
        match self.columns[column].kind {
            Kind::Number if value.is_nan() => String::new(),
            Kind::Number
                if !cell.starts_with(|c: char| c.is_ascii_digit() || c == '-')
                    || cell.parse() != Ok(value) =>
            {
                value.to_string()
            }
            _ => shortened(cell),
        }
    }

    fn reason(&self) -> Message {
        match self.reason {
            Reason::Chosen => message!("table-reason-chosen"),
            Reason::Name => message!("table-reason-name"),
            Reason::FewValues => message!("table-reason-values"),
            Reason::Last => message!("table-reason-last"),
            Reason::First => message!("table-reason-first"),
        }
    }

    /// What a reader should know of how the table was read.
    fn warnings(&self) -> Vec<Message> {
        let mut warnings = Vec::new();
        if self.total > self.rows.len() {
            warnings.push(message!(
                "table-warning-sample",
                all = self.total,
                rows = MAX_ROWS
            ));
        }
        if self.is_thinned() {
            warnings.push(message!(
                "table-warning-thinned",
                rows = self.used_rows().len(),
                features = self.feature_count()
            ));
        }
        if self.lines_left_out > 0 {
            warnings.push(message!("table-warning-lines", count = self.lines_left_out));
        }
        if self.short_rows > 0 {
            warnings.push(message!("table-warning-short", count = self.short_rows));
        }
        for column in &self.columns {
            let is_target = std::ptr::eq(column, &raw const self.columns[self.target]);
            let name = || column.name.clone();
            if !column.is_feature && !is_target {
                if column.left_out == Some(LeftOut::Mixed) {
                    warnings.push(message!("table-warning-mixed", column = name()));
                }
                continue;
            }
            if let Some(example) = column
                .doubtful
                .as_deref()
                .filter(|_| column.kind == Kind::Number)
            {
                let value = super::numbers::quantity(example, column.decimal)
                    .map_or(0.0, |quantity| quantity.value);
                warnings.push(message!(
                    "table-warning-decimal",
                    column = name(),
                    cell = example.to_string(),
                    value = value.to_string()
                ));
            }
            if asks_for_dates(column) {
                warnings.push(message!("table-warning-dates", column = name()));
            }
            if let Some(row) = column.broken.first() {
                let index = self
                    .columns
                    .iter()
                    .position(|other| std::ptr::eq(other, column))
                    .expect("it is one of them");
                let row = &self.rows[*row];
                let more = column.broken.len() - 1;
                warnings.push(message!(
                    "table-warning-broken",
                    row = row.line,
                    column = name(),
                    cell = shortened(row.cell(index)),
                    more = more
                ));
            }
        }
        let missing = self.columns[self.target]
            .values
            .iter()
            .filter(|value| value.is_nan())
            .count();
        if missing > 0 {
            warnings.push(message!("table-warning-target", count = missing));
        }
        let left_out = |reasons: &[LeftOut]| {
            let is = |(index, column): &(usize, &Column)| {
                // Of a separator too many at the end of each row there is nothing to say.
                let is_nothing =
                    column.kind == Kind::Empty && column.name == format!("column {}", index + 1);
                let why = column
                    .left_out
                    .filter(|_| *index != self.target && !is_nothing);
                why.is_some_and(|why| reasons.contains(&why))
            };
            let names: Vec<&str> = self
                .columns
                .iter()
                .enumerate()
                .filter(is)
                .map(|(_, column)| column.name.as_str())
                .collect();
            let more = if names.len() > NAMED { ", …" } else { "" };
            (
                names.len(),
                format!("{}{more}", names[..names.len().min(NAMED)].join(", ")),
            )
        };
        for (reasons, message) in [
            (&[LeftOut::RowNumber][..], 0),
            (&[LeftOut::Names, LeftOut::Sentences], 1),
            (&[LeftOut::Constant, LeftOut::Empty], 2),
        ] {
            let (count, names) = left_out(reasons);
            if count > 0 {
                warnings.push(match message {
                    0 => message!("table-warning-row-numbers", count = count, names = names),
                    1 => message!("table-warning-names", names = names),
                    _ => message!("table-warning-constant", count = count, names = names),
                });
            }
        }
        for name in self.leaks() {
            let target = self.columns[self.target].name.clone();
            warnings.push(message!(
                "table-warning-leak",
                column = name.to_string(),
                target = target
            ));
        }
        warnings
    }

    /// The features that say the target in other words: each of their values goes with one class alone, and the reverse.
    fn leaks(&self) -> Vec<&str> {
        let target = &self.columns[self.target];
        let count = target.distinct();
        if self.task == Task::Regression || target.count() < LEAK_ROWS || 4 * count > target.count()
        {
            return Vec::new();
        }
        let says = |column: &&Column| {
            if !column.is_feature || column.kind == Kind::Time || column.distinct() != count {
                return false;
            }
            let mut pairs: Vec<(f64, f64)> = Vec::new();
            for (value, class) in column.values.iter().zip(&target.values) {
                if !value.is_nan() && !class.is_nan() && !pairs.contains(&(*value, *class)) {
                    pairs.push((*value, *class));
                    if pairs.len() > count {
                        return false;
                    }
                }
            }
            true
        };
        self.columns
            .iter()
            .filter(says)
            .map(|column| column.name.as_str())
            .collect()
    }
}

fn asks_for_dates(column: &Column) -> bool {
    column.time.as_ref().is_some_and(|time| time.is_ambiguous)
}

fn left_out(why: LeftOut) -> Message {
    match why {
        LeftOut::RowNumber => message!("table-out-row-number"),
        LeftOut::Names => message!("table-out-names"),
        LeftOut::Mixed => message!("table-out-mixed"),
        LeftOut::Sentences => message!("table-out-sentences"),
        LeftOut::Constant => message!("table-out-constant"),
        LeftOut::Empty => message!("table-out-empty"),
        LeftOut::Chosen => message!("table-out-chosen"),
    }
}

/// The first characters of a long cell.
fn shortened(cell: &str) -> String {
    let mut text: String = cell.chars().take(CELL_LENGTH).collect();
    if text.len() < cell.len() {
        text.push('…');
    }
    text
}
