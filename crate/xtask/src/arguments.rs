//! The command line.

use crate::test::Options;
use lexopt::{Arg, Parser, ValueExt};
use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// Printed when no task is named, or an unknown one.
pub const HELP: &str = "\
Gradient Flow's tasks. Each installs what it needs on its first run.

  cargo xtask serve [--port 8080] [--out dist] [--no-build]
                            build the site, serve it on this machine and print its address
                            (--port 0 takes a free port; --no-build serves what is there)
  cargo xtask test [STAGE]  all tests, or one stage: fmt, clippy, native, doc, pytorch,
                            types, browser, embed, chromium, firefox, webkit
                            (further words after one of the last five choose tests by name;
                            --repeat N runs those tests N times, --busy beside two busy loops,
                            and counts which failed how often)
                            or one that runs only when named: slow (tests over all values),
                            deny (licences and sources of the dependencies), soak (a browser
                            under load and more random cases; --minutes M, default 2; in CI
                            two minutes of the browser belong to all tests)
  cargo xtask build [--out dist]
                            the site as static files that work from any folder of any host
  cargo xtask bench         how fast a training step is, as a table and as JSON
  cargo xtask bench diagnosis [COUNT]
                            how far the diagnosis can be trusted: random configs (2000 unless
                            a COUNT is given), every fix tried; may take hours
  cargo xtask bench map     runs a second of the view map, with one worker and with two
  cargo xtask help          this text
";

/// What `cargo xtask` is asked to do.
#[derive(Debug, PartialEq)]
pub enum Task {
    /// Build the site into `out`.
    Build { out: Option<PathBuf> },
    /// Serve the site in `out`, after building it if `build` is true.
    Serve {
        port: u16,
        out: Option<PathBuf>,
        build: bool,
    },
    /// Run all stages of the tests, or one.
    Test {
        stage: Option<String>,
        options: Options,
    },
    /// Run the benchmarks.
    Bench,
    /// Measure the view map.
    BenchMap,
    /// Measure the diagnosis over random configs, 2000 unless a number is named.
    BenchDiagnosis { count: Option<u64> },
    /// Print the help.
    Help,
}

/// Parses the arguments that follow the program's name.
pub fn parse(
    arguments: impl IntoIterator<Item = impl Into<OsString>>,
) -> Result<Task, lexopt::Error> {
    let mut parser = Parser::from_args(arguments);
    let (mut port, mut out, mut build) = (8080, None, true);
    let mut command: Option<String> = None;
    let mut words = Vec::new();
    let mut options = Options::default();
    while let Some(argument) = parser.next()? {
        match (command.as_deref(), argument) {
            (_, Arg::Long("help") | Arg::Short('h')) => return Ok(Task::Help),
            (None, Arg::Value(value)) => command = Some(value.string()?),
            (Some("serve"), Arg::Long("port")) => port = parser.value()?.parse()?,
            (Some("serve"), Arg::Long("no-build")) => build = false,
            (Some("serve" | "build"), Arg::Long("out")) => out = Some(parser.value()?.into()),
            (Some("test" | "bench"), Arg::Value(value)) => words.push(value.string()?),
            (Some("test"), Arg::Long("busy")) => options.repeat.busy = true,
            (Some("test"), Arg::Long("repeat")) => {
                options.repeat.runs = number(&mut parser, "--repeat", 1..=1000)?;
            }
            (Some("test"), Arg::Long("minutes")) => {
                options.minutes = Some(number(&mut parser, "--minutes", 1..=1440)?);
            }
            (_, other) => return Err(other.unexpected()),
        }
    }
    match command.as_deref() {
        Some("build") => Ok(Task::Build { out }),
        Some("serve") => Ok(Task::Serve { port, out, build }),
        Some("test") => {
            let mut words = words.into_iter();
            let stage = words.next();
            options.words = words.collect();
            Ok(Task::Test { stage, options })
        }
        Some("bench") => match &words[..] {
            [] => Ok(Task::Bench),
            [what] if what == "map" => Ok(Task::BenchMap),
            [what] if what == "diagnosis" => Ok(Task::BenchDiagnosis { count: None }),
            [what, count] if what == "diagnosis" => match count.parse() {
                Ok(count) if count > 0 => Ok(Task::BenchDiagnosis { count: Some(count) }),
                _ => Err(format!("{count} is no number of runs").into()),
            },
            [other, ..] => Err(format!("there is no benchmark `{other}`\n\n{HELP}").into()),
        },
        Some("help") | None => Ok(Task::Help),
        Some(unknown) => Err(format!("there is no task `{unknown}`\n\n{HELP}").into()),
    }
}

