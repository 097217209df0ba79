//! What charts say in text: tables, the numbers in them, and what stands for data that are missing.

use crate::scene::Scene;
use gradient_flow::Snapshot;
use gradient_flow::numeric::format::{Number, label, percent_label};
use gradient_flow_words::{Message, Value, message};

/// A chart's content as a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The headings of the columns.
    pub columns: Vec<Value>,
    /// The rows, with one value per column.
    pub rows: Vec<Vec<Value>>,
}

impl Table {
    /// A table without rows.
    pub(crate) fn new<const N: usize>(columns: [Message; N]) -> Self {
        Table {
            columns: columns.into_iter().map(Value::from).collect(),
            rows: Vec::new(),
        }
    }
}

/// A number; in words if an overflow left none.
pub(crate) fn value(x: f64) -> Value {
    finite(x, label)
}

/// A number in the style of `format`; in words if an overflow left none.
pub(crate) fn finite(x: f64, format: impl Fn(f64) -> Number) -> Value {
    if x.is_finite() {
        format(x).into()
    } else {
        message!("chart-not-finite").into()
    }
}

/// A layer's value; empty if it is not known.
pub(crate) fn layer_value(values: &[f32], layer: usize) -> Value {
    let known = values.get(layer);
    known.map_or(Value::default(), |known| value((*known).into()))
}

/// A number with a minus sign of its own, which is wider than a hyphen.
pub(crate) fn signed(x: f64) -> Value {
    finite(x, |x| {
        let sign = if x < 0.0 { "−" } else { "" };
        Number::new(format!("{sign}{}", label(x.abs())))
    })
}

/// A number with its sign, plus or minus; 0 has none.
pub(crate) fn change(x: f64) -> Value {
    if x > 0.0 && x.is_finite() {
        Number::new(format!("+{}", label(x))).into()
    } else {
        signed(x)
    }
}

/// A number with so many decimals, and with the same minus sign.
pub(crate) fn decimals(x: f64, decimals: usize) -> Number {
    Number::new(format!("{x:.decimals$}").replace('-', "−"))
}

/// A share in percent with one decimal. The product is rounded to float32, as the share is.
pub(crate) fn percent(share: f32) -> Value {
    finite((100.0 * share).into(), |percent| percent_label(percent, 1))
}

/// What a chart says in place of data that the shown snapshot lacks: data that cost time are computed only while a
/// chart of them is open.
pub(crate) fn missing(scene: &Scene, has_data: impl Fn(&Snapshot) -> bool) -> Message {
    let step = scene.shown.as_ref().map_or(0, |shown| shown.step);
    let first = scene.timeline.all().iter().find(|s| has_data(s));
    match first.filter(|first| first.step > step) {
        Some(first) => message!("chart-opened-later", opened = first.step, step = step),
        None => message!("chart-no-data"),
    }
}
