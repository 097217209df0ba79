//! From a network in training to the numbers that a snapshot shows.

mod evaluation;
pub mod measure;
mod predictions;
mod session;
pub mod snapshot;
mod step_line;

pub use session::Session;
