//! What the cells and columns of a table contain.

use super::limits::{MAX_NUMBER, refused};
use crate::data::DataError;
use crate::data::table::{self, Row};
use gradient_flow_words::message;
use serde_json::Value as Json;

/// Cells that count as missing (in any case).
const MISSING: [&str; 5] = ["", "na", "n/a", "nan", "null"];

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub name: String,
    /// Number of cells that are numbers.
    pub numbers: usize,
    /// Number of cells that are missing.
    pub missing: usize,
    /// Whether the network gets it as input.
    pub is_feature: bool,
}

impl Column {
    /// The columns of a table, all of them features so far. `names` is the header, or the first row of a table that has
    /// none.
    pub fn of_table(names: &Row, header: bool, rows: &[Row], delimiter: u8) -> Vec<Column> {
        let mut columns = Vec::new();
        for (index, name) in names.cells().enumerate() {
            let mut column = Column {
                name: name.into(),
                numbers: 0,
                missing: 0,
                is_feature: true,
            };
            if !header || name.is_empty() {
                column.name = format!("column {}", index + 1);
            }
            for row in rows {
                let cell = row.cell(index);
                column.numbers += usize::from(number(cell, delimiter).is_some());
                column.missing += usize::from(is_missing(cell));
            }
            columns.push(column);
        }
        columns
    }

    /// Whether it contains words or nothing, rather than numbers with some invalid cells among them.
    pub fn is_words(&self, rows: usize) -> bool {
        self.numbers == 0 || 2 * self.numbers < rows - self.missing
    }
}

/// Whether a cell is missing.
pub(super) fn is_missing(cell: &str) -> bool {
    MISSING.iter().any(|word| cell.eq_ignore_ascii_case(word))
}

/// A cell as a number. If commas do not separate cells, they may be decimal commas.
pub(super) fn number(cell: &str, delimiter: u8) -> Option<f64> {
    let decimal = (delimiter != b',' && cell.contains(',')).then(|| cell.replacen(',', ".", 1));
    table::number(decimal.as_deref().unwrap_or(cell)).filter(|number| number.abs() <= MAX_NUMBER)
}

/// The index (from 0) of the column that the option `field` names by `column`: a name, or a number from 1.
///
/// # Errors
/// If there is no such column.
pub(super) fn find(field: &str, column: &Json, columns: &[Column]) -> Result<usize, DataError> {
    let found = match column {
        Json::String(name) => columns.iter().position(|column| column.name == *name),
        _ => {
            let index = column.as_u64().and_then(|from_1| from_1.checked_sub(1));
            let index = index.map(|index| index as usize);
            index.filter(|index| *index < columns.len())
        }
    };
    found.ok_or_else(|| {
        let value = column
            .as_str()
            .map_or_else(|| column.to_string(), String::from);
        let names: Vec<&str> = columns.iter().take(12).map(|c| c.name.as_str()).collect();
        let more = if columns.len() > names.len() {
            ", …"
        } else {
            ""
        };
        let names = format!("{}{more}", names.join(", "));
        let allowed = message!("allowed-column", count = columns.len(), names = names);
        refused(field, value, allowed)
    })
}
