//! The question of a part: a drawing, a choice or a number.

use super::condition;
use super::numbers::{NamedNumber, number_named};
use super::text::{Block, Inline, Item};
use gradient_flow_words::{Message, message};

/// A question, asked before the answer is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Draw the profile of dW over the hidden layers.
    Draw {
        /// The question.
        text: Vec<Block>,
    },
    /// Choose among answers, of which one is right.
    Choose {
        /// The question.
        text: Vec<Block>,
        /// The answers.
        answers: Vec<Answer>,
    },
    /// Say a number.
    Number {
        /// The question.
        text: Vec<Block>,
        /// The right answer.
        solution: Solution,
        /// How far off an answer may be.
        tolerance: Tolerance,
    },
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What it says.
    pub text: Vec<Inline>,
    /// Whether it is the right one.
    pub is_right: bool,
    /// Why it is wrong, or right.
    pub reason: Vec<Block>,
}

/// The right answer to a question for a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Solution {
    /// This number.
    Value(f64),
    /// What the run shows when the answer is revealed, by its name among [`NUMBERS`](super::NUMBERS).
    Measured(&'static str),
}

/// How far off an answer may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tolerance {
    /// By this much: `tolerance = 0.05`.
    Within(f64),
    /// By this share of the right answer: `tolerance = 20 %`.
    Share(f64),
    /// By this factor, up or down: `tolerance = factor 10`.
    Factor(f64),
}

impl Tolerance {
    /// Whether a guess is close enough.
    pub fn accepts(self, guess: f64, truth: f64) -> bool {
        match self {
            Tolerance::Within(distance) => (guess - truth).abs() <= distance,
            Tolerance::Share(share) => (guess - truth).abs() <= share * truth.abs(),
            Tolerance::Factor(factor) => {
                let quotient = guess / truth;
                quotient >= 1.0 / factor && quotient <= factor
            }
        }
    }
}

impl Solution {
    /// The declaration of the measured number.
    pub fn measured(&self) -> Option<&'static NamedNumber> {
        match self {
            Solution::Value(_) => None,
            Solution::Measured(name) => number_named(name),
        }
    }
}

/// `tolerance = ...`.
pub(super) fn tolerance(text: &str) -> Result<Tolerance, Message> {
    let refused = || message!("lesson-tolerance", value = text.to_string());
    let positive = |digits: &str| condition::value(digits.trim()).filter(|value| *value > 0.0);
    if let Some(factor) = text.strip_prefix("factor") {
        let factor = positive(factor).filter(|factor| *factor >= 1.0);
        return factor.map(Tolerance::Factor).ok_or_else(refused);
    }
    if let Some(percent) = text.strip_suffix('%') {
        let share = positive(percent).map(|percent| Tolerance::Share(percent / 100.0));
        return share.ok_or_else(refused);
    }
    let distance = condition::value(text).filter(|value| *value >= 0.0);
    distance.map(Tolerance::Within).ok_or_else(refused)
}

/// `answer = ...`.
pub(super) fn solution(text: &str) -> Result<Solution, Message> {
    if let Some(number) = number_named(text) {
        return Ok(Solution::Measured(number.name));
    }
    let value = condition::value(text);
    value
        .map(Solution::Value)
        .ok_or_else(|| message!("lesson-answer", value = text.to_string()))
}

/// Splits the text of a choice into the question and its answers: the list whose items have boxes. An answer is the
/// first paragraph of its item; the rest is its reason, as a quotation or as paragraphs.
pub(super) fn choice(
    text: Vec<Block>,
    mut refuse: impl FnMut(Option<usize>, Message),
) -> (Vec<Block>, Vec<Answer>) {
    let (mut question, mut answers) = (Vec::new(), Vec::new());
    for block in text {
        match block {
            Block::List { items, .. } if items.iter().any(|item| item.ticked.is_some()) => {
                for item in items {
                    let line = item.line;
                    match answer(item) {
                        Ok(answer) => answers.push(answer),
                        Err(reason) => refuse(Some(line), reason),
                    }
                }
            }
            block => question.push(block),
        }
    }
    if answers.len() < 2 || answers.iter().filter(|answer| answer.is_right).count() != 1 {
        refuse(None, message!("lesson-answers"));
    }
    (question, answers)
}

fn answer(item: Item) -> Result<Answer, Message> {
    let is_right = item.ticked.ok_or_else(|| message!("lesson-no-box"))?;
    let mut blocks = item.blocks.into_iter();
    let Some(Block::Paragraph(text)) = blocks.next() else {
        return Err(message!("lesson-no-answer"));
    };
    let mut reason = Vec::new();
    for block in blocks {
        match block {
            Block::Quote(inner) => reason.extend(inner),
            other => reason.push(other),
        }
    }
    if reason.is_empty() && !is_right {
        return Err(message!("lesson-no-reason"));
    }
    Ok(Answer {
        text,
        is_right,
        reason,
    })
}
