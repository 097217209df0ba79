//! What both wasm modules pass between Rust and JavaScript: errors, configs, snapshots, the cells of tables, and pictures
//! on canvases.
//!
//! It exports nothing itself, so that each module contains only what it uses of it.

pub mod arguments;
mod canvas;
mod cells;
mod errors;
mod painter;
pub mod passage;
pub mod snapshot;

pub use cells::{cells_from_js, cells_to_js};
pub use errors::{config_error, data_error, named_error, said, said_error};
pub use painter::Painter;

use gradient_flow::Config;
use js_sys::{Error, Reflect};
use std::cell::RefCell;
use std::ptr;
use wasm_bindgen::JsValue;

/// A whole config from JSON.
///
/// # Errors
/// A ConfigError for what is no config.
pub fn parse_config(config: &str) -> Result<Config, Error> {
    Config::from_json(config).map_err(|error| config_error(&error))
}

/// Sets a property of a plain object.
pub fn set(object: &JsValue, name: &'static str, value: &JsValue) {
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
