//! Compares with the schema what is generated from it: the README's table of settings, the TypeScript type of the config
//! and Python's defaults. `UPDATE_REFERENCES=1` rewrites them.

use gradient_flow::config::choice::Choice;
use gradient_flow::config::{Config, FIELDS, FieldKind, Group};
use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- settings: made from the schema -->\n";
const END: &str = "<!-- end of settings -->\n";

fn table() -> String {
    let mut table =
        String::from("| setting | default | allowed | what it does |\n|---|---|---|---|\n");
    for group in Group::ALL {
        table += &format!(
            "| **{}** | | | {} |\n",
            group.info().label,
            group.info().help
        );
        for field in FIELDS.iter().filter(|f| f.group == *group) {
            let allowed = match field.kind {
                FieldKind::Choice(choices) => choices
                    .iter()
                    .map(|c| format!("`{}`", c.name))
                    .collect::<Vec<_>>()
                    .join(" "),
                kind => kind.allowed(),
            };
            let default = Config::default().get(field);
            table += &format!(
                "| `{}` | `{default}` | {allowed} | {} |\n",
                field.attribute(),
                field.help
            );
        }
    }
    table
}

#[test]
fn the_readme_describes_every_setting_as_the_schema_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let start = readme
        .find(BEGIN)
        .expect("the README marks the begin of the table")
        + BEGIN.len();
    let end = readme
        .find(END)
        .expect("the README marks the end of the table");
    if std::env::var_os("UPDATE_REFERENCES").is_some() {
        fs::write(
            &path,
            format!("{}{}{}", &readme[..start], table(), &readme[end..]),
        )
        .unwrap();
    } else {
        assert_eq!(
            &readme[start..end],
            table(),
            "run with UPDATE_REFERENCES=1 to rewrite the table"
        );
    }
}

/// The Python module of names and defaults.
fn defaults() -> String {
    let mut text = String::from(
        "\"\"\"Made from the schema by tests/docs/reference.rs.\"\"\"\n\n#: Every setting with its default.\nDEFAULTS = {\n",
    );
    for field in FIELDS {
        let value = Config::default().get(field);
        let value = match field.kind {
            FieldKind::Flag if value == "true" => "True".into(),
            FieldKind::Flag => "False".into(),
            FieldKind::Choice(_) => format!("{value:?}"),
            _ => value,
        };
        text += &format!("    # {}\n    \"{}\": {value},\n", field.help, field.name);
    }
    text + "}\n"
}

#[test]
fn python_has_the_settings_and_defaults_of_the_schema() {
    check("www/python/gradient_flow/_fields.py", &defaults());
}

/// The TypeScript type of the config.
fn declaration() -> String {
    let mut text = String::from(
        "// Made from the schema by tests/docs/reference.rs.\n\n/** Every setting, as the element's `config` has it. */\nexport type Config = {\n",
    );
    let quoted = |names: &[&str]| {
        let names: Vec<_> = names.iter().map(|name| format!("'{name}'")).collect();
        names.join(" | ")
    };
    for field in FIELDS {
        let (kind, allowed) = match field.kind {
            FieldKind::Choice(choices) => {
                let names: Vec<_> = choices.iter().map(|c| c.name).collect();
                (quoted(&names), None)
            }
            FieldKind::Integer { words, .. } if !words.is_empty() => {
                (format!("number | {}", quoted(words)), Some(field.kind))
            }
            FieldKind::Integer { .. } | FieldKind::Real { .. } => {
                ("number".into(), Some(field.kind))
            }
            FieldKind::Flag => ("boolean".into(), None),
        };
        let allowed = allowed.map_or(String::new(), |kind| {
            format!(" Allowed: {}.", kind.allowed())
        });
        text += &format!(
            "  /** {}{allowed} Default: {}. */\n  {}: {kind};\n",
            field.help,
            Config::default().get(field),
            field.name
        );
    }
    text + "};\n"
}

#[test]
fn the_typescript_type_of_the_config_follows_the_schema() {
    check("www/config.d.ts", &declaration());
}

/// Compares a file with the text generated from the schema, or with UPDATE_REFERENCES=1 writes it.
fn check(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(name);
    if std::env::var_os("UPDATE_REFERENCES").is_some() {
        fs::write(&path, text).unwrap();
    } else {
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            text,
            "run with UPDATE_REFERENCES=1 to rewrite {name}"
        );
    }
}
