//! Compiles the browser crates to WebAssembly and makes their JavaScript bindings.

use super::bindings;
use super::places;
use super::toolchain::{TARGET, Toolchain};
use super::traps;
use super::unused::Linked;
use crate::process;
use crate::workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use walrus::ModuleConfig;
use wasm_bindgen_cli_support::Bindgen;

/// Built for size, to keep the download small. The exception is crate/run, which compiles the generic loops of the
/// training step for float32 at the speed of the release profile. (These settings are not in Cargo.toml because
/// natively the same crates are benchmarked and replay the reference runs.)
const OPTIMIZED_FOR_SIZE: [&str; 7] = [
    "*",
    "gradient-flow-words",
    "gradient-flow",
    "gradient-flow-charts",
    "gradient-flow-bridge",
    "gradient-flow-web",
    "gradient-flow-tools",
];

/// The modules: the package of each, and the name of its files in the site.
const MODULES: [(&str, &str); 2] = [
    ("gradient-flow-web", "gradient_flow"),
    ("gradient-flow-tools", "gradient_flow_tools"),
];

/// Compiles the modules, the first with these features, and returns the folder of the wasm files.
pub fn wasm(toolchain: &Toolchain, features: &[&str]) -> Result<PathBuf> {
    let folder = workspace::target().join("wasm");
    let mut cargo = toolchain.cargo();
    cargo
        .args(["build", "--release", "--target", TARGET, "--target-dir"])
        .arg(&folder);
    for (package, _) in MODULES {
        cargo.args(["--package", package]);
    }
    for feature in features {
        cargo.args(["--features", &format!("{}/{feature}", MODULES[0].0)]);
    }
    for package in OPTIMIZED_FOR_SIZE {
        let setting = format!("profile.release.package.\"{package}\".opt-level = \"z\"");
        cargo.arg("--config").arg(setting);
    }
    // Paths of this machine stay out of the wasm, so that the same source gives the same bytes everywhere.
    if let Some(home) = cargo_home() {
        let prefix = format!("--remap-path-prefix={}=cargo", home.display());
        let setting = format!("target.{TARGET}.rustflags = [{prefix:?}]");
        cargo.arg("--config").arg(setting);
    }
    process::run(&mut cargo)?;
    Ok(folder.join(TARGET).join("release"))
}

fn cargo_home() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    named.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))
}

/// Writes the wasm files for the browser with their JavaScript and type declarations. They contain less than the compiled ones.
pub fn bind(compiled: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for (package, name) in MODULES {
        let file = compiled.join(format!("{}.wasm", package.replace('-', "_")));
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let mut module = ModuleConfig::new()
            .generate_name_section(false)
            .generate_producers_section(false)
            .parse(&bytes)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let linked = Linked::of(&module, &bytes)?;
        traps::at_once(&mut module);
        linked.remove_unused(&mut module)?;
        places::erase(&mut module);
        let mut output = Bindgen::new()
            .input_module(name, module)
            .out_name(name)
            .web(true)?
            .typescript(true)
            .omit_default_module_path(true)
            .generate_output()
            .with_context(|| format!("cannot make the JavaScript bindings of {package}"))?;
        let script = output.js().to_string();
        let script = bindings::shorten(output.wasm_mut(), &script)?;
        output.emit(folder)?;
        fs::write(folder.join(format!("{name}.js")), script)?;
    }
    Ok(())
}
