//! The view of real runs, of all depths and sizes.

use super::*;
use crate::plot::theme::LIGHT;
use crate::text::value;
use gradient_flow::Session;
use plotters::style::Color;

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

/// What is said of a stage, as a reader sees it.
fn told(view: &Network, place: usize) -> (String, String, String, String) {
    let words = Words::english();
    let told = view.tell_stage(place).expect("a stage");
    let numbers = told
        .numbers
        .map_or(String::new(), |numbers| words.say(&numbers));
    (
        words.say(&told.title),
        told.formula,
        numbers,
        words.say_all(&told.text),
    )
}

#[test]
fn the_walk_goes_forward_through_every_layer_and_back_through_every_layer() {
    for depth in [1, 3, 100] {
        let view = view(&format!("depth={depth}&width=11"), 0);
        let layers = depth + 1;
        assert_eq!(view.stages(), 2 * layers + 5);
        let titles: Vec<String> = (0..view.stages())
            .map(|place| told(&view, place).0)
            .collect();
        let mut expected = vec!["Input".to_string()];
        let numbered = |way: &str, layer: usize| match layer == layers {
            true => format!("{way}: output layer"),
            false => format!("{way}: layer {layer}"),
        };
        expected.extend((1..=layers).map(|layer| numbered("Forward", layer)));
        expected.push("Loss".into());
        expected.extend((1..=layers).rev().map(|layer| numbered("Backward", layer)));
        expected.extend(["Clipping", "Weight decay", "Update"].map(String::from));
        assert_eq!(titles, expected);
        for place in 0..view.stages() {
            assert!(
                !told(&view, place).3.is_empty(),
                "{depth}: stage {place} has a sentence"
            );
        }
    }
}

#[test]
fn the_chain_of_a_layer_has_the_numbers_of_the_chart_factors() {
    use crate::charts::Chart;
    for query in [
        "depth=6&width=16",
        "depth=6&width=16&activation=relu&init=he_normal&residual=true",
        "depth=6&width=16&norm=batch&activation=tanh",
        "depth=6&width=16&norm=layer&residual=true",
    ] {
        let view = view(query, 2);
        let shown = view.scene.shown.clone().expect("a snapshot");
        let size = (900, 300);
        for layer in 0..6 {
            let (title, formula, numbers, text) = told(&view, 2 * 7 + 1 - layer);
            assert_eq!(title, format!("Backward: layer {}", layer + 1));
            assert!(
                formula.starts_with('δ') && formula.contains("φ′("),
                "{formula}"
            );
            // The chart tells of each layer: weights × 1.02, slope × 0.231, together × 0.236.
            let at = |x: i32| Chart::Factors.layer_at(&view.scene, size, (f64::from(x), 100.0));
            let x = (0..size.0).find(|x| at(*x) == Some(layer)).expect("a band");
            let factors = Chart::Factors.readout(&view.scene, size, (f64::from(x), 100.0));
            let factors = Words::english().say(&factors.expect("a readout"));
            let list = factors.split_once(": ").expect("factors").1;
            for factor in list.split(", ") {
                let (name, number) = factor.split_once(" × ").expect("a factor");
                let said = match name {
                    "weights" => numbers.contains(&format!("× {number} (weights)")),
                    "slope" => numbers.contains(&format!("× {number} (slope)")),
                    "normalization" => numbers.contains(&format!("× {number} (normalization)")),
                    // No residual path leads into the layer below the output layer.
                    "residual connection" if layer == 5 => !numbers.contains("residual"),
                    "residual connection" => {
                        numbers.contains(&format!("× {number} (residual path)"))
                    }
                    "together" => text.contains(&format!("× {number}")),
                    other => panic!("another factor: {other}"),
                };
                assert!(said, "{query}: {factor} is not in {numbers} {text}");
            }
            // From delta above to delta here, and dW.
            let delta = |layer: usize| {
                format!(
                    "δ {}",
                    Words::english().value(&value(shown.layers.delta_rms[layer].into()))
                )
            };
            assert!(numbers.starts_with(&delta(layer + 1)), "{numbers}");
            assert!(numbers.ends_with(&delta(layer)), "{numbers}");
            let dw = Words::english().value(&value(shown.layers.dw_rms[layer].into()));
            assert!(text.contains(&format!("RMS {dw}.")), "{text}");
        }
    }
}

