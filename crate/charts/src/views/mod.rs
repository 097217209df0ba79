//! The views.

pub mod map;
