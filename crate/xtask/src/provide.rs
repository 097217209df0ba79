//! Brings what the tests need and a machine may lack: Node, npm packages, Chromium.

use crate::process::{find_program, is_debian, output, seconds};
use crate::workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The folder of package.json; npm serves the tests alone.
pub fn tests_folder() -> PathBuf {
    workspace::root().join("tests")
}

/// Installs the tests' npm packages.
pub fn npm_packages() -> Result<()> {
    npm_packages_of(&tests_folder(), "the tests'")
}

/// Installs the npm packages that a folder's package-lock.json names, unless that very file was installed.
pub fn npm_packages_of(folder: &Path, whose: &str) -> Result<()> {
    program(
        &["node"],
        &["nodejs", "npm"],
        "Node.js 20 or later with npm",
    )?;
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let mark = folder.join("node_modules/installed-package-lock.json");
    if fs::read(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let start = Instant::now();
    println!("Installing {whose} npm packages …");
    output(
        Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(folder),
    )?;
    fs::write(mark, wanted)?;
    println!("Installed {whose} npm packages ({})", seconds(start));
    Ok(())
}

/// A Chromium: the one that CHROMIUM names, one on PATH, or Debian's.
pub fn chromium() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM").filter(|value| !value.is_empty()) {
        let path = PathBuf::from(named);
        if !path.is_file() {
            bail!("CHROMIUM names {}, which is no file", path.display());
        }
        return Ok(path);
    }
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    program(
        &names,
        &["chromium", "fonts-dejavu-core"],
        "Chromium (or its path in the variable CHROMIUM)",
    )
}

/// The first of `names` on PATH, after an installation of Debian's `packages` where it is allowed.
fn program(names: &[&str], packages: &[&str], what: &str) -> Result<PathBuf> {
    if let Some(found) = find_program(names.iter().copied()) {
        return Ok(found);
    }
    if !may_install() {
        bail!(
            "please install {what}; on Debian: apt-get install --no-install-recommends {}",
            packages.join(" ")
        );
    }
    let start = Instant::now();
    println!("Installing {} with apt-get …", packages.join(", "));
    output(apt().arg("update"))?;
    output(
        apt()
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages),
    )?;
    println!("Installed {} ({})", packages.join(", "), seconds(start));
    find_program(names.iter().copied())
        .with_context(|| format!("apt-get installed no {}", names[0]))
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("-q");
    command
}

/// Packages can be installed without asking anybody: we are root on Debian.
fn may_install() -> bool {
    is_debian() && output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
