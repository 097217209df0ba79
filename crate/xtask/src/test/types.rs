//! Types: those of the page's modules, and the declarations that ship with the site.

use super::Session;
use crate::build::layout::DECLARATIONS;
use crate::dependencies;
use crate::files;
use crate::process::run;
use crate::workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Checks the modules against the generated bindings, the shipped declarations against the modules, and a script like
/// a user's against the declarations.
pub fn types(session: &Session) -> Result<()> {
    dependencies::npm_packages()?;
    session.site()?;
    let tests = workspace::tests_folder();
    run(&mut tsc(&tests))?;
    let emitted = workspace::artifact_dir("types");
    files::remove_folder(&emitted)?;
    run(tsc(&tests)
        .args([
            "--noEmit",
            "false",
            "--declaration",
            "--emitDeclarationOnly",
        ])
        .arg("--outDir")
        .arg(&emitted))?;
    let shipped = workspace::root().join("www").join(DECLARATIONS);
    for file in files::files_below(&shipped)? {
        let name = files::relative_name(&file, &shipped)?;
        compare(&emitted.join(&name), &file, &name)?;
    }
    run(&mut tsc(&tests.join("types")))
}

fn tsc(project: &Path) -> Command {
    let mut command = Command::new("node");
    command.arg(workspace::tests_folder().join("node_modules/typescript/bin/tsc"));
    command.arg("--project").arg(project);
    command
}

/// The shipped declaration is the one that tsc emits; UPDATE_REFERENCES=1 replaces it.
fn compare(emitted: &Path, shipped: &Path, name: &str) -> Result<()> {
    let text = fs::read_to_string(emitted).with_context(|| format!("tsc emitted no {name}"))?;
    let text = relative_to_site(&text, name);
    if std::env::var_os("UPDATE_REFERENCES").is_some() {
        return Ok(fs::write(shipped, text)?);
    }
    if fs::read_to_string(shipped).is_ok_and(|shipped| shipped == text) {
        return Ok(());
    }
    bail!(
        "{} does not match the modules: `UPDATE_REFERENCES=1 cargo xtask test types` rewrites it",
        shipped.display()
    )
}

/// A declaration whose references to files of www are relative to its place in the site. tsc writes them relative to
/// the folder in target into which it emits.
fn relative_to_site(declaration: &str, name: &str) -> String {
    let up = "../".repeat(name.matches('/').count());
    let here = if up.is_empty() { "./" } else { &up };
    declaration.replace(&format!("\"{up}../../www/"), &format!("\"{here}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_refer_to_files_of_the_site() {
        for (name, emitted, shipped) in [
            ("a.d.ts", "../../www/elements.d.ts", "./elements.d.ts"),
            ("x/a.d.ts", "../../../www/elements.d.ts", "../elements.d.ts"),
            ("x/a.d.ts", "../../../www/y/b.d.ts", "../y/b.d.ts"),
        ] {
            let emitted = format!("/// <reference path=\"{emitted}\" />");
            let shipped = format!("/// <reference path=\"{shipped}\" />");
            assert_eq!(relative_to_site(&emitted, name), shipped);
        }
    }
}
