//! Builds the deployable site: wasm and its bindings, the pages, the data.

use crate::comments;
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
    bare_modules(&draft)?;
    preload(&draft.join("index.html"))?;
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
/// compiled in crate/run, where they are used for float32, at the speed of the release profile. (Not in
/// Cargo.toml: natively the same crates are measured, and replay the reference runs.)
const SMALL: [&str; 4] = [
    "*",
    "gradient-flow",
    "gradient-flow-charts",
    "gradient-flow-web",
];

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
    // Where this machine keeps its crates is nobody's concern, and the same source gives the same bytes.
    if let Some(home) = cargo_home() {
        let prefix = format!("--remap-path-prefix={}=cargo", home.display());
        let setting = format!("target.{TARGET}.rustflags = [{prefix:?}]");
        cargo.arg("--config").arg(setting);
    }
    process::run(&mut cargo)?;
    Ok(folder.join(TARGET).join("release/gradient_flow_web.wasm"))
}

fn cargo_home() -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    named.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")))
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

/// Leaves the comments of the modules, and those of the bindings, in the repository.
fn bare_modules(site: &Path) -> Result<()> {
    for file in files::files_below(site)? {
        if file.extension().is_some_and(|kind| kind == "js") {
            let source = fs::read_to_string(&file)?;
            fs::write(&file, comments::without(&source))?;
        }
    }
    Ok(())
}

/// The line of a page that the build fills with what its browser shall ask for at once. Otherwise it would ask for a
/// module when the one before has come, and for the wasm when the last has run.
const PRELOADS: &str = "<!-- preloads -->";

/// Names in a page what its first picture needs, but for what the page names itself and what the worker loads.
fn preload(page: &Path) -> Result<()> {
    let source = fs::read_to_string(page)?;
    let (before, after) = source
        .split_once(PRELOADS)
        .with_context(|| format!("{} does not hold `{PRELOADS}`", page.display()))?;
    let elsewhere = ["page.js", "worker.js"];
    // The largest first.
    let mut links = format!(r#"<link rel="preload" href="{WASM}" as="fetch" crossorigin />"#);
    let needed = FIRST_PICTURE
        .iter()
        .filter(|name| !elsewhere.contains(name));
    for module in needed.filter(|name| name.ends_with(".js")) {
        links += &format!("\n    <link rel=\"modulepreload\" href=\"{module}\" />");
    }
    fs::write(page, format!("{before}{links}{after}"))?;
    Ok(())
}

/// Writes what the page loads when it is asked for, the data sets and the PyTorch script's text, as raw
/// deflate, which a page unpacks itself whatever its server can do.
fn compress_data(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let core = workspace::root().join("crate/core");
    let tables = files::entries(&core.join("data"))?.into_iter();
    let tables = tables.filter(|path| files::name(path).ends_with(".csv"));
    for path in tables.chain([core.join("src/export/pytorch.py")]) {
        let name = format!("{}.deflate", files::name(&path));
        let text = fs::read_to_string(&path)?;
        let text = columns(&text).unwrap_or(text);
        fs::write(folder.join(name), deflate_once(text.as_bytes())?)?;
    }
    Ok(())
}

/// A table of whole numbers below 36 column by column, a digit each, which packs into three quarters;
/// www/data.js turns it back. None for another table.
fn columns(table: &str) -> Option<String> {
    let (header, body) = table.trim_end().split_once('\n')?;
    let digit = |cell: &str| char::from_digit(cell.parse().ok().filter(|n| *n < 36)?, 36);
    let rows: Vec<Vec<char>> = body
        .lines()
        .map(|row| row.split(',').map(digit).collect())
        .collect::<Option<_>>()?;
    let width = rows.first()?.len();
    if rows.iter().any(|row| row.len() != width) {
        return None;
    }
    let mut text = format!("{COLUMNS}\n{header}");
    for column in 0..width {
        text.push('\n');
        text.extend(rows.iter().map(|row| row[column]));
    }
    Some(text)
}

/// The first line of a table that is written column by column.
const COLUMNS: &str = "#columns";

/// Raw deflate, which pages unpack with a DecompressionStream.
pub fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// The same, as small as it gets: for what is packed once and loaded by everybody.
fn deflate_once(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let options = zopfli::Options::default();
    zopfli::compress(options, zopfli::Format::Deflate, bytes, &mut packed)?;
    Ok(packed)
}

/// A table of what a browser may load: bytes on disk and as a server would send them; then what the
/// first picture of the laboratory needs.
fn print_sizes(site: &Path) -> Result<()> {
    let mut first = [0; 3];
    println!("{:>10} {:>10} {:>10}", "bytes", "gzip", "brotli");
    for file in files::files_below(site)? {
        let name = file.strip_prefix(site)?.display().to_string();
        if name.ends_with(".d.ts") {
            continue;
        }
        let bytes = fs::read(&file)?;
        let sizes = [bytes.len(), gzip(&bytes)?, brotli(&bytes)?];
        let [plain, gzip, brotli] = sizes;
        let needed = FIRST_PICTURE.contains(&name.as_str());
        let mark = if needed { "*" } else { "" };
        println!("{plain:>10} {gzip:>10} {brotli:>10}  {name} {mark}");
        if needed {
            // A server sends the smaller one.
            for (all, size) in first.iter_mut().zip(sizes) {
                *all += size.min(plain);
            }
        }
    }
    let [plain, gzip, brotli] = first;
    println!("{plain:>10} {gzip:>10} {brotli:>10}  for the first picture (*)");
    Ok(())
}

/// The compiled module.
const WASM: &str = "wasm/gradient_flow_bg.wasm";

/// What the page loads before its first picture, and nothing else; a browser test compares.
pub const FIRST_PICTURE: [&str; 30] = [
    "assets.js",
    "bar.js",
    "controls.js",
    "data.js",
    "data/digits.csv.deflate",
    "dom.js",
    "engine.js",
    "figures.js",
    "format.js",
    "fragment.js",
    "gradient-flow.css",
    "gradient-flow.js",
    "icon.svg",
    "index.html",
    "look.js",
    "own-table.js",
    "page.js",
    "record.js",
    "scrubber.js",
    "sight.js",
    "slider.js",
    "snapshot.js",
    "status.js",
    "types.js",
    "view.js",
    "views.js",
    "wasm.js",
    "wasm/gradient_flow.js",
    WASM,
    "worker.js",
];

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}

fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters)?;
    Ok(packed.len())
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
    fn whole_numbers_are_written_column_by_column() {
        let written = columns("a,b\n1,16\n0,35\n").unwrap();
        assert_eq!(written, "#columns\na,b\n10\ngz");
        for other in ["a\n36\n", "a\n0.5\n", "a,b\n1,2\n3\n", "a"] {
            assert_eq!(columns(other), None, "{other}");
        }
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
