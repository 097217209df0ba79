//! Numbers as the page's readouts show them, with a point before the decimals: the page puts its language's sign. null and undefined are missing numbers.

use gradient_flow::numeric::format::{percent_readout, readout};
use wasm_bindgen::prelude::*;

/// A number with at most three significant digits; a dash if it is missing.
#[wasm_bindgen(js_name = formatNumber)]
pub fn format_number(x: Option<f64>) -> String {
    readout(x.unwrap_or(f64::NAN)).to_string()
}

/// A share in percent; a dash if it is missing.
#[wasm_bindgen(js_name = formatPercent)]
pub fn format_percent(share: Option<f64>) -> String {
    percent_readout(share.unwrap_or(f64::NAN)).to_string()
}
