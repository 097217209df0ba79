//! How a field's value is parsed from text and written as text and JSON, for each type that a field can have.

use super::Config;
use super::choices::{BatchSize, Slope};
use super::field::FieldKind;
use crate::config::choice::Choice;
use serde_json::{Value as Json, json};

/// A type that a field can have.
pub(super) trait Value: Copy + PartialEq {
    /// The value that `text` means, or `None` if `kind` does not allow it.
    fn parse(text: &str, kind: &FieldKind) -> Option<Self>;
    /// The value as the URL has it. (`config` decides what an automatic slope is.)
    fn text(&self, config: &Config) -> String;
    /// The value as JSON has it.
    fn json(&self, config: &Config) -> Json;
}

impl<C: Choice> Value for C {
    fn parse(text: &str, _: &FieldKind) -> Option<Self> {
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
    fn parse(text: &str, kind: &FieldKind) -> Option<Self> {
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
    fn parse(text: &str, kind: &FieldKind) -> Option<Self> {
        u64::parse(text, kind).map(|v| v as usize)
    }
    fn text(&self, _: &Config) -> String {
        self.to_string()
    }
    fn json(&self, _: &Config) -> Json {
        (*self as u64).into()
    }
}

impl Value for f64 {
    fn parse(text: &str, kind: &FieldKind) -> Option<Self> {
        let FieldKind::Real { min, max, .. } = *kind else {
            return None;
        };
        let value = crate::numeric::decimal::decimal(text).filter(|v| (min..=max).contains(v));
        // -0 is 0: the same config has one text.
        value.map(|v| v + 0.0)
    }
    fn text(&self, _: &Config) -> String {
        self.to_string()
    }
    fn json(&self, _: &Config) -> Json {
        json!(*self)
    }
}

impl Value for bool {
    fn parse(text: &str, _: &FieldKind) -> Option<Self> {
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
    fn parse(text: &str, kind: &FieldKind) -> Option<Self> {
        if text == "full" {
            Some(BatchSize::Full)
        } else {
            usize::parse(text, kind).map(BatchSize::Samples)
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
    fn parse(text: &str, kind: &FieldKind) -> Option<Self> {
        f64::parse(text, kind).map(Slope::Value)
    }
    fn text(&self, config: &Config) -> String {
        config.slope_value().to_string()
    }
    fn json(&self, config: &Config) -> Json {
        json!(config.slope_value())
    }
}
