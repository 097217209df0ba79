//! The schema: the declarations of all fields as JSON.

use super::choices::Group;
use super::field::{FieldKind, Scale};
use super::{Config, FIELDS};
use crate::config::choice::{Choice, ChoiceInfo};
use gradient_flow_words::Words;
use serde_json::{Value as Json, json};

/// All groups and fields as JSON, in a language, from which a page generates its controls and documentation.
pub fn schema(words: &Words) -> Json {
    let info = |c: &ChoiceInfo| json!({ "name": c.name, "label": words.say(&c.label()), "help": words.say(&c.help()) });
    let default = Config::default();
    let fields: Vec<Json> = FIELDS
        .iter()
        .map(|f| {
            let mut entry = json!({
                "name": f.name, "attribute": f.attribute(), "label": words.say(&f.label()),
                "help": words.say(&f.help()), "unit": f.unit().map_or(String::new(), |unit| words.say(&unit)),
                "group": f.group.name(), "at_hand": f.at_hand, "live": f.live, "default": (f.json)(&default),
                "relevant": f.relevant.map(|(field, values)| json!({ "field": field, "values": values })),
                "allowed": words.say(&f.kind.allowed()),
            });
            let of_kind = match f.kind {
                FieldKind::Choice(choices) => json!({ "type": "choice", "choices": choices.iter().map(info).collect::<Vec<_>>() }),
                FieldKind::Integer { min, max, words, .. } => json!({ "type": "integer", "min": min, "max": max, "words": words }),
                FieldKind::Real { min, max, .. } => json!({ "type": "real", "min": min, "max": max }),
                FieldKind::Flag => json!({ "type": "flag" }),
            };
            let (Json::Object(entry), Json::Object(of_kind)) = (&mut entry, of_kind) else { unreachable!() };
            entry.extend(of_kind);
            if let FieldKind::Integer { scale, .. } | FieldKind::Real { scale, .. } = f.kind {
                let (scale, least) = match scale {
                    Scale::Linear => ("linear", None),
                    Scale::Log => ("log", None),
                    Scale::LogWithZero(least) => ("log_with_zero", Some(least)),
                };
                entry.insert("scale".into(), scale.into());
                entry.insert("least_exponent".into(), least.into());
            }
            Json::Object(entry.clone())
        })
        .collect();
    json!({ "groups": Group::INFO.iter().map(info).collect::<Vec<_>>(), "fields": fields })
}
