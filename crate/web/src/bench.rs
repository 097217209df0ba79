//! What the benchmark needs beside `Trainer`: the same network and minibatch for its peers, and the speed
//! of the machine. It is compiled with the feature `bench` only, so that it is not downloaded.

use crate::trainer::Trainer;
use gradient_flow::data::Targets;
use gradient_flow::numeric::array::flat;
use gradient_flow_bridge::set;
use js_sys::{Array, Float32Array, Object, Uint32Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Trainer {
    /// All parameters, layer by layer: an array of objects of layer (0-based), name, rows, columns, and
    /// values, row by row.
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

    /// The next minibatch, scaled as the network sees it: an object of x (samples x features, row by row),
    /// samples, and classes or values.
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
}

/// The most multiplications and additions that this machine can do: see `gradient_flow_run`.
#[wasm_bindgen(js_name = multiplyAddLimit)]
pub fn multiply_add_limit(rounds: u32, factor: f32) -> f32 {
    gradient_flow_run::multiply_add_limit(rounds, factor)
}
