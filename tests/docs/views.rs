//! Compares with the charts what is generated from them: the README's table of views, and the ids that Python knows.
//! `UPDATE_REFERENCES=1` rewrites them.

use gradient_flow_charts::declarations;
use gradient_flow_words::Words;
use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- views: made from the charts -->\n";
const END: &str = "<!-- end of views -->\n";

fn table() -> String {
    let words = Words::english();
    let mut table = String::from("| view | what is seen |\n|---|---|\n");
    for chart in declarations() {
        table += &format!(
            "| `{}` | **{}.** {} |\n",
            chart.id,
            words.say(&chart.title),
            words.say(&chart.help)
        );
    }
    table
}

#[test]
fn the_readme_describes_every_view_as_the_charts_do() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(&path).expect("the README is readable");
    let begin = readme.find(BEGIN).expect("the README has a table of views") + BEGIN.len();
    let end = readme.find(END).expect("the table of views ends");
    if std::env::var_os("UPDATE_REFERENCES").is_some() {
        let updated = format!("{}{}{}", &readme[..begin], table(), &readme[end..]);
        fs::write(path, updated).expect("the README is written");
    } else {
        assert!(
            readme[begin..end] == table(),
            "UPDATE_REFERENCES=1 brings the table of views up to date"
        );
    }
}

#[test]
fn python_knows_the_ids_of_the_charts() {
    let mut text = String::from(
        "\"\"\"Made from the charts by tests/docs/views.rs.\"\"\"\n\n#: The id of every chart.\nCHARTS = (\n",
    );
    let words = Words::english();
    for chart in declarations() {
        text += &format!("    {:?},  # {}\n", chart.id, words.say(&chart.title));
    }
    text += ")\n";
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/python/gradient_flow/_charts.py");
    if std::env::var_os("UPDATE_REFERENCES").is_some() {
        fs::write(path, text).expect("the module is written");
    } else {
        let module = fs::read_to_string(path).expect("the module is readable");
        assert!(
            module == text,
            "UPDATE_REFERENCES=1 brings the ids of the charts up to date"
        );
    }
}
