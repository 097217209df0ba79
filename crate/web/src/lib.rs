//! The browser's face of Gradient Flow: the only crate that knows JavaScript.
//!
//! One wasm module serves two places: the worker makes a `Trainer`, the page makes `Charts`.
//! Configs cross as JSON text, snapshots as objects of typed arrays.

mod canvas;
mod charts;
mod config;
mod snapshot;
mod table;
mod trainer;

use js_sys::{Error, Reflect};
use wasm_bindgen::JsValue;

/// A JavaScript `Error` with a name that scripts can test.
fn named_error(name: &str, message: &str) -> Error {
    let error = Error::new(message);
    error.set_name(name);
    error
}

/// Sets a property of an object that we have just made.
fn set(object: &JsValue, name: &str, value: &JsValue) {
    Reflect::set(object, &name.into(), value).expect("a plain object takes properties");
}
