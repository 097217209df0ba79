//! How a table is to be read: the line of JSON before the CSV.

use super::limits::refused;
use crate::config::choice::{Choice, choices};
use crate::data::DataError;
use serde_json::{Map, Value as Json};

choices! {
    /// What is to be predicted.
    pub enum Task {
        Classes, "classes", "Classes", "One of a few names or numbers";
        Regression, "regression", "Regression", "A number on a scale";
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
        let refused = |field: &str, value: &dyn ToString, allowed: &str| {
            refused(field, value.to_string(), allowed.into())
        };
        let object: Map<String, Json> = serde_json::from_str(text)
            .map_err(|_| refused("table", &text, "a line of JSON, then a CSV"))?;
        let mut options = ReadOptions::default();
        for (name, value) in object.into_iter().filter(|(_, value)| !value.is_null()) {
            let flag = || {
                let allowed = "true or false";
                value
                    .as_bool()
                    .ok_or_else(|| refused(&name, &value, allowed))
            };
            match name.as_str() {
                "header" => options.header = Some(flag()?),
                "skip" => options.skip = flag()?,
                "target" => options.target = Some(value),
                "task" => {
                    let task = value.as_str().and_then(Task::from_name);
                    let allowed = "one of classes, regression";
                    options.task = Some(task.ok_or_else(|| refused("task", &value, allowed))?);
                }
                "without" => match value {
                    Json::Array(columns) => options.without = columns,
                    _ => return Err(refused("without", &value, "a list of columns")),
                },
                _ => {
                    let allowed = "header, target, task, without and skip";
                    return Err(refused(&name, &value, allowed));
                }
            }
        }
        Ok(options)
    }
}
