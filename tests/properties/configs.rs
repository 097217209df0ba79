//! Random configs over the whole space of settings, made from the declaration of the fields.

use gradient_flow::config::{Config, FIELDS, Field, FieldKind, Scale};
use proptest::prelude::*;
use proptest::strategy::Union;

/// Largest depth, width and batch that are drawn: a case shall take milliseconds.
const LARGEST: [(&str, u64); 3] = [("depth", 12), ("width", 24), ("batch_size", 48)];

/// Any value that a field allows, as text.
fn value(field: &'static Field) -> BoxedStrategy<String> {
    match field.kind {
        FieldKind::Choice(choices) => {
            // A table of one's own needs a table.
            let names = choices.iter().map(|choice| choice.name);
            let names: Vec<String> = names.filter(|n| *n != "upload").map(String::from).collect();
            proptest::sample::select(names).boxed()
        }
        FieldKind::Integer {
            min, max, words, ..
        } => {
            let known = LARGEST.iter().find(|(name, _)| *name == field.name);
            let max = known.map_or(max, |(_, largest)| *largest);
            let number = (min..=max).prop_map(|n| n.to_string()).boxed();
            let words = words.iter().map(|word| Just(word.to_string()).boxed());
            Union::new([number].into_iter().chain(words)).boxed()
        }
        FieldKind::Real { min, max, scale } => {
            let inside = match scale {
                Scale::Linear => (min..=max).boxed(),
                Scale::Log => (min.log10()..=max.log10())
                    .prop_map(move |log| 10f64.powf(log).clamp(min, max))
                    .boxed(),
                Scale::LogWithZero(least) => (f64::from(least)..=max.log10())
                    .prop_map(move |log| 10f64.powf(log).min(max))
                    .boxed(),
            };
            let ends = proptest::sample::select(vec![min, max]);
            prop_oneof![8 => inside, 1 => ends]
                .prop_map(|x| x.to_string())
                .boxed()
        }
        FieldKind::Flag => any::<bool>().prop_map(|flag| flag.to_string()).boxed(),
    }
}

/// A config in which every field has its default or any allowed value. What no field can check alone is made to fit.
pub fn configs() -> impl Strategy<Value = Config> {
    let fields: Vec<_> = FIELDS
        .iter()
        .map(|field| {
            // Large networks stay out, defaults included.
            let always = LARGEST.iter().any(|(name, _)| *name == field.name);
            let some = value(field).prop_map(move |text| Some((field.name, text)));
            let none = Just(None);
            if always {
                some.boxed()
            } else {
                prop_oneof![some, none].boxed()
            }
        })
        .collect();
    fields.prop_map(|settings| {
        let mut config = Config::default();
        // The activation first: the slope's own default depends on it.
        let (first, rest): (Vec<_>, Vec<_>) = settings
            .into_iter()
            .flatten()
            .partition(|(name, _)| *name == "activation");
        for (name, text) in first.into_iter().chain(rest) {
            config.set(name, &text).expect("an allowed value");
        }
        if config.check().is_err() {
            // An activation of the output fits it too.
            config.set("loss", "auto").expect("a loss for any data");
        }
        config
    })
}

/// The table that a config needs.
pub fn table(config: &Config) -> Option<&'static str> {
    match gradient_flow::data::data_file(config) {
        Some("digits") => Some(include_str!("../../crate/core/data/digits.csv")),
        Some("iris") => Some(include_str!("../../crate/core/data/iris.csv")),
        _ => None,
    }
}
