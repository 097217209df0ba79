//! Snapshots in and out of JavaScript, with all numbers in one array of words: creating an object of forty
//! arrays takes longer than computing the statistics of a small network. The page gives the words their
//! names by `snapshotFields`.
//!
//! ```text
//! numbers   float64, two words each
//! lengths   one word per array
//! elements  float32, array after array
//! ```

use crate::{named_error, set};
use gradient_flow::Snapshot;
use gradient_flow::observe::snapshot::NonFinite;
use js_sys::{Array, Error, Object, Reflect, Uint32Array};
use wasm_bindgen::JsValue;

/// The numbers of a snapshot by name, beside its steps. NaN means that there is none.
fn numbers(snapshot: &mut Snapshot) -> [(&'static str, &mut f64); 15] {
    [
        ("epoch", &mut snapshot.epoch),
        ("train_loss", &mut snapshot.train_loss),
        ("train_accuracy", &mut snapshot.train_accuracy),
        ("test_loss", &mut snapshot.test_loss),
        ("test_accuracy", &mut snapshot.test_accuracy),
        ("guess_loss", &mut snapshot.guess_loss),
        ("guess_accuracy", &mut snapshot.guess_accuracy),
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

/// The names of the steps, which come before the other numbers.
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

/// What the words of a snapshot are, in their order: a line of the numbers' names, then a line per group, its
/// own name before those of its arrays.
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

/// The words of a snapshot. They do not contain the classes' names and `first_nonfinite`.
pub fn to_words(snapshot: &mut Snapshot) -> Vec<u32> {
    let steps = [snapshot.step, snapshot.test_step].map(|step| step as f64);
    let numbers = numbers(snapshot).map(|(_, value)| *value);
    let (mut words, mut elements) = (Vec::new(), Vec::new());
    for value in steps.into_iter().chain(numbers) {
        let bits = value.to_bits();
        words.extend([bits as u32, (bits >> 32) as u32]);
    }
    for (_, values) in groups(snapshot).iter().flat_map(|(_, arrays)| arrays) {
        words.push(values.len() as u32);
        elements.extend(values.iter().map(|x| x.to_bits()));
    }
    words.append(&mut elements);
    words
}

/// The snapshot in these words; None if words are missing or left over.
pub fn from_words(words: &[u32]) -> Option<Snapshot> {
    let mut snapshot = Snapshot::default();
    let mut words = words.iter().copied();
    let mut number = || -> Option<f64> {
        let (low, high) = (words.next()?, words.next()?);
        Some(f64::from_bits(u64::from(high) << 32 | u64::from(low)))
    };
    snapshot.step = number()? as u64;
    snapshot.test_step = number()? as u64;
    for (_, value) in numbers(&mut snapshot) {
        *value = number()?;
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
    // In wasm the sum of a few lengths could leave 32 bits.
    let total: u64 = lengths.iter().map(|length| *length as u64).sum();
    if words.len() as u64 != total {
        return None;
    }
    for ((_, values), length) in arrays.iter_mut().zip(lengths) {
        values.extend(words.by_ref().take(length).map(f32::from_bits));
    }
    Some(snapshot)
}

/// A snapshot as an object that `postMessage` can carry: words, classes, first_nonfinite.
pub fn to_js(mut snapshot: Snapshot, classes: &Array) -> Object {
    let words = to_words(&mut snapshot);
    let nonfinite = snapshot.first_nonfinite.map_or(JsValue::NULL, |nonfinite| {
        let object = Object::new();
        set(&object, "step", &(nonfinite.step as f64).into());
        set(&object, "layer", &(nonfinite.layer as f64).into());
        set(&object, "tensor", &nonfinite.tensor.into());
        set(&object, "operation", &nonfinite.operation.into());
        object.into()
    });
    let object = Object::new();
    set(&object, "words", &Uint32Array::from(&words[..]).into());
    set(&object, "classes", classes);
    set(&object, "first_nonfinite", &nonfinite);
    object
}

/// Reads what `to_js` made.
///
/// # Errors
/// Words that are not a snapshot's, arrays that do not fit together, or a `nonfinite` without its properties.
pub fn from_js(
    words: &[u32],
    classes: Vec<String>,
    nonfinite: &JsValue,
) -> Result<Snapshot, Error> {
    let incomplete = || named_error("TypeError", "the words of a snapshot are not all there");
    let mut snapshot = from_words(words).ok_or_else(incomplete)?;
    snapshot.classes = classes;
    if !nonfinite.is_null() {
        let number = |name| property(nonfinite, name, JsValue::as_f64);
        let text = |name| property(nonfinite, name, JsValue::as_string);
        snapshot.first_nonfinite = Some(NonFinite {
            step: number("step")? as u64,
            layer: number("layer")? as usize,
            tensor: text("tensor")?,
            operation: text("operation")?,
        });
    }
    let shape = snapshot.check_shape();
    shape.map_err(|problem| named_error("TypeError", &problem))?;
    Ok(snapshot)
}

/// A property of `first_nonfinite`, if it is there and has the right type.
fn property<T>(object: &JsValue, name: &str, read: fn(&JsValue) -> Option<T>) -> Result<T, Error> {
    let value = Reflect::get(object, &name.into()).ok();
    value.as_ref().and_then(read).ok_or_else(|| {
        named_error(
            "TypeError",
            &format!("{name} of a snapshot's first_nonfinite is missing or of another type"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A snapshot in which no two numbers and no two arrays are alike.
    fn snapshot() -> Snapshot {
        let mut snapshot = Snapshot {
            step: 1 << 40,
            test_step: 3,
            ..Snapshot::default()
        };
        for (i, (_, value)) in numbers(&mut snapshot).into_iter().enumerate() {
            *value = -1.5e-300 * i as f64;
        }
        for (g, (_, arrays)) in groups(&mut snapshot).into_iter().enumerate() {
            for (a, (_, values)) in arrays.into_iter().enumerate() {
                *values = vec![(100 * g + a) as f32; (a + g) % 4];
            }
        }
        snapshot
    }

    #[test]
    fn a_snapshot_is_the_same_after_crossing() {
        let mut snapshot = snapshot();
        let words = to_words(&mut snapshot);
        assert_eq!(from_words(&words), Some(snapshot));
    }

    #[test]
    fn missing_numbers_and_nonfinite_elements_cross_bit_by_bit() {
        let mut snapshot = snapshot();
        snapshot.test_loss = f64::NAN;
        snapshot.layers.dw_rms = vec![f32::NAN, f32::NEG_INFINITY, -0.0, 1e-45];
        let bits = |values: &[f32]| values.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
        let read = from_words(&to_words(&mut snapshot)).expect("a snapshot");
        assert!(read.test_loss.is_nan());
        assert_eq!(bits(&read.layers.dw_rms), bits(&snapshot.layers.dw_rms));
    }

    #[test]
    fn words_that_are_missing_or_left_over_are_refused() {
        let mut words = to_words(&mut snapshot());
        for length in [0, 3, 40, words.len() - 1] {
            assert_eq!(from_words(&words[..length]), None, "{length} words");
        }
        words.push(0);
        assert_eq!(from_words(&words), None);
    }

    #[test]
    fn every_number_and_array_has_a_name() {
        let fields = snapshot_fields();
        let lines: Vec<Vec<&str>> = fields.lines().map(|l| l.split(' ').collect()).collect();
        assert_eq!(
            lines[0].len(),
            STEPS.len() + numbers(&mut Snapshot::default()).len()
        );
        let arrays: usize = lines[1..].iter().map(|line| line.len() - 1).sum();
        let groups = groups(&mut Snapshot::default()).map(|(_, arrays)| arrays.len());
        assert_eq!(arrays, groups.iter().sum::<usize>());
    }
}
