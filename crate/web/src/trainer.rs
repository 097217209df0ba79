//! The trainer's face, for the worker.

use crate::{config, named_error, set, snapshot};
use gradient_flow::Session;
use gradient_flow::data::DataError;
use gradient_flow::data::Targets;
use gradient_flow::export::pytorch;
use gradient_flow::numeric::array::flat;
use gradient_flow::observe::snapshot::SnapshotRequest;
use js_sys::{Array, Error, Float32Array, Object, Uint32Array};
use wasm_bindgen::prelude::*;

/// A run in float32.
#[wasm_bindgen]
pub struct Trainer {
    session: Session<f32>,
    /// The names of the classes, for its snapshots.
    classes: Array,
}

impl Trainer {
    fn of(session: Session<f32>) -> Self {
        let classes = session
            .trainer
            .data()
            .names
            .iter()
            .map(JsValue::from)
            .collect();
        Trainer { session, classes }
    }
}

/// Why there are no data, as an error that scripts can test.
pub fn data_error(error: DataError) -> Error {
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
        Session::new(config, table.as_deref())
            .map(Trainer::of)
            .map_err(data_error)
    }

    /// The start of a run of another config on this one's data; undefined where it needs others.
    pub fn successor(&self, config: &str) -> Result<Option<Trainer>, Error> {
        Ok(self
            .session
            .successor(config::read(config)?)
            .map(Trainer::of))
    }

    /// Makes up to `steps` updates, fewer where something overflows; returns how many.
    pub fn advance(&mut self, steps: usize) -> usize {
        gradient_flow_run::advance(&mut self.session.trainer, steps)
    }

    /// Takes on a change of live fields; false where the network must be built anew.
    pub fn configure(&mut self, config: &str) -> Result<bool, Error> {
        Ok(self.session.configure(&config::read(config)?))
    }

    /// What snapshots show beside the usual; `layer` (0-based) below 0 is none.
    pub fn watch(&mut self, step_line: bool, predictions: bool, values: bool, layer: i32) {
        self.session.request(SnapshotRequest {
            step_line,
            predictions,
            values,
            weights: usize::try_from(layer).ok(),
        });
    }

    /// All parameters, layer by layer: an array of objects of layer (0-based), name, rows, columns and
    /// values, row after row.
    pub fn parameters(&self) -> Array {
        let layers = self.session.trainer.network().layers.iter().enumerate();
        let described = layers.flat_map(|(index, layer)| {
            layer.parameters().map(move |parameter| {
                let object = Object::new();
                let (rows, columns) = parameter.value.dim();
                set(&object, "layer", &(index as f64).into());
                set(&object, "name", &parameter.name.into());
                set(&object, "rows", &(rows as f64).into());
                set(&object, "columns", &(columns as f64).into());
                let values = Float32Array::from(flat(&parameter.value));
                set(&object, "values", &values.into());
                JsValue::from(object)
            })
        });
        described.collect()
    }

    /// The coming minibatch as the network sees it: an object of x (samples x features, row after
    /// row), samples, and classes or values.
    pub fn batch(&self) -> Object {
        let (x, targets) = self.session.trainer.batch();
        let object = Object::new();
        set(&object, "samples", &(x.nrows() as f64).into());
        set(&object, "x", &Float32Array::from(flat(&x)).into());
        match targets {
            Targets::Classes(classes) => {
                let classes: Vec<u32> = classes.into_iter().map(|class| class as u32).collect();
                set(&object, "classes", &Uint32Array::from(&classes[..]).into());
            }
            Targets::Values(values) => {
                set(&object, "values", &Float32Array::from(flat(&values)).into());
            }
        }
        object
    }

    /// The run so far as a PyTorch script; `template` is the text of the core's `pytorch.py`.
    #[wasm_bindgen(js_name = toPyTorch)]
    pub fn to_pytorch(&self, template: &str) -> Result<String, Error> {
        pytorch::script(&self.session.trainer, template).map_err(|error| config::refused(&error))
    }

    /// What the present state shows, packed (`www/snapshot.js` unpacks it); `evaluate` also takes a look.
    pub fn snapshot(&mut self, evaluate: bool) -> Object {
        let snapshot = gradient_flow_run::snapshot(&mut self.session, evaluate);
        snapshot::to_js(snapshot, &self.classes)
    }
}

/// What this machine can do at most, for the benchmark: see `gradient_flow_run`.
#[wasm_bindgen(js_name = multiplyAddLimit)]
pub fn multiply_add_limit(rounds: u32, factor: f32) -> f32 {
    gradient_flow_run::multiply_add_limit(rounds, factor)
}
