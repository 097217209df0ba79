//! What is happening in a run, with its numbers, since when, and what would help.
//!
//! ```text
//! memory -> evidence -> rules -> fixes -> words
//! ```
//! `memory` keeps what one snapshot cannot show, `evidence` reads numbers off both, the first of the `rules`
//! that holds says what they mean (a `Finding`: a kind with its numbers), `fixes` says what would help, and
//! `words` writes all text.

mod evidence;
mod finding;
mod fixes;
mod initialization;
mod kind;
mod memory;
mod rules;
mod summary;
mod words;

use crate::config::Config;
use crate::observe::snapshot::Snapshot;
use evidence::Evidence;
use gradient_flow_words::Message;
pub use kind::{DiagnosisKind, Tone};
use memory::Memory;
use serde_json::Value as Json;
use words::{Words, words};

/// A change of the config that helps, in a run that starts anew.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does, as a button says it.
    pub label: Message,
    /// What it really does: one short sentence.
    pub note: Message,
    /// The fields that it changes, as a JSON object.
    pub patch: Json,
}

impl Fix {
    /// The config with this fix; None where it refuses the fix.
    pub fn applied(&self, config: &Config) -> Option<Config> {
        fixes::patched(config, &self.patch)
    }
}

/// What is happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// What it is.
    pub kind: DiagnosisKind,
    /// How it is coloured.
    pub tone: Tone,
    /// The verdict in a few words.
    pub title: Message,
    /// The verdict in a sentence, with its number.
    pub text: Message,
    /// The measured numbers behind it, in whole sentences.
    pub evidence: Vec<Message>,
    /// The step since which every snapshot that was seen gave the same kind.
    pub since: u64,
    /// What would help, best first.
    pub fixes: Vec<Fix>,
}

/// Follows one run, snapshot by snapshot.
#[derive(Debug, Clone, Default)]
pub struct Diagnostician {
    memory: Memory,
    /// The latest kind, and the step since which it holds.
    holds: Option<(DiagnosisKind, u64)>,
    /// The latest fixes, and the kind and config that they are for: finding them takes far longer than the
    /// diagnosis itself.
    fixes: Option<(DiagnosisKind, Config, Vec<Fix>)>,
}

impl Diagnostician {
    /// Takes in the next snapshot of the run and says what it shows.
    pub fn diagnose(&mut self, config: &Config, snapshot: &Snapshot) -> Diagnosis {
        self.memory.record(snapshot);
        let evidence = Evidence::new(config, snapshot, &self.memory);
        let finding = rules::find(&evidence);
        let kind = finding.kind();
        let since = match self.holds {
            Some((known, since)) if known == kind => since,
            _ => snapshot.step,
        };
        self.holds = Some((kind, since));
        let fixes = match &self.fixes {
            Some((known, of, fixes)) if (*known, of) == (kind, config) => fixes.clone(),
            _ => {
                let fixes = find_fixes(&evidence, kind);
                self.fixes = Some((kind, config.clone(), fixes.clone()));
                fixes
            }
        };
        let Words {
            title,
            text,
            evidence,
        } = words(&finding, since, config.depth);
        Diagnosis {
            kind,
            tone: kind.tone(),
            title,
            text,
            evidence,
            since,
            fixes,
        }
    }
}

fn find_fixes(evidence: &Evidence, kind: DiagnosisKind) -> Vec<Fix> {
    let proposals = fixes::fixes(evidence, kind).into_iter();
    let fixes = proposals.map(|proposal| Fix {
        label: words::label(&proposal),
        note: words::note(&proposal),
        patch: proposal.patch,
    });
    fixes.collect()
}

/// Diagnoses one snapshot of a run, without a memory of the steps before.
pub fn diagnose(config: &Config, snapshot: &Snapshot) -> Diagnosis {
    Diagnostician::default().diagnose(config, snapshot)
}

#[cfg(test)]
mod tests;
