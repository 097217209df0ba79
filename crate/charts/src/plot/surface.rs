//! What charts draw on: a list of shapes, painted on a plotters backend at the end.
//!
//! Charts are not generic over the backend, so they are compiled once instead of once per backend, which
//! keeps the download small.

use crate::plot::rect::Rect;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{FONT, Theme};
use gradient_flow_words::Words;
use plotters::coord::Shift;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::*;
use plotters_backend::{BackendCoord, DrawingErrorKind};
use std::cell::RefCell;

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

/// Something drawn.
#[derive(PartialEq)]
pub(super) enum Shape {
    Line(Vec<(i32, i32)>, RGBAColor, u32),
    Polygon(Vec<(i32, i32)>, RGBAColor),
    Rect(Rect, RGBAColor),
    Disc((i32, i32), i32, RGBAColor),
    Text(String, (i32, i32), Anchor, i32, RGBAColor),
    Bitmap(Bitmap),
}

/// The points, colour and width of a line.
#[cfg(test)]
pub type DrawnLine = (Vec<(i32, i32)>, RGBAColor, u32);

/// A list of shapes, with a theme, a language and a size. Drawing takes `&self`, so that closures in a chart can draw.
pub struct Surface {
    pub(super) shapes: RefCell<Vec<Shape>>,
    pub(super) size: (i32, i32),
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

    /// Paints the ground and all shapes on an area, in the order in which they were drawn.
    ///
    /// # Errors
    /// The backend's errors.
    pub fn paint<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        area.fill(&self.theme.ground)?;
        for shape in &*self.shapes.borrow() {
            match shape {
                Shape::Line(points, color, width) => area.draw(&PathElement::new(
                    points.as_slice(),
                    color.stroke_width(*width),
                )),
                Shape::Polygon(points, color) => {
                    area.draw(&Polygon::new(points.as_slice(), color.filled()))
                }
                Shape::Rect(at, color) => {
                    let corners = [(at.left, at.top), (at.right, at.bottom)];
                    area.draw(&Rectangle::new(corners, color.filled()))
                }
                Shape::Disc(at, radius, color) => {
                    area.draw(&Circle::new(*at, *radius, color.filled()))
                }
                Shape::Text(text, at, anchor, size, color) => {
                    let size = f64::from(*size) * self.backend.font_scale();
                    let font = FontDesc::new(FontFamily::Name(FONT), size, FontStyle::Normal);
                    let style = TextStyle::from(font).color(color);
                    area.draw(&Text::new(text.as_str(), *at, style.pos(anchor.pos())))
                }
                Shape::Bitmap(bitmap) => area.draw(bitmap),
            }?;
        }
        Ok(())
    }

    pub(super) fn add(&self, shape: Shape) {
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

    /// All lines: their points, colour and width.
    #[cfg(test)]
    pub fn lines(&self) -> Vec<DrawnLine> {
        let shapes = self.shapes.borrow();
        let lines = shapes.iter().filter_map(|shape| match shape {
            Shape::Line(points, color, width) => Some((points.clone(), *color, *width)),
            _ => None,
        });
        lines.collect()
    }

    /// All filled rectangles, with their colours.
    #[cfg(test)]
    pub fn rects(&self) -> Vec<(Rect, RGBAColor)> {
        let shapes = self.shapes.borrow();
        let rects = shapes.iter().filter_map(|shape| match shape {
            Shape::Rect(area, color) => Some((*area, *color)),
            _ => None,
        });
        rects.collect()
    }

    /// A dashed line through points, one pixel wide.
    pub fn dashed_line(&self, points: &[(i32, i32)], color: impl Color) {
        self.dashes(points, color.to_rgba(), 1)
    }

    /// A dashed line through points. The dashes of wide lines are longer.
    pub fn dashes(&self, points: &[(i32, i32)], color: RGBAColor, width: u32) {
        let dash = f64::from(3 + 2 * width);
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
            // Dashes start at even multiples of their length along the whole line, not anew at each point.
            let mut start = -(along % (2.0 * dash));
            while start < length {
                if start + dash > 0.0 {
                    self.line(vec![at(start), at(start + dash)], color, width);
                }
                start += 2.0 * dash;
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

    /// The edges of a rectangle.
    pub fn outline(&self, area: Rect, color: impl Color, width: u32) {
        let (left, top, right, bottom) = (area.left, area.top, area.right - 1, area.bottom - 1);
        let corners = [
            (left, top),
            (right, top),
            (right, bottom),
            (left, bottom),
            (left, top),
        ];
        self.line(corners.to_vec(), color, width);
    }

    /// A filled circle.
    pub fn disc(&self, at: (i32, i32), radius: i32, color: impl Color) {
        self.add(Shape::Disc(at, radius, color.to_rgba()));
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

/// Whether they look the same.
impl PartialEq for Surface {
    fn eq(&self, other: &Self) -> bool {
        self.size == other.size
            && self.theme.ground == other.theme.ground
            && self.shapes == other.shapes
    }
}

/// An image of RGB pixels, row by row from the top.
#[derive(PartialEq)]
pub(super) struct Bitmap {
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
