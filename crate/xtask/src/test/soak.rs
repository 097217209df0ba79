//! A long run: the property tests with more cases, and a browser under load for some minutes or an hour.

use super::Session;
use super::node::Served;
use crate::dependencies::engines;
use crate::process::run;
use crate::workspace;
use anyhow::{Context, Result, bail};

/// The tests that draw runs at random, by their package and its folder below `crate`.
const PROPERTY_TESTS: [(&str, &str, &str); 2] = [
    ("gradient-flow", "core", "runs"),
    ("gradient-flow-charts", "charts", "drawings"),
];

/// The random cases of each property for each minute that was asked for.
const CASES_PER_MINUTE: u32 = 200;

/// How many minutes the browser runs unless the command line says otherwise.
const MINUTES: u32 = 2;

/// All of it.
pub fn soak(session: &Session) -> Result<()> {
    let minutes = session.options.minutes.unwrap_or(MINUTES);
    for (package, folder, test) in PROPERTY_TESTS {
        if has_test(folder, test)? {
            property_test(package, test, minutes * CASES_PER_MINUTE)?;
        } else {
            println!("The package {package} has no test `{test}`.");
        }
    }
    in_browser(session, minutes)
}

/// The browser alone, as CI has it every time: the stage `native` has run the property tests.
pub fn short(session: &Session) -> Result<()> {
    in_browser(session, MINUTES)
}

fn in_browser(session: &Session, minutes: u32) -> Result<()> {
    let chromium = engines::chromium()?;
    let served = Served::start(session, "soak")?;
    println!("Chromium under load for about {minutes} minutes …");
    let passed = served
        .node()
        .arg(workspace::tests_folder().join("soak/soak.mjs"))
        .env("CHROMIUM", chromium)
        .env("MINUTES", minutes.to_string())
        .status()
        .context("cannot start node")?
        .success();
    if !passed {
        bail!("the soak in the browser failed, as it says above");
    }
    Ok(())
}

/// Optimized, but for the link-time optimization, which would take minutes.
fn property_test(package: &str, test: &str, cases: u32) -> Result<()> {
    run(workspace::cargo()
        .args(["test", "--release", "--package", package, "--test", test])
        .args(["--config", "profile.release.lto = false"])
        .args(["--config", "profile.release.codegen-units = 16"])
        .env("PROPTEST_CASES", cases.to_string()))
}

/// Whether the manifest in a folder below `crate` names this test.
fn has_test(folder: &str, test: &str) -> Result<bool> {
    let manifest = workspace::root()
        .join("crate")
        .join(folder)
        .join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest)
        .with_context(|| format!("cannot read {}", manifest.display()))?;
    Ok(names_test(&text, test))
}

/// Whether a manifest's `[[test]]` has this name.
fn names_test(manifest: &str, test: &str) -> bool {
    let wanted = format!("name = \"{test}\"");
    let mut sections = manifest.split("[[test]]").skip(1);
    sections.any(|section| {
        let own = section.split("\n[").next().unwrap_or(section);
        own.lines().any(|line| line.trim() == wanted)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_names_its_tests() {
        let manifest = "[package]\nname = \"core\"\n\n[[test]]\nname = \"runs\"\npath = \"x\"\n\n\
                        [[example]]\nname = \"other\"\n";
        assert!(names_test(manifest, "runs"));
        for absent in ["core", "other", "run"] {
            assert!(!names_test(manifest, absent), "{absent}");
        }
    }

    #[test]
    fn the_packages_of_property_tests_are_where_they_are_looked_for() {
        for (package, folder, _) in PROPERTY_TESTS {
            let manifest = workspace::root()
                .join("crate")
                .join(folder)
                .join("Cargo.toml");
            let text = std::fs::read_to_string(manifest).unwrap();
            assert!(text.contains(&format!("name = \"{package}\"")), "{package}");
        }
    }
}
