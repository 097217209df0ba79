//! The modules of the message files: a table for each language, and their types.

use super::layout::{REQUIREMENTS_SCRIPT, WORDS};
use anyhow::{Context, Result};
use gradient_flow_words::{LANGUAGES, MESSAGES, Words, message};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Writes them into the site.
pub fn write(site: &Path) -> Result<()> {
    let folder = site.join(WORDS);
    fs::create_dir_all(&folder)?;
    for language in LANGUAGES {
        fs::write(
            folder.join(format!("{}.js", language.tag)),
            table_module(language.table),
        )?;
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
        let is_needed = |id: &str| {
            MESSAGES
                .iter()
                .any(|(known, part, _)| *known == id && *part == "requirements")
        };
        let lines = language
            .table
            .lines()
            .filter_map(|line| line.split_once('='));
        let messages: serde_json::Map<_, _> = lines
            .filter(|(id, _)| is_needed(id))
            .map(|(id, text)| (id.into(), text.into()))
            .collect();
        words.insert(language.tag.into(), messages.into());
    }
    Ok(format!("{before}{}{after}", serde_json::Value::from(words)))
}

/// A table as a module. One line of the source for each of the table, so that a diff of two releases can be read.
fn table_module(table: &str) -> String {
    let escaped = table
        .replace('\\', "\\\\")
        .replace('`', "\\`")
        .replace("${", "\\${");
    format!("export const TABLE = `{escaped}`;\n")
}

fn languages_module() -> String {
    let mut text = String::from("export const LANGUAGES = [\n");
    for language in LANGUAGES {
        let (tag, is_draft) = (language.tag, language.is_draft);
        let name = Words::new(language.table).say(&message!("language-name"));
        writeln!(text, "  {{ tag: '{tag}', name: '{name}', isDraft: {is_draft}, load: () => import('./{tag}.js') }},")
            .expect("writing to a string does not fail");
    }
    text + "];\n"
}

const LANGUAGES_TYPE: &str = "\
/** The languages, English first, each with its name in itself. */
export declare const LANGUAGES: { tag: string; name: string; isDraft: boolean; load: () => Promise<{ TABLE: string }> }[];
";

/// The arguments of every message, so that tsc finds an id that does not exist and an argument that is missing.
fn messages_type() -> String {
    let mut text = String::from(
        "import type { Value } from '../shared/words.js';\n\n/** The arguments of every message by its id. */\nexport type Messages = {\n",
    );
    for (id, _, parameters) in MESSAGES {
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
