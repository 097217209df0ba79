//! `boundary`: what the network predicts: a decision surface, a confusion matrix with samples, or a regression.

pub mod confusion;
pub mod plane;
pub mod regression;
pub mod samples;

use crate::charts::Need;
use crate::plot::colorbar;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{NORMAL, SMALL};
use crate::scene::Scene;
use crate::text::{Table, missing, percent, signed, value};
use gradient_flow::Snapshot;
use gradient_flow::numeric::format::{self, percent_label};
use gradient_flow::observe::snapshot::Predictions;
use gradient_flow_words::{Message, Value, message};

/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[Need::Predictions];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = false;

/// What can be shown of the data; with the number of classes, which is 0 for regression.
pub enum View<'a> {
    /// Data of two features.
    Plane(&'a Predictions, usize),
    /// Classification.
    Confusion(&'a Predictions, usize),
    /// Regression.
    Regression(&'a Predictions),
}

/// The predictions of the last evaluation, if they were requested.
pub fn view(snapshot: &Snapshot) -> Option<View<'_>> {
    let (shown, classes) = (&snapshot.predictions, snapshot.classes.len());
    if !shown.surface.is_empty() && shown.extent.len() == 4 {
        Some(View::Plane(shown, classes))
    } else if shown.confusion.len() == classes * classes && classes > 0 {
        Some(View::Confusion(shown, classes))
    } else if !shown.x.is_empty() {
        Some(View::Regression(shown))
    } else {
        None
    }
}

/// A square in the middle of the chart.
fn square((width, height): (i32, i32)) -> Rect {
    let side = (height - 44).min(width - 60).max(10);
    let left = (width - side) / 2;
    Rect {
        left,
        top: 8,
        right: left + side,
        bottom: 8 + side,
    }
}

/// The area of the confusion matrix, and that of the samples if they fit beside it.
fn confusion_areas(size: (i32, i32), shown: &Predictions) -> (Rect, Option<Rect>) {
    let beside = !shown.images.is_empty() && size.0 >= 420;
    let half = if beside { size.0 / 2 } else { size.0 };
    let side = (size.1 - 60).min(half - 50).max(10);
    let left = Rect {
        left: 40,
        top: 26,
        right: 40 + side,
        bottom: 26 + side,
    };
    if !beside {
        return (left, None);
    }
    let right = Rect {
        left: half + 10,
        top: 26,
        right: size.0 - 10,
        bottom: 26 + side,
    };
    (left, Some(right))
}

/// What the colours of the plane are: the classes from the first to the last, or numbers.
fn draw_key(s: &Surface, area: Rect, classes: &[String]) {
    let middle = ((area.left + area.right) / 2, area.bottom + 28);
    let last = classes.len().saturating_sub(1) as f64;
    let ends: [Value; 2] = match classes {
        [first, .., last] => [first.clone().into(), last.clone().into()],
        _ => [signed(-2.0), signed(2.0)],
    };
    colorbar::draw_centered(s, middle, ends, &|position| {
        let prediction = match classes.len() {
            0 => 4.0 * position - 2.0,
            2 => position,
            _ => (position * (last + 1.0)).floor().min(last),
        };
        plane::color(s, prediction as f32, classes.len())
    })
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let Some(snapshot) = &scene.shown else {
        return;
    };
    let area = square(s.size());
    let axes = |text: Message| {
        let below = ((area.left + area.right) / 2, area.bottom + 6);
        s.text(text, below, Anchor::Top, SMALL, s.theme.muted)
    };
    match view(snapshot) {
        Some(View::Plane(shown, classes)) => {
            plane::surface(s, area, shown, classes, 0.55);
            plane::points(s, area, shown, classes, 2);
            axes(message!("chart-boundary-axes"));
            draw_key(s, area, &snapshot.classes)
        }
        Some(View::Confusion(shown, _)) => {
            let (area, samples) = confusion_areas(s.size(), shown);
            confusion::draw(s, area, shown, &snapshot.classes);
            if let Some(area) = samples {
                let above = (area.left, area.top - 10);
                let title = message!("chart-boundary-samples");
                s.text_where_free(title, &[(above, Anchor::Left)], SMALL, s.theme.muted);
                samples::draw(s, area, shown, &snapshot.classes);
            }
        }
        Some(View::Regression(shown)) => {
            regression::draw(s, area, shown, 2);
            axes(message!("chart-boundary-axes-regression"))
        }
        None => {
            let text = missing(scene, |snapshot| view(snapshot).is_some());
            s.sentence(text, s.whole(), NORMAL, s.theme.muted)
        }
    }
}

/// The prediction, the cell of the confusion matrix or the sample under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
    let snapshot = scene.shown.as_ref()?;
    let position = |area: Rect| {
        let inside = area.contains(at);
        inside.then(|| (area.fraction_x(at.0), area.fraction_y(at.1)))
    };
    match view(snapshot)? {
        View::Plane(shown, classes) => {
            let (x, y) = position(square(size))?;
            let side = libm::sqrt(shown.surface.len() as f64) as usize;
            let cell = |position: f64| ((position * side as f64) as usize).min(side - 1);
            let prediction = f64::from(shown.surface[cell(y) * side + cell(x)]);
            let e = &shown.extent;
            let feature = |position: f64, low: f32, high: f32| {
                signed(f64::from(low) + position * f64::from(high - low))
            };
            let (x, y) = (feature(x, e[0], e[1]), feature(y, e[2], e[3]));
            let class = |index: usize| Some(Value::from(snapshot.classes.get(index)?.clone()));
            Some(match classes {
                _ if !prediction.is_finite() => {
                    message!("chart-boundary-readout-not-finite", x = x, y = y)
                }
                0 => {
                    let number = signed(prediction);
                    message!(
                        "chart-boundary-readout-number",
                        x = x,
                        y = y,
                        number = number
                    )
                }
                2 => message!(
                    "chart-boundary-readout-share",
                    x = x,
                    y = y,
                    share = percent_label(100.0 * prediction, 0),
                    class = class(1)?
                ),
                _ => {
                    let class = class(prediction as usize)?;
                    message!("chart-boundary-readout-class", x = x, y = y, class = class)
                }
            })
        }
        View::Confusion(shown, classes) => {
            let (area, samples) = confusion_areas(size, shown);
            if let Some((x, y)) = position(area) {
                let cell = |position: f64| ((position * classes as f64) as usize).min(classes - 1);
                let (row, column) = (classes - 1 - cell(y), cell(x));
                return Some(message!(
                    "chart-boundary-readout-count",
                    count = shown.confusion[row * classes + column],
                    true = snapshot.classes[row].clone(),
                    predicted = snapshot.classes[column].clone()
                ));
            }
            let n = shown.image_label.len();
            let grid = samples::Grid::new(samples?, n);
            let i = (0..n).find(|i| grid.picture(*i).contains(at))?;
            Some(message!(
                "chart-boundary-readout-sample",
                true = snapshot.classes[shown.image_label[i] as usize].clone(),
                predicted = snapshot.classes[shown.image_class[i] as usize].clone(),
                confidence = percent(shown.image_confidence[i])
            ))
        }
        View::Regression(shown) => {
            let (x, y) = position(square(size))?;
            let (low, high) = regression::range(shown);
            let number = |position: f64| signed(low + position * (high - low));
            Some(message!(
                "chart-boundary-readout-regression",
                true = number(x),
                predicted = number(y)
            ))
        }
    }
}

