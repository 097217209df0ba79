//! Lessons in the page: reading a file, the numbers of a run, grading what was drawn, answered and reached.

use gradient_flow::Snapshot;
use gradient_flow::lessons::{self, Ask, NUMBERS, Part, Solution};
use gradient_flow::observe::snapshot::NonFinite;
use gradient_flow_bridge::{named_error, parse_config, said, set};
use js_sys::{Array, Error, Float32Array, JSON, Reflect};
use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::*;

/// A lesson file that has been read.
#[wasm_bindgen]
pub struct Lesson {
    lesson: lessons::Lesson,
}

#[wasm_bindgen]
impl Lesson {
    /// Reads a file. Throws a `LessonError` whose `problems` are objects of `line` and `said`, a message.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<Lesson, Error> {
        let lesson = lessons::Lesson::parse(text).map_err(|problems| {
            let problems: Value = problems
                .iter()
                .map(|problem| json!({ "line": problem.line, "said": said(&problem.reason) }))
                .collect();
            let error = named_error("LessonError", "the lesson file cannot be used");
            let problems = JSON::parse(&problems.to_string()).expect("JSON of our own");
            set(&error, "problems", &problems);
            error
        })?;
        Ok(Lesson { lesson })
    }

    /// The lesson as JSON: `Lesson` in `www/types.d.ts` says what is in it.
    #[wasm_bindgen(js_name = toJSON)]
    pub fn to_json(&self) -> String {
        lessons::to_json(&self.lesson).to_string()
    }

    /// How far a run is on its way to the goal of a part (from 0), as JSON. `config` is the run's own, as JSON.
    pub fn progress(
        &self,
        part: usize,
        config: &str,
        #[wasm_bindgen(unchecked_param_type = "import('../types.js').Snapshot")] snapshot: &JsValue,
    ) -> Result<String, Error> {
        let part = self.part(part)?;
        let goal = part.goal.as_ref().ok_or_else(no_such_part)?;
        let (config, snapshot) = (parse_config(config)?, snapshot_from_js(snapshot)?);
        Ok(lessons::progress_json(goal, &part.config, &config, &snapshot).to_string())
    }

    /// Whether a number is the answer to the question of a part, as JSON: `right`, and the `truth` as it is shown.
    pub fn answer(
        &self,
        part: usize,
        guess: f64,
        config: &str,
        #[wasm_bindgen(unchecked_param_type = "import('../types.js').Snapshot")] snapshot: &JsValue,
    ) -> Result<String, Error> {
        let Some(Ask::Number {
            solution,
            tolerance,
            ..
        }) = &self.part(part)?.ask
        else {
            return Err(no_such_part());
        };
        let (config, snapshot) = (parse_config(config)?, snapshot_from_js(snapshot)?);
        let (truth, text) = match (solution, solution.measured()) {
            (_, Some(number)) => {
                let truth = number.value(&config, &snapshot);
                (truth, number.write(truth))
            }
            (Solution::Value(value), _) => {
                (*value, gradient_flow::numeric::format::readout(*value))
            }
            _ => return Err(no_such_part()),
        };
        let right = tolerance.accepts(guess, truth);
        Ok(json!({ "right": right, "truth": { "number": text.as_str() } }).to_string())
    }

    fn part(&self, part: usize) -> Result<&Part, Error> {
        self.lesson.parts.get(part).ok_or_else(no_such_part)
    }
}

fn no_such_part() -> Error {
    named_error(
        "RangeError",
        "the lesson has no such part, question or goal",
    )
}

/// What lessons may name: a list of `name` and `about`, as JSON.
#[wasm_bindgen(js_name = namedNumbers)]
pub fn named_numbers() -> String {
    let numbers: Value = NUMBERS
        .iter()
        .map(|number| json!({ "name": number.name, "about": number.about }))
        .collect();
    numbers.to_string()
}

/// The numbers that lessons may name, as text shows them for a state of a run: values by name, as JSON.
#[wasm_bindgen(js_name = lessonNumbers)]
pub fn lesson_numbers(
    config: &str,
    #[wasm_bindgen(unchecked_param_type = "import('../types.js').Snapshot")] snapshot: &JsValue,
) -> Result<String, Error> {
    let (config, snapshot) = (parse_config(config)?, snapshot_from_js(snapshot)?);
    let numbers: Map<_, _> = NUMBERS
        .iter()
        .map(|number| {
            let text = number.text(&config, &snapshot);
            (number.name.into(), json!({ "number": text.as_str() }))
        })
        .collect();
    Ok(Value::from(numbers).to_string())
}

/// Compares a drawn profile, log10 of dW's size per hidden layer, with the measured sizes: `close`, and `said`, a message
/// that tells the difference, as JSON.
#[wasm_bindgen(js_name = gradeDrawing)]
pub fn grade_drawing(guess: &[f64], dw_rms: &[f32]) -> String {
    let grade = lessons::grade(guess, dw_rms);
    json!({ "close": grade.is_close, "said": said(&grade.message) }).to_string()
}

/// What lessons read of a snapshot: its numbers, and its statistics and theory per layer.
fn snapshot_from_js(object: &JsValue) -> Result<Snapshot, Error> {
    let property = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).ok();
    // A number that there is none of is null.
    let number = |name: &str| property(object, name).and_then(|value| value.as_f64());
    let array = |group: &str, name: &str| -> Option<Vec<f32>> {
        let array = property(&property(object, group)?, name)?;
        Some(array.dyn_ref::<Float32Array>()?.to_vec())
    };
    let mut snapshot = Snapshot::default();
    let mut read = || {
        snapshot.step = number("step")? as u64;
        for (name, value) in [
            ("epoch", &mut snapshot.epoch),
            ("train_loss", &mut snapshot.train_loss),
            ("train_accuracy", &mut snapshot.train_accuracy),
            ("test_loss", &mut snapshot.test_loss),
            ("test_accuracy", &mut snapshot.test_accuracy),
            ("grad_norm", &mut snapshot.grad_norm),
            ("clip_coefficient", &mut snapshot.clip_coefficient),
            ("loss_change", &mut snapshot.loss_change),
            ("stability_limit", &mut snapshot.stability_limit),
        ] {
            *value = number(name).unwrap_or(f64::NAN);
        }
        for (name, values) in snapshot.layers.arrays_mut() {
            *values = array("layers", name)?;
        }
        for (name, values) in snapshot.theory.arrays_mut() {
            *values = array("theory", name)?;
        }
        for class in property(object, "classes")?.dyn_ref::<Array>()?.iter() {
            snapshot.classes.push(class.as_string()?);
        }
        let first = property(object, "first_nonfinite")?;
        if first.is_object() {
            snapshot.first_nonfinite = Some(NonFinite {
                step: property(&first, "step")?.as_f64()? as u64,
                layer: property(&first, "layer")?.as_f64()? as usize,
                tensor: String::new(),
                operation: String::new(),
            });
        }
        Some(())
    };
    match read() {
        Some(()) => Ok(snapshot),
        None => Err(named_error("TypeError", "this is no snapshot")),
    }
}
