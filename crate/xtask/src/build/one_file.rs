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
//! This is not a general bundler; imports.rs says which forms of import and export it knows.

use super::imports::{Statement, dynamic_imports, resolve, statements};
use super::layout::{
    DATA, ONE_FILE_PAGE, ONE_FILE_SCRIPT, PAGE_MODULE, REQUIREMENTS_SCRIPT, STYLES, TOOLS_WASM,
    WASM, WORKER_MODULE,
};
use super::modules::{Graph, Module};
use crate::files;
use crate::pack::{base64, deflate};
use anyhow::{Context, Result, anyhow, bail};
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
    let graph = Graph::with_inlined_assets(site, &[start, WORKER_MODULE])?;
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
    script += "const get = (name) => {\n  if (!(name in made)) modules[name]((made[name] = {}), get, bring);\n  return made[name];\n};\n";
    script += "const bring = async (name) => get(name);\nconst modules = {\n";
    for (name, module) in graph.modules() {
        let body = translate(module).with_context(|| format!("in the module {}", module.file))?;
        writeln!(script, "'{name}'(exports, get, bring) {{\n{body}}},")?;
    }
    writeln!(
        script,
        "}};\nreturn get(start);\n}})('{start}', self, self.postMessage)"
    )?;
    Ok(script)
}

/// Turns a module into the body of a function of `exports`, `get` (a module at once) and `bring` (a promise of it).
fn translate(module: &Module) -> Result<String> {
    let (mut body, mut exported) = (String::new(), String::new());
    for statement in statements(&module.source)? {
        let mut line = match statement {
            Statement::Import { bindings, path } => {
                let get = format!("get('{}')", resolve(&module.file, &path)?);
                body += &import(&bindings, &get)?;
                continue;
            }
            Statement::ExportList(list) => {
                for item in list.split(", ") {
                    let (own, public) = item.split_once(" as ").unwrap_or((item, item));
                    writeln!(exported, "exports.{public} = {own};")?;
                }
                continue;
            }
            Statement::ExportedDeclaration(line) => {
                let own = declared(line).ok_or_else(|| anyhow!("not understood: {line}"))?;
                writeln!(exported, "exports.{own} = {own};")?;
                line.to_string()
            }
            Statement::Code(line) => line.to_string(),
        };
        // Backwards, so that a replacement does not move those still to come.
        for path in dynamic_imports(&line)?.into_iter().rev() {
            let name = resolve(&module.file, &line[path.clone()])?;
            let call = path.start - "import('".len()..path.end + "')".len();
            line.replace_range(call, &format!("bring('{name}')"));
        }
        if line.contains("import.meta") {
            bail!("import.meta means nothing in one file: {line}");
        }
        body += &line;
        body.push('\n');
    }
    // Exports come last: classes and constants have no values before.
    Ok(body + &exported)
}

/// The bindings of an import, `a, * as b` or `a, { b as c }`, as lines that take them from the module `get`.
fn import(bindings: &str, get: &str) -> Result<String> {
    let mut lines = String::new();
    let mut rest = bindings;
    if rest.is_empty() {
        return Ok(format!("{get};\n"));
    }
    while !rest.is_empty() {
        if let Some(list) = rest.strip_prefix("{ ") {
            let (list, more) = list
                .split_once(" }")
                .ok_or_else(|| anyhow!("not understood: import {bindings}"))?;
            writeln!(lines, "const {{ {} }} = {get};", list.replace(" as ", ": "))?;
            rest = more;
        } else {
            let (item, more) = rest.split_once(',').unwrap_or((rest, ""));
            match item.trim().strip_prefix("* as ") {
                Some(all) => writeln!(lines, "const {all} = {get};")?,
                None => writeln!(lines, "const {{ default: {} }} = {get};", item.trim())?,
            }
            rest = more;
        }
        rest = rest.trim_start_matches(',').trim();
    }
    Ok(lines)
}

/// The name that `class X`, `function x`, `async function x` or `const x` declares.
fn declared(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("async ").unwrap_or(line);
    let rest = ["class ", "function ", "const "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$')?;
    (end > 0).then_some(&rest[..end])
}

/// A text as a JavaScript template literal.
pub fn template_literal(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('`', "\\`")
        .replace("${", "\\${");
    format!("`{escaped}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translated(file: &str, source: &str) -> Result<String> {
        translate(&Module::parse(file, source)?)
    }

    #[test]
    fn modules_become_functions() {
        let source = "// @ts-check\n/** Why.\n * `import('./no.js')` */\nimport a, * as b from './a.js';\nimport {\n  c,\n  d as e,\n} from '../x/c.js';\nimport './f.js';\n\nexport class G {\n  /** @type {import('./types.js').T} */ #x = 1;\n  y = () => [import('./h.js'), import('../h.js')];\n}\nexport const i = 1;\nexport async function j() {}\nexport { k, l as default };\n";
        assert_eq!(
            translated("y/page.js", source).unwrap(),
            "const { default: a } = get('y/a.js');\nconst b = get('y/a.js');\nconst { c, d: e, } = get('x/c.js');\nget('y/f.js');\nclass G {\n/** @type {import('./types.js').T} */ #x = 1;\ny = () => [bring('y/h.js'), bring('h.js')];\n}\nconst i = 1;\nasync function j() {}\nexports.G = G;\nexports.i = i;\nexports.j = j;\nexports.k = k;\nexports.default = l;\n"
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for source in [
            "import { a from './a.js';",
            "export default 1;",
            "const url = new URL('./a', import.meta.url);",
        ] {
            assert!(translated("page.js", source).is_err(), "{source}");
        }
    }
}
