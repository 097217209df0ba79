//! A change with what its trial reached.

use super::Outcome;
use crate::diagnosis::fixes::Proposal;
use crate::diagnosis::fixes::changes::{Change, Setting};
use crate::diagnosis::words::{label, note};
use gradient_flow_words::Message;
use serde_json::Value as Json;

/// A change, or some at once, with what a trial of it reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// The setting that changes, in JSON's words; of several the first.
    pub setting: &'static str,
    /// What it does, as a button says it.
    pub label: Message,
    /// What it really does: a short sentence for each change.
    pub notes: Vec<Message>,
    /// The fields that it changes, as a JSON object.
    pub patch: Json,
    /// None before its trial.
    pub outcome: Option<Outcome>,
    /// It changes one setting alone, perhaps with the learning rate that then fits.
    pub is_single: bool,
    /// Whether it learned from other seeds too; None where that is not known yet.
    pub is_confirmed: Option<bool>,
    /// From how many other seeds it has learned.
    pub(super) confirmations: u64,
    /// A repair of which a part is enough: it is offered only where that part is not.
    pub(super) is_whole: bool,
    pub(super) proposal: Proposal,
}

impl Tried {
    pub(super) fn new(proposal: Proposal, outcome: Option<Outcome>) -> Self {
        Tried {
            setting: proposal.changes.first().map_or("", |c| c.setting().name()),
            label: label(&proposal),
            notes: proposal.changes.iter().map(note).collect(),
            patch: proposal.patch(),
            outcome,
            is_single: is_single(&proposal),
            is_confirmed: None,
            confirmations: 0,
            is_whole: false,
            proposal,
        }
    }

    /// Whether its trial has learned.
    pub fn learns(&self) -> bool {
        self.outcome.is_some_and(|outcome| outcome.learns())
    }

    pub(super) fn progress(&self) -> f64 {
        self.outcome
            .map_or(f64::NEG_INFINITY, |outcome| outcome.progress())
    }

    pub(super) fn is_last_resort(&self) -> bool {
        let mut changes = self.proposal.changes.iter();
        changes.any(|change| change.setting().is_last_resort())
    }
}

fn is_single(proposal: &Proposal) -> bool {
    let others = |change: &&Change| change.setting() != Setting::Rate;
    proposal.changes.iter().filter(others).count() <= 1
}
