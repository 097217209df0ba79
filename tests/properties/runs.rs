//! What holds for every config: it survives being written and read, its run is the same however it is stepped and
//! observed, and a snapshot's numbers are finite unless it says why not. `PROPTEST_CASES` sets how many are tried.

#[path = "cases.rs"]
mod cases;
#[path = "configs.rs"]
mod configs;

use cases::cases;
use configs::{configs, table};
use gradient_flow::config::{Config, FIELDS, FieldKind};
use gradient_flow::diagnosis::Diagnostician;
use gradient_flow::diagnosis::trials::Trials;
use gradient_flow::observe::snapshot::{SnapshotRequest, StepLog};
use gradient_flow::{Session, Snapshot};
use gradient_flow_words::Words;
use proptest::prelude::*;

fn session(config: &Config) -> Session<f32> {
    Session::new(config.clone(), table(config)).expect("a config that fits its data")
}

/// A snapshot as text, in which NaN equals NaN.
fn text(snapshot: &Snapshot) -> String {
    format!("{snapshot:?}")
}

/// Adds the rows of the next log.
fn append(log: &mut StepLog, next: StepLog) {
    for ((_, to), (_, from)) in log.arrays_mut().into_iter().zip(next.arrays()) {
        to.extend_from_slice(from);
    }
}

/// Everything that a snapshot can show.
const ALL: SnapshotRequest = SnapshotRequest {
    step_line: true,
    predictions: true,
    values: true,
    weights: Some(0),
};

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_config_survives_query_and_json(config in configs()) {
        prop_assert_eq!(&Config::from_query(&config.to_query()).unwrap(), &config);
        prop_assert_eq!(&Config::from_json(&config.to_json().to_string()).unwrap(), &config);
    }

    #[test]
    fn the_same_seed_gives_the_same_bits(config in configs(), steps in 0usize..6) {
        let run = |config: &Config| {
            let mut session = session(config);
            session.request(ALL);
            session.advance(steps);
            text(&session.snapshot(true))
        };
        let again = Config::from_query(&config.to_query()).unwrap();
        prop_assert!(run(&config) == run(&again), "{}", config.to_query());
    }

    #[test]
    fn stepping_and_observing_change_nothing(config in configs(), parts in prop::collection::vec(1usize..4, 1..4)) {
        let steps: usize = parts.iter().sum();
        let (mut whole, mut watched, mut single) = (session(&config), session(&config), session(&config));
        whole.advance(steps);
        (0..steps).for_each(|_| { single.advance(1); });
        watched.request(ALL);
        // The log is handed over on the way.
        let mut log = StepLog::default();
        for (index, part) in parts.iter().enumerate() {
            append(&mut log, watched.snapshot(index % 2 == 0).log);
            watched.advance(*part);
        }
        whole.request(ALL);
        single.request(ALL);
        let mut last = watched.snapshot(true);
        append(&mut log, last.log);
        last.log = log;
        let whole = text(&whole.snapshot(true));
        prop_assert!(whole == text(&last), "observed: {}", config.to_query());
        prop_assert!(whole == text(&single.snapshot(true)), "step by step: {}", config.to_query());
    }

    #[test]
    fn a_live_change_at_the_start_is_a_config_built_with_it(config in configs(), other in configs()) {
        let mut changed = config.clone();
        for field in FIELDS.iter().filter(|field| field.live) {
            changed.set(field.name, &other.get(field)).expect("an allowed value");
        }
        let (mut live, mut built) = (session(&config), session(&changed));
        live.snapshot(false);
        if !live.configure(&changed) {
            // Only a network that has overflowed takes on no change.
            prop_assert!(live.snapshot(false).first_nonfinite.is_some());
            return Ok(());
        }
        prop_assert_eq!(live.advance(3), built.advance(3));
        let (mut live, mut built) = (live.snapshot(true), built.snapshot(true));
        // The first row was logged before the change.
        live.log = Default::default();
        built.log = Default::default();
        prop_assert!(text(&live) == text(&built), "{} to {}", config.to_query(), changed.to_query());
    }

    #[test]
    fn what_is_not_finite_is_explained(
        config in configs(),
        parts in prop::collection::vec(0usize..6, 1..4),
        evaluated in any::<bool>(),
    ) {
        let mut session = session(&config);
        session.request(ALL);
        let mut diagnostician = Diagnostician::default();
        let mut expected = 0;
        for (index, part) in parts.iter().enumerate() {
            session.advance(*part);
            expected += *part as u64;
            let snapshot = session.snapshot(evaluated || index == 1);
            let place = format!("step {} of {}", snapshot.step, config.to_query());
            prop_assert_eq!(snapshot.check_shape(), Ok(()), "{}", place);
            let diagnosis = diagnostician.diagnose(&config, &snapshot);
            let trials = Trials::new(&config, diagnosis.cause, !snapshot.classes.is_empty(), snapshot.step);
            let untried = trials.untried();
            let notes = untried.iter().flat_map(|fix| fix.notes.iter().chain([&fix.label]));
            for message in [&diagnosis.title, &diagnosis.text].into_iter().chain(&diagnosis.evidence).chain(notes) {
                for language in ["en", "de"] {
                    let text = Words::of(language).expect("a language").say(message);
                    prop_assert!(!text.contains("NaN") && !text.contains('∞'), "{place}: {text}");
                }
            }
            if snapshot.first_nonfinite.is_some() {
                break;
            }
            prop_assert_eq!(snapshot.step, expected, "a run that has not overflowed makes every step");
            for (name, value) in not_finite(&snapshot) {
                prop_assert!(is_explained(&snapshot, &name, value), "{name} = {value} at {place}");
            }
        }
    }
}

