//! Compares with the schema what is generated from it: the README's table of settings, the TypeScript type of the config
//! and Python's traits. `UPDATE_REFERENCES=1` rewrites them.

use gradient_flow::config::choice::{Choice, ChoiceInfo};
use gradient_flow::config::{Config, FIELDS, Field, FieldKind, Group};
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
            group.info().label(),
            group.info().help()
        );
        for field in FIELDS.iter().filter(|f| f.group == *group) {
            let allowed = match field.kind {
                FieldKind::Choice(choices) => choices
                    .iter()
                    .map(|c| format!("`{}`", c.name))
                    .collect::<Vec<_>>()
                    .join(" "),
                kind => kind.allowed().to_string(),
            };
            let default = Config::default().get(field);
            table += &format!(
                "| `{}` | `{default}` | {allowed} | {} |\n",
                field.attribute(),
                field.help()
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

/// A config with the default of every field but one.
fn with(name: &str, value: &str) -> Config {
    let mut config = Config::default();
    config
        .set(name, value)
        .expect("a choice is allowed by itself");
    config
}

/// The choices of a field; none for other fields.
fn choices(field: &Field) -> &'static [ChoiceInfo] {
    match field.kind {
        FieldKind::Choice(choices) => choices,
        _ => &[],
    }
}

/// A value as Python writes it.
fn python_literal(field: &Field, value: &str) -> String {
    match field.kind {
        FieldKind::Flag if value == "true" => "True".into(),
        FieldKind::Flag => "False".into(),
        FieldKind::Choice(_) => format!("{value:?}"),
        FieldKind::Real { .. } if !value.contains(['.', 'e']) => format!("{value}.0"),
        _ => value.into(),
    }
}

fn python_names(names: impl Iterator<Item = &'static str>) -> String {
    let names: Vec<_> = names.map(|name| format!("{name:?}")).collect();
    match names.as_slice() {
        [only] => format!("({only},)"),
        _ => format!("({})", names.join(", ")),
    }
}

/// The trait of a field.
fn python_trait(field: &Field) -> String {
    let default = python_literal(field, &Config::default().get(field));
    let (kind, arguments) = match field.kind {
        FieldKind::Choice(choices) => {
            let names = python_names(choices.iter().map(|choice| choice.name));
            ("Choice", format!(", {names}"))
        }
        FieldKind::Integer {
            min, max, words, ..
        } => {
            let words = match words {
                [] => String::new(),
                _ => format!(", words={}", python_names(words.iter().copied())),
            };
            ("WholeNumber", format!(", {min}, {max}{words}"))
        }
        FieldKind::Real { min, max, .. } => ("Number", format!(", {min:?}, {max:?}")),
        FieldKind::Flag => ("Flag", String::new()),
    };
    let (help, allowed) = (field.help().to_string(), field.kind.allowed().to_string());
    let allowed = match field.kind {
        FieldKind::Flag => "True or False".into(),
        _ => allowed,
    };
    format!(
        "    {} = {kind}(\n        {default}{arguments},\n        allowed={allowed:?},\n        help={help:?},\n    ).tag(sync=True)\n",
        field.name
    )
}

/// The choices that are refused together, found by trying every pair.
fn conflicts() -> String {
    let mut text = String::new();
    for other in FIELDS {
        for choice in choices(other) {
            for field in FIELDS.iter().filter(|field| field.name != other.name) {
                for refused in choices(field) {
                    let mut config = with(other.name, choice.name);
                    config.set(field.name, refused.name).expect("allowed alone");
                    let Err(error) = config.check() else { continue };
                    if error.field == field.name {
                        text += &format!(
                            "    ({:?}, {:?}, {:?}, {:?}, {:?}),\n",
                            other.name,
                            choice.name,
                            field.name,
                            refused.name,
                            error.allowed.to_string()
                        );
                    }
                }
            }
        }
    }
    text
}

/// The Python module of the settings.
fn python_settings() -> String {
    let mut text = String::from(
        "\"\"\"Made from the schema by tests/docs/reference.rs.\"\"\"\n\nimport traitlets\n\n\
         from ._traits import Choice, Flag, Number, WholeNumber\n\n\n\
         class Settings(traitlets.HasTraits):\n    \"\"\"Every setting as a trait.\"\"\"\n\n",
    );
    for field in FIELDS {
        text += &python_trait(field);
    }
    text += "\n\n#: Every setting with its default.\nDEFAULTS = {\n";
    for field in FIELDS {
        let value = python_literal(field, &Config::default().get(field));
        text += &format!("    {:?}: {value},\n", field.name);
    }
    text += "}\n\n#: The slope that belongs to an activation until another one is chosen.\nSLOPES = {\n";
    let field = |name| FIELDS.iter().find(|field| field.name == name).unwrap();
    for choice in choices(field("activation")) {
        let slope = with("activation", choice.name).get(field("slope"));
        text += &format!(
            "    {:?}: {},\n",
            choice.name,
            python_literal(field("slope"), &slope)
        );
    }
    text + "}\n\n#: What is refused together: a setting and its value, another one and its value, and what that may be instead.\n\
         CONFLICTS = [\n"
        + &conflicts()
        + "]\n"
}

#[test]
fn python_has_the_settings_of_the_schema() {
    check("www/python/gradient_flow/_settings.py", &python_settings());
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
            field.help(),
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
