//! What was read and guessed, as JSON for the page to show.

use super::Upload;
use crate::config::choice::Choice;
use crate::data::{Labels, Samples};
use gradient_flow_words::Words;
use serde_json::{Map, Value as Json};

/// Number of rows and of invalid cells that a description lists.
const LISTED: usize = 5;
/// Characters of a cell that are shown.
const CELL_LENGTH: usize = 40;

impl Upload {
    /// What was read and guessed, as a JSON object. Columns are numbered from 1; `refused` is the error that
    /// [`samples`](Upload::samples) gives, or null.
    pub fn describe(&self, words: &Words) -> Json {
        let (classes, refused) = match self.samples() {
            Ok(Samples {
                y: Labels::Classes { names, .. },
                ..
            }) => (names.into(), Json::Null),
            Ok(_) => (Json::Null, Json::Null),
            Err(error) => (Json::Null, words.say(&error.message()).into()),
        };
        let (mut names, mut kinds): (Vec<Json>, Vec<Json>) = (Vec::new(), Vec::new());
        for (index, column) in self.columns.iter().enumerate() {
            let kind = if index == self.target {
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
        let mut invalid: Vec<Json> = Vec::new();
        for cell in self.invalid_cells.iter().take(LISTED) {
            let problem = self.problem(cell, 0).message(cell.row);
            invalid.push(words.say(&problem).into());
        }
        let mut first_rows: Vec<Json> = Vec::new();
        for row in self.rows.iter().take(LISTED) {
            let mut cells: Vec<Json> = Vec::new();
            row.cells()
                .for_each(|cell| cells.push(shortened(cell).into()));
            first_rows.push(cells.into());
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
            ("first", first_rows.into()),
            ("broken", invalid.into()),
            ("broken_cells", self.invalid_cells.len().into()),
            (
                "broken_rows",
                (self.rows.len() - self.valid_rows().len()).into(),
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

/// The first characters of a long cell.
pub(super) fn shortened(cell: &str) -> String {
    let mut text: String = cell.chars().take(CELL_LENGTH).collect();
    if text.len() < cell.len() {
        text.push('…');
    }
    text
}
