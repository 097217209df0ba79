//! Compression, text encodings and archives.

use anyhow::Result;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// Raw deflate, which pages unpack with a DecompressionStream.
pub fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Raw deflate in as few bytes as possible, some hundred times slower to make: for small files that every visitor
/// downloads.
pub fn zopfli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let options = zopfli::Options::default();
    zopfli::compress(options, zopfli::Format::Deflate, bytes, &mut packed)?;
    Ok(packed)
}

/// What a server sends to a browser that accepts gzip.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// What a server sends to a browser that accepts brotli.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &parameters)?;
    Ok(packed)
}

/// Base64 with padding, which `atob` reads.
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Base64 in the alphabet for URLs, without padding.
pub fn base64_url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A zip archive of files by path. The same files make the same bytes, at any time and on any system.
pub fn zip(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(Compression::best().level().into()))
        // The default is 1980-01-01.
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        archive.start_file(path, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::read::{DeflateDecoder, GzDecoder};
    use std::io::Read;

    /// Enough repetition that every format makes it shorter.
    fn text() -> Vec<u8> {
        b"vanishing and exploding gradients, ".repeat(50)
    }

    fn read(mut decoder: impl Read) -> Vec<u8> {
        let mut bytes = Vec::new();
        decoder.read_to_end(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn what_is_compressed_comes_back() {
        let text = text();
        let packed = [
            deflate(&text).unwrap(),
            zopfli(&text).unwrap(),
            gzip(&text).unwrap(),
            brotli(&text).unwrap(),
        ];
        for packed in &packed {
            assert!(packed.len() < text.len() / 10);
        }
        let [deflate, zopfli, gzip, brotli] = &packed;
        assert!(zopfli.len() <= deflate.len());
        assert_eq!(read(DeflateDecoder::new(&deflate[..])), text);
        assert_eq!(read(DeflateDecoder::new(&zopfli[..])), text);
        assert_eq!(read(GzDecoder::new(&gzip[..])), text);
        assert_eq!(read(brotli::Decompressor::new(&brotli[..], 4096)), text);
    }

    #[test]
    fn base64_has_both_alphabets() {
        assert_eq!(base64(&[0xff, 0xfe, 0xfd, 0xfb]), "//79+w==");
        assert_eq!(base64_url(&[0xff, 0xfe, 0xfd, 0xfb]), "__79-w");
    }

    #[test]
    fn archives_hold_their_files_and_nothing_of_the_machine() {
        let files = [("a.py".into(), text()), ("b/c.py".into(), Vec::new())];
        let packed = zip(&files).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        assert_eq!(archive.len(), 2);
        for (path, bytes) in &files {
            let file = archive.by_name(path).unwrap();
            assert_eq!(file.last_modified(), Some(DateTime::default()), "{path}");
            assert_eq!(file.unix_mode(), Some(0o100_644), "{path}");
            assert_eq!(file.compression(), CompressionMethod::Deflated, "{path}");
            assert_eq!(read(file), *bytes, "{path}");
        }
    }
}
