//! The trainer's face, for the worker.

use crate::{config, named_error, snapshot};
use gradient_flow::data::DataError;
use gradient_flow::snapshot::Watch;
use js_sys::{Error, Object};
use wasm_bindgen::prelude::*;

/// A run in float32.
#[wasm_bindgen]
pub struct Trainer(gradient_flow::Trainer<f32>);

fn data_error(error: DataError) -> Error {
    match error {
        DataError::Config(error) => config::refused(&error),
        other => named_error("DataError", &other.to_string()),
    }
}

#[wasm_bindgen]
impl Trainer {
    /// Builds the network and loads the data; `table` is the text of the file that `dataFile` names.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str, table: Option<String>) -> Result<Trainer, Error> {
        let config = config::read(config)?;
        gradient_flow::Trainer::new(config, table.as_deref())
            .map(Trainer)
            .map_err(data_error)
    }

    /// Makes up to `steps` updates, fewer where something overflows; returns how many.
    pub fn advance(&mut self, steps: usize) -> usize {
        self.0.advance(steps)
    }

    /// Takes on a change of live fields; false where the network must be built anew.
    pub fn configure(&mut self, config: &str) -> Result<bool, Error> {
        Ok(self.0.configure(&config::read(config)?))
    }

    /// What snapshots show beside the usual; `layer` (0-based) below 0 is none.
    pub fn watch(&mut self, step_line: bool, predictions: bool, layer: i32) {
        self.0.watch(Watch {
            step_line,
            predictions,
            weights: usize::try_from(layer).ok(),
        });
    }

    /// What the present state shows; `evaluate` also runs the test part.
    pub fn snapshot(&mut self, evaluate: bool) -> Object {
        snapshot::to_js(&self.0.snapshot(evaluate))
    }
}