/// The value of an option that is a whole number in a range.
fn number(
    parser: &mut Parser,
    name: &str,
    allowed: RangeInclusive<u32>,
) -> Result<u32, lexopt::Error> {
    let text = parser.value()?.string()?;
    match text.parse() {
        Ok(value) if allowed.contains(&value) => Ok(value),
        _ => Err(format!(
            "{name} = {text} is refused; allowed: {} to {}",
            allowed.start(),
            allowed.end()
        )
        .into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::Repeat;

    fn read(line: &str) -> Result<Task, String> {
        parse(line.split_whitespace()).map_err(|error| error.to_string())
    }

    #[test]
    fn every_task_is_parsed() {
        assert_eq!(read(""), Ok(Task::Help));
        assert_eq!(read("serve --help"), Ok(Task::Help));
        assert_eq!(read("build"), Ok(Task::Build { out: None }));
        assert_eq!(
            read("build --out=a/b"),
            Ok(Task::Build {
                out: Some("a/b".into())
            })
        );
        assert_eq!(
            read("serve"),
            Ok(Task::Serve {
                port: 8080,
                out: None,
                build: true
            })
        );
        assert_eq!(
            read("serve --no-build --port 0"),
            Ok(Task::Serve {
                port: 0,
                out: None,
                build: false
            })
        );
        assert_eq!(
            read("test"),
            Ok(Task::Test {
                stage: None,
                options: Options::default()
            })
        );
        assert_eq!(
            read("test browser reload seed"),
            Ok(Task::Test {
                stage: Some("browser".into()),
                options: Options {
                    words: vec!["reload".into(), "seed".into()],
                    ..Options::default()
                }
            })
        );
        assert_eq!(
            read("test browser --repeat 5 layout --busy"),
            Ok(Task::Test {
                stage: Some("browser".into()),
                options: Options {
                    words: vec!["layout".into()],
                    repeat: Repeat {
                        runs: 5,
                        busy: true
                    },
                    minutes: None
                }
            })
        );
        assert_eq!(
            read("test soak --minutes 60"),
            Ok(Task::Test {
                stage: Some("soak".into()),
                options: Options {
                    minutes: Some(60),
                    ..Options::default()
                }
            })
        );
        assert_eq!(read("bench"), Ok(Task::Bench));
        assert_eq!(read("bench map"), Ok(Task::BenchMap));
        let diagnosis = |count| Ok(Task::BenchDiagnosis { count });
        assert_eq!(read("bench diagnosis"), diagnosis(None));
        assert_eq!(read("bench diagnosis 50"), diagnosis(Some(50)));
    }

    #[test]
    fn errors_name_what_is_wrong() {
        for (line, part) in [
            ("sevre", "sevre"),
            ("bench spede", "spede"),
            ("bench diagnosis few", "few"),
            ("build --port 1", "--port"),
            ("build dist", "dist"),
            ("serve --port many", "many"),
            ("serve --port 70000", "70000"),
            ("serve --port", "--port"),
            ("serve --busy", "--busy"),
            ("test browser --repeat", "--repeat"),
            (
                "test browser --repeat 0",
                "--repeat = 0 is refused; allowed: 1 to 1000",
            ),
            ("test browser --repeat often", "often"),
            (
                "test soak --minutes 2000",
                "--minutes = 2000 is refused; allowed: 1 to 1440",
            ),
        ] {
            let error = read(line).unwrap_err();
            assert!(error.contains(part), "{line}: {error}");
        }
    }
}
