//! What is wrong in a lesson file, and where.

use gradient_flow_words::Message;
use std::fmt;

/// Why a line of a lesson file cannot be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what would be right, in a whole sentence.
    pub reason: Message,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

/// Collects problems, so that a teacher sees all of them at once.
#[derive(Debug, Default)]
pub(super) struct Problems(pub Vec<Problem>);

impl Problems {
    pub fn add(&mut self, line: usize, reason: Message) {
        self.0.push(Problem { line, reason });
    }

    /// The value, or its problem noted.
    pub fn take<T>(&mut self, line: usize, result: Result<T, Message>) -> Option<T> {
        result.map_err(|reason| self.add(line, reason)).ok()
    }
}
