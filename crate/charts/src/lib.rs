//! Gradient Flow's charts: pure functions of a scene, a theme and a size, on any plotters backend.
//!
//! - `scene`: what there is to show of a run, and the run pinned beneath it.
//! - `plot`: what charts are drawn with: shapes, colours, axes, labels.
//! - `charts`: one file a chart.

mod charts;
mod plot;
mod scene;
mod text;

pub use charts::{Chart, Need};
pub use plot::{surface::BackendKind, theme};
pub use scene::Scene;
pub use text::Table;
