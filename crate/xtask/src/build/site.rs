//! Assembles the site in a folder.

use super::layout::{DATA, DECLARATIONS, ONE_FILE_PAGE, WASM};
use super::modules::Graph;
use super::{
    assets, compile, data, first_picture, join, lessons, offline, one_file, sizes, strip_comments,
    styles, toolchain, wheel, words,
};
use crate::files;
use crate::packed::Packed;
use crate::process::seconds;
use crate::workspace;
use anyhow::{Context, Result, anyhow, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The folder named on the command line, or `dist` in the workspace.
pub fn output_folder(named: Option<PathBuf>) -> Result<PathBuf> {
    Ok(match named {
        Some(folder) => std::path::absolute(folder)?,
        None => workspace::root().join("dist"),
    })
}

/// Builds the site into the folder `out`.
///
/// The site is assembled in a folder beside `out` that replaces it at the end: no stale file remains, and a failing
/// build leaves the last good site in place. Returns the files as a server sends them.
pub fn build(out: &Path) -> Result<Packed> {
    build_with_features(out, &[])
}

/// The same, with features of the browser crate that do not ship.
pub fn build_with_features(out: &Path, features: &[&str]) -> Result<Packed> {
    let start = Instant::now();
    refuse_foreign_folder(out)?;
    let _lock = workspace::lock()?;
    let compiled = compile::wasm(&toolchain::ensure()?, features)?;

    let draft = sibling(out, "new")?;
    files::remove_folder(&draft)?;
    assemble(&compiled, &draft)?;
    replace(out, &draft)?;

    let packed = Packed::of(out)?;
    sizes::print(out, &packed)?;
    println!("Built {} in {}", out.display(), seconds(start));
    Ok(packed)
}

fn assemble(compiled: &Path, site: &Path) -> Result<()> {
    let wasm_folder = site.join(WASM).with_file_name("");
    compile::bind(compiled, &wasm_folder)?;
    files::copy_folder(&workspace::root().join("www"), site)?;
    files::copy_folder(&site.join(DECLARATIONS), site)?;
    files::remove_folder(&site.join(DECLARATIONS))?;
    styles::inline_imports(site)?;
    words::write(site)?;
    data::write(&site.join(DATA))?;
    lessons::write(site)?;
    strip_comments::in_modules(site)?;
    Graph::of_site(site)?;
    one_file::write(site)?;
    wheel::write(site)?;
    // What holds all in one file is made of the modules as they are.
    join::write(site)?;
    first_picture::write_preloads(site)?;
    assets::write(site)?;
    // Last, because it lists the digests of the others.
    offline::write(site)
}

fn replace(out: &Path, draft: &Path) -> Result<()> {
    let old = sibling(out, "old")?;
    files::remove_folder(&old)?;
    if out.exists() {
        fs::rename(out, &old)?;
    }
    fs::rename(draft, out)
        .with_context(|| format!("cannot put the site into {}", out.display()))?;
    files::remove_folder(&old)
}

/// An error unless `out` holds a site.
pub fn expect_built(out: &Path) -> Result<()> {
    if !out.join(ONE_FILE_PAGE).is_file() {
        bail!(
            "there is no site in {}; `cargo xtask build` makes one",
            out.display()
        );
    }
    Ok(())
}

/// The build replaces all of `out`, so it must be missing, empty, or a site of ours.
fn refuse_foreign_folder(out: &Path) -> Result<()> {
    let replaceable = match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_none() || out.join(ONE_FILE_PAGE).is_file(),
        Err(_) => !out.exists(),
    };
    if !replaceable {
        bail!(
            "{} exists and is not a site built by us: choose another --out or remove it",
            out.display()
        );
    }
    Ok(())
}

/// `folder/name` to `folder/.name.suffix`.
fn sibling(out: &Path, suffix: &str) -> Result<PathBuf> {
    let name = out
        .file_name()
        .ok_or_else(|| anyhow!("--out must name a folder"))?;
    Ok(out.with_file_name(format!(".{}.{suffix}", name.to_string_lossy())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_other_things_is_not_replaced() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR"));
        let error = refuse_foreign_folder(source).unwrap_err().to_string();
        assert!(error.contains("--out"), "{error}");
        assert!(refuse_foreign_folder(&source.join("Cargo.toml")).is_err());
        assert!(refuse_foreign_folder(&source.join("not-there")).is_ok());
    }

    #[test]
    fn drafts_lie_beside_the_site() {
        assert_eq!(
            sibling(Path::new("a/dist"), "new").unwrap(),
            Path::new("a/.dist.new")
        );
        assert!(sibling(Path::new("/"), "new").is_err());
    }
}
