//! The browser's face of Gradient Flow: the only crate that knows JavaScript.
//!
//! One wasm module serves two places: the worker makes a `Trainer`, the page makes `Charts`.
//! Configs cross as JSON text, snapshots as one array of words.

mod canvas;
mod charts;
mod config;
mod snapshot;
mod table;
mod trainer;

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

/// Sets a property of an object that we have just made.
fn set(object: &JsValue, name: &'static str, value: &JsValue) {
    thread_local! {
        /// The names as JavaScript has them: to make a string takes longer than to look here.
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
