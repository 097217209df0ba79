//! The site's JavaScript modules and what they import from each other.
//!
//! This reads only the forms of import and export that our modules and those of wasm-bindgen use, one statement at
//! the start of a line, and refuses the others. Imports of types in comments do not count.

use crate::comments;
use crate::files;
use anyhow::{Context, Result, anyhow, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;

/// Starts the laboratory in index.html, in embed.html and in the one-file build.
pub const PAGE: &str = "pages/page.js";
/// Starts the worker that trains.
pub const WORKER: &str = "training/worker.js";
/// Starts the notebook's widget.
pub const WIDGET: &str = "hosts/widget.js";
/// Knows where the site's files are.
pub const ASSETS: &str = "shared/assets.js";
/// Takes the place of `ASSETS` in a script that carries the files with it.
pub const INLINED_ASSETS: &str = "hosts/inlined.js";
/// Style sheets that modules ask `ASSETS` for; pages name others in their markup.
pub const STYLES: [&str; 1] = ["gradient-flow.css"];
/// Names the notebook package's wheel.
pub const SHARE: &str = "dialogs/share.js";

/// What a module of the site consists of, and what it imports.
#[derive(Debug)]
pub struct Module {
    /// Its file, relative to the site.
    pub file: String,
    /// Its text without comments.
    pub source: String,
    /// What it needs before it runs, relative to the site.
    pub static_imports: Vec<String>,
    /// What it may load later, relative to the site.
    pub dynamic_imports: Vec<String>,
}

impl Module {
    /// Reads the text of `file`.
    pub fn parse(file: &str, source: &str) -> Result<Self> {
        let source = comments::without(source);
        let (mut static_imports, mut dynamic_imports) = (Vec::new(), Vec::new());
        for statement in statements(&source)? {
            match statement {
                Statement::Import { path, .. } => static_imports.push(resolve(file, &path)?),
                Statement::ExportList(_) => {}
                Statement::ExportedDeclaration(code) | Statement::Code(code) => {
                    for path in dynamic_imports_in(code)? {
                        dynamic_imports.push(resolve(file, &code[path])?);
                    }
                }
            }
        }
        Ok(Self {
            file: file.into(),
            source,
            static_imports,
            dynamic_imports,
        })
    }
}

/// Modules by the names under which others import them.
pub struct Graph {
    modules: BTreeMap<String, Module>,
}

impl Graph {
    /// Every module of a site; an error if their static imports form a circle.
    pub fn of_site(site: &Path) -> Result<Self> {
        let mut names = Vec::new();
        for file in files::files_below(site)? {
            if file.extension().is_some_and(|kind| kind == "js") {
                let parts = file.strip_prefix(site)?.components();
                let parts: Vec<_> = parts
                    .map(|part| part.as_os_str().to_string_lossy())
                    .collect();
                names.push(parts.join("/"));
            }
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        Self::reached_from(site, &names)
    }

    /// All modules that are reached from `entries`; an error if their static imports form a circle.
    pub fn reached_from(site: &Path, entries: &[&str]) -> Result<Self> {
        Self::read(entries, |name| Ok((name.into(), text_of(site, name)?)))
    }

    /// The same, with `INLINED_ASSETS` in the place of `ASSETS`.
    pub fn with_inlined_assets(site: &Path, entries: &[&str]) -> Result<Self> {
        Self::read(entries, |name| {
            let file = if name == ASSETS { INLINED_ASSETS } else { name };
            Ok((file.into(), text_of(site, file)?))
        })
    }

    /// `file_and_text` answers for a module's name, relative to the site.
    fn read(
        entries: &[&str],
        file_and_text: impl Fn(&str) -> Result<(String, String)>,
    ) -> Result<Self> {
        let mut modules = BTreeMap::new();
        let mut pending: Vec<String> = entries.iter().map(|name| name.to_string()).collect();
        while let Some(name) = pending.pop() {
            if modules.contains_key(&name) {
                continue;
            }
            let (file, text) = file_and_text(&name)?;
            let module =
                Module::parse(&file, &text).with_context(|| format!("in the module {file}"))?;
            pending.extend(
                module
                    .static_imports
                    .iter()
                    .chain(&module.dynamic_imports)
                    .cloned(),
            );
            modules.insert(name, module);
        }
        let graph = Self { modules };
        graph.refuse_circles()?;
        Ok(graph)
    }

    /// The modules by name, in order.
    pub fn modules(&self) -> impl Iterator<Item = (&str, &Module)> {
        self.modules
            .iter()
            .map(|(name, module)| (name.as_str(), module))
    }

    /// Some modules of the graph with all that they import statically: what is loaded before they run.
    pub fn static_closure(&self, entries: &[&str]) -> BTreeSet<String> {
        let mut closure = BTreeSet::new();
        let mut pending = entries.to_vec();
        while let Some(name) = pending.pop() {
            if closure.insert(name.to_string()) {
                pending.extend(self.modules[name].static_imports.iter().map(String::as_str));
            }
        }
        closure
    }

    /// A circle of static imports runs its modules in an order that depends on where a browser enters it.
    fn refuse_circles(&self) -> Result<()> {
        let mut finished = BTreeSet::new();
        let mut circles = Vec::new();
        for name in self.modules.keys() {
            self.find_circles(name, &mut Vec::new(), &mut finished, &mut circles);
        }
        if !circles.is_empty() {
            bail!(
                "static imports form a circle; move what its modules share into one that imports none of them:\n  {}",
                circles.join("\n  ")
            );
        }
        Ok(())
    }

    /// Walks depth first from `name`, which was reached over `path`.
    fn find_circles<'a>(
        &'a self,
        name: &'a str,
        path: &mut Vec<&'a str>,
        finished: &mut BTreeSet<&'a str>,
        circles: &mut Vec<String>,
    ) {
        if let Some(start) = path.iter().position(|passed| *passed == name) {
            circles.push([&path[start..], &[name]].concat().join(" -> "));
            return;
        }
        if finished.contains(name) {
            return;
        }
        path.push(name);
        for import in &self.modules[name].static_imports {
            self.find_circles(import, path, finished, circles);
        }
        path.pop();
        finished.insert(name);
    }
}

fn text_of(site: &Path, name: &str) -> Result<String> {
    fs::read_to_string(site.join(name))
        .with_context(|| format!("the module {name} is not in the site"))
}

/// A piece of a module as far as imports and exports go.
#[derive(Debug, PartialEq)]
pub enum Statement<'a> {
    /// `import BINDINGS from 'PATH';`
    Import { bindings: String, path: String },
    /// `export { ITEMS };`
    ExportList(&'a str),
    /// A line that follows `export `.
    ExportedDeclaration(&'a str),
    /// Any other line.
    Code(&'a str),
}

/// The statements of a module without comments.
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
        .and_then(|path| path.strip_suffix('\''));
    let path = path.filter(|path| is_relative(path));
    Ok(Statement::Import {
        bindings: bindings.trim().into(),
        path: path
            .ok_or_else(|| anyhow!("not understood: {statement}"))?
            .into(),
    })
}

/// Where the paths of `import('PATH')` are in a line of code.
pub fn dynamic_imports_in(line: &str) -> Result<Vec<Range<usize>>> {
    const CALL: &str = "import(";
    let mut paths = Vec::new();
    for (at, _) in line.match_indices(CALL) {
        if is_in_comment(line, at) {
            continue;
        }
        let start = at + CALL.len() + 1;
        let path = line[at + CALL.len()..]
            .strip_prefix('\'')
            .and_then(|rest| rest.split_once("')"));
        let path = path.map(|(path, _)| path).filter(|path| is_relative(path));
        let path = path.ok_or_else(|| anyhow!("not understood: {line}"))?;
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
    let mut folders: Vec<&str> = importer.split('/').collect();
    folders.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => {
                let left = folders.pop();
                left.with_context(|| format!("the import of {path} leaves the site"))?;
            }
            "" => bail!("not understood: the path {path}"),
            name => folders.push(name),
        }
    }
    Ok(folders.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(entries: &[&str], modules: &[(&str, &str)]) -> Result<Graph> {
        Graph::read(entries, |name| {
            let found = modules.iter().find(|(known, _)| *known == name);
            let (name, text) = found.with_context(|| format!("no {name}"))?;
            Ok((name.to_string(), text.to_string()))
        })
    }

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
            assert_eq!(
                resolve(importer, path).unwrap(),
                name,
                "{path} in {importer}"
            );
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
    fn imports_are_found_in_code_and_not_in_comments() {
        let source = "import '../b.js';\nimport c, {\n  d,\n} from './c.js';\nconst e = /** @type {import('./no.js').E} */ (await import('../shared/e.js'));\nexport const f = () => [import('./f.js'), import('./g.js')];\n/** @typedef {import('./no.js').H} H */\n";
        let module = Module::parse("x/a.js", source).unwrap();
        assert_eq!(module.static_imports, ["b.js", "x/c.js"]);
        assert_eq!(module.dynamic_imports, ["shared/e.js", "x/f.js", "x/g.js"]);
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for source in [
            "import a from 'a';",
            "import a from './a.js'",
            "import a from \"./a.js\";",
            "export * from './a.js';",
            "export { a } from './a.js';",
            "const a = import(name);",
            "const a = import('a');",
            "const a = import('./a.js', {});",
        ] {
            assert!(Module::parse("page.js", source).is_err(), "{source}");
        }
    }

    #[test]
    fn a_graph_holds_what_is_reached() {
        let modules = [
            ("a.js", "import './x/b.js';\nimport('./x/c.js');"),
            ("x/b.js", "import '../d.js';"),
            ("x/c.js", "import '../a.js';"),
            ("d.js", ""),
            ("e.js", ""),
        ];
        let graph = graph(&["a.js"], &modules).unwrap();
        let names: Vec<&str> = graph.modules().map(|(name, _)| name).collect();
        assert_eq!(names, ["a.js", "d.js", "x/b.js", "x/c.js"]);
    }

    #[test]
    fn circles_are_shown() {
        let modules = [
            ("page.js", "import './a.js';"),
            ("a.js", "import './element/b.js';\nimport './c.js';"),
            ("c.js", "import './element/b.js';"),
            (
                "element/b.js",
                "import '../a.js';\nimport '../element/self.js';",
            ),
            ("element/self.js", "import './self.js';"),
        ];
        let error = graph(&["page.js"], &modules).err().unwrap().to_string();
        assert!(
            error.contains("\n  a.js -> element/b.js -> a.js\n"),
            "{error}"
        );
        assert!(
            error.ends_with("\n  element/self.js -> element/self.js"),
            "{error}"
        );
        assert_eq!(
            error.matches("\n").count(),
            2,
            "each is shown once: {error}"
        );
    }

    #[test]
    fn a_later_import_closes_no_circle() {
        let modules = [
            ("a.js", "import './b.js';"),
            ("b.js", "const a = () => import('./a.js');"),
        ];
        assert!(graph(&["a.js"], &modules).is_ok());
    }

    #[test]
    fn a_site_is_read_whole_and_its_assets_may_be_inlined() {
        let site =
            std::env::temp_dir().join(format!("gradient-flow-modules-{}", std::process::id()));
        fs::create_dir_all(site.join("x")).unwrap();
        for (name, text) in [
            (PAGE, format!("import './{ASSETS}';")),
            (ASSETS, String::new()),
            (INLINED_ASSETS, "import './x/only-inlined.js';".into()),
            ("x/only-inlined.js", String::new()),
            ("x/data.json", "import".into()),
        ] {
            fs::create_dir_all(site.join(name).parent().unwrap()).unwrap();
            fs::write(site.join(name), text).unwrap();
        }
        let names = |graph: Graph| graph.modules.into_keys().collect::<Vec<_>>();
        let all = names(Graph::of_site(&site).unwrap());
        let inlined = names(Graph::with_inlined_assets(&site, &[PAGE]).unwrap());
        fs::write(
            site.join("x/only-inlined.js"),
            format!("import '../{INLINED_ASSETS}';"),
        )
        .unwrap();
        let error = Graph::of_site(&site).err().unwrap().to_string();
        fs::remove_dir_all(&site).unwrap();
        assert_eq!(all, [ASSETS, INLINED_ASSETS, PAGE, "x/only-inlined.js"]);
        assert_eq!(inlined, [ASSETS, PAGE, "x/only-inlined.js"]);
        assert!(
            error.contains("inlined.js -> x/only-inlined.js -> inlined.js"),
            "{error}"
        );
    }
}
