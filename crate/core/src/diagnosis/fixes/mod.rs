//! What may help against a kind: changes of one setting, in the order in which they are tried, and whole repairs where no
//! single change is enough. Nothing here is certain: a trial decides (`trials.rs`).

pub mod changes;
mod rate;

use super::DiagnosisKind;
use crate::config::{Config, Norm};
use changes::*;
use serde_json::{Value as Json, json};

/// Some changes that are made together.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    pub changes: Vec<Change>,
}

impl Proposal {
    /// The fields that change, as a JSON object.
    pub fn patch(&self) -> Json {
        let mut patch = json!({});
        for change in &self.changes {
            extend(&mut patch, change.patch());
        }
        patch
    }

    /// The config with the changes; None where it refuses them.
    pub fn applied(&self, config: &Config) -> Option<Config> {
        patched(config, &self.patch())
    }

    /// The same with the learning rate that the changed network bears; None where it has it.
    pub fn with_steady_rate(&self, config: &Config) -> Option<Self> {
        let fixed = self.applied(config)?;
        let rate = rate(&fixed, rate::steady_rate(&fixed))?;
        let is_rate =
            |change: &Change| matches!(change.setting(), Setting::Rate | Setting::Optimizer);
        if self.changes.iter().any(is_rate) {
            return None;
        }
        let mut changes = self.changes.clone();
        changes.push(rate);
        Some(Proposal { changes })
    }
}

/// The config with the fields of a patch; None where they are refused, or change nothing.
pub fn patched(config: &Config, patch: &Json) -> Option<Config> {
    let patched = config.with_json(&patch.to_string()).ok()?;
    (patched != *config).then_some(patched)
}

/// What is tried for one setting: the alternatives in their order, until one learns well.
pub type Slot = Vec<Proposal>;

/// For each setting that could be the cause what is tried, the likeliest for the kind first. `config` has its loss
/// resolved (it is not `auto`).
pub fn slots(config: &Config, kind: DiagnosisKind) -> Vec<Slot> {
    let order = likely(kind).iter().chain(ALL_SETTINGS);
    let mut seen: Vec<Setting> = Vec::new();
    let mut slots = Vec::new();
    for setting in order {
        if seen.contains(setting) {
            continue;
        }
        seen.push(*setting);
        let singles = alternatives(config, *setting, kind).into_iter().flatten();
        let mut slot = Slot::new();
        for single in singles {
            let proposal = Proposal {
                changes: vec![single],
            };
            if proposal.applied(config).is_some() {
                slot.push(proposal);
            }
        }
        // A changed network may need another rate: tried where the change alone is not enough.
        let paced: Slot = slot
            .iter()
            .filter_map(|proposal| proposal.with_steady_rate(config))
            .collect();
        slot.extend(paced);
        if !slot.is_empty() {
            slots.push(slot);
        }
    }
    slots
}

/// Every setting, in the order in which it is tried where nothing speaks for another one.
const ALL_SETTINGS: &[Setting] = &[
    Setting::Rate,
    Setting::Start,
    Setting::Activation,
    Setting::Norm,
    Setting::Penalty,
    Setting::Clip,
    Setting::Schedule,
    Setting::Momentum,
    Setting::Scaling,
    Setting::BatchSize,
    Setting::Residual,
    Setting::Output,
    Setting::Tied,
    Setting::Width,
    Setting::Depth,
    Setting::Optimizer,
];

/// The settings that are the likeliest causes of a kind.
pub fn likely(kind: DiagnosisKind) -> &'static [Setting] {
    use DiagnosisKind as K;
    use Setting as S;
    match kind {
        K::Healthy | K::NotLearning => &[],
        K::StartTooLarge | K::ExplodingWeights => {
            &[S::Start, S::Scaling, S::Rate, S::Clip, S::Norm]
        }
        K::Overflow => &[S::Rate, S::Clip, S::Start, S::Scaling, S::Norm],
        K::InputsNotScaled => &[S::Scaling, S::Start],
        K::ExplodingRate | K::Oscillation => &[S::Rate, S::Clip, S::Momentum, S::Schedule],
        K::ExplodingNorm => &[S::Norm, S::Residual],
        K::TestLossNotFinite | K::BatchTooSmall => &[S::BatchSize, S::Norm],
        K::PenaltyTooStrong => &[S::Penalty],
        K::ThresholdTooSmall => &[S::Clip],
        K::RateTooSmall => &[S::Rate, S::Schedule],
        K::Dying => &[S::Rate, S::Activation, S::Width, S::Start],
        K::Saturation => &[S::Start, S::Rate, S::Scaling, S::Activation],
        K::Zeros | K::StartTooSmall | K::Hidden => &[S::Start, S::Norm, S::Activation],
        K::Derivative => &[S::Activation, S::Norm],
        K::Underflow => &[S::Start, S::Activation, S::Norm],
    }
}

