//! Gradient Flow's core: a deep network that trains step by step and shows every layer's gradient.
//!
//! No browser, no drawing, no I/O. Data flows one way through the folders:
//! `config -> data -> network -> training -> observe -> diagnosis`; `theory` needs a config alone,
//! `export` writes a run as a PyTorch script, and `numeric` serves them all.

pub mod config;
pub mod data;
pub mod diagnosis;
pub mod export;
pub mod network;
pub mod numeric;
pub mod observe;
pub mod theory;
pub mod training;

pub use config::Config;
pub use observe::Session;
pub use observe::snapshot::Snapshot;
pub use training::Trainer;
