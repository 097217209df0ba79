//! What is happening in a run, with its numbers, since when, and what helps.
//!
//! ```text
//! memory -> evidence -> rules -> verdict -> words        fixes -> trials
//! ```
//! `memory` keeps what one snapshot cannot show, `evidence` reads numbers off both, the first of the `rules` that holds
//! says what they mean (a `Finding`: a kind with its numbers), `verdict` changes its mind only when the evidence has
//! changed for a while, and `words` writes all text. `fixes` proposes what may help against a kind, and `trials` finds
//! out what does.

mod evidence;
mod finding;
mod fixes;
mod initialization;
mod kind;
mod memory;
pub(crate) mod progress;
mod rules;
mod summary;
pub mod trials;
mod verdict;
mod words;

use crate::config::Config;
use crate::observe::snapshot::Snapshot;
use evidence::Evidence;
use gradient_flow_words::{Message, message};
pub use kind::{Concern, DiagnosisKind, Tone};
use memory::Memory;
pub use progress::{LEARNED, progress};
use verdict::Verdict;
use words::{Words, words};

/// What is happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// What it is.
    pub kind: DiagnosisKind,
    /// The kind for which fixes are sought: of an overflow what led to it, if that is known.
    pub cause: DiagnosisKind,
    /// How it is coloured.
    pub tone: Tone,
    /// The verdict in a few words.
    pub title: Message,
    /// The verdict in a sentence, with its number.
    pub text: Message,
    /// The measured numbers behind it, in whole sentences.
    pub evidence: Vec<Message>,
    /// The step since which it holds.
    pub since: u64,
}

/// Follows one run, snapshot by snapshot.
#[derive(Debug, Default)]
pub struct Diagnostician {
    memory: Memory,
    verdict: Verdict,
}

impl Diagnostician {
    /// Takes in the next snapshot of the run and says what it shows.
    pub fn diagnose(&mut self, config: &Config, snapshot: &Snapshot) -> Diagnosis {
        self.memory.record(snapshot);
        let evidence = Evidence::new(config, snapshot, &self.memory);
        let held = self.verdict.judge(rules::find(&evidence), &evidence);
        let Words {
            title,
            text,
            evidence: mut said,
        } = words(&held.finding, held.since, config.depth);
        if let Some((_, text)) = &held.before {
            said.push(message!("evidence-before", text = text.clone()));
        }
        if held.measured < snapshot.step {
            let loss = words::losses(&evidence.losses());
            said.push(message!(
                "evidence-still",
                step = held.measured,
                loss = loss
            ));
        }
        Diagnosis {
            kind: held.kind,
            cause: held.before.as_ref().map_or(held.kind, |(kind, _)| *kind),
            tone: held.kind.tone(),
            title,
            text,
            evidence: said,
            since: held.since,
        }
    }
}

/// Diagnoses one snapshot of a run, without a memory of the steps before.
pub fn diagnose(config: &Config, snapshot: &Snapshot) -> Diagnosis {
    Diagnostician::default().diagnose(config, snapshot)
}

#[cfg(test)]
mod tests;
