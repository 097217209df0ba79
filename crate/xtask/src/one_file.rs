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

use crate::comments;
use crate::files;
use crate::site::deflate;
use anyhow::{Context, Result, anyhow, bail};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The module from which a page's others are reached, and a worker's.
const PAGE_MODULE: &str = "page.js";
const WORKER_MODULE: &str = "worker.js";
/// The module that knows where files come from, and the one in its place where they are in the page.
const ASSETS: [&str; 2] = ["assets.js", "inlined.js"];
/// The script by itself, for a page in a sandbox, and the page that has it inside.
const SCRIPT: &str = "one-file.js";
const PAGE: &str = "gradient-flow.html";

/// Writes both into the site, from what is there.
pub fn write(site: &Path) -> Result<()> {
    let script = script(site, PAGE_MODULE)?;
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

/// The names of all modules that are reached from some.
pub fn modules(site: &Path, starts: &[&str]) -> Result<Vec<String>> {
    let mut modules = BTreeMap::new();
    for start in starts {
        collect(site, start, &mut modules)?;
    }
    Ok(modules.into_keys().collect())
}

/// A script that holds everything, runs the module `start`, and whose last expression is what that exports.
pub fn script(site: &Path, start: &str) -> Result<String> {
    let mut modules = BTreeMap::new();
    for start in [start, WORKER_MODULE] {
        collect(site, start, &mut modules)?;
    }
    let mut script = String::from("globalThis.gradientFlowFiles = {\n");
    let style = fs::read_to_string(site.join("gradient-flow.css"))?;
    writeln!(script, "'gradient-flow.css': {},", template(&style))?;
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
    for (name, body) in &modules {
        writeln!(script, "'{name}'(exports, get, bring) {{\n{body}}},")?;
    }
    writeln!(
        script,
        "}};\nreturn get(start);\n}})('{start}', self, self.postMessage)"
    )?;
    Ok(script)
}

/// A module and all that it imports, as bodies of functions.
fn collect(site: &Path, name: &str, modules: &mut BTreeMap<String, String>) -> Result<()> {
    if modules.contains_key(name) {
        return Ok(());
    }
    let file = if name == ASSETS[0] { ASSETS[1] } else { name };
    let source = fs::read_to_string(site.join(file))
        .with_context(|| format!("the module {name} is not in the site"))?;
    let module = translate(name, &source).with_context(|| format!("in the module {file}"))?;
    modules.insert(name.into(), module.body);
    for import in module.imports {
        collect(site, &import, modules)?;
    }
    Ok(())
}

struct Module {
    body: String,
    imports: Vec<String>,
}

/// Turns a module into the body of a function of `exports`, `get` (a module at once) and `bring` (a promise of it).
fn translate(name: &str, source: &str) -> Result<Module> {
    let mut module = Module {
        body: String::new(),
        imports: Vec::new(),
    };
    let mut exported = String::new();
    let source = comments::without(source);
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("import ") {
            let mut statement = line.to_string();
            while !statement.ends_with(';') {
                let more = lines.next().context("an import without an end")?;
                statement = format!("{statement} {}", more.trim());
            }
            let (names, from) = import(&statement)?;
            let from = beside(name, from);
            for line in names {
                writeln!(
                    module.body,
                    "{}",
                    line.replace("{}", &format!("get('{from}')"))
                )?;
            }
            module.imports.push(from);
            continue;
        }
        let mut line = line.to_string();
        if let Some(rest) = line.strip_prefix("export ") {
            if let Some(list) = rest.strip_prefix("{ ").and_then(|r| r.strip_suffix(" };")) {
                for item in list.split(", ") {
                    let (own, public) = item.split_once(" as ").unwrap_or((item, item));
                    writeln!(exported, "exports.{public} = {own};")?;
                }
                continue;
            }
            let own = declared(rest).ok_or_else(|| anyhow!("not understood: {line}"))?;
            writeln!(exported, "exports.{own} = {own};")?;
            line = rest.to_string();
        }
        while let Some(start) = line
            .find("import('./")
            .filter(|at| !line[..*at].ends_with('{'))
        {
            let path = &line[start + "import('".len()..];
            let path = &path[..path.find('\'').context("an import without an end")?];
            let target = beside(name, path);
            line = line.replacen(
                &format!("import('{path}')"),
                &format!("bring('{target}')"),
                1,
            );
            module.imports.push(target);
        }
        if line.contains("import.meta") {
            bail!("import.meta means nothing in one file: {line}");
        }
        module.body += &line;
        module.body.push('\n');
    }
    // Classes and constants have their values by now.
    module.body += &exported;
    Ok(module)
}

/// `import a, { b as c } from './d.js';` as lines in which {} is the module, and the path.
fn import(statement: &str) -> Result<(Vec<String>, &str)> {
    let unknown = || anyhow!("not understood: {statement}");
    let rest = statement
        .trim_start_matches("import ")
        .trim_end_matches(';');
    let (names, path) = rest.split_once(" from ").unwrap_or(("", rest));
    let path = path.trim_matches('\'');
    if !path.starts_with("./") {
        return Err(unknown());
    }
    let mut lines = Vec::new();
    let mut rest = names.trim();
    if rest.is_empty() {
        return Ok((vec!["{};".into()], path));
    }
    while !rest.is_empty() {
        if let Some(list) = rest.strip_prefix("{ ") {
            let (list, more) = list.split_once(" }").ok_or_else(unknown)?;
            lines.push(format!(
                "const {{ {} }} = {{}};",
                list.replace(" as ", ": ")
            ));
            rest = more;
        } else {
            let (item, more) = rest.split_once(',').unwrap_or((rest, ""));
            match item.trim().strip_prefix("* as ") {
                Some(all) => lines.push(format!("const {all} = {{}};")),
                None => lines.push(format!("const {{ default: {} }} = {{}};", item.trim())),
            }
            rest = more;
        }
        rest = rest.trim_start_matches(',').trim();
    }
    Ok((lines, path))
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

/// The path in the site of what the module `name` calls `path`.
fn beside(name: &str, path: &str) -> String {
    let folder = name.rfind('/').map_or("", |end| &name[..=end]);
    format!("{folder}{}", path.trim_start_matches("./"))
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

    #[test]
    fn modules_become_functions() {
        let source = "// @ts-check\n/** Why.\n * `import('./no.js')` */\nimport a, * as b from './a.js';\nimport {\n  c,\n  d as e,\n} from './x/c.js';\nimport './f.js';\n\nexport class G {\n  /** @type {import('./types.js').T} */ #x = 1;\n  y = () => import('./h.js');\n}\nexport const i = 1;\nexport async function j() {}\nexport { k, l as default };\n";
        let module = translate("page.js", source).unwrap();
        assert_eq!(
            module.body,
            "const { default: a } = get('a.js');\nconst b = get('a.js');\nconst { c, d: e, } = get('x/c.js');\nget('f.js');\nclass G {\n  /** @type {import('./types.js').T} */ #x = 1;\n  y = () => bring('h.js');\n}\nconst i = 1;\nasync function j() {}\nexports.G = G;\nexports.i = i;\nexports.j = j;\nexports.k = k;\nexports.default = l;\n"
        );
        assert_eq!(module.imports, ["a.js", "x/c.js", "f.js", "h.js"]);
        assert_eq!(
            translate("x/c.js", "import './d.js';").unwrap().imports,
            ["x/d.js"]
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for source in [
            "import a from 'a';",
            "export default 1;",
            "export * from './a.js';",
            "const url = new URL('./a', import.meta.url);",
            "import a from './a.js'",
        ] {
            assert!(translate("page.js", source).is_err(), "{source}");
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
