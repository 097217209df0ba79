//! Modules as functions within one script, for the one file (one_file.rs) and for what is joined (join.rs).
//!
//! This is not a general bundler; imports.rs says which forms of import and export it knows.

use super::imports::{Statement, dynamic_imports, resolve, statements};
use super::modules::Module;
use anyhow::{Context, Result, anyhow};
use std::fmt::Write;

/// Gives a module, which runs when it is first asked for. It needs `made`, an object of the modules that have run, and
/// `modules`, an object of the functions.
pub const GET: &str = "const get = (name) => {
  if (!(name in made)) modules[name]((made[name] = {}), get, bring);
  return made[name];
};
const bring = async (name) => get(name);
";

/// Expressions for what a module says of itself and of files.
pub struct Expressions<'a> {
    /// In the place of `import('NAME')`.
    pub import: &'a dyn Fn(&str) -> String,
    /// In the place of `import.meta.url` in the module of this name.
    pub url: &'a dyn Fn(&str) -> Result<String>,
}

/// The entries of the object `modules`.
pub fn of_modules<'a>(
    modules: impl Iterator<Item = (&'a str, &'a Module)>,
    expressions: &Expressions,
) -> Result<String> {
    let mut script = String::new();
    for (name, module) in modules {
        let body = translate(module, expressions);
        let body = body.with_context(|| format!("in the module {}", module.file))?;
        writeln!(script, "'{name}'(exports, get, bring) {{\n{body}}},")?;
    }
    Ok(script)
}

/// Turns a module into the body of a function of `exports`, `get` (a module at once) and `bring` (a promise of it).
fn translate(module: &Module, expressions: &Expressions) -> Result<String> {
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
            line.replace_range(call, &(expressions.import)(&name));
        }
        if line.contains("import.meta") {
            line = line.replace("import.meta.url", &(expressions.url)(&module.file)?);
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
pub fn declared(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("async ").unwrap_or(line);
    let rest = ["class ", "function ", "const "]
        .iter()
        .find_map(|word| rest.strip_prefix(word))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$')?;
    (end > 0).then_some(&rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn translated(file: &str, source: &str) -> Result<String> {
        let expressions = Expressions {
            import: &|name| format!("bring('{name}')"),
            url: &|name| Ok(format!("'{name}'")),
        };
        translate(&Module::parse(file, source)?, &expressions)
    }

    #[test]
    fn modules_become_functions() {
        let source = "// @ts-check\n/** Why.\n * `import('./no.js')` */\nimport a, * as b from './a.js';\nimport {\n  c,\n  d as e,\n} from '../x/c.js';\nimport './f.js';\n\nexport class G {\n  /** @type {import('./types.js').T} */ #x = 1;\n  y = () => [import('./h.js'), import('../h.js')];\n}\nexport const i = 1;\nexport async function j() {}\nconst m = import.meta.url;\nexport { k, l as default };\n";
        assert_eq!(
            translated("y/page.js", source).unwrap(),
            "const { default: a } = get('y/a.js');\nconst b = get('y/a.js');\nconst { c, d: e, } = get('x/c.js');\nget('y/f.js');\nclass G {\n#x = 1;\ny = () => [bring('y/h.js'), bring('h.js')];\n}\nconst i = 1;\nasync function j() {}\nconst m = 'y/page.js';\nexports.G = G;\nexports.i = i;\nexports.j = j;\nexports.k = k;\nexports.default = l;\n"
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for source in ["import { a from './a.js';", "export default 1;"] {
            assert!(translated("page.js", source).is_err(), "{source}");
        }
    }
}
