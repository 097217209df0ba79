//! Tables that a user uploads, described before a network is built for them.

use crate::trainer::data_error;
use gradient_flow::data::Upload;
use js_sys::Error;
use wasm_bindgen::prelude::*;

/// What a table contains and how it is read, as JSON. `text` is a line of JSON, then the CSV.
#[wasm_bindgen(js_name = describeTable)]
pub fn describe_table(text: &str) -> Result<String, Error> {
    let upload = Upload::read(text).map_err(data_error)?;
    Ok(upload.describe().to_string())
}
