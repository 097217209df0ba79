//! Runs tests that are written for Node on the served site.

use super::Session;
use super::repeat::Run;
use crate::build::assets;
use crate::dependencies;
use crate::files;
use crate::packed::Packed;
use crate::server::{self, Server};
use crate::workspace;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The site, served for as long as this lives, for scripts that find it by their environment.
pub struct Served {
    _server: Server,
    environment: Vec<(&'static str, OsString)>,
}

impl Served {
    /// What the scripts leave behind goes to target/test-artifacts, into the folder `artifacts`.
    pub fn start(session: &Session, artifacts: &str) -> Result<Self> {
        dependencies::npm_packages()?;
        let site = session.site()?;
        let artifacts = workspace::artifact_dir("test-artifacts").join(artifacts);
        files::remove_folder(&artifacts)?;
        fs::create_dir_all(&artifacts)?;
        // The site lies in a sub-folder of what is served, so that absolute addresses fail.
        let parent = site.parent().context("the site lies in a folder")?;
        let server = server::start(parent, 0, Packed::default())?;
        let address = format!("{}{}/", server.address(), files::name(&site));
        let environment = vec![
            ("SITE", address.into()),
            ("ASSETS", assets::prefix(&site)?.into()),
            ("SITE_FOLDER", site.into()),
            ("ARTIFACTS", artifacts.into()),
        ];
        Ok(Self {
            _server: server,
            environment,
        })
    }

    /// Node, in an environment that says where the site is.
    pub fn node(&self) -> Command {
        let mut node = Command::new("node");
        node.envs(self.environment.iter().map(|(name, value)| (name, value)));
        node
    }
}

/// Runs the tests of a folder, as often as the session says, with these variables in their environment too; what they
/// leave behind is in target/test-artifacts, in `artifacts`. `at_once`: so many files at the same time.
pub fn run_tests(
    session: &Session,
    folder: &str,
    artifacts: &str,
    at_once: usize,
    environment: &[(&str, OsString)],
) -> Result<()> {
    let served = Served::start(session, artifacts)?;
    let artifacts = workspace::artifact_dir("test-artifacts").join(artifacts);
    let folder = workspace::tests_folder().join(folder);
    let tests = files::entries(&folder)?
        .into_iter()
        .filter(|path| files::name(path).ends_with(".test.mjs"))
        .collect();
    let (tests, pattern) = select_tests(tests, &session.options.words);
    let failures = artifacts.join("failures.txt");
    let reporter = workspace::tests_folder().join("failures.mjs");
    let run = || {
        let mut node = served.node();
        node.arg("--test")
            .arg(format!("--test-concurrency={at_once}"))
            .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
            .arg(option("--test-reporter", &reporter))
            .arg(option("--test-reporter-destination", &failures));
        if let Some(pattern) = &pattern {
            node.arg(format!("--test-name-pattern=/{pattern}/i"));
        }
        node.args(&tests)
            .envs(environment.iter().map(|(name, value)| (name, value)));
        let passed = node.status().context("cannot start node")?.success();
        let failed = fs::read_to_string(&failures).unwrap_or_default();
        Ok(Run {
            passed,
            failed: failed.lines().map(String::from).collect(),
        })
    };
    session
        .options
        .repeat
        .run(run)
        .with_context(|| format!("screenshots, if any, are in {}", artifacts.display()))
}

/// NAME=PATH, as one argument.
fn option(name: &str, path: &Path) -> OsString {
    let mut argument = OsString::from(name);
    argument.push("=");
    argument.push(path);
    argument
}

/// The files whose names contain one of the words. If there is none, all files, and a pattern for the names of the
/// tests in them.
pub fn select_tests(files: Vec<PathBuf>, words: &[String]) -> (Vec<PathBuf>, Option<String>) {
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
