//! Runs other programs and reports failures and times.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Runs a command whose output people want to see as it comes (cargo, tsc).
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

/// Runs a command quietly and returns its standard output; an error shows all that it printed.
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

/// The program and its arguments, cut to a length at which a person still recognises it.
fn describe(command: &Command) -> String {
    const MAX_CHARS: usize = 160;
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    if text.chars().count() > MAX_CHARS {
        text = text.chars().take(MAX_CHARS).chain([' ', '…']).collect();
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

/// Whether this is Debian or a derivative.
pub fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists() && find_program(["apt-get"]).is_some()
}

/// Reports the steps of a long task: number, total and time.
pub struct Steps {
    done: usize,
    total: usize,
}

impl Steps {
    /// A task of `total` steps.
    pub fn new(total: usize) -> Self {
        Self { done: 0, total }
    }

    /// Reports the next step, does it, and reports how long it took.
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
