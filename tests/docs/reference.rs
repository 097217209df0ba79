//! The README's table of settings is the schema's. `UPDATE_REFERENCES=1` rewrites it.

use gradient_flow::choice::Choice;
use gradient_flow::config::{Config, FIELDS, Group, Kind};
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
                Kind::Choice(choices) => choices
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
fn the_readme_lists_every_setting_as_it_is() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let start = readme
        .find(BEGIN)
        .expect("the README marks the table's begin")
        + BEGIN.len();
    let end = readme.find(END).expect("the README marks the table's end");
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
