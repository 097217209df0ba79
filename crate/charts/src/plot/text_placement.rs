//! Where texts stand: in the picture, apart from each other, legible over what lies behind them.

use crate::plot::rect::Rect;
use crate::plot::surface::{Shape, Surface};
use crate::plot::text_width::text_width;
use gradient_flow_words::Value;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// The place within a text that is put on its point.
#[derive(Debug, Clone, Copy, PartialEq)]
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

/// A patch keeps so far from other texts, if it can: right below one it would read as its second line.
const APART: i32 = 6;

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
    /// The same for plotters.
    pub fn pos(self) -> Pos {
        match self {
            Anchor::Left => Pos::new(HPos::Left, VPos::Center),
            Anchor::Right => Pos::new(HPos::Right, VPos::Center),
            Anchor::Top => Pos::new(HPos::Center, VPos::Top),
        }
    }
}

impl Surface {
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
        let (place, area) = self.free_place(&text, places, size, 0)?;
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
        let free = |apart| self.free_place(&text, places, size, apart);
        if let Some((place, area)) = free(APART).or_else(|| free(0)) {
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

    /// The first place in the picture that is free of other texts, and so many pixels above and below it.
    fn free_place(
        &self,
        text: &str,
        places: &[Place],
        size: i32,
        apart: i32,
    ) -> Option<(Place, Rect)> {
        let shapes = self.shapes.borrow();
        let boxed = places.iter().map(|(at, anchor)| {
            let at = (self.x_inside(text, at.0, *anchor, size), at.1);
            ((at, *anchor), text_box(text, (at, *anchor), size))
        });
        let is_free = |area: &Rect| {
            let area = Rect {
                top: area.top - apart,
                bottom: area.bottom + apart,
                ..*area
            };
            shapes.iter().all(|shape| match shape {
                Shape::Text(other, at, anchor, size, _) => {
                    !text_box(other, (*at, *anchor), *size).overlaps(&area)
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
}
