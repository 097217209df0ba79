//! The folder of the site's own files, which is named by their digest.
//!
//! Caches on the way keep files for as long as they like. If addresses stayed the same, a page could get some files of one
//! release and some of another. So only what others link to keeps its address: the pages, the element's module (which
//! loads the real one), its style sheet, the script for pages that frame us, and what is downloaded. Everything else moves into the folder.

use super::layout::{
    ASSETS, ELEMENT_MODULE, ELEMENT_STYLE, FRAMES_SCRIPT, ONE_FILE_PAGE, ONE_FILE_SCRIPT, PYTHON,
    SERVICE_WORKER,
};
use super::pages;
use crate::files;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// How many hexadecimal digits of the digest name the folder.
const DIGITS: usize = 16;

/// What stands in the folder's address before the names of its files: `assets/DIGEST/`, or nothing in a site whose files
/// have not been moved.
pub fn prefix(site: &Path) -> Result<String> {
    let folder = site.join(ASSETS);
    if !folder.exists() {
        return Ok(String::new());
    }
    let entries = files::entries(&folder)?;
    let digest = entries
        .first()
        .with_context(|| format!("{ASSETS} is empty"))?;
    Ok(format!("{ASSETS}/{}/", files::name(digest)))
}

/// Moves the site's files into the folder, and lets its pages and its element's module name them there.
pub fn write(site: &Path) -> Result<()> {
    let names = moved_names(site)?;
    let folder = format!("{ASSETS}/{}/", digest(site, &names)?);
    for name in &names {
        let target = site.join(&folder).join(name);
        fs::create_dir_all(target.parent().context("a file lies in a folder")?)?;
        fs::rename(site.join(name), target)?;
    }
    remove_empty_folders(site)?;
    let element = format!("export * from './{folder}{ELEMENT_MODULE}';\n");
    fs::write(site.join(ELEMENT_MODULE), element)?;
    fs::copy(
        site.join(&folder).join(ELEMENT_STYLE),
        site.join(ELEMENT_STYLE),
    )?;
    for path in files::entries(site)? {
        let is_page = path.extension().is_some_and(|kind| kind == "html");
        if is_page && files::name(&path) != ONE_FILE_PAGE {
            let markup = fs::read_to_string(&path)?;
            let is_moved = |name: &str| names.iter().any(|moved| moved == name);
            fs::write(&path, pages::with_prefix(&markup, &folder, is_moved))?;
        }
    }
    Ok(())
}

/// Everything but what others link to, in order of name. Declarations stay beside the public module: nothing loads them.
fn moved_names(site: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for file in files::files_below(site)? {
        let name = files::relative_name(&file, site)?;
        let kept = [FRAMES_SCRIPT, ONE_FILE_SCRIPT, SERVICE_WORKER].contains(&name.as_str())
            || name.starts_with(&format!("{PYTHON}/"))
            || name.ends_with(".d.ts")
            || (!name.contains('/') && !name.ends_with(".js") && !name.ends_with(".css"));
        if !kept {
            names.push(name);
        }
    }
    Ok(names)
}

fn digest(site: &Path, names: &[String]) -> Result<String> {
    let mut digest = Sha256::new();
    for name in names {
        let bytes = fs::read(site.join(name))?;
        digest.update(format!("{name} {}\n", bytes.len()));
        digest.update(bytes);
    }
    let digits: String = digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(digits[..DIGITS].into())
}

fn remove_empty_folders(folder: &Path) -> Result<()> {
    let folders = files::entries(folder)?
        .into_iter()
        .filter(|path| path.is_dir());
    for path in folders.collect::<Vec<PathBuf>>() {
        remove_empty_folders(&path)?;
        if files::entries(&path)?.is_empty() {
            fs::remove_dir(&path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: [(&str, &str); 10] = [
        (
            "index.html",
            r#"<link rel="icon" href="icon.svg" /><link href="x/a.css" /><script type="module" src="x/a.js"></script><pre>&lt;script src="x/a.js"></pre>"#,
        ),
        ("icon.svg", "<svg/>"),
        ("x/a.js", "import '../gradient-flow.js';"),
        ("x/a.css", ""),
        ("x/a.d.ts", ""),
        ("gradient-flow.js", "export const a = 1;"),
        ("gradient-flow.css", "i {}"),
        ("frames.js", ""),
        ("sw.js", ""),
        ("python/a.whl", ""),
    ];

    fn built(name: &str, files: &[(&str, &str)]) -> (PathBuf, String) {
        let site = files::site_of(name, files);
        write(&site).unwrap();
        let prefix = prefix(&site).unwrap();
        (site, prefix)
    }

    #[test]
    fn only_public_addresses_stay() {
        let (site, prefix) = built("assets", &FILES);
        let found: Vec<String> = files::files_below(&site)
            .unwrap()
            .iter()
            .map(|file| files::relative_name(file, &site).unwrap())
            .collect();
        let read = |name: &str| fs::read_to_string(site.join(name)).unwrap();
        let (page, element) = (read("index.html"), read("gradient-flow.js"));
        files::remove_folder(&site).unwrap();
        let mut expected: Vec<String> =
            ["gradient-flow.css", "gradient-flow.js", "x/a.css", "x/a.js"]
                .map(|name| format!("{prefix}{name}"))
                .into();
        expected.extend(
            [
                "frames.js",
                "gradient-flow.css",
                "gradient-flow.js",
                "icon.svg",
                "index.html",
                "python/a.whl",
                "sw.js",
                "x/a.d.ts",
            ]
            .map(String::from),
        );
        assert_eq!(found, expected);
        assert_eq!(
            page,
            format!(
                r#"<link rel="icon" href="icon.svg" /><link href="{prefix}x/a.css" /><script type="module" src="{prefix}x/a.js"></script><pre>&lt;script src="x/a.js"></pre>"#
            )
        );
        assert_eq!(
            element,
            format!("export * from './{prefix}gradient-flow.js';\n")
        );
    }

    #[test]
    fn another_file_is_another_folder_and_the_same_files_are_the_same() {
        let (first, before) = built("assets-first", &FILES);
        let (same, again) = built("assets-same", &FILES);
        let mut files = FILES;
        files[3].1 = "b {}";
        let (other, after) = built("assets-other", &files);
        for site in [first, same, other] {
            files::remove_folder(&site).unwrap();
        }
        assert_eq!(before, again);
        assert_ne!(before, after);
    }
}
