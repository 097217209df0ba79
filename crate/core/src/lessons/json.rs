//! A lesson as JSON for the page: blocks and pieces of lines as a small tree, never HTML. Claims and solutions stay out.
//!
//! A block is an object of one of `p`, `h`, `quote`, `pre`, `ul`, `ol` (with `start`); a piece of a line is a string, or an
//! object of one of `em`, `strong`, `code`, `link` (with `href`), `number` (its name), `br`.

use super::text::{Block, Inline};
use super::{Answer, Ask, Goal, Lesson, Part, Solution, Tolerance};
use crate::config::Config;
use crate::observe::snapshot::Snapshot;
use serde_json::{Value as Json, json};

/// The lesson as the page takes it.
pub fn to_json(lesson: &Lesson) -> Json {
    json!({
        "title": lesson.title,
        "minutes": lesson.minutes,
        "predict": lesson.predict,
        "parts": lesson.parts.iter().map(part).collect::<Json>(),
    })
}

fn part(part: &Part) -> Json {
    json!({
        "title": part.title,
        "query": part.config.to_query(),
        "charts": part.charts,
        "controls": part.controls,
        "steps": part.steps,
        "text": blocks(&part.text),
        "ask": part.ask.as_ref().map(ask),
        "reveal": blocks(&part.reveal),
        "goal": part.goal.as_ref().map(goal),
    })
}

fn ask(ask: &Ask) -> Json {
    match ask {
        Ask::Draw { text } => json!({ "kind": "draw", "text": blocks(text) }),
        Ask::Choose { text, answers } => json!({
            "kind": "choose",
            "text": blocks(text),
            "answers": answers.iter().map(answer).collect::<Json>(),
        }),
        Ask::Number {
            text,
            solution,
            tolerance,
        } => json!({
            "kind": "number",
            "text": blocks(text),
            "answer": match solution {
                Solution::Value(value) => json!(value),
                Solution::Measured(name) => json!({ "number": name }),
            },
            "tolerance": match tolerance {
                Tolerance::Within(distance) => json!({ "within": distance }),
                Tolerance::Share(share) => json!({ "share": share }),
                Tolerance::Factor(factor) => json!({ "factor": factor }),
            },
        }),
    }
}

fn answer(answer: &Answer) -> Json {
    json!({
        "text": inlines(&answer.text),
        "right": answer.is_right,
        "reason": blocks(&answer.reason),
    })
}

fn goal(goal: &Goal) -> Json {
    json!({
        "text": blocks(&goal.text),
        "conditions": goal.conditions.iter().map(|c| c.to_string()).collect::<Vec<_>>(),
        "within": goal.within,
        "fixed": goal.fixed,
        "changes": goal.changes,
        "hints": goal.hints.iter().map(|hint| blocks(hint)).collect::<Json>(),
        "solved": blocks(&goal.solved),
    })
}

fn blocks(blocks: &[Block]) -> Json {
    blocks.iter().map(block).collect()
}

fn block(block: &Block) -> Json {
    match block {
        Block::Paragraph(text) => json!({ "p": inlines(text) }),
        Block::Heading(text) => json!({ "h": inlines(text) }),
        Block::Quote(inner) => json!({ "quote": blocks(inner) }),
        Block::Code(code) => json!({ "pre": code }),
        Block::List { start, items } => {
            let items: Json = items.iter().map(|item| blocks(&item.blocks)).collect();
            match start {
                None => json!({ "ul": items }),
                Some(start) => json!({ "ol": items, "start": start }),
            }
        }
    }
}

fn inlines(inlines: &[Inline]) -> Json {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> Json {
    match inline {
        Inline::Text(text) => json!(text),
        Inline::Number(name) => json!({ "number": name }),
        Inline::Emphasis(inner) => json!({ "em": inlines(inner) }),
        Inline::Strong(inner) => json!({ "strong": inlines(inner) }),
        Inline::Code(code) => json!({ "code": code }),
        Inline::Link { address, text } => json!({ "link": inlines(text), "href": address }),
        Inline::Break => json!({ "br": true }),
    }
}

/// How far a run is on its way to a goal: the settings that break its rules, each condition with the number as it is
/// and whether it holds, whether all of it is reached, and how many steps are left.
pub fn progress_json(goal: &Goal, start: &Config, config: &Config, snapshot: &Snapshot) -> Json {
    let violations = goal.violations(start, config);
    let holds = |condition: &super::Condition| condition.holds(config, snapshot);
    let left = goal.within.checked_sub(snapshot.step);
    let is_reached = violations.is_empty() && left.is_some() && goal.conditions.iter().all(holds);
    let conditions: Json = goal
        .conditions
        .iter()
        .map(|condition| {
            let number = condition.number();
            json!({
                "text": condition.to_string(),
                "name": number.name,
                "value": { "number": number.text(config, snapshot).as_str() },
                "holds": holds(condition),
            })
        })
        .collect();
    json!({
        "violations": violations,
        "conditions": conditions,
        "reached": is_reached,
        "left": left.unwrap_or_default(),
    })
}
