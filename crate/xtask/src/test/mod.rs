//! `cargo xtask test`: the stages, each with its time, and a summary.

mod chromium;
mod node;
mod pytorch;
mod repeat;
mod rust;
mod types;

use crate::build::site;
use crate::process::seconds;
use crate::workspace;
use anyhow::{Context, Result, anyhow, bail};
use std::cell::OnceCell;
use std::path::PathBuf;
use std::time::Instant;

pub use repeat::Repeat;

type Stage = (&'static str, fn(&Session) -> Result<()>);

/// In the order in which they run: what is quick and fails most often comes first.
const STAGES: [Stage; 8] = [
    ("fmt", rust::fmt),
    ("clippy", rust::clippy),
    ("native", rust::native),
    ("doc", rust::doc),
    ("pytorch", pytorch::pytorch),
    ("types", types::types),
    ("browser", chromium::browser),
    ("embed", chromium::embed),
];

/// Stages that run only when they are named, because they take minutes and rarely find anything.
const STAGES_ON_REQUEST: [Stage; 2] = [("slow", rust::slow), ("deny", rust::deny)];

/// The stages that take words which choose tests by name, and that run as often as `--repeat` says.
const STAGES_WITH_WORDS: [&str; 2] = ["browser", "embed"];

/// What the command line says about how the stages run.
#[derive(Debug, Default, PartialEq)]
pub struct Options {
    /// Choose tests by name.
    pub words: Vec<String>,
    pub repeat: Repeat,
}

/// What the stages of one `cargo xtask test` share.
struct Session {
    options: Options,
    /// The folder of the site under test, or why it could not be built.
    site: OnceCell<Result<PathBuf, String>>,
}

impl Options {
    /// What is given of these that the stage does not take.
    fn refused_by(&self, stage: Option<&str>) -> Option<&'static str> {
        if stage.is_some_and(|name| STAGES_WITH_WORDS.contains(&name)) {
            None
        } else if !self.words.is_empty() {
            Some("further words")
        } else if self.repeat != Repeat::default() {
            Some("--repeat and --busy")
        } else {
            None
        }
    }
}

impl Session {
    /// The site under test, built when the first stage asks for it.
    fn site(&self) -> Result<PathBuf> {
        let built = self.site.get_or_init(|| {
            let folder = workspace::artifact_dir("test-site");
            site::build(&folder).map_err(|error| format!("{error:#}"))?;
            Ok(folder)
        });
        built
            .clone()
            .map_err(|reason| anyhow!("the site was not built: {reason}"))
    }
}

/// Runs the stages of every day, or only the one named; true if all passed.
pub fn test(stage: Option<&str>, options: Options) -> Result<bool> {
    let stages = select_stages(stage)?;
    if let Some(what) = options.refused_by(stage) {
        bail!(
            "only these stages of `cargo xtask test` take {what}: {}",
            STAGES_WITH_WORDS.join(", ")
        );
    }
    let session = Session {
        options,
        site: OnceCell::new(),
    };
    let mut summary = Vec::new();
    for (name, run_stage) in stages {
        println!("── {name}");
        let start = Instant::now();
        let outcome = run_stage(&session);
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

fn select_stages(name: Option<&str>) -> Result<Vec<Stage>> {
    let Some(name) = name else {
        return Ok(STAGES.to_vec());
    };
    let known = [&STAGES[..], &STAGES_ON_REQUEST].concat();
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let stage = known.iter().find(|(known, _)| *known == name);
    let stage = stage
        .with_context(|| format!("there is no stage `{name}`; there are {}", names.join(", ")))?;
    Ok(vec![*stage])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::HELP;

    fn selected(name: Option<&str>) -> Result<Vec<&'static str>> {
        let stages = select_stages(name)?;
        Ok(stages.iter().map(|(name, _)| *name).collect())
    }

    #[test]
    fn a_name_selects_one_stage() {
        let daily = [
            "fmt", "clippy", "native", "doc", "pytorch", "types", "browser", "embed",
        ];
        assert_eq!(selected(None).unwrap(), daily);
        for name in daily.into_iter().chain(["slow", "deny"]) {
            assert_eq!(selected(Some(name)).unwrap(), [name]);
        }
    }

    #[test]
    fn all_stages_are_listed() {
        let error = selected(Some("typos")).unwrap_err().to_string();
        assert!(error.contains("`typos`"), "{error}");
        for (name, _) in [&STAGES[..], &STAGES_ON_REQUEST].concat() {
            assert!(error.contains(name), "{name} is not in {error}");
            let listed = HELP.split([' ', ',', '\n']).any(|word| word == name);
            assert!(listed, "{name} is not in the help");
        }
    }

    #[test]
    fn options_are_refused_where_they_choose_nothing() {
        let words = Options {
            words: vec!["load".into()],
            ..Options::default()
        };
        let busy = Options {
            repeat: Repeat {
                runs: 1,
                busy: true,
            },
            ..Options::default()
        };
        for (options, what) in [(words, "further words"), (busy, "--busy")] {
            for stage in [None, Some("fmt")] {
                assert!(
                    options
                        .refused_by(stage)
                        .is_some_and(|said| said.contains(what))
                );
            }
            assert_eq!(options.refused_by(Some("browser")), None);
            let error = test(Some("fmt"), options).unwrap_err();
            assert!(error.to_string().contains("browser, embed"), "{error}");
        }
    }
}
