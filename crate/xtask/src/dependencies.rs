//! Finds or installs what the tests need and a machine may lack: Node, npm packages, browsers, mdBook, cargo-deny,
//! JupyterLab, Sphinx, PyTorch.

pub mod engines;

use crate::files;
use crate::process::{find_program, is_debian, output, seconds};
use crate::workspace;
use anyhow::{Context, Result, bail};
use std::error::Error;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// Installs the tests' npm packages.
pub fn npm_packages() -> Result<()> {
    npm_packages_of(&workspace::tests_folder(), "the tests'")
}

/// Installs the npm packages that a folder's package-lock.json names, unless this very file was installed before.
pub fn npm_packages_of(folder: &Path, whose: &str) -> Result<()> {
    find_or_install(
        &["node"],
        &["nodejs", "npm"],
        "Node.js 20 or later with npm",
    )?;
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    let installed = folder.join("node_modules/installed-package-lock.json");
    if fs::read(&installed).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    timed("Installing", &format!("{whose} npm packages"), || {
        output(
            Command::new("npm")
                .args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
                .current_dir(folder),
        )?;
        Ok(fs::write(installed, wanted)?)
    })
}

/// The version whose themes and scripts the tests know.
const MDBOOK: &str = "0.5.4";

/// mdBook without its server and its search.
pub fn mdbook() -> Result<PathBuf> {
    cargo_tool("mdbook", MDBOOK, &["--no-default-features"])
}

/// The version whose configuration deny.toml is.
const CARGO_DENY: &str = "0.20.2";

/// cargo-deny, which takes minutes to build.
pub fn cargo_deny() -> Result<PathBuf> {
    cargo_tool("cargo-deny", CARGO_DENY, &[])
}

/// A program in target/tools, built by cargo from its own Cargo.lock unless this version is there.
fn cargo_tool(name: &str, version: &str, options: &[&str]) -> Result<PathBuf> {
    let tools = workspace::artifact_dir("tools");
    let program = tools.join("bin").join(name);
    let is_wanted = |said: String| {
        said.trim()
            .trim_start_matches(name)
            .trim_start_matches([' ', 'v'])
            == version
    };
    if output(Command::new(&program).arg("--version")).is_ok_and(is_wanted) {
        return Ok(program);
    }
    timed("Building", &format!("{name} {version}"), || {
        let build = workspace::artifact_dir("tools-build");
        output(
            workspace::cargo()
                .args(["install", name, "--version", version])
                .args(["--locked", "--debug", "--force"])
                .args(options)
                .arg("--root")
                .arg(&tools)
                .env("CARGO_TARGET_DIR", &build)
                .env("CARGO_PROFILE_DEV_DEBUG", "0"),
        )?;
        files::remove_folder(&build)
    })?;
    Ok(program)
}

/// JupyterLab in a virtual environment of its own, as the requirements say, with the wheel as it is now.
pub fn jupyter(requirements: &Path, wheel: &Path) -> Result<PathBuf> {
    let programs = python_packages("jupyter", "JupyterLab", requirements)?;
    output(
        Command::new(programs.join("pip"))
            .args(["install", "--quiet", "--force-reinstall", "--no-deps"])
            .arg(wheel),
    )?;
    Ok(programs.join("jupyter"))
}

/// Sphinx with the theme and the parser that the requirements name.
pub fn sphinx(requirements: &Path) -> Result<PathBuf> {
    Ok(python_packages("sphinx", "Sphinx", requirements)?.join("sphinx-build"))
}

