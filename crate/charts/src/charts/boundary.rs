//! `boundary`: what the network makes of the data: a surface over the plane, or samples and confusions.

use crate::Table;
use crate::plot::axis::number;
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::{NORMAL, SMALL, mix};
use crate::scene::Scene;
use gradient_flow::Snapshot;
use gradient_flow::observe::snapshot::{IMAGE, Predictions};
use plotters::prelude::*;

/// What is seen, in words.
pub const TITLE: &str = "What the network predicts";
/// What am I looking at, in two sentences.
pub const HELP: &str = "With two features: the data in the plane (test samples with a ring) over the network's answer at every \
    place, and where the colours meet is its decision boundary. With more: how often each class is taken for \
    which, with some test samples and what the network says of them; with numbers to predict, the predicted \
    against the true.";

/// What the data allow to be shown.
enum View<'a> {
    Plane(&'a Predictions, usize),
    Classes(&'a Predictions, usize),
    Numbers(&'a Predictions),
}

/// The last look's predictions, if they were watched.
fn view(snapshot: &Snapshot) -> Option<View<'_>> {
    let (shown, classes) = (&snapshot.predictions, snapshot.classes.len());
    if !shown.surface.is_empty() && shown.extent.len() == 4 {
        Some(View::Plane(shown, classes))
    } else if shown.confusion.len() == classes * classes && classes > 0 {
        Some(View::Classes(shown, classes))
    } else if !shown.x.is_empty() {
        Some(View::Numbers(shown))
    } else {
        None
    }
}

/// A square in the middle.
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
        Some(View::Plane(shown, classes)) => plane(s, shown, classes),
        Some(View::Classes(shown, classes)) => confusion(s, snapshot, shown, classes),
        Some(View::Numbers(shown)) => numbers(s, shown),
        None => {
            let at = (s.size().0 / 2, s.size().1 / 2);
            let text = "not looked at in this step";
            s.text(text, at, Anchor::Below, NORMAL, s.theme.muted)
        }
    }
}

/// The colour of an answer: by class, or by number from -2 to 2 standard deviations.
fn color(s: &Surface, answer: f32, classes: usize) -> RGBColor {
    let answer = f64::from(answer);
    match classes {
        0 => s.theme.diverging(answer / 2.0),
        2 => s.theme.diverging(2.0 * answer - 1.0),
        n => s.theme.layer(answer / (n - 1).max(1) as f64),
    }
}

fn plane(s: &Surface, shown: &Predictions, classes: usize) {
    let area = square(s.size());
    let side = (shown.surface.len() as f64).sqrt() as usize;
    let ground = s.theme.ground;
    s.heat_map(area, (side, side), |column, row| {
        let answer = shown.surface[row * side + column];
        // Pale, so that the samples stand out.
        let pale = mix(ground, color(s, answer, classes), 0.55);
        answer.is_finite().then_some(pale)
    });
    let share = |v: f32, low: f32, high: f32| f64::from((v - low) / (high - low));
    let e = &shown.extent;
    for i in 0..shown.x.len() {
        let at = (
            area.x(share(shown.x[i], e[0], e[1])),
            area.y(share(shown.y[i], e[2], e[3])),
        );
        if shown.test[i] == 1.0 {
            s.disc(at, 4, s.theme.ink);
        }
        s.disc(at, 3, s.theme.ground);
        s.disc(at, 2, color(s, shown.label[i], classes));
    }
    let below = ((area.left + area.right) / 2, area.bottom + 6);
    let text = "first feature →, second feature ↑ (standardised)";
    s.text(text, below, Anchor::Below, SMALL, s.theme.muted)
}

