//! What the service worker keeps for use without a network: every file that the site's pages may load, with its
//! digest, by which it recognises the files of one version.

use super::assets;
use super::layout::{
    DATA, MAP_WORKER_MODULE, PAGE_MODULE, SERVICE_WORKER, STYLES, TOOLS_WASM, TRIALS_WORKER_MODULE,
    WASM, WORKER_MODULE,
};
use super::modules::Graph;
use super::pages;
use crate::files;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The line of the service worker that the build replaces.
const PLACEHOLDER: &str = "const FILES = {};";

/// Writes the list into the site's service worker.
pub fn write(site: &Path) -> Result<()> {
    let list = list(site)?;
    let path = site.join(SERVICE_WORKER);
    let source = fs::read_to_string(&path)?;
    let (before, after) = source
        .split_once(PLACEHOLDER)
        .with_context(|| format!("{SERVICE_WORKER} does not contain `{PLACEHOLDER}`"))?;
    fs::write(path, format!("{before}{list}{after}"))?;
    Ok(())
}

/// The files as a JavaScript object, each with its SHA-256.
fn list(site: &Path) -> Result<String> {
    let mut list = String::from("const FILES = {\n");
    for name in names(site)? {
        let bytes = fs::read(site.join(&name))
            .with_context(|| format!("{name} is to be kept for use without a network"))?;
        let digest: String = Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        writeln!(list, "  '{name}': '{digest}',")?;
    }
    list += "};";
    Ok(list)
}

/// Every page that loads scripts, and all that it may load. A page left out would come from the network while its
/// modules come from an older version.
fn names(site: &Path) -> Result<BTreeSet<String>> {
    let prefix = assets::prefix(site)?;
    let asset = |name: &str| format!("{prefix}{name}");
    let mut names = BTreeSet::from([WASM, TOOLS_WASM].map(asset));
    names.extend(STYLES.map(asset));
    // No markup names the workers, nor the module that embed.js loads.
    let entries = [
        PAGE_MODULE,
        WORKER_MODULE,
        TRIALS_WORKER_MODULE,
        MAP_WORKER_MODULE,
    ];
    let mut entries = Vec::from(entries.map(asset));
    for page in pages::with_scripts(site)? {
        names.insert(page.name);
        names.extend(page.files);
        entries.extend(page.scripts);
    }
    let graph = Graph::reached_from(site, &entries)?;
    names.extend(graph.modules().map(|(name, _)| name.into()));
    for file in files::entries(&site.join(asset(DATA)))? {
        names.insert(files::relative_name(&file, site)?);
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::super::layout::WIDGET_MODULE;
    use super::*;

    #[test]
    fn every_page_is_kept_with_all_that_it_may_load() {
        let site = files::site_of(
            "offline",
            &[
                (
                    "index.html",
                    r#"<link rel="icon" href="icon.svg" /><script type="module" src="start.js"></script>"#,
                ),
                (
                    "more.html",
                    r#"<link rel="stylesheet" href="more.css" /><script src="more.js"></script>"#,
                ),
                (
                    "alone.html",
                    r#"<link rel="icon" href="no.svg" /><script>let a;</script>"#,
                ),
                ("start.js", "import('./x/later.js');"),
                ("x/later.js", ""),
                ("more.js", ""),
                (PAGE_MODULE, ""),
                (WORKER_MODULE, ""),
                (TRIALS_WORKER_MODULE, "import './loop.js';"),
                ("trials/loop.js", ""),
                (MAP_WORKER_MODULE, ""),
                (WIDGET_MODULE, ""),
                ("data/table", ""),
            ],
        );
        let found = names(&site);
        files::remove_folder(&site).unwrap();
        let mut expected = BTreeSet::from(STYLES);
        expected.extend([WASM, TOOLS_WASM, PAGE_MODULE, WORKER_MODULE, "data/table"]);
        expected.extend(["index.html", "icon.svg", "start.js", "x/later.js"]);
        expected.extend([TRIALS_WORKER_MODULE, "trials/loop.js", MAP_WORKER_MODULE]);
        expected.extend(["more.html", "more.css", "more.js"]);
        assert!(
            found.as_ref().unwrap().iter().eq(expected),
            "{:?}",
            found.unwrap()
        );
    }
}
