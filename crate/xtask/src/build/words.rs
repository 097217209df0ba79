//! The modules of the message files: a table for each language, and their types.

use super::layout::{REQUIREMENTS_SCRIPT, WORDS};
use super::one_file::template_literal;
use anyhow::{Context, Result};
use gradient_flow_words::{LANGUAGES, MESSAGES, Message, Words, message};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Writes them into the site.
pub fn write(site: &Path) -> Result<()> {
    let folder = site.join(WORDS);
    fs::create_dir_all(&folder)?;
    for language in LANGUAGES {
        let (tag, table) = (language.tag, language.table);
        let is_later = |id: &str| PARTS.iter().any(|(_, is_of)| is_of(id));
        let first = part_of_table(table, |id| !is_of_requirements(id) && !is_later(id));
        fs::write(folder.join(format!("{tag}.js")), table_module(&first))?;
        for (part, is_of) in PARTS {
            let file = folder.join(format!("{tag}-{part}.js"));
            fs::write(file, table_module(&part_of_table(table, is_of)))?;
        }
    }
    fs::write(folder.join("languages.js"), languages_module())?;
    fs::write(
        folder.join("en.d.ts"),
        "/** The table of English. */\nexport declare const TABLE: string;\n",
    )?;
    fs::write(folder.join("languages.d.ts"), LANGUAGES_TYPE)?;
    fs::write(folder.join("messages.d.ts"), messages_type())?;
    let script = site.join(REQUIREMENTS_SCRIPT);
    fs::write(&script, with_requirements(&fs::read_to_string(&script)?)?)?;
    Ok(())
}

/// What stands in the script of the requirements for the messages of `requirements.ftl`.
const PLACEHOLDER: &str = "{ /* words */ }";

/// The script with these messages in it: it runs before any module.
fn with_requirements(script: &str) -> Result<String> {
    let (before, after) = script
        .split_once(PLACEHOLDER)
        .with_context(|| format!("{REQUIREMENTS_SCRIPT} does not contain {PLACEHOLDER}"))?;
    let mut words = serde_json::Map::new();
    for language in LANGUAGES {
        let said = Words::new(language.table);
        let mut messages = serde_json::Map::new();
        for (index, (id, _, parameters)) in MESSAGES.iter().enumerate() {
            if is_of_requirements(id) {
                let mut message = Message::new(index as u16);
                for name in *parameters {
                    message.add(name, format!("{{{name}}}").into());
                }
                messages.insert((*id).into(), said.say(&message).into());
            }
        }
        words.insert(language.tag.into(), messages.into());
    }
    Ok(format!("{before}{}{after}", serde_json::Value::from(words)))
}

/// Whether a message is said by the script of the requirements alone.
fn is_of_requirements(id: &str) -> bool {
    id.starts_with("requirement")
}

/// What is loaded when it is asked for, a module for each language: see `Part`.
const PARTS: [Part; 6] = [
    ("dialogs", is_of_dialogs),
    ("lessons", is_of_lessons),
    ("map", is_of_map),
    ("moments", is_of_moments),
    ("network", is_of_network),
    ("trials", is_of_trials),
];

/// A part's name, and whether it has a message of this id.
type Part = (&'static str, fn(&str) -> bool);

/// Whether a message is said by the view `network` alone.
fn is_of_network(id: &str) -> bool {
    id.starts_with("network-")
}

/// Whether a message is said of trials alone.
fn is_of_trials(id: &str) -> bool {
    ["trials-", "fix-", "verdict-found"]
        .iter()
        .any(|beginning| id.starts_with(beginning))
}

/// Whether a message is said on the way to a step, or in a report.
fn is_of_moments(id: &str) -> bool {
    ["moment-", "report-"]
        .iter()
        .any(|beginning| id.starts_with(beginning))
}

/// Whether a message is said by lessons alone: by their menu and card, and of their files.
fn is_of_lessons(id: &str) -> bool {
    id.starts_with("lesson")
}

/// Whether a message is said of the map alone.
fn is_of_map(id: &str) -> bool {
    id.starts_with("map-")
}

/// Whether a message is said by dialogs alone, which are loaded when they are opened.
fn is_of_dialogs(id: &str) -> bool {
    let said_elsewhere = ["table-summary", "table-too-large", "table-unnamed"];
    let beginnings = ["share-", "export-", "table-"];
    !said_elsewhere.contains(&id) && beginnings.iter().any(|beginning| id.starts_with(beginning))
}

/// A table with only some of its messages; the others leave an empty line, so that each keeps its place.
fn part_of_table(table: &str, has: impl Fn(&str) -> bool) -> String {
    let mut ids = MESSAGES.iter().map(|(id, ..)| *id);
    let mut line_of = |line: &str| {
        let is_kept = line.starts_with('@') || ids.next().is_some_and(&has);
        format!("{}\n", if is_kept { line } else { "=" })
    };
    table.lines().map(&mut line_of).collect()
}

/// A table as a module. One line of the source for each of the table, so that a diff of two releases can be read.
fn table_module(table: &str) -> String {
    format!("export const TABLE = {};\n", template_literal(table))
}

fn languages_module() -> String {
    let mut text = String::from("export const LANGUAGES = [\n");
    for language in LANGUAGES {
        let (tag, is_draft) = (language.tag, language.is_draft);
        let name = Words::new(language.table).say(&message!("language-name"));
        let parts = PARTS.map(|(part, _)| format!("{part}: () => import('./{tag}-{part}.js')"));
        writeln!(text, "  {{ tag: '{tag}', name: '{name}', isDraft: {is_draft}, load: () => import('./{tag}.js'), parts: {{ {} }} }},", parts.join(", "))
            .expect("writing to a string does not fail");
    }
    text + "];\n"
}

const LANGUAGES_TYPE: &str = "\
/** The languages, English first, each with its name in itself. */
export declare const LANGUAGES: { tag: string; name: string; isDraft: boolean; load: () => Promise<{ TABLE: string }>; parts: Record<'dialogs' | 'lessons' | 'map' | 'moments' | 'network' | 'trials', () => Promise<{ TABLE: string }>> }[];
";

/// The arguments of every message that scripts ask for, so that tsc finds an id that does not exist and an argument that is missing.
fn messages_type() -> String {
    let mut text = String::from(
        "import type { Value } from '../types.js';\n\n/** The arguments of every message that scripts ask for, by its id. */\nexport type Messages = {\n",
    );
    for (id, _, parameters) in MESSAGES
        .iter()
        .filter(|(_, is_for_scripts, _)| *is_for_scripts)
    {
        let parameters: Vec<_> = parameters
            .iter()
            .map(|name| format!("{name}: Value"))
            .collect();
        let tuple = if parameters.is_empty() {
            String::new()
        } else {
            format!("{{ {} }}", parameters.join("; "))
        };
        writeln!(text, "  '{id}': [{tuple}];").expect("writing to a string does not fail");
    }
    text + "};\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_a_literal_of_its_module() {
        assert_eq!(
            table_module("a=`\\ ${b}\n"),
            "export const TABLE = `a=\\`\\\\ \\${b}\n`;\n"
        );
    }
}
