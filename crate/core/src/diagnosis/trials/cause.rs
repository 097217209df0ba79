//! The cause that trials find where no rule does.

use super::{Stage, Trials};
use crate::config::Clip;
use crate::diagnosis::fixes::changes::{Change, Setting};
use crate::diagnosis::initialization::preserving_sigma;
use crate::diagnosis::{DiagnosisKind, words};
use crate::theory::sigma_w2;
use gradient_flow_words::Message;

/// A cause that trials have found.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// What it is.
    pub kind: DiagnosisKind,
    /// The verdict in a few words.
    pub title: Message,
    /// The verdict in a sentence, with what the trial reached.
    pub text: Message,
}

impl Trials {
    /// The cause that the trials have found where no rule did: what, changed alone, lets the network learn.
    pub fn cause(&self) -> Option<Cause> {
        if self.kind != DiagnosisKind::NotLearning || self.stage != Stage::Done {
            return None;
        }
        let fixes = self.fixes();
        let best = fixes.iter().find(|fix| fix.is_single)?;
        let change = &best.proposal.changes[0];
        let kind = match (change.setting(), change) {
            (Setting::Rate, Change::Rate { lower: false, .. }) | (Setting::Schedule, _) => {
                DiagnosisKind::RateTooSmall
            }
            (Setting::Rate | Setting::Momentum, _) => DiagnosisKind::ExplodingRate,
            (Setting::Clip, _) if self.config.clip == Clip::None => DiagnosisKind::ExplodingRate,
            (Setting::Clip, _) => DiagnosisKind::ThresholdTooSmall,
            (Setting::Penalty, _) => DiagnosisKind::PenaltyTooStrong,
            (Setting::BatchSize, _) => DiagnosisKind::BatchTooSmall,
            (Setting::Scaling, _) => DiagnosisKind::InputsNotScaled,
            (Setting::Start, _) => {
                let preserving = preserving_sigma(&self.config)?;
                let n = self.config.width;
                if sigma_w2(&self.config, n, n).sqrt() > preserving {
                    DiagnosisKind::StartTooLarge
                } else {
                    DiagnosisKind::StartTooSmall
                }
            }
            _ => return None,
        };
        let outcome = best.outcome?;
        let (title, text) = words::found_by_trial(kind, best.label.clone(), &outcome);
        Some(Cause { kind, title, text })
    }
}
