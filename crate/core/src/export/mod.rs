//! Exporting a run to other programs.

pub mod pytorch;
mod torch_names;
