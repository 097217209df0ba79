//! The view of real runs, of all depths and sizes.

use super::*;
use crate::plot::theme::LIGHT;
use gradient_flow::Session;

const DIGITS: &str = include_str!("../../../../core/data/digits.csv");

/// The view of a run after some steps.
pub fn view(query: &str, steps: usize) -> Network {
    let config = Config::from_query(query).expect("a config");
    let mut session = Session::<f32>::new(config.clone(), Some(DIGITS)).expect("a run");
    let mut view = Network::default();
    view.begin(config);
    for made in 0..=steps {
        let passage = session.passage(11);
        view.push(session.snapshot(true), Some(passage));
        if made < steps {
            session.advance(1);
        }
    }
    view
}

fn surface(view: &Network, size: (i32, i32)) -> Surface {
    let surface = Surface::new(size, &LIGHT, &Words::english(), BackendKind::Svg);
    view.draw(&surface);
    surface
}

#[test]
fn every_depth_and_size_is_drawn_inside_its_picture() {
    for query in [
        "depth=1&width=3&data=xor",
        "depth=3",
        "depth=10",
        "depth=30",
        "depth=100&width=12",
        "depth=5&data=plane",
    ] {
        let view = view(query, 1);
        for size in [
            (1240, 300),
            (720, 230),
            (366, 230),
            (300, 130),
            (120, 80),
            (90, 40),
        ] {
            let surface = surface(&view, size);
            for (text, at) in surface.texts() {
                assert!(
                    at.left >= -2 && at.right <= size.0 + 2,
                    "{query} {size:?}: {text}"
                );
            }
            for (points, ..) in surface.lines() {
                let inside = |(x, y): &(i32, i32)| {
                    (-2..=size.0 + 2).contains(x) && (-2..=size.1 + 2).contains(y)
                };
                assert!(points.iter().all(inside), "{query} {size:?}: {points:?}");
            }
            assert!(
                surface.rects().len() > 5 || size.0 < 120 || size.1 < 90,
                "{query} {size:?}"
            );
        }
    }
}

#[test]
fn lines_have_the_colour_of_dw_on_the_scale_of_the_other_charts() {
    let view = view("depth=3&width=8&data=xor", 2);
    let passage = view.passage().expect("a passage");
    let range = view.scene.signal_range;
    let lines = surface(&view, (900, 300)).lines();
    for dw in &passage.dw {
        let color = LIGHT
            .heat(range.clamped_position(f64::from(dw.abs())))
            .to_rgba();
        let drawn = lines
            .iter()
            .filter(|(points, c, _)| points.len() == 2 && *c == color);
        assert!(*dw == 0.0 || drawn.count() > 0, "no line for {dw}");
    }
    let pairs = 2 * 8 + 8 * 8 + 8 * 8 + 8 * 2;
    let weights = lines
        .iter()
        .filter(|(points, ..)| points.len() == 2)
        .count();
    assert_eq!(weights, pairs);
}

#[test]
fn a_deep_network_has_a_strip_of_all_layers_and_columns_around_the_selected_one() {
    let mut view = view("depth=100&width=12", 0);
    view.scene.selected = Some(49);
    let layout = view.layout((900, 300)).expect("room");
    let strip = layout.strip.expect("a strip");
    let (first, last) = layout.columns;
    assert!(
        first < 50 && last > 50 && last - first < 15,
        "{:?}",
        layout.columns
    );
    let at = |layer: usize| {
        (
            strip.left as f64 + (layer as f64 + 0.5) * strip.width() as f64 / 101.0,
            strip.top as f64 + 4.0,
        )
    };
    for layer in [0, 49, 100] {
        assert_eq!(view.layer_at((900, 300), at(layer)), Some(layer));
    }
    let said = |view: &Network, point| {
        Words::english().say(&view.readout((900, 300), point).expect("a readout"))
    };
    assert!(
        said(&view, at(49)).starts_with("layer 50: a "),
        "{}",
        said(&view, at(49))
    );
    assert!(said(&view, at(100)).starts_with("output layer: a "));
    let cell = layout.cell_of(50, 2);
    let point = (f64::from(cell.left + 2), f64::from(cell.top + 2));
    assert_eq!(view.layer_at((900, 300), point), Some(49));
    // 8 of 12 units are shown: 1, 3, 4, 6, 7, 9, 10, 12.
    assert!(
        said(&view, point).starts_with("layer 50, unit 4: a = "),
        "{}",
        said(&view, point)
    );
}

#[test]
fn looking_back_shows_the_sample_of_that_step() {
    let mut view = view("depth=2&width=8&data=xor&learning-rate=1", 5);
    let latest = view.passage().expect("a passage").clone();
    view.scene.scrub_to(Some(2));
    let past = view.passage().expect("a passage").clone();
    assert_ne!(past, latest);
    assert_eq!(view.scene.shown.as_ref().map(|shown| shown.step), Some(2));
    view.scene.scrub_to(None);
    assert_eq!(view.passage(), Some(&latest));
}

#[test]
fn the_note_and_the_table_tell_the_sample_and_every_layer() {
    let said = |view: &Network| Words::english().say_all(&view.note());
    let digits = view("depth=2&width=8", 0);
    let note = said(&digits);
    assert!(
        note.starts_with("Training sample 12 of 1") && note.contains("class "),
        "{note}"
    );
    assert!(said(&view("depth=2&width=8&data=plane", 0)).contains("the target is"));
    assert_eq!(
        said(&Network::default()),
        "At this step the view was not open."
    );
    let table = digits.table();
    assert_eq!(
        (table.rows.len(), table.columns.len(), table.rows[0].len()),
        (3, 8, 8)
    );
}
