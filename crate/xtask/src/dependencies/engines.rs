//! Finds or installs the browsers: Chromium, Firefox, and WebKit with what it needs to be driven.

use super::{Missing, find_or_install};
use crate::files;
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};

/// Chromium: the one that CHROMIUM names, one on PATH, or Debian's.
pub fn chromium() -> Result<PathBuf> {
    if let Some(path) = named_by("CHROMIUM")? {
        return Ok(path);
    }
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];
    find_or_install(
        &names,
        &["chromium", "fonts-dejavu-core"],
        "Chromium (or its path in the variable CHROMIUM)",
    )
}

/// Chromium without a window, toolbars and extensions, which costs a page a third less of the processor; where it cannot
/// be had, Chromium.
pub fn headless_chromium() -> Result<PathBuf> {
    if let Some(path) = named_by("CHROMIUM")? {
        return Ok(path);
    }
    let packages = ["chromium-headless-shell", "fonts-dejavu-core"];
    find_or_install(
        &["chromium-headless-shell"],
        &packages,
        "Chromium's headless shell",
    )
    .or_else(|_| chromium())
}

/// Firefox: the one that FIREFOX names, one on PATH, or Debian's.
pub fn firefox() -> Result<PathBuf> {
    if let Some(path) = named_by("FIREFOX")? {
        return Ok(path);
    }
    find_or_install(
        &["firefox-esr", "firefox"],
        &["firefox-esr", "fonts-dejavu-core"],
        "Firefox (or its path in the variable FIREFOX)",
    )
}

/// The programs that drive and show a page in WebKit.
#[derive(Debug)]
pub struct WebKit {
    /// Speaks WebDriver.
    pub driver: PathBuf,
    /// WebKitGTK's small browser, which Debian puts beside its library.
    pub browser: PathBuf,
    /// A screen in memory: WebKitGTK has no headless mode.
    pub screen: PathBuf,
}

/// WebKit, which only Debian offers as we need it: on other systems Safari's engine is not free to install.
pub fn webkit() -> Result<WebKit> {
    const WHAT: &str = "WebKitGTK's driver and Xvfb";
    const PACKAGES: [&str; 3] = ["webkit2gtk-driver", "xvfb", "fonts-dejavu-core"];
    let driver = find_or_install(&["WebKitWebDriver"], &PACKAGES, WHAT)?;
    let screen = find_or_install(&["Xvfb"], &PACKAGES, WHAT)?;
    let libraries = Path::new("/usr/lib");
    let Some(browser) = mini_browser(libraries)? else {
        return Err(Missing::new(WHAT, &PACKAGES).into());
    };
    Ok(WebKit {
        driver,
        browser,
        screen,
    })
}

/// MiniBrowser, in the folder of the newest version below a folder such as /usr/lib/x86_64-linux-gnu.
fn mini_browser(libraries: &Path) -> Result<Option<PathBuf>> {
    let mut found = Vec::new();
    for architecture in files::entries(libraries)?.iter().filter(|it| it.is_dir()) {
        // A folder that one may not read holds nothing that one may run.
        for library in files::entries(architecture).unwrap_or_default() {
            let browser = library.join("MiniBrowser");
            if files::name(&library).starts_with("webkit") && browser.is_file() {
                found.push(browser);
            }
        }
    }
    Ok(found.into_iter().max())
}

/// The file that an environment variable names.
fn named_by(variable: &str) -> Result<Option<PathBuf>> {
    let named = std::env::var_os(variable).filter(|value| !value.is_empty());
    let Some(path) = named.map(PathBuf::from) else {
        return Ok(None);
    };
    if !path.is_file() {
        bail!("{variable} names {}, which is not a file", path.display());
    }
    Ok(Some(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_newest_mini_browser_is_found() {
        let folder = crate::workspace::artifact_dir("tmp").join("mini-browser");
        files::remove_folder(&folder).unwrap();
        fs::create_dir_all(folder.join("python3/site")).unwrap();
        fs::write(folder.join("a-file"), "").unwrap();
        assert_eq!(mini_browser(&folder).unwrap(), None);
        for version in ["webkit2gtk-4.0", "webkit2gtk-4.1"] {
            fs::create_dir_all(folder.join("aarch64").join(version)).unwrap();
            fs::write(folder.join("aarch64").join(version).join("MiniBrowser"), "").unwrap();
        }
        let newest = folder.join("aarch64/webkit2gtk-4.1/MiniBrowser");
        assert_eq!(mini_browser(&folder).unwrap(), Some(newest));
        files::remove_folder(&folder).unwrap();
    }
}
