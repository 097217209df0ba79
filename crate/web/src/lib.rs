//! The JavaScript interface of Gradient Flow. No other crate knows that JavaScript exists.
//!
//! One wasm module serves two places: the worker creates a `Trainer`, the page creates `Charts`.
//! Configs cross as JSON, snapshots as one array of words.

mod arguments;
#[cfg(feature = "bench")]
mod bench;
mod canvas;
mod charts;
mod config;
mod format;
mod snapshot;
mod table;
mod trainer;

pub use snapshot::{from_words, to_words};

use gradient_flow_words::{Message, Value};
use js_sys::{Error, JSON, Reflect};
use serde_json::{Map, Value as Json, json};
use std::cell::RefCell;
use std::ptr;
use wasm_bindgen::JsValue;

/// A JavaScript `Error` with a name that scripts can test.
fn named_error(name: &str, message: &str) -> Error {
    let error = Error::new(message);
    error.set_name(name);
    error
}

/// The same with a message of the message files: `said` holds its id and arguments, from which whoever shows it makes a
/// sentence. There are no words here to do so.
fn said_error(name: &str, message: &Message) -> Error {
    let error = named_error(name, &format!("message {}", message.index));
    let said = JSON::parse(&said(message).to_string()).expect("JSON of our own");
    set(&error, "said", &said);
    error
}

/// A message as JSON: its place among the messages as `id`, and its arguments. A text is a string, a number an object with its digits as `number`.
fn said(message: &Message) -> Json {
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

/// Sets a property of a plain object.
fn set(object: &JsValue, name: &'static str, value: &JsValue) {
    thread_local! {
        /// The names as JavaScript strings: finding one here is quicker than creating it.
        static NAMES: RefCell<Vec<(&'static str, JsValue)>> = const { RefCell::new(Vec::new()) };
    }
    NAMES.with_borrow_mut(|names| {
        let known = names.iter().position(|(known, _)| ptr::eq(*known, name));
        let known = known.unwrap_or_else(|| {
            names.push((name, name.into()));
            names.len() - 1
        });
        Reflect::set(object, &names[known].1, value).expect("a plain object takes properties");
    });
}
