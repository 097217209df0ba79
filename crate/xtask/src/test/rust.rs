//! Stages that cargo runs.

use super::Session;
use crate::process::{output, run};
use crate::workspace;
use anyhow::Result;
use std::path::PathBuf;

pub fn fmt(_: &Session) -> Result<()> {
    run(workspace::cargo().args(["fmt", "--all", "--check"]))
}

pub fn clippy(_: &Session) -> Result<()> {
    run(workspace::cargo().args(["clippy", "--workspace", "--all-targets", "--", "-Dwarnings"]))
}

/// xtask's tests run on their own, with the dependencies that were compiled to run xtask: in one command with the
/// other crates, cargo would unite their features and compile them anew.
pub fn native(_: &Session) -> Result<()> {
    run(workspace::cargo().args(["test", "--workspace", "--exclude", "xtask"]))?;
    run(workspace::cargo().args(["test", "--package", "xtask"]))
}

/// Builds an example of the core, with which other stages compare what they see.
pub fn example(name: &str) -> Result<PathBuf> {
    let mut cargo = workspace::cargo();
    cargo.args([
        "build",
        "--release",
        "--package",
        "gradient-flow",
        "--example",
        name,
    ]);
    output(&mut cargo)?;
    Ok(workspace::target().join("release/examples").join(name))
}
