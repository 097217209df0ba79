//! What charts are drawn with: shapes on a surface, colours, axes, labels.

pub mod annotations;
pub mod colorbar;
pub mod layer_axis;
pub mod layer_lines;
pub mod layer_profile;
pub mod layout;
pub mod line_labels;
pub mod log_axis;
pub mod rect;
pub mod step_axis;
pub mod surface;
pub mod text_placement;
pub mod text_width;
pub mod theme;
