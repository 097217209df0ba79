//! The parts say and show the state of the run at any size that the page gives them.

use super::*;
use crate::charts::tests::{run, scene, scenes};
use crate::plot::theme::LIGHT;

const SIZES: [(i32, i32); 6] = [
    (90, 40),
    (120, 48),
    (400, 120),
    (320, 44),
    (160, 88),
    (24, 24),
];

fn drawn(part: Part, scene: &Scene, size: (i32, i32)) -> Surface {
    let surface = Surface::new(size, &LIGHT, &Words::english(), BackendKind::Canvas);
    part.draw_on(scene, &surface);
    surface
}

fn said(part: Part, scene: &Scene) -> String {
    part.text(scene)
        .map_or(String::new(), |text| text.to_string())
}

#[test]
fn texts_are_inside_the_picture_and_apart() {
    for (name, scene) in scenes() {
        for part in Part::ALL {
            for size in SIZES {
                let texts = drawn(part, &scene, size).texts();
                for (i, (text, area)) in texts.iter().enumerate() {
                    let place = format!("{} of {name} at {size:?}: {text}", part.id());
                    assert!(area.left >= 0 && area.right <= size.0, "{place}: {area:?}");
                    assert!(area.top >= 0 && area.bottom <= size.1, "{place}: {area:?}");
                    assert!(area.height() >= 11, "{place}");
                    assert!(
                        texts[i + 1..]
                            .iter()
                            .all(|(_, other)| !other.overlaps(area))
                    );
                }
            }
            let text = said(part, &scene);
            assert!(
                text.ends_with('.') && !text.contains("NaN"),
                "{name}: {text}"
            );
        }
    }
}

#[test]
fn every_sample_has_its_answer_and_wrong_ones_a_cross() {
    let scenes = scenes();
    let (_, digits) = scenes
        .iter()
        .find(|(name, _)| *name == "digits")
        .expect("digits");
    for size in [(320, 44), (160, 88), (400, 120)] {
        let texts = drawn(Part::Samples, digits, size).texts();
        let crossed = texts
            .iter()
            .filter(|(text, _)| text.starts_with('✗'))
            .count();
        // The made-up answers are wrong where i % 10 differs from i % 9.
        assert_eq!((texts.len(), crossed), (12, 3), "{size:?}: {texts:?}");
    }
    assert_eq!(
        said(Part::Samples, digits),
        "9 of the 12 samples shown are classified correctly."
    );
}

#[test]
fn the_curve_is_strong_up_to_the_step_that_is_looked_at() {
    let mut scene = scene("data=circle&depth=2&width=8", &[0, 20, 60, 100]);
    let strong = |scene: &Scene| {
        let lines = drawn(Part::Accuracy, scene, (120, 48)).lines();
        let strong = lines.into_iter().find(|(.., width)| *width == 2);
        strong.map_or(Vec::new(), |(points, ..)| points)
    };
    let whole = strong(&scene);
    assert_eq!(whole.len(), 4);
    // 0 to 100 % fill the height, whatever the run has reached.
    let accuracy = scene.shown.as_ref().expect("a snapshot").test_accuracy;
    let (x, y) = whole[3];
    assert_eq!((x, y), (116, 44 - (41.0 * accuracy).round() as i32));
    scene.scrub_to(Some(60));
    assert_eq!(strong(&scene), whole[..3]);
    assert!(said(Part::Accuracy, &scene).contains("at step 60 (guessing: 50 %)"));

    // The kept run's length is the axis of the next one.
    scene.scrub_to(None);
    scene.pin();
    scene.begin(scene.config.clone());
    run(&mut scene, &[0, 20]);
    assert_eq!(strong(&scene), whole[..2]);
}

#[test]
fn regression_shows_its_loss() {
    let scene = scene("depth=2&width=8&data=plane&learning-rate=0.01", &[0, 50]);
    assert!(said(Part::Accuracy, &scene).starts_with("Test loss "));
    assert!(said(Part::Samples, &scene).starts_with("The network's answer at every place"));
    assert_eq!(
        drawn(Part::Accuracy, &scene, (120, 48)).lines().len(),
        3,
        "baseline and curves"
    );
    assert_eq!(said(Part::Samples, &Scene::default()), "");
}
