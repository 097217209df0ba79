//! The site's JavaScript modules and which of them import which.

use super::imports::{Statement, dynamic_imports, resolve, statements};
use super::layout::{ASSETS_MODULE, INLINED_ASSETS_MODULE};
use super::strip_comments::strip_comments;
use crate::files;
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A module. Names are relative to the site.
#[derive(Debug)]
pub struct Module {
    pub file: String,
    /// Its text without comments.
    pub source: String,
    /// What is loaded before it runs.
    pub static_imports: Vec<String>,
    /// What it may load later.
    pub dynamic_imports: Vec<String>,
}

impl Module {
    /// Reads the text of `file`.
    pub fn parse(file: &str, source: &str) -> Result<Self> {
        let mut module = Self {
            file: file.into(),
            source: strip_comments(source),
            static_imports: Vec::new(),
            dynamic_imports: Vec::new(),
        };
        for statement in statements(&module.source)? {
            match statement {
                Statement::Import { path, .. } => {
                    module.static_imports.push(resolve(file, &path)?);
                }
                Statement::ExportList(_) => {}
                Statement::ExportedDeclaration(line) | Statement::Code(line) => {
                    for path in dynamic_imports(line)? {
                        module.dynamic_imports.push(resolve(file, &line[path])?);
                    }
                }
            }
        }
        Ok(module)
    }
}

/// Modules by the names under which others import them. Their static imports form no circle.
pub struct Graph {
    modules: BTreeMap<String, Module>,
}

impl Graph {
    /// Every module of a site.
    pub fn of_site(site: &Path) -> Result<Self> {
        let mut names = Vec::new();
        for file in files::files_below(site)? {
            if file.extension().is_some_and(|kind| kind == "js") {
                names.push(files::relative_name(&file, site)?);
            }
        }
        Self::reached_from(site, &names)
    }

    /// The modules `entries` and all that they import, statically or dynamically.
    pub fn reached_from(site: &Path, entries: &[impl AsRef<str>]) -> Result<Self> {
        Self::read(entries, |name| Ok((name.into(), text_of(site, name)?)))
    }

    /// The same, with the inlined assets in the place of those that are fetched.
    pub fn with_inlined_assets(site: &Path, entries: &[impl AsRef<str>]) -> Result<Self> {
        Self::read(entries, |name| {
            let file = match name {
                ASSETS_MODULE => INLINED_ASSETS_MODULE,
                _ => name,
            };
            Ok((file.into(), text_of(site, file)?))
        })
    }

    /// `find` answers with the file and the text of the module that is imported by a name.
    fn read(
        entries: &[impl AsRef<str>],
        find: impl Fn(&str) -> Result<(String, String)>,
    ) -> Result<Self> {
        let mut modules = BTreeMap::new();
        let mut pending: Vec<String> = entries.iter().map(|name| name.as_ref().into()).collect();
        while let Some(name) = pending.pop() {
            if modules.contains_key(&name) {
                continue;
            }
            let (file, text) = find(&name)?;
            let module =
                Module::parse(&file, &text).with_context(|| format!("in the module {file}"))?;
            let imports = module.static_imports.iter().chain(&module.dynamic_imports);
            pending.extend(imports.cloned());
            modules.insert(name, module);
        }
        let graph = Self { modules };
        graph.refuse_circles()?;
        Ok(graph)
    }

    /// The modules by name, in order.
    pub fn modules(&self) -> impl Iterator<Item = (&str, &Module)> {
        let modules = self.modules.iter();
        modules.map(|(name, module)| (name.as_str(), module))
    }

    /// The modules `entries` and all that is loaded before they run.
    pub fn static_closure(&self, entries: &[impl AsRef<str>]) -> BTreeSet<String> {
        let mut closure = BTreeSet::new();
        let mut pending: Vec<&str> = entries.iter().map(AsRef::as_ref).collect();
        while let Some(name) = pending.pop() {
            if closure.insert(name.to_string()) {
                let imports = self.modules[name].static_imports.iter();
                pending.extend(imports.map(String::as_str));
            }
        }
        closure
    }

    /// In a circle, which module runs first depends on where it is entered, and one sees another's constants unset.
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

    /// Searches depth first from `name`, which was reached over `path`.
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

#[cfg(test)]
mod tests {
    use super::super::layout::PAGE_MODULE;
    use super::*;

    fn graph(entries: &[&str], modules: &[(&str, &str)]) -> Result<Graph> {
        Graph::read(entries, |name| {
            let found = modules.iter().find(|(known, _)| *known == name);
            let (name, text) = found.with_context(|| format!("no {name}"))?;
            Ok((name.to_string(), text.to_string()))
        })
    }

    #[test]
    fn imports_are_named_relative_to_the_site() {
        let source = "import '../b.js';\nimport c, {\n  d,\n} from './c.js';\n/** @typedef {import('./no.js').H} H */\nexport const f = () => [import('./f.js'), import('../shared/g.js')];\n";
        let module = Module::parse("x/a.js", source).unwrap();
        assert_eq!(module.static_imports, ["b.js", "x/c.js"]);
        assert_eq!(module.dynamic_imports, ["x/f.js", "shared/g.js"]);
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
        let before = graph.static_closure(&["a.js"]);
        assert_eq!(before, ["a.js", "d.js", "x/b.js"].map(String::from).into());
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
        assert_eq!(error.matches('\n').count(), 2, "each once: {error}");
    }

    #[test]
    fn a_dynamic_import_closes_no_circle() {
        let modules = [
            ("a.js", "import './b.js';"),
            ("b.js", "const a = () => import('./a.js');"),
        ];
        assert!(graph(&["a.js"], &modules).is_ok());
    }

    #[test]
    fn a_site_is_read_whole_and_its_assets_may_be_inlined() {
        let inlined = format!("import '../{INLINED_ASSETS_MODULE}';");
        let site = files::site_of(
            "modules",
            &[
                (PAGE_MODULE, &format!("import '../{ASSETS_MODULE}';")),
                (ASSETS_MODULE, ""),
                (INLINED_ASSETS_MODULE, "import '../x/inlined.js';"),
                ("x/inlined.js", ""),
                ("x/data.json", "import"),
            ],
        );
        let names = |graph: Graph| graph.modules.into_keys().collect::<Vec<_>>();
        let all = names(Graph::of_site(&site).unwrap());
        let one_file = names(Graph::with_inlined_assets(&site, &[PAGE_MODULE]).unwrap());
        fs::write(site.join("x/inlined.js"), inlined).unwrap();
        let error = Graph::of_site(&site).err().unwrap().to_string();
        files::remove_folder(&site).unwrap();
        let mut expected = [
            ASSETS_MODULE,
            INLINED_ASSETS_MODULE,
            PAGE_MODULE,
            "x/inlined.js",
        ];
        expected.sort();
        assert_eq!(all, expected);
        let mut expected = [ASSETS_MODULE, PAGE_MODULE, "x/inlined.js"];
        expected.sort();
        assert_eq!(one_file, expected);
        assert!(error.contains("static imports form a circle"), "{error}");
    }
}
