//! An axis of a map: a setting and the values that it takes from left to right, or from bottom to top.

use crate::config::{Config, Field, FieldKind, Scale, field};
use crate::numeric::decimal::decimal;
use gradient_flow_words::{Message, given, message};
use std::fmt;

/// The most values on an axis.
pub const MOST_VALUES: usize = 200;
/// Values between the ends are rounded to so many significant digits, so that links and readouts stay short.
const DIGITS: usize = 4;

/// A setting and the range over which it is varied, before it is known how many values that makes.
#[derive(Clone)]
pub struct Range {
    /// The setting.
    pub field: &'static Field,
    kind: RangeKind,
}

#[derive(Clone)]
enum RangeKind {
    Numbers { from: f64, to: f64, scale: Scale },
    Names(Vec<String>),
}

/// Why a range was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RangeError {
    /// There is no such setting, or it makes no axis.
    Setting(String),
    /// A part of the request has a value that is not allowed.
    Values {
        /// The setting, or another part of a request.
        name: String,
        /// What was given.
        text: String,
        /// What may be given.
        allowed: Message,
        /// Something that may be given.
        example: String,
    },
    /// So many axes, in this text.
    Axes(usize, String),
    /// Both axes vary the same setting.
    Twice(String),
}

impl RangeError {
    /// The whole sentence.
    pub fn message(&self) -> Message {
        match self.clone() {
            RangeError::Setting(name) => message!("map-refused-setting", name = given(&name)),
            RangeError::Values {
                name,
                text,
                allowed,
                example,
            } => message!(
                "map-refused-values",
                name = given(&name),
                text = given(&text),
                allowed = allowed,
                example = example
            ),
            RangeError::Axes(count, text) => {
                message!("map-refused-axes", count = count, text = given(&text))
            }
            RangeError::Twice(name) => message!("map-refused-twice", name = given(&name)),
        }
    }
}

impl fmt::Display for RangeError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for RangeError {}

/// Whether a setting can be an axis. Another seed is another sample of the same map; the data are what is learned.
pub fn is_axis(field: &Field) -> bool {
    !["seed", "data"].contains(&field.name)
}

/// The ranges that make a good map, where the whole range of the setting would not.
const USUAL: [(&str, f64, f64); 5] = [
    ("init_gain", 0.1, 10.0),
    ("depth", 1.0, 50.0),
    ("width", 4.0, 128.0),
    ("learning_rate", 0.001, 10.0),
    ("warmup", 0.0, 100.0),
];

impl Range {
    /// The usual range of a setting.
    ///
    /// # Errors
    /// If it makes no axis.
    pub fn usual(name: &str) -> Result<Self, RangeError> {
        let known = field(name).filter(|field| is_axis(field));
        let field = known.ok_or_else(|| RangeError::Setting(name.into()))?;
        let usual = USUAL.iter().find(|(name, ..)| *name == field.name);
        let numbers = |min: f64, max: f64, scale| {
            let (from, to) = usual.map_or((min, max), |(_, from, to)| (*from, *to));
            RangeKind::Numbers { from, to, scale }
        };
        let kind = match field.kind {
            FieldKind::Integer {
                min, max, scale, ..
            } => numbers(min as f64, max as f64, scale),
            FieldKind::Real { min, max, scale } => numbers(min, max, scale),
            FieldKind::Choice(choices) => {
                RangeKind::Names(choices.iter().map(|choice| choice.name.into()).collect())
            }
            FieldKind::Flag => RangeKind::Names(vec!["false".into(), "true".into()]),
        };
        Ok(Range { field, kind })
    }

    /// A range as a link has it: `init-gain:0.1..10`, `activation:tanh,relu`, or the name of a setting alone, with its
    /// usual range.
    ///
    /// ```
    /// use gradient_flow::map::Range;
    ///
    /// let range = Range::parse("init-gain:0.5..2")?;
    /// assert_eq!(range.values(3), ["0.5", "1", "2"]);
    /// assert_eq!(Range::parse("depth:1..5")?.values(100), ["1", "2", "3", "4", "5"]);
    /// assert_eq!(Range::parse("residual")?.values(9), ["false", "true"]);
    /// assert!(Range::parse("seed").is_err());
    /// # Ok::<(), gradient_flow::map::RangeError>(())
    /// ```
    ///
    /// # Errors
    /// If the setting makes no axis, or the range is not one of its.
    pub fn parse(text: &str) -> Result<Self, RangeError> {
        let (name, range) = text.split_once([':', '=']).unwrap_or((text, ""));
        let usual = Range::usual(name.trim())?;
        let range = range.trim();
        if range.is_empty() {
            return Ok(usual);
        }
        let refused = || RangeError::Values {
            name: name.trim().into(),
            text: range.into(),
            allowed: usual.allowed(),
            example: usual.range_text(),
        };
        let kind = match &usual.kind {
            RangeKind::Numbers { scale, .. } => {
                let (from, to) = range.split_once("..").ok_or_else(refused)?;
                let ends = [from, to].map(|end| usual.number(end.trim()));
                let [Some(from), Some(to)] = ends else {
                    return Err(refused());
                };
                if from >= to {
                    return Err(refused());
                }
                RangeKind::Numbers {
                    from,
                    to,
                    scale: *scale,
                }
            }
            RangeKind::Names(_) => {
                let mut names: Vec<String> = Vec::new();
                for name in range.split(',').map(str::trim) {
                    if !usual.accepts(name) || names.iter().any(|known| known == name) {
                        return Err(refused());
                    }
                    names.push(name.into());
                }
                RangeKind::Names(names)
            }
        };
        Ok(Range { kind, ..usual })
    }

