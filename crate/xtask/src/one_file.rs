//! The whole laboratory in one file: `gradient-flow.html` opens from a disk, a mail or a sandbox.
//!
//! There a page may load neither modules nor anything else. So the modules become functions within one
//! function, which the worker's code is made from too; wasm, data and style stand beside it as text:
//!
//! ```text
//! globalThis.gradientFlowFiles = { 'wasm/... .deflate': 'base64', ... };
//! (globalThis.gradientFlowProgram = function (start, self, postMessage) {
//!   const modules = { 'page.js'(exports, get, bring) { ... }, ... };
//!   ...
//! })('page.js', ...);
//! ```
//!
//! The same, ending with a module for notebooks, is Python's `widget.js` (wheel.rs).
//!
//! This is no bundler for everybody's code: it knows the forms of import and export that ours and
//! wasm-bindgen's modules have, and refuses others.

use crate::files;
use crate::modules::{self, Graph, Module, Statement};
use crate::site::deflate;
use anyhow::{Context, Result, anyhow, bail};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The script by itself, for a page in a sandbox, and the page that has it inside.
const SCRIPT: &str = "one-file.js";
const PAGE: &str = "gradient-flow.html";

/// Writes both into the site, from what is there.
pub fn write(site: &Path) -> Result<()> {
    let script = script(site, modules::PAGE)?;
    let page = fs::read_to_string(site.join(PAGE))?;
    let reference = format!("<script src=\"{SCRIPT}\"></script>");
    let (before, after) = page
        .split_once(&reference)
        .with_context(|| format!("{PAGE} does not hold {reference}"))?;
    if script.contains("</script") || script.contains("<!--") {
        bail!("a module holds what would end its script in {PAGE}");
    }
    fs::write(
        site.join(PAGE),
        format!("{before}<script>\n{script}</script>{after}"),
    )?;
    fs::write(site.join(SCRIPT), script)?;
    Ok(())
}

/// A script that holds everything, runs the module `start`, and whose last expression is what that exports.
pub fn script(site: &Path, start: &str) -> Result<String> {
    let graph = Graph::with_inlined_assets(site, &[start, modules::WORKER])?;
    let mut script = String::from("globalThis.gradientFlowFiles = {\n");
    for name in modules::STYLES {
        let style = fs::read_to_string(site.join(name))?;
        writeln!(script, "'{name}': {},", template(&style))?;
    }
    let wasm = "wasm/gradient_flow_bg.wasm";
    let packed = deflate(&fs::read(site.join(wasm))?)?;
    writeln!(script, "'{wasm}.deflate': '{}',", base64(&packed))?;
    for table in files::entries(&site.join("data"))? {
        let name = files::name(&table);
        let bytes = base64(&fs::read(&table)?);
        writeln!(script, "'data/{name}': '{bytes}',")?;
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
    for statement in modules::statements(&module.source)? {
        let mut line = match statement {
            Statement::Import { bindings, path } => {
                let get = format!("get('{}')", modules::resolve(&module.file, &path)?);
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
        // From the last one, so that the places of those before stay.
        for path in modules::dynamic_imports_in(&line)?.into_iter().rev() {
            let name = modules::resolve(&module.file, &line[path.clone()])?;
            let call = path.start - "import('".len()..path.end + "')".len();
            line.replace_range(call, &format!("bring('{name}')"));
        }
        if line.contains("import.meta") {
            bail!("import.meta means nothing in one file: {line}");
        }
        body += &line;
        body.push('\n');
    }
    // Classes and constants have their values by now.
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

/// A text as a JavaScript template.
fn template(text: &str) -> String {
    let escaped = text
        .replace('\\', "\\\\")
        .replace('`', "\\`")
        .replace("${", "\\${");
    format!("`{escaped}`")
}

/// Bytes in base64, with padding.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let mut bits = [0; 3];
        bits[..three.len()].copy_from_slice(three);
        let bits = u32::from_be_bytes([0, bits[0], bits[1], bits[2]]);
        for digit in 0..4 {
            text.push(if digit <= three.len() {
                char::from(DIGITS[(bits >> (18 - 6 * digit) & 63) as usize])
            } else {
                '='
            });
        }
    }
    text
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
            "const { default: a } = get('y/a.js');\nconst b = get('y/a.js');\nconst { c, d: e, } = get('x/c.js');\nget('y/f.js');\nclass G {\n  /** @type {import('./types.js').T} */ #x = 1;\n  y = () => [bring('y/h.js'), bring('h.js')];\n}\nconst i = 1;\nasync function j() {}\nexports.G = G;\nexports.i = i;\nexports.j = j;\nexports.k = k;\nexports.default = l;\n"
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

    #[test]
    fn base64_is_base64() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
        assert_eq!(base64(&[0xff, 0xfe, 0xfd]), "//79");
    }
}
