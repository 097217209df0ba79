//! Tables that a user uploads, described before a network is built for them.

use crate::trainer::data_error;
use gradient_flow::data::Upload;
use gradient_flow_words::Words;
use js_sys::Error;
use wasm_bindgen::prelude::*;

/// What a table contains and how it is read, as JSON, in the language of `words` (a table of messages). `text` is a line
/// of JSON, then the CSV.
#[wasm_bindgen(js_name = describeTable)]
pub fn describe_table(text: &str, words: String) -> Result<String, Error> {
    let upload = Upload::read(text).map_err(data_error)?;
    Ok(upload.describe(&Words::new(words)).to_string())
}
