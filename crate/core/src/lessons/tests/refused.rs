//! What is said of a wrong file, and that no file breaks the reader.

use super::*;
use proptest::prelude::*;

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
