//! Exporting a run to other programs.

mod python_text;
pub mod pytorch;
mod torch_names;
