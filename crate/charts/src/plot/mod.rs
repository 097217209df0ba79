//! What charts are drawn with: shapes on a surface, colours, axes, labels.

pub mod annotations;
pub mod axis;
pub mod colorbar;
pub mod layer_lines;
pub mod line_labels;
pub mod surface;
pub mod theme;
