//! Where things are in the source tree, and how cargo is called from within cargo.

use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that holds the workspace's Cargo.toml.
pub fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package
        .ancestors()
        .nth(2)
        .unwrap_or(Path::new("."))
        .to_path_buf()
}

/// The folder of the tests that cross a boundary, with their package.json: npm serves the tests only.
pub fn tests_folder() -> PathBuf {
    root().join("tests")
}

/// A folder for generated files: one for each source tree, whatever CARGO_TARGET_DIR says.
pub fn artifact_dir(name: &str) -> PathBuf {
    root().join("target").join(name)
}

/// The folder into which cargo compiles.
pub fn target() -> PathBuf {
    let named = std::env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty());
    root().join(named.unwrap_or_else(|| OsString::from("target")))
}

/// The cargo that runs us, in the workspace's root.
pub fn cargo() -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}

/// Waits until no other xtask builds in this tree. The lock is released when the file is dropped.
pub fn lock() -> Result<File> {
    let path = artifact_dir("xtask.lock");
    fs::create_dir_all(artifact_dir(""))?;
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            println!("Waiting for another `cargo xtask` that builds in this folder …");
            file.lock()?;
        }
        Err(TryLockError::Error(error)) => return Err(error.into()),
    }
    Ok(file)
}
