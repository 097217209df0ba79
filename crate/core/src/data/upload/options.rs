//! How a table is to be read: the line of JSON before the CSV.

use super::columns::Kind;
use super::limits::refused;
use super::separators::SEPARATORS;
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
    /// What stands between cells; a blank for runs of blanks.
    pub separator: Option<u8>,
    /// The decimal sign.
    pub decimal: Option<u8>,
    /// Whether the day comes first in dates that can be read in two ways.
    pub day_first: Option<bool>,
    /// The column to be predicted: its name, or its number from 1.
    pub target: Option<Json>,
    pub task: Option<Task>,
    /// What columns hold, each by its name or its number from 1.
    pub kinds: Vec<(Json, Kind)>,
    /// Columns that are features although they would be left out.
    pub with: Vec<Json>,
    /// Columns that are not features.
    pub without: Vec<Json>,
    /// Whether rows with missing cells are left out; otherwise the cells are filled.
    pub skip: bool,
    /// Seeds the sample of a table with too many rows.
    pub seed: u64,
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
            .map_err(|_| refused("table", &text, message!("table-allowed-text")))?;
        let mut options = ReadOptions::default();
        for (name, value) in object.into_iter().filter(|(_, value)| !value.is_null()) {
            let flag = || {
                value
                    .as_bool()
                    .ok_or_else(|| refused(&name, &value, message!("allowed-flag")))
            };
            // One of some names.
            let choice = |names: &[&str]| {
                let index = names.iter().position(|name| value.as_str() == Some(name));
                let allowed = || message!("allowed-choice", names = names.join(", "));
                index.ok_or_else(|| refused(&name, &value, allowed()))
            };
            match name.as_str() {
                "header" => options.header = Some(flag()?),
                "skip" => options.skip = flag()?,
                "missing" => options.skip = choice(&["fill", "skip"])? == 1,
                "target" => options.target = Some(value),
                "task" => {
                    let names: Vec<_> = Task::INFO.iter().map(|task| task.name).collect();
                    options.task = Some(Task::ALL[choice(&names)?]);
                }
                "separator" => {
                    options.separator = Some(SEPARATORS[choice(&[",", ";", "\t", "|", " "])?])
                }
                "decimal" => options.decimal = Some(b".,"[choice(&[".", ","])?]),
                "dates" => options.day_first = Some(choice(&["day_first", "month_first"])? == 0),
                "kinds" => {
                    let pairs: Option<Vec<(Json, Json)>> = match &value {
                        Json::Object(kinds) => Some(
                            kinds
                                .iter()
                                .map(|(name, kind)| (name.as_str().into(), kind.clone()))
                                .collect(),
                        ),
                        Json::Array(pairs) => pairs
                            .iter()
                            .map(|pair| match pair.as_array().map(Vec::as_slice) {
                                Some([column, kind]) => Some((column.clone(), kind.clone())),
                                _ => None,
                            })
                            .collect(),
                        _ => None,
                    };
                    let pairs = pairs
                        .ok_or_else(|| refused("kinds", &value, message!("table-allowed-kinds")))?;
                    for (column, kind) in pairs {
                        let named = kind.as_str().and_then(Kind::from_name);
                        let names: Vec<_> = Kind::CHOSEN.iter().map(|kind| kind.name()).collect();
                        let allowed = message!("allowed-choice", names = names.join(", "));
                        let named = named.ok_or_else(|| refused("kinds", &kind, allowed))?;
                        options.kinds.push((column, named));
                    }
                }
                "with" | "without" => match value {
                    Json::Array(columns) if name == "with" => options.with = columns,
                    Json::Array(columns) => options.without = columns,
                    _ => {
                        return Err(refused(
                            &name,
                            &value,
                            message!("table-allowed-column-list"),
                        ));
                    }
                },
                "seed" => {
                    let allowed = || message!("allowed-integer", min = 0, max = "9007199254740991");
                    options.seed = value
                        .as_u64()
                        .ok_or_else(|| refused("seed", &value, allowed()))?;
                }
                _ => {
                    return Err(refused(&name, &value, message!("table-allowed-options")));
                }
            }
        }
        Ok(options)
    }
}
