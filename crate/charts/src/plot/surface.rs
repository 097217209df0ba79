//! What charts draw on: a list of shapes, painted on a plotters backend at the end.
//!
//! Charts are not generic over the backend, so they are compiled once instead of once per backend, which
//! keeps the download small.

use crate::plot::text_width::text_width;
use crate::plot::theme::{FONT, Theme};
use gradient_flow_words::{Value, Words};
use plotters::coord::Shift;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendCoord, DrawingErrorKind};
use std::cell::RefCell;

/// A rectangle in pixels. As in DOM rectangles, right and bottom are the first pixels outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// Leftmost column.
    pub left: i32,
    /// Topmost row.
    pub top: i32,
    /// One past the rightmost column.
    pub right: i32,
    /// One past the lowest row.
    pub bottom: i32,
}

/// What lies further away than this is drawn here, in pixels. No picture is as large, and sums of a few such distances
/// stay far within an i32.
const FARTHEST: f64 = (1 << 20) as f64;

/// A distance in whole pixels; 0 for NaN.
fn whole(distance: f64) -> i32 {
    distance.round().clamp(-FARTHEST, FARTHEST) as i32
}

impl Rect {
    /// Its width.
    pub fn width(&self) -> i32 {
        self.right - self.left
    }

    /// Its height.
    pub fn height(&self) -> i32 {
        self.bottom - self.top
    }

    /// Whether a point is inside.
    pub fn contains(&self, (x, y): (f64, f64)) -> bool {
        let inside = |v: f64, low: i32, high: i32| v >= f64::from(low) && v < f64::from(high);
        inside(x, self.left, self.right) && inside(y, self.top, self.bottom)
    }

    /// The column at a fraction of the width.
    pub fn x(&self, fraction: f64) -> i32 {
        self.left + whole(fraction * f64::from(self.width()))
    }

    /// The row at a fraction of the height, measured from the bottom.
    pub fn y(&self, fraction: f64) -> i32 {
        self.bottom - whole(fraction * f64::from(self.height()))
    }

    /// Whether it shares pixels with another one.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// The fraction of the width at a column: the inverse of `x`.
    pub fn fraction_x(&self, x: f64) -> f64 {
        (x - f64::from(self.left)) / f64::from(self.width())
    }

    /// The fraction of the height at a row, measured from the bottom: the inverse of `y`.
    pub fn fraction_y(&self, y: f64) -> f64 {
        (f64::from(self.bottom) - y) / f64::from(self.height())
    }
}

/// The place within a text that is put on its point.
#[derive(Debug, Clone, Copy)]
pub enum Anchor {
    /// The middle of its left edge.
    Left,
    /// The middle of its right edge.
    Right,
    /// The middle of its top edge.
    Top,
}

/// Where a text is put: a point, and the place within the text that is put on it.
pub type Place = ((i32, i32), Anchor);

/// The pixels of a text, by the estimate of its width.
fn text_box(text: &str, ((x, y), anchor): Place, size: i32) -> Rect {
    let width = text_width(text, size);
    let (left, top) = match anchor {
        Anchor::Left => (x, y - size / 2),
        Anchor::Right => (x - width, y - size / 2),
        Anchor::Top => (x - width / 2, y),
    };
    Rect {
        left,
        top,
        right: left + width,
        bottom: top + size,
    }
}

impl Anchor {
    fn pos(self) -> Pos {
        match self {
            Anchor::Left => Pos::new(HPos::Left, VPos::Center),
            Anchor::Right => Pos::new(HPos::Right, VPos::Center),
            Anchor::Top => Pos::new(HPos::Center, VPos::Top),
        }
    }
}

/// The kind of plotters backend that the shapes are painted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackendKind {
    /// A canvas: heat maps are bitmaps.
    Canvas,
    /// An SVG document: heat maps are rectangles.
    Svg,
}

impl BackendKind {
    /// plotters' SVG backend divides a font size by 1.24; a canvas takes it as it is.
    fn font_scale(self) -> f64 {
        match self {
            BackendKind::Canvas => 1.0,
            BackendKind::Svg => 1.24,
        }
    }
}

