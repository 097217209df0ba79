//! Gradient Flow's core: a deep network that trains step by step and shows the gradient of every layer.
//!
//! It knows no browser, draws nothing and does no I/O. Data flows one way through the modules:
//! [`config`] -> [`data`] -> [`network`] -> [`training`] -> [`observe`] -> [`diagnosis`]. Beside them, [`theory`] predicts
//! signals from a config alone, [`export`] writes a run as a PyTorch script, [`lessons`] reads and checks lesson files, and all
//! of them use [`numeric`].
//!
//! A [`Config`] determines a run completely: the same config gives the same bits on every machine. Random numbers are
//! seeded per use and layer, sums have one fixed order, elementary functions are our own or those of the crate `libm`,
//! and nothing depends on time or on a machine. [`Session`] is the entry point: it trains and takes snapshots.

pub mod config;
pub mod data;
pub mod diagnosis;
pub mod export;
pub mod lessons;
pub mod map;
pub mod network;
pub mod numeric;
pub mod observe;
pub mod theory;
pub mod training;

pub use config::Config;
pub use observe::Session;
pub use observe::snapshot::Snapshot;
pub use training::Trainer;