/// This chart has no layers.
pub fn layer_at(_: &Scene, _: (i32, i32), _: (f64, f64)) -> Option<usize> {
    None
}

/// How many test samples are classified correctly, or the loss; the same of the pinned run.
pub fn note(scene: &Scene) -> Vec<Message> {
    let Some(shown) = &scene.shown else {
        return Vec::new();
    };
    let accuracy = |snapshot: &Snapshot| percent_label(100.0 * snapshot.test_accuracy, 1);
    let step = shown.test_step;
    let mut note = vec![if shown.test_accuracy.is_nan() {
        message!(
            "chart-boundary-loss",
            loss = value(shown.test_loss),
            step = step
        )
    } else {
        message!(
            "chart-boundary-accuracy",
            accuracy = accuracy(shown),
            step = step,
            guess = format::percent(1.0 / shown.classes.len().max(1) as f64)
        )
    }];
    if let Some(pinned) = scene.pinned_snapshot() {
        note.push(if pinned.test_accuracy.is_nan() {
            message!("chart-boundary-pinned-loss", loss = value(pinned.test_loss))
        } else {
            message!(
                "chart-boundary-pinned-accuracy",
                accuracy = accuracy(pinned)
            )
        });
    }
    note
}

/// The confusion matrix, or the number of samples with their loss.
pub fn table(scene: &Scene) -> Table {
    let empty = Table::new([message!("chart-boundary-column-true")]);
    let Some(snapshot) = &scene.shown else {
        return empty;
    };
    let shown = &snapshot.predictions;
    let classes = &snapshot.classes;
    if !classes.is_empty() && shown.confusion.len() == classes.len() * classes.len() {
        let mut table = empty;
        table.columns.extend(classes.iter().map(|name| {
            Value::from(message!(
                "chart-boundary-column-predicted",
                class = name.clone()
            ))
        }));
        let rows = shown.confusion.chunks_exact(classes.len());
        let row = |(name, row): (&String, &[f32])| {
            let counts = row.iter().map(|count| Value::from(*count));
            std::iter::once(Value::from(name.clone()))
                .chain(counts)
                .collect()
        };
        table.rows = classes.iter().zip(rows).map(row).collect();
        return table;
    }
    let mut table = Table::new([
        message!("chart-boundary-column-samples"),
        message!("chart-boundary-column-loss"),
    ]);
    if !shown.x.is_empty() {
        let samples = shown.x.len().into();
        table.rows.push(vec![samples, value(snapshot.test_loss)]);
    }
    table
}
