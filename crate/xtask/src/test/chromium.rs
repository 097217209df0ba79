//! Stages in Chromium: our own pages, and those of others that embed ours.

use super::node::run_tests;
use super::{Session, python, rust};
use crate::build::first_picture;
use crate::build::layout::PYTHON;
use crate::dependencies;
use crate::files;
use crate::process::output;
use crate::workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The site's pages, served under the strictest policy that a host may have.
pub fn browser(session: &Session) -> Result<()> {
    let chromium = dependencies::engines::headless_chromium()?;
    let first_picture = Vec::from_iter(first_picture::files(&session.site()?)?);
    let environment = [
        ("CHROMIUM", chromium.into()),
        ("NATIVE_SNAPSHOT", rust::example("snapshot")?.into()),
        ("NATIVE_MAP", rust::example("map")?.into()),
        ("NATIVE_PYTORCH", rust::example("pytorch")?.into()),
        ("FIRST_PICTURE", first_picture.join(" ").into()),
    ];
    // Two processors are busy with two: a page waits about half of its time.
    run_tests(session, "browser", "browser", 2, &environment)
}

/// A plain page, slides, a course platform, books, a component and notebooks, each made with its own tool, with our
/// site in it.
pub fn embed(session: &Session) -> Result<()> {
    dependencies::npm_packages()?;
    let site = session.site()?;
    let projects = workspace::tests_folder().join("embed");
    let hosts = workspace::artifact_dir("test-hosts");
    files::remove_folder(&hosts)?;
    for name in ["plain", "reveal", "platform", "notebook", "marimo"] {
        files::copy_folder(&projects.join(name), &hosts.join(name))?;
    }
    let chromium = dependencies::engines::chromium()?;
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
    build_with_sphinx(&projects, &hosts)?;
    build_with_vite(&site, &projects, &hosts)?;
    for copy in [
        "lab",
        "mdbook/lab",
        "sphinx/lab",
        "vitepress/lab",
        "react/lab",
    ] {
        files::copy_folder(&site, &hosts.join(copy))?;
    }
    let wheel = files::entries(&site.join(PYTHON))?;
    let wheel = wheel
        .iter()
        .find(|file| file.extension().is_some_and(|kind| kind == "whl"));
    let wheel = wheel.context("the site has no wheel")?;
    let jupyter = dependencies::jupyter(&projects.join("notebook/requirements.txt"), wheel)?;
    python::package(session, &jupyter.with_file_name("python"))?;
    let environment = [
        ("CHROMIUM", chromium.into()),
        ("HOSTS", hosts.into()),
        ("JUPYTER", jupyter.into()),
    ];
    run_tests(session, "embed", "embed", 1, &environment)
}

fn build_with_sphinx(projects: &Path, hosts: &Path) -> Result<()> {
    let project = projects.join("sphinx");
    let sphinx = dependencies::sphinx(&project.join("requirements.txt"))?;
    output(
        Command::new(sphinx)
            .args(["-q", "-E", "-W", "-b", "html", "-d"])
            .arg(workspace::artifact_dir("sphinx").join("doctrees"))
            .arg(&project)
            .arg(hosts.join("sphinx")),
    )?;
    Ok(())
}

/// A book of VitePress and a page of React, in a copy: beside it the tools leave what they keep.
fn build_with_vite(site: &Path, projects: &Path, hosts: &Path) -> Result<()> {
    let sources = projects.join("projects");
    let copies = workspace::artifact_dir("test-host-projects");
    for name in ["vitepress", "react"] {
        files::remove_folder(&copies.join(name))?;
        files::copy_folder(&sources.join(name), &copies.join(name))?;
        files::copy_folder(site, &copies.join(name).join("public/lab"))?;
    }
    // A hidden folder, which is not copied with the rest.
    let settings = "vitepress/.vitepress";
    files::copy_folder(&sources.join(settings), &copies.join(settings))?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(sources.join(name), copies.join(name))?;
    }
    dependencies::npm_packages_of(&copies, "the hosts'")?;
    for (tool, name) in [
        ("vitepress/bin/vitepress.js", "vitepress"),
        ("vite/bin/vite.js", "react"),
    ] {
        output(
            Command::new("node")
                .arg(copies.join("node_modules").join(tool))
                .arg("build")
                .arg(copies.join(name))
                .arg("--outDir")
                .arg(hosts.join(name)),
        )?;
    }
    Ok(())
}
