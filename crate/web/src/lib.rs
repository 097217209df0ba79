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

use js_sys::{Error, Reflect};
use std::cell::RefCell;
use std::ptr;
use wasm_bindgen::JsValue;

/// A JavaScript `Error` with a name that scripts can test.
fn named_error(name: &str, message: &str) -> Error {
    let error = Error::new(message);
    error.set_name(name);
    error
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
