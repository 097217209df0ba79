//! What charts draw with: a plotters area, a theme, and the few shapes that we need.

use crate::theme::{FONT, Theme};
use plotters::coord::Shift;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendCoord, DrawingErrorKind};

/// The outcome of drawing on a backend.
pub type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// A rectangle in pixels; right and bottom are the first pixels outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Box2 {
    /// Leftmost column.
    pub left: i32,
    /// Topmost row.
    pub top: i32,
    /// One past the rightmost column.
    pub right: i32,
    /// One past the lowest row.
    pub bottom: i32,
}

impl Box2 {
    /// Its width.
    pub fn width(&self) -> i32 {
        self.right - self.left
    }

    /// Its height.
    pub fn height(&self) -> i32 {
        self.bottom - self.top
    }

    /// Is the point inside?
    pub fn contains(&self, (x, y): (f64, f64)) -> bool {
        let inside = |v: f64, low: i32, high: i32| v >= f64::from(low) && v < f64::from(high);
        inside(x, self.left, self.right) && inside(y, self.top, self.bottom)
    }

    /// The column at a share of the width.
    pub fn x(&self, share: f64) -> i32 {
        self.left + (share * f64::from(self.width())).round() as i32
    }

    /// The row at a share of the height, from the bottom.
    pub fn y(&self, share: f64) -> i32 {
        self.bottom - (share * f64::from(self.height())).round() as i32
    }
}

/// Where a text hangs on its point.
#[derive(Debug, Clone, Copy)]
pub enum Anchor {
    /// The point is at its left, halfway up.
    Left,
    /// The point is at its right, halfway up.
    Right,
    /// The point is above its middle.
    Below,
}

/// What the backend draws on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// Pixels: heat maps are bitmaps.
    Canvas,
    /// Shapes: heat maps are rectangles.
    Svg,
}

impl Medium {
    /// plotters' SVG backend writes a font size of s as s / 1.24; a canvas takes it as it is.
    fn font_scale(self) -> f64 {
        match self {
            Medium::Canvas => 1.0,
            Medium::Svg => 1.24,
        }
    }
}

/// A drawing area with a theme.
pub struct Surface<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    /// The colours.
    pub theme: &'static Theme,
    medium: Medium,
}

impl<'a, DB: DrawingBackend> Surface<'a, DB> {
    /// A surface over a whole area.
    pub fn new(area: &'a DrawingArea<DB, Shift>, theme: &'static Theme, medium: Medium) -> Self {
        Surface {
            area,
            theme,
            medium,
        }
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (i32, i32) {
        let (width, height) = self.area.dim_in_pixel();
        (width as i32, height as i32)
    }

    /// A line through points.
    pub fn path(&self, points: Vec<(i32, i32)>, color: impl Color, width: u32) -> Drawn<DB> {
        if points.len() < 2 {
            return Ok(());
        }
        self.area
            .draw(&PathElement::new(points, color.stroke_width(width)))
    }

    /// A dashed hairline through points.
    pub fn dashes(&self, points: &[(i32, i32)], color: impl Color) -> Drawn<DB> {
        const DASH: f64 = 5.0;
        let mut along = 0.0;
        for (from, to) in points.iter().zip(points.iter().skip(1)) {
            let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
            let length = dx.hypot(dy);
            let at = |distance: f64| {
                let share = (distance / length).clamp(0.0, 1.0);
                (
                    from.0 + (share * dx).round() as i32,
                    from.1 + (share * dy).round() as i32,
                )
            };
            // Dashes begin at even multiples of DASH along the whole line.
            let mut start = -(along % (2.0 * DASH));
            while start < length {
                if start + DASH > 0.0 {
                    self.path(vec![at(start), at(start + DASH)], color.to_rgba(), 1)?;
                }
                start += 2.0 * DASH;
            }
            along += length;
        }
        Ok(())
    }

    /// A filled shape.
    pub fn polygon(&self, points: Vec<(i32, i32)>, color: impl Color) -> Drawn<DB> {
        self.area.draw(&Polygon::new(points, color.filled()))
    }

    /// A filled rectangle.
    pub fn fill(&self, area: Box2, color: impl Color) -> Drawn<DB> {
        if area.width() <= 0 || area.height() <= 0 {
            return Ok(());
        }
        let corners = [(area.left, area.top), (area.right, area.bottom)];
        self.area.draw(&Rectangle::new(corners, color.filled()))
    }

    /// A disc.
    pub fn disc(&self, at: (i32, i32), radius: i32, color: impl Color) -> Drawn<DB> {
        self.area.draw(&Circle::new(at, radius, color.filled()))
    }

    /// A text.
    pub fn text(
        &self,
        text: &str,
        at: (i32, i32),
        anchor: Anchor,
        size: i32,
        color: impl Color,
    ) -> Drawn<DB> {
        let pos = match anchor {
            Anchor::Left => Pos::new(HPos::Left, VPos::Center),
            Anchor::Right => Pos::new(HPos::Right, VPos::Center),
            Anchor::Below => Pos::new(HPos::Center, VPos::Top),
        };
        let size = f64::from(size) * self.medium.font_scale();
        let style = TextStyle::from((FONT, size).into_font())
            .color(&color)
            .pos(pos);
        self.area.draw(&Text::new(text.to_string(), at, style))
    }

    /// A grid of colours over an area, row 0 at the bottom; None leaves the ground.
    pub fn heat_map(
        &self,
        area: Box2,
        (columns, rows): (usize, usize),
        color: impl Fn(usize, usize) -> Option<RGBColor>,
    ) -> Drawn<DB> {
        if self.medium == Medium::Canvas {
            return self.heat_bitmap(area, (columns, rows), color);
        }
        let x = |column: usize| area.x(column as f64 / columns as f64);
        let y = |row: usize| area.y(row as f64 / rows as f64);
        for row in 0..rows {
            // Neighbours of one colour become one rectangle.
            let mut start = 0;
            for column in 1..=columns {
                let own = color(start, row);
                if column < columns && color(column, row) == own {
                    continue;
                }
                if let Some(own) = own {
                    let block = Box2 {
                        left: x(start),
                        right: x(column),
                        top: y(row + 1),
                        bottom: y(row),
                    };
                    self.fill(block, own)?;
                }
                start = column;
            }
        }
        Ok(())
    }

    fn heat_bitmap(
        &self,
        area: Box2,
        (columns, rows): (usize, usize),
        color: impl Fn(usize, usize) -> Option<RGBColor>,
    ) -> Drawn<DB> {
        let (width, height) = (area.width().max(0) as usize, area.height().max(0) as usize);
        if width * height == 0 {
            return Ok(());
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
        self.area.draw(&Bitmap {
            at: (area.left, area.top),
            size,
            pixels,
        })
    }
}

/// RGB pixels, row after row from the top.
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
