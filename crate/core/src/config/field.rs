//! What a field of a config is: its declaration, what it accepts, how it is read and written.

use super::Config;
use super::choices::{BatchSize, Group, Slope};
use crate::config::choice::{Choice, ChoiceInfo};
use serde_json::{Value as Json, json};
use std::fmt;

/// What a field accepts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FieldKind {
    /// One of these names.
    Choice(&'static [ChoiceInfo]),
    /// A whole number in a range, or one of the words.
    Integer {
        /// Least value.
        min: u64,
        /// Greatest value.
        max: u64,
        /// Words allowed beside the numbers.
        words: &'static [&'static str],
    },
    /// A real number in a range.
    Real {
        /// Least value.
        min: f64,
        /// Greatest value.
        max: f64,
        /// How a slider runs over the range.
        scale: Scale,
    },
    /// true or false.
    Flag,
}

/// How a slider runs over a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Evenly.
    Linear,
    /// By powers of ten.
    Log,
    /// By powers of ten, with zero at the low end; the number is log10 of the least value above zero.
    LogWithZero(i32),
}

impl FieldKind {
    /// What is allowed, in words.
    pub fn allowed(&self) -> String {
        match *self {
            FieldKind::Choice(choices) => {
                let names: Vec<_> = choices.iter().map(|c| c.name).collect();
                format!("one of {}", names.join(", "))
            }
            FieldKind::Integer { min, max, words } => {
                let words: String = words.iter().map(|w| format!(", or {w}")).collect();
                format!("a whole number from {min} to {max}{words}")
            }
            FieldKind::Real { min, max, .. } => format!("a number from {min} to {max}"),
            FieldKind::Flag => "true or false".into(),
        }
    }
}

/// A value was refused. The last good config stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The field's name, as it was given.
    pub field: String,
    /// The value that was refused.
    pub value: String,
    /// What is allowed.
    pub allowed: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let ConfigError {
            field,
            value,
            allowed,
        } = self;
        write!(f, "{field} = {value} is refused; allowed: {allowed}")
    }
}

impl std::error::Error for ConfigError {}

