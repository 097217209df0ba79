//! `Trainer`: a run, as the worker uses it.

use crate::{arguments, config, snapshot};
use gradient_flow::Session;
use gradient_flow::map::Probe;
use gradient_flow::observe::snapshot::SnapshotRequest;
use gradient_flow_bridge::{cells_from_js, config_error, data_error};
use js_sys::{Array, Error, Object};
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// The memory that a run may take, in bytes. WebAssembly of 32 bits addresses 4 GiB, all of which current browsers give
/// on a desktop. A quarter stays for what the estimate leaves out: the table while it is read, the log, a snapshot on its
/// way, and gaps between the arrays, since the memory of an instance never shrinks.
const MEMORY_BUDGET: u64 = 3 << 30;

/// A run in float32.
#[wasm_bindgen]
pub struct Trainer {
    pub(crate) session: Session<f32>,
    /// The names of the classes. They are in every snapshot, so they are made only once.
    classes: Array,
    /// What a map follows the run with.
    probe: Probe,
}

impl From<Session<f32>> for Trainer {
    fn from(session: Session<f32>) -> Self {
        let classes = classes(&session);
        Trainer {
            session,
            classes,
            probe: Probe::default(),
        }
    }
}

/// The names of the classes, as an array.
fn classes(session: &Session<f32>) -> Array {
    let names = &session.trainer.data().names;
    names.iter().map(JsValue::from).collect()
}

#[wasm_bindgen]
impl Trainer {
    /// Takes the data and builds the network. `cells` are those of the table that `dataFile` names.
    /// Throws a ConfigError for a network that does not fit into the memory of a page.
    #[wasm_bindgen(constructor)]
    pub fn new(
        config: &str,
        #[wasm_bindgen(unchecked_optional_param_type = "import('../types.js').Cells")]
        cells: &JsValue,
    ) -> Result<Trainer, Error> {
        let config = config::parse(config)?;
        Session::of_cells(config, cells_from_js(cells)?, MEMORY_BUDGET)
            .map(Trainer::from)
            .map_err(data_error)
    }

    /// Begins a run of another config in place of this one, on the same data. False, with nothing changed, if the config
    /// needs other data: see `reload`. If it throws, this run goes on unchanged.
    pub fn rebuild(&mut self, config: &str) -> Result<bool, Error> {
        let config = config::parse(config)?;
        let built = self.session.rebuild(config, MEMORY_BUDGET);
        built.map_err(|error| config_error(&error))
    }

    /// Begins a run of another config in place of this one, on other data, as the constructor does. If it throws, this run
    /// goes on unchanged.
    pub fn reload(
        &mut self,
        config: &str,
        #[wasm_bindgen(unchecked_optional_param_type = "import('../types.js').Cells")]
        cells: &JsValue,
    ) -> Result<(), Error> {
        let config = config::parse(config)?;
        let cells = cells_from_js(cells)?;
        let loaded = self.session.reload(config, cells, MEMORY_BUDGET);
        loaded.map_err(data_error)?;
        self.classes = classes(&self.session);
        Ok(())
    }

    /// Makes up to `steps` updates, fewer if something overflows; returns how many.
    pub fn advance(&mut self, steps: f64) -> usize {
        // NaN and what is below 0 make none, and the largest numbers as many as can be counted.
        gradient_flow_run::advance(&mut self.session.trainer, steps as usize)
    }

    /// Takes on a change of live fields; false if the network must be built anew.
    pub fn configure(&mut self, config: &str) -> Result<bool, Error> {
        Ok(self.session.configure(&config::parse(config)?))
    }

    /// What snapshots contain from now on beside the usual. A `layer` (0-based) below 0 is none.
    #[wasm_bindgen(js_name = watch)]
    pub fn request(&mut self, step_line: bool, predictions: bool, values: bool, layer: f64) {
        self.session.request(SnapshotRequest {
            step_line,
            predictions,
            values,
            weights: arguments::layer(layer),
        });
    }

    /// The configs of the run as JSON: a list of step and config, the first at step 0.
    #[wasm_bindgen(js_name = configHistory)]
    pub fn config_history(&self) -> String {
        let history = self.session.trainer.config_history().iter();
        let entries: Value = history
            .map(|(step, config)| json!([step, config.to_json()]))
            .collect();
        entries.to_string()
    }

    /// The present step.
    #[wasm_bindgen(getter)]
    pub fn steps(&self) -> f64 {
        self.session.trainer.steps() as f64
    }

    /// What the present state reaches on the test set, and nothing else: accuracy (NaN for regression), loss, the accuracy
    /// and the loss of the best constant answer, and 1 after an overflow.
    pub fn outcome(&self) -> Vec<f64> {
        let reached = gradient_flow_run::outcome(&self.session.trainer);
        vec![
            reached.accuracy,
            reached.loss,
            reached.guess_accuracy,
            reached.guess_loss,
            f64::from(u8::from(reached.overflowed)),
        ]
    }

    /// What the run of a map's cell has reached, in the numbers of the core's `Cell`. It is to be asked for at step 0, then
    /// at the steps that the plan of the map names, and at the end.
    pub fn probe(&mut self) -> Vec<f64> {
        let cell = gradient_flow_run::probe(&mut self.session, &mut self.probe);
        cell.numbers().to_vec()
    }

    /// One sample of the training set (from 0) on its way through the network, in words: see the bridge's `passage.rs`.
    pub fn passage(&mut self, sample: f64) -> Vec<u32> {
        let passage = gradient_flow_run::passage(&mut self.session, sample as usize);
        gradient_flow_bridge::passage::to_words(&passage)
    }

    /// What the present state shows: an object of words, classes and first_nonfinite (see `snapshot.rs`).
    /// `evaluate` also evaluates the test split, the last step and what was requested.
    pub fn snapshot(&mut self, evaluate: bool) -> Object {
        let snapshot = gradient_flow_run::snapshot(&mut self.session, evaluate);
        snapshot::to_js(snapshot, &self.classes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradient_flow::Config;
    use gradient_flow::observe::memory::{DataSize, check_memory};

    #[test]
    fn only_a_full_batch_can_be_too_large_for_a_page() {
        // The largest table, of which 90 % are trained on.
        let data = DataSize {
            train: 18_000,
            test: 2_000,
            features: 499,
            outputs: 20,
            target_bytes: 80,
        };
        let largest = "depth=100&width=512&norm=batch&residual=true&optimizer=adam&batch-size=";
        let check = |batch| {
            let config = Config::from_query(&format!("{largest}{batch}")).unwrap();
            check_memory::<f32>(&config, &data, MEMORY_BUDGET)
        };
        assert_eq!(check("512"), Ok(()));
        let error = check("full").unwrap_err();
        assert_eq!(error.field, "batch_size");
        let allowed = error.allowed.to_string();
        assert!(allowed.starts_with("at most 512 here"), "{error}");
        // More than 32 bits can count.
        assert!(allowed.contains("would need 52."), "{error}");
    }
}
