//! Joins the modules that the page loads first into one file, and those of the worker into another.
//!
//! A browser would ask for sixty small files, over HTTP/1.1 six at a time, each compressed on its own. In the place of each
//! joined module there is a short one that takes its exports out of the joined file, for pages and for modules that are
//! loaded later. The JavaScript of the wasm stays a file of its own, for both files need it, and so does what pages also run as
//! a classic script.

use super::functions::{self, Expressions, declared};
use super::imports::{Statement, statements};
use super::layout::{
    JOINED_MODULE, PAGE_MODULE, REQUIREMENTS_SCRIPT, WASM_BINDINGS, WORKER_MODULE,
};
use super::modules::{Graph, Module};
use anyhow::Result;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// What stays a file of its own.
const KEPT: [&str; 2] = [WASM_BINDINGS, REQUIREMENTS_SCRIPT];

/// Rewrites the site's modules.
pub fn write(site: &Path) -> Result<()> {
    let graph = Graph::reached_from(site, &[PAGE_MODULE, WORKER_MODULE])?;
    let page = Joined::of(&graph, PAGE_MODULE);
    // Before the page's modules are replaced: the worker has its own copies of what both need.
    let worker = Joined::of(&graph, WORKER_MODULE).script(WORKER_MODULE)?;
    let mut script = page.script(JOINED_MODULE)?;
    script += "export { get };\n";
    for (name, module) in &page.modules {
        fs::write(site.join(name), stand_in(name, module)?)?;
    }
    fs::write(site.join(JOINED_MODULE), script)?;
    fs::write(
        site.join(WORKER_MODULE),
        format!("{worker}get('{WORKER_MODULE}');\n"),
    )?;
    Ok(())
}

/// The modules that one file contains.
struct Joined<'a> {
    modules: BTreeMap<&'a str, &'a Module>,
    /// What they import beside each other.
    kept: Vec<&'static str>,
}

impl<'a> Joined<'a> {
    fn of(graph: &'a Graph, start: &str) -> Self {
        let closure = graph.static_closure(&[start]);
        let modules = graph.modules();
        Joined {
            modules: modules
                .filter(|(name, _)| closure.contains(*name) && !KEPT.contains(name))
                .collect(),
            kept: KEPT
                .into_iter()
                .filter(|name| closure.contains(*name))
                .collect(),
        }
    }

    /// The script of these modules, whose `get` gives each, in the file `file` of the site.
    fn script(&self, file: &str) -> Result<String> {
        let (mut script, mut made) = (String::new(), Vec::new());
        for (index, name) in self.kept.iter().enumerate() {
            let path = relative(file, name);
            writeln!(script, "import * as kept{index} from '{path}';")?;
            made.push(format!("'{name}': kept{index}"));
        }
        writeln!(script, "const made = {{ {} }};", made.join(", "))?;
        // A constant, for bundlers take `new URL('…', import.meta.url)` for a file to copy.
        script += "const here = import.meta.url;\n";
        script += functions::GET;
        script += "const modules = {\n";
        let import = |name: &str| {
            if self.modules.contains_key(name) {
                format!("bring('{name}')")
            } else {
                format!("import('{}')", relative(file, name))
            }
        };
        // As if the module were still in its own file.
        let url = |name: &str| Ok(format!("new URL('{}', here).href", relative(file, name)));
        script += &functions::of_modules(
            self.modules.iter().map(|(name, module)| (*name, *module)),
            &Expressions {
                import: &import,
                url: &url,
            },
        )?;
        script += "};\n";
        Ok(script)
    }
}

/// The module that stands in the place of a joined one.
fn stand_in(name: &str, module: &Module) -> Result<String> {
    let mut exports = Vec::new();
    for statement in statements(&module.source)? {
        match statement {
            Statement::ExportList(list) => exports.extend(
                list.split(", ")
                    .map(|item| item.split_once(" as ").map_or(item, |(_, public)| public)),
            ),
            Statement::ExportedDeclaration(line) => exports.extend(declared(line)),
            Statement::Import { .. } | Statement::Code(_) => {}
        }
    }
    let mut text = format!(
        "import {{ get }} from '{}';\n",
        relative(name, JOINED_MODULE)
    );
    if exports.is_empty() {
        writeln!(text, "get('{name}');")?;
    } else {
        let exports = exports.join(", ");
        writeln!(text, "export const {{ {exports} }} = get('{name}');")?;
    }
    Ok(text)
}

