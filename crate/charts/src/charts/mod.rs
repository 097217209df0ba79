//! The charts, one file each, and what all of them can do.
//!
//! A new chart is one file, its `mod` line and its row in `charts!`.

pub mod boundary;
mod factors;
mod fixes;
mod histograms;
mod history;
pub mod loss;
mod norms;
mod saturation;
mod signals;
mod step_line;
mod updates;
mod weights;

use crate::picture::Picture;
use crate::plot::rect::Rect;
use crate::plot::surface::{BackendKind, Surface};
use crate::plot::theme::Theme;
use crate::scene::Scene;
use crate::text::Table;
use gradient_flow_words::{Message, Words, message};

/// What a chart draws from that the worker computes on request only, because it costs time: a field of
/// `SnapshotRequest` each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The loss along the last update.
    StepLine,
    /// What the network predicts for the data.
    Predictions,
    /// The histograms of a, z and u between evaluations too.
    Values,
    /// The weights of the selected layer, or of the first one, as images.
    Weights,
}

impl Need {
    /// Its name, which is that of the field of `SnapshotRequest`.
    pub fn name(self) -> &'static str {
        match self {
            Need::StepLine => "step_line",
            Need::Predictions => "predictions",
            Need::Values => "values",
            Need::Weights => "weights",
        }
    }
}

/// The question that a chart answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Where the gradient vanishes or explodes.
    Where,
    /// What makes it so.
    Why,
    /// Whether the network learns.
    Learning,
    /// What the network makes of the data.
    Sees,
}

impl Question {
    /// The question in words.
    pub fn text(self) -> Message {
        match self {
            Question::Where => message!("charts-question-where"),
            Question::Why => message!("charts-question-why"),
            Question::Learning => message!("charts-question-learning"),
            Question::Sees => message!("charts-question-sees"),
        }
    }
}

/// Declares the charts: a row is a variant, its id, its module and the question that it answers. Charts of one question
/// stand together. A module has
/// - `NEEDS`: what it draws from that must be requested,
/// - `SHOWN_BY_DEFAULT`: whether a page shows it before its reader chooses,
/// - `draw`, `readout`, `layer_at`, `note` and `table`, as documented on `Chart`.
///
/// Its title and help are the messages `chart-ID` and `chart-ID.help`.
macro_rules! charts {
    ($( $variant:ident, $id:literal, $module:ident, $question:ident; )+) => {
        /// A chart.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Chart { $( #[doc = $id] $variant ),+ }

        impl Chart {
            /// All charts, the main one first.
            pub const ALL: &'static [Chart] = &[ $( Chart::$variant ),+ ];

            /// Its id in attributes and URLs.
            pub fn id(self) -> &'static str {
                match self { $( Chart::$variant => $id ),+ }
            }

            /// Its title.
            pub fn title(self) -> Message {
                match self { $( Chart::$variant => message!(concat!("chart-", $id)) ),+ }
            }

            /// What the reader is looking at, in a few sentences.
            pub fn help(self) -> Message {
                match self { $( Chart::$variant => message!(concat!("chart-", $id, ".help")) ),+ }
            }

            /// The question that it answers.
            pub fn question(self) -> Question {
                match self { $( Chart::$variant => Question::$question ),+ }
            }

            /// What must be requested of the worker while the chart is shown.
            pub fn needs(self) -> &'static [Need] {
                match self { $( Chart::$variant => $module::NEEDS ),+ }
            }

            /// Whether a page shows it before its reader chooses.
            pub fn is_shown_by_default(self) -> bool {
                match self { $( Chart::$variant => $module::SHOWN_BY_DEFAULT ),+ }
            }

            fn draw_on(self, scene: &Scene, surface: &Surface) {
                match self { $( Chart::$variant => $module::draw(scene, surface) ),+ }
            }

            /// One line on the value under a point of a chart of `size`, if there is one.
            pub fn readout(self, scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
                if !has_room(size) {
                    return None;
                }
                match self { $( Chart::$variant => $module::readout(scene, size, at) ),+ }
            }

            /// The layer (0-based) under a point, if the chart has layers there.
            pub fn layer_at(self, scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
                if !has_room(size) {
                    return None;
                }
                match self { $( Chart::$variant => $module::layer_at(scene, size, at) ),+ }
            }

            /// What the chart shows now, in whole sentences with its numbers; empty if there is nothing to say.
            pub fn note(self, scene: &Scene) -> Vec<Message> {
                match self { $( Chart::$variant => $module::note(scene) ),+ }
            }

            /// The chart's content as a table.
            pub fn table(self, scene: &Scene) -> Table {
                match self { $( Chart::$variant => $module::table(scene) ),+ }
            }
        }
    };
}

