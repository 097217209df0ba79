//! Trains a config for some steps and prints what the diagnosis says, as one JSON object.
//!
//! `cargo run --release -p gradient-flow --example diagnose -- [--trials] [--table FILE [--options JSON]] QUERY STEPS`
//!
//! With `--trials` every fix is tried, and those that learn are printed with what they reach.

use gradient_flow::data::data_file;
use gradient_flow::diagnosis::trials::{Cause, Outcome, Trials, Tried};
use gradient_flow::diagnosis::{Diagnosis, Diagnostician};
use gradient_flow::training::Trainer;
use gradient_flow::{Config, Session, Snapshot};
use gradient_flow_words::Words;
use serde_json::{Value, json};
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

/// The diagnosis is looked at every so many steps.
const EVERY: u64 = 10;

fn main() -> ExitCode {
    match diagnose() {
        Ok(said) => {
            println!("{said:#}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

struct Arguments {
    trials: bool,
    table: Option<String>,
    options: String,
    query: String,
    steps: u64,
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let usage = "usage: diagnose [--trials] [--table FILE [--options JSON]] QUERY STEPS";
    let mut all = std::env::args().skip(1);
    let (mut trials, mut table, mut options) = (false, None, String::from("{}"));
    let mut plain = Vec::new();
    while let Some(argument) = all.next() {
        match argument.as_str() {
            "--trials" => trials = true,
            "--table" => table = Some(all.next().ok_or(usage)?),
            "--options" => options = all.next().ok_or(usage)?,
            _ => plain.push(argument),
        }
    }
    let [query, steps] = <[String; 2]>::try_from(plain).map_err(|_| usage)?;
    let steps = (steps.parse()).map_err(|_| format!("{steps} is no number of steps. {usage}"))?;
    Ok(Arguments {
        trials,
        table,
        options,
        query,
        steps,
    })
}

fn diagnose() -> Result<Value, Box<dyn Error>> {
    let arguments = arguments()?;
    let query = arguments.query.trim_start_matches('#');
    let mut config = Config::from_query(query)?;
    if arguments.table.is_some() {
        config = config.with_query("data=upload")?;
    }
    let table = match (&arguments.table, data_file(&config)) {
        (Some(file), _) => {
            let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
            Some(format!("{}\n{text}", arguments.options.replace('\n', " ")))
        }
        (None, Some("upload")) => return Err("data=upload needs --table FILE".into()),
        (None, Some(name)) => {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
            Some(std::fs::read_to_string(folder.join(format!("{name}.csv")))?)
        }
        (None, None) => None,
    };
    let mut session = Session::<f32>::new(config.clone(), table.as_deref())?;
    let mut diagnostician = Diagnostician::default();
    let mut snapshot = session.snapshot(true);
    let mut diagnosis = diagnostician.diagnose(&config, &snapshot);
    let mut kinds = vec![(0, diagnosis.kind.name())];
    while snapshot.step < arguments.steps && snapshot.first_nonfinite.is_none() {
        session.advance(EVERY.min(arguments.steps - snapshot.step) as usize);
        snapshot = session.snapshot(true);
        diagnosis = diagnostician.diagnose(&config, &snapshot);
        if kinds
            .last()
            .is_some_and(|(_, kind)| *kind != diagnosis.kind.name())
        {
            kinds.push((snapshot.step, diagnosis.kind.name()));
        }
    }
    let has_classes = !snapshot.classes.is_empty();
    let mut trials = Trials::new(&config, diagnosis.cause, has_classes, arguments.steps);
    let fixes = if arguments.trials {
        run(&mut trials, table.as_deref())?;
        if let Some(Cause { kind, title, text }) = trials.cause() {
            diagnosis = Diagnosis {
                kind,
                title,
                text,
                ..diagnosis
            };
        }
        trials.fixes().into_iter().map(tried_json).collect()
    } else {
        trials.untried().iter().map(tried_json).collect()
    };
    Ok(said(&diagnosis, &snapshot, &kinds, fixes))
}

/// Makes all trials.
fn run(trials: &mut Trials, table: Option<&str>) -> Result<(), Box<dyn Error>> {
    while let Some(config) = trials.next() {
        let mut trainer = Trainer::<f32>::new(config.clone(), table)?;
        trainer.advance(trials.next_steps() as usize);
        trials.record(Outcome::of(&trainer));
    }
    Ok(())
}

fn said(
    diagnosis: &Diagnosis,
    snapshot: &Snapshot,
    kinds: &[(u64, &str)],
    fixes: Vec<Value>,
) -> Value {
    let words = Words::english();
    json!({
        "kind": diagnosis.kind.name(),
        "title": words.say(&diagnosis.title),
        "text": words.say(&diagnosis.text),
        "evidence": words.say_all(&diagnosis.evidence),
        "since": diagnosis.since,
        "steps": snapshot.step,
        "test_accuracy": finite(snapshot.test_accuracy),
        "test_loss": finite(snapshot.test_loss),
        "train_loss": finite(snapshot.train_loss),
        "kinds": kinds,
        "fixes": fixes,
    })
}

fn tried_json(tried: &Tried) -> Value {
    let words = Words::english();
    let mut fix = json!({
        "label": words.say(&tried.label),
        "note": words.say_all(&tried.notes),
        "patch": tried.patch,
    });
    if let Some(outcome) = tried.outcome {
        fix["accuracy"] = finite(outcome.accuracy);
        fix["loss"] = finite(outcome.loss);
        fix["learns"] = tried.learns().into();
    }
    fix
}

/// A number; null where it is not finite.
fn finite(number: f64) -> Value {
    Some(number).filter(|number| number.is_finite()).into()
}
