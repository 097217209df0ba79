//! `weights`: the selected layer's W, dW and update as images.

use crate::charts::Need;
use crate::plot::colorbar;
use crate::plot::layer_axis::LayerAxis;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{NORMAL, SMALL};
use crate::scene::Scene;
use crate::text::{Table, layer_value, missing, signed};
use gradient_flow::Snapshot;
use gradient_flow::numeric::format::{Number, label};
use gradient_flow::observe::snapshot::WeightImages;
use gradient_flow_words::{Message, Value, message};

/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[Need::Weights];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = false;

/// The images, with their names.
fn images(images: &WeightImages) -> [(Value, &[f32]); 3] {
    [
        ("W".into(), &images.w),
        ("dW".into(), &images.dw),
        (message!("chart-weights-update").into(), &images.update),
    ]
}

/// Rows and columns of the images; None if no layer's weights were requested.
fn dimensions(snapshot: &Snapshot) -> Option<(usize, usize)> {
    let shape = &snapshot.weights.shape;
    let (rows, columns) = (*shape.get(1)? as usize, *shape.get(2)? as usize);
    (rows > 0 && columns > 0).then_some((rows, columns))
}

/// Where the three images lie: side by side, as large as fits, with square pixels.
fn areas((width, height): (i32, i32), (rows, columns): (usize, usize)) -> [Rect; 3] {
    let gap = 14;
    let (room_x, room_y) = ((width - 4 * gap) / 3, height - 60);
    let pixel = (f64::from(room_x) / columns as f64).min(f64::from(room_y) / rows as f64);
    let size = (
        ((pixel * columns as f64) as i32).max(1),
        ((pixel * rows as f64) as i32).max(1),
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

/// The largest absolute value among an image's finite elements.
fn largest(image: &[f32]) -> f64 {
    let finite = image.iter().filter(|v| v.is_finite());
    finite.fold(0.0, |largest, v| f64::from(v.abs()).max(largest))
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let theme = s.theme;
    let shown = scene.shown.as_ref();
    let Some((snapshot, shape)) =
        shown.and_then(|snapshot| Some((snapshot, dimensions(snapshot)?)))
    else {
        let text = missing(scene, |snapshot| dimensions(snapshot).is_some());
        return s.sentence(text, s.whole(), NORMAL, theme.muted);
    };
    let (rows, columns) = shape;
    for ((name, image), area) in images(&snapshot.weights)
        .into_iter()
        .zip(areas(s.size(), shape))
    {
        let largest = largest(image);
        s.heat_map(area, (columns, rows), |column, row| {
            // Row 0 of a heat map is at the bottom; the first input is at the top.
            let value = f64::from(image[(rows - 1 - row) * columns + column]);
            Some(match value {
                v if !v.is_finite() => theme.ink,
                _ if largest == 0.0 => theme.ground,
                v => theme.diverging(v / largest),
            })
        });
        s.outline(area, theme.grid, 1);
        let middle = (area.left + area.right) / 2;
        s.text(
            name,
            (middle, area.top - 20),
            Anchor::Top,
            NORMAL,
            theme.ink,
        );
        let range = message!("chart-weights-largest", value = label(largest));
        let below = (middle, area.bottom + 6);
        s.text(range, below, Anchor::Top, SMALL, theme.muted);
        let signs = [Number::new("−").into(), Number::new("+").into()];
        let row = (middle, area.bottom + 25);
        colorbar::draw_centered(s, row, signs, &|position| {
            theme.diverging(2.0 * position - 1.0)
        });
    }
}

/// The element under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
    let snapshot = scene.shown.as_ref()?;
    let (rows, columns) = dimensions(snapshot)?;
    let shape = &snapshot.weights.shape;
    for ((name, image), area) in images(&snapshot.weights)
        .into_iter()
        .zip(areas(size, (rows, columns)))
    {
        if area.contains(at) {
            let down = (at.1 - f64::from(area.top)) / f64::from(area.height());
            let row = (down * rows as f64) as usize;
            let column = (area.fraction_x(at.0) * columns as f64) as usize;
            let value = *image.get(row * columns + column)?;
            // Of a large matrix a pixel stands for a block of elements.
            let elements = |pixel: usize, pixels: usize, n: usize| match n == pixels {
                true => Value::from(pixel + 1),
                false => format!("{}–{}", pixel * n / pixels + 1, (pixel + 1) * n / pixels).into(),
            };
            return Some(message!(
                "chart-weights-readout",
                image = name,
                input = elements(row, rows, shape[3] as usize),
                unit = elements(column, columns, shape[4] as usize),
                value = signed(value.into())
            ));
        }
    }
    None
}

/// This chart shows one layer only.
pub fn layer_at(_: &Scene, _: (i32, i32), _: (f64, f64)) -> Option<usize> {
    None
}

/// Which layer is shown, and how to choose another.
pub fn note(scene: &Scene) -> Vec<Message> {
    let shown = scene.shown.as_ref().filter(|s| dimensions(s).is_some());
    let Some(snapshot) = shown else {
        return Vec::new();
    };
    let shape = &snapshot.weights.shape;
    let mut note = vec![message!(
        "chart-weights-shape",
        layer = LayerAxis::for_scene(scene).name(shape[0] as usize),
        inputs = shape[3],
        units = shape[4]
    )];
    if scene.selected.is_none() {
        note.push(message!("chart-weights-choose"));
    }
    note
}

/// The sizes of the tensors, and of their elements.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new([
        message!("chart-weights-column-tensor"),
        message!("chart-column-layer"),
        message!("chart-weights-column-inputs"),
        message!("chart-weights-column-units"),
        message!("chart-weights-column-largest"),
        message!("chart-weights-column-rms"),
    ]);
    let Some(snapshot) = scene.shown.as_ref().filter(|s| dimensions(s).is_some()) else {
        return table;
    };
    let shape = &snapshot.weights.shape;
    let layer = shape[0] as usize;
    let layers = &snapshot.layers;
    let rms = [&layers.w_rms, &layers.dw_rms, &layers.update_rms];
    for ((name, image), rms) in images(&snapshot.weights).into_iter().zip(rms) {
        table.rows.push(vec![
            name,
            LayerAxis::for_scene(scene).cell(layer),
            shape[3].into(),
            shape[4].into(),
            label(largest(image)).into(),
            layer_value(rms, layer),
        ]);
    }
    table
}
