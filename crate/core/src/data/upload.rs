//! A table of one's own: how it is written and what it holds is guessed, what is guessed can be
//! changed, and every cell that the network would learn from is checked.
//!
//! It travels as one text: a line of JSON that says how to read it (`Reading`), then the CSV as it
//! was given.

use super::table::{self, Row, check_lengths};
use super::{DataError, Labels, Samples};
use crate::config::ConfigError;
use crate::config::choice::{Choice, choices};
use ndarray::Array2;
use serde_json::{Map, Value as Json};

/// Bytes of a table at most.
pub const MAX_BYTES: usize = 8_000_000;
/// Rows at most, the header not counted.
pub const MAX_ROWS: usize = 20_000;
/// Columns at most.
pub const MAX_COLUMNS: usize = 500;
/// Classes at most.
pub const MAX_CLASSES: usize = 20;
/// Numbers lie between this and its negative, so that sums of squares stay finite.
const MAX_NUMBER: f64 = 1e100;

/// What may separate cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// Rows from which the delimiter is guessed.
const GUESS_ROWS: usize = 20;
/// A target of whole numbers with at most so many different ones is taken for classes.
const GUESS_CLASSES: usize = 10;
/// Names by which tables call what is to be predicted.
const TARGETS: [&str; 6] = ["target", "class", "label", "species", "outcome", "y"];
/// What stands in a cell that has nothing to say.
const MISSING: [&str; 5] = ["", "na", "n/a", "nan", "null"];
/// Cells and rows of which a description tells.
const TOLD: usize = 5;

choices! {
    /// What is to be predicted.
    pub enum Task {
        Classes, "classes", "Classes", "One of a few names or numbers";
        Regression, "regression", "Regression", "A number on a scale";
    }
}

/// How a table is read. What is not said is guessed.
#[derive(Debug, Clone, Default)]
struct Reading {
    header: Option<bool>,
    target: Option<Json>,
    task: Option<Task>,
    without: Vec<Json>,
    skip: bool,
}

impl Reading {
    fn from_json(text: &str) -> Result<Self, DataError> {
        let refused = |field: &str, value: &dyn ToString, allowed: &str| {
            refused(field, value.to_string(), allowed.into())
        };
        let object: Map<String, Json> = serde_json::from_str(text)
            .map_err(|_| refused("table", &text, "a line of JSON, then a CSV"))?;
        let mut reading = Reading::default();
        for (name, value) in object.into_iter().filter(|(_, value)| !value.is_null()) {
            let flag = || {
                let allowed = "true or false";
                value
                    .as_bool()
                    .ok_or_else(|| refused(&name, &value, allowed))
            };
            match name.as_str() {
                "header" => reading.header = Some(flag()?),
                "skip" => reading.skip = flag()?,
                "target" => reading.target = Some(value),
                "task" => {
                    let task = value.as_str().and_then(Task::from_name);
                    let allowed = "one of classes, regression";
                    reading.task = Some(task.ok_or_else(|| refused("task", &value, allowed))?);
                }
                "without" => match value {
                    Json::Array(columns) => reading.without = columns,
                    _ => return Err(refused("without", &value, "a list of columns")),
                },
                _ => {
                    let allowed = "header, target, task, without and skip";
                    return Err(refused(&name, &value, allowed));
                }
            }
        }
        Ok(reading)
    }
}

fn refused(field: &str, value: String, allowed: String) -> DataError {
    DataError::Config(ConfigError {
        field: field.into(),
        value,
        allowed,
    })
}

