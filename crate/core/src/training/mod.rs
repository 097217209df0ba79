//! Training: the loop, the optimizer, its settings at a step, and the log of every step.

mod optimizer;
mod settings;
mod step_log;
mod trainer;

pub use optimizer::{Optimizer, clip_coefficient};
pub use settings::Settings;
pub use step_log::StepLog;
pub use trainer::{Gradient, LastStep, NonFinite, Trainer};
