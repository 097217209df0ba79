//! `boundary`: what the network predicts: a decision surface, a confusion matrix with samples, or a regression.

use crate::charts::Need;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{NORMAL, SMALL, mix};
use crate::scene::Scene;
use crate::text::{Table, missing, percent, signed, value};
use gradient_flow::Snapshot;
use gradient_flow::numeric::format::{self, percent_label};
use gradient_flow::observe::snapshot::{IMAGE, Predictions};
use gradient_flow_words::{Message, Value, message};
use plotters::prelude::*;

/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[Need::Predictions];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = false;

/// What can be shown of the data; with the number of classes, which is 0 for regression.
enum View<'a> {
    /// Data of two features.
    Plane(&'a Predictions, usize),
    /// Classification.
    Confusion(&'a Predictions, usize),
    /// Regression.
    Regression(&'a Predictions),
}

/// The predictions of the last evaluation, if they were requested.
fn view(snapshot: &Snapshot) -> Option<View<'_>> {
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

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let Some(snapshot) = &scene.shown else {
        return;
    };
    match view(snapshot) {
        Some(View::Plane(shown, classes)) => draw_plane(s, shown, classes),
        Some(View::Confusion(shown, classes)) => draw_confusion(s, snapshot, shown, classes),
        Some(View::Regression(shown)) => draw_regression(s, shown),
        None => {
            let text = missing(scene, |snapshot| view(snapshot).is_some());
            s.sentence(text, s.whole(), NORMAL, s.theme.muted)
        }
    }
}

/// The colour of a prediction: by class, or for regression from -2 to 2 standard deviations.
fn color(s: &Surface, prediction: f32, classes: usize) -> RGBColor {
    let prediction = f64::from(prediction);
    match classes {
        0 => s.theme.diverging(prediction / 2.0),
        2 => s.theme.diverging(2.0 * prediction - 1.0),
        n => s.theme.layer(prediction / (n - 1).max(1) as f64),
    }
}

fn draw_plane(s: &Surface, shown: &Predictions, classes: usize) {
    let area = square(s.size());
    let side = (shown.surface.len() as f64).sqrt() as usize;
    let ground = s.theme.ground;
    s.heat_map(area, (side, side), |column, row| {
        let prediction = shown.surface[row * side + column];
        // Pale, so that the samples stand out.
        let pale = mix(ground, color(s, prediction, classes), 0.55);
        prediction.is_finite().then_some(pale)
    });
    let position = |v: f32, low: f32, high: f32| f64::from((v - low) / (high - low));
    let e = &shown.extent;
    for i in 0..shown.x.len() {
        let at = (
            area.x(position(shown.x[i], e[0], e[1])),
            area.y(position(shown.y[i], e[2], e[3])),
        );
        if shown.test[i] == 1.0 {
            s.disc(at, 4, s.theme.ink);
        }
        s.disc(at, 3, s.theme.ground);
        s.disc(at, 2, color(s, shown.label[i], classes));
    }
    let below = ((area.left + area.right) / 2, area.bottom + 6);
    let text = message!("chart-boundary-axes");
    s.text(text, below, Anchor::Top, SMALL, s.theme.muted)
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

/// How many samples are side by side.
fn sample_columns(area: Rect) -> usize {
    if area.width() > area.height() { 4 } else { 3 }
}

/// The area of sample `i` of `n`.
fn sample_area(area: Rect, i: usize, n: usize) -> Rect {
    let columns = sample_columns(area);
    let rows = n.div_ceil(columns).max(1);
    let pitch = (area.width() / columns as i32, area.height() / rows as i32);
    let side = (pitch.0 - 8).min(pitch.1 - 20).max(8);
    let left = area.left + (i % columns) as i32 * pitch.0 + (pitch.0 - side) / 2;
    let top = area.top + (i / columns) as i32 * pitch.1;
    Rect {
        left,
        top,
        right: left + side,
        bottom: top + side,
    }
}

/// The confusion matrix, a row per true class, and samples beside it.
fn draw_confusion(s: &Surface, snapshot: &Snapshot, shown: &Predictions, classes: usize) {
    let theme = s.theme;
    let (area, samples) = confusion_areas(s.size(), shown);
    let row_sum = |row: usize| {
        shown.confusion[row * classes..][..classes]
            .iter()
            .sum::<f32>()
    };
    s.heat_map(area, (classes, classes), |column, from_bottom| {
        let row = classes - 1 - from_bottom;
        let share = shown.confusion[row * classes + column] / row_sum(row).max(1.0);
        Some(theme.heat(f64::from(share).sqrt()))
    });
    let pitch = area.width() / classes as i32;
    for class in 0..classes {
        let name = short(&snapshot.classes[class]);
        let along = (class as f64 + 0.5) / classes as f64;
        let below = (area.x(along), area.bottom + 4);
        s.text_where_free(name.clone(), &[(below, Anchor::Top)], SMALL, theme.muted);
        let beside = (area.left - 5, area.y(1.0 - along));
        s.text_where_free(name, &[(beside, Anchor::Right)], SMALL, theme.muted);
        for other in (0..classes).filter(|_| pitch >= 18) {
            let count = shown.confusion[class * classes + other];
            let share = count / row_sum(class).max(1.0);
            let at = (
                area.x((other as f64 + 0.5) / classes as f64),
                area.y(1.0 - along) - 6,
            );
            if count > 0.0 {
                let color = if share > 0.3 { theme.ground } else { theme.ink };
                s.text_where_free(count, &[(at, Anchor::Top)], SMALL, color);
            }
        }
    }
    let middle = (area.left + area.right) / 2;
    let below = (middle, area.bottom + 18);
    let predicted = message!("chart-boundary-predicted");
    s.text(predicted, below, Anchor::Top, SMALL, theme.muted);
    let above = (area.left, area.top - 10);
    let title = message!("chart-boundary-true");
    s.text(title, above, Anchor::Left, SMALL, theme.muted);
    let Some(samples) = samples else {
        return;
    };
    let n = shown.image_label.len();
    let columns = sample_columns(samples) as i32;
    let above = (samples.left, samples.top - 10);
    let title = message!("chart-boundary-samples");
    s.text_where_free(title, &[(above, Anchor::Left)], SMALL, theme.muted);
    for i in 0..n {
        let area = sample_area(samples, i, n);
        let pixels = &shown.images[i * IMAGE * IMAGE..][..IMAGE * IMAGE];
        let low = pixels.iter().copied().fold(f32::INFINITY, f32::min);
        let high = pixels.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        s.heat_map(area, (IMAGE, IMAGE), |column, from_bottom| {
            let value = pixels[(IMAGE - 1 - from_bottom) * IMAGE + column];
            let level = f64::from((value - low) / (high - low).max(f32::MIN_POSITIVE));
            Some(mix(theme.ground, theme.ink, (level * 32.0).round() / 32.0))
        });
        let correct = shown.image_label[i] == shown.image_class[i];
        let class = short(&snapshot.classes[shown.image_class[i] as usize]);
        let class = if correct {
            class
        } else {
            format!("✗ {class}")
        };
        let confidence = 100.0 * shown.image_confidence[i];
        let below = [((area.left + area.right) / 2, area.bottom + 2)].map(|at| (at, Anchor::Top));
        let color = if correct { theme.a } else { theme.dw };
        let long = format!("{class} {}", percent_label(confidence.into(), 0));
        let has_room = s.width(&long.clone().into(), SMALL) <= samples.width() / columns - 2;
        let text = if confidence.is_finite() && has_room {
            long
        } else {
            class
        };
        s.text_where_free(text, &below, SMALL, color);
    }
}

/// The first letters of a class's name, as much as fits under a column.
fn short(name: &str) -> String {
    name.chars().take(4).collect()
}

/// The range of both axes of the regression: a power of two, so that it rarely changes.
fn regression_range(shown: &Predictions) -> (f64, f64) {
    let all = shown.x.iter().chain(&shown.y).filter(|v| v.is_finite());
    let largest = all.fold(1.0, |largest: f64, v| f64::from(v.abs()).max(largest));
    let round = 2f64.powi(libm::log2(largest).ceil() as i32);
    (-round, round)
}

fn draw_regression(s: &Surface, shown: &Predictions) {
    let area = square(s.size());
    let (low, high) = regression_range(shown);
    let position = |v: f32| (f64::from(v) - low) / (high - low);
    s.dashed_line(
        &[(area.left, area.bottom), (area.right, area.top)],
        s.theme.muted,
    );
    for (x, y) in shown.x.iter().zip(&shown.y).filter(|(_, y)| y.is_finite()) {
        let at = (area.x(position(*x)), area.y(position(*y)));
        s.disc(at, 2, s.theme.dw);
    }
    let below = ((area.left + area.right) / 2, area.bottom + 6);
    let text = message!("chart-boundary-axes-regression");
    s.text(text, below, Anchor::Top, SMALL, s.theme.muted)
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
            let side = (shown.surface.len() as f64).sqrt() as usize;
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
            let i = (0..n)
                .find(|i| samples.is_some_and(|area| sample_area(area, *i, n).contains(at)))?;
            Some(message!(
                "chart-boundary-readout-sample",
                true = snapshot.classes[shown.image_label[i] as usize].clone(),
                predicted = snapshot.classes[shown.image_class[i] as usize].clone(),
                confidence = percent(shown.image_confidence[i])
            ))
        }
        View::Regression(shown) => {
            let (x, y) = position(square(size))?;
            let (low, high) = regression_range(shown);
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
