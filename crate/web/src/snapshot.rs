//! Snapshots in and out of JavaScript: plain objects of numbers and typed arrays.

use crate::{named_error, set};
use gradient_flow::Snapshot;
use gradient_flow::snapshot::NonFinite;
use js_sys::{Array, Error, Float32Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The numbers of a snapshot by name. NaN, where there is nothing to tell, crosses as null.
fn numbers(snapshot: &mut Snapshot) -> [(&'static str, &mut f64); 12] {
    [
        ("epoch", &mut snapshot.epoch),
        ("train_loss", &mut snapshot.train_loss),
        ("train_accuracy", &mut snapshot.train_accuracy),
        ("test_loss", &mut snapshot.test_loss),
        ("test_accuracy", &mut snapshot.test_accuracy),
        ("grad_norm", &mut snapshot.grad_norm),
        ("clip_coefficient", &mut snapshot.clip_coefficient),
        ("step_cosine", &mut snapshot.step_cosine),
        ("step_change", &mut snapshot.step_change),
        ("dead_samples", &mut snapshot.dead_samples),
        ("curvature", &mut snapshot.curvature),
        ("climb_rate", &mut snapshot.climb_rate),
    ]
}

/// A snapshot as an object that `postMessage` can carry. All its arrays are views of one buffer: to
/// make a buffer takes longer than to compute a layer's statistics.
pub fn to_js(mut snapshot: Snapshot) -> Object {
    let object = Object::new();
    set(&object, "step", &(snapshot.step as f64).into());
    set(&object, "test_step", &(snapshot.test_step as f64).into());
    for (name, value) in numbers(&mut snapshot) {
        let value = if value.is_nan() {
            JsValue::NULL
        } else {
            (*value).into()
        };
        set(&object, name, &value);
    }
    let groups = [
        ("layers", snapshot.layers.arrays()),
        ("histograms", snapshot.histograms.arrays()),
        ("log", snapshot.log.arrays()),
        ("theory", snapshot.theory.arrays()),
        ("step_line", snapshot.step_line.arrays()),
        ("predictions", snapshot.predictions.arrays()),
        ("weights", snapshot.weights.arrays()),
    ];
    let arrays = groups.iter().flat_map(|(_, arrays)| arrays);
    let all: Vec<&[f32]> = arrays.map(|(_, values)| *values).collect();
    let all = Float32Array::from(&all.concat()[..]);
    let mut begin = 0;
    for (name, arrays) in groups {
        let group = Object::new();
        for (name, values) in arrays {
            let end = begin + values.len() as u32;
            set(&group, name, &all.subarray(begin, end).into());
            begin = end;
        }
        set(&object, name, &group);
    }
    let classes: Array = snapshot.classes.iter().map(JsValue::from).collect();
    set(&object, "classes", &classes.into());
    let found = snapshot
        .first_nonfinite
        .as_ref()
        .map_or(JsValue::NULL, |found| {
            let object = Object::new();
            set(&object, "step", &(found.step as f64).into());
            set(&object, "layer", &(found.layer as f64).into());
            set(&object, "tensor", &found.tensor.as_str().into());
            set(&object, "operation", &found.operation.as_str().into());
            object.into()
        });
    set(&object, "first_nonfinite", &found);
    object
}

/// Reads a snapshot that `to_js` made.
///
/// # Errors
/// An object without the fields of a snapshot; the error names the first that is missing.
pub fn from_js(object: &JsValue) -> Result<Snapshot, Error> {
    let mut snapshot = Snapshot {
        step: number(object, "step")? as u64,
        test_step: number(object, "test_step")? as u64,
        ..Snapshot::default()
    };
    for (name, value) in numbers(&mut snapshot) {
        *value = if get(object, name)?.is_null() {
            f64::NAN
        } else {
            number(object, name)?
        };
    }
    read_arrays(object, "layers", snapshot.layers.arrays_mut())?;
    read_arrays(object, "histograms", snapshot.histograms.arrays_mut())?;
    read_arrays(object, "log", snapshot.log.arrays_mut())?;
    read_arrays(object, "theory", snapshot.theory.arrays_mut())?;
    read_arrays(object, "step_line", snapshot.step_line.arrays_mut())?;
    read_arrays(object, "predictions", snapshot.predictions.arrays_mut())?;
    read_arrays(object, "weights", snapshot.weights.arrays_mut())?;
    let classes = get(object, "classes")?;
    let classes: &Array = classes.dyn_ref().ok_or_else(|| wrong("classes"))?;
    let names = classes.iter().map(|name| name.as_string());
    snapshot.classes = names
        .collect::<Option<_>>()
        .ok_or_else(|| wrong("classes"))?;
    let found = get(object, "first_nonfinite")?;
    if !found.is_null() {
        snapshot.first_nonfinite = Some(NonFinite {
            step: number(&found, "step")? as u64,
            layer: number(&found, "layer")? as usize,
            tensor: text(&found, "tensor")?,
            operation: text(&found, "operation")?,
        });
    }
    Ok(snapshot)
}

fn read_arrays(
    object: &JsValue,
    group: &str,
    arrays: Vec<(&'static str, &mut Vec<f32>)>,
) -> Result<(), Error> {
    let group = get(object, group)?;
    for (name, values) in arrays {
        let array = get(&group, name)?;
        let array: &Float32Array = array.dyn_ref().ok_or_else(|| wrong(name))?;
        *values = array.to_vec();
    }
    Ok(())
}

fn wrong(name: &str) -> Error {
    named_error(
        "TypeError",
        &format!("a snapshot's {name} is missing or of another type"),
    )
}

fn get(object: &JsValue, name: &str) -> Result<JsValue, Error> {
    Reflect::get(object, &name.into()).map_err(|_| wrong(name))
}

fn number(object: &JsValue, name: &str) -> Result<f64, Error> {
    get(object, name)?.as_f64().ok_or_else(|| wrong(name))
}

fn text(object: &JsValue, name: &str) -> Result<String, Error> {
    get(object, name)?.as_string().ok_or_else(|| wrong(name))
}
