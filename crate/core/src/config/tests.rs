//! The contract of the config: names, defaults, ranges, round trips, refusals.

use super::*;
use serde_json::json;

#[test]
fn the_declared_defaults_are_the_contract() {
    let expected = json!({
        "data": "digits", "noise": 0.0, "train_fraction": 0.8, "depth": 10, "width": 64, "activation": "sigmoid",
        "slope": 0.01, "init": "xavier_uniform", "init_gain": 1.0, "bias_std": 0.0, "norm": "none", "residual": false,
        "loss": "auto", "optimizer": "sgd", "learning_rate": 0.1, "momentum": 0.9, "batch_size": 64, "clip": "none",
        "clip_at": 1.0, "weight_decay": 0.0, "l1": 0.0, "seed": 1, "scaling": "standard", "output": "auto", "tied": false,
        "warmup": 0, "schedule": "constant", "schedule_steps": 1000,
    });
    let (Json::Object(expected), Json::Object(actual)) = (expected, Config::default().to_json())
    else {
        panic!()
    };
    assert_eq!(actual.len(), expected.len());
    for (name, value) in expected {
        assert_eq!(actual[&name], value, "{name}");
    }
}

#[test]
fn every_choice_and_bound_survives_query_and_json() {
    for field in FIELDS {
        let values: Vec<String> = match field.kind {
            FieldKind::Choice(choices) => choices.iter().map(|c| c.name.into()).collect(),
            FieldKind::Integer {
                min, max, words, ..
            } => [min, max]
                .map(|v| v.to_string())
                .into_iter()
                .chain(words.iter().map(|w| w.to_string()))
                .collect(),
            FieldKind::Real { min, max, .. } => vec![
                min.to_string(),
                max.to_string(),
                ((min + max) / 3.0).to_string(),
            ],
            FieldKind::Flag => vec!["true".into(), "false".into()],
        };
        for value in values {
            let mut config = Config::default();
            config.set(field.name, &value).unwrap();
            assert_eq!(config.get(field), value);
            assert_eq!(
                Config::from_query(&config.to_query()).unwrap(),
                config,
                "{}",
                config.to_query()
            );
            assert_eq!(
                Config::from_json(&config.to_json().to_string()).unwrap(),
                config
            );
        }
    }
}

#[test]
fn a_refusal_names_field_and_value_and_changes_nothing() {
    for (query, field, value) in [
        ("depth=0", "depth", "0"),
        ("depth=101", "depth", "101"),
        ("depth=ten", "depth", "ten"),
        ("depth=2.5", "depth", "2.5"),
        ("depth=", "depth", ""),
        ("learning-rate=nan", "learning-rate", "nan"),
        ("learning-rate=inf", "learning-rate", "inf"),
        ("learning-rate=-1", "learning-rate", "-1"),
        ("activation=step", "activation", "step"),
        ("batch-size=all", "batch-size", "all"),
        ("residual=yes", "residual", "yes"),
        ("seed=9007199254740992", "seed", "9007199254740992"),
        ("nodes=3", "nodes", "3"),
        ("data=plane&loss=bce", "loss", "bce"),
        ("output=sigmoid&loss=softmax_ce", "output", "sigmoid"),
        ("loss=bce&output=tanh", "output", "tanh"),
        ("output=relu", "output", "relu"),
        ("scaling=log", "scaling", "log"),
        ("warmup=10001", "warmup", "10001"),
        ("schedule-steps=0", "schedule-steps", "0"),
        ("init-gain=0.00001", "init-gain", "0.00001"),
    ] {
        let error = Config::from_query(query).unwrap_err();
        assert_eq!((error.field.as_str(), error.value.as_str()), (field, value));
        assert!(error.to_string().contains("Allowed"), "{error}");
    }
    let mut config = Config::default();
    assert!(config.set("depth", "0").is_err());
    assert_eq!(config, Config::default());
}

#[test]
fn json_must_be_an_object_of_scalars() {
    for text in [
        "",
        "[]",
        "3",
        "{\"depth\": [1]}",
        "{\"depth\": null}",
        "{\"depth\": \"1e1\"}",
    ] {
        assert!(Config::from_json(text).is_err(), "{text}");
    }
    assert_eq!(Config::from_json("{\"depth\": \"20\"}").unwrap().depth, 20);
    assert_eq!(
        Config::from_json("{\"learning-rate\": 1e-3}")
            .unwrap()
            .learning_rate,
        1e-3
    );
}

#[test]
fn a_default_config_has_an_empty_query() {
    assert_eq!(Config::default().to_query(), "");
    assert_eq!(
        Config::from_query("#depth=20").unwrap().to_query(),
        "depth=20"
    );
}

#[test]
fn the_slope_follows_the_activation_until_it_is_set() {
    let prelu = Config::from_query("activation=prelu").unwrap();
    assert_eq!(prelu.slope_value(), 0.25);
    assert_eq!(prelu.to_query(), "activation=prelu");
    assert_eq!(
        prelu
            .with_query("activation=leaky_relu")
            .unwrap()
            .slope_value(),
        0.01
    );
    let set = Config::from_query("slope=0.01&activation=prelu").unwrap();
    assert_eq!(set.slope_value(), 0.01);
    assert_eq!(Config::from_query(&set.to_query()).unwrap(), set);
}

