//! The imports and exports in the text of a JavaScript module.
//!
//! Only the forms that our modules and those of wasm-bindgen use are known, each at the start of a line; the others
//! are refused. Imports of types in comments do not count.

use anyhow::{Context, Result, anyhow, bail};
use std::ops::Range;

/// A piece of a module's text, as far as imports and exports matter.
#[derive(Debug, PartialEq)]
pub enum Statement<'a> {
    /// `import BINDINGS from 'PATH';`
    Import { bindings: String, path: String },
    /// `export { ITEMS };`
    ExportList(&'a str),
    /// What follows `export ` in a line.
    ExportedDeclaration(&'a str),
    /// Any other line.
    Code(&'a str),
}

/// The statements of a module whose comments are stripped.
pub fn statements(source: &str) -> Result<Vec<Statement<'_>>> {
    let mut statements = Vec::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("import ") {
            let mut statement = line.to_string();
            while !statement.ends_with(';') {
                let more = lines.next().context("an import without an end")?;
                statement = format!("{statement} {}", more.trim());
            }
            statements.push(import(&statement)?);
        } else if let Some(rest) = line.strip_prefix("export ") {
            if rest.starts_with(['{', '*']) {
                let list = rest
                    .strip_prefix("{ ")
                    .and_then(|rest| rest.strip_suffix(" };"));
                let list = list.ok_or_else(|| anyhow!("not understood: {line}"))?;
                statements.push(Statement::ExportList(list));
            } else {
                statements.push(Statement::ExportedDeclaration(rest));
            }
        } else {
            statements.push(Statement::Code(line));
        }
    }
    Ok(statements)
}

/// `import BINDINGS from 'PATH';` or `import 'PATH';` in one line.
fn import<'a>(statement: &str) -> Result<Statement<'a>> {
    let rest = statement
        .trim_start_matches("import ")
        .trim_end_matches(';');
    let (bindings, path) = rest.split_once(" from ").unwrap_or(("", rest));
    let path = path
        .strip_prefix('\'')
        .and_then(|path| path.strip_suffix('\''))
        .filter(|path| is_relative(path));
    Ok(Statement::Import {
        bindings: bindings.trim().into(),
        path: path
            .ok_or_else(|| anyhow!("not understood: {statement}"))?
            .into(),
    })
}

/// Where the paths of `import('PATH')` are in a line of code.
pub fn dynamic_imports(line: &str) -> Result<Vec<Range<usize>>> {
    const CALL: &str = "import(";
    let mut paths = Vec::new();
    for (at, _) in line.match_indices(CALL) {
        if is_in_comment(line, at) {
            continue;
        }
        let start = at + CALL.len() + 1;
        let path = line[at + CALL.len()..]
            .strip_prefix('\'')
            .and_then(|rest| Some(rest.split_once("')")?.0))
            .filter(|path| is_relative(path))
            .ok_or_else(|| anyhow!("not understood: {line}"))?;
        paths.push(start..start + path.len());
    }
    Ok(paths)
}

/// Whether a place of a line is within `/* … */`, where types are imported.
fn is_in_comment(line: &str, at: usize) -> bool {
    let open = line[..at].rfind("/*");
    open.is_some_and(|open| !line[open..at].contains("*/") && line[at..].contains("*/"))
}

fn is_relative(path: &str) -> bool {
    path.starts_with("./") || path.starts_with("../")
}

/// The name, relative to the site, of what the module `importer` calls `path`.
pub fn resolve(importer: &str, path: &str) -> Result<String> {
    let mut parts: Vec<&str> = importer.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                let parent = parts.pop();
                parent.with_context(|| format!("the import of {path} leaves the site"))?;
            }
            "" => bail!("not understood: the path {path}"),
            name => parts.push(name),
        }
    }
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_importing_module() {
        for (importer, path, name) in [
            ("a.js", "./b.js", "b.js"),
            ("a.js", "./element/b.js", "element/b.js"),
            ("element/a.js", "./b.js", "element/b.js"),
            ("element/a.js", "../b.js", "b.js"),
            ("element/a.js", "../shared/b.js", "shared/b.js"),
            ("x/y/a.js", "../../shared/./b.js", "shared/b.js"),
            ("x/y/a.js", "../z/b.js", "x/z/b.js"),
        ] {
            let resolved = resolve(importer, path).unwrap();
            assert_eq!(resolved, name, "{path} in {importer}");
        }
        for (importer, path) in [
            ("a.js", "../b.js"),
            ("x/a.js", "../../b.js"),
            ("x/a.js", "../../x/b.js"),
        ] {
            let error = resolve(importer, path).unwrap_err().to_string();
            assert!(
                error.contains(path) && error.contains("leaves the site"),
                "{error}"
            );
        }
        assert!(resolve("a.js", ".//b.js").is_err());
    }

    #[test]
    fn statements_are_told_apart() {
        let source = "import './a.js';\nimport b, {\n  c,\n} from '../c.js';\nexport { d, e as f };\nexport const g = 1;\nlet h;\n";
        let import = |bindings: &str, path: &str| Statement::Import {
            bindings: bindings.into(),
            path: path.into(),
        };
        let expected = [
            import("", "./a.js"),
            import("b, { c, }", "../c.js"),
            Statement::ExportList("d, e as f"),
            Statement::ExportedDeclaration("const g = 1;"),
            Statement::Code("let h;"),
        ];
        assert_eq!(statements(source).unwrap(), expected);
    }

    #[test]
    fn dynamic_imports_are_found_outside_comments() {
        let line = "[/** @type {import('./no.js').A} */ (await import('../a.js')), import('./b.js')] /* import('./no.js') */";
        let paths = dynamic_imports(line).unwrap().into_iter();
        assert_eq!(
            paths.map(|path| &line[path]).collect::<Vec<_>>(),
            ["../a.js", "./b.js"]
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for source in [
            "import a from 'a';",
            "import a from './a.js'",
            "import a from \"./a.js\";",
            "export * from './a.js';",
            "export { a } from './a.js';",
        ] {
            assert!(statements(source).is_err(), "{source}");
        }
        for line in ["import(name);", "import('a');", "import('./a.js', {});"] {
            assert!(dynamic_imports(line).is_err(), "{line}");
        }
    }
}
