//! From a network in training to the numbers that a snapshot shows.

pub mod measure;
pub mod predictions;
pub mod snapshot;
pub mod step_line;
