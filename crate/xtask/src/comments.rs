//! Comments stay in the repository: what a browser loads goes without.

/// A module without the comments that fill lines, and without blank lines. It knows no strings: a line
/// of a template that looks like a comment goes too.
pub fn without(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut comment = false;
    for line in source.lines() {
        let bare = line.trim();
        if comment {
            comment = !bare.ends_with("*/");
            continue;
        }
        let end = bare.strip_prefix("/*").and_then(|rest| rest.find("*/"));
        if bare.starts_with("/*") && end.is_none_or(|end| end + "/**/".len() == bare.len()) {
            comment = end.is_none();
            continue;
        }
        if !bare.starts_with("//") && !bare.is_empty() {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stays_and_comments_that_fill_lines_go() {
        let source = "// @ts-check\n/** Why.\n * `a` */\nlet a = 1; // here\n\n  /* b */\n  /** @type {T} */ b = 2;\n/**\n * c\n */\nc('//');\n";
        assert_eq!(
            without(source),
            "let a = 1; // here\n  /** @type {T} */ b = 2;\nc('//');\n"
        );
    }
}
