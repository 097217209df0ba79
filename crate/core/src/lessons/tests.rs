//! What a lesson file may say, and how it is read.

mod measured;
mod refused;

use super::*;
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
