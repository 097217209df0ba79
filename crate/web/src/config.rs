//! Configs in and out of JavaScript: the schema, query strings, partial changes. A config crosses as JSON.

use crate::named_error;
use gradient_flow::Config;
use gradient_flow::data::data_file;
use gradient_flow_bridge::config_error;
pub use gradient_flow_bridge::parse_config as parse;
use gradient_flow_charts::{Declaration, Need, declarations};
use gradient_flow_words::Words;
use js_sys::Error;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// The declaration of all fields and charts in the language of a table, as JSON.
#[wasm_bindgen]
pub fn schema(table: String) -> String {
    let words = Words::new(table);
    let mut schema = gradient_flow::config::schema(&words);
    schema["charts"] = declarations()
        .map(|declared| describe(&declared, &words))
        .collect();
    schema.to_string()
}

/// A chart's declaration, or a view's.
fn describe(declared: &Declaration, words: &Words) -> Value {
    let needs: Vec<&str> = declared.needs.iter().copied().map(Need::name).collect();
    json!({
        "id": declared.id, "title": words.say(&declared.title), "help": words.say(&declared.help),
        "question": words.say(&declared.question.text()), "needs": needs,
        "default": declared.is_shown_by_default, "lazy": declared.is_lazy,
    })
}

/// The config that a query string describes, as JSON.
#[wasm_bindgen(js_name = configFromQuery)]
pub fn config_from_query(query: &str) -> Result<String, Error> {
    let config = Config::from_query(query).map_err(|error| config_error(&error))?;
    Ok(config.to_json().to_string())
}

/// A config with some fields changed, as JSON.
#[wasm_bindgen(js_name = configWith)]
pub fn config_with(config: &str, patch: &str) -> Result<String, Error> {
    let changed = parse(config)?
        .with_json(patch)
        .map_err(|error| config_error(&error))?;
    Ok(changed.to_json().to_string())
}

/// The defaults of all fields for a run of this config, as JSON: some depend on other fields.
#[wasm_bindgen(js_name = configDefaults)]
pub fn config_defaults(config: &str) -> Result<String, Error> {
    Ok(parse(config)?.defaults().to_json().to_string())
}

/// The query string of a config: the fields that differ from their defaults.
#[wasm_bindgen(js_name = configToQuery)]
pub fn config_to_query(config: &str) -> Result<String, Error> {
    Ok(parse(config)?.to_query())
}

/// Whether a running network can take on the change.
#[wasm_bindgen(js_name = isLiveChange)]
pub fn is_live_change(from: &str, to: &str) -> Result<bool, Error> {
    Ok(parse(from)?.is_live_change(&parse(to)?))
}

/// The name of the data file that a config needs, if it needs one.
#[wasm_bindgen(js_name = dataFile)]
pub fn data_file_name(config: &str) -> Result<Option<String>, Error> {
    Ok(data_file(&parse(config)?).map(String::from))
}

/// A random seed from the operating system: a whole number below 2^53, which JavaScript holds exactly.
#[wasm_bindgen(js_name = randomSeed)]
pub fn random_seed() -> Result<f64, Error> {
    let bits = getrandom::u64().map_err(|error| named_error("Error", &error.to_string()))?;
    Ok((bits >> 11) as f64)
}

/// What the words of a snapshot are: see the bridge's `snapshot.rs`.
#[wasm_bindgen(js_name = snapshotFields)]
pub fn snapshot_fields() -> String {
    gradient_flow_bridge::snapshot::snapshot_fields()
}
