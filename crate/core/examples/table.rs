//! Tells how a table is read, as JSON: `refused` (null or a sentence), `rows`, `header`, `separator`, `decimal`, `target`,
//! `task`, `classes`, `columns`, `missing`, `warnings`, and what else the laboratory's dialog shows.
//!
//! `cargo run --release -p gradient-flow --example table -- [--options JSON] FILE`
//!
//! The options are those of `useTable`.

use gradient_flow::data::{Upload, decode};
use gradient_flow_words::{Message, Words};
use serde_json::{Value, json};
use std::error::Error;
use std::fs;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut options, mut file) = (String::from("{}"), None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--options" => options = arguments.next().ok_or("--options needs JSON")?,
            _ => file = Some(argument),
        }
    }
    let bytes = fs::read(file.ok_or("name a file")?)?;
    // It becomes the first line.
    let options = options.replace(['\n', '\r'], " ");
    let words = Words::english();
    let say = |message: &Message| Value::from(words.say(message));
    let described = match Upload::read(&format!("{options}\n{}", decode(&bytes))) {
        Ok(upload) => upload.describe(&say),
        Err(error) => json!({
            "refused": error.to_string(), "rows": 0, "header": null, "separator": null, "decimal": null, "target": null,
            "task": null, "classes": null, "columns": [], "missing": 0, "warnings": [],
        }),
    };
    println!("{described}");
    Ok(())
}
