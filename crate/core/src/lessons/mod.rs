//! Lessons: predict, see, explain, solve. A lesson is one text file that a teacher writes without programming; the built-in
//! ones are such files, in `crate/core/lessons`.
//!
//! ```text
//! file -> lines (head, parts, sections) -> text (Markdown to blocks) -> Lesson -> JSON for the page
//!                                                                          \-> check: claims over seeds, puzzles
//! ```
//! [`NUMBERS`] declares the numbers of a run that text, goals and claims name. Nothing here makes HTML.

mod ask;
mod check;
mod condition;
mod drawing;
mod json;
mod lines;
mod numbers;
mod parse;
mod problem;
mod section;
mod text;

use crate::config::Config;
pub use ask::{Answer, Ask, Solution, Tolerance};
pub use check::{Failure, SEEDS, check};
pub use condition::{Claim, Condition};
pub use drawing::grade;
pub use json::{progress_json, to_json};
pub use numbers::{NUMBERS, NamedNumber, number_named};
pub use problem::Problem;
pub use text::{Block, Inline, Item};

/// The ids of the charts that a part can show. The charts stand above this crate; a test there compares them.
pub const CHARTS: &[&str] = &[
    "signals",
    "history",
    "histograms",
    "factors",
    "saturation",
    "weights",
    "fixes",
    "loss",
    "updates",
    "step-line",
    "norms",
    "boundary",
];

/// A lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// What it is called.
    pub title: String,
    /// How long it takes a student.
    pub minutes: u32,
    /// Whether it asks for predictions before it shows anything.
    pub predict: bool,
    /// Its parts, at least one.
    pub parts: Vec<Part>,
}

/// One experiment of a lesson: what is set up, asked, revealed and to be reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is called.
    pub title: String,
    /// The line of its heading in the file, from 1.
    pub line: usize,
    /// The whole config at its start.
    pub config: Config,
    /// The charts shown, by id; empty where the reader's own stay.
    pub charts: Vec<String>,
    /// The settings that can be changed, by name. None where all can.
    pub controls: Option<Vec<String>>,
    /// How far the run is taken when the answer is revealed.
    pub steps: u64,
    /// What is read first.
    pub text: Vec<Block>,
    /// The question.
    pub ask: Option<Ask>,
    /// What is read once the question is answered.
    pub reveal: Vec<Block>,
    /// A puzzle.
    pub goal: Option<Goal>,
    /// What the text says, in numbers.
    pub claims: Vec<Claim>,
}

/// A puzzle: what a run has to reach, graded by the run itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    /// What has to hold at one evaluated step.
    pub conditions: Vec<Condition>,
    /// The last step at which it counts.
    pub within: u64,
    /// The settings that must stay as they are, [`ALWAYS_FIXED`] included.
    pub fixed: Vec<&'static str>,
    /// The largest number of settings that may be changed, if there is one.
    pub changes: Option<usize>,
    /// The task.
    pub text: Vec<Block>,
    /// Hints, the vaguer one first.
    pub hints: Vec<Vec<Block>>,
    /// What is read once it is solved.
    pub solved: Vec<Block>,
    /// Changes that reach the goal, each as a config.
    pub solutions: Vec<Config>,
}

/// The settings that no puzzle lets one change: other data or another seed are another task.
pub const ALWAYS_FIXED: &[&str] = &["data", "noise", "train_fraction", "seed"];

impl Lesson {
    /// Reads a lesson file.
    ///
    /// # Errors
    /// All that is wrong in it, line by line.
    pub fn parse(text: &str) -> Result<Self, Vec<Problem>> {
        parse::lesson(text)
    }
}

impl Goal {
    /// The settings in which `config` breaks the rules of the puzzle that starts with `start`: the fixed ones among
    /// those that it changes, or all of them where they are too many.
    pub fn violations(&self, start: &Config, config: &Config) -> Vec<&'static str> {
        let differences = start.differences(config);
        let changed: Vec<_> = differences.iter().map(|change| change.field.name).collect();
        if self.changes.is_some_and(|most| changed.len() > most) {
            return changed;
        }
        let is_fixed = |name: &&'static str| self.fixed.contains(name);
        changed.into_iter().filter(is_fixed).collect()
    }
}

#[cfg(test)]
mod tests;
