//! The second wasm module: what no first picture needs, loaded when a user asks for it. It reads tables that a user
//! uploads and lesson files, writes a run as a PyTorch script, plans trials of changes, and draws the view `network`.

mod lessons;
mod map;
mod network;
mod trials;

use gradient_flow::data::{Dataset, Samples, Upload, decode};
use gradient_flow::export::pytorch::{self, Run};
use gradient_flow_bridge::{
    cells_from_js, cells_to_js, config_error, data_error, named_error, parse_config, said, set,
};
use js_sys::{Error, Object, Reflect};
use serde_json::Value;
use wasm_bindgen::prelude::*;

/// A file as text (see the core's `decode`).
#[wasm_bindgen(js_name = decodeTable)]
pub fn decode_table(bytes: &[u8]) -> String {
    decode(bytes).into_owned()
}

/// What a table contains and how it is read, as JSON, with messages that the page says in its language. `text` is a line
/// of JSON, then the CSV.
#[wasm_bindgen(js_name = describeTable)]
pub fn describe_table(text: &str) -> Result<String, Error> {
    let upload = Upload::read(text).map_err(data_error)?;
    Ok(upload.describe(&said).to_string())
}

/// The property of cells that says what table they are from, as JSON: what a script has to know of it.
const ABOUT: &str = "about";

/// The cells that a network learns from, in the form that a `Trainer` takes (see the bridge's `cells.rs`), and for scripts
/// how the table was read.
#[wasm_bindgen(js_name = readTable)]
pub fn read_table(text: &str) -> Result<Object, Error> {
    let upload = Upload::read(text).map_err(data_error)?;
    let cells = cells_to_js(upload.samples().map_err(data_error)?);
    let mut about = upload.about();
    let reading = text.lines().next().unwrap_or_default();
    about["reading"] = serde_json::from_str(reading).unwrap_or_default();
    set(&cells, ABOUT, &about.to_string().into());
    Ok(cells)
}

/// A run as a PyTorch script: its configs as JSON (a list of step and config), its present step, the cells of its table
/// if it has one. `template` is the text of the core's `pytorch.py`.
#[wasm_bindgen(js_name = toPyTorch)]
pub fn to_pytorch(
    configs: &str,
    steps: f64,
    template: &str,
    #[wasm_bindgen(unchecked_optional_param_type = "import('../types.js').Cells")] cells: &JsValue,
) -> Result<String, Error> {
    let no_configs = || named_error("TypeError", "the configs are no list of steps and configs");
    let entries: Vec<(u64, Value)> = serde_json::from_str(configs).map_err(|_| no_configs())?;
    let mut configs = Vec::new();
    for (step, config) in entries {
        configs.push((step, parse_config(&config.to_string())?));
    }
    let (_, first) = configs.first().ok_or_else(no_configs)?;
    let about = Reflect::get(cells, &ABOUT.into()).ok();
    let about = about.and_then(|about| serde_json::from_str(&about.as_string()?).ok());
    let samples = Samples::of_cells(first, cells_from_js(cells)?).map_err(data_error)?;
    let run = Run {
        data: &Dataset::<f32>::of_samples(first, samples).map_err(data_error)?,
        configs: &configs,
        steps: steps as u64,
        table: about.as_ref(),
    };
    pytorch::script(&run, template).map_err(|error| config_error(&error))
}
