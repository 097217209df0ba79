//! The network as a strip under the layers: what goes in, a cell per layer in the colour of its dW, what comes out. Data
//! go to the right, the gradient to the left.

use crate::charts::boundary::{View, confusion::short, plane, samples, view};
use crate::plot::layer_axis::LayerAxis;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{NORMAL, SMALL};
use crate::scene::Scene;
use gradient_flow::Snapshot;
use gradient_flow_words::{Value, message};
use plotters::prelude::*;

/// Width and height of a chart from which on there is room for the strip.
const ROOM: (i32, i32) = (420, 230);
/// Height of the cells.
const CELLS: i32 = 16;
/// Height of a row with an arrow.
const ARROW: i32 = SMALL + 4;
/// Height of the row of layer numbers.
const NUMBERS: i32 = SMALL + 4;
/// The side of a picture beside the cells.
const PICTURE: i32 = 28;

/// The plot of a chart with room for the strip, and the cells under it. None where there is no room.
pub fn split(size: (i32, i32), plot: Rect) -> Option<(Rect, Rect)> {
    if size.0 < ROOM.0 || size.1 < ROOM.1 {
        return None;
    }
    let bottom = size.1 - ARROW - NUMBERS - 3;
    let cells = Rect {
        top: bottom - CELLS,
        bottom,
        ..plot
    };
    let plot = Rect {
        bottom: cells.top - ARROW - 2,
        ..plot
    };
    Some((plot, cells))
}

/// Draws the strip. `dw` is the RMS of dW per layer as it is drawn in the plot.
pub fn draw(scene: &Scene, s: &Surface, (plot, cells): (Rect, Rect), dw: &[f32]) {
    let Some(snapshot) = &scene.shown else {
        return;
    };
    for (layer, value) in dw.iter().enumerate() {
        draw_cell(scene, s, cells, layer, *value);
    }
    LayerAxis::for_scene(scene).draw_numbers(s, cells);
    let title = Value::from(message!("chart-axis-layer"));
    let right = (cells.left - 6).max(s.width(&title, SMALL) + 1);
    let beside_numbers = cells.bottom + 6 + SMALL / 2;
    let below = cells.bottom + NUMBERS + ARROW / 2;
    let places = [beside_numbers, below].map(|row| ((right, row), Anchor::Right));
    s.text_where_free(title, &places, SMALL, s.theme.muted);
    let has_pictures = draw_ends(s, cells, snapshot, scene.is_hidden());
    let word = |text: Value, shown: bool| if shown { text } else { Value::default() };
    let data = word(message!("chart-strip-data").into(), has_pictures);
    draw_arrow(s, cells, cells.top - ARROW / 2 - 1, data, true);
    let gradient = message!("chart-strip-gradient").into();
    draw_arrow(s, cells, below, gradient, false);
    // The plot's axis is the key to the colours.
    let key = Rect {
        left: plot.left - 4,
        right: plot.left,
        ..plot
    };
    s.heat_map(key, (1, 64), |_, shade| {
        Some(s.theme.heat((shade as f64 + 0.5) / 64.0))
    });
}

fn draw_cell(scene: &Scene, s: &Surface, cells: Rect, layer: usize, value: f32) {
    let (layers, theme) = (LayerAxis::for_scene(scene), s.theme);
    let band = layers.bands(cells, layer..layer + 1);
    let gap = i32::from(band.width() > 4);
    let cell = Rect {
        left: band.left + gap,
        right: band.right - gap,
        ..band
    };
    let middle = (cell.top + cell.bottom) / 2;
    if layer < scene.hidden_layers() {
        // Only its edges.
    } else if scene.nonfinite_layers.contains(&layer) || !value.is_finite() {
        s.fill_rect(cell, theme.wrong.mix(0.14));
        for x in (cell.left..cell.right).step_by(6) {
            let right = (x + CELLS).min(cell.right);
            let stroke = vec![(x, cell.bottom), (right, cell.bottom - (right - x))];
            s.line(stroke, theme.wrong.mix(0.5), 1);
        }
    } else if value == 0.0 {
        let dash = (cell.width() / 4).clamp(1, 5);
        let center = (cell.left + cell.right) / 2;
        s.line(
            vec![(center - dash, middle), (center + dash, middle)],
            theme.muted,
            1,
        );
    } else {
        s.fill_rect(cell, theme.heat(scene.signal_axis().position(value.into())));
    }
    let selected = scene.selected == Some(layer);
    if selected {
        s.outline(cell, theme.ink, 2);
    } else if gap > 0 {
        s.outline(cell, theme.muted.mix(0.6), 1);
    }
}

/// What goes in at the left, and what comes out at the right: pictures if the data have any and nothing is hidden,
/// otherwise words.
fn draw_ends(s: &Surface, cells: Rect, snapshot: &Snapshot, is_hidden: bool) -> bool {
    let theme = s.theme;
    let middle = (cells.top + cells.bottom) / 2;
    let picture = |left: i32| Rect {
        left,
        top: middle - PICTURE / 2,
        right: left + PICTURE,
        bottom: middle + PICTURE / 2,
    };
    let input = picture(cells.left - 8 - PICTURE);
    let output = (cells.right + 8, middle);
    match view(snapshot).filter(|_| !is_hidden) {
        Some(View::Plane(shown, classes)) => {
            plane::points(s, input, shown, classes, 1);
            s.outline(input, theme.grid, 1);
            let output = picture(output.0);
            plane::surface(s, output, shown, classes, 1.0);
            s.outline(output, theme.grid, 1);
            true
        }
        Some(View::Confusion(shown, _)) if !shown.images.is_empty() => {
            samples::picture(s, input, shown, 0);
            let class = short(&snapshot.classes[shown.image_class[0] as usize]);
            if samples::is_right(shown, 0) {
                s.text(class, output, Anchor::Left, NORMAL, theme.ink);
            } else {
                s.text(
                    format!("✗ {class}"),
                    output,
                    Anchor::Left,
                    NORMAL,
                    theme.wrong,
                );
            }
            true
        }
        _ => {
            let before = (cells.left - 6, middle);
            s.text(
                message!("chart-strip-data"),
                before,
                Anchor::Right,
                SMALL,
                theme.muted,
            );
            s.text(
                message!("chart-axis-loss"),
                output,
                Anchor::Left,
                SMALL,
                theme.muted,
            );
            false
        }
    }
}

/// An arrow along the cells, with its name at the end where it begins.
fn draw_arrow(s: &Surface, cells: Rect, y: i32, name: Value, to_right: bool) {
    let color = s.theme.muted;
    let name_width = match s.width(&name, SMALL) {
        0 => 0,
        width => width + 6,
    };
    let (start, tip, back) = if to_right {
        (cells.left, cells.right, -4)
    } else {
        (cells.right, cells.left + 4, 4)
    };
    let anchor = if to_right {
        Anchor::Left
    } else {
        Anchor::Right
    };
    s.text(name, (start, y), anchor, SMALL, color);
    let start = if to_right {
        start + name_width
    } else {
        start - name_width
    };
    s.line(vec![(start, y), (tip, y)], color.mix(0.7), 1);
    let head = vec![(tip + back, y - 3), (tip, y), (tip + back, y + 3)];
    s.line(head, color, 1);
}
