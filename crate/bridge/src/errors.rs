//! Errors, which cross as names and messages without words.

use crate::set;
use gradient_flow::config::ConfigError;
use gradient_flow::data::DataError;
use gradient_flow_words::{Message, Value};
use js_sys::{Error, JSON};
use serde_json::{Map, Value as Json, json};

/// A JavaScript `Error` with a name that scripts can test.
pub fn named_error(name: &str, message: &str) -> Error {
    let error = Error::new(message);
    error.set_name(name);
    error
}

/// The same with a message of the message files: `said` holds its id and arguments, from which whoever shows it makes a
/// sentence. There are no words here to do so.
pub fn said_error(name: &str, message: &Message) -> Error {
    let error = named_error(name, &format!("message {}", message.index));
    let said = JSON::parse(&said(message).to_string()).expect("JSON of our own");
    set(&error, "said", &said);
    error
}

/// A message as JSON: its place among the messages as `id`, and its arguments. A text is a string, a number an object with its digits as `number`.
pub fn said(message: &Message) -> Json {
    let arguments: Map<_, _> = message
        .arguments
        .iter()
        .map(|(name, value)| {
            let value = match value {
                Value::Text(text) => text.as_ref().into(),
                Value::Number(number) => json!({ "number": number.as_str() }),
                Value::Message(message) => said(message),
            };
            (name.to_string(), value)
        })
        .collect();
    json!({ "id": message.index, "arguments": arguments })
}

/// A refused value as a JavaScript error with `field` and `value`; `said` has the argument `allowed`.
pub fn config_error(error: &ConfigError) -> Error {
    let thrown = said_error("ConfigError", &error.message());
    set(&thrown, "field", &error.field.as_str().into());
    set(&thrown, "value", &error.value.as_str().into());
    thrown
}

/// Why the data cannot be used, as a JavaScript error.
pub fn data_error(error: DataError) -> Error {
    match error {
        DataError::Config(error) => config_error(&error),
        other => said_error("DataError", &other.message()),
    }
}
