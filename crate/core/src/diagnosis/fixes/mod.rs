//! Which changes of the config help against a kind. A change is offered only where mean-field theory
//! expects a level signal from it.

mod changes;
mod rate;

use super::DiagnosisKind;
use super::evidence::{Evidence, LEVEL};
use crate::config::{Config, Norm};
use crate::theory::predict;
use changes::*;
pub use changes::{Change, InitAndGain};
use rate::{higher_rate, lower_rate, with_steady_rate};
use serde_json::Value as Json;

/// The most fixes that are offered at once.
const OFFERED: usize = 3;

/// A change of the config with what words say of it.
#[derive(Debug)]
pub struct Proposal {
    pub change: Change,
    /// A learning rate that comes with the change, since the changed network does not bear the present one.
    pub learning_rate: Option<f64>,
    /// The fields that change, as a JSON object.
    pub patch: Json,
}

impl Proposal {
    fn new(change: Change, patch: Json) -> Option<Self> {
        Some(Proposal {
            change,
            learning_rate: None,
            patch,
        })
    }
}

/// The config with the fields of a patch; None where they are refused.
pub fn patched(config: &Config, patch: &Json) -> Option<Config> {
    config.with_json(&patch.to_string()).ok()
}

/// What helps against a kind in this run, best first.
pub fn fixes(evidence: &Evidence, kind: DiagnosisKind) -> Vec<Proposal> {
    // The steady rate depends on the loss.
    let has_classes = !evidence.snapshot.classes.is_empty();
    let config = &Config {
        loss: evidence.config.resolved_loss(has_classes),
        ..evidence.config.clone()
    };
    let candidates = candidates(evidence, config, kind).into_iter().flatten();
    let paced = candidates.map(|proposal| with_steady_rate(config, proposal));
    let helps = |proposal: &Proposal| {
        let fixed = patched(config, &proposal.patch).filter(|fixed| fixed != config);
        fixed.is_some_and(|fixed| fixed.residual || starts_level(&fixed))
    };
    paced.filter(helps).take(OFFERED).collect()
}

/// What is tried against a kind, best first; None where a change makes no sense for the config.
fn candidates(evidence: &Evidence, config: &Config, kind: DiagnosisKind) -> Vec<Option<Proposal>> {
    // A lower rate does not mend an initialisation that is bad itself.
    let sound = || {
        !evidence.overflowed_at_start()
            && (starts_level(config) || config.residual && evidence.started_level())
    };
    let shorter_steps = || vec![lower_rate(config), clip_by_norm(config)];
    let smaller_weights = || {
        vec![
            smaller_branches(config),
            preserving_init(config),
            normalize(config, Norm::Layer),
            relu_with_he(config),
        ]
    };
    match kind {
        DiagnosisKind::Healthy => vec![],
        DiagnosisKind::Overflow | DiagnosisKind::ExplodingRate | DiagnosisKind::Oscillation => {
            if sound() {
                shorter_steps()
            } else {
                smaller_weights()
            }
        }
        DiagnosisKind::ExplodingWeights => smaller_weights(),
        DiagnosisKind::ExplodingNorm => vec![
            normalize(config, Norm::Layer),
            residual(config),
            without_norm(config),
        ],
        DiagnosisKind::Dying => {
            if !evidence.died_in_training() {
                vec![wider(config).or_else(|| leaky_relu(config))]
            } else if sound() {
                vec![lower_rate(config), leaky_relu(config)]
            } else {
                vec![leaky_relu(config), normalize(config, Norm::Layer)]
            }
        }
        DiagnosisKind::Saturation => {
            if evidence.saturated_in_training() && sound() {
                vec![lower_rate(config)]
            } else {
                vec![preserving_init(config), relu_with_he(config)]
            }
        }
        DiagnosisKind::Zeros => vec![preserving_init(config), relu_with_he(config)],
        DiagnosisKind::SmallWeights | DiagnosisKind::Hidden => {
            if evidence.decay_dominates() {
                vec![without_decay()]
            } else {
                vec![
                    preserving_init(config),
                    normalize(config, Norm::Layer),
                    relu_with_he(config),
                ]
            }
        }
        DiagnosisKind::Derivative => vec![
            relu_with_he(config),
            normalize(config, Norm::Batch),
            preserving_init(config),
        ],
        DiagnosisKind::Underflow => vec![
            preserving_init(config),
            relu_with_he(config),
            normalize(config, Norm::Batch),
        ],
        DiagnosisKind::Crawling => vec![higher_rate(config)],
    }
}

/// Whether theory expects a level signal at the start of a run, forwards and backwards.
fn starts_level(config: &Config) -> bool {
    let Some(expected) = predict(config, config.width, config.width) else {
        return false;
    };
    let last = config.depth - 1;
    // Real networks scatter around the prediction.
    let within = LEVEL / 3.0;
    let level = |ratio: f64| ratio > 1.0 / within && ratio < within;
    level(expected.delta[0] / expected.delta[last])
        && level(expected.a_rms[last] / expected.a_rms[0])
}
