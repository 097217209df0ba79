//! `cargo xtask test`: the stages, each with its time, and a summary.

mod chromium;
mod engines;
mod node;
mod python;
mod pytorch;
mod repeat;
mod rust;
mod soak;
mod types;

use crate::build::site;
use crate::dependencies::Missing;
use crate::process::seconds;
use crate::workspace;
use anyhow::{Context, Result, anyhow, bail};
use std::cell::OnceCell;
use std::path::PathBuf;
use std::time::Instant;

pub use repeat::Repeat;

type Stage = (&'static str, fn(&Session) -> Result<()>);

/// In the order in which they run: what is quick and fails most often comes first.
const STAGES: [Stage; 11] = [
    ("fmt", rust::fmt),
    ("clippy", rust::clippy),
    ("native", rust::native),
    ("doc", rust::doc),
    ("pytorch", pytorch::pytorch),
    ("types", types::types),
    ("browser", chromium::browser),
    ("embed", chromium::embed),
    ("chromium", engines::chromium),
    ("firefox", engines::firefox),
    ("webkit", engines::webkit),
];

/// What CI runs beside them: two minutes under load would be too long to wait for every day.
const STAGES_IN_CI: [Stage; 1] = [("soak", soak::short)];

/// Stages that run only when they are named, because they take minutes and rarely find anything.
const STAGES_ON_REQUEST: [Stage; 3] = [
    ("slow", rust::slow),
    ("deny", rust::deny),
    ("soak", soak::soak),
];

/// The stages that take words which choose tests by name, and that run as often as `--repeat` says.
const STAGES_WITH_WORDS: [&str; 5] = ["browser", "embed", "chromium", "firefox", "webkit"];

/// The stages that are skipped where their browser is missing and we cannot install it, unless they are named: not
/// every system has these browsers as the tests need them.
const STAGES_TO_SKIP: [&str; 2] = ["firefox", "webkit"];

/// What a stage came to.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Outcome {
    Passed,
    Skipped,
    Failed,
}

impl Outcome {
    fn of(result: &Result<()>, name: &str, is_named: bool) -> Self {
        match result {
            Ok(()) => Self::Passed,
            Err(error) if error.is::<Missing>() && !is_named && STAGES_TO_SKIP.contains(&name) => {
                Self::Skipped
            }
            Err(_) => Self::Failed,
        }
    }
}

/// What the command line says about how the stages run.
#[derive(Debug, Default, PartialEq)]
pub struct Options {
    /// Choose tests by name.
    pub words: Vec<String>,
    pub repeat: Repeat,
    /// How long `soak` lasts.
    pub minutes: Option<u32>,
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

/// Runs the stages of every day (in CI, where the variable CI is `true`, some more), or only the one named; true if all
/// passed.
pub fn test(stage: Option<&str>, options: Options) -> Result<bool> {
    let is_ci = std::env::var("CI").is_ok_and(|value| value == "true");
    let stages = select_stages(stage, is_ci)?;
    if options.minutes.is_some() && stage != Some("soak") {
        bail!("only the stage `soak` of `cargo xtask test` takes --minutes");
    }
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
        let result = run_stage(&session);
        let outcome = Outcome::of(&result, name, stage.is_some());
        let word = match outcome {
            Outcome::Passed => "passed",
            Outcome::Skipped => "skipped",
            Outcome::Failed => "FAILED",
        };
        if let Err(error) = result {
            println!("{error:#}");
        }
        let line = format!("{name:<8} {word:<7} {:>8}", seconds(start));
        println!("── {line}\n");
        summary.push((line, outcome));
    }
    for (line, _) in &summary {
        println!("{line}");
    }
    let count = |wanted| summary.iter().filter(|(_, found)| *found == wanted).count();
    let failed = count(Outcome::Failed);
    print!("{} passed, {failed} failed", count(Outcome::Passed));
    match count(Outcome::Skipped) {
        0 => println!(),
        skipped => println!(", {skipped} skipped: what they need is missing, as said above"),
    }
    Ok(failed == 0)
}

fn select_stages(name: Option<&str>, is_ci: bool) -> Result<Vec<Stage>> {
    let Some(name) = name else {
        let more: &[Stage] = if is_ci { &STAGES_IN_CI } else { &[] };
        return Ok([&STAGES[..], more].concat());
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

    fn selected(name: Option<&str>, is_ci: bool) -> Result<Vec<&'static str>> {
        let stages = select_stages(name, is_ci)?;
        Ok(stages.iter().map(|(name, _)| *name).collect())
    }

    #[test]
    fn a_name_selects_one_stage() {
        let daily = [
            "fmt", "clippy", "native", "doc", "pytorch", "types", "browser", "embed", "chromium",
            "firefox", "webkit",
        ];
        assert_eq!(selected(None, false).unwrap(), daily);
        assert_eq!(
            selected(None, true).unwrap(),
            [&daily[..], &["soak"]].concat()
        );
        for name in daily.into_iter().chain(["slow", "deny", "soak"]) {
            assert_eq!(selected(Some(name), true).unwrap(), [name]);
        }
    }

    #[test]
    fn only_a_browser_that_cannot_be_installed_is_skipped_and_only_if_it_was_not_asked_for() {
        let missing = || Err(Missing::new("Firefox", &["firefox-esr"]).into());
        assert_eq!(Outcome::of(&missing(), "firefox", false), Outcome::Skipped);
        assert_eq!(Outcome::of(&missing(), "firefox", true), Outcome::Failed);
        assert_eq!(Outcome::of(&missing(), "browser", false), Outcome::Failed);
        let other = Err(anyhow!("a test failed"));
        assert_eq!(Outcome::of(&other, "firefox", false), Outcome::Failed);
        assert_eq!(Outcome::of(&Ok(()), "firefox", false), Outcome::Passed);
    }

    #[test]
    fn all_stages_are_listed() {
        let error = selected(Some("typos"), false).unwrap_err().to_string();
        assert!(error.contains("`typos`"), "{error}");
        for (name, _) in [&STAGES[..], &STAGES_ON_REQUEST].concat() {
            assert!(error.contains(name), "{name} is not in {error}");
            let listed = HELP.split([' ', ',', '\n']).any(|word| word == name);
            assert!(listed, "{name} is not in the help");
        }
    }

    #[test]
    fn only_the_soak_takes_minutes() {
        for stage in [None, Some("browser")] {
            let options = Options {
                minutes: Some(60),
                ..Options::default()
            };
            let error = test(stage, options).unwrap_err();
            assert!(error.to_string().contains("`soak`"), "{error}");
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
