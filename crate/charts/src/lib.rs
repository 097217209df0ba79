//! Gradient Flow's charts: pure functions of a scene, a theme, a language and a size, on any plotters backend.
//!
//! - `scene`: what there is to show of a run, and of the run pinned for comparison.
//! - `plot`: what charts are drawn with: shapes, colours, axes, labels.
//! - `charts`: one file a chart.
//! - `views`: what is drawn by modules that the page loads later, declared as charts are.
//! - `parts`: small drawings beside the verdict, which are no charts: without axes, readouts and tables.
//! - `picture`: what both look like, ready to be painted.
//!
//! ```
//! use gradient_flow::{Config, Session};
//! use gradient_flow_charts::{Chart, Scene, theme::Theme};
//! use gradient_flow_words::Words;
//!
//! let config = Config::from_query("data=circle&depth=3")?;
//! let mut session = Session::<f32>::new(config.clone(), None)?;
//! let mut scene = Scene::new(config);
//! scene.push(session.snapshot(true));
//! let svg = Chart::Signals.svg(&scene, Theme::default_for(false), &Words::english(), (640, 360));
//! assert!(svg.starts_with("<svg"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod charts;
mod parts;
mod picture;
mod plot;
mod scene;
mod text;
pub mod views;

pub use charts::{Chart, MAX_SIDE, Need, Question, step_axis, trial_at};
pub use parts::Part;
pub use picture::Picture;
pub use plot::{surface::BackendKind, theme};
pub use scene::Scene;
pub use scene::guess::Guess;
pub use scene::trials::{Trial, TrialState, Trials};
pub use text::Table;
pub use views::{Declaration, View, declarations};
