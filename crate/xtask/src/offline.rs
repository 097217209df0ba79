//! What the service worker keeps: every file that the site's pages may load, with its digest.

use crate::files;
use crate::modules::{self, Graph};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The service worker, and the line in it that the build fills.
const WORKER: &str = "sw.js";
const LINE: &str = "const FILES = {};";
/// The pages that load modules, and what they name in their markup. All of them: a page that was left out would
/// come from the network and its modules from an older version.
const PAGES: [&str; 7] = [
    "index.html",
    "embed.html",
    "embed.js",
    "docs.html",
    "docs.css",
    "gradient-flow.css",
    "icon.svg",
];

/// Writes the list into the site's service worker.
pub fn write(site: &Path) -> Result<()> {
    let graph = Graph::reached_from(site, &[modules::PAGE, modules::DOCS, modules::WORKER])?;
    let mut names: Vec<String> = graph.modules().map(|(name, _)| name.into()).collect();
    names.extend(PAGES.map(String::from));
    names.push("wasm/gradient_flow_bg.wasm".into());
    for table in files::entries(&site.join("data"))? {
        names.push(format!("data/{}", files::name(&table)));
    }
    names.sort();
    let mut list = String::from("const FILES = {\n");
    for name in names {
        let bytes =
            fs::read(site.join(&name)).with_context(|| format!("{name} is kept offline"))?;
        let digest: String = Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        writeln!(list, "  '{name}': '{digest}',")?;
    }
    list += "};";
    let path = site.join(WORKER);
    let source = fs::read_to_string(&path)?;
    let (before, after) = source
        .split_once(LINE)
        .with_context(|| format!("{WORKER} does not hold `{LINE}`"))?;
    fs::write(path, format!("{before}{list}{after}"))?;
    Ok(())
}
