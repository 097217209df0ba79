//! Which changes are tried, in what order, and which of them are offered: rules propose, trials dispose.
//!
//! Nothing is trained here. Whoever has the time takes [`Trials::next`], trains that config from its seed for
//! [`Trials::steps`] steps, and records what it reached:
//!
//! 1. for each setting its changes, one at a time, until one learns well: what lets the network learn when it alone is
//!    changed is a cause;
//! 2. where no single change is enough, whole repairs, until one learns;
//! 3. from the repair that learns its changes one by one, each left out for good if the rest learns without it;
//! 4. what would be offered twice more, from other seeds and for twice as long: what learned by luck is left out.

mod cause;
mod outcome;
mod tried;

use super::DiagnosisKind;
use super::fixes::{Proposal, Slot, likely, repairs, slots};
use super::progress::LEARNED;
use crate::config::Config;
pub use cause::Cause;
pub use outcome::Outcome;
pub use tried::Tried;

/// The fewest and the most steps of a trial.
const STEPS: (u64, u64) = (100, 1000);
/// From this part of the way from guessing on, no other change of the same setting is tried.
const LEARNS_WELL: f64 = 0.8;
/// Where no single change comes this far, whole repairs are tried.
const GOOD_ENOUGH: f64 = 0.65;
/// A fix is offered only if it comes this far, as a share of what the best one reaches.
const NEAR_BEST: f64 = 0.7;
/// What differs by less than this part of the way is equally good: then the likelier cause comes first.
const EQUALLY_GOOD: f64 = 0.03;
/// A fix is offered only if it learns from so many other seeds too.
const CONFIRMATIONS: u64 = 2;
/// Other seeds are this far from each other: not the next ones, which people try themselves.
const SEEDS_APART: u64 = 1000;
/// The most fixes that are offered at once.
const OFFERED: usize = 3;

/// What is being tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// This alternative of this slot.
    Single {
        slot: usize,
        alternative: usize,
    },
    /// This repair.
    Repair(usize),
    /// The best repair without the change at this index.
    Without(usize),
    /// The best of what learned and was not yet confirmed.
    Confirm,
    Done,
}

/// The trials for one config and kind of diagnosis.
#[derive(Debug, Clone)]
pub struct Trials {
    config: Config,
    kind: DiagnosisKind,
    steps: u64,
    slots: Vec<Slot>,
    repairs: Vec<Proposal>,
    /// The smallest repair that is known to learn, with what it reached.
    repair: Option<(Proposal, Outcome)>,
    has_repaired: bool,
    stage: Stage,
    /// What is tried next, and its config.
    next: Option<(Proposal, Config)>,
    /// The best so far of the present slot.
    best_of_slot: Option<Tried>,
    tried: Vec<Tried>,
    /// The trials that were made.
    made: usize,
}

impl Trials {
    /// The trials for a run of `config` that has made `steps` steps and whose verdict is of this kind. `has_classes` tells
    /// a classification from a regression. For a healthy run there are none.
    pub fn new(config: &Config, kind: DiagnosisKind, has_classes: bool, steps: u64) -> Self {
        // The steady rate depends on the loss.
        let resolved = Config {
            loss: config.resolved_loss(has_classes),
            ..config.clone()
        };
        let mut trials = Trials {
            slots: slots(&resolved, kind),
            repairs: repairs(&resolved),
            config: config.clone(),
            kind,
            steps: steps.clamp(STEPS.0, STEPS.1),
            repair: None,
            has_repaired: false,
            stage: Stage::Single {
                slot: 0,
                alternative: 0,
            },
            next: None,
            best_of_slot: None,
            tried: Vec::new(),
            made: 0,
        };
        if kind == DiagnosisKind::Healthy {
            trials.stage = Stage::Done;
        }
        trials.prepare();
        trials
    }

    /// The number of steps after which trials are compared.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// The number of steps of the trial that is next: twice as many where a fix is confirmed.
    pub fn next_steps(&self) -> u64 {
        if self.stage == Stage::Confirm {
            2 * self.steps
        } else {
            self.steps
        }
    }

    /// The config to train next; None when all is tried.
    pub fn next(&self) -> Option<&Config> {
        self.next.as_ref().map(|(_, config)| config)
    }

