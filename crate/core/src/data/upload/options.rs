//! How a table is to be read: the line of JSON before the CSV.

use super::limits::refused;
use crate::config::choice::{Choice, choices};
use crate::data::DataError;
use gradient_flow_words::{Message, message};
use serde_json::{Map, Value as Json};

choices! {
    /// What is to be predicted.
    pub enum Task, "task" {
        Classes, "classes";
        Regression, "regression";
    }
}

/// How a table is to be read. What an option leaves open is guessed from the table.
#[derive(Debug, Clone, Default)]
pub(super) struct ReadOptions {
    /// Whether the first row is a header.
    pub header: Option<bool>,
    /// The column to be predicted: its name, or its number from 1.
    pub target: Option<Json>,
    pub task: Option<Task>,
    /// Columns that are not features, each a name or a number from 1.
    pub without: Vec<Json>,
    /// Whether rows with missing or invalid cells are left out; otherwise they are an error.
    pub skip: bool,
}

impl ReadOptions {
    /// Parses a JSON object.
    ///
    /// # Errors
    /// If the text is not a JSON object, or an option is unknown or has a value of the wrong type.
    pub fn from_json(text: &str) -> Result<Self, DataError> {
        let refused = |field: &str, value: &dyn ToString, allowed: Message| {
            refused(field, value.to_string(), allowed)
        };
        let object: Map<String, Json> = serde_json::from_str(text)
            .map_err(|_| refused("table", &text, message!("allowed-table")))?;
        let mut options = ReadOptions::default();
        for (name, value) in object.into_iter().filter(|(_, value)| !value.is_null()) {
            let flag = || {
                value
                    .as_bool()
                    .ok_or_else(|| refused(&name, &value, message!("allowed-flag")))
            };
            match name.as_str() {
                "header" => options.header = Some(flag()?),
                "skip" => options.skip = flag()?,
                "target" => options.target = Some(value),
                "task" => {
                    let task = value.as_str().and_then(Task::from_name);
                    let names: Vec<_> = Task::INFO.iter().map(|task| task.name).collect();
                    let allowed = message!("allowed-choice", names = names.join(", "));
                    options.task = Some(task.ok_or_else(|| refused("task", &value, allowed))?);
                }
                "without" => match value {
                    Json::Array(columns) => options.without = columns,
                    _ => return Err(refused("without", &value, message!("allowed-column-list"))),
                },
                _ => {
                    return Err(refused(&name, &value, message!("allowed-options")));
                }
            }
        }
        Ok(options)
    }
}
