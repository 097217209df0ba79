//! A picture that is ready to be painted.

use crate::plot::surface::{BackendKind, Surface};
use crate::plot::theme::Theme;
use gradient_flow_words::Words;
use plotters::coord::Shift;
use plotters::prelude::*;

/// What a chart or a part looks like. Two that are equal look the same: the second one need not be painted.
#[derive(PartialEq)]
pub struct Picture(Surface);

impl Picture {
    pub(crate) fn new(
        theme: &Theme,
        words: &Words,
        backend: BackendKind,
        (width, height): (u32, u32),
        draw: &dyn Fn(&Surface),
    ) -> Self {
        let pixels = |side: u32| i32::try_from(side).unwrap_or(i32::MAX);
        let surface = Surface::new((pixels(width), pixels(height)), theme, words, backend);
        draw(&surface);
        Picture(surface)
    }

    /// Paints it over a whole area, which has to have its size.
    ///
    /// # Errors
    /// The backend's errors.
    pub fn paint<DB: DrawingBackend>(
        &self,
        area: &DrawingArea<DB, Shift>,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        self.0.paint(area)
    }

    /// It as an SVG document: made for that, by [`BackendKind::Svg`].
    pub(crate) fn svg(&self) -> String {
        let (width, height) = self.0.size();
        let mut text = String::new();
        let size = (width.unsigned_abs(), height.unsigned_abs());
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        self.paint(&area)
            .expect("writing to a string does not fail");
        drop(area);
        // The ground shows between neighbours in a picture that is scaled, if their edges are smoothed.
        text.replace("<rect ", "<rect shape-rendering=\"crispEdges\" ")
    }
}
