//! Runs exported as PyTorch scripts, run by PyTorch: the same numbers, step by step.

use super::{Session, rust};
use crate::dependencies;
use crate::files;
use crate::process::run;
use crate::workspace;
use anyhow::{Context, Result};
use std::fs::File;
use std::process::Command;

pub fn pytorch(_: &Session) -> Result<()> {
    let python = dependencies::python_with_torch()?;
    let writer = rust::example("pytorch")?;
    let tests = workspace::tests_folder().join("pytorch");
    let folder = workspace::artifact_dir("pytorch-runs");
    files::remove_folder(&folder)?;
    files::copy_folder(&tests, &folder)?;
    let runs = tests.join("runs.txt");
    let runs = File::open(&runs).with_context(|| format!("cannot read {}", runs.display()))?;
    run(Command::new(writer).arg(&folder).stdin(runs))?;
    run(Command::new(python)
        .arg(tests.join("compare.py"))
        .arg(&folder))
}
