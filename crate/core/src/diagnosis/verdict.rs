//! The verdict on a run: what the rules find, with a memory. A verdict changes only when the evidence has changed for a
//! while, and a cause stays until the network has learned.

use super::evidence::Evidence;
use super::finding::Healthy;
use super::kind::{Concern, DiagnosisKind, Finding};
use super::words::words;
use gradient_flow_words::Message;

/// The verdict that holds.
#[derive(Debug)]
pub struct Held {
    pub finding: Finding,
    pub kind: DiagnosisKind,
    /// The step since which it holds.
    pub since: u64,
    /// The step at which its numbers were measured.
    pub measured: u64,
    /// The step of the last evaluation that agreed with it, or that was made before it.
    evaluated: u64,
    /// It was found in the first snapshot, before any update.
    is_from_start: bool,
    /// In how many snapshots it was found.
    looks: usize,
    /// What led to an overflow: the kind of the verdict before it with its words.
    pub before: Option<(DiagnosisKind, Message)>,
}

/// What rules have found lately, and not the verdict that holds.
#[derive(Debug, Clone, Copy)]
struct Rival {
    kind: DiagnosisKind,
    since: u64,
    looks: usize,
}

/// The verdict with its memory.
#[derive(Debug, Default)]
pub struct Verdict {
    held: Option<Held>,
    rival: Option<Rival>,
}

/// A rival must last for so many steps.
const STEPS: u64 = 10;
/// After so many steps without an evaluation that agrees with it, a verdict may be out of date.
const UNCONFIRMED: u64 = 100;

impl Verdict {
    /// Takes in what the rules have found in the present snapshot, and returns the verdict.
    pub fn judge(&mut self, finding: Finding, e: &Evidence) -> &Held {
        let (kind, step) = (finding.kind(), e.snapshot.step);
        let is_evaluated = e.snapshot.test_step == step;
        let accepted = match &mut self.held {
            // A run that begins anew.
            Some(held) if step < held.measured => Some(step),
            None => Some(step),
            Some(held) if held.kind == kind && held.is_shown_by(&finding) => {
                self.rival = None;
                held.looks += 1;
                (held.finding, held.measured) = (finding, step);
                if is_evaluated {
                    held.evaluated = step;
                }
                return self.held.as_ref().expect("just used");
            }
            Some(held) => {
                let rival = match self.rival {
                    Some(rival) if rival.kind == kind => Rival {
                        looks: rival.looks + 1,
                        ..rival
                    },
                    _ => Rival {
                        kind,
                        since: step,
                        looks: 1,
                    },
                };
                self.rival = Some(rival);
                let patience = held.patience(&finding);
                let is_unconfirmed = is_evaluated && step >= held.evaluated + UNCONFIRMED;
                if is_unconfirmed && patience.is_some() && held.is_out_of_date(&finding, e) {
                    return self.accept(finding, step, e);
                }
                let lasts = kind == DiagnosisKind::Overflow || step >= rival.since + STEPS;
                patience
                    .is_some_and(|looks| rival.looks >= looks && lasts)
                    .then_some(rival.since)
            }
        };
        match accepted {
            Some(since) => self.accept(finding, since, e),
            None => self.held.as_ref().expect("the first finding is accepted"),
        }
    }

    /// From now on this is the verdict, since a step.
    fn accept(&mut self, finding: Finding, since: u64, e: &Evidence) -> &Held {
        let (kind, step) = (finding.kind(), e.snapshot.step);
        self.rival = None;
        let evaluated = if e.snapshot.test_step == step {
            step
        } else {
            (self.held.as_ref()).map_or(0, |held| held.evaluated.min(step))
        };
        let before = (self.held.take())
            .filter(|held| kind == DiagnosisKind::Overflow && step >= held.measured)
            .filter(|held| held.kind != DiagnosisKind::Healthy)
            .map(|held| (held.kind, words(&held.finding, held.since, e.depth).text));
        self.held.insert(Held {
            before,
            finding,
            kind,
            since,
            measured: step,
            evaluated,
            is_from_start: !e.in_training(),
            looks: 1,
        })
    }
}

impl Held {
    /// Whether a finding of the same kind belongs to this verdict. That it is too early to say is no all-clear: it never
    /// follows on a network that learns.
    fn is_shown_by(&self, finding: &Finding) -> bool {
        match (&self.finding, finding) {
            (Finding::Healthy(held), Finding::Healthy(found)) => {
                matches!(held, Healthy::TooEarly { .. })
                    || !matches!(found, Healthy::TooEarly { .. })
            }
            _ => true,
        }
    }

    /// Whether a finding that an evaluation has made long after this verdict shows it to be out of date: that it was too
    /// early to say is no longer so, what was learned is lost, or it has learned after all. That a network does not learn
    /// is told by several looks alone.
    fn is_out_of_date(&self, found: &Finding, e: &Evidence) -> bool {
        match (&self.finding, found) {
            (_, Finding::Healthy(Healthy::Learned { .. })) => true,
            (_, Finding::NotLearning(_)) => false,
            (Finding::Healthy(Healthy::TooEarly { .. }), _) => true,
            (Finding::Healthy(_), _) => e.snapshot.test_loss > e.snapshot.guess_loss,
            _ => false,
        }
    }

    /// In how many snapshots a finding must be made before it takes the place of this one; None: never.
    fn patience(&self, found: &Finding) -> Option<usize> {
        if found.kind() == DiagnosisKind::Overflow {
            return Some(1);
        }
        match (&self.finding, found) {
            (Finding::Overflow(_), _) => None,
            (Finding::Healthy(Healthy::TooEarly { .. }), Finding::Healthy(_)) => Some(1),
            (Finding::Healthy(Healthy::TooEarly { .. }), Finding::NotLearning(_)) => Some(5),
            (Finding::Healthy(Healthy::TooEarly { .. }), _) => Some(3),
            (_, Finding::Healthy(Healthy::TooEarly { .. })) => None,
            (Finding::Healthy(_), Finding::NotLearning(_)) => Some(8),
            (Finding::Healthy(_), _) => Some(4),
            (_, Finding::Healthy(Healthy::Learned { .. })) => Some(2),
            (_, Finding::TestLossNotFinite(_)) => Some(2),
            (Finding::NotLearning(_), _) => Some(4),
            (_, Finding::NotLearning(_)) => None,
            // The cause at the start stays until the network has learned.
            _ if self.is_from_start => None,
            (_, Finding::Healthy(_)) => Some(4),
            // What has become of the signal is a consequence of such updates.
            _ if self.kind.concern() == Concern::Updates
                && found.kind().concern() == Concern::Signal =>
            {
                None
            }
            _ => Some((self.looks / 2).max(6)),
        }
    }
}
