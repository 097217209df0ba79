//! What the colours of a map mean. All palettes are told apart by eyes that see no red or no green.

use super::outcome;
use crate::plot::colorbar;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::theme::{Theme, mix};
use crate::text::decimals;
use gradient_flow::diagnosis::{Concern, Tone};
use gradient_flow::map::{Cell, Plan};
use gradient_flow::numeric::format::{label, percent_label, ten_to};
use gradient_flow_words::{Message, Value, message};
use plotters::style::RGBColor;

/// What the colours mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coloring {
    /// The accuracy on the test set; of regressions the loss.
    Accuracy,
    /// dW of the first hidden layer over that of the last one, at the start.
    Ratio,
    /// The loss on the test set.
    Loss,
    /// What became of the run.
    Verdict,
}

impl Coloring {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Accuracy, Self::Ratio, Self::Loss, Self::Verdict];

    /// The name in links.
    pub const fn id(self) -> &'static str {
        match self {
            Coloring::Accuracy => "accuracy",
            Coloring::Ratio => "ratio",
            Coloring::Loss => "loss",
            Coloring::Verdict => "verdict",
        }
    }

    /// The one with this name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|coloring| coloring.id() == id)
    }

    /// The title of the key.
    fn title(self) -> Message {
        match self {
            Coloring::Accuracy => message!("map-key-accuracy"),
            Coloring::Ratio => message!("map-key-ratio"),
            Coloring::Loss | Coloring::Verdict => message!("map-key-loss"),
        }
    }
}

/// What became of a run: the kinds of verdicts in a few groups, so that each has a colour of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It has learned.
    Learned,
    /// Nothing speaks against it, but it has not learned yet.
    Undecided,
    /// The gradient vanishes, or the signal does.
    Vanishes,
    /// The gradient explodes, or the start is too large.
    Explodes,
    /// Updates are too small.
    Crawls,
    /// Updates are too large.
    Overshoots,
    /// A value has left the range of float32.
    Overflows,
    /// No progress, and no rule knows why.
    Stuck,
}

impl Outcome {
    /// All of them, in the order of the key.
    pub const ALL: [Self; 8] = [
        Self::Learned,
        Self::Undecided,
        Self::Vanishes,
        Self::Crawls,
        Self::Explodes,
        Self::Overshoots,
        Self::Overflows,
        Self::Stuck,
    ];

    /// What became of a cell's run.
    pub fn of(cell: &Cell) -> Self {
        if cell.learns() {
            return Outcome::Learned;
        }
        match (cell.kind.tone(), cell.kind.concern()) {
            (Tone::Calm, _) => Outcome::Undecided,
            (Tone::Overflow, _) => Outcome::Overflows,
            (Tone::Vanishing, Concern::Signal) => Outcome::Vanishes,
            (Tone::Exploding, Concern::Signal) => Outcome::Explodes,
            (Tone::Vanishing, Concern::Updates) => Outcome::Crawls,
            (Tone::Exploding, Concern::Updates) => Outcome::Overshoots,
            (Tone::Vanishing | Tone::Exploding, Concern::Outcome) => Outcome::Stuck,
        }
    }

    /// In a few words.
    pub fn name(self) -> Message {
        match self {
            Outcome::Learned => message!("map-outcome-learned"),
            Outcome::Undecided => message!("map-outcome-undecided"),
            Outcome::Vanishes => message!("map-outcome-vanishes"),
            Outcome::Explodes => message!("map-outcome-explodes"),
            Outcome::Crawls => message!("map-outcome-crawls"),
            Outcome::Overshoots => message!("map-outcome-overshoots"),
            Outcome::Overflows => message!("map-outcome-overflows"),
            Outcome::Stuck => message!("map-outcome-stuck"),
        }
    }
}

