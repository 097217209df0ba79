//! Builds the deployable site: wasm and its bindings, the pages, the data.

use crate::files;
use crate::offline;
use crate::one_file;
use crate::process::{self, seconds};
use crate::toolchain::{self, TARGET, Toolchain};
use crate::wheel;
use crate::workspace;
use anyhow::{Context, Result, anyhow, bail};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;
use wasm_bindgen_cli_support::Bindgen;

/// A file that every site of ours has, and nothing else.
const SIGN: &str = "wasm/gradient_flow_bg.wasm";

/// The folder in www of the declarations that tsc makes from the modules; in the site they lie beside these.
/// (In one folder with a module, a declaration would stand for it, and tsc would not check the module.)
pub const DECLARATIONS: &str = "declarations";

/// Where the site goes: a folder named on the command line, or `dist` in the workspace.
pub fn place(named: Option<PathBuf>) -> Result<PathBuf> {
    Ok(match named {
        Some(folder) => std::path::absolute(folder)?,
        None => workspace::root().join("dist"),
    })
}

/// Builds the site into the folder `out`.
///
/// The site is made beside its place and then put there, so that no stale file stays and a build
/// that fails leaves the last good site.
pub fn build(out: &Path) -> Result<()> {
    let start = Instant::now();
    refuse_foreign_folder(out)?;
    let _lock = workspace::lock()?;
    let toolchain = toolchain::ensure()?;
    let wasm = compile(&toolchain)?;

    let draft = beside(out, "new")?;
    files::remove_folder(&draft)?;
    bind(&wasm, &draft.join("wasm"))?;
    files::copy_folder(&workspace::root().join("www"), &draft)?;
    for declaration in files::entries(&draft.join(DECLARATIONS))? {
        fs::rename(&declaration, draft.join(files::name(&declaration)))?;
    }
    files::remove_folder(&draft.join(DECLARATIONS))?;
    compress_data(&draft.join("data"))?;
    one_file::write(&draft)?;
    wheel::write(&draft)?;
    offline::write(&draft)?;
    let old = beside(out, "old")?;
    files::remove_folder(&old)?;
    if out.exists() {
        fs::rename(out, &old)?;
    }
    fs::rename(&draft, out)
        .with_context(|| format!("cannot put the site into {}", out.display()))?;
    files::remove_folder(&old)?;

    print_sizes(out)?;
    println!("Built {} in {}", out.display(), seconds(start));
    Ok(())
}

/// An error unless a site was built in `out` before.
pub fn expect_built(out: &Path) -> Result<()> {
    if !out.join(SIGN).is_file() {
        bail!(
            "there is no site in {}; `cargo xtask build` makes one",
            out.display()
        );
    }
    Ok(())
}

/// The build replaces `out` as a whole: it must not be somebody's folder of other things.
fn refuse_foreign_folder(out: &Path) -> Result<()> {
    let free = match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_none() || out.join(SIGN).is_file(),
        Err(_) => !out.exists(),
    };
    if !free {
        bail!(
            "{} is there and holds no site of ours: choose another --out or remove it",
            out.display()
        );
    }
    Ok(())
}

/// `folder/name` to `folder/.name.suffix`.
fn beside(out: &Path, suffix: &str) -> Result<PathBuf> {
    let name = out
        .file_name()
        .ok_or_else(|| anyhow!("--out must name a folder"))?;
    Ok(out.with_file_name(format!(".{}.{suffix}", name.to_string_lossy())))
}

/// What is not the training step is built for the download. The step's loops are generic: they are
/// compiled in crate/web, where they are used for float32, at the speed of the release profile. (Not in
/// Cargo.toml: natively the same crates are measured, and replay the reference runs.)
const SMALL: [&str; 3] = ["*", "gradient-flow", "gradient-flow-charts"];

/// Compiles the browser crate and returns the wasm file.
fn compile(toolchain: &Toolchain) -> Result<PathBuf> {
    let folder = workspace::target().join("wasm");
    let mut cargo = toolchain.cargo();
    cargo
        .args([
            "build",
            "--release",
            "--package",
            "gradient-flow-web",
            "--target",
            TARGET,
            "--target-dir",
        ])
        .arg(&folder);
    for package in SMALL {
        let setting = format!("profile.release.package.\"{package}\".opt-level = \"z\"");
        cargo.arg("--config").arg(setting);
    }
    process::run(&mut cargo)?;
    Ok(folder.join(TARGET).join("release/gradient_flow_web.wasm"))
}

/// Writes the wasm with its JavaScript and its types.
fn bind(wasm: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    Bindgen::new()
        .input_path(wasm)
        .out_name("gradient_flow")
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(folder)
        .context("cannot make the bindings of the wasm file")
}

/// Writes what the page loads when it is asked for, the data sets and the PyTorch script's text, as raw
/// deflate, which a page unpacks itself whatever its server can do.
fn compress_data(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let core = workspace::root().join("crate/core");
    let tables = files::entries(&core.join("data"))?.into_iter();
    let tables = tables.filter(|path| files::name(path).ends_with(".csv"));
    for path in tables.chain([core.join("src/pytorch.py")]) {
        let name = format!("{}.deflate", files::name(&path));
        fs::write(folder.join(name), deflate(&fs::read(&path)?)?)?;
    }
    Ok(())
}

/// Raw deflate, which pages unpack with a DecompressionStream.
pub fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// A table of what a browser may load: bytes on disk and as a server would send them.
fn print_sizes(site: &Path) -> Result<()> {
    let mut total = (0, 0);
    println!("{:>10} {:>10}", "bytes", "gzip");
    for file in files::files_below(site)? {
        let name = file.strip_prefix(site)?.display().to_string();
        if name.ends_with(".d.ts") {
            continue;
        }
        let bytes = fs::read(&file)?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&bytes)?;
        let packed = encoder.finish()?.len();
        println!("{:>10} {packed:>10}  {name}", bytes.len());
        total = (total.0 + bytes.len(), total.1 + packed);
    }
    println!("{:>10} {:>10}  in all", total.0, total.1);
    Ok(())
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
            beside(Path::new("a/dist"), "new").unwrap(),
            Path::new("a/.dist.new")
        );
        assert!(beside(Path::new("/"), "new").is_err());
    }

    #[test]
    fn data_comes_out_as_it_went_in() {
        let folder =
            std::env::temp_dir().join(format!("gradient-flow-data-{}", std::process::id()));
        compress_data(&folder).unwrap();
        let mut text = Vec::new();
        let mut decoder = flate2::write::DeflateDecoder::new(&mut text);
        decoder
            .write_all(&fs::read(folder.join("iris.csv.deflate")).unwrap())
            .unwrap();
        decoder.finish().unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(
            text,
            fs::read(workspace::root().join("crate/core/data/iris.csv")).unwrap()
        );
    }
}
