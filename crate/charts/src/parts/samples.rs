//! What the network says of some samples: digits with its answers, the plane of two features, the confusion matrix, or
//! predicted against true numbers.

use crate::charts::boundary::{self, View, confusion, plane, regression, samples, view};
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::scene::Scene;
use crate::text::missing;
use gradient_flow_words::{Message, message};

/// The largest square in the middle.
fn square(area: Rect) -> Rect {
    let side = area.width().min(area.height()) - 4;
    let (left, top) = (
        (area.left + area.right - side) / 2,
        (area.top + area.bottom - side) / 2,
    );
    Rect {
        left,
        top,
        right: left + side,
        bottom: top + side,
    }
}

/// Draws it.
pub fn draw(scene: &Scene, s: &Surface) {
    let Some(snapshot) = &scene.shown else {
        return;
    };
    let area = square(s.whole());
    let dot = if area.width() > 120 { 2 } else { 1 };
    match view(snapshot) {
        Some(View::Plane(shown, classes)) => {
            plane::surface(s, area, shown, classes, 0.55);
            plane::points(s, area, shown, classes, dot)
        }
        Some(View::Confusion(shown, _)) if !shown.images.is_empty() => {
            samples::draw(s, s.whole(), shown, &snapshot.classes)
        }
        Some(View::Confusion(shown, classes)) => confusion::cells(s, area, shown, classes),
        Some(View::Regression(shown)) => regression::draw(s, area, shown, dot),
        None => {}
    }
}

/// How many of the samples are right, or what the picture shows.
pub fn text(scene: &Scene) -> Option<Message> {
    let snapshot = scene.shown.as_ref()?;
    Some(match view(snapshot) {
        Some(View::Plane(..)) => message!("part-plane"),
        Some(View::Confusion(shown, _)) if !shown.images.is_empty() => {
            let count = shown.image_label.len();
            let right = (0..count).filter(|i| samples::is_right(shown, *i)).count();
            message!("part-samples", right = right, count = count)
        }
        Some(View::Confusion(..)) => return boundary::note(scene).into_iter().next(),
        Some(View::Regression(shown)) => message!("part-regression", count = shown.x.len()),
        None => missing(scene, |snapshot| view(snapshot).is_some()),
    })
}
