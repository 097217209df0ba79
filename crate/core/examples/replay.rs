//! Replays reference runs and prints the worst deviation of each one as a share of its tolerance.
//!
//! `cargo run --release -p gradient-flow --example replay -- [--f32] FILE...`

#[path = "../../../tests/golden/replay.rs"]
mod replay;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let (flags, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|a| a.starts_with("--"));
    if files.is_empty() || flags.iter().any(|flag| flag != "--f32") {
        eprintln!("usage: replay [--f32] FILE...");
        return ExitCode::from(2);
    }
    let single = !flags.is_empty();
    let mut failed = 0;
    for file in &files {
        let name = Path::new(file)
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy();
        let replay = if single {
            replay::replay::<f32>
        } else {
            replay::replay::<f64>
        };
        let outcome = std::fs::read_to_string(file)
            .map_err(|e| e.to_string())
            .and_then(|t| replay(&t));
        match outcome {
            Ok(worst) if worst.share <= 1.0 => println!("{name} ok {:.3e}", worst.share),
            Ok(worst) => {
                println!(
                    "{name} FAILED {} {:.3e}",
                    worst.place.replace(' ', "-"),
                    worst.share
                );
                failed += 1;
            }
            Err(error) => {
                println!("{name} FAILED {} inf", error.replace(' ', "-"));
                failed += 1;
            }
        }
    }
    println!("{} passed, {failed} failed", files.len() - failed);
    ExitCode::from(u8::from(failed > 0))
}