/// The folder of programs of a virtual environment, target/FOLDER, that has what the requirements name.
fn python_packages(folder: &str, whose: &str, requirements: &Path) -> Result<PathBuf> {
    let python = find_or_install(
        &["python3"],
        &["python3", "python3-venv"],
        "Python 3 with venv",
    )?;
    let folder = workspace::artifact_dir(folder);
    let programs = folder.join("bin");
    let wanted = fs::read(requirements)?;
    let installed = folder.join("installed-requirements.txt");
    if !fs::read(&installed).is_ok_and(|installed| installed == wanted) {
        timed("Installing", whose, || {
            create_venv(&python, &folder)?;
            output(
                Command::new(programs.join("pip"))
                    .args(["install", "--quiet", "--requirement"])
                    .arg(requirements),
            )?;
            Ok(fs::write(installed, wanted)?)
        })?;
    }
    Ok(programs)
}

fn create_venv(python: &Path, folder: &Path) -> Result<()> {
    let create = || output(Command::new(python).args(["-m", "venv"]).arg(folder));
    if create().is_err() && can_install_packages() {
        // Debian's python3 may lack the module.
        install_packages(&["python3-venv"])?;
    }
    create()?;
    Ok(())
}

/// A Python with PyTorch: the one that PYTHON names, the first on PATH, or Debian's.
///
/// Debian's package (150 MB) does without graphics cards; the Python package index offers for Linux only one that
/// comes with 5 GB of support for them.
pub fn python_with_torch() -> Result<PathBuf> {
    const DEBIAN_PYTHON: &str = "/usr/bin/python3";
    let has_torch = |python: &PathBuf| {
        let mut import = Command::new(python);
        output(import.args(["-c", "import torch"])).is_ok()
    };
    if let Some(named) = std::env::var_os("PYTHON").filter(|value| !value.is_empty()) {
        let path = PathBuf::from(named);
        if !has_torch(&path) {
            bail!("PYTHON names {}, which has no PyTorch", path.display());
        }
        return Ok(path);
    }
    let candidates = || {
        let on_path = find_program(["python3", "python"]);
        on_path.into_iter().chain([PathBuf::from(DEBIAN_PYTHON)])
    };
    if let Some(found) = candidates().find(has_torch) {
        return Ok(found);
    }
    if !can_install_packages() {
        bail!(
            "please install PyTorch for python3 (or name a Python that has it in the variable PYTHON); \
             on Debian: apt-get install --no-install-recommends python3-torch"
        );
    }
    install_packages(&["python3-torch"])?;
    candidates()
        .find(has_torch)
        .context("apt-get installed no PyTorch")
}

/// A program is missing where we cannot install it.
#[derive(Debug)]
pub struct Missing(String);

impl Missing {
    pub fn new(what: &str, packages: &[&str]) -> Self {
        Self(format!(
            "please install {what}; on Debian: apt-get install --no-install-recommends {}",
            packages.join(" ")
        ))
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Missing {}

/// The first of `names` on PATH; if there is none, Debian's `packages` are installed where that is possible.
fn find_or_install(names: &[&str], packages: &[&str], what: &str) -> Result<PathBuf> {
    if let Some(found) = find_program(names.iter().copied()) {
        return Ok(found);
    }
    if !can_install_packages() {
        return Err(Missing::new(what, packages).into());
    }
    install_packages(packages)?;
    find_program(names.iter().copied())
        .with_context(|| format!("apt-get installed no {}", names[0]))
}

/// Installs Debian's `packages`.
fn install_packages(packages: &[&str]) -> Result<()> {
    let what = format!("{} with apt-get", packages.join(", "));
    timed("Installing", &what, || {
        output(apt_get().arg("update"))?;
        output(
            apt_get()
                .args(["install", "-y", "--no-install-recommends"])
                .args(packages),
        )?;
        Ok(())
    })
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").arg("-q");
    command
}

/// Whether we are root on Debian, and so need to ask nobody.
fn can_install_packages() -> bool {
    is_debian() && output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Does what may take minutes and says so: "Installing WHAT …", "Installing WHAT: done in 3.2 s".
fn timed(doing: &str, what: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    let start = Instant::now();
    println!("{doing} {what} …");
    work()?;
    println!("{doing} {what}: done in {}", seconds(start));
    Ok(())
}
