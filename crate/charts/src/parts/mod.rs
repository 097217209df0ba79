//! Small drawings that stand beside the verdict: what the run has reached so far.

mod accuracy;
mod samples;

use crate::charts::MAX_SIDE;
use crate::picture::Picture;
use crate::plot::surface::{BackendKind, Surface};
use crate::plot::theme::Theme;
use crate::scene::Scene;
use gradient_flow_words::{Message, Words};

/// A small drawing without axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The accuracy on the test samples over the steps; for regression the loss.
    Accuracy,
    /// Some samples with the network's answers, or whatever shows best what it predicts.
    Samples,
}

impl Part {
    /// All parts.
    pub const ALL: [Part; 2] = [Part::Accuracy, Part::Samples];

    /// Its name.
    pub fn id(self) -> &'static str {
        match self {
            Part::Accuracy => "accuracy",
            Part::Samples => "samples",
        }
    }

    /// The part with a name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.id() == id)
    }

    /// What it shows, in a sentence; None before the first snapshot.
    pub fn text(self, scene: &Scene) -> Option<Message> {
        match self {
            Part::Accuracy => accuracy::text(scene),
            Part::Samples => samples::text(scene),
        }
    }

    fn draw_on(self, scene: &Scene, s: &Surface) {
        const MAX: i32 = MAX_SIDE as i32;
        let (width, height) = s.size();
        if !(24..=MAX).contains(&width) || !(24..=MAX).contains(&height) {
            return;
        }
        match self {
            Part::Accuracy => accuracy::draw(scene, s),
            Part::Samples => samples::draw(scene, s),
        }
    }

    /// What it looks like in this size.
    pub fn picture(
        self,
        scene: &Scene,
        theme: &Theme,
        words: &Words,
        backend: BackendKind,
        size: (u32, u32),
    ) -> Picture {
        Picture::new(theme, words, backend, size, &|surface| {
            self.draw_on(scene, surface)
        })
    }
}

#[cfg(test)]
mod tests;
