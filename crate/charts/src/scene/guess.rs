//! What the reader guesses of dW before `signals` shows it. Until then it shows nothing of the run.

use super::Scene;
use super::log_range::LogRange;

/// The axis on which one guesses: the usual one would give away how far the truth reaches.
const RANGE: LogRange = LogRange { low: -16, high: 12 };

/// A guess, beside which the truth is hidden or comes in.
#[derive(Debug, Clone, Default)]
pub struct Guess {
    /// log10 of dW's RMS in each layer; empty before anything is drawn.
    pub decades: Vec<f64>,
    /// The part of the truth that is shown, from 0 to 1: it comes in from the output layer.
    pub revealed: f64,
}

impl Guess {
    /// dW's RMS in each layer.
    pub fn dw_rms(&self) -> Vec<f32> {
        let value = |decades: &f64| libm::exp10(*decades) as f32;
        self.decades.iter().map(value).collect()
    }
}

impl Scene {
    /// Shows a guess, and so much of the truth; None is the usual chart.
    pub fn set_guess(&mut self, guess: Option<Guess>) {
        let was_hidden = self.is_hidden();
        self.guess = guess;
        if was_hidden != self.is_hidden() {
            self.update_shown();
        }
    }

    /// The part of the truth that is still hidden, from 0 to 1.
    pub fn hidden_part(&self) -> f64 {
        let guess = self.guess.as_ref();
        // What is not a number reveals nothing.
        guess.map_or(0.0, |guess| 1.0 - guess.revealed.clamp(0.0, 1.0).max(0.0))
    }

    /// Whether anything of the truth is hidden.
    pub fn is_hidden(&self) -> bool {
        self.hidden_part() > 0.0
    }

    /// The number of layers, from the first on, whose signals are hidden.
    pub fn hidden_layers(&self) -> usize {
        (self.layer_count() as f64 * self.hidden_part() + 0.5) as usize
    }

    /// The axis range of `signals`.
    pub fn signal_axis(&self) -> LogRange {
        let Some(guess) = &self.guess else {
            return self.signal_range;
        };
        let mut range = RANGE;
        if guess.revealed > 0.0 {
            range.include_range(self.signal_range);
        }
        range
    }
}
