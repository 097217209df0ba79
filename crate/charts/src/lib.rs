//! Gradient Flow's charts: pure functions of a scene, a theme and a size, on any plotters backend.
//!
//! A new chart is one file with `draw`, `readout` and `table`, and one arm in each match of `Chart`.

pub mod axis;
mod histograms;
pub mod history;
mod history_map;
mod loss;
mod marks;
mod names;
mod scale;
pub mod scene;
mod signals;
pub mod surface;
pub mod theme;

use plotters::coord::Shift;
use plotters::prelude::*;
pub use scene::Scene;
use surface::{Drawn, Medium, Surface};
use theme::Theme;

/// A chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// dW, delta and a per layer.
    Signals,
    /// dW per layer and step.
    History,
    /// The distribution of dW per layer.
    Histograms,
    /// Losses and accuracies.
    Loss,
}

/// The text equivalent of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Headings.
    pub columns: Vec<String>,
    /// One text per heading.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    fn new(columns: &[&str]) -> Self {
        Table {
            columns: columns.iter().map(|c| c.to_string()).collect(),
            rows: Vec::new(),
        }
    }
}

/// Below this size there is no room for axes, and nothing is drawn.
fn has_room((width, height): (i32, i32)) -> bool {
    width >= 120 && height >= 80
}

impl Chart {
    /// All charts, the hero first.
    pub const ALL: [Chart; 4] = [
        Chart::Signals,
        Chart::History,
        Chart::Histograms,
        Chart::Loss,
    ];

    /// Its id in attributes and URLs.
    pub fn id(self) -> &'static str {
        match self {
            Chart::Signals => "signals",
            Chart::History => "history",
            Chart::Histograms => "histograms",
            Chart::Loss => "loss",
        }
    }

    /// The chart with an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|chart| chart.id() == id)
    }

    /// What is seen, in words.
    pub fn title(self) -> &'static str {
        match self {
            Chart::Signals => "Gradient and signals in every layer",
            Chart::History => "Every layer's gradient over time",
            Chart::Histograms => "Spread of each layer's gradient",
            Chart::Loss => "Loss and accuracy over time",
        }
    }

    /// What am I looking at, in two sentences.
    pub fn help(self) -> &'static str {
        match self {
            Chart::Signals => {
                "For each layer the RMS of dW (the gradient of its weights), of delta (the backward signal) and of a \
                 (the forward signal), in powers of ten; the faint line is dW at step 0, the dashed ones are \
                 what theory predicts for the start of a very wide network. If dW or delta falls towards \
                 layer 1 the gradient vanishes, if it rises it explodes, and if it is level every layer learns."
            }
            Chart::History => {
                "The RMS of each layer's dW at every step: the stronger the colour, the larger the gradient, on a \
                 fixed scale. Rows that stay pale belong to layers that hardly learn."
            }
            Chart::Histograms => {
                "For each layer the share of the elements of dW in every half power of ten. The row at the bottom \
                 counts the elements that are exactly zero."
            }
            Chart::Loss => {
                "Loss of the minibatches (thin; the band spans least and greatest) and of the test part (thick), on a \
                 logarithmic axis. Beneath, the share of samples classified rightly."
            }
        }
    }

    /// Draws the chart over a whole area.
    ///
    /// # Errors
    /// What the backend refuses.
    pub fn draw<DB: DrawingBackend>(
        self,
        scene: &Scene,
        theme: &'static Theme,
        medium: Medium,
        area: &DrawingArea<DB, Shift>,
    ) -> Drawn<DB> {
        area.fill(&theme.ground)?;
        let surface = Surface::new(area, theme, medium);
        if !has_room(surface.size()) {
            return Ok(());
        }
        match self {
            Chart::Signals => signals::draw(scene, &surface),
            Chart::History => history_map::draw(scene, &surface),
            Chart::Histograms => histograms::draw(scene, &surface),
            Chart::Loss => loss::draw(scene, &surface),
        }
    }

    /// The chart as an SVG document.
    pub fn svg(self, scene: &Scene, theme: &'static Theme, size: (u32, u32)) -> String {
        let mut text = String::new();
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        self.draw(scene, theme, Medium::Svg, &area)
            .expect("a string takes all that is drawn");
        drop(area);
        text
    }

    /// One line on the value under a point of a chart of `size`, if there is one.
    pub fn readout(self, scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
        match self {
            Chart::Signals => signals::readout(scene, size, at),
            Chart::History => history_map::readout(scene, size, at),
            Chart::Histograms => histograms::readout(scene, size, at),
            Chart::Loss => loss::readout(scene, size, at),
        }
    }

    /// The text equivalent.
    pub fn table(self, scene: &Scene) -> Table {
        match self {
            Chart::Signals => signals::table(scene),
            Chart::History => history_map::table(scene),
            Chart::Histograms => histograms::table(scene),
            Chart::Loss => loss::table(scene),
        }
    }
}