#[test]
fn clipping_decay_and_the_update_say_what_the_settings_do() {
    let last = |query: &str| {
        let view = view(query, 1);
        let stages = view.stages();
        [3, 2, 1].map(|from_end| told(&view, stages - from_end))
    };
    let [clip, decay, update] = last("depth=2&width=8");
    assert!(clip.3.starts_with("Clipping is off"), "{}", clip.3);
    assert_eq!(
        decay.3,
        "Weight decay and L1 are off: nothing is added to the gradient."
    );
    assert!(
        update.3.starts_with("SGD changes") && update.3.contains("learning rate 0.1."),
        "{}",
        update.3
    );
    assert_eq!(update.1, "W ← W − η g");
    let [clip, decay, _] =
        last("depth=2&width=8&clip=norm&clip-at=0.001&weight-decay=0.01&l1=0.02");
    assert!(clip.3.contains("above the threshold 0.001"), "{}", clip.3);
    assert!(
        decay.3.contains("0.01 × W") && decay.3.contains("0.02 × the sign"),
        "{}",
        decay.3
    );
    let [clip, decay, _] =
        last("depth=2&width=8&clip=norm&clip-at=1000&optimizer=adamw&weight-decay=0.5");
    assert!(
        clip.3.contains("stays within the threshold 1"),
        "{}",
        clip.3
    );
    assert!(
        decay.3.contains("takes 0.05 of every weight"),
        "{}",
        decay.3
    );
}

#[test]
fn the_lines_of_a_walk_are_clipped_as_the_gradient_is() {
    let strongest = |clip: &str, from_end: usize| {
        let mut view = view(&format!("depth=2&width=8&data=xor{clip}"), 1);
        view.walk_to(Some((view.stages() - from_end, 1.0)));
        let passage = view.passage().expect("a passage");
        let largest = passage
            .dw
            .iter()
            .fold(0.0f32, |largest, dw| largest.max(dw.abs()));
        let coefficient = view
            .scene
            .shown
            .as_ref()
            .map_or(1.0, |s| s.clip_coefficient);
        let lines = surface(&view, (900, 300)).lines();
        let has = |dw: f64| {
            let color = LIGHT
                .heat(view.scene.signal_range.clamped_position(dw))
                .to_rgba();
            lines
                .iter()
                .any(|(points, c, _)| points.len() == 2 && *c == color)
        };
        let clipped = if clip.contains("value") {
            3e-6
        } else {
            f64::from(largest) * coefficient
        };
        (has(f64::from(largest)), has(clipped))
    };
    // Backward in layer 1, the stage before: nothing is clipped yet.
    assert!(strongest("&clip=norm&clip-at=0.00001", 4).0);
    assert_eq!(strongest("&clip=norm&clip-at=0.00001", 3), (false, true));
    assert_eq!(strongest("&clip=value&clip-at=0.000003", 2), (false, true));
    assert!(strongest("", 1).0);
}

#[test]
fn a_walk_draws_only_what_has_been_reached() {
    let mut view = view("depth=3&width=8&data=xor", 2);
    let colored = |view: &Network| {
        let lines = surface(view, (900, 300)).lines();
        let grid = LIGHT.grid.to_rgba();
        let between = lines.iter().filter(|(points, ..)| points.len() == 2);
        between.filter(|(_, color, _)| *color != grid).count()
    };
    let all = colored(&view);
    view.walk_to(Some((0, 1.0)));
    assert_eq!(colored(&view), 0, "nothing has passed the weights");
    // Forward through layer 2: the activations pass its 64 weights.
    view.walk_to(Some((2, 0.5)));
    let passing = colored(&view);
    assert!((1..=64).contains(&passing), "{passing}");
    // Back in layer 3: dW of this layer, and delta that passes the output layer's 16 weights.
    view.walk_to(Some((4 + 3, 1.0)));
    let back = colored(&view);
    assert!((65..=64 + 16).contains(&back), "{back}");
    view.walk_to(None);
    assert_eq!(colored(&view), all);
    // A walk through a network that is gone is over.
    view.walk_to(Some((0, 1.0)));
    view.begin(Config::default());
    assert_eq!(view.stages(), 0);
    surface(&view, (900, 300));
}
