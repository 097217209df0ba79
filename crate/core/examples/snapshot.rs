//! Trains a config for some steps and prints a snapshot as JSON.
//!
//! `cargo run --release -p gradient-flow --example snapshot -- "depth=20&activation=relu" 10`

use gradient_flow::data::data_file;
use gradient_flow::{Config, Session, Snapshot};
use serde_json::{Map, Value, json};
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let config = Config::from_query(&arguments.next().unwrap_or_default())?;
    let steps = arguments.next().map_or(Ok(0), |text| text.parse())?;
    let table = match data_file(&config) {
        Some(name) => {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
            Some(std::fs::read_to_string(folder.join(format!("{name}.csv")))?)
        }
        None => None,
    };
    let mut session = Session::<f32>::new(config, table.as_deref())?;
    session.advance(steps);
    println!("{:#}", to_json(&session.snapshot(true)));
    Ok(())
}

fn to_json(snapshot: &Snapshot) -> Value {
    // JSON has no infinity and no NaN, so they become strings.
    let number = |x: f64| {
        if x.is_finite() {
            json!(x)
        } else {
            json!(x.to_string())
        }
    };
    let arrays = |arrays: Vec<(&str, &[f32])>| -> Value {
        let array = |values: &[f32]| {
            values
                .iter()
                .map(|x| number(f64::from(*x)))
                .collect::<Value>()
        };
        arrays
            .into_iter()
            .map(|(name, values)| (name.into(), array(values)))
            .collect::<Map<_, _>>()
            .into()
    };
    json!({
        "step": snapshot.step,
        "epoch": snapshot.epoch,
        "train_loss": number(snapshot.train_loss),
        "train_accuracy": number(snapshot.train_accuracy),
        "test_loss": number(snapshot.test_loss),
        "test_accuracy": number(snapshot.test_accuracy),
        "grad_norm": number(snapshot.grad_norm),
        "clip_coefficient": number(snapshot.clip_coefficient),
        "learning_rate": number(snapshot.learning_rate),
        "layers": arrays(snapshot.layers.arrays()),
        "histograms": arrays(snapshot.histograms.arrays()),
        "first_nonfinite": snapshot.first_nonfinite.as_ref().map(|f| json!({
            "step": f.step, "layer": f.layer, "tensor": f.tensor, "operation": f.operation,
        })),
    })
}
