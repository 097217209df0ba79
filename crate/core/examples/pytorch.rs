//! Trains a config for some steps and writes the run as a PyTorch script. Beside it, it writes what the core measured, in
//! the form in which the script prints it.
//!
//! `cargo run --release -p gradient-flow --example pytorch -- FOLDER < RUNS`
//!
//! A line of RUNS is a name, a query and a number of steps, followed by any number of live changes, each a step and a
//! query. A run with `data=upload` reads the table `FOLDER/NAME.csv`. Writes `FOLDER/NAME.py` and `FOLDER/NAME.txt`.

use gradient_flow::data::data_file;
use gradient_flow::export::pytorch;
use gradient_flow::{Config, Session};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::io::stdin;
use std::path::{Path, PathBuf};

const TEMPLATE: &str = include_str!("../src/export/pytorch.py");

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::args().nth(1).ok_or("name a folder")?.into();
    for line in stdin().lines() {
        let line = line?;
        let words: Vec<&str> = line.split_whitespace().collect();
        if let [name, query, steps, changes @ ..] = &words[..] {
            run(&folder, name, query, steps.parse()?, changes)
                .map_err(|error| format!("{name}: {error}"))?;
        }
    }
    Ok(())
}

fn run(
    folder: &Path,
    name: &str,
    query: &str,
    steps: u64,
    changes: &[&str],
) -> Result<(), Box<dyn Error>> {
    let mut config = Config::from_query(query)?;
    let built_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let table = match data_file(&config) {
        Some("upload") => Some(format!(
            "{{}}\n{}",
            fs::read_to_string(folder.join(format!("{name}.csv")))?
        )),
        Some(file) => Some(fs::read_to_string(built_in.join(format!("{file}.csv")))?),
        None => None,
    };
    let mut session = Session::<f32>::new(config.clone(), table.as_deref())?;
    for change in changes.chunks(2) {
        let [step, query] = change else {
            return Err("a live change is a step and a query".into());
        };
        session.advance((step.parse::<u64>()? - session.trainer.steps()) as usize);
        config = config.with_query(query)?;
        if !session.configure(&config) {
            return Err(format!("{query} is not a live change").into());
        }
    }
    session.advance((steps - session.trainer.steps()) as usize);
    let snapshot = session.snapshot(true);
    fs::write(
        folder.join(format!("{name}.py")),
        pytorch::script(&(&session.trainer).into(), TEMPLATE)?,
    )?;

    let layers = snapshot.layer_count();
    let mut text = String::new();
    for step in 0..=steps as usize {
        let log = &snapshot.log;
        write!(
            text,
            "{step},{},{}",
            log.train_loss[step], log.grad_norm[step]
        )?;
        for rms in &log.dw_rms[step * layers..][..layers] {
            write!(text, ",{rms}")?;
        }
        writeln!(text)?;
    }
    writeln!(text, "# test part: loss {}", snapshot.test_loss)?;
    if !snapshot.test_accuracy.is_nan() {
        writeln!(text, "# test part: accuracy {}", snapshot.test_accuracy)?;
    }
    Ok(fs::write(folder.join(format!("{name}.txt")), text)?)
}
