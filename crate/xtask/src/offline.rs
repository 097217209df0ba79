//! What the service worker keeps: every file that the site's pages may load, with its digest.

use crate::files;
use crate::modules::{self, Graph};
use crate::pages;
use crate::site::WASM;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The service worker, and the line in it that the build fills.
const WORKER: &str = "sw.js";
const LINE: &str = "const FILES = {};";

/// Writes the list into the site's service worker.
pub fn write(site: &Path) -> Result<()> {
    let list = list(site)?;
    let path = site.join(WORKER);
    let source = fs::read_to_string(&path)?;
    let (before, after) = source
        .split_once(LINE)
        .with_context(|| format!("{WORKER} does not hold `{LINE}`"))?;
    fs::write(path, format!("{before}{list}{after}"))?;
    Ok(())
}

/// The files as a JavaScript object, each with its SHA-256.
fn list(site: &Path) -> Result<String> {
    let mut list = String::from("const FILES = {\n");
    for name in names(site)? {
        let bytes =
            fs::read(site.join(&name)).with_context(|| format!("{name} is kept offline"))?;
        let digest: String = Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        writeln!(list, "  '{name}': '{digest}',")?;
    }
    list += "};";
    Ok(list)
}

/// Every page that loads scripts, and what it may load. A page that was left out would come from the network, and its
/// modules from an older version.
fn names(site: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::from([WASM.to_string()]);
    names.extend(modules::STYLES.map(String::from));
    // embed.js chooses the page's module as it runs.
    let mut entries = vec![modules::PAGE.to_string(), modules::WORKER.into()];
    for page in pages::with_scripts(site)? {
        names.insert(page.name);
        names.extend(page.files);
        entries.extend(page.scripts);
    }
    let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
    let graph = Graph::reached_from(site, &entries)?;
    names.extend(graph.modules().map(|(name, _)| name.into()));
    for file in files::entries(&site.join("data"))? {
        names.insert(format!("data/{}", files::name(&file)));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_kept_with_all_that_it_may_load() {
        let site =
            std::env::temp_dir().join(format!("gradient-flow-offline-{}", std::process::id()));
        fs::create_dir_all(site.join("data")).unwrap();
        for (name, text) in [
            (
                "index.html",
                "<link rel=\"icon\" href=\"icon.svg\" /><script type=\"module\" src=\"page.js\"></script>",
            ),
            (
                "more.html",
                "<link rel=\"stylesheet\" href=\"more.css\" /><script src=\"more.js\"></script>",
            ),
            (
                "alone.html",
                "<link rel=\"icon\" href=\"no.svg\" /><script>let a;</script>",
            ),
            (modules::PAGE, "import('./later.js');"),
            (modules::WORKER, ""),
            (modules::WIDGET, ""),
            ("later.js", ""),
            ("more.js", ""),
            ("data/table", ""),
        ] {
            fs::write(site.join(name), text).unwrap();
        }
        let found = names(&site);
        fs::remove_dir_all(&site).unwrap();
        let expected = [
            WASM,
            "gradient-flow.css",
            "data/table",
            "index.html",
            "icon.svg",
            "later.js",
            "more.css",
            "more.html",
            "more.js",
            modules::PAGE,
            modules::WORKER,
        ];
        assert_eq!(found.unwrap(), expected.map(String::from).into());
    }
}
