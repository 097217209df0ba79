//! Builds the deployable site: static files with relative addresses.
//!
//! ```text
//! crates -> toolchain, compile -> traps, unused, places, bindings -> wasm and its JavaScript
//! www    -> strip_comments     -> modules and pages      -> one_file, wheel -> join
//! data   -> data, lessons      -> compressed texts       -> assets (a folder named by their digest) -> offline
//! ```

pub mod assets;
mod bindings;
mod compile;
mod data;
pub mod first_picture;
mod functions;
mod imports;
mod join;
pub mod layout;
mod lessons;
mod links;
mod modules;
mod offline;
mod one_file;
mod pages;
mod places;
pub mod site;
mod sizes;
mod strip_comments;
mod styles;
mod toolchain;
mod traps;
mod unused;
mod wheel;
mod words;