charts! {
    Signals, "signals", signals, Where;
    History, "history", history, Where;
    Histograms, "histograms", histograms, Where;
    Factors, "factors", factors, Why;
    Saturation, "saturation", saturation, Why;
    Weights, "weights", weights, Why;
    Fixes, "fixes", fixes, Why;
    Loss, "loss", loss, Learning;
    Updates, "updates", updates, Learning;
    StepLine, "step-line", step_line, Learning;
    Norms, "norms", norms, Learning;
    Boundary, "boundary", boundary, Sees;
}

/// The largest width and height of a picture, in pixels: browsers draw none that is larger.
pub const MAX_SIDE: u32 = 16_384;

/// Whether there is room for axes. In a chart that is smaller, or larger than any picture, nothing is drawn.
pub(crate) fn has_room((width, height): (i32, i32)) -> bool {
    const MAX: i32 = MAX_SIDE as i32;
    (120..=MAX).contains(&width) && (80..=MAX).contains(&height)
}

/// Where the history's axis of steps lies in a chart of `size`: its left and right end, and the step at the right one.
pub fn step_axis(scene: &Scene, size: (i32, i32)) -> (i32, i32, u64) {
    history::step_axis(scene, size)
}

/// The row of `fixes` under a point of that chart, counted from 0.
pub fn trial_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    has_room(size).then(|| fixes::trial_at(scene, size, at))?
}

impl Chart {
    /// The chart with an id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|chart| chart.id() == id)
    }

    /// Where the strip of the network's layers lies in a chart of this size, as left, top, right and bottom; None if it
    /// has none.
    pub fn strip_area(self, size: (i32, i32)) -> Option<[i32; 4]> {
        let area = (self == Chart::Signals && has_room(size)).then(|| signals::strip_area(size));
        area.flatten()
            .map(|area| [area.left, area.top, area.right, area.bottom])
    }

    /// Where one draws a guess in a chart of this size: the left, top, right and bottom of its plot, and the powers of ten
    /// at its bottom and top; None if it is too small, or is not one of signals.
    pub fn guess_area(self, scene: &Scene, size: (i32, i32)) -> Option<[i32; 6]> {
        let (plot, range) =
            (self == Chart::Signals && has_room(size)).then(|| signals::guess_area(scene, size))?;
        let Rect {
            left,
            top,
            right,
            bottom,
        } = plot;
        Some([left, top, right, bottom, range.low, range.high])
    }

    /// What stands behind the note, for those who know the theory: shown with the help, in whole sentences.
    pub fn details(self, scene: &Scene) -> Vec<Message> {
        if self == Chart::Signals {
            signals::details(scene)
        } else {
            Vec::new()
        }
    }

    /// What the chart looks like in this size.
    pub fn picture(
        self,
        scene: &Scene,
        theme: &Theme,
        words: &Words,
        backend: BackendKind,
        size: (u32, u32),
    ) -> Picture {
        Picture::new(theme, words, backend, size, &|surface| {
            if has_room(surface.size()) {
                self.draw_on(scene, surface);
            }
        })
    }

    /// The chart as an SVG document.
    pub fn svg(self, scene: &Scene, theme: &Theme, words: &Words, size: (u32, u32)) -> String {
        self.picture(scene, theme, words, BackendKind::Svg, size)
            .svg()
    }
}

#[cfg(test)]
pub(crate) mod tests;
