//! Running other programs: what is said before, what is shown when they fail, how long they took.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Runs a command that speaks for itself (cargo, tsc); an error when it cannot start or fails.
pub fn run(command: &mut Command) -> Result<()> {
    let name = describe(command);
    let status = command
        .status()
        .with_context(|| format!("cannot start `{name}`"))?;
    if !status.success() {
        bail!("`{name}` failed ({status})");
    }
    Ok(())
}

/// Runs a command quietly and returns what it printed; its output is shown only when it fails.
pub fn output(command: &mut Command) -> Result<String> {
    let name = describe(command);
    let output = command
        .output()
        .with_context(|| format!("cannot start `{name}`"))?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{name}` failed ({}):\n{}",
            output.status,
            format!("{stdout}{stderr}").trim_end()
        );
    }
    Ok(stdout.into_owned())
}

/// The program and its arguments, shortened to what a person needs to recognise it.
fn describe(command: &Command) -> String {
    const LONGEST: usize = 160;
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    if text.chars().count() > LONGEST {
        text = text.chars().take(LONGEST).chain([' ', '…']).collect();
    }
    text
}

/// The first of `names` that is an executable file on PATH.
pub fn find_program<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.into_iter().find_map(|name| {
        folders
            .iter()
            .map(|folder| folder.join(name))
            .find(|candidate| is_executable(candidate))
    })
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

/// Whether this is Debian or a system made from it.
pub fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists() && find_program(["apt-get"]).is_some()
}

/// Counted steps of a long task, each with the time it took.
pub struct Steps {
    done: usize,
    total: usize,
}

impl Steps {
    /// A task of `total` steps.
    pub fn new(total: usize) -> Self {
        Self { done: 0, total }
    }

    /// Says what begins, does it, says how long it took.
    pub fn step<T>(&mut self, what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        self.done += 1;
        let start = Instant::now();
        println!("  step {} of {}: {what} …", self.done, self.total);
        let value = work()?;
        println!(
            "  step {} of {}: done in {}",
            self.done,
            self.total,
            seconds(start)
        );
        Ok(value)
    }
}

/// The time since `start`, as "3.2 s".
pub fn seconds(start: Instant) -> String {
    format!("{:.1} s", start.elapsed().as_secs_f64())
}
