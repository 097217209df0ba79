//! From gradient to update, step by step.

pub mod optimizer;
pub mod trainer;