const fn rgb(hex: u32) -> RGBColor {
    RGBColor((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// Viridis: from little to much in even steps of lightness, also without red or green.
const SEQUENTIAL: [RGBColor; 6] = [
    rgb(0x440154),
    rgb(0x414487),
    rgb(0x2a788e),
    rgb(0x22a884),
    rgb(0x7ad151),
    rgb(0xfde725),
];

/// From small to large by way of an even grey: purple and orange.
struct Diverging {
    small: [RGBColor; 2],
    even: RGBColor,
    large: [RGBColor; 2],
}

const DIVERGING_LIGHT: Diverging = Diverging {
    small: [rgb(0x9d90c9), rgb(0x3f1d7d)],
    even: rgb(0xe2e2e0),
    large: [rgb(0xeea55a), rgb(0x8f4504)],
};

const DIVERGING_DARK: Diverging = Diverging {
    small: [rgb(0x7b66c4), rgb(0xd0c6ff)],
    even: rgb(0x41464e),
    large: [rgb(0xb8691b), rgb(0xffd49a)],
};

/// Overflow, whatever the colours mean.
const OVERFLOW: [RGBColor; 2] = [rgb(0x4a4a4a), rgb(0xb9bcc1)];

/// log10 of the ratio at the ends of its scale.
const DECADES: f64 = 8.0;
/// The loss at the dark end, as a multiple of that of guessing.
const WORST_LOSS: f64 = 1.2;

/// The colours of a map in a theme.
pub struct Shades {
    coloring: Coloring,
    is_dark: bool,
    guess_loss: f64,
    guess_accuracy: f64,
}

fn along(stops: &[RGBColor], position: f64) -> RGBColor {
    let at = position.clamp(0.0, 1.0) * (stops.len() - 1) as f64;
    let low = (at as usize).min(stops.len() - 2);
    mix(stops[low], stops[low + 1], at - low as f64)
}

impl Shades {
    pub fn new(theme: &Theme, coloring: Coloring, plan: &Plan) -> Self {
        let first = (0..plan.states().len()).find_map(|index| plan.cell(index));
        let guess_accuracy = first.map_or(0.0, |cell| cell.guess_accuracy);
        // A regression has no accuracy.
        let coloring = if coloring == Coloring::Accuracy && guess_accuracy.is_nan() {
            Coloring::Loss
        } else {
            coloring
        };
        let RGBColor(r, g, b) = theme.ground;
        Shades {
            coloring,
            is_dark: u32::from(r) + u32::from(g) + u32::from(b) < 384,
            guess_loss: first.map_or(1.0, |cell| cell.guess_loss),
            guess_accuracy,
        }
    }

    /// The colour of a cell.
    pub fn color(&self, cell: &Cell) -> RGBColor {
        let has_overflowed = !cell.overflow.is_nan();
        match self.coloring {
            Coloring::Verdict => self.outcome(outcome(cell)),
            Coloring::Ratio => self
                .position(cell.dw_start)
                .map_or(self.overflow(), |p| self.shade(p)),
            Coloring::Accuracy | Coloring::Loss if has_overflowed => self.overflow(),
            Coloring::Accuracy => self.shade(cell.accuracy),
            Coloring::Loss if !cell.loss.is_finite() => self.overflow(),
            Coloring::Loss => self.shade(1.0 - cell.loss / (WORST_LOSS * self.guess_loss)),
        }
    }

    /// The place of a ratio on its scale. 0 is as small as can be; NaN has none.
    fn position(&self, ratio: f64) -> Option<f64> {
        let log = libm::log10(ratio);
        (!log.is_nan()).then(|| ((log / DECADES + 1.0) / 2.0).clamp(0.0, 1.0))
    }

    /// The colour at a position on the scale.
    fn shade(&self, position: f64) -> RGBColor {
        // A few shades are told apart as well as many, and make fewer rectangles.
        let position = (position.clamp(0.0, 1.0) * 48.0).round() / 48.0;
        if self.coloring != Coloring::Ratio {
            return along(&SEQUENTIAL, position);
        }
        let Diverging { small, even, large } = if self.is_dark {
            DIVERGING_DARK
        } else {
            DIVERGING_LIGHT
        };
        along(&[small[1], small[0], even, large[0], large[1]], position)
    }

    fn overflow(&self) -> RGBColor {
        OVERFLOW[usize::from(self.is_dark)]
    }

    /// The colour of what became of a run (Okabe and Ito 2008).
    pub fn outcome(&self, outcome: Outcome) -> RGBColor {
        match outcome {
            Outcome::Learned => rgb(0x009e73),
            Outcome::Undecided => rgb(0xf0e442),
            Outcome::Vanishes => rgb(0x0072b2),
            Outcome::Crawls => rgb(0x56b4e9),
            Outcome::Explodes => rgb(0xd55e00),
            Outcome::Overshoots => rgb(0xe69f00),
            Outcome::Overflows => self.overflow(),
            Outcome::Stuck => rgb(0xcc79a7),
        }
    }

    /// The key: a bar beside the plot, or a slim one above it.
    pub fn draw_key(&self, s: &Surface, plot: Rect, has_bar: bool) {
        let at = |part: f64| (part, percent_label(100.0 * part, 0).into());
        let ticks: Vec<(f64, Value)> = match self.coloring {
            Coloring::Ratio => [-8, -4, 0, 4, 8]
                .map(|exponent| {
                    let position = (f64::from(exponent) / DECADES + 1.0) / 2.0;
                    (position, ten_to(exponent).into())
                })
                .to_vec(),
            Coloring::Loss => {
                let best = (1.0, Value::from(decimals(0.0, 0)));
                let guess = (1.0 - 1.0 / WORST_LOSS, label(self.guess_loss).into());
                vec![best, guess]
            }
            Coloring::Accuracy | Coloring::Verdict => [0.0, 0.25, 0.5, 0.75, 1.0].map(at).to_vec(),
        };
        let title = self.coloring.title();
        let color = |position: f64| self.shade(position);
        if has_bar {
            colorbar::draw_in(s, plot, ticks.into_iter(), (title, s.theme.muted), &color);
            // Guessing is where a run has learned nothing.
            let guess = match self.coloring {
                Coloring::Accuracy => Some(self.guess_accuracy),
                Coloring::Loss => Some(1.0 - 1.0 / WORST_LOSS),
                Coloring::Ratio | Coloring::Verdict => None,
            };
            if let Some(guess) = guess {
                let y = plot.y(guess);
                s.line(
                    vec![(plot.right + 10, y), (plot.right + 22, y)],
                    s.theme.ink,
                    1,
                );
            }
            return;
        }
        let mut ends = ticks;
        ends.sort_by(|a, b| a.0.total_cmp(&b.0));
        if let [(_, low), .., (_, high)] = &ends[..] {
            colorbar::draw_above_in(s, plot, [low.clone(), high.clone()], &color);
        }
    }
}
