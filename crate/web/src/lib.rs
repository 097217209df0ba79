//! The JavaScript interface of Gradient Flow. Beside `crate/bridge` and `crate/tools` no other crate knows that JavaScript
//! exists.
//!
//! One wasm module serves two places: the worker creates a `Trainer`, the page creates `Charts`.
//! Configs cross as JSON, snapshots as one array of words. What no first picture needs is in the second module, `crate/tools`.

mod arguments;
#[cfg(feature = "bench")]
mod bench;
mod canvas;
mod charts;
mod config;
mod format;
mod snapshot;
mod trainer;
mod trials;

pub use snapshot::{from_words, to_words};

use gradient_flow_bridge::{named_error, said_error, set};
