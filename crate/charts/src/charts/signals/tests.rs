//! A guess hides the truth until it is revealed.

use crate::charts::Chart;
use crate::charts::tests::{config, run, scene};
use crate::plot::surface::{BackendKind, Surface};
use crate::plot::theme::{DARK, LIGHT};
use crate::scene::Scene;
use crate::scene::guess::Guess;
use crate::scene::log_range::LogRange;
use crate::text::Table;
use gradient_flow_words::{Value, Words};
use plotters::prelude::*;

const SIZE: (u32, u32) = (640, 300);
const SIZES: [(u32, u32); 3] = [SIZE, (358, 230), (300, 170)];

/// A line with a bend, over the 21 layers of the runs.
fn decades() -> Vec<f64> {
    (0..21)
        .map(|layer: i32| -f64::from((10 - layer).abs()))
        .collect()
}

/// Runs of 21 layers that could hardly differ more, with so much of them revealed.
fn runs(decades: &[f64], revealed: f64) -> Vec<Scene> {
    let mut runs = vec![
        scene("depth=20&width=8", &[0, 9]),
        scene("depth=20&width=8&activation=relu&init=he_normal", &[0, 9]),
        scene("depth=20&width=8&init-gain=0.01", &[0]),
        scene("depth=20&width=8&init=zeros", &[0, 2]),
        scene("depth=20&width=8&data=plane&residual=true", &[0, 9]),
        scene(
            "depth=20&width=16&activation=relu&init-gain=60&learning-rate=10",
            &[0, 1, 2],
        ),
    ];
    let mut pinned = runs[0].clone();
    pinned.pin();
    pinned.begin(config("depth=20&width=8&activation=tanh"));
    run(&mut pinned, &[0]);
    runs.push(pinned);
    for scene in &mut runs {
        scene.set_guess(Some(Guess {
            decades: decades.to_vec(),
            revealed,
        }));
    }
    runs
}

/// Everything that the chart says and shows of a scene.
fn told(scene: &Scene) -> (Vec<String>, Table, Vec<String>) {
    let words = Words::english();
    let mut texts = vec![
        words.say_all(&Chart::Signals.note(scene)),
        words.say_all(&Chart::Signals.details(scene)),
    ];
    for x in (0..640).step_by(8) {
        let readout = Chart::Signals.readout(scene, (640, 300), (f64::from(x), 100.0));
        texts.extend(readout.map(|message| words.say(&message)));
    }
    let pictures = SIZES.map(|size| Chart::Signals.svg(scene, &LIGHT, &words, size));
    (texts, Chart::Signals.table(scene), pictures.to_vec())
}

#[test]
fn nothing_of_the_truth_is_told_before_it_is_revealed() {
    for decades in [Vec::new(), decades()] {
        let runs = runs(&decades, 0.0);
        let (texts, table, pictures) = told(&runs[0]);
        assert!(texts.iter().all(String::is_empty), "{texts:?}");
        for row in &table.rows {
            assert!(row[1..7].iter().all(|cell| *cell == Value::default()));
            assert_eq!(row.len(), if decades.is_empty() { 7 } else { 8 });
        }
        for color in [LIGHT.delta, LIGHT.a] {
            let RGBColor(r, g, b) = color;
            let color = format!("#{r:02X}{g:02X}{b:02X}");
            assert!(pictures.iter().all(|svg| !svg.contains(&color)), "{color}");
        }
        assert!(pictures[0].contains("vanishing") && pictures[0].contains("exploding"));
        // What shows the same for all runs shows nothing of any.
        for scene in &runs[1..] {
            assert!(told(scene) == (texts.clone(), table.clone(), pictures.clone()));
        }
    }
}

#[test]
fn without_a_guess_the_chart_is_as_usual() {
    let mut scenes = runs(&decades(), 0.0);
    for scene in &mut scenes {
        let mut usual = scene.clone();
        usual.guess = None;
        scene.set_guess(None);
        if usual.overflow.is_none() && scene.overflow.is_none() {
            assert!(told(scene) == told(&usual));
        }
        assert!(!told(scene).2[0].contains("your guess"));
        assert_eq!(scene.signal_axis(), scene.signal_range);
    }
    let overflow = &scenes[5];
    assert!(overflow.overflow.is_some() && !overflow.nonfinite_layers.is_empty());
}

