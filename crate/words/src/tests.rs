use crate::compile::compile;
use crate::*;

fn sources(files: &[(&str, &str, &str)]) -> Vec<compile::Source> {
    let mut sources: Vec<compile::Source> = Vec::new();
    for (tag, file, text) in files {
        match sources.iter_mut().find(|(known, _)| known == tag) {
            Some((_, texts)) => texts.push((file.to_string(), text.to_string())),
            None => sources.push((tag.to_string(), vec![(file.to_string(), text.to_string())])),
        }
    }
    sources
}

/// The tables of languages, each with one file.
fn tables(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let files: Vec<_> = files
        .iter()
        .map(|(tag, text)| (*tag, "a.ftl", *text))
        .collect();
    let languages = compile(&sources(&files)).unwrap();
    languages
        .iter()
        .map(|language| (language.tag.clone(), language.table(|_, _| true)))
        .collect()
}

fn problems(files: &[(&str, &str, &str)]) -> Vec<String> {
    compile(&sources(files)).unwrap_err()
}

fn said(table: &str, id: &'static str, arguments: Vec<(&'static str, Value)>) -> String {
    let mut lines = table.lines().filter(|line| !line.starts_with('@'));
    let index = lines.position(|line| line.starts_with(&format!("{id}=")));
    let index = index.map_or(u16::MAX, |index| index as u16);
    Words::new(table.to_string()).say(&Message { index, arguments })
}

const LAYERS: &str = "\
-name = the laboratory
broken = { $n ->
    [0] no layer of { -name }
    [one] one layer
   *[other] { $n } layers
 } of { $kind ->
    [output] the output
   *[hidden] hidden { $kind }
 }.
plain = two
    lines
    .help = See { broken }
";

#[test]
fn a_message_becomes_one_line_and_chooses_its_words() {
    let tables = tables(&[("en", LAYERS)]);
    let table = &tables[0].1;
    assert_eq!(
        table.lines().collect::<Vec<_>>(),
        [
            "broken={n|0=no layer of the laboratory|one=one layer|*={n} layers} of {kind|output=the output|*=hidden {kind}}.",
            "plain=two lines",
            "plain.help=See {n|0=no layer of the laboratory|one=one layer|*={n} layers} of {kind|output=the output|*=hidden {kind}}.",
        ]
    );
    let broken = |n: u64, kind: &'static str| {
        said(
            table,
            "broken",
            vec![("n", n.into()), ("kind", kind.into())],
        )
    };
    assert_eq!(
        broken(0, "output"),
        "no layer of the laboratory of the output."
    );
    assert_eq!(broken(1, "x"), "one layer of hidden x.");
    assert_eq!(broken(7, "x"), "7 layers of hidden x.");
    // What is unknown is said by its id: nothing is lost, and it is seen.
    assert_eq!(
        said(table, "other", vec![("n", 3.into())]),
        "message 65535 n=3"
    );
}

#[test]
fn plural_categories_are_those_of_the_language() {
    let count = "a = { $n ->\n [one] one\n [few] few\n [many] many\n *[other] other\n }";
    let tables = tables(&[("en", count), ("pl", count), ("fr", count)]);
    let found = |tag: &str| {
        let (_, table) = tables.iter().find(|(known, _)| known == tag).unwrap();
        [0u64, 1, 2, 5, 12, 22, 101, 112].map(|n| said(table, "a", vec![("n", n.into())]))
    };
    assert_eq!(
        found("en"),
        [
            "other", "one", "other", "other", "other", "other", "other", "other"
        ]
    );
    assert_eq!(
        found("pl"),
        ["many", "one", "few", "many", "many", "few", "many", "many"]
    );
    assert_eq!(found("fr")[..3], ["one", "one", "other"]);
}

#[test]
fn languages_say_the_same_messages_with_the_same_arguments() {
    let english = ("en", "a.ftl", "x = { $n } of { $m }\ny = why");
    assert_eq!(
        problems(&[english, ("de", "a.ftl", "x = { $n }\nz = zu")]),
        [
            r#"de: x uses the arguments {"n"}, and in English {"m", "n"}"#,
            "de: y is missing; in English: why",
            "de: z is not a message of English",
        ]
    );
    assert_eq!(
        problems(&[
            english,
            ("de", "b.ftl", "x = { $m } { $n }"),
            ("de", "a.ftl", "y = ja")
        ]),
        ["de: x is in b.ftl, and in English in a.ftl"]
    );
    assert_eq!(
        problems(&[("de", "a.ftl", "x = a")]),
        ["there is no English (en)"]
    );
}

#[test]
fn a_draft_falls_back_to_english() {
    let languages = compile(&sources(&[
        ("en", "a.ftl", "x = one\ny = two"),
        ("fr", "a.ftl", "-draft = yes\nx = un"),
    ]))
    .unwrap();
    assert!(languages[1].is_draft && !languages[0].is_draft);
    assert!(languages[1].table(|_, _| true).ends_with("x=un\ny=two\n"));
}

#[test]
fn what_cannot_be_said_is_refused_with_its_place() {
    for (text, problem) in [
        ("a = {", "en/a.ftl, line 1: "),
        ("a = b\na = c", "en/a.ftl: a is there twice"),
        ("a = { b }", "en: a: b is not defined"),
        ("a = { a }", "en: a: a refers to itself"),
        ("a = x | y", "en: a: \"x | y\" contains a brace or a bar"),
        ("a = { \"{\" }", "en: a: \"{\" contains a brace or a bar"),
        (
            "-b = { $n }\na = { -b }",
            "en: a: the term -b uses an argument",
        ),
        ("a = { NUMBER($n) }", "en: a: functions are not known"),
    ] {
        let found = problems(&[("en", "a.ftl", text)]);
        assert!(found[0].starts_with(problem), "{text}: {found:?}");
    }
}

#[test]
fn every_message_can_be_said_in_every_language() {
    for language in LANGUAGES {
        let words = Words::new(language.table);
        for (index, (id, _, parameters)) in MESSAGES.iter().enumerate() {
            for number in [0u64, 1, 2, 5, 11, 21, 100, 101] {
                let arguments = parameters
                    .iter()
                    .map(|name| (*name, Value::from(number)))
                    .collect();
                let text = words.say(&Message {
                    index: index as u16,
                    arguments,
                });
                assert!(
                    !text.is_empty() && !text.contains(['{', '}', '|', '\n']),
                    "{}: {id}: {text}",
                    language.tag
                );
            }
        }
    }
}

#[test]
fn numbers_have_the_sign_of_the_language() {
    let german = Words::of("de").unwrap();
    let half = Value::from(0.5);
    assert_eq!(
        (german.value(&half), Words::english().value(&half)),
        ("0,5".into(), "0.5".into())
    );
    // A name is no number.
    assert_eq!(german.value(&"data_1.5".into()), "data_1.5");
}

#[test]
fn a_message_is_known_by_its_id_and_arguments() {
    assert!(find("allowed-integer", &["max", "min"]).is_some());
    for (id, arguments) in [
        ("allowed-integer", &["min"][..]),
        ("allowed-integer", &["min", "max", "x"]),
        ("allowed", &[]),
    ] {
        assert!(find(id, arguments).is_none(), "{id}");
    }
    assert!(MESSAGES.is_sorted());
    assert_eq!(message!("allowed-flag").id(), "allowed-flag");
}
