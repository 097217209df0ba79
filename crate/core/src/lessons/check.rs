//! Whether a lesson is true: its claims hold over several seeds, its numbers exist, its puzzles fail at their start and are
//! solved by each of their solutions.

use super::text::numbers_in;
use super::{Ask, Claim, Condition, Goal, Lesson, Part, number_named};
use crate::Session;
use crate::config::Config;
use crate::data::{DataError, data_file};
use crate::observe::snapshot::{Snapshot, SnapshotRequest};
use std::fmt;

/// Over how many seeds claims are checked: that of the config and those that follow it.
pub const SEEDS: u64 = 5;

/// How often a puzzle's run is evaluated on its way.
const EVALUATIONS: u64 = 20;

/// What is not true in a lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// The line in the file, from 1.
    pub line: usize,
    /// What was expected, and what was found.
    pub what: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// Runs what a lesson claims. `table` gives the text of a built-in table by its name.
///
/// # Errors
/// If the data of a config cannot be used.
pub fn check(
    lesson: &Lesson,
    table: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<Failure>, DataError> {
    let mut failures = Vec::new();
    for part in &lesson.parts {
        check_claims(part, table, &mut failures)?;
        check_numbers(part, table, &mut failures)?;
        if let Some(goal) = &part.goal {
            check_goal(part, goal, table, &mut failures)?;
        }
    }
    Ok(failures)
}

fn session(
    config: &Config,
    table: &dyn Fn(&str) -> Option<String>,
) -> Result<Session<f32>, DataError> {
    let text = data_file(config).and_then(table);
    let mut session = Session::new(config.clone(), text.as_deref())?;
    session.request(SnapshotRequest {
        step_line: true,
        ..SnapshotRequest::default()
    });
    Ok(session)
}

/// The run at a step that it has not passed.
fn at(session: &mut Session<f32>, step: u64) -> Snapshot {
    session.advance((step - session.trainer.steps()) as usize);
    session.snapshot(true)
}

fn check_claims(
    part: &Part,
    table: &dyn Fn(&str) -> Option<String>,
    failures: &mut Vec<Failure>,
) -> Result<(), DataError> {
    let config_of = |claim: &Claim| claim.with.clone().unwrap_or_else(|| part.config.clone());
    let step_of = |claim: &Claim| claim.at.unwrap_or(part.steps);
    let mut configs: Vec<Config> = Vec::new();
    for claim in &part.claims {
        let config = config_of(claim);
        if !configs.contains(&config) {
            configs.push(config);
        }
    }
    for config in configs {
        // Claims of one config share its runs.
        let mut claims: Vec<_> = part
            .claims
            .iter()
            .filter(|c| config_of(c) == config)
            .collect();
        claims.sort_by_key(|claim| step_of(claim));
        for offset in 0..SEEDS {
            let mut seeded = config.clone();
            seeded.seed = config.seed.wrapping_add(offset);
            let mut session = session(&seeded, table)?;
            for claim in &claims {
                let snapshot = at(&mut session, step_of(claim));
                for condition in &claim.conditions {
                    if !condition.holds(&seeded, &snapshot) {
                        failures.push(Failure {
                            line: claim.line,
                            what: format!(
                                "with seed {}, {}",
                                seeded.seed,
                                found(condition, &seeded, &snapshot)
                            ),
                        });
                    }
                }
            }
        }
    }
    Ok(())
}

/// `delta_factor is 0.31, not delta_factor < 0.3`, at the step that was reached.
fn found(condition: &Condition, config: &Config, snapshot: &Snapshot) -> String {
    let number = condition.number();
    let value = number.value(config, snapshot);
    format!(
        "at step {}: {} is {value:.4e}; the file says {condition}",
        snapshot.step, number.name
    )
}

/// The numbers that the text names exist when it is read.
fn check_numbers(
    part: &Part,
    table: &dyn Fn(&str) -> Option<String>,
    failures: &mut Vec<Failure>,
) -> Result<(), DataError> {
    let (mut before, mut after) = (numbers_in(&part.text), numbers_in(&part.reveal));
    match &part.ask {
        Some(Ask::Draw { text }) => before.extend(numbers_in(text)),
        Some(Ask::Choose { text, answers }) => {
            before.extend(numbers_in(text));
            for answer in answers {
                after.extend(numbers_in(&answer.reason));
            }
        }
        Some(Ask::Number { text, solution, .. }) => {
            before.extend(numbers_in(text));
            after.extend(solution.measured().map(|number| number.name));
        }
        None => {}
    }
    // Without a question, a part's text is read beside its run.
    if part.ask.is_none() {
        after.append(&mut before);
    }
    if before.is_empty() && after.is_empty() {
        return Ok(());
    }
    let mut session = session(&part.config, table)?;
    for (names, step) in [(before, 0), (after, part.steps)] {
        let snapshot = at(&mut session, step);
        for name in names {
            let number = number_named(name).expect("only declared names are parsed");
            if number.value(&part.config, &snapshot).is_nan() {
                failures.push(Failure {
                    line: part.line,
                    what: format!("{name} has no value at step {}", snapshot.step),
                });
            }
        }
    }
    Ok(())
}

fn check_goal(
    part: &Part,
    goal: &Goal,
    table: &dyn Fn(&str) -> Option<String>,
    failures: &mut Vec<Failure>,
) -> Result<(), DataError> {
    let mut fail = |what: String| {
        failures.push(Failure {
            line: part.line,
            what,
        });
    };
    if goal.solutions.is_empty() {
        fail("the puzzle lists no solution".into());
    }
    if let Some(step) = solved_at(&part.config, goal, table)? {
        fail(format!("the puzzle is solved at its start, by step {step}"));
    }
    for solution in &goal.solutions {
        if solved_at(solution, goal, table)?.is_none() {
            let query = solution.to_query();
            fail(format!(
                "{query} does not reach the goal within {} steps",
                goal.within
            ));
        }
    }
    Ok(())
}

/// The first evaluated step at which a run reaches a goal.
pub fn solved_at(
    config: &Config,
    goal: &Goal,
    table: &dyn Fn(&str) -> Option<String>,
) -> Result<Option<u64>, DataError> {
    let mut session = session(config, table)?;
    for part in 0..=EVALUATIONS {
        let snapshot = at(&mut session, goal.within * part / EVALUATIONS);
        if goal
            .conditions
            .iter()
            .all(|condition| condition.holds(config, &snapshot))
        {
            return Ok(Some(snapshot.step));
        }
        if snapshot.first_nonfinite.is_some() {
            break;
        }
    }
    Ok(None)
}