/// The confusions' square and the samples' columns beside it.
fn parts(size: (i32, i32), shown: &Predictions) -> (Rect, Option<Rect>) {
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

/// Where sample `i` of `n` stands.
fn place(area: Rect, i: usize, n: usize) -> Rect {
    let columns = if area.width() > area.height() { 4 } else { 3 };
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

fn confusion(s: &Surface, snapshot: &Snapshot, shown: &Predictions, classes: usize) {
    let theme = s.theme;
    let (area, samples) = parts(s.size(), shown);
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
        s.text(&name, below, Anchor::Below, SMALL, theme.muted);
        let beside = (area.left - 5, area.y(1.0 - along));
        s.text(&name, beside, Anchor::Right, SMALL, theme.muted);
        for other in (0..classes).filter(|_| pitch >= 18) {
            let count = shown.confusion[class * classes + other];
            let share = count / row_sum(class).max(1.0);
            let at = (
                area.x((other as f64 + 0.5) / classes as f64),
                area.y(1.0 - along) - 6,
            );
            if count > 0.0 {
                let color = if share > 0.3 { theme.ground } else { theme.ink };
                s.text(&count.to_string(), at, Anchor::Below, SMALL, color);
            }
        }
    }
    let middle = (area.left + area.right) / 2;
    s.text(
        "predicted",
        (middle, area.bottom + 18),
        Anchor::Below,
        SMALL,
        theme.muted,
    );
    let above = (area.left, area.top - 10);
    s.text(
        "true class, test part",
        above,
        Anchor::Left,
        SMALL,
        theme.muted,
    );
    let Some(samples) = samples else {
        return;
    };
    let n = shown.image_label.len();
    let above = (samples.left, samples.top - 10);
    s.text(
        "test samples, as the network sees them",
        above,
        Anchor::Left,
        SMALL,
        theme.muted,
    );
    for i in 0..n {
        let area = place(samples, i, n);
        let pixels = &shown.images[i * IMAGE * IMAGE..][..IMAGE * IMAGE];
        let least = pixels.iter().copied().fold(f32::INFINITY, f32::min);
        let most = pixels.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        s.heat_map(area, (IMAGE, IMAGE), |column, from_bottom| {
            let value = pixels[(IMAGE - 1 - from_bottom) * IMAGE + column];
            let share = f64::from((value - least) / (most - least).max(f32::MIN_POSITIVE));
            Some(mix(theme.ground, theme.ink, (share * 32.0).round() / 32.0))
        });
        let right = shown.image_label[i] == shown.image_class[i];
        let class = short(&snapshot.classes[shown.image_class[i] as usize]);
        let text = format!("{class} {:.0} %", 100.0 * shown.image_confidence[i]);
        let below = ((area.left + area.right) / 2, area.bottom + 2);
        let color = if right { theme.a } else { theme.dw };
        let mark = if right { "" } else { "✗ " };
        s.text(&format!("{mark}{text}"), below, Anchor::Below, SMALL, color);
    }
}

/// The first letters of a class's name.
fn short(name: &str) -> String {
    name.chars().take(4).collect()
}

/// The range of numbers on both axes.
fn range(shown: &Predictions) -> (f64, f64) {
    let all = shown.x.iter().chain(&shown.y).filter(|v| v.is_finite());
    let most = all.fold(1.0, |most: f64, v| f64::from(v.abs()).max(most));
    let round = 2f64.powi(libm::log2(most).ceil() as i32);
    (-round, round)
}

fn numbers(s: &Surface, shown: &Predictions) {
    let area = square(s.size());
    let (low, high) = range(shown);
    let share = |v: f32| (f64::from(v) - low) / (high - low);
    s.dashes(
        &[(area.left, area.bottom), (area.right, area.top)],
        s.theme.muted,
    );
    for (x, y) in shown.x.iter().zip(&shown.y).filter(|(_, y)| y.is_finite()) {
        let at = (area.x(share(*x)), area.y(share(*y)));
        s.disc(at, 2, s.theme.dw);
    }
    let below = ((area.left + area.right) / 2, area.bottom + 6);
    let text = "true →, predicted ↑ (standardised)";
    s.text(text, below, Anchor::Below, SMALL, s.theme.muted)
}

/// The place, the confusion or the sample under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let snapshot = scene.shown.as_ref()?;
    let share = |area: Rect| {
        let x = (at.0 - f64::from(area.left)) / f64::from(area.width());
        let y = (f64::from(area.bottom) - at.1) / f64::from(area.height());
        area.contains(at).then_some((x, y))
    };
    let signed = |v: f64| {
        let sign = if v < 0.0 { "−" } else { "" };
        format!("{sign}{}", number(v.abs()))
    };
    match view(snapshot)? {
        View::Plane(shown, classes) => {
            let (x, y) = share(square(size))?;
            let side = (shown.surface.len() as f64).sqrt() as usize;
            let cell = |share: f64| ((share * side as f64) as usize).min(side - 1);
            let answer = f64::from(shown.surface[cell(y) * side + cell(x)]);
            let e = &shown.extent;
            let between = |share: f64, low: f32, high: f32| {
                signed(f64::from(low) + share * f64::from(high - low))
            };
            let said = match classes {
                0 => format!("predicted {}", signed(answer)),
                2 => {
                    let name = &snapshot.classes[1];
                    format!("{:.0} % for class {name}", 100.0 * answer)
                }
                _ => format!("class {}", snapshot.classes.get(answer as usize)?),
            };
            Some(format!(
                "({}, {}): {said}",
                between(x, e[0], e[1]),
                between(y, e[2], e[3])
            ))
        }
        View::Classes(shown, classes) => {
            let (area, samples) = parts(size, shown);
            if let Some((x, y)) = share(area) {
                let cell = |share: f64| ((share * classes as f64) as usize).min(classes - 1);
                let (row, column) = (classes - 1 - cell(y), cell(x));
                return Some(format!(
                    "{} test samples of class {} are taken for {}",
                    shown.confusion[row * classes + column],
                    snapshot.classes[row],
                    snapshot.classes[column]
                ));
            }
            let n = shown.image_label.len();
            let i = (0..n).find(|i| samples.is_some_and(|area| place(area, *i, n).contains(at)))?;
            Some(format!(
                "a {}, taken for {} with {:.1} %",
                snapshot.classes[shown.image_label[i] as usize],
                snapshot.classes[shown.image_class[i] as usize],
                100.0 * shown.image_confidence[i]
            ))
        }
        View::Numbers(shown) => {
            let (x, y) = share(square(size))?;
            let (low, high) = range(shown);
            let value = |share: f64| signed(low + share * (high - low));
            Some(format!("true {}, predicted {}", value(x), value(y)))
        }
    }
}

