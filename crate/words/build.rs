//! Compiles the message files: a table for each language, and what is known of every message when other crates compile.

#[path = "src/compile.rs"]
mod compile;

use compile::{Language, Message, compile};
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut sources = Vec::new();
    for folder in entries(&root)?.into_iter().filter(|path| path.is_dir()) {
        let files: Vec<_> = entries(&folder)?
            .into_iter()
            .filter(|path| path.extension().is_some_and(|kind| kind == "ftl"))
            .collect();
        if files.is_empty() {
            continue;
        }
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut texts = Vec::new();
        for file in files {
            println!("cargo::rerun-if-changed={}", file.display());
            texts.push((name(&file), fs::read_to_string(&file)?));
        }
        sources.push((name(&folder), texts));
    }
    // Another folder may be another language.
    println!("cargo::rerun-if-changed={}", root.display());
    let languages = match compile(&sources) {
        Ok(languages) => languages,
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
            return Ok(());
        }
    };
    fs::write(out.join("messages.rs"), module(&languages, &out)?)?;
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>, std::io::Error>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_name()
        .expect("an entry has a name")
        .to_string_lossy()
        .into()
}

/// The files whose messages the page's modules say.
const PARTS_OF_SCRIPTS: [&str; 9] = [
    "about",
    "dialogs",
    "lab",
    "lesson-card",
    "map",
    "moments",
    "network",
    "problems",
    "trials",
];

/// Whether the page's modules ask for a message by its id.
fn is_for_scripts(id: &str, message: &Message) -> bool {
    let beginnings = ["task-", "lesson-guess-"];
    PARTS_OF_SCRIPTS.contains(&message.part.as_str())
        || beginnings.iter().any(|beginning| id.starts_with(beginning))
}

/// The constants that `lib.rs` documents.
fn module(languages: &[Language], out: &Path) -> Result<String, Box<dyn Error>> {
    let mut text = String::from(
        "/// Every message: its id, whether scripts ask for it, and its arguments, in order of id.\npub const MESSAGES: &[(&str, bool, &[&str])] = &[\n",
    );
    let english = languages
        .iter()
        .find(|language| language.tag == "en")
        .ok_or("there is no English")?;
    for (id, message) in &english.messages {
        writeln!(
            text,
            "    ({id:?}, {:?}, &{:?}),",
            is_for_scripts(id, message),
            message.arguments.iter().collect::<Vec<_>>()
        )?;
    }
    text += "];\n/// The languages, English first.\n#[cfg(not(target_arch = \"wasm32\"))]\npub const LANGUAGES: &[Language] = &[\n";
    for language in languages {
        let table = out.join(format!("{}.txt", language.tag));
        fs::write(&table, language.table(is_for_scripts))?;
        writeln!(
            text,
            "    Language {{ tag: {:?}, is_draft: {}, table: include_str!({table:?}) }},",
            language.tag, language.is_draft
        )?;
    }
    text += "];\n";
    Ok(text)
}