/// A field's declaration: what the controls, the URL, the attributes and the docs are made from.
pub struct Field {
    /// Name in Rust and JSON (snake_case).
    pub name: &'static str,
    /// What the control shows.
    pub label: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// Unit behind the number, or empty.
    pub unit: &'static str,
    /// Heading.
    pub group: Group,
    /// Always in sight.
    pub at_hand: bool,
    /// A change acts on the running network at once.
    pub live: bool,
    /// The field matters only where another field has one of these values.
    pub relevant: Option<(&'static str, &'static [&'static str])>,
    /// What it accepts.
    pub kind: FieldKind,
    pub(super) text: fn(&Config) -> String,
    pub(super) json: fn(&Config) -> Json,
    pub(super) read: fn(&mut Config, &str) -> bool,
}

impl Field {
    /// Name in the URL and in attributes (kebab-case).
    pub fn attribute(&self) -> String {
        self.name.replace('_', "-")
    }

    /// A config's value as JSON and Python write it. (Flags differ; no live field is one.)
    pub fn literal(&self, config: &Config) -> String {
        (self.json)(config).to_string()
    }
}

/// A type that a field can have.
pub(super) trait Value: Copy + PartialEq {
    fn read(text: &str, kind: &FieldKind) -> Option<Self>;
    fn text(&self, config: &Config) -> String;
    fn json(&self, config: &Config) -> Json;
}

impl<C: Choice> Value for C {
    fn read(text: &str, _: &FieldKind) -> Option<Self> {
        C::from_name(text)
    }
    fn text(&self, _: &Config) -> String {
        self.name().into()
    }
    fn json(&self, _: &Config) -> Json {
        self.name().into()
    }
}

impl Value for u64 {
    fn read(text: &str, kind: &FieldKind) -> Option<Self> {
        let FieldKind::Integer { min, max, .. } = *kind else {
            return None;
        };
        text.parse().ok().filter(|v| (min..=max).contains(v))
    }
    fn text(&self, _: &Config) -> String {
        self.to_string()
    }
    fn json(&self, _: &Config) -> Json {
        (*self).into()
    }
}

impl Value for usize {
    fn read(text: &str, kind: &FieldKind) -> Option<Self> {
        u64::read(text, kind).map(|v| v as usize)
    }
    fn text(&self, _: &Config) -> String {
        self.to_string()
    }
    fn json(&self, _: &Config) -> Json {
        (*self as u64).into()
    }
}

impl Value for f64 {
    fn read(text: &str, kind: &FieldKind) -> Option<Self> {
        let FieldKind::Real { min, max, .. } = *kind else {
            return None;
        };
        crate::numeric::decimal::decimal(text).filter(|v| (min..=max).contains(v))
    }
    fn text(&self, _: &Config) -> String {
        self.to_string()
    }
    fn json(&self, _: &Config) -> Json {
        json!(*self)
    }
}

impl Value for bool {
    fn read(text: &str, _: &FieldKind) -> Option<Self> {
        text.parse().ok()
    }
    fn text(&self, _: &Config) -> String {
        self.to_string()
    }
    fn json(&self, _: &Config) -> Json {
        (*self).into()
    }
}

impl Value for BatchSize {
    fn read(text: &str, kind: &FieldKind) -> Option<Self> {
        if text == "full" {
            Some(BatchSize::Full)
        } else {
            usize::read(text, kind).map(BatchSize::Samples)
        }
    }
    fn text(&self, _: &Config) -> String {
        match self {
            BatchSize::Samples(n) => n.to_string(),
            BatchSize::Full => "full".into(),
        }
    }
    fn json(&self, config: &Config) -> Json {
        match self {
            BatchSize::Samples(n) => n.json(config),
            BatchSize::Full => "full".into(),
        }
    }
}

impl Value for Slope {
    fn read(text: &str, kind: &FieldKind) -> Option<Self> {
        f64::read(text, kind).map(Slope::Value)
    }
    fn text(&self, config: &Config) -> String {
        config.slope_value().to_string()
    }
    fn json(&self, config: &Config) -> Json {
        json!(config.slope_value())
    }
}

/// Declares `Config` and `FIELDS`: `name: type = default, label, unit, group, kind, relevant, flags;`.
macro_rules! config {
    ($( $(#[doc = $doc:literal])+ $name:ident: $type:ty = $default:expr, $label:literal, $unit:literal, $group:ident,
        $kind:expr, $relevant:expr $(, $flag:ident)*; )+) => {
        /// Everything that determines a run. The same config gives the same numbers on every machine.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Config { $( $(#[doc = $doc])+ pub $name: $type ),+ }

        impl Default for Config {
            fn default() -> Self { Config { $( $name: $default ),+ } }
        }

        /// The declaration of every field, in the order of the groups.
        pub const FIELDS: &[Field] = &[ $( Field {
            name: stringify!($name),
            label: $label,
            help: concat!($($doc),+).trim_ascii(),
            unit: $unit,
            group: Group::$group,
            at_hand: false $(|| flag_is(stringify!($flag), "at_hand"))*,
            live: false $(|| flag_is(stringify!($flag), "live"))*,
            relevant: $relevant,
            kind: $kind,
            text: |config| Value::text(&config.$name, config),
            json: |config| Value::json(&config.$name, config),
            read: |config, text| match Value::read(text, &$kind) {
                Some(value) => { config.$name = value; true }
                None => false,
            },
        } ),+ ];
    };
}

/// Compares two words at compile time.
pub(super) const fn flag_is(flag: &str, word: &str) -> bool {
    let (flag, word) = (flag.as_bytes(), word.as_bytes());
    let mut at = 0;
    while at < flag.len() && at < word.len() {
        if flag[at] != word[at] {
            return false;
        }
        at += 1;
    }
    flag.len() == word.len()
}

pub(super) const fn choice<C: Choice>() -> FieldKind {
    FieldKind::Choice(C::INFO)
}

pub(super) const fn integer(min: u64, max: u64) -> FieldKind {
    FieldKind::Integer {
        min,
        max,
        words: &[],
    }
}

pub(super) const fn real(min: f64, max: f64, scale: Scale) -> FieldKind {
    FieldKind::Real { min, max, scale }
}

pub(super) use config;
