//! The whole laboratory in one file: `gradient-flow.html` opens from a disk, an e-mail or a sandboxed frame.
//!
//! Such a page can load neither modules nor any other file. So the modules become functions within one function, from
//! which the worker's code is made too; wasm, data and style sheets stand before it as text:
//!
//! ```text
//! globalThis.gradientFlowFiles = { 'wasm/... .deflate': 'base64', ... };
//! (globalThis.gradientFlowProgram = function (start, self, postMessage) {
//!   const modules = { 'page.js'(exports, get, bring) { ... }, ... };
//!   ...
//! })('page.js', ...);
//! ```
//!
//! A script of this form that ends with the notebook's module is Python's `widget.js` (wheel.rs).
//!
//! functions.rs makes the functions.

use super::functions::{self, Expressions};
use super::layout::{
    DATA, MAP_WORKER_MODULE, ONE_FILE_PAGE, ONE_FILE_SCRIPT, PAGE_MODULE, REQUIREMENTS_SCRIPT,
    STYLES, TOOLS_WASM, TRIALS_WORKER_MODULE, WASM, WORKER_MODULE,
};
use super::modules::Graph;
use crate::files;
use crate::pack::{base64, deflate};
use anyhow::{Context, Result, bail};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Writes the script into the site, on its own and within the one-file page.
pub fn write(site: &Path) -> Result<()> {
    let script = script(site, PAGE_MODULE)?;
    let page = fs::read_to_string(site.join(ONE_FILE_PAGE))?;
    let requirements = fs::read_to_string(site.join(REQUIREMENTS_SCRIPT))?;
    let page = inline(&page, REQUIREMENTS_SCRIPT, &requirements)?;
    let page = inline(&page, ONE_FILE_SCRIPT, &script)?;
    fs::write(site.join(ONE_FILE_PAGE), page)?;
    fs::write(site.join(ONE_FILE_SCRIPT), script)?;
    Ok(())
}

/// Puts a script into the page, in the place of the tag that names it.
fn inline(page: &str, name: &str, script: &str) -> Result<String> {
    let reference = format!("<script src=\"{name}\"></script>");
    let (before, after) = page
        .split_once(&reference)
        .with_context(|| format!("{ONE_FILE_PAGE} does not contain {reference}"))?;
    if script.contains("</script") || script.contains("<!--") {
        bail!("{name} contains text that would end its script in {ONE_FILE_PAGE}");
    }
    Ok(format!("{before}<script>\n{script}</script>{after}"))
}

/// A script that contains all modules and files. It runs the module `start`; its last expression is what that exports.
pub fn script(site: &Path, start: &str) -> Result<String> {
    let entries = [
        start,
        WORKER_MODULE,
        TRIALS_WORKER_MODULE,
        MAP_WORKER_MODULE,
    ];
    let graph = Graph::with_inlined_assets(site, &entries)?;
    let mut script = String::from("globalThis.gradientFlowFiles = {\n");
    for name in STYLES {
        let style = fs::read_to_string(site.join(name))?;
        writeln!(script, "'{name}': {},", template_literal(&style))?;
    }
    for name in [WASM, TOOLS_WASM] {
        let wasm = deflate(&fs::read(site.join(name))?)?;
        writeln!(script, "'{name}.deflate': '{}',", base64(&wasm))?;
    }
    for file in files::entries(&site.join(DATA))? {
        let name = files::relative_name(&file, site)?;
        let bytes = base64(&fs::read(&file)?);
        writeln!(script, "'{name}': '{bytes}',")?;
    }
    script += "};\n(globalThis.gradientFlowProgram = function (start, self, postMessage) {\n'use strict';\n";
    script += "const made = {};\n";
    script += functions::GET;
    script += "const modules = {\n";
    let expressions = Expressions {
        import: &|name| format!("bring('{name}')"),
        url: &|name| bail!("import.meta means nothing in one file: {name}"),
    };
    script += &functions::of_modules(graph.modules(), &expressions)?;
    writeln!(
        script,
        "}};\nreturn get(start);\n}})('{start}', self, self.postMessage)"
    )?;
    Ok(script)
}

/// A text as a JavaScript template literal.
pub fn template_literal(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('`', "\\`")
        .replace("${", "\\${");
    format!("`{escaped}`")
}
