//! What is happening in a run, with its numbers, since when, and what would help.
//!
//! `rules` finds it, `fixes` says what helps, `words` writes the numbers. A `Diagnostician` remembers
//! of a run what one snapshot cannot show: how it began, and what the last looks saw.

mod fixes;
mod memory;
mod rules;

use crate::config::Config;
use crate::config::choice::choices;
use crate::observe::snapshot::Snapshot;
use memory::Memory;
use rules::Evidence;
use serde_json::Value as Json;

choices! {
    /// The colour of what is happening.
    pub enum Tone {
        Calm, "calm", "Calm", "The signal reaches every layer";
        Vanishing, "vanishing", "Vanishing", "The gradient dies on its way to the first layer";
        Exploding, "exploding", "Exploding", "The gradient grows on its way to the first layer";
        Overflow, "overflow", "Overflow", "A value has left the range of float32";
    }
}

choices! {
    /// What is happening.
    pub enum DiagnosisKind {
        Healthy, "healthy", "Level", "The signal reaches every layer at a similar size";
        Overflow, "overflow", "Overflow", "A value has left the range of float32";
        Zeros, "zeros", "Zero weights", "Weights of zero carry nothing back, and units that begin alike stay alike";
        Dying, "dying", "Dying units", "Units whose derivative is 0 for all samples no longer learn";
        Underflow, "underflow", "Underflow", "The gradient is smaller than float32 can hold";
        ExplodingWeights, "exploding_weights", "Exploding by weights", "Each layer's weights enlarge the gradient";
        ExplodingNorm, "exploding_norm", "Exploding by normalization", "Normalization divides by a spread below 1, layer after layer";
        ExplodingRate, "exploding_rate", "Exploding by the rate", "Steps so long that the loss climbs far above its start";
        Oscillation, "oscillation", "Oscillation", "Steps jump across the minimum of their line and gain nothing";
        Saturation, "saturation", "Vanishing by saturation", "Units stand where their derivative is almost 0";
        SmallWeights, "small_weights", "Vanishing by small weights", "The weights are below what keeps the signal";
        Derivative, "derivative", "Vanishing by the derivative", "The activation's derivative is below 1, layer after layer";
        Hidden, "hidden", "Hidden vanishing", "dW looks level: what delta loses on its way back, a loses on its way forward";
        Crawling, "crawling", "Crawling", "The gradient arrives, but the rate is too small to move the weights";
    }
}

impl DiagnosisKind {
    /// The colour that it has.
    pub fn tone(self) -> Tone {
        match self {
            DiagnosisKind::Healthy => Tone::Calm,
            DiagnosisKind::Overflow => Tone::Overflow,
            DiagnosisKind::ExplodingWeights
            | DiagnosisKind::ExplodingNorm
            | DiagnosisKind::ExplodingRate
            | DiagnosisKind::Oscillation => Tone::Exploding,
            _ => Tone::Vanishing,
        }
    }
}

/// A change of the config that helps in a run that begins anew.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does, as a button says it.
    pub label: String,
    /// What it really does: one short sentence.
    pub note: String,
    /// The fields that it changes, as a JSON object.
    pub patch: Json,
}

/// What is happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// What it is.
    pub kind: DiagnosisKind,
    /// The colour of it.
    pub tone: Tone,
    /// One sentence with its number.
    pub text: String,
    /// The measured numbers behind it.
    pub evidence: String,
    /// The step of the first look from which on every look found the same kind.
    pub since: u64,
    /// What would help, best first.
    pub fixes: Vec<Fix>,
}

/// Follows one run, look by look.
#[derive(Debug, Clone, Default)]
pub struct Diagnostician {
    memory: Memory,
    /// The latest finding, and since when it holds.
    holds: Option<(DiagnosisKind, u64)>,
    /// The fixes, and for what they were found: finding them takes more time than a look.
    fixes: Option<(DiagnosisKind, Config, Vec<Fix>)>,
}

impl Diagnostician {
    /// Takes in the next snapshot of the run and says what it shows.
    pub fn look(&mut self, config: &Config, snapshot: &Snapshot) -> Diagnosis {
        self.memory.take_in(snapshot);
        let look = Evidence::new(config, snapshot, &self.memory);
        let found = look.find();
        let since = match self.holds {
            Some((kind, since)) if kind == found.kind => since,
            _ => snapshot.step,
        };
        self.holds = Some((found.kind, since));
        let fixes = match &self.fixes {
            Some((kind, of, fixes)) if (*kind, of) == (found.kind, config) => fixes.clone(),
            _ => {
                let fixes = fixes::fixes(&look, found.kind);
                self.fixes = Some((found.kind, config.clone(), fixes.clone()));
                fixes
            }
        };
        Diagnosis {
            kind: found.kind,
            tone: found.kind.tone(),
            text: found.text,
            evidence: format!("{} Since step {since}.", found.evidence),
            since,
            fixes,
        }
    }
}

/// Says what one snapshot of a run shows.
pub fn diagnose(config: &Config, snapshot: &Snapshot) -> Diagnosis {
    Diagnostician::default().look(config, snapshot)
}

#[cfg(test)]
mod tests;