enum Shape {
    Line(Vec<(i32, i32)>, RGBAColor, u32),
    Polygon(Vec<(i32, i32)>, RGBAColor),
    Rect(Rect, RGBAColor),
    Disc((i32, i32), i32, RGBAColor),
    Text(String, (i32, i32), Anchor, i32, RGBAColor),
    Bitmap(Bitmap),
}

/// A list of shapes, with a theme, a language and a size. Drawing takes `&self`, so that closures in a chart can draw.
pub struct Surface {
    shapes: RefCell<Vec<Shape>>,
    size: (i32, i32),
    /// The colours.
    pub theme: Theme,
    /// The language.
    pub words: Words,
    backend: BackendKind,
}

impl Surface {
    /// An empty surface of width x height pixels.
    pub fn new(size: (i32, i32), theme: &Theme, words: &Words, backend: BackendKind) -> Self {
        Surface {
            shapes: RefCell::default(),
            size,
            theme: *theme,
            words: words.clone(),
            backend,
        }
    }

    /// Paints all shapes on an area, in the order in which they were drawn.
    ///
    /// # Errors
    /// The backend's errors.
    pub fn paint<DB: DrawingBackend>(
        self,
        area: &DrawingArea<DB, Shift>,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        for shape in self.shapes.into_inner() {
            match shape {
                Shape::Line(points, color, width) => {
                    area.draw(&PathElement::new(points, color.stroke_width(width)))
                }
                Shape::Polygon(points, color) => area.draw(&Polygon::new(points, color.filled())),
                Shape::Rect(at, color) => {
                    let corners = [(at.left, at.top), (at.right, at.bottom)];
                    area.draw(&Rectangle::new(corners, color.filled()))
                }
                Shape::Disc(at, radius, color) => {
                    area.draw(&Circle::new(at, radius, color.filled()))
                }
                Shape::Text(text, at, anchor, size, color) => {
                    let size = f64::from(size) * self.backend.font_scale();
                    let font = FontDesc::new(FontFamily::Name(FONT), size, FontStyle::Normal);
                    let style = TextStyle::from(font).color(&color);
                    area.draw(&Text::new(text, at, style.pos(anchor.pos())))
                }
                Shape::Bitmap(bitmap) => area.draw(&bitmap),
            }?;
        }
        Ok(())
    }

