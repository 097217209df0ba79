//! Comments are for readers of the repository; browsers download modules without them.

use crate::files;
use anyhow::Result;
use std::fs;
use std::path::Path;

/// Strips the comments of every module of the site, generated ones included.
pub fn in_modules(site: &Path) -> Result<()> {
    for file in files::files_below(site)? {
        if file.extension().is_some_and(|kind| kind == "js") {
            let source = fs::read_to_string(&file)?;
            fs::write(&file, strip_comments(&source))?;
        }
    }
    Ok(())
}

/// A module without blank lines, indentation, comments that fill whole lines, and types. Strings are not parsed: a line of a
/// template literal that looks like a comment is removed too.
pub fn strip_comments(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut in_comment = false;
    // Within a template literal of several lines spaces count. (A lone backtick in a string only leaves some indentation.)
    let mut in_template = false;
    for line in source.lines() {
        let trimmed = line.trim();
        if in_comment {
            in_comment = !trimmed.ends_with("*/");
            continue;
        }
        let end = trimmed.strip_prefix("/*").and_then(|rest| rest.find("*/"));
        if trimmed.starts_with("/*") && end.is_none_or(|end| end + "/**/".len() == trimmed.len()) {
            in_comment = end.is_none();
            continue;
        }
        if !trimmed.starts_with("//") && !trimmed.is_empty() {
            text += &if in_template {
                line.into()
            } else {
                without_types(trimmed)
            };
            text.push('\n');
            in_template ^= line.matches('`').count() % 2 == 1;
        }
    }
    text
}

/// A line without its comments that state types, `/** @type {T} */`, of which code is full.
fn without_types(line: &str) -> String {
    let (mut text, mut rest) = (String::new(), line);
    while let Some((before, comment)) = rest.split_once("/** @") {
        let Some((_, after)) = comment.split_once("*/") else {
            break;
        };
        text += before;
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_and_comments_that_fill_lines_go() {
        let source = "// @ts-check\n/** Why.\n * `a` */\nlet a = 1; // here\n\n  /* b */\n  /** @type {T} */ b = 2;\n/**\n * c\n */\nc('//');\n";
        assert_eq!(
            strip_comments(source),
            "let a = 1; // here\nb = 2;\nc('//');\n"
        );
        assert_eq!(
            strip_comments(
                "f((/** @type {A} */ a, /** @type {B} */ b) => /** @type {any} */ (a + b)); /** why */\n"
            ),
            "f((a, b) => (a + b)); /** why */\n"
        );
        assert_eq!(
            strip_comments("  a = `b\n  c\n`;\n  d\n"),
            "a = `b\n  c\n`;\nd\n"
        );
    }
}
