//! Some test samples as pictures, with the network's answers under them.

use crate::charts::boundary::confusion::short;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{SMALL, mix};
use gradient_flow::numeric::format::percent_label;
use gradient_flow::observe::snapshot::{IMAGE, Predictions};

/// Height of an answer under its picture.
const ANSWER: i32 = SMALL + 4;

/// Pictures in rows.
#[derive(Clone, Copy)]
pub struct Grid {
    area: Rect,
    columns: i32,
    /// The side of a picture.
    side: i32,
}

impl Grid {
    /// The rows in which `n` pictures are largest.
    pub fn new(area: Rect, n: usize) -> Self {
        let mut best = Grid {
            area,
            columns: 1,
            side: 0,
        };
        for columns in 1..=n.max(1) as i32 {
            let rows = (n as i32 + columns - 1) / columns;
            let side = (area.width() / columns - 4).min(area.height() / rows.max(1) - ANSWER);
            if side > best.side {
                (best.columns, best.side) = (columns, side);
            }
        }
        best
    }

    /// The area of a picture.
    pub fn picture(&self, i: usize) -> Rect {
        let (i, pitch) = (i as i32, self.area.width() / self.columns);
        let left = self.area.left + i % self.columns * pitch + (pitch - self.side) / 2;
        let top = self.area.top + i / self.columns * (self.side + ANSWER);
        Rect {
            left,
            top,
            right: left + self.side,
            bottom: top + self.side,
        }
    }
}

/// The picture of a sample: from its own lowest value, in the ground's colour, to its highest, in ink.
pub fn picture(s: &Surface, area: Rect, shown: &Predictions, i: usize) {
    let pixels = &shown.images[i * IMAGE * IMAGE..][..IMAGE * IMAGE];
    let (mut low, mut high) = (f32::INFINITY, f32::NEG_INFINITY);
    for pixel in pixels {
        (low, high) = (pixel.min(low), pixel.max(high));
    }
    s.heat_map(area, (IMAGE, IMAGE), |column, from_bottom| {
        let value = pixels[(IMAGE - 1 - from_bottom) * IMAGE + column];
        let level = f64::from((value - low) / (high - low).max(f32::MIN_POSITIVE));
        Some(mix(
            s.theme.ground,
            s.theme.ink,
            (level * 32.0).round() / 32.0,
        ))
    });
}

/// Whether the network's answer for a sample is its class.
pub fn is_right(shown: &Predictions, i: usize) -> bool {
    shown.image_label[i] == shown.image_class[i]
}

/// The pictures of all samples, with the answers under them, and how sure the network is where there is room. A wrong
/// answer has a cross, so that it is not told from a right one by colour alone.
pub fn draw(s: &Surface, area: Rect, shown: &Predictions, names: &[String]) {
    let grid = Grid::new(area, shown.image_label.len());
    if grid.side < 8 {
        return;
    }
    // All bitmaps one after another: a canvas takes them at once.
    for i in 0..shown.image_label.len() {
        picture(s, grid.picture(i), shown, i);
    }
    for i in 0..shown.image_label.len() {
        let area = grid.picture(i);
        let class = short(&names[shown.image_class[i] as usize]);
        let (class, color) = if is_right(shown, i) {
            (class, s.theme.ink)
        } else {
            (format!("✗ {class}"), s.theme.wrong)
        };
        let below = [(((area.left + area.right) / 2, area.bottom + 2), Anchor::Top)];
        let confidence = 100.0 * shown.image_confidence[i];
        let long = format!("{class} {}", percent_label(confidence.into(), 0));
        let room = grid.area.width() / grid.columns - 6;
        let has_room = confidence.is_finite() && s.width(&long.clone().into(), SMALL) <= room;
        let text = if has_room { long } else { class };
        s.text_where_free(text, &below, SMALL, color);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(width: i32, height: i32, n: usize) -> Grid {
        let area = Rect {
            left: 0,
            top: 0,
            right: width,
            bottom: height,
        };
        Grid::new(area, n)
    }

    #[test]
    fn pictures_stand_in_the_rows_in_which_they_are_largest() {
        for (width, height, columns) in [(320, 44, 12), (160, 88, 6), (200, 200, 4), (60, 400, 2)] {
            let grid = grid(width, height, 12);
            assert_eq!(grid.columns, columns, "{width} x {height}");
            for i in 0..12 {
                let at = grid.picture(i);
                assert!(at.right <= width && at.bottom + ANSWER <= height, "{at:?}");
                assert!((0..i).all(|other| !grid.picture(other).overlaps(&at)));
            }
        }
        assert_eq!(grid(40, 10, 12).side, 0, "no room");
        assert_eq!(grid(100, 100, 0).columns, 1, "no samples");
    }
}
