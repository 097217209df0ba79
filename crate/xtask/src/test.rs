//! `cargo xtask test`: the stages, each with its time, and a summary.

use crate::files;
use crate::first_picture;
use crate::process::{output, run, seconds};
use crate::provide;
use crate::server;
use crate::site;
use crate::workspace;
use anyhow::{Context, Result, anyhow, bail};
use std::cell::OnceCell;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

type Stage = (&'static str, fn(&Run) -> Result<()>);

/// In the order in which they run: what is quick and most often wrong comes first.
const STAGES: [Stage; 7] = [
    ("fmt", fmt),
    ("clippy", clippy),
    ("native", native),
    ("pytorch", pytorch),
    ("types", types),
    ("browser", browser),
    ("embed", embed),
];

/// One run of the tests.
struct Run {
    /// Choose among the tests in browsers.
    words: Vec<String>,
    /// The site under test, or why there is none; built once, when the first stage asks for it.
    site: OnceCell<Result<PathBuf, String>>,
}

/// Runs every stage, or the one named; true when all passed.
pub fn test(stage: Option<&str>, words: Vec<String>) -> Result<bool> {
    let stages = chosen(stage)?;
    if !words.is_empty() && !matches!(stage, Some("browser" | "embed")) {
        bail!("only `cargo xtask test browser` and `embed` take further words");
    }
    let run = Run {
        words,
        site: OnceCell::new(),
    };
    let mut summary = Vec::new();
    for (name, work) in stages {
        println!("── {name}");
        let start = Instant::now();
        let outcome = work(&run);
        let word = if outcome.is_ok() { "passed" } else { "FAILED" };
        if let Err(error) = &outcome {
            println!("{error:#}");
        }
        let line = format!("{name:<8} {word}  {:>8}", seconds(start));
        println!("── {line}\n");
        summary.push((line, outcome.is_ok()));
    }
    for (line, _) in &summary {
        println!("{line}");
    }
    let passed = summary.iter().filter(|(_, passed)| *passed).count();
    println!("{passed} passed, {} failed", summary.len() - passed);
    Ok(passed == summary.len())
}

fn chosen(stage: Option<&str>) -> Result<Vec<Stage>> {
    let stages: Vec<Stage> = STAGES
        .into_iter()
        .filter(|(name, _)| stage.is_none_or(|wanted| wanted == *name))
        .collect();
    if stages.is_empty() {
        let names = STAGES.map(|(name, _)| name).join(", ");
        bail!(
            "there is no stage `{}`; there are {names}",
            stage.unwrap_or_default()
        );
    }
    Ok(stages)
}

impl Run {
    fn site(&self) -> Result<PathBuf> {
        let built = self.site.get_or_init(|| {
            let folder = workspace::made("test-site");
            site::build(&folder).map_err(|error| format!("{error:#}"))?;
            Ok(folder)
        });
        built
            .clone()
            .map_err(|reason| anyhow!("the site was not built: {reason}"))
    }
}

fn fmt(_: &Run) -> Result<()> {
    run(workspace::cargo().args(["fmt", "--all", "--check"]))
}

fn clippy(_: &Run) -> Result<()> {
    run(workspace::cargo().args(["clippy", "--workspace", "--all-targets", "--", "-Dwarnings"]))
}

/// Apart from the others, xtask's tests share what was compiled to run xtask.
fn native(_: &Run) -> Result<()> {
    run(workspace::cargo().args(["test", "--workspace", "--exclude", "xtask"]))?;
    run(workspace::cargo().args(["test", "--package", "xtask"]))
}

/// Runs as PyTorch scripts, run by PyTorch: the same numbers step by step.
fn pytorch(_: &Run) -> Result<()> {
    let python = provide::python_with_torch()?;
    let writer = example("pytorch")?;
    let tests = provide::tests_folder().join("pytorch");
    let folder = workspace::made("pytorch-runs");
    files::remove_folder(&folder)?;
    files::copy_folder(&tests, &folder)?;
    let runs = tests.join("runs.txt");
    let runs = File::open(&runs).with_context(|| format!("cannot read {}", runs.display()))?;
    run(Command::new(writer).arg(&folder).stdin(runs))?;
    run(Command::new(python)
        .arg(tests.join("compare.py"))
        .arg(&folder))
}

/// The page's modules against the types of the generated bindings, the declarations that ship with the site
/// against the modules, and a script of somebody else's against the declarations.
fn types(context: &Run) -> Result<()> {
    provide::npm_packages()?;
    context.site()?;
    let tests = provide::tests_folder();
    let tsc = |project: &Path| {
        let mut command = Command::new("node");
        command.arg(tests.join("node_modules/typescript/bin/tsc"));
        command.arg("--project").arg(project);
        command
    };
    run(&mut tsc(&tests))?;
    let made = workspace::made("types");
    files::remove_folder(&made)?;
    run(tsc(&tests)
        .args([
            "--noEmit",
            "false",
            "--declaration",
            "--emitDeclarationOnly",
        ])
        .arg("--outDir")
        .arg(&made))?;
    let declarations = workspace::root().join("www").join(site::DECLARATIONS);
    for kept in files::files_below(&declarations)? {
        let name = kept.strip_prefix(&declarations)?;
        compare_declaration(&made.join(name), &kept, name)?;
    }
    run(&mut tsc(&tests.join("types")))
}

/// What tsc makes is what ships; UPDATE_REFERENCES=1 writes it.
fn compare_declaration(made: &Path, kept: &Path, name: &Path) -> Result<()> {
    let text =
        fs::read_to_string(made).with_context(|| format!("tsc made no {}", name.display()))?;
    let text = from_site(&text, name);
    if std::env::var_os("UPDATE_REFERENCES").is_some() {
        return Ok(fs::write(kept, text)?);
    }
    if fs::read_to_string(kept).is_ok_and(|shipped| shipped == text) {
        return Ok(());
    }
    bail!(
        "{} is not what the modules say: `UPDATE_REFERENCES=1 cargo xtask test types` writes it",
        kept.display()
    )
}

/// A declaration with its references to files of www as they are in the site: tsc writes the way to them from the
/// folder in target where it has put the declaration.
fn from_site(declaration: &str, name: &Path) -> String {
    let up = "../".repeat(name.components().count() - 1);
    let here = if up.is_empty() { "./" } else { &up };
    declaration.replace(&format!("\"{up}../../www/"), &format!("\"{here}"))
}

/// The built site in Chromium, served as strictly as the strictest host would.
fn browser(context: &Run) -> Result<()> {
    drive(context, "browser", |node| {
        node.env("NATIVE_SNAPSHOT", example("snapshot")?);
        node.env("NATIVE_PYTORCH", example("pytorch")?);
        let first_picture = Vec::from_iter(first_picture::files(&context.site()?)?);
        node.env("FIRST_PICTURE", first_picture.join(" "));
        Ok(())
    })
}

/// Hosts of other makers with our site in them, each made by its own tool, and driven in Chromium.
fn embed(context: &Run) -> Result<()> {
    provide::npm_packages()?;
    let site = context.site()?;
    let projects = provide::tests_folder().join("embed");
    let hosts = workspace::made("test-hosts");
    files::remove_folder(&hosts)?;
    for name in ["plain", "reveal", "platform", "notebook"] {
        files::copy_folder(&projects.join(name), &hosts.join(name))?;
    }
    let reveal = "node_modules/reveal.js";
    files::copy_folder(
        &provide::tests_folder().join(reveal),
        &hosts.join("reveal/reveal.js"),
    )?;
    output(
        Command::new(provide::mdbook()?)
            .arg("build")
            .arg(projects.join("mdbook"))
            .arg("--dest-dir")
            .arg(hosts.join("mdbook")),
    )?;
    for copy in ["lab", "mdbook/lab"] {
        files::copy_folder(&site, &hosts.join(copy))?;
    }
    let wheel = files::entries(&site.join("python"))?;
    let wheel = wheel.first().context("the site has a wheel")?;
    let jupyter = provide::jupyter(&projects.join("notebook/requirements.txt"), wheel)?;
    drive(context, "embed", |node| {
        node.env("HOSTS", &hosts).env("JUPYTER", &jupyter);
        Ok(())
    })
}

/// Runs the tests of a folder in Chromium, on the served site.
fn drive(context: &Run, folder: &str, more: impl FnOnce(&mut Command) -> Result<()>) -> Result<()> {
    provide::npm_packages()?;
    let chromium = provide::chromium()?;
    let site = context.site()?;
    let artifacts = workspace::made("test-artifacts");
    let artifacts = artifacts.join(folder);
    files::remove_folder(&artifacts)?;
    fs::create_dir_all(&artifacts)?;
    // From a sub-folder, so that an address that is not relative shows itself.
    let parent = site.parent().context("the site lies in a folder")?;
    let server = server::start(parent, 0)?;

    let tests: Vec<PathBuf> = files::entries(&provide::tests_folder().join(folder))?
        .into_iter()
        .filter(|path| files::name(path).ends_with(".test.mjs"))
        .collect();
    let (tests, pattern) = choose(tests, &context.words);
    let mut node = Command::new("node");
    node.arg("--test")
        .arg("--test-concurrency=1")
        .arg("--test-reporter=spec");
    if let Some(pattern) = pattern {
        node.arg(format!("--test-name-pattern=/{pattern}/i"));
    }
    node.args(tests)
        .env(
            "SITE",
            format!("{}{}/", server.address(), files::name(&site)),
        )
        .env("SITE_FOLDER", &site)
        .env("CHROMIUM", chromium)
        .env("ARTIFACTS", &artifacts);
    more(&mut node)?;
    run(&mut node).with_context(|| format!("pictures, if any, are in {}", artifacts.display()))
}

/// Files whose names hold one of the words; where there is none, all files and a pattern for the
/// names of the tests in them.
fn choose(tests: Vec<PathBuf>, words: &[String]) -> (Vec<PathBuf>, Option<String>) {
    let named = |path: &PathBuf| {
        words
            .iter()
            .any(|word| files::name(path).contains(word.as_str()))
    };
    if words.is_empty() {
        (tests, None)
    } else if tests.iter().any(named) {
        (tests.into_iter().filter(named).collect(), None)
    } else {
        (tests, Some(words.join("|")))
    }
}

/// Builds an example of the core: what the native core sees, for comparison with others.
fn example(name: &str) -> Result<PathBuf> {
    let mut cargo = workspace::cargo();
    cargo.args([
        "build",
        "--release",
        "--package",
        "gradient-flow",
        "--example",
        name,
    ]);
    output(&mut cargo)?;
    Ok(workspace::target().join("release/examples").join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_chooses_one_stage() {
        let names = |stage| {
            chosen(stage).map(|stages| stages.iter().map(|(name, _)| *name).collect::<Vec<_>>())
        };
        assert_eq!(
            names(None).unwrap(),
            [
                "fmt", "clippy", "native", "pytorch", "types", "browser", "embed"
            ]
        );
        assert_eq!(names(Some("types")).unwrap(), ["types"]);
        let error = names(Some("typos")).unwrap_err().to_string();
        assert!(
            error.contains("typos") && error.contains("browser"),
            "{error}"
        );
    }

    #[test]
    fn declarations_refer_to_files_of_the_site() {
        for (name, written, expected) in [
            ("a.d.ts", "../../www/elements.d.ts", "./elements.d.ts"),
            ("x/a.d.ts", "../../../www/elements.d.ts", "../elements.d.ts"),
            ("x/a.d.ts", "../../../www/y/b.d.ts", "../y/b.d.ts"),
        ] {
            let written = format!("/// <reference path=\"{written}\" />");
            let expected = format!("/// <reference path=\"{expected}\" />");
            assert_eq!(from_site(&written, Path::new(name)), expected);
        }
    }

    #[test]
    fn words_choose_files_or_tests() {
        let all: Vec<PathBuf> = ["b/load.test.mjs", "b/state.test.mjs"]
            .map(PathBuf::from)
            .to_vec();
        assert_eq!(choose(all.clone(), &[]), (all.clone(), None));
        assert_eq!(
            choose(all.clone(), &["load".into()]),
            (all[..1].to_vec(), None)
        );
        let words = ["reload".into(), "seed".into()];
        assert_eq!(
            choose(all.clone(), &words),
            (all, Some("reload|seed".into()))
        );
    }
}
