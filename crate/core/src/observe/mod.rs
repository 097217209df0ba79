//! Observing a run: from a network in training to the numbers of a snapshot. Observing changes nothing in the run.

pub(crate) mod evaluation;
pub mod measure;
pub mod memory;
pub mod passage;
mod predictions;
mod session;
mod shape;
pub mod snapshot;
mod step_line;

pub use session::Session;
