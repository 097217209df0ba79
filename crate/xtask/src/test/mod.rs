//! `cargo xtask test`: the stages, each with its time, and a summary.

mod chromium;
mod pytorch;
mod rust;
mod types;

use crate::build::site;
use crate::process::seconds;
use crate::workspace;
use anyhow::{Result, anyhow, bail};
use std::cell::OnceCell;
use std::path::PathBuf;
use std::time::Instant;

type Stage = (&'static str, fn(&Session) -> Result<()>);

/// In the order in which they run: what is quick and fails most often comes first.
const STAGES: [Stage; 7] = [
    ("fmt", rust::fmt),
    ("clippy", rust::clippy),
    ("native", rust::native),
    ("pytorch", pytorch::pytorch),
    ("types", types::types),
    ("browser", chromium::browser),
    ("embed", chromium::embed),
];

/// The stages that take words which choose tests by name.
const STAGES_WITH_WORDS: [&str; 2] = ["browser", "embed"];

/// What the stages of one `cargo xtask test` share.
struct Session {
    /// Choose tests by name.
    words: Vec<String>,
    /// The folder of the site under test, or why it could not be built.
    site: OnceCell<Result<PathBuf, String>>,
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

/// Runs every stage, or only the one named; true if all passed.
pub fn test(stage: Option<&str>, words: Vec<String>) -> Result<bool> {
    let stages = select_stages(stage)?;
    if !words.is_empty() && !stage.is_some_and(|name| STAGES_WITH_WORDS.contains(&name)) {
        bail!(
            "only these stages of `cargo xtask test` take further words: {}",
            STAGES_WITH_WORDS.join(", ")
        );
    }
    let session = Session {
        words,
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
    let stage = STAGES.into_iter().find(|(known, _)| *known == name);
    let names = || STAGES.map(|(name, _)| name).join(", ");
    let stage =
        stage.ok_or_else(|| anyhow!("there is no stage `{name}`; there are {}", names()))?;
    Ok(vec![stage])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_selects_one_stage() {
        let names = |stage| {
            select_stages(stage)
                .map(|stages| stages.iter().map(|(name, _)| *name).collect::<Vec<_>>())
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
    fn words_are_refused_where_they_choose_nothing() {
        let error = test(Some("fmt"), vec!["load".into()]).unwrap_err();
        assert!(error.to_string().contains("browser, embed"), "{error}");
    }
}
