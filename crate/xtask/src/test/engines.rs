//! The core of the browser tests in three engines: one file of tests, run once for each by the same small face.

use super::node::run_tests;
use super::{Session, rust};
use crate::dependencies::engines;
use anyhow::Result;
use std::ffi::OsString;

pub fn chromium(session: &Session) -> Result<()> {
    let program = engines::chromium()?;
    run_core(session, "chromium", [("CHROMIUM", program.into())])
}

pub fn firefox(session: &Session) -> Result<()> {
    let program = engines::firefox()?;
    run_core(session, "firefox", [("FIREFOX", program.into())])
}

pub fn webkit(session: &Session) -> Result<()> {
    let webkit = engines::webkit()?;
    let programs = [
        ("WEBKIT_DRIVER", webkit.driver.into()),
        ("WEBKIT_BROWSER", webkit.browser.into()),
        ("XVFB", webkit.screen.into()),
    ];
    run_core(session, "webkit", programs)
}

fn run_core<const N: usize>(
    session: &Session,
    engine: &str,
    programs: [(&str, OsString); N],
) -> Result<()> {
    let mut environment = Vec::from(programs);
    environment.push(("ENGINE", engine.into()));
    environment.push(("NATIVE_SNAPSHOT", rust::example("snapshot")?.into()));
    run_tests(
        session,
        "engines",
        &format!("engines-{engine}"),
        1,
        &environment,
    )
}
