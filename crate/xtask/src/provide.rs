//! Brings what the tests need and a machine may lack: Node, npm packages, Chromium, mdBook, JupyterLab,
//! PyTorch.

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

/// mdBook of this version, which differs from others in its themes and scripts.
const MDBOOK: &str = "0.5.4";

/// An mdBook of our own, without the server and the search.
pub fn mdbook() -> Result<PathBuf> {
    let root = workspace::made("mdbook");
    let program = root.join("bin/mdbook");
    let version = format!("mdbook v{MDBOOK}");
    if output(Command::new(&program).arg("--version")).is_ok_and(|said| said.trim() == version) {
        return Ok(program);
    }
    let start = Instant::now();
    println!("Building mdBook {MDBOOK} …");
    let build = workspace::made("mdbook-build");
    output(
        workspace::cargo()
            .args([
                "install",
                "mdbook",
                "--version",
                MDBOOK,
                "--locked",
                "--debug",
            ])
            .args(["--no-default-features", "--force", "--root"])
            .arg(&root)
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_DEV_DEBUG", "0"),
    )?;
    crate::files::remove_folder(&build)?;
    println!("Built mdBook {MDBOOK} ({})", seconds(start));
    Ok(program)
}

/// JupyterLab in an environment of our own, as the requirements say, with the wheel as it is now.
pub fn jupyter(requirements: &Path, wheel: &Path) -> Result<PathBuf> {
    let python = program(
        &["python3"],
        &["python3", "python3-venv"],
        "Python 3 with venv",
    )?;
    let folder = workspace::made("jupyter");
    let pip = folder.join("bin/pip");
    let wanted = fs::read(requirements)?;
    let mark = folder.join("installed-requirements.txt");
    if !fs::read(&mark).is_ok_and(|installed| installed == wanted) {
        let start = Instant::now();
        println!("Installing JupyterLab …");
        let venv = || output(Command::new(&python).args(["-m", "venv"]).arg(&folder));
        if venv().is_err() && may_install() {
            // Debian's python3 may come without it.
            output(apt().arg("update"))?;
            output(apt().args(["install", "-y", "--no-install-recommends", "python3-venv"]))?;
        }
        venv()?;
        output(
            Command::new(&pip)
                .args(["install", "--quiet", "--requirement"])
                .arg(requirements),
        )?;
        fs::write(mark, wanted)?;
        println!("Installed JupyterLab ({})", seconds(start));
    }
    output(
        Command::new(&pip)
            .args(["install", "--quiet", "--force-reinstall", "--no-deps"])
            .arg(wheel),
    )?;
    Ok(folder.join("bin/jupyter"))
}

/// A Python with PyTorch: the one that PYTHON names, the first on PATH, or Debian's.
///
/// Debian's package (150 MB) knows no graphics cards; the Python package index has for Linux only one
/// that needs 5 GB of them.
pub fn python_with_torch() -> Result<PathBuf> {
    const DEBIANS: &str = "/usr/bin/python3";
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
    let known = || {
        let on_path = find_program(["python3", "python"]);
        on_path.into_iter().chain([PathBuf::from(DEBIANS)])
    };
    if let Some(found) = known().find(has_torch) {
        return Ok(found);
    }
    if !may_install() {
        bail!(
            "please install PyTorch for python3 (or name a Python that has it in the variable PYTHON); \
             on Debian: apt-get install --no-install-recommends python3-torch"
        );
    }
    install(&["python3-torch"])?;
    known()
        .find(has_torch)
        .context("apt-get installed no PyTorch")
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
    install(packages)?;
    find_program(names.iter().copied())
        .with_context(|| format!("apt-get installed no {}", names[0]))
}

/// Installs Debian's `packages`.
fn install(packages: &[&str]) -> Result<()> {
    let start = Instant::now();
    println!("Installing {} with apt-get …", packages.join(", "));
    output(apt().arg("update"))?;
    output(
        apt()
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages),
    )?;
    println!("Installed {} ({})", packages.join(", "), seconds(start));
    Ok(())
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