/// All numbers of a snapshot that are not finite, each with its name; those of arrays with group and index.
fn not_finite(snapshot: &Snapshot) -> Vec<(String, f64)> {
    let mut numbers: Vec<(String, f64)> = [
        ("epoch", snapshot.epoch),
        ("train_loss", snapshot.train_loss),
        ("train_accuracy", snapshot.train_accuracy),
        ("test_loss", snapshot.test_loss),
        ("test_accuracy", snapshot.test_accuracy),
        ("guess_loss", snapshot.guess_loss),
        ("guess_accuracy", snapshot.guess_accuracy),
        ("grad_norm", snapshot.grad_norm),
        ("clip_coefficient", snapshot.clip_coefficient),
        ("learning_rate", snapshot.learning_rate),
        ("step_cosine", snapshot.step_cosine),
        ("loss_change", snapshot.loss_change),
        ("dead_samples", snapshot.dead_samples),
        ("curvature", snapshot.curvature),
        ("stability_limit", snapshot.stability_limit),
    ]
    .map(|(name, value)| (name.into(), value))
    .into();
    for (group, arrays) in [
        ("layers", snapshot.layers.arrays()),
        ("histograms", snapshot.histograms.arrays()),
        ("log", snapshot.log.arrays()),
        ("theory", snapshot.theory.arrays()),
        ("step_line", snapshot.step_line.arrays()),
        ("predictions", snapshot.predictions.arrays()),
        ("weights", snapshot.weights.arrays()),
    ] {
        for (name, values) in arrays {
            let entries = values.iter().enumerate();
            numbers.extend(entries.map(|(i, x)| (format!("{group}.{name} {i}"), (*x).into())));
        }
    }
    numbers.retain(|(_, value)| !value.is_finite());
    numbers
}

/// Whether the table in the documentation of [`Snapshot`] explains that a number is not finite.
fn is_explained(snapshot: &Snapshot, name: &str, value: f64) -> bool {
    let missing = value.is_nan();
    let evaluated = !snapshot.dead_samples.is_nan();
    let classes = !snapshot.classes.is_empty();
    let layers = &snapshot.layers;
    let (array, index) = name.split_once(' ').unwrap_or((name, "0"));
    let index: usize = index.parse().expect("an index");
    let first_row = snapshot.log.train_loss.len() as u64 == snapshot.step + 1;
    match array {
        "train_accuracy" | "guess_accuracy" => missing && !classes,
        "test_loss" => evaluated || missing,
        "test_accuracy" => missing && !(evaluated && classes),
        "learning_rate" => missing && snapshot.step == 0,
        "log.learning_rate" => missing && index == 0 && first_row,
        "step_cosine" => {
            let moved = layers.update_rms.iter().any(|update| *update > 0.0);
            missing && (!moved || snapshot.grad_norm == 0.0)
        }
        "loss_change" => missing || evaluated && snapshot.test_step > 0,
        "dead_samples" => missing,
        "layers.dead_fraction" => missing && !evaluated,
        "curvature" | "stability_limit" => missing,
        "layers.residual_factor" => !missing && layers.weight_factor[index] < 1e-30,
        "layers.update_ratio" => !missing && layers.w_rms[index] < 1e-30,
        "theory.a_rms" | "theory.delta_rms" => !missing,
        "step_line.loss_change" | "step_line.slope" => true,
        "predictions.surface" | "predictions.y" | "predictions.image_confidence" => true,
        _ => false,
    }
}

#[test]
fn configs_are_drawn_from_the_whole_space() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let drawn: Vec<Config> = (0..400)
        .map(|_| configs().new_tree(&mut runner).unwrap().current())
        .collect();
    for field in FIELDS {
        let mut values: Vec<String> = drawn.iter().map(|config| config.get(field)).collect();
        values.sort();
        values.dedup();
        let expected = match field.kind {
            // All but uploads.
            FieldKind::Choice(choices) => choices.iter().filter(|c| c.name != "upload").count(),
            FieldKind::Flag => 2,
            FieldKind::Integer { .. } | FieldKind::Real { .. } => 10,
        };
        assert!(values.len() >= expected, "{}: {values:?}", field.name);
    }
}