    fn add(&self, shape: Shape) {
        self.shapes.borrow_mut().push(shape);
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (i32, i32) {
        self.size
    }

    /// The whole picture.
    pub fn whole(&self) -> Rect {
        Rect {
            left: 0,
            top: 0,
            right: self.size.0,
            bottom: self.size.1,
        }
    }

    /// A line through points.
    pub fn line(&self, points: Vec<(i32, i32)>, color: impl Color, width: u32) {
        if points.len() > 1 {
            self.add(Shape::Line(points, color.to_rgba(), width));
        }
    }

    /// A dashed line through points, one pixel wide.
    pub fn dashed_line(&self, points: &[(i32, i32)], color: impl Color) {
        const DASH: f64 = 5.0;
        let mut along = 0.0;
        for (from, to) in points.iter().zip(points.iter().skip(1)) {
            let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
            let length = libm::hypot(dx, dy);
            let at = |distance: f64| {
                let fraction = (distance / length).clamp(0.0, 1.0);
                (
                    from.0 + (fraction * dx).round() as i32,
                    from.1 + (fraction * dy).round() as i32,
                )
            };
            // Dashes start at even multiples of DASH along the whole line, not anew at each point.
            let mut start = -(along % (2.0 * DASH));
            while start < length {
                if start + DASH > 0.0 {
                    self.line(vec![at(start), at(start + DASH)], color.to_rgba(), 1);
                }
                start += 2.0 * DASH;
            }
            along += length;
        }
    }

    /// A dotted line through points.
    pub fn dotted_line(&self, points: &[(i32, i32)], color: impl Color) {
        const PITCH: f64 = 4.0;
        // The distance from `from` to the next dot.
        let mut next = 0.0;
        for (from, to) in points.iter().zip(points.iter().skip(1)) {
            let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
            let length = libm::hypot(dx, dy);
            while next < length {
                let at = (
                    from.0 + (next / length * dx).round() as i32,
                    from.1 + (next / length * dy).round() as i32,
                );
                self.fill_rect(
                    Rect {
                        left: at.0 - 1,
                        top: at.1 - 1,
                        right: at.0 + 1,
                        bottom: at.1 + 1,
                    },
                    color.to_rgba(),
                );
                next += PITCH;
            }
            next -= length;
        }
    }

    /// A filled polygon.
    pub fn polygon(&self, points: Vec<(i32, i32)>, color: impl Color) {
        self.add(Shape::Polygon(points, color.to_rgba()));
    }

    /// A filled rectangle.
    pub fn fill_rect(&self, area: Rect, color: impl Color) {
        if area.width() > 0 && area.height() > 0 {
            self.add(Shape::Rect(area, color.to_rgba()));
        }
    }

    /// A filled circle.
    pub fn disc(&self, at: (i32, i32), radius: i32, color: impl Color) {
        self.add(Shape::Disc(at, radius, color.to_rgba()));
    }

    /// How wide a text is.
    pub fn width(&self, text: &Value, size: i32) -> i32 {
        text_width(&self.words.value(text), size)
    }

    /// A text. One that is centered is moved to where all of it is in the picture.
    pub fn text(
        &self,
        text: impl Into<Value>,
        at: (i32, i32),
        anchor: Anchor,
        size: i32,
        color: impl Color,
    ) {
        self.add_text(
            self.words.value(&text.into()),
            (at, anchor),
            size,
            color.to_rgba(),
        );
    }

    fn add_text(&self, text: String, (at, anchor): Place, size: i32, color: RGBAColor) {
        let at = (self.x_inside(&text, at.0, anchor, size), at.1);
        self.add(Shape::Text(text, at, anchor, size, color));
    }

    /// A text at the first of these places where all of it is in the picture and no other text is. Returns where it is;
    /// None, and nothing is written, if there is no such place.
    pub fn text_where_free(
        &self,
        text: impl Into<Value>,
        places: &[Place],
        size: i32,
        color: impl Color,
    ) -> Option<Rect> {
        let text = self.words.value(&text.into());
        let (place, area) = self.free_place(&text, places, size)?;
        self.add_text(text, place, size, color.to_rgba());
        Some(area)
    }

    /// The same on a patch of the ground, so that it is legible over lines and hatching.
    pub fn text_on_patch(
        &self,
        text: impl Into<Value>,
        places: &[Place],
        size: i32,
        color: impl Color,
    ) {
        let text = self.words.value(&text.into());
        if let Some((place, area)) = self.free_place(&text, places, size) {
            let patch = Rect {
                left: area.left - 3,
                right: area.right + 3,
                top: area.top - 1,
                bottom: area.bottom + 1,
            };
            self.fill_rect(patch, self.theme.ground);
            self.add_text(text, place, size, color.to_rgba());
        }
    }

    /// A sentence in the middle of an area, in as many lines as it needs.
    pub fn sentence(&self, text: impl Into<Value>, area: Rect, size: i32, color: impl Color) {
        let text = self.words.value(&text.into());
        let mut lines = vec![String::new()];
        for word in text.split(' ') {
            let line = lines.last().map_or("", String::as_str);
            let longer = if line.is_empty() {
                word.into()
            } else {
                format!("{line} {word}")
            };
            if text_width(&longer, size) <= area.width() - 16 || line.is_empty() {
                lines.pop();
                lines.push(longer);
            } else {
                lines.push(word.into());
            }
        }
        let pitch = size + 4;
        let top = (area.top + area.bottom - lines.len() as i32 * pitch) / 2;
        for (row, line) in (0..).zip(lines) {
            let at = ((area.left + area.right) / 2, top + row * pitch);
            self.add_text(line, (at, Anchor::Top), size, color.to_rgba());
        }
    }

    /// The column for a text's anchor at `x`: moved, for a centered text that would leave the picture.
    fn x_inside(&self, text: &str, x: i32, anchor: Anchor, size: i32) -> i32 {
        if !matches!(anchor, Anchor::Top) {
            return x;
        }
        let half = (text_width(text, size) + 1) / 2;
        x.min(self.size.0 - half).max(half)
    }

    fn free_place(&self, text: &str, places: &[Place], size: i32) -> Option<(Place, Rect)> {
        let shapes = self.shapes.borrow();
        let boxed = places.iter().map(|(at, anchor)| {
            let at = (self.x_inside(text, at.0, *anchor, size), at.1);
            ((at, *anchor), text_box(text, (at, *anchor), size))
        });
        let is_free = |area: &Rect| {
            shapes.iter().all(|shape| match shape {
                Shape::Text(other, at, anchor, size, _) => {
                    !text_box(other, (*at, *anchor), *size).overlaps(area)
                }
                _ => true,
            })
        };
        let (width, height) = self.size;
        boxed.into_iter().find(|(_, area)| {
            let is_inside =
                area.left >= 0 && area.top >= 0 && area.right <= width && area.bottom <= height;
            is_inside && is_free(area)
        })
    }

    /// All texts, with where they are.
    #[cfg(test)]
    pub fn texts(&self) -> Vec<(String, Rect)> {
        let shapes = self.shapes.borrow();
        let texts = shapes.iter().filter_map(|shape| match shape {
            Shape::Text(text, at, anchor, size, _) => {
                Some((text.clone(), text_box(text, (*at, *anchor), *size)))
            }
            _ => None,
        });
        texts.collect()
    }

    /// A grid of coloured cells over an area, row 0 at the bottom. None leaves the ground.
    pub fn heat_map(
        &self,
        area: Rect,
        (columns, rows): (usize, usize),
        color: impl Fn(usize, usize) -> Option<RGBColor>,
    ) {
        if self.backend == BackendKind::Canvas {
            return self.heat_map_bitmap(area, (columns, rows), color);
        }
        let x = |column: usize| area.x(column as f64 / columns as f64);
        let y = |row: usize| area.y(row as f64 / rows as f64);
        for row in 0..rows {
            // Neighbours of one colour become one rectangle.
            let mut start = 0;
            for column in 1..=columns {
                let cell = color(start, row);
                if column < columns && color(column, row) == cell {
                    continue;
                }
                if let Some(cell) = cell {
                    let block = Rect {
                        left: x(start),
                        right: x(column),
                        top: y(row + 1),
                        bottom: y(row),
                    };
                    self.fill_rect(block, cell);
                }
                start = column;
            }
        }
    }

    fn heat_map_bitmap(
        &self,
        area: Rect,
        (columns, rows): (usize, usize),
        color: impl Fn(usize, usize) -> Option<RGBColor>,
    ) {
        let (width, height) = (area.width().max(0) as usize, area.height().max(0) as usize);
        if width * height == 0 {
            return;
        }
        let mut pixels = Vec::with_capacity(3 * width * height);
        let mut line = Vec::with_capacity(3 * width);
        let mut drawn_row = None;
        for y in 0..height {
            let row = (height - 1 - y) * rows / height;
            if drawn_row != Some(row) {
                line.clear();
                for x in 0..width {
                    let RGBColor(r, g, b) =
                        color(x * columns / width, row).unwrap_or(self.theme.ground);
                    line.extend([r, g, b]);
                }
                drawn_row = Some(row);
            }
            pixels.extend_from_slice(&line);
        }
        let size = (width as u32, height as u32);
        self.add(Shape::Bitmap(Bitmap {
            at: (area.left, area.top),
            size,
            pixels,
        }));
    }
}

/// An image of RGB pixels, row by row from the top.
struct Bitmap {
    at: (i32, i32),
    size: (u32, u32),
    pixels: Vec<u8>,
}

impl<'a> PointCollection<'a, (i32, i32)> for &'a Bitmap {
    type Point = &'a (i32, i32);
    type IntoIter = std::iter::Once<&'a (i32, i32)>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(&self.at)
    }
}

impl<DB: DrawingBackend> Drawable<DB> for Bitmap {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        mut points: I,
        backend: &mut DB,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
        points.next().map_or(Ok(()), |at| {
            backend.blit_bitmap(at, self.size, &self.pixels)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_is_too_far_away() {
        let plot = Rect {
            left: 46,
            top: 20,
            right: 16_384,
            bottom: 16_384,
        };
        assert_eq!((plot.x(0.5), plot.y(0.25)), (8215, 12_293));
        assert_eq!((plot.x(f64::NAN), plot.y(f64::NAN)), (46, 16_384));
        for far in [1e9, 1e300, f64::INFINITY] {
            for place in [plot.x(far), plot.x(-far), plot.y(far), plot.y(-far)] {
                assert!(
                    place.abs() > 1_000_000 && place.abs() < 1_100_000,
                    "{place}"
                );
            }
        }
    }
}
