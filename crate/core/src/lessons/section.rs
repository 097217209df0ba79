//! The sections of a part, each told by its heading: `## Ask: draw`, `## Reveal`, `## Goal: ...`, `## Hint`, `## Solved`,
//! `## Solutions`, `## Claims`.

use super::lines::{Section, Setting};
use super::parse::{setting_names, unknown_key};
use super::problem::Problems;
use super::{ALWAYS_FIXED, Ask, Goal, Part, Tolerance, ask, condition, text};
use gradient_flow_words::message;

/// How many hints a puzzle has at most.
const MAX_HINTS: usize = 2;

/// Adds a section to its part.
pub(super) fn read(section: &Section, part: &mut Part, problems: &mut Problems) {
    let (kind, detail) = match section.heading.split_once(':') {
        Some((kind, detail)) => (kind.trim(), detail.trim()),
        None => (section.heading, ""),
    };
    let kind = kind.to_ascii_lowercase();
    if !["ask", "goal"].contains(&kind.as_str()) {
        for setting in &section.settings {
            problems.add(
                setting.line,
                message!("lesson-no-keys", key = setting.key.to_string()),
            );
        }
    }
    match kind.as_str() {
        "ask" => {
            if part.ask.is_some() {
                problems.add(section.line, message!("lesson-twice", heading = "Ask"));
            }
            part.ask = read_ask(section, detail, problems);
        }
        "reveal" => part.reveal = body(section, problems),
        "goal" => {
            if part.goal.is_some() {
                problems.add(section.line, message!("lesson-twice", heading = "Goal"));
            }
            part.goal = read_goal(section, detail, problems);
        }
        "hint" => match &mut part.goal {
            Some(goal) if goal.hints.len() < MAX_HINTS => goal.hints.push(body(section, problems)),
            Some(_) => problems.add(section.line, message!("lesson-hints", max = MAX_HINTS)),
            None => problems.add(
                section.line,
                message!("lesson-before-goal", heading = "Hint"),
            ),
        },
        "solved" => match &mut part.goal {
            Some(goal) => goal.solved = body(section, problems),
            None => problems.add(
                section.line,
                message!("lesson-before-goal", heading = "Solved"),
            ),
        },
        "solutions" => read_solutions(section, part, problems),
        "claims" => {
            for (line, item) in items(section, problems) {
                let claim = condition::claim(line, item, &part.config);
                part.claims.extend(problems.take(line, claim));
            }
        }
        _ => problems.add(
            section.line,
            message!(
                "lesson-section",
                heading = section.heading.to_string(),
                known = "Ask, Reveal, Goal, Hint, Solved, Solutions, Claims"
            ),
        ),
    }
}

fn body(section: &Section, problems: &mut Problems) -> Vec<text::Block> {
    if section.body.is_empty() {
        problems.add(
            section.line,
            message!("lesson-empty", heading = section.heading.to_string()),
        );
    }
    text::blocks(&section.body, section.body_line, problems)
}

/// The items of a list, one a line.
fn items<'a>(section: &'a Section, problems: &mut Problems) -> Vec<(usize, &'a str)> {
    let mut items = Vec::new();
    for (at, line) in section.body.lines().enumerate() {
        let number = section.body_line + at;
        match line.trim().strip_prefix("- ") {
            Some(item) => items.push((number, item.trim().trim_matches('`'))),
            None if line.trim().is_empty() => {}
            None => problems.add(number, message!("lesson-item")),
        }
    }
    items
}

fn read_ask(section: &Section, kind: &str, problems: &mut Problems) -> Option<Ask> {
    let text = body(section, problems);
    let keys = if kind == "number" {
        "answer, tolerance"
    } else {
        ""
    };
    for setting in &section.settings {
        if !keys.split(", ").any(|key| key == setting.key) {
            let reason = if keys.is_empty() {
                message!("lesson-no-keys", key = setting.key.to_string())
            } else {
                unknown_key(setting.key, "answer, tolerance")
            };
            problems.add(setting.line, reason);
        }
    }
    match kind {
        "draw" => Some(Ask::Draw { text }),
        "choose" => {
            let (text, answers) = ask::choice(text, |line, reason| {
                problems.add(line.unwrap_or(section.line), reason);
            });
            Some(Ask::Choose { text, answers })
        }
        "number" => {
            let value = |key: &str| section.settings.iter().find(|setting| setting.key == key);
            let Some(answer) = value("answer") else {
                problems.add(section.line, message!("lesson-no-answer-key"));
                return None;
            };
            let solution = problems.take(answer.line, ask::solution(answer.value))?;
            let tolerance = match value("tolerance") {
                Some(setting) => problems.take(setting.line, ask::tolerance(setting.value))?,
                None => Tolerance::Share(0.1),
            };
            Some(Ask::Number {
                text,
                solution,
                tolerance,
            })
        }
        other => {
            problems.add(
                section.line,
                message!("lesson-ask", kind = other.to_string()),
            );
            None
        }
    }
}

fn read_goal(section: &Section, detail: &str, problems: &mut Problems) -> Option<Goal> {
    let text = body(section, problems);
    let (conditions, within) = problems.take(section.line, condition::goal(detail))?;
    let mut goal = Goal {
        conditions,
        within,
        fixed: ALWAYS_FIXED.to_vec(),
        changes: None,
        text,
        hints: Vec::new(),
        solved: Vec::new(),
        solutions: Vec::new(),
    };
    for Setting { line, key, value } in &section.settings {
        match *key {
            "fixed" => {
                for name in problems
                    .take(*line, setting_names(value))
                    .unwrap_or_default()
                {
                    if !goal.fixed.contains(&name) {
                        goal.fixed.push(name);
                    }
                }
            }
            "changes" => match value.parse() {
                Ok(most @ 1..=99) => goal.changes = Some(most),
                _ => problems.add(*line, message!("lesson-changes", value = value.to_string())),
            },
            key => problems.add(*line, unknown_key(key, "fixed, changes")),
        }
    }
    Some(goal)
}

/// Each a change of the part's config that the puzzle allows.
fn read_solutions(section: &Section, part: &mut Part, problems: &mut Problems) {
    let Some(goal) = &mut part.goal else {
        problems.add(
            section.line,
            message!("lesson-before-goal", heading = "Solutions"),
        );
        return;
    };
    for (line, query) in items(section, problems) {
        let changed = part
            .config
            .with_query(query)
            .map_err(|error| error.message());
        let Some(config) = problems.take(line, changed) else {
            continue;
        };
        let violations = goal.violations(&part.config, &config);
        if violations.is_empty() {
            goal.solutions.push(config);
        } else {
            let settings = violations.join(", ");
            problems.add(line, message!("lesson-breaks-rules", settings = settings));
        }
    }
}
