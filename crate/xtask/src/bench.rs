//! `cargo xtask bench`: how fast a training step is.

use crate::process::run;
use crate::workspace;
use anyhow::Result;
use std::fs;

/// Runs the native measurement: a table on the screen, JSON in target/bench/native.json.
pub fn bench() -> Result<()> {
    let folder = workspace::made("bench");
    fs::create_dir_all(&folder)?;
    let file = folder.join("native.json");
    let mut cargo = workspace::cargo();
    cargo
        .args([
            "run",
            "--release",
            "--package",
            "gradient-flow",
            "--example",
            "bench",
            "--",
        ])
        .arg(&file);
    run(&mut cargo)?;
    println!("The same as JSON: {}", file.display());
    Ok(())
}
