//! The cells of a table as a JavaScript object that can be posted to another thread: `columns`, `values` (a
//! Float64Array, row by row, the last of each row being the target) and `classes` (names, none for regression).

use crate::{named_error, set};
use gradient_flow::data::{Cells, Samples};
use js_sys::{Array, Error, Float64Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The cells of an object; none if it is undefined.
///
/// # Errors
/// A TypeError for anything else.
pub fn cells_from_js(object: &JsValue) -> Result<Option<Cells>, Error> {
    if object.is_undefined() {
        return Ok(None);
    }
    let read = || {
        let property = |name: &str| Reflect::get(object, &name.into()).ok();
        let mut classes = Vec::new();
        for name in property("classes")?.dyn_ref::<Array>()?.iter() {
            classes.push(name.as_string()?);
        }
        Some(Cells {
            columns: property("columns")?.as_f64()? as usize,
            values: property("values")?.dyn_ref::<Float64Array>()?.to_vec(),
            classes,
        })
    };
    let cells = read().ok_or_else(|| named_error("TypeError", "the table is not one of cells"))?;
    Ok(Some(cells))
}

/// Samples as such an object.
pub fn cells_to_js(samples: Samples) -> Object {
    let cells = Cells::from(samples);
    let object = Object::new();
    set(&object, "columns", &(cells.columns as f64).into());
    set(
        &object,
        "values",
        &Float64Array::from(&cells.values[..]).into(),
    );
    let classes: Array = cells.classes.iter().map(JsValue::from).collect();
    set(&object, "classes", &classes.into());
    object
}
