//! The notebook package: a wheel in the site, which `pip install ADDRESS` installs.
//!
//! A wheel is a zip of the modules with a folder that describes them. Python's own tools would make the
//! same, but building the site needs nothing beside Rust.

use crate::{files, modules, one_file};
use anyhow::{Context, Result, bail};
use flate2::Crc;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The package's modules in the site's sources, in the folder where the wheel then lies alone.
const SOURCES: &str = "python/gradient_flow";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Makes the wheel from what is in the site.
pub fn write(site: &Path) -> Result<()> {
    let name = format!("gradient_flow-{VERSION}-py3-none-any.whl");
    let sources = site.join(SOURCES);
    let mut members = Vec::new();
    for file in files::entries(&sources)? {
        if files::name(&file).ends_with(".py") {
            members.push((
                format!("gradient_flow/{}", files::name(&file)),
                fs::read(&file)?,
            ));
        }
    }
    let script = one_file::script(site, modules::WIDGET)?;
    // The script's last expression is the program's call.
    let start = script
        .rfind("\n(globalThis.gradientFlowProgram = ")
        .context("the script of all modules ends with its program")?;
    let (before, program) = script.split_at(start + 1);
    let widget = format!("{before}export default {}.widget;\n", program.trim_end());
    members.push(("gradient_flow/widget.js".into(), widget.into_bytes()));

    let folder = format!("gradient_flow-{VERSION}.dist-info");
    let metadata = format!(
        "Metadata-Version: 2.1\nName: gradient-flow\nVersion: {VERSION}\n\
         Summary: A live laboratory for vanishing and exploding gradients in notebooks\n\
         License: MIT\nRequires-Python: >=3.9\nRequires-Dist: anywidget>=0.9\nRequires-Dist: numpy\n"
    );
    members.push((format!("{folder}/METADATA"), metadata.into_bytes()));
    let wheel = "Wheel-Version: 1.0\nGenerator: gradient-flow xtask\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
    members.push((format!("{folder}/WHEEL"), wheel.into()));
    let mut record = String::new();
    for (path, bytes) in &members {
        // Base64 for addresses, without padding.
        let digest = one_file::base64(&Sha256::digest(bytes));
        let digest = digest.replace('+', "-").replace('/', "_").replace('=', "");
        writeln!(record, "{path},sha256={digest},{}", bytes.len())?;
    }
    writeln!(record, "{folder}/RECORD,,")?;
    members.push((format!("{folder}/RECORD"), record.into_bytes()));

    let dialog = fs::read_to_string(site.join(modules::SHARE))?;
    if !dialog.contains(&name) {
        bail!("{} names another wheel than {name}", modules::SHARE);
    }
    files::remove_folder(&sources)?;
    fs::write(site.join("python").join(name), zip(&members)?)?;
    Ok(())
}

/// A zip archive of deflated files, all of the same old date: the same site makes the same bytes.
fn zip(members: &[(String, Vec<u8>)]) -> Result<Vec<u8>> {
    /// 1980-01-01, the first that there is.
    const DATE: u16 = 1 << 5 | 1;
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (path, bytes) in members {
        let packed = crate::site::deflate(bytes)?;
        let mut crc = Crc::new();
        crc.update(bytes);
        let mut described = Vec::new();
        // Version 2.0, no flags, deflate, time, date.
        for value in [20, 0, 8, 0, DATE] {
            described.extend(value.to_le_bytes());
        }
        for value in [crc.sum(), size(packed.len())?, size(bytes.len())?] {
            described.extend(value.to_le_bytes());
        }
        described.extend(u16::try_from(path.len())?.to_le_bytes());
        described.extend(0u16.to_le_bytes());

        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&described);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(size(archive.len())?.to_le_bytes());
        directory.extend(path.as_bytes());
        archive.extend(b"PK\x03\x04");
        archive.extend(&described);
        archive.extend(path.as_bytes());
        archive.extend(packed);
    }
    let count = u16::try_from(members.len())?.to_le_bytes();
    let start = size(archive.len())?;
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend(count);
    archive.extend(count);
    archive.extend(size(directory.len())?.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0; 2]);
    Ok(archive)
}

fn size(bytes: usize) -> Result<u32> {
    u32::try_from(bytes).context("a wheel is smaller than 4 GB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_has_its_directory_where_it_says() {
        let members = [
            ("a.py".into(), b"x = 1\n".to_vec()),
            ("b/c.py".into(), vec![]),
        ];
        let archive = zip(&members).unwrap();
        let end = archive.len() - 22;
        assert_eq!(&archive[end..end + 4], b"PK\x05\x06");
        let number =
            |at: usize| u32::from_le_bytes(archive[at..at + 4].try_into().unwrap()) as usize;
        let start = number(end + 16);
        assert_eq!(&archive[start..start + 4], b"PK\x01\x02");
        assert_eq!(start + number(end + 12), end);
        assert_eq!(&archive[start + 46..start + 50], b"a.py");
        assert_eq!(archive[end + 10], 2);
    }
}
