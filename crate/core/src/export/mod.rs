//! A run in the words of other programs.

pub mod pytorch;
mod torch_names;
