//! Gradient Flow's core: a deep network that trains step by step and shows every layer's gradient.
//!
//! No browser, no drawing, no I/O. Data flows one way through the modules:
//! `config -> data -> init -> network -> optimizer -> trainer -> snapshot`;
//! `measure`, `step_line` and `predictions` make the numbers that a snapshot shows.

pub mod activation;
pub mod choice;
pub mod config;
pub mod data;
pub mod decimal;
pub mod diagnosis;
pub mod exp;
mod histogram;
pub mod init;
pub mod loss;
pub mod measure;
pub mod network;
pub mod normalization;
pub mod optimizer;
pub mod parameter;
pub mod predictions;
pub mod product;
pub mod pytorch;
pub mod random;
pub mod scalar;
pub mod snapshot;
pub mod statistics;
pub mod step_line;
pub mod theory;
pub mod trainer;

pub use config::Config;
pub use snapshot::Snapshot;
pub use trainer::Trainer;
