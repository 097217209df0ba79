//! Snapshots in and out of JavaScript, all numbers in one array of words: to make an object of forty arrays
//! takes longer than to compute the statistics of a small network. `www/snapshot.js` gives them their names.
//!
//! ```text
//! numbers   float64, two words each
//! lengths   one word an array
//! elements  float32, array after array
//! ```

use crate::{named_error, set};
use gradient_flow::Snapshot;
use gradient_flow::observe::snapshot::NonFinite;
use js_sys::{Array, Error, Object, Reflect, Uint32Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// The numbers of a snapshot by name, beside its steps. NaN is nothing to tell.
fn numbers(snapshot: &mut Snapshot) -> [(&'static str, &mut f64); 13] {
    [
        ("epoch", &mut snapshot.epoch),
        ("train_loss", &mut snapshot.train_loss),
        ("train_accuracy", &mut snapshot.train_accuracy),
        ("test_loss", &mut snapshot.test_loss),
        ("test_accuracy", &mut snapshot.test_accuracy),
        ("grad_norm", &mut snapshot.grad_norm),
        ("clip_coefficient", &mut snapshot.clip_coefficient),
        ("learning_rate", &mut snapshot.learning_rate),
        ("step_cosine", &mut snapshot.step_cosine),
        ("loss_change", &mut snapshot.loss_change),
        ("dead_samples", &mut snapshot.dead_samples),
        ("curvature", &mut snapshot.curvature),
        ("stability_limit", &mut snapshot.stability_limit),
    ]
}

/// The names of the steps, which come before the numbers.
const STEPS: [&str; 2] = ["step", "test_step"];

/// Arrays by name.
type Arrays<'a> = Vec<(&'static str, &'a mut Vec<f32>)>;

/// The arrays of a snapshot by group and name.
fn groups(snapshot: &mut Snapshot) -> [(&'static str, Arrays<'_>); 7] {
    [
        ("layers", snapshot.layers.arrays_mut()),
        ("histograms", snapshot.histograms.arrays_mut()),
        ("log", snapshot.log.arrays_mut()),
        ("theory", snapshot.theory.arrays_mut()),
        ("step_line", snapshot.step_line.arrays_mut()),
        ("predictions", snapshot.predictions.arrays_mut()),
        ("weights", snapshot.weights.arrays_mut()),
    ]
}

/// What the words of a snapshot are, in their order: a line of the numbers' names, then a line for each
/// group, its own name before those of its arrays.
#[wasm_bindgen(js_name = snapshotFields)]
pub fn snapshot_fields() -> String {
    let mut snapshot = Snapshot::default();
    let mut text = STEPS.join(" ");
    for (name, _) in numbers(&mut snapshot) {
        text += " ";
        text += name;
    }
    for (group, arrays) in groups(&mut snapshot) {
        text += "\n";
        text += group;
        for (name, _) in arrays {
            text += " ";
            text += name;
        }
    }
    text
}

/// A snapshot as an object that `postMessage` can carry: words, classes, first_nonfinite.
pub fn to_js(mut snapshot: Snapshot, classes: &Array) -> Object {
    let steps = [snapshot.step, snapshot.test_step].map(|step| step as f64);
    let numbers = numbers(&mut snapshot).map(|(_, value)| *value);
    let (mut words, mut elements) = (Vec::new(), Vec::new());
    for value in steps.into_iter().chain(numbers) {
        let bits = value.to_bits();
        words.extend([bits as u32, (bits >> 32) as u32]);
    }
    for (_, values) in groups(&mut snapshot).iter().flat_map(|(_, arrays)| arrays) {
        words.push(values.len() as u32);
        elements.extend(values.iter().map(|x| x.to_bits()));
    }
    words.append(&mut elements);
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
    let object = Object::new();
    set(&object, "words", &Uint32Array::from(&words[..]).into());
    set(&object, "classes", classes);
    set(&object, "first_nonfinite", &found);
    object
}

/// Reads what `to_js` made.
///
/// # Errors
/// Words that end too early, or a `found` without its fields.
pub fn from_js(words: &[u32], classes: Vec<String>, found: &JsValue) -> Result<Snapshot, Error> {
    let mut snapshot = Snapshot {
        classes,
        ..Snapshot::default()
    };
    let mut words = words.iter().copied();
    let mut number = || -> Option<f64> {
        let (low, high) = (words.next()?, words.next()?);
        Some(f64::from_bits(u64::from(high) << 32 | u64::from(low)))
    };
    snapshot.step = number().ok_or_else(cut_short)? as u64;
    snapshot.test_step = number().ok_or_else(cut_short)? as u64;
    for (_, value) in numbers(&mut snapshot) {
        *value = number().ok_or_else(cut_short)?;
    }
    let mut arrays: Arrays = groups(&mut snapshot)
        .into_iter()
        .flat_map(|(_, arrays)| arrays)
        .collect();
    let lengths: Vec<usize> = words
        .by_ref()
        .take(arrays.len())
        .map(|n| n as usize)
        .collect();
    if words.len() != lengths.iter().sum::<usize>() {
        return Err(cut_short());
    }
    for ((_, values), length) in arrays.iter_mut().zip(lengths) {
        values.extend(words.by_ref().take(length).map(f32::from_bits));
    }
    if !found.is_null() {
        snapshot.first_nonfinite = Some(NonFinite {
            step: get(found, "step")?.as_f64().ok_or_else(|| wrong("step"))? as u64,
            layer: get(found, "layer")?
                .as_f64()
                .ok_or_else(|| wrong("layer"))? as usize,
            tensor: get(found, "tensor")?
                .as_string()
                .ok_or_else(|| wrong("tensor"))?,
            operation: get(found, "operation")?
                .as_string()
                .ok_or_else(|| wrong("operation"))?,
        });
    }
    Ok(snapshot)
}

fn cut_short() -> Error {
    named_error("TypeError", "the words of a snapshot are not all there")
}

fn wrong(name: &str) -> Error {
    named_error(
        "TypeError",
        &format!("{name} of a snapshot's first_nonfinite is missing or of another type"),
    )
}

fn get(object: &JsValue, name: &str) -> Result<JsValue, Error> {
    Reflect::get(object, &name.into()).map_err(|_| wrong(name))
}