    /// Records what the config of `next` has reached.
    pub fn record(&mut self, outcome: Outcome) {
        let Some((proposal, _)) = self.next.take() else {
            return;
        };
        self.made += 1;
        match self.stage {
            Stage::Single { slot, alternative } => {
                let tried = Tried::new(proposal, Some(outcome));
                let is_better = |best: &Tried| tried.progress() > best.progress() + EQUALLY_GOOD;
                if self.best_of_slot.as_ref().is_none_or(is_better) {
                    self.best_of_slot = Some(tried);
                }
                let is_last = alternative + 1 == self.slots[slot].len();
                if is_last || outcome.learns() && outcome.progress() >= LEARNS_WELL {
                    self.tried.extend(self.best_of_slot.take());
                    self.stage = Stage::Single {
                        slot: slot + 1,
                        alternative: 0,
                    };
                } else {
                    self.stage = Stage::Single {
                        slot,
                        alternative: alternative + 1,
                    };
                }
            }
            Stage::Repair(index) => {
                if outcome.learns_surely() {
                    self.tried.push(Tried {
                        is_whole: true,
                        ..Tried::new(proposal.clone(), Some(outcome))
                    });
                    self.repair = Some((proposal, outcome));
                    self.stage = Stage::Without(0);
                } else {
                    self.stage = Stage::Repair(index + 1);
                }
            }
            Stage::Without(index) => {
                let needed = self.repair.as_ref().map_or(f64::INFINITY, |(_, reached)| {
                    NEAR_BEST.max(LEARNED / reached.progress()) * reached.progress()
                });
                if outcome.learns_surely() && outcome.progress() >= needed {
                    self.repair = Some((proposal, outcome));
                } else {
                    self.stage = Stage::Without(index + 1);
                }
            }
            Stage::Confirm => {
                let patch = proposal.patch();
                // A repair may turn out to be a single change that was tried before.
                for tried in self.tried.iter_mut().filter(|tried| tried.patch == patch) {
                    tried.confirmations += 1;
                    if !outcome.learns_surely() {
                        tried.is_confirmed = Some(false);
                    } else if tried.confirmations == CONFIRMATIONS {
                        tried.is_confirmed = Some(true);
                    }
                }
            }
            Stage::Done => {}
        }
        self.prepare();
    }

    /// Finds what is tried next, passing over what there is nothing of.
    fn prepare(&mut self) {
        while self.next.is_none() && self.stage != Stage::Done {
            let mut confirmation = 0;
            let proposal = match self.stage {
                Stage::Single { slot, alternative } if slot < self.slots.len() => {
                    Some(self.slots[slot][alternative].clone())
                }
                Stage::Single { .. } => {
                    self.stage = if self.single_learns() {
                        Stage::Confirm
                    } else {
                        Stage::Repair(0)
                    };
                    None
                }
                Stage::Repair(index) => {
                    self.has_repaired = true;
                    let repair = self.repairs.get(index).cloned();
                    if repair.is_none() {
                        self.stage = Stage::Confirm;
                    }
                    repair
                }
                Stage::Without(index) => self.without(index),
                Stage::Confirm => {
                    let offered = self.fixes();
                    let next = offered.iter().find(|tried| tried.is_confirmed.is_none());
                    let next = next.map(|tried| {
                        confirmation = tried.confirmations + 1;
                        tried.proposal.clone()
                    });
                    if next.is_none() {
                        // Where chance alone made single changes learn, whole repairs are left.
                        let nothing_holds = offered.is_empty() && !self.has_repaired;
                        self.stage = if nothing_holds {
                            Stage::Repair(0)
                        } else {
                            Stage::Done
                        };
                    }
                    next
                }
                Stage::Done => None,
            };
            let Some(proposal) = proposal else { continue };
            match proposal.applied(&self.config) {
                Some(mut config) => {
                    config.seed += SEEDS_APART * confirmation;
                    self.next = Some((proposal, config));
                }
                None => self.skip(),
            }
        }
    }

