//! The pictures of the article's figures, for paper and for readers without scripts: what each figure shows when it is first
//! seen, drawn by the native core into `www/article/pictures`. `UPDATE_REFERENCES=1` draws them, and writes what they say.

use crate::markup::{Element, texts};
use crate::{core, elements, page, read, table, updating};
use gradient_flow::config::field;
use gradient_flow::data::data_file;
use gradient_flow::map::theory::Field;
use gradient_flow::map::{Plan, Request, measure_all};
use gradient_flow::observe::snapshot::SnapshotRequest;
use gradient_flow::{Config, Session};
use gradient_flow_charts::theme::Theme;
use gradient_flow_charts::views::map::{Coloring, Map};
use gradient_flow_charts::{Chart, Scene};
use gradient_flow_words::Words;
use std::fs;
use std::path::PathBuf;

/// CSS pixels.
const SIZE: (u32, u32) = (640, 320);

fn folder() -> PathBuf {
    core().join("../../www/article/pictures")
}

/// The config that a laboratory's attributes set.
fn config(laboratory: &Element) -> Config {
    let mut config = Config::default();
    for (name, value) in laboratory.attributes() {
        let name = name.replace('-', "_");
        if field(&name).is_some() {
            config.set(&name, &value).expect("a setting");
        }
    }
    config
}

/// A figure's picture, and what stands above and below its chart.
fn draw(laboratory: &Element) -> (String, String) {
    let config = config(laboratory);
    let text = data_file(&config).and_then(table);
    let chart = laboratory.attribute("charts").expect("a chart");
    let chart = Chart::from_id(&chart).expect("one chart");
    let steps: u64 = laboratory
        .attribute("at")
        .map_or(0, |at| at.parse().expect("a step"));
    let mut session =
        Session::<f32>::new(config.clone(), text.as_deref()).expect("data of the site");
    session.request(SnapshotRequest {
        step_line: true,
        ..SnapshotRequest::default()
    });
    let mut scene = Scene::new(config);
    scene.push(session.snapshot(true));
    for step in 1..=steps {
        session.advance(1);
        scene.push(session.snapshot(step == steps));
    }
    let words = Words::of("en").expect("English");
    let svg = chart.svg(&scene, Theme::default_for(false), &words, SIZE);
    let said = format!(
        "{}. {}",
        words.say(&chart.title()),
        words.say_all(&chart.note(&scene))
    );
    (svg + "\n", said.trim().to_string())
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[test]
fn every_figure_has_its_picture() {
    let update = updating();
    let mut markup = read();
    let unchanged = markup.clone();
    let texts = texts(&unchanged);
    let mut names = Vec::new();
    for laboratory in elements(&texts).filter(|element| element.name == "gradient-flow") {
        let inner = texts.iter().find(|text| {
            text.elements
                .last()
                .is_some_and(|last| last.at == laboratory.at)
        });
        let outer = inner.into_iter().flat_map(|text| &text.elements);
        let Some(name) = outer
            .rev()
            .find_map(|element| element.attribute("data-figure"))
        else {
            // The network beside the text.
            continue;
        };
        let (svg, note) = draw(laboratory);
        let (width, height) = SIZE;
        let start = format!("<img class=\"still\" src=\"article/pictures/{name}.svg\"");
        let image = format!(
            "{start} width=\"{width}\" height=\"{height}\" loading=\"lazy\" alt=\"{}\" />",
            escape(&note)
        );
        let file = folder().join(format!("{name}.svg"));
        if update.is_some() {
            fs::create_dir_all(folder()).expect("a folder");
            fs::write(&file, &svg).expect("a picture can be written");
            if let Some(at) = markup.find(&start) {
                let end = at + markup[at..].find("/>").expect("its end") + 2;
                markup.replace_range(at..end, &image);
            } else {
                let figure = format!("<figure data-figure=\"{name}\">\n");
                markup = markup.replacen(&figure, &format!("{figure}          {image}\n"), 1);
            }
        } else {
            let drawn = fs::read_to_string(&file).unwrap_or_default();
            assert!(drawn == svg, "{name}: UPDATE_REFERENCES=1 draws it");
            assert!(
                markup.contains(&image),
                "{name}: UPDATE_REFERENCES=1 writes {image}"
            );
        }
        names.push(name);
    }
    assert!(names.len() >= 10, "{names:?}");
    if update.is_some() {
        fs::write(page(), markup).expect("the article can be written");
    }
}

/// The link of the map in the text names this config.
const MAP: &str = "width=32&activation=tanh&init=lecun_normal";
/// CSS pixels, of a page and of a phone, where the text of a larger one could not be read.
const MAP_SIZES: [(&str, (u32, u32)); 2] = [("map", (900, 640)), ("map-small", (360, 330))];

#[test]
fn the_map_is_measured() {
    let config = Config::from_query(MAP).expect("a config");
    assert!(read().contains(&format!("#{}&amp;charts=map\"", escape(MAP))));
    let text = data_file(&config).and_then(table);
    let mut plan = Plan::new(&config, &Request::default()).expect("a plan");
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    measure_all(&mut plan, text.as_deref(), threads, &|_| ()).expect("data of the site");
    let theory = Field::new(&config, &plan.x, &plan.y).complete();
    let map = Map {
        plan: &plan,
        theory: Some(&theory),
        coloring: Coloring::Accuracy,
        selected: None,
        here: None,
    };
    let pictures = MAP_SIZES.into_iter().flat_map(|(name, size)| {
        [
            (name.to_string(), size, false),
            (format!("{name}-dark"), size, true),
        ]
    });
    for (name, size, is_dark) in pictures {
        let file = folder().join(format!("{name}.svg"));
        let svg = map.svg(Theme::default_for(is_dark), &Words::english(), size) + "\n";
        if updating().is_some() {
            fs::write(&file, &svg).expect("a picture can be written");
        } else {
            let drawn = fs::read_to_string(&file).unwrap_or_default();
            assert!(drawn == svg, "{name}: UPDATE_REFERENCES=1 draws it");
        }
    }
}