/// Layers have no place here.
pub fn layer_at(_: &Scene, _: (i32, i32), _: (f64, f64)) -> Option<usize> {
    None
}

/// How many are right, and where the pinned run stands.
pub fn note(scene: &Scene) -> String {
    let Some(shown) = &scene.shown else {
        return String::new();
    };
    let of = |snapshot: &Snapshot| {
        if snapshot.test_accuracy.is_nan() {
            format!("test loss {}", number(snapshot.test_loss))
        } else {
            format!(
                "{:.1} % of the test part right",
                100.0 * snapshot.test_accuracy
            )
        }
    };
    let mut text = format!("step {}: {}", shown.test_step, of(shown));
    if let Some(pinned) = scene.pinned_shown() {
        text += &format!(" · pinned run: {}", of(pinned));
    }
    text
}

/// The confusions, or the samples, in numbers.
pub fn table(scene: &Scene) -> Table {
    let empty = Table::new(&["true class"]);
    let Some(snapshot) = &scene.shown else {
        return empty;
    };
    let shown = &snapshot.predictions;
    let classes = &snapshot.classes;
    if !classes.is_empty() && shown.confusion.len() == classes.len() * classes.len() {
        let mut columns = vec!["true class".to_string()];
        columns.extend(classes.iter().map(|name| format!("taken for {name}")));
        let rows = shown.confusion.chunks_exact(classes.len());
        let row = |(name, row): (&String, &[f32])| {
            std::iter::once(name.clone())
                .chain(row.iter().map(f32::to_string))
                .collect()
        };
        return Table {
            columns,
            rows: classes.iter().zip(rows).map(row).collect(),
        };
    }
    let mut table = Table::new(&["samples", "test loss"]);
    if !shown.x.is_empty() {
        let samples = shown.x.len().to_string();
        table.rows.push(vec![samples, number(snapshot.test_loss)]);
    }
    table
}
