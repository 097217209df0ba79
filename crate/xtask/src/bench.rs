//! `cargo xtask bench`: how fast a training step is, natively, and in Chromium compared with other libraries.

use crate::build::{assets, site};
use crate::process::run;
use crate::{dependencies, files, server, workspace};
use anyhow::Result;
use std::fs;
use std::process::Command;

/// The files of other libraries that the benchmark's page loads, below node_modules.
const PEERS: [&str; 5] = [
    "@tensorflow/tfjs/dist/tf.min.js",
    "@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.min.js",
    "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm",
    "convnetjs/build/convnet-min.js",
    "brain.js/browser.min.js",
];

/// Prints tables and writes the same as JSON into target/bench.
pub fn bench() -> Result<()> {
    let folder = workspace::artifact_dir("bench");
    fs::create_dir_all(&folder)?;
    native(&folder)?;
    browser(&folder)?;
    println!("The same as JSON: {}", folder.display());
    Ok(())
}

/// Prints runs a second of the view `map`, with one worker and with two, and writes the same as JSON into target/bench.
pub fn map() -> Result<()> {
    let folder = workspace::artifact_dir("bench");
    fs::create_dir_all(&folder)?;
    dependencies::npm_packages()?;
    let chromium = dependencies::engines::chromium()?;
    let served = workspace::artifact_dir("bench-map-site");
    files::remove_folder(&served)?;
    let packed = site::build(&served)?;
    let server = server::start(&served, 0, packed)?;
    run(Command::new("node")
        .arg(workspace::tests_folder().join("bench/map.mjs"))
        .env("SITE", server.address())
        .env("CHROMIUM", chromium)
        .env("REPORT", folder.join("map.json")))
}

/// Prints how far the diagnosis can be trusted over random configs.
pub fn diagnosis(count: u64) -> Result<()> {
    let mut cargo = workspace::cargo();
    cargo
        .args(["run", "--release", "--package", "gradient-flow"])
        .args(["--example", "diagnosis", "--"])
        .arg(count.to_string());
    run(&mut cargo)
}

fn native(folder: &std::path::Path) -> Result<()> {
    let mut cargo = workspace::cargo();
    cargo
        .args([
            "run",
            "--release",
            "--package",
            "gradient-flow",
            "--example",
            "bench",
            "--",
        ])
        .arg(folder.join("native.json"));
    run(&mut cargo)
}

/// Runs one page in which all libraries take turns. They are installed from npm, only for this.
fn browser(folder: &std::path::Path) -> Result<()> {
    let sources = workspace::tests_folder().join("bench");
    dependencies::npm_packages()?;
    dependencies::npm_packages_of(&sources, "the benchmark's")?;
    let chromium = dependencies::engines::chromium()?;
    let served = workspace::artifact_dir("bench-site");
    files::remove_folder(&served)?;
    let packed = site::build_with_features(&served.join("site"), &["bench"])?;
    for file in files::entries(&sources)?
        .iter()
        .filter(|path| path.is_file())
    {
        fs::copy(file, served.join(files::name(file)))?;
    }
    // The benchmark's own modules import the site's by fixed names.
    let assets = assets::prefix(&served.join("site"))?;
    files::copy_folder(&served.join("site").join(&assets), &served.join("assets"))?;
    for peer in PEERS {
        let from = sources.join("node_modules").join(peer);
        fs::copy(&from, served.join(files::name(&from)))?;
    }
    let server = server::start(&served, 0, packed.below("site"))?;
    run(Command::new("node")
        .arg(sources.join("run.mjs"))
        .env("SITE", server.address())
        .env("ASSETS", assets)
        .env("CHROMIUM", chromium)
        .env("REPORT", folder.join("browser.json")))
}
