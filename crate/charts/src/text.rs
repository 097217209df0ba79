//! What charts say in text: tables, and the numbers in them.

use gradient_flow::numeric::format::{label, percent_label};

/// A chart's content as a table of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The headings of the columns.
    pub columns: Vec<String>,
    /// The rows, with one text per column.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub(crate) fn new(columns: &[&str]) -> Self {
        Table {
            columns: columns.iter().map(|c| c.to_string()).collect(),
            rows: Vec::new(),
        }
    }
}

/// A number; in words if an overflow left none.
pub(crate) fn value(x: f64) -> String {
    if x.is_finite() {
        label(x)
    } else {
        "not finite".into()
    }
}

/// A layer's value; empty if it is not known.
pub(crate) fn layer_value(values: &[f32], layer: usize) -> String {
    let known = values.get(layer);
    known.map_or(String::new(), |known| value((*known).into()))
}

/// A number with a minus sign of its own, which is wider than a hyphen.
pub(crate) fn signed(x: f64) -> String {
    let sign = if x < 0.0 && x.is_finite() { "−" } else { "" };
    format!("{sign}{}", value(x.abs()))
}

/// A share in percent with one decimal. The product is rounded to float32, as the share is.
pub(crate) fn percent(share: f32) -> String {
    if share.is_finite() {
        percent_label((100.0 * share).into(), 1)
    } else {
        "not finite".into()
    }
}