#[test]
fn the_live_fields_are_those_of_the_contract() {
    let live: Vec<_> = FIELDS.iter().filter(|f| f.live).map(|f| f.name).collect();
    let mut expected = [
        "learning_rate",
        "momentum",
        "clip",
        "clip_at",
        "weight_decay",
        "l1",
    ];
    expected.sort_unstable();
    let mut live = live;
    live.sort_unstable();
    assert_eq!(live, expected);
    let config = Config::default();
    assert!(config.is_live_change(&config.with_query("learning-rate=1&clip=norm").unwrap()));
    assert!(!config.is_live_change(&config.with_query("learning-rate=1&depth=3").unwrap()));
}

#[test]
fn relevance_names_a_choice_and_its_values() {
    for field in FIELDS {
        let Some((other, values)) = field.relevant else {
            continue;
        };
        let FieldKind::Choice(choices) = super::field(other).unwrap().kind else {
            panic!("{other} is not a choice")
        };
        assert!(
            values.iter().all(|v| choices.iter().any(|c| c.name == *v)),
            "{}",
            field.name
        );
    }
    assert_eq!(
        schema(&gradient_flow_words::Words::english())["fields"]
            .as_array()
            .unwrap()
            .len(),
        FIELDS.len()
    );
}

#[test]
fn differences_show_labels_and_values_as_on_the_screen() {
    let one = Config::from_query("depth=20").unwrap();
    let other = Config::from_query("depth=20&activation=relu&learning-rate=0.02").unwrap();
    let shown: Vec<_> = one
        .differences(&other)
        .into_iter()
        .map(|d| [d.field.label().into(), d.from, d.to])
        .map(|values| {
            values.map(|value| gradient_flow_words::Words::of("de").unwrap().value(&value))
        })
        .collect();
    assert_eq!(
        shown,
        [
            ["Aktivierung", "Sigmoid", "ReLU"],
            ["Lernrate", "0,1", "0,02"],
        ]
    );
    assert!(one.differences(&one).is_empty());
}

/// Asserts that the field `name` is declared relevant for exactly those values of the field `other` that use it.
fn check_relevance<C: Choice>(name: &str, other: &str, uses: impl Fn(C) -> bool) {
    let users = C::ALL.iter().filter(|choice| uses(**choice));
    let users: Vec<_> = users.map(|choice| choice.name()).collect();
    assert_eq!(
        field(name).unwrap().relevant,
        Some((other, &users[..])),
        "{name}"
    );
}

#[test]
fn the_slope_is_relevant_where_an_activation_uses_it() {
    check_relevance("slope", "activation", |activation: Activation| {
        activation.traits().slope != SlopeRole::Unused
    });
}

#[test]
fn the_momentum_is_relevant_where_an_optimizer_uses_it() {
    check_relevance("momentum", "optimizer", OptimizerKind::has_momentum);
}

#[test]
fn the_noise_is_relevant_where_the_data_are_generated() {
    check_relevance("noise", "data", Data::is_generated);
}

#[test]
fn the_threshold_of_clipping_is_relevant_where_something_is_clipped() {
    check_relevance("clip_at", "clip", |clip: Clip| clip != Clip::None);
}

#[test]
fn the_schedule_steps_are_relevant_where_there_is_a_schedule() {
    check_relevance("schedule_steps", "schedule", |schedule: Schedule| {
        schedule != Schedule::Constant
    });
}

#[test]
fn the_output_is_relevant_where_the_loss_allows_it_an_activation() {
    check_relevance("output", "loss", |loss: Loss| {
        let config = Config {
            output: Output::Sigmoid,
            loss,
            ..Config::default()
        };
        config.check().is_ok()
    });
}

#[test]
fn an_output_with_an_activation_gets_the_squared_error() {
    let loss = |query: &str| Config::from_query(query).unwrap().resolved_loss(true);
    assert_eq!(loss("output=sigmoid"), Loss::Mse);
    assert_eq!(loss("output=linear"), Loss::SoftmaxCe);
    assert_eq!(loss("output=auto"), Loss::SoftmaxCe);
}

#[test]
fn a_negative_zero_is_the_same_config_as_zero() {
    let config =
        Config::from_query("data=circle&noise=-0.0&momentum=-0&optimizer=momentum").unwrap();
    assert_eq!(
        config.to_query(),
        "optimizer=momentum&momentum=0&data=circle"
    );
    assert_eq!(config.to_json()["momentum"].to_string(), "0.0");
}

#[test]
fn a_refusal_repeats_what_can_be_read_and_no_more() {
    let refused = |query: &str| Config::from_query(query).unwrap_err();
    let long = "9".repeat(100_000);
    for (query, begin) in [
        ("depth=", r#"depth cannot be "". Allowed: "#),
        ("depth=%205", r#"depth cannot be " 5". Allowed: "#),
        ("=5", r#""" cannot be 5. Allowed: "#),
        (
            &format!("depth={long}"),
            &format!("depth cannot be {}…. Allowed: ", &long[..80]),
        ),
        (
            &format!("{long}=1"),
            &format!("{}… cannot be 1. Allowed: ", &long[..80]),
        ),
        (
            &format!("depth={}", "ä".repeat(100)),
            &format!("depth cannot be {}…. Allowed: ", "ä".repeat(80)),
        ),
    ] {
        let message = refused(query).to_string();
        assert!(message.starts_with(begin), "{message}");
    }
    // Scripts get all of it.
    assert_eq!(refused(&format!("depth={long}")).value, long);
}