/// The columns of dW's line: where it begins and ends.
fn dw_columns(scene: &Scene) -> (i32, i32) {
    let size = (SIZE.0 as i32, SIZE.1 as i32);
    let surface = Surface::new(size, &LIGHT, &Words::english(), BackendKind::Canvas);
    Chart::Signals.draw_on(scene, &surface);
    let lines = surface.lines().into_iter();
    let dw = lines.filter(|(_, color, width)| *width == 3 && *color == LIGHT.dw.to_rgba());
    let mut columns: Vec<i32> = dw.flat_map(|(points, ..)| points).map(|at| at.0).collect();
    columns.sort_unstable();
    (columns[0], columns[columns.len() - 1])
}

#[test]
fn the_truth_comes_in_from_the_output_layer() {
    let whole = &runs(&decades(), 1.0)[0];
    let half = &runs(&decades(), 0.5)[0];
    let [left, _, right, ..] = Chart::Signals.guess_area(half, (640, 300)).expect("room");
    let middle = (left + right) / 2;
    let (first, last) = dw_columns(half);
    assert!((first - middle).abs() <= 1, "{first} {middle}");
    assert_eq!(last, dw_columns(whole).1);
    assert!(dw_columns(whole).0 < left + 20);

    let (shown, all) = (Chart::Signals.table(half), Chart::Signals.table(whole));
    for (layer, (row, full)) in shown.rows.iter().zip(&all.rows).enumerate() {
        let is_shown = *row == *full;
        assert_eq!(is_shown, layer >= 11, "layer {layer}");
        assert_eq!(row[1] == Value::default(), layer < 11, "layer {layer}");
        assert_eq!(row[7], full[7], "the guess is told");
    }
    let readout = |x: i32| Chart::Signals.readout(half, (640, 300), (f64::from(x), 100.0));
    assert_eq!(readout(middle - 20), None);
    assert!(readout(middle + 20).is_some());
    assert!(Chart::Signals.note(half).is_empty());
    assert!(!Chart::Signals.note(whole).is_empty());
    // What is no part shows nothing.
    let none = &runs(&decades(), f64::NAN)[0];
    assert!(told(none) == told(&runs(&decades(), 0.0)[0]));
}

#[test]
fn the_guess_stays_in_the_picture_with_its_name() {
    for revealed in [0.0, 0.5, 1.0] {
        for (theme, color) in [(&LIGHT, LIGHT.guess), (&DARK, DARK.guess)] {
            for (size, name) in SIZES.into_iter().flat_map(|size| {
                [("en", "your guess"), ("de", "Ihre Schätzung")].map(|name| (size, name))
            }) {
                let words = Words::of(name.0).expect("a language");
                let svg = Chart::Signals.svg(&runs(&decades(), revealed)[1], theme, &words, size);
                let RGBColor(r, g, b) = color;
                let dash = format!("stroke=\"#{r:02X}{g:02X}{b:02X}\" stroke-width=\"3\"");
                assert!(svg.matches(&dash).count() > 9, "{size:?}");
                assert!(svg.contains(name.1), "{name:?} at {size:?}");
            }
        }
    }
    // The layers of a guess may be those of another network.
    let mut scene = scene("depth=100&width=4", &[0]);
    for layers in [1, 2, 21, 101] {
        let decades = vec![-2.0; layers];
        let revealed = 0.3;
        scene.set_guess(Some(Guess { decades, revealed }));
        assert!(told(&scene).2[0].contains("your guess"), "{layers}");
    }
}

#[test]
fn the_axis_does_not_give_the_truth_away() {
    let usual = LogRange { low: -16, high: 12 };
    for (revealed, vanishing) in [(0.0, usual), (0.1, LogRange { low: -46, ..usual })] {
        let runs = runs(&decades(), revealed);
        assert!(runs[2].signal_range.low < -16);
        assert_eq!(runs[0].signal_axis(), usual);
        assert_eq!(runs[2].signal_axis(), vanishing);
    }
    let scene = &runs(&[], 0.0)[0];
    let [left, top, right, bottom, low, high] =
        Chart::Signals.guess_area(scene, (300, 170)).expect("room");
    assert!(0 < left && left < right && right <= 300 && 0 < top && top < bottom && bottom < 170);
    assert_eq!((low, high), (-16, 12));
    assert_eq!(Chart::Signals.guess_area(scene, (100, 70)), None);
    assert_eq!(Chart::Loss.guess_area(scene, (300, 170)), None);
}