/// The changes of one setting, in the order in which they are tried.
fn alternatives(config: &Config, setting: Setting, kind: DiagnosisKind) -> Vec<Option<Change>> {
    match setting {
        Setting::Scaling => vec![standard_scaling(config)],
        Setting::Output => vec![linear_output(config)],
        Setting::Start => vec![
            smaller_branches(config),
            preserving_init(config),
            recommended_init(config),
        ],
        Setting::Activation if kind == DiagnosisKind::Dying => vec![leaky_relu(config)],
        Setting::Activation => vec![relu_with_he(config)],
        Setting::Rate => {
            let steady = rate::steady_rate(config);
            let now = config.learning_rate;
            let rates = if steady < now {
                [steady.min(now / 3.0), steady / 5.0, 3.0 * steady]
            } else {
                [steady, 4.0 * steady, now / 10.0]
            };
            rates.into_iter().map(|to| rate(config, to)).collect()
        }
        Setting::Norm => {
            let (first, second) = match (kind, config.norm) {
                (_, Norm::Batch) => (Norm::Layer, Norm::None),
                (_, Norm::Layer) => (Norm::Batch, Norm::None),
                (DiagnosisKind::Derivative, Norm::None) => (Norm::Batch, Norm::Layer),
                (_, Norm::None) => (Norm::Layer, Norm::Batch),
            };
            vec![normalize(config, first), normalize(config, second)]
        }
        Setting::Residual => vec![residual(config), without_residual(config)],
        Setting::Penalty => vec![without_penalty(config)],
        Setting::Clip => vec![clip_by_norm(config), without_clip(config)],
        Setting::BatchSize => vec![larger_batch(config)],
        Setting::Schedule => vec![constant_rate(config)],
        Setting::Tied => vec![untied(config)],
        Setting::Momentum => vec![less_momentum(config)],
        Setting::Width => vec![wider(config)],
        Setting::Depth => vec![shallower(config)],
        Setting::Optimizer => vec![adam(config)],
    }
}

/// Whole repairs, each of many changes: what is harmful goes, and the rest of the network is one that learns. The first
/// ones keep more of the config.
pub fn repairs(config: &Config) -> Vec<Proposal> {
    let harmless = [
        untied(config),
        linear_output(config),
        constant_rate(config),
        less_momentum(config),
        without_penalty(config),
        without_clip(config),
        standard_scaling(config),
        larger_batch(config),
    ];
    let harmless: Vec<Change> = harmless.into_iter().flatten().collect();
    let start = || preserving_init(config).or_else(|| recommended_init(config));
    let relu = || relu_with_he(config).or_else(|| preserving_init(config));
    let bare = || normalize(config, Norm::None);
    let variants: [Vec<Option<Change>>; 7] = [
        vec![start()],
        vec![relu()],
        vec![relu(), bare(), without_residual(config)],
        vec![normalize(config, Norm::Layer), start()],
        vec![
            normalize(config, Norm::Batch),
            relu(),
            without_residual(config),
        ],
        vec![
            wider(config),
            relu(),
            bare(),
            adam(config),
            without_residual(config),
        ],
        vec![
            wider(config),
            shallower(config),
            relu(),
            bare(),
            without_residual(config),
        ],
    ];
    let mut repairs: Vec<Proposal> = Vec::new();
    for variant in variants {
        let mut changes: Vec<Change> = variant.into_iter().flatten().collect();
        changes.extend(harmless.iter().cloned());
        let proposal = Proposal { changes };
        let paced = proposal.with_steady_rate(config);
        let repair = paced.unwrap_or(proposal);
        if repair.applied(config).is_some() && !repairs.contains(&repair) {
            repairs.push(repair);
        }
    }
    repairs
}
