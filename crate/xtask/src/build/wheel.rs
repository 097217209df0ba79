//! The notebook package: a wheel in the site, which `pip install ADDRESS` installs.
//!
//! A wheel is a zip archive of Python modules with a folder that describes them. It is made here so that building the
//! site needs nothing but Rust.

use super::layout::{PYTHON, PYTHON_README, PYTHON_SOURCES, WHEEL_MODULE, WIDGET_MODULE};
use super::one_file;
use crate::files;
use crate::pack;
use crate::workspace;
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The package's name in paths.
const PACKAGE: &str = "gradient_flow";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Replaces the package's sources in the site by a wheel.
pub fn write(site: &Path) -> Result<()> {
    let name = format!("{PACKAGE}-{VERSION}-py3-none-any.whl");
    let dialog = fs::read_to_string(site.join(WHEEL_MODULE))?;
    if !dialog.contains(&name) {
        bail!("{WHEEL_MODULE} names another wheel than {name}");
    }
    let sources = site.join(PYTHON_SOURCES);
    let mut members = modules(&sources)?;
    let widget = widget(&one_file::script(site, WIDGET_MODULE)?)?;
    members.push((format!("{PACKAGE}/widget.js"), widget.into_bytes()));
    let readme = fs::read_to_string(site.join(PYTHON_README))?;
    let license = fs::read(workspace::root().join("LICENSE"))?;
    describe(&mut members, &readme, license)?;
    files::remove_folder(&sources)?;
    fs::remove_file(site.join(PYTHON_README))?;
    fs::write(site.join(PYTHON).join(name), pack::zip(&members)?)?;
    Ok(())
}

/// Paths in the wheel, with what the files contain.
type Members = Vec<(String, Vec<u8>)>;

fn modules(sources: &Path) -> Result<Members> {
    let mut members = Members::new();
    for file in files::entries(sources)? {
        let name = files::name(&file);
        // The marker tells type checkers that the package is typed.
        if name.ends_with(".py") || name == "py.typed" {
            members.push((format!("{PACKAGE}/{name}"), fs::read(&file)?));
        }
    }
    Ok(members)
}

/// The script of all modules as a module whose default export is the widget.
fn widget(script: &str) -> Result<String> {
    // The script's last expression is the program's call.
    let start = script
        .rfind("\n(globalThis.gradientFlowProgram = ")
        .context("the script of all modules ends with its program")?;
    let (files, program) = script.split_at(start + 1);
    let program = program.trim_end();
    Ok(format!("{files}export default {program}.widget;\n"))
}

/// Adds the files that describe the others to installers, and to package indexes.
fn describe(members: &mut Members, readme: &str, license: Vec<u8>) -> Result<()> {
    let folder = format!("{PACKAGE}-{VERSION}.dist-info");
    let metadata = format!(
        "Metadata-Version: 2.1\nName: gradient-flow\nVersion: {VERSION}\n\
         Summary: A live laboratory for vanishing and exploding gradients in notebooks\n\
         License: MIT\nKeywords: deep learning,vanishing gradients,teaching,jupyter,marimo,anywidget\n\
         Classifier: Framework :: Jupyter\nClassifier: Intended Audience :: Education\n\
         Classifier: Programming Language :: Python :: 3\nClassifier: Typing :: Typed\n\
         Requires-Python: >=3.9\nRequires-Dist: anywidget>=0.9\nRequires-Dist: numpy\n\
         Description-Content-Type: text/markdown\n\n{readme}"
    );
    members.push((format!("{folder}/METADATA"), metadata.into_bytes()));
    members.push((format!("{folder}/LICENSE"), license));
    let wheel = "Wheel-Version: 1.0\nGenerator: gradient-flow xtask\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
    members.push((format!("{folder}/WHEEL"), wheel.into()));
    let mut record = String::new();
    for (path, bytes) in members.iter() {
        let digest = pack::base64_url(&Sha256::digest(bytes));
        writeln!(record, "{path},sha256={digest},{}", bytes.len())?;
    }
    writeln!(record, "{folder}/RECORD,,")?;
    members.push((format!("{folder}/RECORD"), record.into_bytes()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_record_lists_every_member() {
        let mut members = vec![("gradient_flow/a.py".into(), b"x = 1\n".to_vec())];
        describe(&mut members, "# What it is\n", b"MIT".to_vec()).unwrap();
        let (path, record) = members.last().unwrap();
        assert_eq!(*path, format!("gradient_flow-{VERSION}.dist-info/RECORD"));
        let record = String::from_utf8(record.clone()).unwrap();
        let lines: Vec<&str> = record.lines().collect();
        // As Python's base64.urlsafe_b64encode(hashlib.sha256(b"x = 1\n").digest()) says.
        assert_eq!(
            lines[0],
            "gradient_flow/a.py,sha256=nia_NpkRxFwkPGhBR7I_yeHc_PJX0pmhxjIBam_NM_Q,6"
        );
        for (line, (path, _)) in lines.iter().zip(&members) {
            assert!(line.starts_with(&format!("{path},")), "{line}");
        }
        assert_eq!(lines.len(), members.len());
    }

    #[test]
    fn the_readme_describes_the_package() {
        let mut members = Members::new();
        describe(&mut members, "# What it is\n", b"MIT".to_vec()).unwrap();
        let member = |name: &str| {
            let found = members.iter().find(|(path, _)| path.ends_with(name));
            String::from_utf8(found.unwrap().1.clone()).unwrap()
        };
        let metadata = member("METADATA");
        let (head, body) = metadata.split_once("\n\n").unwrap();
        assert!(head.contains("\nDescription-Content-Type: text/markdown"));
        assert!(
            head.lines().all(|line| line.contains(": ")),
            "a line of the head is broken: {head}"
        );
        assert_eq!(body, "# What it is\n");
        assert_eq!(member("LICENSE"), "MIT");
    }

    #[test]
    fn the_widget_is_the_default_export() {
        let script = "globalThis.gradientFlowFiles = {\n};\n(globalThis.gradientFlowProgram = function () {\n})('widget.js')\n";
        let module = "globalThis.gradientFlowFiles = {\n};\nexport default (globalThis.gradientFlowProgram = function () {\n})('widget.js').widget;\n";
        assert_eq!(widget(script).unwrap(), module);
        assert!(widget("no program").is_err());
    }
}
