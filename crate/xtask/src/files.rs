//! Folders: listing, copying, removing.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// What lies directly in a folder, in order of name.
pub fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<std::io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

/// Every file below a folder, in order of path.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in entries(folder)? {
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// The last part of a path, as text.
pub fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// A path below `folder` as it stands in an address: relative, with slashes on every system.
pub fn relative_name(path: &Path, folder: &Path) -> Result<String> {
    let parts = path.strip_prefix(folder)?.components();
    let parts: Vec<_> = parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    Ok(parts.join("/"))
}

/// Copies what is below `from` into `to`, except for hidden files.
pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for path in entries(from)?
        .iter()
        .filter(|path| !name(path).starts_with('.'))
    {
        let target = to.join(name(path));
        if path.is_dir() {
            copy_folder(path, &target)?;
        } else {
            fs::copy(path, target)?;
        }
    }
    Ok(())
}

/// Removes a folder with all that is in it, if it exists.
pub fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

/// A folder for one test, which removes it at its end.
#[cfg(test)]
pub fn temporary_folder(name: &str) -> PathBuf {
    let name = format!("gradient-flow-{name}-{}", std::process::id());
    std::env::temp_dir().join(name)
}

/// A temporary folder with some files of a site, each a name and a text.
#[cfg(test)]
pub fn site_of(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let site = temporary_folder(name);
    for (file, text) in files {
        let path = site.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    site
}
