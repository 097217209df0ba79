//! `weights`: the selected layer's W, dW and update as images.

use crate::Table;
use crate::plot::axis::number;
use crate::plot::surface::{Anchor, Rect, Surface};
use crate::plot::theme::{NORMAL, SMALL};
use crate::scene::Scene;
use gradient_flow::Snapshot;
use gradient_flow::observe::snapshot::WeightImages;

/// What is seen, in words.
pub const TITLE: &str = "A layer's weights and gradient";
/// What am I looking at, in two sentences.
pub const HELP: &str = "The selected layer's W, its gradient dW and its last update as images: a row is an input, a column a \
    unit, blue is negative, orange positive, and the strongest colour is the largest value of each image. Of \
    a matrix larger than 64 x 64 each dot shows the element of largest size in its block.";

/// Names of the images, and the images.
fn images(images: &WeightImages) -> [(&'static str, &[f32]); 3] {
    [
        ("W", &images.w),
        ("dW", &images.dw),
        ("update", &images.update),
    ]
}

/// Rows and columns of the images; None where no layer was watched.
fn grid(snapshot: &Snapshot) -> Option<(usize, usize)> {
    let shape = &snapshot.weights.shape;
    let (rows, columns) = (*shape.get(1)? as usize, *shape.get(2)? as usize);
    (rows > 0 && columns > 0).then_some((rows, columns))
}

/// Where the three images lie: side by side, square dots, as large as there is room.
fn boxes((width, height): (i32, i32), (rows, columns): (usize, usize)) -> [Rect; 3] {
    let gap = 14;
    let (room_x, room_y) = ((width - 4 * gap) / 3, height - 56);
    let dot = (f64::from(room_x) / columns as f64).min(f64::from(room_y) / rows as f64);
    let size = (
        ((dot * columns as f64) as i32).max(1),
        ((dot * rows as f64) as i32).max(1),
    );
    [0, 1, 2].map(|i| {
        let left = gap + i * (room_x + gap) + (room_x - size.0) / 2;
        Rect {
            left,
            top: 26,
            right: left + size.0,
            bottom: 26 + size.1,
        }
    })
}

/// The largest size of an image's finite elements.
fn largest(image: &[f32]) -> f64 {
    let finite = image.iter().filter(|v| v.is_finite());
    finite.fold(0.0, |most, v| f64::from(v.abs()).max(most))
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let theme = s.theme;
    let shown = scene.shown.as_ref();
    let Some((snapshot, shape)) = shown.and_then(|snapshot| Some((snapshot, grid(snapshot)?)))
    else {
        let at = (s.size().0 / 2, s.size().1 / 2);
        let text = "not looked at in this step";
        return s.text(text, at, Anchor::Below, NORMAL, theme.muted);
    };
    let (rows, columns) = shape;
    for ((name, image), area) in images(&snapshot.weights)
        .into_iter()
        .zip(boxes(s.size(), shape))
    {
        let most = largest(image);
        s.heat_map(area, (columns, rows), |column, row| {
            // Row 0 of a heat map is at the bottom; the first input stands at the top.
            let value = f64::from(image[(rows - 1 - row) * columns + column]);
            Some(match value {
                v if !v.is_finite() => theme.ink,
                _ if most == 0.0 => theme.ground,
                v => theme.diverging(v / most),
            })
        });
        let outline = [
            (area.left, area.top),
            (area.right, area.top),
            (area.right, area.bottom),
            (area.left, area.bottom),
            (area.left, area.top),
        ];
        s.path(outline.to_vec(), theme.grid, 1);
        let middle = (area.left + area.right) / 2;
        s.text(
            name,
            (middle, area.top - 20),
            Anchor::Below,
            NORMAL,
            theme.ink,
        );
        let range = format!("largest {}", number(most));
        s.text(
            &range,
            (middle, area.bottom + 6),
            Anchor::Below,
            SMALL,
            theme.muted,
        );
    }
}

/// The element under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let snapshot = scene.shown.as_ref()?;
    let (rows, columns) = grid(snapshot)?;
    let shape = &snapshot.weights.shape;
    for ((name, image), area) in images(&snapshot.weights)
        .into_iter()
        .zip(boxes(size, (rows, columns)))
    {
        if area.contains(at) {
            let share = |x: f64, low: i32, length: i32| (x - f64::from(low)) / f64::from(length);
            let row = (share(at.1, area.top, area.height()) * rows as f64) as usize;
            let column = (share(at.0, area.left, area.width()) * columns as f64) as usize;
            let value = *image.get(row * columns + column)?;
            let sign = if value < 0.0 { "−" } else { "" };
            let element = |dot: usize, dots: usize, n: usize| match n == dots {
                true => format!("{}", dot + 1),
                false => format!("{}–{}", dot * n / dots + 1, (dot + 1) * n / dots),
            };
            return Some(format!(
                "{name}, input {}, unit {}: {sign}{}",
                element(row, rows, shape[3] as usize),
                element(column, columns, shape[4] as usize),
                number(value.abs().into())
            ));
        }
    }
    None
}

/// One layer only is shown here.
pub fn layer_at(_: &Scene, _: (i32, i32), _: (f64, f64)) -> Option<usize> {
    None
}

/// Which layer, and how to choose another.
pub fn note(scene: &Scene) -> String {
    let shown = scene.shown.as_ref().filter(|s| grid(s).is_some());
    shown.map_or(String::new(), |snapshot| {
        let shape = &snapshot.weights.shape;
        let layer = scene.layers().name(shape[0] as usize);
        let how = if scene.selected.is_some() {
            ""
        } else {
            " · click a layer in another chart to see it here"
        };
        format!(
            "layer {layer}: {} inputs, {} units{how}",
            shape[3], shape[4]
        )
    })
}

/// The images in numbers: their sizes.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new(&["tensor", "layer", "inputs", "units", "largest", "RMS"]);
    let Some(snapshot) = scene.shown.as_ref().filter(|s| grid(s).is_some()) else {
        return table;
    };
    let shape = &snapshot.weights.shape;
    let layer = shape[0] as usize;
    let layers = &snapshot.layers;
    let rms = [&layers.w_rms, &layers.dw_rms, &layers.update_rms];
    for ((name, image), rms) in images(&snapshot.weights).into_iter().zip(rms) {
        table.rows.push(vec![
            name.into(),
            scene.layers().name(layer),
            shape[3].to_string(),
            shape[4].to_string(),
            number(largest(image)),
            rms.get(layer)
                .map_or(String::new(), |v| number((*v).into())),
        ]);
    }
    table
}
