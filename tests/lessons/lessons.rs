//! The built-in lessons are what they promise: each claim holds over the seeds, each puzzle fails at its start and is solved
//! by every solution, and all are built alike.

use gradient_flow::lessons::{Lesson, check};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

fn core() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// The lessons by the names of their files, in order.
fn lessons() -> Vec<(String, Lesson)> {
    let mut files: Vec<PathBuf> = fs::read_dir(core().join("lessons/en"))
        .expect("the folder of lessons")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let read = |path: PathBuf| {
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("a text");
        let lesson = Lesson::parse(&text);
        (
            name.clone(),
            lesson.unwrap_or_else(|problems| panic!("{name}: {}", problems[0])),
        )
    };
    files.into_iter().map(read).collect()
}

fn table(name: &str) -> Option<String> {
    fs::read_to_string(core().join(format!("data/{name}.csv"))).ok()
}

#[test]
fn what_the_built_in_lessons_claim_is_true() {
    let mut lessons = lessons();
    assert_eq!(lessons.len(), 12);
    // The longest runs first, so that no thread waits for one at the end.
    let work = |lesson: &Lesson| -> usize {
        let parts = lesson.parts.iter();
        parts
            .map(|part| part.config.depth * part.config.width.pow(2))
            .sum()
    };
    lessons.sort_by_key(|(_, lesson)| std::cmp::Reverse(work(lesson)));
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut wrong = Vec::new();
        while let Some((name, lesson)) = lessons.get(next.fetch_add(1, Ordering::Relaxed)) {
            let failures = check(lesson, &table).expect("data of the site");
            wrong.extend(failures.iter().map(|failure| format!("{name}, {failure}")));
        }
        wrong
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let wrong: Vec<String> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        running
            .into_iter()
            .flat_map(|thread| thread.join().expect("no panic"))
            .collect()
    });
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_built_in_lessons_are_built_alike() {
    for (at, (name, lesson)) in lessons().into_iter().enumerate() {
        let number = format!("{:02}-", at + 1);
        assert!(name.starts_with(&number), "{name}");
        assert!((2..=5).contains(&lesson.parts.len()), "{name}");
        let (first, last) = (&lesson.parts[0], lesson.parts.last().expect("parts"));
        // Predict first; a puzzle comes last.
        assert!(first.ask.is_some(), "{name}");
        assert!(last.goal.is_some(), "{name}");
        for part in &lesson.parts {
            let place = format!("{name}: {}", part.title);
            assert!(!part.charts.is_empty(), "{place} shows no chart");
            if part.ask.is_some() {
                assert!(!part.reveal.is_empty(), "{place} reveals nothing");
                assert!(!part.claims.is_empty(), "{place} claims nothing");
            }
            if let Some(goal) = &part.goal {
                assert_eq!(goal.hints.len(), 2, "{place}");
                assert!(goal.solutions.len() >= 2, "{place}");
                assert!(!goal.solved.is_empty(), "{place}");
            }
        }
    }
}

#[test]
fn the_template_of_the_docs_is_a_true_lesson() {
    let page = fs::read_to_string(core().join("../../www/docs.html")).expect("the page");
    let (_, rest) = page.split_once("<textarea").expect("a template");
    let (_, rest) = rest.split_once('>').expect("a tag");
    let (template, _) = rest.split_once("</textarea>").expect("its end");
    let text = template
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let lesson = Lesson::parse(text.trim_start()).expect("a lesson");
    assert_eq!(check(&lesson, &table).expect("data of the site"), []);
}
