//! Numbers of a run, claims and puzzles.

use super::*;
use crate::Session;

fn small_run(query: &str, steps: usize) -> (Config, crate::Snapshot) {
    let config = Config::from_query(query).unwrap();
    let mut session = Session::<f32>::new(config.clone(), None).unwrap();
    session.advance(steps);
    (config, session.snapshot(true))
}

#[test]
fn numbers_are_those_of_the_snapshot() {
    let (config, snapshot) = small_run("data=circle&depth=5&width=8", 3);
    let value = |name: &str| number_named(name).unwrap().value(&config, &snapshot);
    let dw = &snapshot.layers.dw_rms;
    assert_eq!(value("step"), 3.0);
    assert_eq!(value("depth"), 5.0);
    assert_eq!(
        value("dw_first_over_last"),
        f64::from(dw[0]) / f64::from(dw[4])
    );
    assert_eq!(value("dw_output"), f64::from(dw[5]));
    assert_eq!(value("guessing"), 0.5);
    // The product of the factors is the step of delta.
    let product = value("weight_factor") * value("activation_factor") * value("norm_factor");
    assert!((product / value("delta_factor") - 1.0).abs() < 1e-5);
    assert_eq!(value("overflow_step"), f64::INFINITY);
    // They are written as sentences say them.
    for (name, value, text) in [
        ("step", 412.0, "412"),
        ("overflow_step", f64::INFINITY, "∞"),
        ("test_accuracy", 0.953, "95 %"),
        ("test_accuracy", f64::NAN, "–"),
        ("delta_factor", 0.2345, "0.23"),
        ("dw_last_over_first", 7.6e11, "10¹²"),
        ("dw_last_over_first", 3.84, "3.84"),
        ("dw_first_over_last", 0.0, "0"),
        ("dw_first", 2.7e-7, "2.7 × 10⁻⁷"),
    ] {
        assert_eq!(number_named(name).unwrap().write(value), text, "{name}");
    }
    let mut names: Vec<_> = NUMBERS.iter().map(|number| number.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), NUMBERS.len());
}

#[test]
fn an_overflow_is_a_number_too() {
    let query = "data=circle&depth=20&width=16&activation=relu&init=normal&learning_rate=10";
    let (config, snapshot) = small_run(query, 50);
    let value = |name: &str| number_named(name).unwrap().value(&config, &snapshot);
    let first = snapshot.first_nonfinite.as_ref().expect("an overflow");
    assert_eq!(value("overflow_step"), first.step as f64);
    assert_eq!(value("overflow_layer"), first.layer as f64);
}

/// A puzzle on a small network whose run takes no time.
fn puzzle(claims: &str, solutions: &str) -> Lesson {
    let text = format!(
        "title = a\nminutes = 1\n# P\nconfig = data=gauss&depth=2&width=8&activation=tanh&learning_rate=0.0001\nsteps = 5\n\n\
         ## Goal: test_accuracy >= 90 % within 100 steps\n\nx\n\n## Solutions\n{solutions}\n## Claims\n{claims}\n"
    );
    Lesson::parse(&text).unwrap_or_else(|problems| panic!("{problems:?}"))
}

#[test]
fn checks_find_what_is_not_true() {
    let found = |lesson: &Lesson| -> Vec<String> {
        let failures = check(lesson, &|_| None).unwrap();
        failures.iter().map(|failure| failure.to_string()).collect()
    };
    assert_eq!(
        found(&puzzle(
            "- step = 5\n- depth = 2 at 0",
            "- learning_rate=0.3"
        )),
        Vec::<String>::new()
    );

    let wrong = found(&puzzle("- loss < 0", "- learning_rate=0.3"));
    // Once for each seed.
    assert_eq!(wrong.len(), SEEDS as usize);
    assert!(
        wrong[0].starts_with("line 14: with seed 1, at step 5: loss is "),
        "{}",
        wrong[0]
    );
    assert!(
        wrong[0].ends_with("; the file says loss < 0"),
        "{}",
        wrong[0]
    );

    let wrong = found(&puzzle("- step = 5", "- learning_rate=0.0002"));
    assert_eq!(wrong.len(), 1);
    assert!(
        wrong[0].contains("does not reach the goal within 100 steps"),
        "{}",
        wrong[0]
    );
    assert!(found(&puzzle("", ""))[0].contains("lists no solution"));

    let mut easy = puzzle("", "- learning_rate=0.3");
    easy.parts[0].config = easy.parts[0]
        .config
        .with_query("learning_rate=0.3")
        .unwrap();
    assert!(found(&easy)[0].contains("is solved at its start"));

    let nothing = "title = a\nminutes = 1\n# P\nconfig = data=plane&depth=1&width=2\n\nIt is {test_accuracy}.";
    assert_eq!(
        found(&Lesson::parse(nothing).unwrap()),
        ["line 3: test_accuracy has no value at step 0"]
    );
}

#[test]
fn progress_tells_what_is_missing() {
    let lesson = puzzle("", "- learning_rate=0.3");
    let (part, goal) = (&lesson.parts[0], lesson.parts[0].goal.as_ref().unwrap());
    let reached = |query: &str, steps: usize| {
        let config = part.config.with_query(query).unwrap();
        let (config, snapshot) = small_run(&config.to_query(), steps);
        progress_json(goal, &part.config, &config, &snapshot)
    };
    let start = reached("", 10);
    assert_eq!(
        (&start["reached"], &start["left"]),
        (&json!(false), &json!(90))
    );
    assert_eq!(start["conditions"][0]["name"], "test_accuracy");
    assert_eq!(start["conditions"][0]["holds"], false);
    assert_eq!(reached("learning_rate=0.3", 100)["reached"], true);
    // Too late, or against the rules.
    assert_eq!(reached("learning_rate=0.3", 101)["reached"], false);
    let other = reached("learning_rate=0.3&seed=2", 100);
    assert_eq!(
        (&other["reached"], &other["violations"]),
        (&json!(false), &json!(["seed"]))
    );
}
