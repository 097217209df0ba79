//! The notebook package as it is installed, without a browser.

use super::Session;
use super::node::select_tests;
use crate::files;
use crate::process::run;
use crate::workspace;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::Command;

/// Runs the tests of the package with a Python that has it.
pub fn package(session: &Session, python: &Path) -> Result<()> {
    let folder = workspace::tests_folder().join("python");
    let tests = files::entries(&folder)?
        .into_iter()
        .filter(|path| files::name(path).ends_with("_test.py"));
    let (tests, pattern) = select_tests(tests.collect(), &session.options.words);
    if pattern.is_some() {
        // Words that name no file choose tests in the browser.
        return Ok(());
    }
    let mut unittest = Command::new(python);
    unittest.args(["-W", "error", "-m", "unittest"]);
    for test in tests {
        unittest.arg(test.file_stem().context("a test has a name")?);
    }
    run(unittest
        .current_dir(folder)
        .env("PYTHONDONTWRITEBYTECODE", "1"))
}