    /// The range without its setting, as a link has it.
    fn range_text(&self) -> String {
        match &self.kind {
            RangeKind::Numbers { from, to, .. } => format!("{from}..{to}"),
            RangeKind::Names(names) => names.join(","),
        }
    }

    /// What its range may be.
    fn allowed(&self) -> Message {
        let value = match self.field.kind {
            FieldKind::Integer { min, max, .. } => {
                message!("allowed-integer", min = min, max = max)
            }
            _ => self.field.kind.allowed(),
        };
        match self.kind {
            RangeKind::Numbers { .. } => message!("map-allowed-range", value = value),
            RangeKind::Names(_) => message!("map-allowed-names", value = value),
        }
    }

    fn accepts(&self, text: &str) -> bool {
        Config::default().set(self.field.name, text).is_ok()
    }

    /// A number that the setting accepts.
    fn number(&self, text: &str) -> Option<f64> {
        decimal(text).filter(|x| x.is_finite() && self.accepts(text))
    }

    /// Whether the values are names, which have no order.
    pub fn is_choice(&self) -> bool {
        matches!(self.kind, RangeKind::Names(_))
    }

    /// The ends of a range of numbers.
    pub fn ends(&self) -> Option<(f64, f64)> {
        match self.kind {
            RangeKind::Numbers { from, to, .. } => Some((from, to)),
            RangeKind::Names(_) => None,
        }
    }

    /// At most `count` values, from one end to the other, as the config takes them.
    pub fn values(&self, count: usize) -> Vec<String> {
        let names = match &self.kind {
            RangeKind::Names(names) => return names.clone(),
            RangeKind::Numbers { .. } => 0..count.clamp(2, MOST_VALUES),
        };
        let last = (names.len() - 1) as f64;
        let mut values: Vec<String> = names
            .map(|place| self.at(place as f64 / last).to_string())
            .collect();
        // Whole numbers close together are the same.
        values.dedup();
        values
    }

    /// The value at a fraction of the way from one end to the other, before it is rounded; 0 for names.
    fn exactly_at(&self, fraction: f64) -> f64 {
        let RangeKind::Numbers { from, to, scale } = self.kind else {
            return 0.0;
        };
        match scale.logarithms(from, to) {
            Some((low, high)) => libm::pow(10.0, low + fraction * (high - low)),
            None => from + fraction * (to - from),
        }
    }

    /// The value at a fraction of the way from one end to the other, as the setting takes it; 0 for names.
    pub fn at(&self, fraction: f64) -> f64 {
        let RangeKind::Numbers { from, to, .. } = self.kind else {
            return 0.0;
        };
        let value = self.exactly_at(fraction);
        if fraction <= 0.0 {
            from
        } else if fraction >= 1.0 {
            to
        } else if matches!(self.field.kind, FieldKind::Integer { .. }) {
            value.round()
        } else {
            rounded(value)
        }
    }

    /// The place of a value as a fraction of the way from one end to the other: the inverse of `at`, without rounding.
    pub fn fraction(&self, value: f64) -> f64 {
        let RangeKind::Numbers { from, to, scale } = self.kind else {
            return 0.0;
        };
        match scale.logarithms(from, to) {
            Some((low, high)) => ((libm::log10(value) - low) / (high - low)).max(0.0),
            None => (value - from) / (to - from),
        }
    }
}

impl Scale {
    /// The common logarithms of the ends on a logarithmic scale. Where the lower end is 0, it stands for the smallest
    /// value above 0.
    fn logarithms(self, from: f64, to: f64) -> Option<(f64, f64)> {
        let least = match self {
            Scale::Linear => return None,
            Scale::Log => from,
            Scale::LogWithZero(least) if from == 0.0 => {
                // Whole numbers begin at 1; what ends below the usual smallest value begins further down.
                libm::pow(10.0, f64::from(least)).min(to / 10.0)
            }
            Scale::LogWithZero(_) => from,
        };
        Some((libm::log10(least), libm::log10(to)))
    }
}

/// A number rounded to a few significant digits.
fn rounded(value: f64) -> f64 {
    let text = format!("{:.*e}", DIGITS - 1, value);
    decimal(&text).unwrap_or(value)
}

/// As a link has it.
impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}", self.field.attribute(), self.range_text())
    }
}

/// An axis: a range and its values.
#[derive(Clone)]
pub struct Axis {
    /// The range.
    pub range: Range,
    /// The values, as the config takes them.
    pub values: Vec<String>,
}

impl Axis {
    /// An axis with at most so many values.
    pub fn new(range: Range, count: usize) -> Self {
        let values = range.values(count);
        Axis { range, values }
    }

    /// The setting.
    pub fn field(&self) -> &'static Field {
        self.range.field
    }

    /// The value at a fraction of the axis' length, on which all cells are equally wide; of names the nearest one.
    pub fn value_at(&self, fraction: f64) -> String {
        let count = self.count() as f64;
        if self.range.is_choice() {
            let place = (fraction * count).max(0.0) as usize;
            return self.values[place.min(self.count() - 1)].clone();
        }
        let between = (fraction * count - 0.5) / (count - 1.0);
        self.range.exactly_at(between).to_string()
    }

    /// The number of values.
    pub fn count(&self) -> usize {
        self.values.len()
    }
}
