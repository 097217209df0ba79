//! A map of trainability: two settings are varied, and each cell of the map is one short real run.
//!
//! ```text
//! axis -> plan <-> cell        theory
//! ```
//! Nothing is trained here, but by [`measure`]. Whoever has the time takes [`Plan::next`], trains that cell's config, and
//! records what it reached. The plan is coarse first, and refined where neighbours differ; a level begins when the one
//! before it is complete, so that the same cells are measured whatever the number of workers.

mod axis;
mod cell;
mod csv;
mod plan;
mod request;
pub mod theory;
#[cfg(not(target_arch = "wasm32"))]
mod threads;

pub use axis::{Axis, MOST_VALUES, Range, RangeError, is_axis};
pub use cell::{Cell, Probe, measure, pace, session};
pub use plan::{Plan, State};
pub use request::Request;
#[cfg(not(target_arch = "wasm32"))]
pub use threads::measure_all;

#[cfg(test)]
mod tests;
