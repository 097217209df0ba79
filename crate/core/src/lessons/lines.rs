//! A lesson file by its lines: the head, parts (`# ...`), their sections (`## ...`), and the `key = value` lines of each.

use super::problem::Problems;
use gradient_flow_words::message;

/// A `key = value` line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting<'a> {
    pub line: usize,
    pub key: &'a str,
    pub value: &'a str,
}

/// What stands under a heading: first settings, then text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section<'a> {
    /// The line of the heading.
    pub line: usize,
    /// The number of `#`; 0 for the head of the file.
    pub level: usize,
    /// The heading.
    pub heading: &'a str,
    pub settings: Vec<Setting<'a>>,
    /// The line on which the body begins.
    pub body_line: usize,
    pub body: String,
}

/// The sections of a file, the head first.
pub(super) fn sections<'a>(text: &'a str, problems: &mut Problems) -> Vec<Section<'a>> {
    let mut sections = vec![begin(0, 0, "")];
    let mut fence: Option<&str> = None;
    let mut comment = false;
    // A byte order mark, as some editors write, is no text.
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let number = at + 1;
        let section = sections.last_mut().expect("the head is there");
        // Comments are for the teacher: they stand alone on their lines.
        if fence.is_none() && (comment || line.trim_start().starts_with("<!--")) {
            comment = !line.contains("-->");
            push(section, number, "");
            continue;
        }
        match (fence, line.trim_start().get(..3)) {
            (None, Some(mark @ ("```" | "~~~"))) => fence = Some(mark),
            (Some(open), Some(mark)) if mark == open => fence = None,
            _ => {}
        }
        if fence.is_none() && line.starts_with('#') {
            let heading = line.trim_start_matches('#');
            let level = line.len() - heading.len();
            if heading.trim().is_empty() || !heading.starts_with(char::is_whitespace) {
                problems.add(number, message!("lesson-heading"));
            }
            if level <= 2 {
                sections.push(begin(number, level, heading.trim()));
                continue;
            }
        }
        match setting(line) {
            Some((key, value)) if section.body.trim().is_empty() && fence.is_none() => {
                section.settings.push(Setting {
                    line: number,
                    key,
                    value,
                });
            }
            _ => push(section, number, line),
        }
    }
    sections
}

fn begin(line: usize, level: usize, heading: &str) -> Section<'_> {
    Section {
        line,
        level,
        heading,
        settings: Vec::new(),
        body_line: 0,
        body: String::new(),
    }
}

/// Adds a line to the body, which begins with the first that says something.
fn push(section: &mut Section, number: usize, line: &str) {
    if section.body.is_empty() {
        if line.trim().is_empty() {
            return;
        }
        section.body_line = number;
    }
    section.body.push_str(line);
    section.body.push('\n');
}

/// `key = value`, where the key is a word of lower-case letters, `_` and `-`.
fn setting(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    let key = key.trim();
    let is_word = !key.is_empty()
        && key
            .bytes()
            .all(|c| c.is_ascii_lowercase() || c == b'_' || c == b'-');
    is_word.then_some((key, value.trim()))
}
