//! What the laboratory loads before its first picture: what its page names, and what the page's and the worker's
//! modules import statically.
//!
//! A browser test compares this with what a browser requests.

use super::assets;
use super::layout::{DEFAULT_TABLE, INDEX_PAGE, WASM, WORKER_MODULE};
use super::modules::Graph;
use super::pages::Page;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The line of index.html that the build replaces with what a browser shall request at once. Otherwise it would
/// request a module only when the one that imports it has arrived, and the wasm when the last of them runs.
const PLACEHOLDER: &str = "<!-- preloads -->";

/// The names of the files, relative to the site.
pub fn files(site: &Path) -> Result<BTreeSet<String>> {
    let page = Page::read(site, INDEX_PAGE)?;
    let mut names = static_closure(site, &page.scripts)?;
    let prefix = assets::prefix(site)?;
    names.extend(static_closure(site, &[format!("{prefix}{WORKER_MODULE}")])?);
    names.extend([WASM, DEFAULT_TABLE].map(|name| format!("{prefix}{name}")));
    names.insert(INDEX_PAGE.into());
    names.extend(page.files);
    Ok(names)
}

/// Lets index.html preload the wasm and the modules that its markup does not name.
pub fn write_preloads(site: &Path) -> Result<()> {
    let path = site.join(INDEX_PAGE);
    let source = fs::read_to_string(&path)?;
    let (before, after) = source
        .split_once(PLACEHOLDER)
        .with_context(|| format!("{INDEX_PAGE} does not contain `{PLACEHOLDER}`"))?;
    let scripts = Page::read(site, INDEX_PAGE)?.scripts;
    // The largest file comes first.
    let mut links = format!(r#"<link rel="preload" href="{WASM}" as="fetch" crossorigin />"#);
    for module in static_closure(site, &scripts)? {
        // A classic script may be imported too, and then is another request.
        if !source.contains(&format!("type=\"module\" src=\"{module}\"")) {
            links += &format!("\n    <link rel=\"modulepreload\" href=\"{module}\" />");
        }
    }
    fs::write(path, format!("{before}{links}{after}"))?;
    Ok(())
}

fn static_closure(site: &Path, entries: &[String]) -> Result<BTreeSet<String>> {
    Ok(Graph::reached_from(site, entries)?.static_closure(entries))
}

#[cfg(test)]
mod tests {
    use super::super::imports::resolve;
    use super::*;
    use crate::files::{remove_folder, site_of};

    #[test]
    fn the_first_picture_follows_static_imports() {
        let in_worker = resolve(WORKER_MODULE, "./in-worker.js").unwrap();
        let site = site_of(
            "first-picture",
            &[
                (
                    INDEX_PAGE,
                    r#"<link rel="icon" href="icon.svg" />
    <!-- preloads -->
<script type="module" src="a.js"></script><script src="x/b.js"></script>"#,
                ),
                ("a.js", "import './x/b.js';"),
                ("x/b.js", "import '../c.js';\nimport('./later.js');"),
                ("c.js", ""),
                ("x/later.js", "import '../d.js';"),
                ("d.js", ""),
                (WORKER_MODULE, "import './in-worker.js';"),
                (&in_worker, ""),
            ],
        );
        let found = files(&site);
        write_preloads(&site).unwrap();
        let page = fs::read_to_string(site.join(INDEX_PAGE)).unwrap();
        remove_folder(&site).unwrap();
        let mut expected = BTreeSet::from([INDEX_PAGE, WASM, DEFAULT_TABLE, WORKER_MODULE]);
        expected.extend(["a.js", "c.js", "icon.svg", &in_worker, "x/b.js"]);
        assert!(
            found.as_ref().unwrap().iter().eq(expected),
            "{:?}",
            found.unwrap()
        );
        let preloading = r#"<link rel="icon" href="icon.svg" />
    <link rel="preload" href="wasm/gradient_flow_bg.wasm" as="fetch" crossorigin />
    <link rel="modulepreload" href="c.js" />
    <link rel="modulepreload" href="x/b.js" />
<script type="module" src="a.js"></script><script src="x/b.js"></script>"#;
        assert_eq!(page, preloading);
    }
}
