//! From the sections of a file to a lesson.

use super::lines::{Section, Setting, sections};
use super::problem::{Problem, Problems};
use super::section;
use super::{CHARTS, Lesson, Part, condition, text};
use crate::config::{Config, field};
use gradient_flow_words::{Message, message};

/// The largest file that is read, in bytes.
const MAX_SIZE: usize = 200_000;

pub(super) fn lesson(file: &str) -> Result<Lesson, Vec<Problem>> {
    let mut problems = Problems::default();
    if file.len() > MAX_SIZE {
        problems.add(1, message!("lesson-too-large", max = MAX_SIZE / 1000));
        return Err(problems.0);
    }
    let sections = sections(file, &mut problems);
    let (head, rest) = sections.split_first().expect("the head is there");
    let mut lesson = read_head(head, &mut problems);
    let starts: Vec<usize> = (0..rest.len()).filter(|at| rest[*at].level == 1).collect();
    match starts.first() {
        None => problems.add(1, message!("lesson-no-parts")),
        Some(0) => {}
        Some(_) => problems.add(rest[0].line, message!("lesson-no-part-yet")),
    }
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(rest.len());
        lesson.parts.push(part(&rest[*start..end], &mut problems));
    }
    if problems.0.is_empty() {
        Ok(lesson)
    } else {
        problems.0.sort_by_key(|problem| problem.line);
        Err(problems.0)
    }
}

fn read_head(head: &Section, problems: &mut Problems) -> Lesson {
    let mut lesson = Lesson {
        title: String::new(),
        minutes: 0,
        predict: true,
        parts: Vec::new(),
    };
    for setting in &head.settings {
        let refused = match setting.key {
            "title" => {
                lesson.title = setting.value.into();
                None
            }
            "minutes" => match setting.value.parse() {
                Ok(minutes @ 1..=600) => {
                    lesson.minutes = minutes;
                    None
                }
                _ => Some(message!(
                    "lesson-minutes",
                    value = setting.value.to_string()
                )),
            },
            "predict" => match setting.value {
                "on" | "off" => {
                    lesson.predict = setting.value == "on";
                    None
                }
                value => Some(message!("lesson-predict", value = value.to_string())),
            },
            // For whoever reads the file.
            "author" | "licence" | "license" => None,
            key => Some(unknown_key(key, "title, minutes, predict, author, license")),
        };
        if let Some(reason) = refused {
            problems.add(setting.line, reason);
        }
    }
    // Other tools put lines of hyphens around such a head.
    let is_text = |line: &&str| !line.trim().trim_matches('-').is_empty();
    if let Some(line) = head.body.lines().find(is_text) {
        problems.add(head.body_line, message!("lesson-head", text = short(line)));
    }
    if lesson.title.is_empty() {
        problems.add(1, message!("lesson-no-title"));
    }
    if lesson.minutes == 0 && !head.settings.iter().any(|setting| setting.key == "minutes") {
        problems.add(1, message!("lesson-no-minutes"));
    }
    lesson
}

/// The beginning of a line.
fn short(line: &str) -> String {
    line.chars().take(40).collect()
}

pub(super) fn unknown_key(key: &str, known: &'static str) -> Message {
    message!("lesson-key", key = key.to_string(), known = known)
}

fn part(sections: &[Section], problems: &mut Problems) -> Part {
    let (head, rest) = sections.split_first().expect("a part has a heading");
    let mut part = Part {
        title: head.heading.into(),
        line: head.line,
        config: Config::default(),
        charts: Vec::new(),
        controls: None,
        steps: 0,
        text: text::blocks(&head.body, head.body_line, problems),
        ask: None,
        reveal: Vec::new(),
        goal: None,
        claims: Vec::new(),
    };
    if !head.settings.iter().any(|setting| setting.key == "config") {
        problems.add(head.line, message!("lesson-no-config"));
    }
    for setting in &head.settings {
        part_setting(setting, &mut part, problems);
    }
    for section in rest {
        section::read(section, &mut part, problems);
    }
    if !part.reveal.is_empty() && part.ask.is_none() {
        problems.add(head.line, message!("lesson-reveal-without-ask"));
    }
    part
}

fn part_setting(setting: &Setting, part: &mut Part, problems: &mut Problems) {
    let words = || {
        setting
            .value
            .split([' ', ','])
            .filter(|word| !word.is_empty())
    };
    match setting.key {
        "config" => {
            let read = config(setting.value, part);
            problems.take(setting.line, read);
        }
        "charts" => {
            for id in words() {
                if !CHARTS.contains(&id) {
                    let known = CHARTS.join(", ");
                    problems.add(
                        setting.line,
                        message!("lesson-chart", id = id.to_string(), known = known),
                    );
                }
            }
            part.charts = words().map(String::from).collect();
        }
        "controls" => {
            let read = controls(setting.value);
            if let Some(controls) = problems.take(setting.line, read) {
                part.controls = controls;
            }
        }
        "steps" => {
            let steps = condition::steps(setting.value);
            part.steps = problems.take(setting.line, steps).unwrap_or_default();
        }
        key => problems.add(
            setting.line,
            unknown_key(key, "config, charts, controls, steps"),
        ),
    }
}

/// The config of a query, or of a whole link as the Share dialog copies it. Of a link's charts and controls, those
/// stay that the part does not name itself.
fn config(link: &str, part: &mut Part) -> Result<(), Message> {
    let query = link.split_once('#').map_or(link, |(_, query)| query);
    let mut settings = Vec::new();
    for pair in query.trim_start_matches('?').split('&') {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        let words = || value.split(['+', ' ']).flat_map(|word| word.split("%20"));
        match key {
            "charts" if part.charts.is_empty() => {
                let known = words().filter(|id| CHARTS.contains(id));
                part.charts = known.map(String::from).collect();
            }
            "controls" if part.controls.is_none() => {
                part.controls = controls(&words().collect::<Vec<_>>().join(" "))?;
            }
            key if VIEW.contains(&key) || pair.is_empty() => {}
            _ => settings.push(pair),
        }
    }
    part.config = Config::from_query(&settings.join("&")).map_err(|error| error.message())?;
    if part.config.get(field("data").expect("a setting")) == "upload" {
        return Err(message!("lesson-upload"));
    }
    Ok(())
}

/// What a link holds beside settings.
const VIEW: &[&str] = &[
    "charts", "controls", "autoplay", "speed", "theme", "keys", "lang", "lesson", "predict",
    "fixes", "trials", "table", "map", "at", "then", "moment",
];

/// `all`, `none`, or names of settings.
fn controls(text: &str) -> Result<Option<Vec<String>>, Message> {
    match text {
        "all" => Ok(None),
        "none" => Ok(Some(Vec::new())),
        names => {
            let names = setting_names(names)?.into_iter().map(String::from);
            Ok(Some(names.collect()))
        }
    }
}

/// Settings by name, as they stand in a line.
pub(super) fn setting_names(text: &str) -> Result<Vec<&'static str>, Message> {
    let names = text.split([' ', ',']).filter(|name| !name.is_empty());
    let name = |name| match field(name) {
        Some(field) => Ok(field.name),
        None => Err(message!("lesson-setting", name = String::from(name))),
    };
    names.map(name).collect()
}
