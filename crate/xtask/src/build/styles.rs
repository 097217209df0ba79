//! The element's style sheet: one file for browsers, several in the repository.

use super::layout::ELEMENT_STYLE;
use super::strip_comments::strip_comments;
use crate::files;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Puts the sheets that the element's style sheet imports into their places, and removes them from the site. No sheet keeps
/// comments and indentation.
pub fn inline_imports(site: &Path) -> Result<()> {
    let path = site.join(ELEMENT_STYLE);
    let mut text = String::new();
    for line in fs::read_to_string(&path)?.lines() {
        let Some(name) = imported(line) else {
            text.push_str(line);
            text.push('\n');
            continue;
        };
        let part = site.join(name);
        text += &fs::read_to_string(&part)
            .with_context(|| format!("{ELEMENT_STYLE} imports {name}"))?;
        fs::remove_file(&part)?;
    }
    fs::write(path, text)?;
    for file in files::files_below(site)? {
        if file.extension().is_some_and(|kind| kind == "css") {
            fs::write(&file, strip_comments(&fs::read_to_string(&file)?))?;
        }
    }
    Ok(())
}

/// The sheet that a line imports: `@import 'NAME';`.
fn imported(line: &str) -> Option<&str> {
    line.strip_prefix("@import '")?.strip_suffix("';")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_where_they_are_imported() {
        let site = files::site_of(
            "styles",
            &[
                (
                    ELEMENT_STYLE,
                    "/* all */\n@import 'b/b.css';\n@import 'a.css';\n",
                ),
                ("a.css", "a {}\n"),
                ("b/b.css", "b {}\n"),
            ],
        );
        inline_imports(&site).unwrap();
        let text = fs::read_to_string(site.join(ELEMENT_STYLE)).unwrap();
        let parts = ["a.css", "b/b.css"].map(|name| site.join(name).exists());
        files::remove_folder(&site).unwrap();
        assert_eq!(text, "b {}\na {}\n");
        assert_eq!(parts, [false, false]);
    }

    #[test]
    fn an_import_of_nothing_is_an_error() {
        let site = files::site_of("no-styles", &[(ELEMENT_STYLE, "@import 'none.css';\n")]);
        let error = inline_imports(&site).unwrap_err();
        files::remove_folder(&site).unwrap();
        assert!(format!("{error:#}").contains("imports none.css"));
    }
}
