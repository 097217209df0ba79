//! `Trainer`: a run, as the worker uses it.

use crate::{config, named_error, snapshot};
use gradient_flow::Session;
use gradient_flow::data::DataError;
use gradient_flow::export::pytorch;
use gradient_flow::observe::snapshot::SnapshotRequest;
use js_sys::{Array, Error, Object};
use wasm_bindgen::prelude::*;

/// A run in float32.
#[wasm_bindgen]
pub struct Trainer {
    pub(crate) session: Session<f32>,
    /// The names of the classes. They are in every snapshot, so they are made only once.
    classes: Array,
}

impl From<Session<f32>> for Trainer {
    fn from(session: Session<f32>) -> Self {
        let names = &session.trainer.data().names;
        let classes = names.iter().map(JsValue::from).collect();
        Trainer { session, classes }
    }
}

/// Why the data cannot be used, as a JavaScript error.
pub fn data_error(error: DataError) -> Error {
    match error {
        DataError::Config(error) => config::config_error(&error),
        other => named_error("DataError", &other.to_string()),
    }
}

#[wasm_bindgen]
impl Trainer {
    /// Builds the network and loads the data. `table` is the text of the file that `dataFile` names.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str, table: Option<String>) -> Result<Trainer, Error> {
        let config = config::parse(config)?;
        Session::new(config, table.as_deref())
            .map(Trainer::from)
            .map_err(data_error)
    }

    /// A run of another config on this one's data, from its start; undefined if it needs other data.
    pub fn successor(&self, config: &str) -> Result<Option<Trainer>, Error> {
        let config = config::parse(config)?;
        Ok(self.session.successor(config).map(Trainer::from))
    }

    /// Makes up to `steps` updates, fewer if something overflows; returns how many.
    pub fn advance(&mut self, steps: usize) -> usize {
        gradient_flow_run::advance(&mut self.session.trainer, steps)
    }

    /// Takes on a change of live fields; false if the network must be built anew.
    pub fn configure(&mut self, config: &str) -> Result<bool, Error> {
        Ok(self.session.configure(&config::parse(config)?))
    }

    /// What snapshots contain from now on beside the usual. A `layer` (0-based) below 0 is none.
    #[wasm_bindgen(js_name = watch)]
    pub fn request(&mut self, step_line: bool, predictions: bool, values: bool, layer: i32) {
        self.session.request(SnapshotRequest {
            step_line,
            predictions,
            values,
            weights: usize::try_from(layer).ok(),
        });
    }

    /// The run so far as a PyTorch script. `template` is the text of the core's `pytorch.py`.
    #[wasm_bindgen(js_name = toPyTorch)]
    pub fn to_pytorch(&self, template: &str) -> Result<String, Error> {
        pytorch::script(&self.session.trainer, template)
            .map_err(|error| config::config_error(&error))
    }

    /// What the present state shows: an object of words, classes and first_nonfinite (see `snapshot.rs`).
    /// `evaluate` also evaluates the test split, the last step and what was requested.
    pub fn snapshot(&mut self, evaluate: bool) -> Object {
        let snapshot = gradient_flow_run::snapshot(&mut self.session, evaluate);
        snapshot::to_js(snapshot, &self.classes)
    }
}