/// A limit, kept.
fn at_most(what: &str, found: usize, most: usize) -> Result<(), DataError> {
    if found <= most {
        Ok(())
    } else {
        let found = if found == most + 1 {
            format!("more than {most}")
        } else {
            found.to_string()
        };
        Err(refused(what, found, format!("at most {most}")))
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Column {
    name: String,
    /// Cells that are numbers.
    numbers: usize,
    /// Cells that say nothing.
    missing: usize,
    /// The network sees it.
    is_feature: bool,
}

/// A cell that should be a number and is none, or that is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
struct BrokenCell {
    row: usize,
    column: usize,
    problem: String,
}

/// A table that has been read.
#[derive(Debug)]
pub struct Upload {
    delimiter: u8,
    header: bool,
    columns: Vec<Column>,
    target: usize,
    task: Task,
    skip: bool,
    /// The rows beneath the header.
    rows: Vec<Row>,
    broken: Vec<BrokenCell>,
}

impl Upload {
    /// Reads a line of JSON, then a CSV.
    ///
    /// # Errors
    /// Text that is no table, one beyond the limits, or a reading that does not fit it. Cells that
    /// are missing or broken are no error before the samples are asked for.
    pub fn read(text: &str) -> Result<Self, DataError> {
        let (reading, text) = text.split_once('\n').unwrap_or((text, ""));
        let reading = Reading::from_json(reading)?;
        let text = text.trim_start_matches('\u{feff}');
        at_most("bytes", text.len(), MAX_BYTES)?;
        // Old spreadsheets end a line by a carriage return alone.
        let ended = (!text.contains('\n')).then(|| text.replace('\r', "\n"));
        let text = ended.as_deref().unwrap_or(text);

        let delimiter = guess_delimiter(text);
        let mut rows = table::rows(text, delimiter, usize::MAX)?;
        let Some(first) = rows.first().cloned() else {
            return Err(refused("rows", "0".into(), "a header and 2 rows".into()));
        };
        at_most("columns", first.len(), MAX_COLUMNS)?;
        if first.len() < 2 {
            let allowed = "2 or more, separated by comma, semicolon or tab";
            return Err(refused("columns", "1".into(), allowed.into()));
        }
        check_lengths(&rows)?;
        let is_number = |cell: &str| number(cell, delimiter).is_some();
        let header = reading
            .header
            .unwrap_or_else(|| !first.cells().any(is_number));
        if header {
            rows.remove(0);
        }
        at_most("rows", rows.len(), MAX_ROWS)?;
        if rows.len() < 2 {
            return Err(DataError::TooFew(rows.len()));
        }

        let mut columns = Vec::new();
        for (at, name) in first.cells().enumerate() {
            let mut column = Column {
                name: name.into(),
                numbers: 0,
                missing: 0,
                is_feature: true,
            };
            if !header || name.is_empty() {
                column.name = format!("column {}", at + 1);
            }
            for row in &rows {
                column.numbers += usize::from(is_number(row.cell(at)));
                column.missing += usize::from(is_missing(row.cell(at)));
            }
            columns.push(column);
        }
        let target = match &reading.target {
            Some(named) => find("target", named, &columns)?,
            None => guess_target(&columns),
        };
        for named in &reading.without {
            let at = find("without", named, &columns)?;
            columns[at].is_feature = false;
        }
        for (at, column) in columns.iter_mut().enumerate() {
            column.is_feature &= at != target && !column.is_words(rows.len());
        }
        let task = reading.task;
        let task = task.unwrap_or_else(|| guess_task(&rows, target, delimiter));
        let mut upload = Upload {
            delimiter,
            header,
            columns,
            target,
            task,
            skip: reading.skip,
            rows,
            broken: Vec::new(),
        };
        upload.broken = upload.check();
        Ok(upload)
    }

    fn number(&self, cell: &str) -> Option<f64> {
        number(cell, self.delimiter)
    }

    /// The cells that the network could not learn from.
    fn check(&self) -> Vec<BrokenCell> {
        let mut broken = Vec::new();
        for row in &self.rows {
            for (at, column) in self.columns.iter().enumerate() {
                let cell = row.cell(at);
                let is_class = at == self.target && self.task == Task::Classes;
                let read = column.is_feature || at == self.target;
                if !read || (is_class && !is_missing(cell)) || self.number(cell).is_some() {
                    continue;
                }
                broken.push(BrokenCell {
                    row: row.line,
                    column: at,
                    problem: if is_missing(cell) {
                        format!("missing ({cell:?})")
                    } else {
                        format!("{:?} is not a number", shortened(cell))
                    },
                });
            }
        }
        broken
    }

    /// The rows that are learned from.
    fn whole_rows(&self) -> Vec<&Row> {
        let is_broken = |row: &Row| {
            let found = self.broken.binary_search_by_key(&row.line, |cell| cell.row);
            found.is_ok()
        };
        self.rows.iter().filter(|row| !is_broken(row)).collect()
    }

    /// The samples: the target's column, and all others that hold numbers and were not left out.
    ///
    /// # Errors
    /// Cells that are missing or broken, unless their rows are left out; no features; classes beyond
    /// the limits; too few rows.
    pub fn samples(&self) -> Result<Samples, DataError> {
        if let Some(first) = self.broken.first().filter(|_| !self.skip) {
            let more = match self.broken.len() - 1 {
                0 => String::new(),
                more => format!(" (and {more} more such cells)"),
            };
            return Err(DataError::Broken {
                row: first.row,
                column: self.columns[first.column].name.clone(),
                problem: format!("{}{more}", first.problem),
            });
        }
        let rows = self.whole_rows();
        let (mut x, mut features) = (Vec::new(), 0);
        for row in &rows {
            features = 0;
            for (at, column) in self.columns.iter().enumerate() {
                if column.is_feature {
                    features += 1;
                    x.push(self.number(row.cell(at)).expect("checked"));
                }
            }
        }
        if rows.len() < 2 {
            return Err(DataError::TooFew(rows.len()));
        }
        if features == 0 {
            let allowed = "1 or more columns of numbers beside the target";
            return Err(refused("features", "0".into(), allowed.into()));
        }
        let mut targets = Vec::new();
        let mut numbers = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for row in &rows {
            let target = row.cell(self.target);
            targets.push(target);
            if self.task == Task::Regression {
                numbers.push(self.number(target).expect("checked"));
            } else if !names.contains(&target) {
                names.push(target);
                at_most("classes", names.len(), MAX_CLASSES)?;
            }
        }
        if names.len() == 1 {
            return Err(refused("classes", "1".into(), "2 or more".into()));
        }
        Ok(Samples {
            x: Array2::from_shape_vec((rows.len(), features), x).expect("every row was read"),
            y: match self.task {
                Task::Regression => Labels::Numbers(numbers),
                Task::Classes => Labels::classes(&targets, &|cell| self.number(cell)),
            },
            one_unit: false,
        })
    }

    /// What was read and guessed, for a person to look at, as JSON. Columns are numbered from 1.
    pub fn describe(&self) -> Json {
        let (classes, refused) = match self.samples() {
            Ok(Samples {
                y: Labels::Classes { names, .. },
                ..
            }) => (names.into(), Json::Null),
            Ok(_) => (Json::Null, Json::Null),
            Err(error) => (Json::Null, error.to_string().into()),
        };
        let (mut names, mut kinds): (Vec<Json>, Vec<Json>) = (Vec::new(), Vec::new());
        for (at, column) in self.columns.iter().enumerate() {
            let kind = if at == self.target {
                "target"
            } else if column.is_feature {
                "feature"
            } else if column.is_words(self.rows.len()) {
                "words"
            } else {
                "unused"
            };
            names.push(column.name.as_str().into());
            kinds.push(kind.into());
        }
        let mut broken: Vec<Json> = Vec::new();
        for cell in self.broken.iter().take(TOLD) {
            let column = &self.columns[cell.column].name;
            broken.push(format!("row {}, column {column}: {}", cell.row, cell.problem).into());
        }
        let mut first: Vec<Json> = Vec::new();
        for row in self.rows.iter().take(TOLD) {
            let mut cells: Vec<Json> = Vec::new();
            row.cells()
                .for_each(|cell| cells.push(shortened(cell).into()));
            first.push(cells.into());
        }
        let described = [
            ("delimiter", char::from(self.delimiter).to_string().into()),
            ("header", self.header.into()),
            ("rows", self.rows.len().into()),
            ("columns", names.into()),
            ("kinds", kinds.into()),
            ("target", (self.target + 1).into()),
            ("task", self.task.name().into()),
            ("skip", self.skip.into()),
            ("classes", classes),
            ("first", first.into()),
            ("broken", broken.into()),
            ("broken_cells", self.broken.len().into()),
            (
                "broken_rows",
                (self.rows.len() - self.whole_rows().len()).into(),
            ),
            ("refused", refused),
        ];
        let mut object = Map::new();
        for (name, value) in described {
            object.insert(name.into(), value);
        }
        object.into()
    }
}

impl Column {
    /// Holds it words, or nothing, rather than numbers with some cells broken?
    fn is_words(&self, rows: usize) -> bool {
        self.numbers == 0 || 2 * self.numbers < rows - self.missing
    }
}

/// The first letters of a long cell.
fn shortened(cell: &str) -> String {
    let mut text: String = cell.chars().take(40).collect();
    if text.len() < cell.len() {
        text.push('…');
    }
    text
}

fn is_missing(cell: &str) -> bool {
    MISSING.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// A cell as a number. Where commas separate no cells they may stand before decimals.
fn number(cell: &str, delimiter: u8) -> Option<f64> {
    let decimal = (delimiter != b',' && cell.contains(',')).then(|| cell.replacen(',', ".", 1));
    table::number(decimal.as_deref().unwrap_or(cell)).filter(|number| number.abs() <= MAX_NUMBER)
}

/// The delimiter that makes the first rows equally long, of numbers where it can, and longest.
fn guess_delimiter(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let rows = table::rows(text, delimiter, GUESS_ROWS).unwrap_or_default();
        let cells = rows.first().map_or(0, Row::len);
        let even = cells > 1 && check_lengths(&rows).is_ok();
        let all = rows.iter().flat_map(Row::cells);
        let numbers = all.clone().filter(|cell| number(cell, delimiter).is_some());
        let share = numbers.count() as f64 / all.count().max(1) as f64;
        (even, share, cells)
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
        .expect("there are some")
}

fn guess_target(columns: &[Column]) -> usize {
    let named = |word: &&str| {
        columns
            .iter()
            .position(|c| c.name.eq_ignore_ascii_case(word))
    };
    TARGETS.iter().find_map(named).unwrap_or(columns.len() - 1)
}

fn guess_task(rows: &[Row], target: usize, delimiter: u8) -> Task {
    let mut seen: Vec<f64> = Vec::new();
    for row in rows {
        let cell = row.cell(target);
        if is_missing(cell) {
            continue;
        }
        match number(cell, delimiter) {
            None => return Task::Classes,
            Some(value) if value.fract() != 0.0 => return Task::Regression,
            Some(value) if seen.contains(&value) => (),
            Some(_) if seen.len() == GUESS_CLASSES => return Task::Regression,
            Some(value) => seen.push(value),
        }
    }
    Task::Classes
}

/// The column (0-based) that a name, or a number from 1, means.
fn find(field: &str, named: &Json, columns: &[Column]) -> Result<usize, DataError> {
    let found = match named {
        Json::String(name) => columns.iter().position(|column| column.name == *name),
        _ => {
            let at = named.as_u64().and_then(|from_1| from_1.checked_sub(1));
            at.map(|at| at as usize).filter(|at| *at < columns.len())
        }
    };
    found.ok_or_else(|| {
        let value = named
            .as_str()
            .map_or_else(|| named.to_string(), String::from);
        let names: Vec<&str> = columns.iter().take(12).map(|c| c.name.as_str()).collect();
        let more = if columns.len() > names.len() {
            ", …"
        } else {
            ""
        };
        let allowed = format!(
            "a column: its number from 1 to {}, or its name ({}{more})",
            columns.len(),
            names.join(", ")
        );
        refused(field, value, allowed)
    })
}

#[cfg(test)]
mod tests;
