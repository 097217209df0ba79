//! The article (`www/learn.html`) is true: every number in its text is that of a run which a reader can have on the screen,
//! every claim holds over seeds, and what else is written in figures is a setting or computed here.
//! `UPDATE_REFERENCES=1` writes the numbers of the runs into the page.

mod figures;
mod markup;
mod pictures;

use figures::{computed, figures, meaning};
use gradient_flow::config::{Config, FIELDS, field};
use gradient_flow::data::data_file;
use gradient_flow::lessons::{CHARTS, Lesson, check, number_named};
use gradient_flow::network::activation::ActivationFn;
use gradient_flow::observe::snapshot::SnapshotRequest;
use gradient_flow::{Session, Snapshot};
use markup::{Element, Text, texts};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

fn core() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn page() -> PathBuf {
    core().join("../../www/learn.html")
}

fn read() -> String {
    fs::read_to_string(page()).expect("the article")
}

fn table(name: &str) -> Option<String> {
    fs::read_to_string(core().join(format!("data/{name}.csv"))).ok()
}

/// Whether references are written anew. Only one test writes into the page at a time.
fn updating() -> Option<MutexGuard<'static, ()>> {
    static PAGE: Mutex<()> = Mutex::new(());
    std::env::var_os("UPDATE_REFERENCES")?;
    Some(PAGE.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The run that an element is about, and its step.
fn run_of(element: &Element) -> Option<(String, u64)> {
    let step = |name| {
        element
            .attribute(name)
            .map(|step| step.parse().expect("a step"))
    };
    if let Some(query) = element.attribute("data-of") {
        return Some((query, step("data-at").unwrap_or(0)));
    }
    Some((
        element.attribute("data-run")?,
        step("data-steps").unwrap_or(0),
    ))
}

/// The run that a text is about: that of the innermost element that names one.
fn run(text: &Text) -> Option<(String, u64)> {
    text.elements.iter().rev().find_map(run_of)
}

/// Every element of the article once, with all that it is in.
fn elements<'a>(texts: &'a [Text<'a>]) -> impl Iterator<Item = &'a Element<'a>> {
    let mut seen = std::collections::BTreeSet::new();
    let all = texts.iter().flat_map(|text| &text.elements);
    all.filter(move |element| seen.insert(element.at))
}

fn config(query: &str) -> Config {
    Config::from_query(query).unwrap_or_else(|error| panic!("{query}: {error}"))
}

/// The states of a run at some steps, which are in order.
fn states(query: &str, steps: impl Iterator<Item = u64>) -> BTreeMap<u64, Snapshot> {
    let config = config(query);
    let text = data_file(&config).and_then(table);
    let mut session = Session::<f32>::new(config, text.as_deref()).expect("data of the site");
    session.request(SnapshotRequest {
        step_line: true,
        ..SnapshotRequest::default()
    });
    let state = |step: u64| {
        session.advance((step.saturating_sub(session.trainer.steps())) as usize);
        (step, session.snapshot(true))
    };
    steps.map(state).collect()
}

/// By step: where a number stands in the file, and its name.
type AtSteps<'a> = BTreeMap<u64, Vec<(&'a Text<'a>, String)>>;

#[test]
fn every_number_of_a_run_is_what_the_run_measures() {
    let update = updating();
    let markup = read();
    let texts = texts(&markup);
    // By run.
    let mut wanted: BTreeMap<String, AtSteps> = BTreeMap::new();
    for text in &texts {
        let Some(name) = text
            .elements
            .last()
            .and_then(|last| last.attribute("data-n"))
        else {
            continue;
        };
        let (query, step) = run(text).unwrap_or_else(|| panic!("{name} is a number of no run"));
        let steps = wanted.entry(query).or_default();
        steps.entry(step).or_default().push((text, name));
    }
    let mut changes = Vec::new();
    for (query, steps) in &wanted {
        let config = config(query);
        let states = states(query, steps.keys().copied());
        for (step, numbers) in steps {
            for (text, name) in numbers {
                let number = number_named(name).unwrap_or_else(|| panic!("no number {name}"));
                let truth = number.text(&config, &states[step]).to_string();
                assert_ne!(truth, "–", "{name} is missing in {query} at {step}");
                if text.text != truth {
                    changes.push((text.start, text.end, truth, format!("{name} of {query}")));
                }
            }
        }
    }
    changes.sort();
    if update.is_some() {
        let mut updated = markup.clone();
        for (start, end, truth, _) in changes.iter().rev() {
            updated.replace_range(*start..*end, truth);
        }
        fs::write(page(), updated).expect("the article can be written");
    } else {
        assert_eq!(
            changes,
            [],
            "run with UPDATE_REFERENCES=1 to rewrite the numbers"
        );
    }
}

#[test]
fn every_claim_holds_over_seeds() {
    let markup = read();
    let texts = texts(&markup);
    // A lesson with one part for each run.
    let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for element in elements(&texts) {
        let claims = [
            element.attribute("data-claims"),
            element.attribute("data-claim"),
        ];
        for claims in claims.into_iter().flatten() {
            let (query, step) = run_of(element).expect("a claim is about a run");
            for claim in claims.split(';').map(str::trim) {
                let (claim, with) = match claim.split_once(" with ") {
                    Some((claim, with)) => (claim, format!(" with {with}")),
                    None => (claim, String::new()),
                };
                let at = if claim.contains(" at ") {
                    String::new()
                } else {
                    format!(" at {step}")
                };
                let lines = parts.entry(query.clone()).or_default();
                lines.push(format!("- {claim}{at}{with}\n"));
            }
        }
    }
    assert!(parts.len() > 20);
    let part = |(query, claims): (&String, &Vec<String>)| {
        format!(
            "# {query}\n\nconfig = {query}\n\nText.\n\n## Claims\n\n{}\n",
            claims.concat()
        )
    };
    let parts: String = parts.iter().map(part).collect();
    let text = format!("title = The article\nminutes = 15\n\n{parts}");
    let lesson = Lesson::parse(&text).unwrap_or_else(|problems| {
        panic!(
            "{}: {:?}",
            problems[0],
            text.lines().nth(problems[0].line - 1)
        )
    });
    let failures = check(&lesson, &table).expect("data of the site");
    let told: Vec<String> = failures
        .iter()
        .map(|failure| format!("{failure}: {:?}", text.lines().nth(failure.line - 1)))
        .collect();
    assert_eq!(told, [] as [String; 0]);
}

/// Figures that are names or parts of speech: what they say is no measurement.
const NAMES: [&str; 10] = [
    "layer 1",
    "Layer 1",
    "float32",
    "χ₁",
    "8 × 8",
    "from 0 to 1",
    "slope 0",
    "slope 1",
    "Below 1",
    "Above 1",
];

#[test]
fn whatever_else_is_written_in_figures_is_a_setting_or_computed() {
    let markup = read();
    for text in texts(&markup) {
        let Some(last) = text.elements.last() else {
            continue;
        };
        let is_in = |name: &str| text.elements.iter().any(|element| element.name == name);
        let is_source = text
            .elements
            .iter()
            .any(|element| element.attribute("class").as_deref() == Some("sources"));
        let is_citation =
            last.name == "a" && last.attribute("href").is_some_and(|to| to.starts_with('#'));
        if is_in("math") || is_in("head") || is_source || is_citation {
            continue;
        }
        if last.attribute("data-n").is_some() || last.attribute("data-claim").is_some() {
            continue;
        }
        let close = |truth: f64, share: f64| {
            let told =
                meaning(&text.text).unwrap_or_else(|| panic!("{:?} is no number", text.text));
            assert!(
                (told - truth).abs() <= share * truth.abs(),
                "{told} is {truth}"
            );
        };
        if let Some(expression) = last.attribute("data-eq") {
            close(computed(&expression), 0.05);
            continue;
        }
        if let Some(activation) = last.attribute("data-slope") {
            let config = config(&format!("activation={activation}"));
            let phi = ActivationFn::<f64>::new(config.activation, config.slope_value());
            close(phi.largest_derivative(), 0.002);
            continue;
        }
        let plain = NAMES
            .iter()
            .fold(text.text.clone(), |text, name| text.replace(name, ""));
        let settings = settings_of(&text);
        for figure in figures(&plain) {
            let value = meaning(&figure).unwrap_or_else(|| panic!("{figure} is no number"));
            let is_small = [0.0, 1.0, 2.0].contains(&value);
            assert!(
                is_small || settings.contains(&value),
                "{figure} in {:?} is neither a setting of its run nor measured or computed",
                text.text
            );
        }
    }
}

/// The settings of the run that a text is about, as numbers: those of its paragraph, question or figure, and its step.
fn settings_of(text: &Text) -> Vec<f64> {
    let mut values = Vec::new();
    for element in &text.elements {
        let queries = [
            element.attribute("data-run"),
            element.attribute("data-about"),
        ];
        for query in queries.into_iter().flatten() {
            let config = config(&query);
            let numbers = FIELDS
                .iter()
                .filter_map(|field| config.get(field).parse::<f64>().ok());
            values.extend(numbers);
        }
        let steps = [
            element.attribute("data-steps"),
            element.attribute("data-limit"),
        ];
        values.extend(
            steps
                .iter()
                .flatten()
                .map(|step| step.parse::<f64>().expect("a step")),
        );
    }
    values
}

#[test]
fn charts_and_controls_exist_and_elements_have_settings() {
    let markup = read();
    let texts = texts(&markup);
    let mut runs = 0;
    let mut figures = 0;
    for element in elements(&texts) {
        let is_element = element.name == "gradient-flow";
        let is_run = element.attribute("data-run").is_some();
        runs += usize::from(is_run);
        figures += usize::from(is_element);
        if !is_element && !is_run {
            continue;
        }
        let prefix = if is_run { "data-" } else { "" };
        let list = |name: &str| element.attribute(&format!("{prefix}{name}")).expect(name);
        for chart in list("charts").split(' ') {
            // The view stands above this crate.
            assert!(CHARTS.contains(&chart) || chart == "network", "{chart}");
        }
        let controls = list("controls");
        // Up to three stand in line below the chart.
        assert!(controls.split(' ').count() <= 3, "{controls}");
        for control in controls.split(' ') {
            assert!(field(&control.replace('-', "_")).is_some(), "{control}");
        }
        if is_element {
            let mut config = Config::default();
            for (name, value) in element.attributes() {
                if [
                    "charts", "controls", "trials", "fixes", "keys", "speed", "at",
                ]
                .contains(&name.as_str())
                {
                    continue;
                }
                let set = config.set(&name.replace('-', "_"), &value);
                set.unwrap_or_else(|error| panic!("{name}={value}: {error}"));
            }
        }
    }
    assert!(runs > 40, "{runs}");
    // The one beside the text, and ten in it.
    assert_eq!(figures, 11);
}

#[test]
fn its_questions_and_puzzles_are_true() {
    let file = core().join("../../www/learn.md");
    let lesson = Lesson::parse(&fs::read_to_string(file).expect("the questions"));
    let lesson = lesson.unwrap_or_else(|problems| panic!("{}", problems[0]));
    assert_eq!(check(&lesson, &table).expect("data of the site"), []);
    let asks = lesson
        .parts
        .iter()
        .filter(|part| part.ask.is_some())
        .count();
    let goals = lesson
        .parts
        .iter()
        .filter(|part| part.goal.is_some())
        .count();
    assert_eq!((asks, goals), (3, 2));
    // Each stands in the article, in the same order.
    let markup = read();
    let texts = texts(&markup);
    let named: Vec<String> = elements(&texts)
        .filter_map(|e| e.attribute("data-part"))
        .collect();
    assert_eq!(named, ["1", "2", "3", "4", "5"]);
}
