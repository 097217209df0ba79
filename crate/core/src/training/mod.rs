//! From gradient to update, step by step.

mod optimizer;
mod settings;
mod step_log;
mod trainer;

pub use optimizer::{Optimizer, clip_coefficient};
pub use settings::Settings;
pub use step_log::StepLog;
pub use trainer::{Gradient, LastStep, NonFinite, Trainer};