    /// The repair without one of its changes; None, with the stage at its end, where it has no more.
    fn without(&mut self, index: usize) -> Option<Proposal> {
        let (repair, reached) = self.repair.as_ref()?;
        if index >= repair.changes.len() || repair.changes.len() == 1 {
            let tried = Tried::new(repair.clone(), Some(*reached));
            // Where every change is needed, the whole is the smallest.
            self.tried.retain(|other| other.patch != tried.patch);
            self.tried.push(tried);
            self.stage = Stage::Confirm;
            return None;
        }
        let mut smaller = repair.clone();
        smaller.changes.remove(index);
        Some(smaller)
    }

    /// Passes over a proposal that the config refuses.
    fn skip(&mut self) {
        self.stage = match self.stage {
            Stage::Single { slot, alternative } if alternative + 1 < self.slots[slot].len() => {
                Stage::Single {
                    slot,
                    alternative: alternative + 1,
                }
            }
            Stage::Single { slot, .. } => Stage::Single {
                slot: slot + 1,
                alternative: 0,
            },
            Stage::Repair(index) => Stage::Repair(index + 1),
            Stage::Without(index) => Stage::Without(index + 1),
            Stage::Confirm | Stage::Done => Stage::Done,
        };
    }

    /// Whether a single change is enough, other than one that changes what one wants to train.
    fn single_learns(&self) -> bool {
        let mut tried = self.tried.iter();
        let enough = |t: &Tried| t.learns() && t.progress() >= GOOD_ENOUGH && !t.is_last_resort();
        tried.any(enough)
    }

    /// What was tried, in its order: for each setting the best of its changes.
    pub fn tried(&self) -> &[Tried] {
        &self.tried
    }

    /// The trials that were made, and how many it will be at least.
    pub fn made(&self) -> (usize, usize) {
        let left = match self.stage {
            Stage::Single { slot, .. } => self.slots.len() - slot,
            Stage::Repair(index) => self.repairs.len() - index,
            Stage::Without(index) => {
                let changes = self.repair.as_ref().map_or(0, |(r, _)| r.changes.len());
                changes.saturating_sub(index)
            }
            Stage::Confirm => {
                let offered = self.fixes();
                offered.iter().filter(|t| t.is_confirmed.is_none()).count()
            }
            Stage::Done => 0,
        };
        (self.made, self.made + left)
    }

    /// What is offered, best first: the changes with which the network learns. What comes nearly as far as the best is
    /// ordered by how likely it is the cause.
    pub fn fixes(&self) -> Vec<&Tried> {
        let surely = |t: &&Tried| t.outcome.is_some_and(|outcome| outcome.learns_surely());
        let mut learns: Vec<&Tried> = self.tried.iter().filter(surely).collect();
        learns.retain(|tried| tried.is_confirmed != Some(false));
        if learns.iter().any(|tried| !tried.is_whole) {
            learns.retain(|tried| !tried.is_whole);
        }
        if learns.iter().any(|tried| !tried.is_last_resort()) {
            learns.retain(|tried| !tried.is_last_resort());
        }
        let best = learns.iter().fold(0.0f64, |best, t| best.max(t.progress()));
        learns.retain(|tried| tried.progress() >= NEAR_BEST * best);
        learns.sort_by(|a, b| {
            let rank = |t: &Tried| ((best - t.progress()) / EQUALLY_GOOD).floor();
            let likelihood = |t: &Tried| {
                let setting = t.proposal.changes[0].setting();
                let likely = likely(self.kind);
                likely
                    .iter()
                    .position(|s| *s == setting)
                    .unwrap_or(likely.len())
            };
            let changes = |t: &Tried| t.proposal.changes.len();
            rank(a)
                .total_cmp(&rank(b))
                .then(likelihood(a).cmp(&likelihood(b)))
                .then(changes(a).cmp(&changes(b)))
                .then(b.progress().total_cmp(&a.progress()))
        });
        learns.truncate(OFFERED);
        learns
    }

    /// What would be tried first, where nothing is tried: one proposal for each of the likeliest settings.
    pub fn untried(&self) -> Vec<Tried> {
        let first = self.slots.iter().filter_map(|slot| {
            let single = slot.first()?;
            let paced = single.with_steady_rate(&self.config);
            Some(Tried::new(paced.unwrap_or_else(|| single.clone()), None))
        });
        let likely = likely(self.kind);
        first
            .filter(|t| likely.contains(&t.proposal.changes[0].setting()))
            .take(OFFERED)
            .collect()
    }
}
