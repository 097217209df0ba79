//! Conditions on a run: `test_accuracy >= 90 %`, `delta_factor between 0.2 and 0.3`, several joined by `and`; a goal adds
//! `within 600 steps`, a claim `at 300` and `with activation=relu`.

use super::numbers::{NamedNumber, number_named, unknown};
use crate::config::Config;
use crate::numeric::decimal::decimal;
use crate::observe::snapshot::Snapshot;
use gradient_flow_words::{Message, message};
use std::fmt;

/// What is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bound {
    Value(f64),
    Number(&'static str),
}

impl Bound {
    fn value(self, config: &Config, snapshot: &Snapshot) -> f64 {
        match self {
            Bound::Value(value) => value,
            Bound::Number(name) => named(name).value(config, snapshot),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Relation {
    Less(Bound),
    AtMost(Bound),
    More(Bound),
    AtLeast(Bound),
    Equal(Bound),
    Between(Bound, Bound),
}

/// A condition on one number of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    number: &'static str,
    relation: Relation,
    /// As it is written in the file.
    text: String,
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Condition {
    /// The number that it is about.
    pub fn number(&self) -> &'static NamedNumber {
        named(self.number)
    }

    /// Whether it holds; never of a number that is missing.
    pub fn holds(&self, config: &Config, snapshot: &Snapshot) -> bool {
        let value = self.number().value(config, snapshot);
        let of = |bound: Bound| bound.value(config, snapshot);
        match self.relation {
            Relation::Less(bound) => value < of(bound),
            Relation::AtMost(bound) => value <= of(bound),
            Relation::More(bound) => value > of(bound),
            Relation::AtLeast(bound) => value >= of(bound),
            Relation::Equal(bound) => value == of(bound),
            Relation::Between(low, high) => (of(low)..=of(high)).contains(&value),
        }
    }
}

fn named(name: &'static str) -> &'static NamedNumber {
    number_named(name).expect("only declared names are parsed")
}

/// What a lesson's text says, in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The line in the file, from 1.
    pub line: usize,
    /// What has to hold.
    pub conditions: Vec<Condition>,
    /// The step at which it has to hold, if it is not the last one of the part.
    pub at: Option<u64>,
    /// A config in place of the part's own.
    pub with: Option<Config>,
}

/// The words of a line, one after the other.
struct Words<'a> {
    words: Vec<&'a str>,
    next: usize,
}

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        Words {
            words: text.split_ascii_whitespace().collect(),
            next: 0,
        }
    }

    fn peek(&self) -> &'a str {
        self.words.get(self.next).copied().unwrap_or_default()
    }

    fn next(&mut self) -> &'a str {
        let word = self.peek();
        self.next = self.words.len().min(self.next + 1);
        word
    }

    fn next_if(&mut self, word: &str) -> bool {
        let is_next = self.peek() == word;
        if is_next {
            self.next();
        }
        is_next
    }

    fn conditions(&mut self) -> Result<Vec<Condition>, Message> {
        let mut conditions = vec![self.condition()?];
        while self.next_if("and") {
            conditions.push(self.condition()?);
        }
        Ok(conditions)
    }

    fn condition(&mut self) -> Result<Condition, Message> {
        let start = self.next;
        let name = self.next();
        let number = number_named(name).ok_or_else(|| unknown(name))?.name;
        let relation = match self.next() {
            "<" => Relation::Less(self.bound()?),
            "<=" | "≤" => Relation::AtMost(self.bound()?),
            ">" => Relation::More(self.bound()?),
            ">=" | "≥" => Relation::AtLeast(self.bound()?),
            "=" => Relation::Equal(self.bound()?),
            "between" => {
                let low = self.bound()?;
                if !self.next_if("and") {
                    return Err(message!("lesson-between"));
                }
                Relation::Between(low, self.bound()?)
            }
            sign => return Err(message!("lesson-relation", word = sign.to_string())),
        };
        Ok(Condition {
            number,
            relation,
            text: self.words[start..self.next].join(" "),
        })
    }

    /// A number, also as `90 %`, `10^-9` or a name.
    fn bound(&mut self) -> Result<Bound, Message> {
        let word = self.next();
        if let Some(number) = number_named(word) {
            return Ok(Bound::Number(number.name));
        }
        let refused = || message!("lesson-value", value = word.to_string());
        Ok(Bound::Value(match word.strip_suffix('%') {
            Some(digits) => value(digits).ok_or_else(refused)? / 100.0,
            None => {
                let value = value(word).ok_or_else(refused)?;
                // A space before the percent sign is usual.
                if self.next_if("%") {
                    value / 100.0
                } else {
                    value
                }
            }
        }))
    }

    fn steps(&mut self) -> Result<u64, Message> {
        self.next_if("step");
        let word = self.next();
        let steps = word.parse().ok().filter(|steps| *steps <= MAX_STEPS);
        let steps = steps.ok_or_else(|| steps_refused(word))?;
        let _ = self.next_if("steps") || self.next_if("step");
        Ok(steps)
    }

    /// That nothing is left over.
    fn end(&mut self) -> Result<(), Message> {
        match self.next() {
            "" => Ok(()),
            word => Err(message!("lesson-left-over", word = word.to_string())),
        }
    }
}

/// The most steps that a part may take.
const MAX_STEPS: u64 = 20_000;

fn steps_refused(value: &str) -> Message {
    message!("lesson-steps", value = value.to_string(), max = MAX_STEPS)
}

/// A number of steps.
pub(super) fn steps(text: &str) -> Result<u64, Message> {
    let mut words = Words::of(text);
    let steps = words.steps()?;
    words.end()?;
    Ok(steps)
}

/// A number, also as `10^-9`.
pub(super) fn value(digits: &str) -> Option<f64> {
    let power = digits
        .strip_prefix("10^")
        .map(|exponent| format!("1e{exponent}"));
    decimal(power.as_deref().unwrap_or(digits)).filter(|value: &f64| value.is_finite())
}

/// `test_accuracy >= 0.9 within 600 steps`.
pub(super) fn goal(text: &str) -> Result<(Vec<Condition>, u64), Message> {
    let mut words = Words::of(text);
    let conditions = words.conditions()?;
    if !words.next_if("within") {
        return Err(message!("lesson-within"));
    }
    let steps = words.steps()?;
    words.end()?;
    Ok((conditions, steps))
}

/// `dw_spread < 10 at 300 with activation=relu`. `with` changes the part's config.
pub(super) fn claim(line: usize, text: &str, part: &Config) -> Result<Claim, Message> {
    let mut words = Words::of(text);
    let conditions = words.conditions()?;
    let at = if words.next_if("at") {
        Some(words.steps()?)
    } else {
        None
    };
    let with = if words.next_if("with") {
        let changed = part.with_query(words.next());
        Some(changed.map_err(|error| error.message())?)
    } else {
        None
    };
    words.end()?;
    Ok(Claim {
        line,
        conditions,
        at,
        with,
    })
}
