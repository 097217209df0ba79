//! The charts, one file each, and what all of them can do.
//!
//! A new chart is one file, its `mod` line and its row in `charts!`.

mod boundary;
mod factors;
mod histograms;
mod history;
mod loss;
mod norms;
mod saturation;
mod signals;
mod step_line;
mod updates;
mod weights;

use crate::plot::surface::{BackendKind, Surface};
use crate::plot::theme::Theme;
use crate::scene::Scene;
use crate::text::Table;
use plotters::coord::Shift;
use plotters::prelude::*;

/// Declares the charts: a variant, its id and its module. A module has `TITLE`, `HELP`, `draw`,
/// `readout`, `table`, `note` and `layer_at`.
macro_rules! charts {
    ($( $variant:ident, $id:literal, $module:ident; )+) => {
        /// A chart.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Chart { $( #[doc = $id] $variant ),+ }

        impl Chart {
            /// All charts, the hero first.
            pub const ALL: &'static [Chart] = &[ $( Chart::$variant ),+ ];

            /// Its id in attributes and URLs.
            pub fn id(self) -> &'static str {
                match self { $( Chart::$variant => $id ),+ }
            }

            /// What is seen, in words.
            pub fn title(self) -> &'static str {
                match self { $( Chart::$variant => $module::TITLE ),+ }
            }

            /// What am I looking at, in two sentences.
            pub fn help(self) -> &'static str {
                match self { $( Chart::$variant => $module::HELP ),+ }
            }

            fn draw_on(self, scene: &Scene, surface: &Surface) {
                match self { $( Chart::$variant => $module::draw(scene, surface) ),+ }
            }

            /// One line on the value under a point of a chart of `size`, if there is one.
            pub fn readout(self, scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
                match self { $( Chart::$variant => $module::readout(scene, size, at) ),+ }
            }

            /// The layer (0-based) under a point, if the chart has layers there.
            pub fn layer_at(self, scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
                match self { $( Chart::$variant => $module::layer_at(scene, size, at) ),+ }
            }

            /// What is seen now, in one line with its numbers; empty before there is anything.
            pub fn note(self, scene: &Scene) -> String {
                match self { $( Chart::$variant => $module::note(scene) ),+ }
            }

            /// The text equivalent.
            pub fn table(self, scene: &Scene) -> Table {
                match self { $( Chart::$variant => $module::table(scene) ),+ }
            }
        }
    };
}

charts! {
    Signals, "signals", signals;
    History, "history", history;
    Histograms, "histograms", histograms;
    Loss, "loss", loss;
    Factors, "factors", factors;
    Saturation, "saturation", saturation;
    Updates, "updates", updates;
    StepLine, "step-line", step_line;
    Norms, "norms", norms;
    Boundary, "boundary", boundary;
    Weights, "weights", weights;
}

/// Below this size there is no room for axes, and nothing is drawn.
fn has_room((width, height): (i32, i32)) -> bool {
    width >= 120 && height >= 80
}

impl Chart {
    /// Is it among the charts that a page shows before one chooses?
    pub fn is_usual(self) -> bool {
        matches!(
            self,
            Chart::Signals | Chart::History | Chart::Histograms | Chart::Loss
        )
    }

    /// The chart with an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|chart| chart.id() == id)
    }

    /// Draws the chart over a whole area.
    ///
    /// # Errors
    /// What the backend refuses.
    pub fn draw<DB: DrawingBackend>(
        self,
        scene: &Scene,
        theme: &Theme,
        backend: BackendKind,
        area: &DrawingArea<DB, Shift>,
    ) -> Result<(), DrawingAreaErrorKind<DB::ErrorType>> {
        area.fill(&theme.ground)?;
        let (width, height) = area.dim_in_pixel();
        let surface = Surface::new((width as i32, height as i32), theme, backend);
        if has_room(surface.size()) {
            self.draw_on(scene, &surface);
        }
        surface.paint(area)
    }

    /// The chart as an SVG document.
    pub fn svg(self, scene: &Scene, theme: &Theme, size: (u32, u32)) -> String {
        let mut text = String::new();
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        self.draw(scene, theme, BackendKind::Svg, &area)
            .expect("a string takes all that is drawn");
        drop(area);
        text
    }
}
