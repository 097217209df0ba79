//! Stages that cargo runs.

use super::Session;
use crate::dependencies;
use crate::process::{output, run};
use crate::workspace;
use anyhow::Result;
use std::path::PathBuf;
use std::process::Command;

pub fn fmt(_: &Session) -> Result<()> {
    run(workspace::cargo().args(["fmt", "--all", "--check"]))
}

pub fn clippy(_: &Session) -> Result<()> {
    run(workspace::cargo()
        .args(["clippy", "--workspace", "--all-targets", "--all-features"])
        .args(["--", "-Dwarnings"]))
}

/// xtask's tests run on their own, with the dependencies that were compiled to run xtask: in one command with the
/// other crates, cargo would unite their features and compile them anew.
pub fn native(_: &Session) -> Result<()> {
    let of_crates = || {
        let mut cargo = workspace::cargo();
        cargo.args(["test", "--workspace", "--exclude", "xtask"]);
        cargo
    };
    // Without the examples, which are checked by clippy.
    run(of_crates().args(["--lib", "--bins", "--tests"]))?;
    run(of_crates().arg("--doc"))?;
    run(workspace::cargo().args(["test", "--package", "xtask"]))
}

/// The documentation builds without warnings: links lead somewhere, and HTML is escaped.
pub fn doc(_: &Session) -> Result<()> {
    run(workspace::cargo()
        .args(["doc", "--workspace", "--no-deps"])
        .env("RUSTDOCFLAGS", "-Dwarnings"))
}

/// Tests marked `#[ignore = "slow: …"]`, which take minutes: optimized as what ships, but for the link-time
/// optimization, which would take minutes for each of the test programs.
pub fn slow(_: &Session) -> Result<()> {
    run(workspace::cargo()
        .args(["test", "--release", "--workspace", "--exclude", "xtask"])
        .args(["--config", "profile.release.lto = false"])
        .args(["--config", "profile.release.codegen-units = 16"])
        // Without documentation tests, where `ignore` means something else.
        .args(["--tests", "--", "--ignored"]))
}

/// The dependencies' licences, sources and duplicates, as deny.toml says.
pub fn deny(_: &Session) -> Result<()> {
    let deny = dependencies::cargo_deny()?;
    run(Command::new(deny)
        .args(["check", "--deny", "unmatched-skip"])
        .args(["bans", "licenses", "sources"])
        .current_dir(workspace::root()))
}

/// Builds an example of the core, with which other stages compare what they see. As the tests are built: the release
/// profile's link-time optimization would take longer than it saves.
pub fn example(name: &str) -> Result<PathBuf> {
    let mut cargo = workspace::cargo();
    cargo
        .args(["build", "--profile", "test", "--workspace"])
        .args(["--exclude", "xtask", "--example", name]);
    output(&mut cargo)?;
    Ok(workspace::target().join("debug/examples").join(name))
}
