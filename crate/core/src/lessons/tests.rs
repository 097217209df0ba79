//! What a lesson file may say, how it is read, and what is said of a wrong one.

use super::*;
use crate::Session;
use proptest::prelude::*;
use serde_json::json;

/// A whole lesson with everything that the format has.
const WHOLE: &str = r#"title = Two parts
minutes = 5
author = A. Teacher

<!-- For other teachers:
     this is not shown. -->

# Draw it

config = https://example.org/lab/#depth=4&width=8&charts=signals+loss&theme=dark
controls = depth, learning-rate
steps = 10

Plain, *emphasis*, **strong**, `code {x}`, a [link](https://example.org/a?b=c) and {delta_factor}.

- one
- two
  1. inner

> quoted

```
# no heading
```

## Ask: draw

How large?

## Reveal

It is {dw_spread}.

## Claims

- dw_spread between 0.1 and 10^9 and test_accuracy >= 1 % at step 3
- `loss < guessing_loss at 10 with activation=relu`

# Choose

config =

Text.

## Ask: choose

Which?

- [ ] This **one**
  > It is not.
- [x] That one

## Goal: test_accuracy >= 90% within 600 steps
fixed = activation depth
changes = 2

Reach it.

## Hint

Vague.

## Hint

Plain.

## Solved

Well done.

## Solutions

- norm=batch&learning_rate=0.2
"#;

fn whole() -> Lesson {
    Lesson::parse(WHOLE).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// The problems of a file, each as `line N: reason`.
fn problems(text: &str) -> Vec<String> {
    let problems = Lesson::parse(text).expect_err("a wrong file");
    problems.iter().map(|problem| problem.to_string()).collect()
}

/// The problems of a part with a heading and a config, whose further lines begin at line 6.
fn problems_of(lines: &str) -> Vec<String> {
    problems(&format!(
        "title = a\nminutes = 1\n\n# Part\nconfig = depth=3\n{lines}"
    ))
}

#[test]
fn a_whole_lesson_is_read() {
    let lesson = whole();
    assert_eq!((lesson.title.as_str(), lesson.minutes), ("Two parts", 5));
    assert!(lesson.predict);
    let [draw, choose] = &lesson.parts[..] else {
        panic!("two parts");
    };
    assert_eq!(draw.title, "Draw it");
    assert_eq!(draw.config, Config::from_query("depth=4&width=8").unwrap());
    // A link brings its charts; what is named beside it wins.
    assert_eq!(draw.charts, ["signals", "loss"]);
    assert_eq!(
        draw.controls.as_deref().unwrap(),
        ["depth", "learning_rate"]
    );
    assert_eq!(draw.steps, 10);
    assert_eq!(draw.claims.len(), 2);
    assert_eq!(draw.claims[0].at, Some(3));
    assert_eq!(draw.claims[0].conditions.len(), 2);
    let with = draw.claims[1].with.as_ref().unwrap();
    assert_eq!(with.to_query(), "depth=4&width=8&activation=relu");
    assert_eq!(choose.config, Config::default());
    assert_eq!(choose.controls, None);
    let goal = choose.goal.as_ref().unwrap();
    assert_eq!(
        (goal.within, goal.changes, goal.hints.len()),
        (600, Some(2), 2)
    );
    assert_eq!(
        goal.fixed,
        [
            "data",
            "noise",
            "train_fraction",
            "seed",
            "activation",
            "depth"
        ]
    );
    assert_eq!(goal.solutions.len(), 1);
}

#[test]
fn the_page_gets_a_tree_without_html() {
    let json = to_json(&whole());
    let part = &json["parts"][0];
    assert_eq!(part["query"], "depth=4&width=8");
    assert_eq!(
        part["text"],
        json!([
            { "p": [
                "Plain, ", { "em": ["emphasis"] }, ", ", { "strong": ["strong"] }, ", ",
                { "code": "code {x}" }, ", a ",
                { "link": ["link"], "href": "https://example.org/a?b=c" }, " and ",
                { "number": "delta_factor" }, ".",
            ] },
            { "ul": [
                [{ "p": ["one"] }],
                [{ "p": ["two"] }, { "ol": [[{ "p": ["inner"] }]], "start": 1 }],
            ] },
            { "quote": [{ "p": ["quoted"] }] },
            { "pre": "# no heading\n" },
        ])
    );
    let ask = &json["parts"][1]["ask"];
    assert_eq!(ask["kind"], "choose");
    assert_eq!(
        ask["answers"],
        json!([
            { "text": ["This ", { "strong": ["one"] }], "right": false, "reason": [{ "p": ["It is not."] }] },
            { "text": ["That one"], "right": true, "reason": [] },
        ])
    );
    let goal = &json["parts"][1]["goal"];
    assert_eq!(goal["conditions"], json!(["test_accuracy >= 90%"]));
    // What would give the answer away stays out.
    assert_eq!(json.to_string().matches("norm=batch").count(), 0);
}

#[test]
fn answers_may_have_lines_between_them() {
    let loose = "## Ask: choose\n\n- [ ] a\n\n  > why not\n\n- [x] b\n  - [ ] inner\n";
    let text = format!("title = a\nminutes = 1\n# P\nconfig =\n{loose}");
    let lesson = Lesson::parse(&text).unwrap();
    let Some(Ask::Choose { answers, .. }) = &lesson.parts[0].ask else {
        panic!("a choice");
    };
    let right: Vec<_> = answers.iter().map(|answer| answer.is_right).collect();
    assert_eq!(right, [false, true]);
    assert_eq!(answers[0].text, [Inline::Text("a".into())]);
}

#[test]
fn a_number_has_an_answer_and_a_tolerance() {
    let ask = |settings: &str| {
        let text = format!(
            "title = a\nminutes = 1\n# P\nconfig =\n## Ask: number\n{settings}\n\nHow much?\n"
        );
        Lesson::parse(&text).unwrap().parts[0].ask.clone().unwrap()
    };
    for (settings, truth, right, wrong) in [
        ("answer = 0.25\ntolerance = 0.05", 0.25, 0.29, 0.31),
        ("answer = 0.25\ntolerance = 20 %", 0.25, 0.29, 0.31),
        ("answer = 10^6\ntolerance = factor 10", 1e6, 1.1e5, 0.9e5),
        ("answer = 2", 2.0, 2.19, 2.21),
        ("answer = delta_factor", 0.23, 0.24, 0.26),
    ] {
        let Ask::Number {
            solution,
            tolerance,
            ..
        } = ask(settings)
        else {
            panic!("a number");
        };
        match solution {
            Solution::Value(value) => assert_eq!(value, truth),
            Solution::Measured(name) => assert_eq!(name, "delta_factor"),
        }
        assert!(tolerance.accepts(right, truth), "{settings}");
        assert!(!tolerance.accepts(wrong, truth), "{settings}");
        assert!(!tolerance.accepts(f64::NAN, truth), "{settings}");
    }
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    for (text, expected) in [
        (
            "",
            "line 1: The file does not begin with a title, such as title = My lesson.",
        ),
        (
            "title = a\nminutes = x",
            "line 2: minutes cannot be “x”: a whole number from 1 to 600 is.",
        ),
        (
            "title = a\nminutes = 1\npredict = no",
            "line 3: predict cannot be “no”: on or off is.",
        ),
        (
            "title = a\nminutes = 1\ncolour = red",
            "line 3: “colour” is not known here. Known are: title, minutes, predict, author, license.",
        ),
        (
            "title = a\nminutes = 1\nHello\n# P\nconfig =",
            "line 3: “Hello” is no line of the head. The text of a lesson begins under the heading of its first part, # Title.",
        ),
        (
            "title = a\nminutes = 1\n## Ask: draw\nx\n# P\nconfig =",
            "line 3: This section stands before the first part, which begins with a heading: # Title.",
        ),
        (
            "title = a\nminutes = 1\n# P\nconfig =\n#No space",
            "line 5: A heading needs a space and a title after its #.",
        ),
        (
            "title = a\nminutes = 1\n# P\n",
            "line 3: The part does not say which network it shows: it needs config = and a link or its settings, such as depth=20&activation=sigmoid.",
        ),
    ] {
        let said = problems(text);
        assert!(said.contains(&expected.to_string()), "{text:?}: {said:?}");
    }
}

#[test]
fn what_is_wrong_in_a_part_is_said_with_its_line() {
    for (lines, expected) in [
        (
            "steps = many",
            "line 6: “many” is no number of steps: a whole number up to 20000 is.",
        ),
        ("charts = signal", "line 6: There is no chart “signal”."),
        ("controls = dept", "line 6: There is no setting “dept”."),
        ("config = dept=3", "line 6: dept cannot be 3."),
        (
            "config = data=upload",
            "line 6: A lesson cannot use uploaded data",
        ),
        (
            "\nIt is {delta}.",
            "line 7: There is no number “delta”. Did you mean delta_last?",
        ),
        ("\nOne\ntwo <b>three</b>.", "line 8: HTML is not read"),
        (
            "\n<script>alert(1)</script>\n\ntext",
            "line 7: HTML is not read",
        ),
        ("\n![a](b.png)", "line 7: Lessons have no pictures"),
        (
            "\n[a](javascript:alert(1))",
            "line 7: A link leads to a web address",
        ),
        (
            "\n[a](JavaScript&colon;alert(1))",
            "line 7: A link leads to a web address",
        ),
        (
            "\n[a](<java\tscript:alert(1)>)",
            "line 7: A link leads to a web address",
        ),
        (
            "\n[a](data:text/html,x)",
            "line 7: A link leads to a web address",
        ),
        (
            "\n> > > > > > > > > > a",
            "line 7: Lists and quotations stand too deep",
        ),
        (
            "## Aks: draw\nx",
            "line 6: There is no section “Aks: draw”.",
        ),
        (
            "## Ask: guess\nx",
            "line 6: “guess” is no kind of question.",
        ),
        (
            "## Ask: draw",
            "line 6: There is no text under “Ask: draw”.",
        ),
        (
            "## Ask: draw\nsteps = 3\n\nx",
            "line 7: “steps =” means nothing here",
        ),
        (
            "## Ask: draw\nx\n## Ask: draw\ny",
            "line 8: A part has one section Ask.",
        ),
        (
            "## Reveal\nx",
            "line 4: The part has a Reveal, but asks nothing",
        ),
        (
            "## Ask: choose\n- [ ] a\n- [x] b",
            "line 7: This wrong answer has no reason.",
        ),
        (
            "## Ask: choose\n- [x] a\n- [x] b",
            "line 6: A choice needs at least two answers, and exactly one",
        ),
        (
            "## Ask: choose\n- [x] a\n- b\n  > c",
            "line 8: This answer has no box",
        ),
        (
            "## Ask: number\n\nx",
            "line 6: A question for a number needs its answer",
        ),
        (
            "## Ask: number\nanswer = big\n\nx",
            "line 7: The answer “big” is neither",
        ),
        (
            "## Ask: number\nanswer = 1\ntolerance = -1\n\nx",
            "line 8: tolerance cannot be “-1”",
        ),
        (
            "## Goal: loss < 1\nx",
            "line 6: A goal ends with the steps that it allows",
        ),
        (
            "## Goal: loss is 1 within 5 steps\nx",
            "line 6: “is” does not compare",
        ),
        (
            "## Goal: loss between 1 2 within 5 steps\nx",
            "line 6: “between” needs two numbers",
        ),
        (
            "## Goal: loss < high within 5 steps\nx",
            "line 6: “high” is neither a number nor the name of one.",
        ),
        (
            "## Goal: loss < 1 within 5 steps please\nx",
            "line 6: “please” is not understood here.",
        ),
        (
            "## Goal: loss < 1 within 5 steps\nchanges = 0\n\nx",
            "line 7: changes cannot be “0”",
        ),
        ("## Hint\nx", "line 6: Hint stands before the Goal"),
        (
            "## Claims\nloss < 1",
            "line 7: Each line here begins with a hyphen and a space.",
        ),
        (
            "## Claims\n- loss < 1\n- los < 1",
            "line 8: There is no number “los”. Did you mean loss?",
        ),
        (
            "## Claims\n- loss < 1 with actvation=relu",
            "line 7: actvation cannot be relu.",
        ),
        (
            "## Goal: loss < 1 within 5 steps\nfixed = depth\n\nx\n## Solutions\n- depth=2\n- seed=4",
            "line 11: This solution changes what the puzzle does not allow: depth.",
        ),
        (
            "## Goal: loss < 1 within 5 steps\nchanges = 1\n\nx\n## Solutions\n- depth=2&width=3",
            "line 11: This solution changes what the puzzle does not allow: depth, width.",
        ),
    ] {
        let said = problems_of(lines);
        assert!(
            said.iter().any(|said| said.starts_with(expected)),
            "{lines:?}: {said:?}"
        );
    }
}

#[test]
fn all_problems_are_told_at_once_in_order() {
    let said = problems_of("steps = x\n\n<b>\n\n## Claims\n- los < 1\n");
    let lines: Vec<_> = said.iter().map(|said| &said[..7]).collect();
    assert_eq!(lines, ["line 6:", "line 8:", "line 11"]);
}

#[test]
fn safe_links_are_kept() {
    for address in [
        "https://a.org",
        "HTTP://a.org",
        "week-2.md",
        "#lesson=start",
        "../a?b=c:d",
        "a/b:c",
    ] {
        let text = format!("title = a\nminutes = 1\n# P\nconfig =\n\n[a]({address})");
        assert!(Lesson::parse(&text).is_ok(), "{address}");
    }
}

#[test]
fn any_text_is_read_or_refused() {
    // Every prefix of a file, and the file without one line of it: none panics.
    for (at, _) in WHOLE.char_indices() {
        let _ = Lesson::parse(&WHOLE[..at]);
    }
    let lines: Vec<_> = WHOLE.lines().collect();
    for skip in 0..lines.len() {
        let kept = lines.iter().enumerate().filter(|(at, _)| *at != skip);
        let _ = Lesson::parse(&kept.map(|(_, line)| *line).collect::<Vec<_>>().join("\n"));
    }
    let windows = WHOLE.replace('\n', "\r\n");
    assert_eq!(
        to_json(&Lesson::parse(&windows).unwrap()),
        to_json(&whole())
    );
    let marked = format!("\u{feff}{WHOLE}");
    assert_eq!(Lesson::parse(&marked).unwrap(), whole());
    assert!(problems(&"a".repeat(300_000))[0].contains("too large"));
}

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

/// Pieces of files, right and wrong, which random files are made of.
const PIECES: [&str; 34] = [
    "title = a\n",
    "minutes = 1\n",
    "# P\n",
    "config = depth=3\n",
    "config =\n",
    "steps = 9\n",
    "\n",
    "\n\n",
    "text ",
    "## Ask: draw\n",
    "## Ask: choose\n",
    "## Ask: number\n",
    "answer = loss\n",
    "## Reveal\n",
    "## Hint\n",
    "## Goal: loss < 1 within 5 steps\n",
    "## Claims\n",
    "## Solutions\n",
    "- [ ] ",
    "- [x] ",
    "- ",
    "  > ",
    "1. ",
    "*",
    "**",
    "`",
    "```\n",
    "{",
    "}",
    "{loss}",
    "[a](https://a.org)",
    "[a](java\\script:b)",
    "<b>",
    "<!-- ",
];

/// All addresses of links in a lesson's JSON.
fn addresses(json: &serde_json::Value, found: &mut Vec<String>) {
    match json {
        serde_json::Value::Object(object) => {
            found.extend(
                object
                    .get("href")
                    .and_then(|href| href.as_str())
                    .map(String::from),
            );
            object.values().for_each(|value| addresses(value, found));
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| addresses(value, found)),
        _ => {}
    }
}

proptest! {
    /// Whatever a file says, it is read or refused with lines that it has, and its links are safe.
    #[test]
    fn no_file_breaks_the_reader(
        pieces in prop::collection::vec((0..PIECES.len(), "[ -~\n]{0,6}"), 0..40),
        has_head in any::<bool>(),
    ) {
        let head = if has_head { "title = a\nminutes = 1\n# P\nconfig =\n" } else { "" };
        let body: String = pieces.iter().map(|(at, noise)| format!("{}{noise}", PIECES[*at])).collect();
        let text = format!("{head}{body}");
        match Lesson::parse(&text) {
            Ok(lesson) => {
                let mut found = Vec::new();
                addresses(&to_json(&lesson), &mut found);
                for address in found {
                    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
                    prop_assert!(!scheme.contains(':') || scheme.to_lowercase().starts_with("http"), "{address}");
                }
            }
            Err(problems) => {
                let last = text.lines().count().max(1);
                for problem in problems {
                    prop_assert!((1..=last).contains(&problem.line), "{problem} in {text:?}");
                    prop_assert!(!problem.reason.to_string().is_empty());
                }
            }
        }
    }
}
