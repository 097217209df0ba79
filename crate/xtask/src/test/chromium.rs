//! Stages in Chromium: our own pages, and those of others that embed ours.

use super::{Session, rust};
use crate::build::layout::PYTHON;
use crate::build::{assets, first_picture};
use crate::dependencies;
use crate::files;
use crate::process::{output, run};
use crate::server;
use crate::workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The site's pages, served under the strictest policy that a host may have.
pub fn browser(session: &Session) -> Result<()> {
    run_tests(session, "browser", |node| {
        node.env("NATIVE_SNAPSHOT", rust::example("snapshot")?);
        node.env("NATIVE_PYTORCH", rust::example("pytorch")?);
        let first_picture = Vec::from_iter(first_picture::files(&session.site()?)?);
        node.env("FIRST_PICTURE", first_picture.join(" "));
        Ok(())
    })
}

/// A plain page, slides, a course platform, a book and a notebook, each made with its own tool, with our site in it.
pub fn embed(session: &Session) -> Result<()> {
    dependencies::npm_packages()?;
    let site = session.site()?;
    let projects = workspace::tests_folder().join("embed");
    let hosts = workspace::artifact_dir("test-hosts");
    files::remove_folder(&hosts)?;
    for name in ["plain", "reveal", "platform", "notebook"] {
        files::copy_folder(&projects.join(name), &hosts.join(name))?;
    }
    let reveal = "node_modules/reveal.js";
    files::copy_folder(
        &workspace::tests_folder().join(reveal),
        &hosts.join("reveal/reveal.js"),
    )?;
    output(
        Command::new(dependencies::mdbook()?)
            .arg("build")
            .arg(projects.join("mdbook"))
            .arg("--dest-dir")
            .arg(hosts.join("mdbook")),
    )?;
    for copy in ["lab", "mdbook/lab"] {
        files::copy_folder(&site, &hosts.join(copy))?;
    }
    let wheel = files::entries(&site.join(PYTHON))?;
    let wheel = wheel
        .iter()
        .find(|file| file.extension().is_some_and(|kind| kind == "whl"));
    let wheel = wheel.context("the site has no wheel")?;
    let jupyter = dependencies::jupyter(&projects.join("notebook/requirements.txt"), wheel)?;
    python_package(session, &jupyter.with_file_name("python"))?;
    run_tests(session, "embed", |node| {
        node.env("HOSTS", &hosts).env("JUPYTER", &jupyter);
        Ok(())
    })
}

/// The notebook package as it is installed, without a browser.
fn python_package(session: &Session, python: &Path) -> Result<()> {
    let folder = workspace::tests_folder().join("python");
    let tests = files::entries(&folder)?
        .into_iter()
        .filter(|path| files::name(path).ends_with("_test.py"));
    let (tests, pattern) = select_tests(tests.collect(), &session.words);
    if pattern.is_some() {
        // Words that name no file choose tests in the browser.
        return Ok(());
    }
    let mut unittest = Command::new(python);
    unittest.args(["-W", "error", "-m", "unittest"]);
    for test in tests {
        unittest.arg(test.file_stem().context("a test has a name")?);
    }
    run(unittest
        .current_dir(folder)
        .env("PYTHONDONTWRITEBYTECODE", "1"))
}

/// Runs the tests of a folder with Node on the served site; `configure` adds to their environment.
fn run_tests(
    session: &Session,
    folder: &str,
    configure: impl FnOnce(&mut Command) -> Result<()>,
) -> Result<()> {
    dependencies::npm_packages()?;
    let chromium = dependencies::chromium()?;
    let site = session.site()?;
    let artifacts = workspace::artifact_dir("test-artifacts").join(folder);
    files::remove_folder(&artifacts)?;
    fs::create_dir_all(&artifacts)?;
    // The site lies in a sub-folder of what is served, so that absolute addresses fail.
    let parent = site.parent().context("the site lies in a folder")?;
    let server = server::start(parent, 0)?;

    let tests: Vec<PathBuf> = files::entries(&workspace::tests_folder().join(folder))?
        .into_iter()
        .filter(|path| files::name(path).ends_with(".test.mjs"))
        .collect();
    let (tests, pattern) = select_tests(tests, &session.words);
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
        .env("ASSETS", assets::prefix(&site)?)
        .env("CHROMIUM", chromium)
        .env("ARTIFACTS", &artifacts);
    configure(&mut node)?;
    run(&mut node).with_context(|| format!("screenshots, if any, are in {}", artifacts.display()))
}

/// The files whose names contain one of the words. If there is none, all files, and a pattern for the names of the
/// tests in them.
fn select_tests(files: Vec<PathBuf>, words: &[String]) -> (Vec<PathBuf>, Option<String>) {
    let is_named = |path: &PathBuf| {
        words
            .iter()
            .any(|word| files::name(path).contains(word.as_str()))
    };
    if words.is_empty() {
        (files, None)
    } else if files.iter().any(is_named) {
        (files.into_iter().filter(is_named).collect(), None)
    } else {
        (files, Some(words.join("|")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_select_files_or_tests() {
        let all: Vec<PathBuf> = ["b/load.test.mjs", "b/state.test.mjs"]
            .map(PathBuf::from)
            .to_vec();
        assert_eq!(select_tests(all.clone(), &[]), (all.clone(), None));
        assert_eq!(
            select_tests(all.clone(), &["load".into()]),
            (all[..1].to_vec(), None)
        );
        let words = ["reload".into(), "seed".into()];
        assert_eq!(
            select_tests(all.clone(), &words),
            (all, Some("reload|seed".into()))
        );
    }
}
