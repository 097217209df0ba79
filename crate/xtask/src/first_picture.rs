//! What the laboratory loads before its first picture, derived from its page and the static imports of its modules.
//!
//! A browser test compares this with what a browser asks for.

use crate::modules::{self, Graph};
use crate::pages::{INDEX, Page};
use crate::site::WASM;
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The table of the default data set.
const DEFAULT_TABLE: &str = "data/digits.csv.deflate";

/// The line of index.html that the build fills with what its browser shall ask for at once. Otherwise it would ask for
/// a module when the one before has come, and for the wasm when the last has run.
const PRELOADS: &str = "<!-- preloads -->";

/// The names of all files, relative to the site.
pub fn files(site: &Path) -> Result<BTreeSet<String>> {
    let page = Page::read(site, INDEX)?;
    let mut names = loaded_before_running(site, &page.scripts)?;
    names.extend(loaded_before_running(site, &[modules::WORKER.into()])?);
    names.extend([INDEX, WASM, DEFAULT_TABLE].map(String::from));
    names.extend(page.files);
    Ok(names)
}

/// Names in index.html the wasm and the modules of its first picture, but for those that its markup names already.
pub fn write_preloads(site: &Path) -> Result<()> {
    let path = site.join(INDEX);
    let source = fs::read_to_string(&path)?;
    let (before, after) = source
        .split_once(PRELOADS)
        .with_context(|| format!("{INDEX} does not hold `{PRELOADS}`"))?;
    let scripts = Page::read(site, INDEX)?.scripts;
    // The largest first.
    let mut links = format!(r#"<link rel="preload" href="{WASM}" as="fetch" crossorigin />"#);
    for module in loaded_before_running(site, &scripts)? {
        if !scripts.contains(&module) {
            links += &format!("\n    <link rel=\"modulepreload\" href=\"{module}\" />");
        }
    }
    fs::write(path, format!("{before}{links}{after}"))?;
    Ok(())
}

/// Some modules and all that they import statically.
fn loaded_before_running(site: &Path, entries: &[String]) -> Result<BTreeSet<String>> {
    let entries: Vec<&str> = entries.iter().map(String::as_str).collect();
    let graph = Graph::reached_from(site, &entries)?;
    Ok(graph.static_closure(&entries))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_picture_follows_static_imports() {
        let site = std::env::temp_dir().join(format!("gradient-flow-first-{}", std::process::id()));
        fs::create_dir_all(site.join("x")).unwrap();
        for (name, text) in [
            (
                INDEX,
                "<link rel=\"icon\" href=\"icon.svg\" />\n    <!-- preloads -->\n<script type=\"module\" src=\"a.js\"></script>",
            ),
            ("a.js", "import './x/b.js';"),
            ("x/b.js", "import '../c.js';\nimport('./later.js');"),
            ("c.js", ""),
            ("x/later.js", "import '../d.js';"),
            ("d.js", ""),
            (
                modules::WORKER,
                "import './in-worker.js';\nimport './c.js';",
            ),
            ("in-worker.js", ""),
        ] {
            fs::write(site.join(name), text).unwrap();
        }
        let before = files(&site).unwrap();
        write_preloads(&site).unwrap();
        let page = fs::read_to_string(site.join(INDEX)).unwrap();
        fs::remove_dir_all(&site).unwrap();
        let expected = [
            INDEX,
            WASM,
            DEFAULT_TABLE,
            modules::WORKER,
            "a.js",
            "c.js",
            "icon.svg",
            "in-worker.js",
            "x/b.js",
        ];
        assert_eq!(before, expected.map(String::from).into());
        let preloaded = r#"<link rel="icon" href="icon.svg" />
    <link rel="preload" href="wasm/gradient_flow_bg.wasm" as="fetch" crossorigin />
    <link rel="modulepreload" href="c.js" />
    <link rel="modulepreload" href="x/b.js" />
<script type="module" src="a.js"></script>"#;
        assert_eq!(page, preloaded);
    }
}
