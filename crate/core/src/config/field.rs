//! The declaration of a field of the config: its name, what it accepts, and how it is refused.

use super::Config;
use super::choices::Group;
use crate::config::choice::{Choice, ChoiceInfo};
use gradient_flow_words::{Message, excerpt, find, message};
use serde_json::Value as Json;
use std::fmt;

/// What a field accepts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FieldKind {
    /// One of these names.
    Choice(&'static [ChoiceInfo]),
    /// An integer in a range, or one of some words.
    Integer {
        /// Smallest value.
        min: u64,
        /// Largest value.
        max: u64,
        /// Words that are allowed too, such as `full`.
        words: &'static [&'static str],
        /// The scale of its slider.
        scale: Scale,
    },
    /// A real number in a range.
    Real {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// The scale of its slider.
        scale: Scale,
    },
    /// `true` or `false`.
    Flag,
}

/// The scale of a slider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Linear.
    Linear,
    /// Logarithmic.
    Log,
    /// Logarithmic, with 0 at the low end. The number is log10 of the smallest value above 0.
    LogWithZero(i32),
}

impl FieldKind {
    /// What is allowed, as error messages and the documentation say it.
    pub fn allowed(&self) -> Message {
        match *self {
            FieldKind::Choice(choices) => {
                let names: Vec<_> = choices.iter().map(|c| c.name).collect();
                message!("allowed-choice", names = names.join(", "))
            }
            FieldKind::Integer {
                min,
                max,
                words: [],
                ..
            } => {
                message!("allowed-integer", min = min, max = max)
            }
            FieldKind::Integer {
                min, max, words, ..
            } => {
                message!(
                    "allowed-integer-or",
                    min = min,
                    max = max,
                    words = words.join(", ")
                )
            }
            FieldKind::Real { min, max, .. } => message!("allowed-number", min = min, max = max),
            FieldKind::Flag => message!("allowed-flag"),
        }
    }
}

/// Why a value was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The field's name, as the caller wrote it.
    pub field: String,
    /// The value that was refused.
    pub value: String,
    /// What is allowed.
    pub allowed: Message,
}

impl ConfigError {
    /// The whole sentence.
    pub fn message(&self) -> Message {
        let ConfigError {
            field,
            value,
            allowed,
        } = self.clone();
        message!(
            "error-refused",
            field = excerpt(&field),
            value = excerpt(&value),
            allowed = allowed
        )
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl std::error::Error for ConfigError {}

/// The declaration of a field, from which its control, URL parameter, attribute and documentation are derived.
pub struct Field {
    /// Name in Rust and JSON (snake_case).
    pub name: &'static str,
    /// The places of its label, of its help, and of the unit shown after a number, among the messages.
    pub(super) label_id: u16,
    pub(super) help_id: u16,
    pub(super) unit_id: Option<u16>,
    /// The heading under which its control stands.
    pub group: Group,
    /// Whether its control is always visible.
    pub at_hand: bool,
    /// Whether a change acts on the running network at once.
    pub live: bool,
    /// If set, the field matters only while another field (name) has one of these values.
    pub relevant: Option<(&'static str, &'static [&'static str])>,
    /// What it accepts.
    pub kind: FieldKind,
    pub(super) text: fn(&Config) -> String,
    pub(super) json: fn(&Config) -> Json,
    /// Parses a value into a config; false if it is refused.
    pub(super) parse_into: fn(&mut Config, &str) -> bool,
}

impl Field {
    /// Label of the control.
    pub fn label(&self) -> Message {
        Message::new(self.label_id)
    }

    /// One or two sentences of help.
    pub fn help(&self) -> Message {
        Message::new(self.help_id)
    }

    /// Unit shown after the number.
    pub fn unit(&self) -> Option<Message> {
        Some(Message::new(self.unit_id?))
    }

    /// Name in the URL and in attributes (kebab-case).
    pub fn attribute(&self) -> String {
        self.name.replace('_', "-")
    }

    /// A config's value as a literal of both JSON and Python. (The two write flags differently, but no live field, for
    /// which this is used, is a flag.)
    pub fn literal(&self, config: &Config) -> String {
        (self.json)(config).to_string()
    }
}

/// Declares `Config` and `FIELDS`: `name: type = default, group, kind, relevant, flags;`. Its label, help and unit are
/// the messages `setting-NAME`, `setting-NAME.help` and, if there is one, `setting-NAME.unit`.
macro_rules! config {
    ($(#[$meta:meta])* pub struct Config {
        $( $(#[doc = $doc:literal])+ $name:ident: $type:ty = $default:expr, $group:ident,
            $kind:expr, $relevant:expr $(, $flag:ident)*; )+
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq)]
        pub struct Config { $( $(#[doc = $doc])+ pub $name: $type ),+ }

        impl Default for Config {
            fn default() -> Self { Config { $( $name: $default ),+ } }
        }

        /// The declarations of all fields, group by group.
        pub const FIELDS: &[Field] = &[ $( Field {
            name: stringify!($name),
            label_id: known(concat!("setting-", stringify!($name))),
            help_id: known(concat!("setting-", stringify!($name), ".help")),
            unit_id: if_message(concat!("setting-", stringify!($name), ".unit")),
            group: Group::$group,
            at_hand: false $(|| flag_is(stringify!($flag), "at_hand"))*,
            live: false $(|| flag_is(stringify!($flag), "live"))*,
            relevant: $relevant,
            kind: $kind,
            text: |config| Value::text(&config.$name, config),
            json: |config| Value::json(&config.$name, config),
            parse_into: |config, text| match Value::parse(text, &$kind) {
                Some(value) => { config.$name = value; true }
                None => false,
            },
        } ),+ ];
    };
}

/// Whether two words are equal, at compile time.
pub(super) const fn flag_is(flag: &str, word: &str) -> bool {
    let (flag, word) = (flag.as_bytes(), word.as_bytes());
    let mut i = 0;
    while i < flag.len() && i < word.len() {
        if flag[i] != word[i] {
            return false;
        }
        i += 1;
    }
    flag.len() == word.len()
}

/// The place of a message, if there is one.
pub(super) const fn if_message(id: &str) -> Option<u16> {
    find(id, &[])
}

pub(super) const fn choice<C: Choice>() -> FieldKind {
    FieldKind::Choice(C::INFO)
}

pub(super) const fn integer(min: u64, max: u64, scale: Scale) -> FieldKind {
    FieldKind::Integer {
        min,
        max,
        words: &[],
        scale,
    }
}

pub(super) const fn real(min: f64, max: f64, scale: Scale) -> FieldKind {
    FieldKind::Real { min, max, scale }
}

pub(super) use config;