/// How the file `from` names the file `name`.
fn relative(from: &str, name: &str) -> String {
    let up = "../".repeat(from.matches('/').count());
    format!("{}{name}", if up.is_empty() { "./" } else { &up })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    #[test]
    fn first_modules_are_joined_and_stay_to_be_imported() {
        let site = files::site_of(
            "join",
            &[
                (WASM_BINDINGS, "export const wasm = 1;"),
                (REQUIREMENTS_SCRIPT, "self.checked = 1;"),
                (
                    PAGE_MODULE,
                    "import * as w from '../wasm/gradient_flow.js';\nimport '../shared/requirements.js';\nimport { a } from '../shared/a.js';\nimport('../later.js');\nimport('../shared/a.js');",
                ),
                (
                    "shared/a.js",
                    "export const a = import.meta.url;\nfunction b() {}\nexport { b as c };",
                ),
                ("later.js", "import { a } from './shared/a.js';"),
                (
                    WORKER_MODULE,
                    "import '../wasm/gradient_flow.js';\nimport { a } from '../shared/a.js';\nimport('../later.js');",
                ),
            ],
        );
        write(&site).unwrap();
        let read = |name: &str| fs::read_to_string(site.join(name)).unwrap();
        let [joined, page, a, later, worker] = [
            JOINED_MODULE,
            PAGE_MODULE,
            "shared/a.js",
            "later.js",
            WORKER_MODULE,
        ]
        .map(read);
        // The build understands what it has made.
        let graph = Graph::reached_from(&site, &[PAGE_MODULE, WORKER_MODULE]);
        files::remove_folder(&site).unwrap();
        let names = graph.unwrap().static_closure(&[PAGE_MODULE]);
        let first = [
            JOINED_MODULE,
            PAGE_MODULE,
            REQUIREMENTS_SCRIPT,
            WASM_BINDINGS,
        ];
        assert!(names.iter().eq(first), "{names:?}");

        assert_eq!(
            page,
            "import { get } from '../joined.js';\nget('pages/page.js');\n"
        );
        assert_eq!(
            a,
            "import { get } from '../joined.js';\nexport const { a, c } = get('shared/a.js');\n"
        );
        assert_eq!(later, "import { a } from './shared/a.js';");
        assert_eq!(
            joined,
            format!(
                "import * as kept0 from './wasm/gradient_flow.js';\nimport * as kept1 from './shared/requirements.js';\nconst made = {{ 'wasm/gradient_flow.js': kept0, 'shared/requirements.js': kept1 }};\nconst here = import.meta.url;\n{}const modules = {{\n'pages/page.js'(exports, get, bring) {{\nconst w = get('wasm/gradient_flow.js');\nget('shared/requirements.js');\nconst {{ a }} = get('shared/a.js');\nimport('./later.js');\nbring('shared/a.js');\n}},\n'shared/a.js'(exports, get, bring) {{\nconst a = new URL('./shared/a.js', here).href;\nfunction b() {{}}\nexports.a = a;\nexports.c = b;\n}},\n}};\nexport {{ get }};\n",
                functions::GET
            )
        );
        assert!(worker.starts_with("import * as kept0 from '../wasm/gradient_flow.js';\nconst made = { 'wasm/gradient_flow.js': kept0 };\n"));
        assert!(worker.contains("import('../later.js');\n}"), "{worker}");
        assert!(
            worker.contains("new URL('../shared/a.js', here).href"),
            "{worker}"
        );
        assert!(
            worker.ends_with("};\nget('training/worker.js');\n"),
            "{worker}"
        );
    }
}
