//! The built-in lessons: their texts, which a page fetches when one is opened, and the list of their titles.

use super::layout::{DATA, LESSON_LIST};
use crate::files;
use crate::pack;
use crate::workspace;
use anyhow::{Context, Result};
use serde_json::json;
use std::fs;
use std::path::Path;

/// Writes them into the site.
pub fn write(site: &Path) -> Result<()> {
    let mut list = Vec::new();
    for path in files::entries(&workspace::root().join("crate/core/lessons/en"))? {
        let name = files::name(&path);
        let text = fs::read_to_string(&path)?;
        let id = id(&name).with_context(|| format!("{name} is not named NN-id.md"))?;
        let head = |key| head(&text, key).with_context(|| format!("{name} has no {key}"));
        let minutes: u32 = head("minutes")?.parse()?;
        list.push(json!({ "id": id, "title": head("title")?, "minutes": minutes }));
        let file = site.join(DATA).join(format!("lesson-{id}.md.deflate"));
        fs::write(file, pack::zopfli(text.as_bytes())?)?;
    }
    let lines: Vec<_> = list.iter().map(|lesson| format!("  {lesson},\n")).collect();
    let list = site.join(LESSON_LIST);
    fs::create_dir_all(list.parent().context("the list lies in a folder")?)?;
    fs::write(
        list,
        format!("export const LESSONS = [\n{}];\n", lines.concat()),
    )?;
    fs::write(site.join(LESSON_LIST).with_extension("d.ts"), TYPE)?;
    Ok(())
}

const TYPE: &str = "\
/** The built-in lessons, in order; `data/lesson-ID.md.deflate` is the text of each. */
export declare const LESSONS: { id: string; title: string; minutes: number }[];
";

/// The id of a lesson in a file named `NN-id.md`.
fn id(name: &str) -> Option<&str> {
    let (number, id) = name.strip_suffix(".md")?.split_once('-')?;
    number.parse::<u32>().is_ok().then_some(id)
}

/// The value of `key = value` in the head of a lesson.
fn head<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let head = text.lines().take_while(|line| !line.starts_with('#'));
    head.filter_map(|line| line.split_once('='))
        .find(|(found, _)| found.trim() == key)
        .map(|(_, value)| value.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lesson_is_listed_by_its_name_and_head() {
        assert_eq!(id("07-learning-rate.md"), Some("learning-rate"));
        assert_eq!(id("notes.md"), None);
        let text = "title = A = b\nminutes= 5\n\n# Part\nconfig = depth=1\n";
        assert_eq!(head(text, "title"), Some("A = b"));
        assert_eq!(head(text, "minutes"), Some("5"));
        assert_eq!(head(text, "config"), None);
    }

    #[test]
    fn every_lesson_is_in_the_list() {
        let site = files::temporary_folder("lessons");
        fs::create_dir_all(site.join(DATA)).unwrap();
        write(&site).unwrap();
        let list = fs::read_to_string(site.join(LESSON_LIST)).unwrap();
        let texts = files::entries(&site.join(DATA)).unwrap();
        files::remove_folder(&site).unwrap();
        assert_eq!(texts.len(), 12);
        assert_eq!(list.matches("\"id\":").count(), 12);
        let first = r#"  {"id":"gradients","title":"What a network learns from","minutes":6},"#;
        assert_eq!(list.lines().nth(1), Some(first));
    }
}
