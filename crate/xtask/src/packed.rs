//! A site's files as a host sends them: compressed with brotli or gzip where a browser accepts it and it helps.

use crate::{files, pack};
use anyhow::Result;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A file in every form in which it is sent.
pub struct PackedFile {
    plain: Vec<u8>,
    gzip: Vec<u8>,
    brotli: Vec<u8>,
}

impl PackedFile {
    fn new(plain: Vec<u8>) -> Result<Self> {
        Ok(PackedFile {
            gzip: pack::gzip(&plain)?,
            brotli: pack::brotli(&plain)?,
            plain,
        })
    }

    /// The bytes of each form: plain, with gzip, with brotli.
    pub fn sizes(&self) -> [usize; 3] {
        [self.plain.len(), self.gzip.len(), self.brotli.len()]
    }

    /// The smallest form among those that an Accept-Encoding header accepts, with its Content-Encoding.
    pub fn accepted(&self, accept: &str) -> Option<(&'static str, &[u8])> {
        [("br", &self.brotli), ("gzip", &self.gzip)]
            .into_iter()
            .filter(|(name, bytes)| accepts(accept, name) && bytes.len() < self.plain.len())
            .min_by_key(|(_, bytes)| bytes.len())
            .map(|(name, bytes)| (name, &bytes[..]))
    }
}

/// Whether an Accept-Encoding header accepts this encoding.
fn accepts(accept: &str, encoding: &str) -> bool {
    accept.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        let name = words.next().unwrap_or_default();
        let is_refused = words.any(|word| {
            let weight = word.strip_prefix("q=").map(str::parse::<f64>);
            weight == Some(Ok(0.0))
        });
        name.eq_ignore_ascii_case(encoding) && !is_refused
    })
}

/// The files of a site by their names.
#[derive(Default)]
pub struct Packed(BTreeMap<String, PackedFile>);

impl Packed {
    /// Compresses all files of a site, which takes some seconds.
    pub fn of(site: &Path) -> Result<Self> {
        let mut packed = Packed::default();
        for path in files::files_below(site)? {
            let name = files::relative_name(&path, site)?;
            packed.0.insert(name, PackedFile::new(fs::read(path)?)?);
        }
        Ok(packed)
    }

    /// The same files in a folder that is served one level higher.
    pub fn below(self, folder: &str) -> Self {
        let moved = |(name, file)| (format!("{folder}/{name}"), file);
        Packed(self.0.into_iter().map(moved).collect())
    }

    /// A file whose bytes are still these.
    pub fn find(&self, name: &str, bytes: &[u8]) -> Option<&PackedFile> {
        self.0.get(name).filter(|file| file.plain == bytes)
    }

    /// All files.
    pub fn files(&self) -> impl Iterator<Item = (&str, &PackedFile)> {
        self.0.iter().map(|(name, file)| (name.as_str(), file))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_browser_gets_the_smallest_form_that_it_accepts() {
        let text = "of every layer the gradient, ".repeat(40);
        let file = PackedFile::new(text.clone().into_bytes()).unwrap();
        let encoding = |accept: &str| file.accepted(accept).map(|(name, _)| name);
        assert_eq!(encoding("gzip, deflate, br, zstd"), Some("br"));
        assert_eq!(encoding("GZIP;q=0.5,deflate"), Some("gzip"));
        assert_eq!(encoding("br;q=0, gzip;q=0.0, identity"), None);
        assert_eq!(encoding(""), None);
        let (_, gzip) = file.accepted("gzip").unwrap();
        let mut read = String::new();
        let mut decoder = flate2::read::GzDecoder::new(gzip);
        decoder.read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
        let noise = PackedFile::new(vec![7]).unwrap();
        assert_eq!(noise.accepted("br, gzip"), None, "it would grow");
    }

    #[test]
    fn a_file_that_has_changed_is_not_known() {
        let site = files::site_of("packed", &[("a/b.js", "let b;")]);
        let packed = Packed::of(&site);
        files::remove_folder(&site).unwrap();
        let packed = packed.unwrap().below("site");
        assert!(packed.find("site/a/b.js", b"let b;").is_some());
        assert!(packed.find("site/a/b.js", b"let c;").is_none());
        assert!(packed.find("a/b.js", b"let b;").is_none());
    }
}
