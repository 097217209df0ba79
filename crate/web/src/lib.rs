//! The JavaScript interface of Gradient Flow. Beside `crate/bridge` and `crate/tools` no other crate knows that JavaScript
//! exists.
//!
//! One wasm module serves two places: the worker creates a `Trainer`, the page creates `Charts`.
//! Configs cross as JSON, snapshots as one array of words. What no first picture needs is in the second module, `crate/tools`.

#[cfg(feature = "bench")]
mod bench;
mod charts;
mod config;
mod format;
mod trainer;
mod trials;

pub use gradient_flow_bridge::snapshot::{from_words, to_words};

use gradient_flow_bridge::{arguments, named_error, said_error, snapshot};
