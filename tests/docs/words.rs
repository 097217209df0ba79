//! No message is unused: each is named in a source, or says something of a setting, a choice or a chart.

use gradient_flow::config::{FIELDS, FieldKind, Group, choice::Choice};
use gradient_flow_charts::declarations;
use gradient_flow_words::MESSAGES;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The texts of all files with such an ending below a folder.
fn read_below(folder: &Path, ending: &str, text: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            read_below(&path, ending, text);
        } else if path.extension().is_some_and(|kind| kind == ending) {
            *text += &fs::read_to_string(path).expect("a source is readable");
        }
    }
}

/// What the declarations name without writing out the id.
fn declared() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut add = |id: &str| {
        for part in ["", ".help", ".unit"] {
            ids.insert(format!("{id}{part}"));
        }
    };
    for field in FIELDS {
        add(field.label().id());
        if let FieldKind::Choice(choices) = field.kind {
            choices.iter().for_each(|choice| add(choice.label().id()));
        }
    }
    Group::ALL
        .iter()
        .for_each(|group| add(group.info().label().id()));
    declarations().for_each(|chart| add(chart.title.id()));
    // The kinds of tasks of a table are private to the core.
    ["task-classes", "task-regression"]
        .into_iter()
        .for_each(add);
    ids
}

#[test]
fn every_message_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut sources = String::new();
    for krate in ["bridge", "core", "charts", "tools", "web", "words", "xtask"] {
        read_below(
            &root.join("crate").join(krate).join("src"),
            "rs",
            &mut sources,
        );
    }
    read_below(&root.join("www"), "js", &mut sources);
    let declared = declared();
    // A module that makes ids of a kind writes their beginning: `share-${id}.note`.
    let made: Vec<&str> = sources
        .split("`")
        .filter_map(|literal| literal.split_once("-${"))
        .map(|(beginning, _)| beginning)
        .filter(|beginning| {
            beginning
                .chars()
                .all(|c| c.is_ascii_lowercase() || c == '-')
        })
        .collect();
    let is_made = |id: &str| {
        made.iter()
            .any(|beginning| id.starts_with(&format!("{beginning}-")))
    };
    let is_used = |id: &str| {
        declared.contains(id)
            || is_made(id)
            || ["'", "\""]
                .iter()
                .any(|quote| sources.contains(&format!("{quote}{id}{quote}")))
    };
    let unused: Vec<_> = MESSAGES
        .iter()
        .map(|(id, ..)| *id)
        .filter(|id| !is_used(id))
        .collect();
    assert_eq!(unused, Vec::<&str>::new(), "messages that nobody says");
}
