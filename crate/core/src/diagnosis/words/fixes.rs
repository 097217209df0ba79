//! What the buttons of the fixes say, and what the fixes do.

use super::phrases::{NONE, name};
use crate::config::Init;
use crate::config::choice::Choice;
use crate::diagnosis::fixes::Proposal;
use crate::diagnosis::fixes::changes::{Change, InitAndGain};
use crate::numeric::format::number;
use gradient_flow_words::{Message, Value, message};

/// What a proposal does, as a button says it.
pub fn label(proposal: &Proposal) -> Message {
    let mut said: Option<Message> = None;
    // A rate that comes with another change is said last, and shorter.
    for change in &proposal.changes {
        said = Some(match (said, change) {
            (None, change) => one(change),
            (Some(first), Change::Rate { to, .. }) => {
                message!("fix-with-rate", first = first, rate = *to)
            }
            (Some(first), change) => message!("fix-and", first = first, second = one(change)),
        });
    }
    said.unwrap_or_else(|| message!("fix-none"))
}

/// What one change does, as a button says it.
fn one(change: &Change) -> Message {
    match change {
        Change::PreservingInit { start, .. } | Change::SmallerBranches(start) => message!(
            "fix-init",
            init = family(start.init),
            gain = gain_unless_1(*start)
        ),
        Change::ReluWithHe(_) => message!("fix-relu"),
        Change::LeakyRelu(_) => message!("fix-leaky"),
        Change::Rate { to, .. } => message!("fix-rate", rate = *to),
        Change::ClipByNorm { at, .. } => message!("fix-clip", at = *at),
        Change::NoClip => message!("fix-no-clip"),
        Change::Normalize(norm) => message!("fix-norm", norm = norm.name()),
        Change::Residual => message!("fix-residual"),
        Change::NoResidual => message!("fix-no-residual"),
        Change::Width(units) => message!("fix-width", units = *units),
        Change::Depth(layers) => message!("fix-depth", layers = *layers),
        Change::NoPenalty => message!("fix-penalty"),
        Change::BatchSize(samples) => message!("fix-batch", samples = *samples),
        Change::StandardScaling => message!("fix-scaling"),
        Change::LinearOutput => message!("fix-output"),
        Change::ConstantRate => message!("fix-constant-rate"),
        Change::Untied => message!("fix-untied"),
        Change::Momentum(momentum) => message!("fix-momentum", momentum = *momentum),
        Change::Adam(rate) => message!("fix-adam", rate = *rate),
    }
}

/// What a change really does, in one short sentence.
pub fn note(change: &Change) -> Message {
    match change {
        Change::PreservingInit {
            sigma, activation, ..
        } => message!(
            "fix-init.note",
            sigma = number(*sigma),
            activation = name(*activation)
        ),
        Change::ReluWithHe(_) => message!("fix-relu.note"),
        Change::LeakyRelu(_) => message!("fix-leaky.note"),
        Change::Rate { lower: true, .. } => message!("fix-rate-lower"),
        Change::Rate { lower: false, .. } => message!("fix-rate-higher"),
        Change::ClipByNorm { at, longest_step } => {
            message!("fix-clip.note", at = *at, longest = number(*longest_step))
        }
        Change::NoClip => message!("fix-no-clip.note"),
        Change::Normalize(norm) => message!("fix-norm.note", norm = norm.name()),
        Change::Residual => message!("fix-residual.note"),
        Change::NoResidual => message!("fix-no-residual.note"),
        Change::SmallerBranches(_) => message!("fix-branches"),
        Change::Width(units) => message!("fix-width.note", units = *units),
        Change::Depth(_) => message!("fix-depth.note"),
        Change::NoPenalty => message!("fix-penalty.note"),
        Change::BatchSize(_) => message!("fix-batch.note"),
        Change::StandardScaling => message!("fix-scaling.note"),
        Change::LinearOutput => message!("fix-output.note"),
        Change::ConstantRate => message!("fix-constant-rate.note"),
        Change::Untied => message!("fix-untied.note"),
        Change::Momentum(_) => message!("fix-momentum.note"),
        Change::Adam(_) => message!("fix-adam.note"),
    }
}

/// The gain of an initialisation where that is not 1.
fn gain_unless_1(start: InitAndGain) -> Value {
    if start.gain == 1.0 {
        NONE.into()
    } else {
        start.gain.into()
    }
}

/// An initialisation by the name of its inventor, or of its distribution.
fn family(init: Init) -> &'static str {
    match init {
        Init::XavierUniform | Init::XavierNormal => "Xavier",
        Init::HeUniform | Init::HeNormal => "He",
        Init::LecunNormal => "LeCun",
        Init::Orthogonal => "Orthogonal",
        Init::Normal => "Normal",
        Init::Uniform => "Uniform",
        Init::Zeros => "Zero",
        Init::Constant => "Constant",
        Init::UniformZeroOne => "Uniform",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Activation;

    fn labelled(changes: Vec<Change>) -> String {
        label(&Proposal { changes }).to_string()
    }

    fn he(gain: f64) -> Change {
        Change::PreservingInit {
            start: InitAndGain {
                init: Init::HeNormal,
                gain,
                clears_biases: false,
            },
            sigma: 1.62,
            activation: Activation::Silu,
        }
    }

    #[test]
    fn labels_name_the_gain_and_the_rate_that_come_with_a_fix() {
        let rate = Change::Rate {
            to: 0.02,
            lower: true,
        };
        assert_eq!(labelled(vec![he(1.0)]), "He start");
        assert_eq!(labelled(vec![rate.clone()]), "Learning rate 0.02");
        assert_eq!(
            labelled(vec![he(1.15), rate.clone()]),
            "He start, gain 1.15, rate 0.02"
        );
        assert_eq!(
            labelled(vec![he(1.0), Change::NoPenalty, rate]),
            "He start + No weight decay, rate 0.02"
        );
    }
}
