//! Makes sure that Rust can compile for WebAssembly on this machine: with what the compiler has, with what rustup adds,
//! or with a toolchain of our own from Debian's packages.

use crate::files;
use crate::process::{self, Steps};
use crate::workspace;
use anyhow::{Context, Result, anyhow, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The page's target.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Compiler flags that the standard library must share with the workspace's crates, whose flags are in
/// .cargo/config.toml.
const STD_FLAGS: &str = "-Cembed-bitcode=yes -Ctarget-feature=+simd128";

/// Written last into a finished toolchain. One made by another recipe is made anew.
const RECIPE: &str = "1: std with panic_abort and +simd128\n";

/// The file with the recipe.
const FINISHED: &str = "finished";

/// A Rust compiler that has the wasm target.
pub struct Toolchain {
    /// The compiler and the linker to use instead of the installed ones.
    own: Option<(PathBuf, PathBuf)>,
}

impl Toolchain {
    /// A cargo that builds for wasm with this toolchain.
    pub fn cargo(&self) -> Command {
        let mut cargo = workspace::cargo();
        // Flags in the environment would replace those of .cargo/config.toml.
        cargo
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        if let Some((rustc, linker)) = &self.own {
            cargo
                .env("RUSTC", rustc)
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        cargo
    }
}

/// Finds or makes a toolchain for wasm and prints which one it is.
pub fn ensure() -> Result<Toolchain> {
    if sysroot_has_target() {
        println!("WebAssembly toolchain: the installed Rust has it");
        return Ok(Toolchain { own: None });
    }
    let mut failures = Vec::new();
    match add_with_rustup() {
        Ok(()) => {
            println!("WebAssembly toolchain: added with `rustup target add {TARGET}`");
            return Ok(Toolchain { own: None });
        }
        Err(error) => failures.push(format!("rustup: {error:#}")),
    }
    match own_toolchain() {
        Ok(own) => {
            println!(
                "WebAssembly toolchain: our own from Debian's packages, in target/wasm-toolchain"
            );
            return Ok(Toolchain { own: Some(own) });
        }
        Err(error) => failures.push(format!("Debian packages: {error:#}")),
    }
    bail!(
        "this Rust cannot compile for WebAssembly, and no way to change that worked:\n  {}\n\
         With a Rust installed by rustup, run this once, then again what you just ran:\n\n    \
         rustup target add {TARGET}\n",
        failures.join("\n  ")
    )
}

fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

fn sysroot_has_target() -> bool {
    process::output(rustc().args(["--print", "target-libdir", "--target", TARGET]))
        .is_ok_and(|folder| has_core_library(Path::new(folder.trim())))
}

fn has_core_library(folder: &Path) -> bool {
    files::entries(folder).is_ok_and(|files| {
        files
            .iter()
            .any(|file| files::name(file).starts_with("libcore-"))
    })
}

fn add_with_rustup() -> Result<()> {
    if std::env::var_os("RUSTUP_AUTO_INSTALL").is_some_and(|value| value == "0") {
        bail!("not asked, because RUSTUP_AUTO_INSTALL=0");
    }
    if process::find_program(["rustup"]).is_none() {
        bail!("not installed");
    }
    println!("Adding the WebAssembly target with rustup …");
    process::output(Command::new("rustup").args(["target", "add", TARGET]))?;
    if !sysroot_has_target() {
        bail!("it added the target to another toolchain than the one in use");
    }
    Ok(())
}

/// The wrapped compiler and the linker of the toolchain in target/wasm-toolchain, which is made if it is missing or
/// outdated.
fn own_toolchain() -> Result<(PathBuf, PathBuf)> {
    let home = workspace::artifact_dir("wasm-toolchain");
    let linker = find_linker()?;
    if fs::read_to_string(home.join(FINISHED)).is_ok_and(|recipe| recipe == RECIPE) {
        return Ok((home.join("rustc"), linker));
    }
    if !process::is_debian() || process::find_program(["dpkg-deb"]).is_none() {
        bail!("this is not Debian");
    }
    println!(
        "Making a WebAssembly toolchain from Debian's packages, once: about 3 minutes, 140 MB to \
         download, no root needed"
    );
    // An interrupted attempt leaves only this folder, which is never used.
    let draft = workspace::artifact_dir("wasm-toolchain.unfinished");
    for folder in [&draft, &home] {
        files::remove_folder(folder)?;
    }
    fs::create_dir_all(&draft)?;
    make(&draft).inspect_err(|_| println!("  … that failed"))?;
    fs::write(draft.join(FINISHED), RECIPE)?;
    fs::rename(&draft, &home)?;
    Ok((home.join("rustc"), linker))
}

/// LLVM's linker for wasm: part of rustup's toolchains, a package of its own in Debian.
fn find_linker() -> Result<PathBuf> {
    let sysroot = process::output(rustc().args(["--print", "sysroot"]))?;
    let version = process::output(rustc().arg("-vV"))?;
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap_or_default();
    let bundled = Path::new(sysroot.trim())
        .join("lib/rustlib")
        .join(host)
        .join("bin/rust-lld");
    if bundled.is_file() {
        return Ok(bundled);
    }
    process::find_program([
        "rust-lld",
        "wasm-ld",
        "wasm-ld-22",
        "wasm-ld-21",
        "wasm-ld-20",
        "wasm-ld-19",
    ])
    .ok_or_else(|| anyhow!("there is no linker for WebAssembly: `apt-get install lld` brings one"))
}

/// Downloads, unpacks and completes a toolchain in `home`.
fn make(home: &Path) -> Result<()> {
    let mut steps = Steps::new(4);
    let downloads = home.join("downloads");
    fs::create_dir_all(downloads.join("lists/partial"))?;
    fs::create_dir_all(downloads.join("cache/archives/partial"))?;
    steps.step("reading Debian's package lists", || {
        process::output(apt(&downloads, "apt-get").arg("update"))
    })?;
    let packages = packages(&downloads)?;
    steps.step(&format!("downloading {}", packages.join(", ")), || {
        process::output(apt(&downloads, "apt-get").arg("download").args(&packages))
    })?;
    steps.step("unpacking", || unpack(&downloads, home))?;
    steps.step(
        "compiling the standard library for WebAssembly (one to three minutes)",
        || {
            write_wrapper(home)?;
            build_std(home)
        },
    )?;
    fs::remove_dir_all(&downloads)?;
    fs::remove_dir_all(home.join("usr/src"))?;
    Ok(())
}

/// apt with lists and a cache of its own: it needs no root and leaves the system's state alone.
fn apt(downloads: &Path, program: &str) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(downloads)
        .env("LC_ALL", "C")
        .arg(format!(
            "-oDir::State::Lists={}",
            downloads.join("lists").display()
        ))
        .arg(format!(
            "-oDir::Cache={}",
            downloads.join("cache").display()
        ))
        // apt's download user could not write into our folder.
        .arg("-oAPT::Sandbox::User=root")
        .arg("-q");
    command
}

/// The compiler, its standard library as source and binary, and the shared libraries that this machine lacks. Names
/// with a version in them are found by what depends on them.
fn packages(downloads: &Path) -> Result<Vec<String>> {
    let mut names: Vec<String> = ["rustc-web", "rust-web-src", "libstd-rust-web-dev"]
        .map(String::from)
        .to_vec();
    let depends =
        process::output(apt(downloads, "apt-cache").args(["depends", "libstd-rust-web-dev"]))?;
    let direct = depends
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Depends: "));
    names.extend(
        direct
            .filter(|name| name.starts_with("libstd-rust-web-"))
            .map(String::from),
    );
    let plan = process::output(
        apt(downloads, "apt-get")
            .args(["--simulate", "--yes", "--no-install-recommends", "install"])
            .args(&names[3..]),
    )?;
    let missing = plan
        .lines()
        .filter_map(|line| line.strip_prefix("Inst ")?.split(' ').next());
    for name in missing {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

fn unpack(downloads: &Path, home: &Path) -> Result<()> {
    for package in files::entries(downloads)?
        .iter()
        .filter(|file| file.extension().is_some_and(|end| end == "deb"))
    {
        if files::name(package).starts_with("rust-web-src") {
            // Of half a gigabyte of compiler sources only the library is needed.
            let script = r#"dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --wildcards './usr/src/rustc-*/library' './usr/lib/rustlib/src'"#;
            process::output(
                Command::new("sh")
                    .args(["-c", script, "sh"])
                    .arg(package)
                    .arg(home),
            )?;
        } else {
            process::output(Command::new("dpkg-deb").arg("-x").arg(package).arg(home))?;
        }
    }
    Ok(())
}

/// Writes a script that lets the compiler find its shared libraries.
fn write_wrapper(home: &Path) -> Result<()> {
    let libraries = files::entries(&home.join("usr/lib"))?
        .into_iter()
        .find(|folder| {
            files::entries(folder).is_ok_and(|files| {
                files
                    .iter()
                    .any(|file| files::name(file).starts_with("librustc_driver"))
            })
        })
        .context("the packages hold no librustc_driver")?;
    let path = home.join("rustc");
    let script = format!(
        "#!/bin/sh\nhere=$(CDPATH= cd -- \"$(dirname -- \"$0\")\" && pwd)\n\
         LD_LIBRARY_PATH=\"$here/usr/lib/{}\" exec \"$here/usr/bin/rustc\" \"$@\"\n",
        files::name(&libraries)
    );
    fs::write(&path, script)?;
    process::output(Command::new("chmod").arg("+x").arg(path))?;
    Ok(())
}

/// Compiles the standard library by building an empty crate, and copies it to where the compiler looks for it.
fn build_std(home: &Path) -> Result<()> {
    let empty = home.join("downloads/empty");
    fs::create_dir_all(empty.join("src"))?;
    fs::write(empty.join("src/lib.rs"), "")?;
    fs::write(
        empty.join("Cargo.toml"),
        "[package]\nname = \"empty\"\nedition = \"2024\"\n\n[workspace]\n\n[profile.release]\npanic = \"abort\"\n",
    )?;
    let mut cargo = workspace::cargo();
    cargo
        .current_dir(&empty)
        .args([
            "build",
            "--release",
            "--target",
            TARGET,
            "-Zbuild-std=std,panic_abort",
            "--target-dir",
            "built",
        ])
        .env("RUSTC", home.join("rustc"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", STD_FLAGS)
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    process::run(&mut cargo)?;

    let library = home.join("usr/lib/rustlib").join(TARGET).join("lib");
    fs::create_dir_all(&library)?;
    for file in files::entries(&empty.join("built").join(TARGET).join("release/deps"))? {
        let wanted = file.extension().is_some_and(|end| end == "rlib")
            && !files::name(&file).starts_with("libempty-");
        if wanted {
            fs::copy(&file, library.join(files::name(&file)))?;
        }
    }
    if !has_core_library(&library) {
        bail!("cargo built no standard library");
    }
    Ok(())
}
