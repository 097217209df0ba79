//! What the buttons of the fixes say, and what the fixes do.

use super::phrases::{NONE, name};
use crate::config::Init;
use crate::config::choice::Choice;
use crate::diagnosis::fixes::{Change, InitAndGain, Proposal};
use crate::numeric::format::number;
use gradient_flow_words::{Message, Value, message};

/// What a fix does, as a button says it.
pub fn label(proposal: &Proposal) -> Message {
    let rate = proposal
        .learning_rate
        .map_or(Value::from(NONE), Value::from);
    match &proposal.change {
        Change::PreservingInit { start, .. } => {
            message!(
                "fix-init",
                init = family(start.init),
                gain = gain_unless_1(*start),
                rate = rate
            )
        }
        Change::SmallerBranches(start) => {
            message!(
                "fix-init",
                init = family(start.init),
                gain = start.gain,
                rate = rate
            )
        }
        Change::ReluWithHe => message!("fix-relu", rate = rate),
        Change::LeakyRelu => message!("fix-leaky", rate = rate),
        Change::LowerRate(rate) | Change::HigherRate(rate) => message!("fix-rate", rate = *rate),
        Change::ClipByNorm { at, .. } => message!("fix-clip", at = *at, rate = rate),
        Change::Normalize { norm, start } => message!(
            "fix-norm",
            norm = norm.name(),
            init = start.map_or(NONE, |start| family(start.init)),
            gain = start.map_or(Value::from(NONE), gain_unless_1),
            rate = rate,
        ),
        Change::Residual => message!("fix-residual", rate = rate),
        Change::Width(units) => message!("fix-width", units = *units, rate = rate),
        Change::NoDecay => message!("fix-decay", rate = rate),
    }
}

/// What a fix really does, in one short sentence.
pub fn note(proposal: &Proposal) -> Message {
    match &proposal.change {
        Change::PreservingInit {
            sigma, activation, ..
        } => message!(
            "fix-init.note",
            sigma = number(*sigma),
            activation = name(*activation)
        ),
        Change::ReluWithHe => message!("fix-relu.note"),
        Change::LeakyRelu => message!("fix-leaky.note"),
        Change::LowerRate(_) => message!("fix-rate-lower"),
        Change::HigherRate(_) => message!("fix-rate-higher"),
        Change::ClipByNorm { at, longest_step } => {
            message!("fix-clip.note", at = *at, longest = number(*longest_step))
        }
        Change::Normalize { norm, .. } => message!("fix-norm.note", norm = norm.name()),
        Change::Residual => message!("fix-residual.note"),
        Change::SmallerBranches(_) => message!("fix-branches"),
        Change::Width(units) => message!("fix-width.note", units = *units),
        Change::NoDecay => message!("fix-decay.note"),
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
    use crate::config::{Activation, Norm};
    use serde_json::Value as Json;

    fn labelled(change: Change, learning_rate: Option<f64>) -> String {
        let proposal = Proposal {
            change,
            learning_rate,
            patch: Json::Null,
        };
        label(&proposal).to_string()
    }

    fn start(init: Init, gain: f64) -> InitAndGain {
        InitAndGain { init, gain }
    }

    #[test]
    fn labels_name_the_gain_and_the_rate_that_come_with_a_fix() {
        let preserving = |gain| Change::PreservingInit {
            start: start(Init::HeNormal, gain),
            sigma: 1.62,
            activation: Activation::Silu,
        };
        assert_eq!(labelled(preserving(1.0), None), "He start");
        assert_eq!(
            labelled(preserving(1.15), Some(0.02)),
            "He start, gain 1.15, rate 0.02"
        );
        let without_norm = Change::Normalize {
            norm: Norm::None,
            start: Some(start(Init::XavierNormal, 1.0)),
        };
        assert_eq!(
            labelled(without_norm, None),
            "No normalization, Xavier start"
        );
        // The gain is the point of this one, even where it is 1.
        let branches = Change::SmallerBranches(start(Init::HeNormal, 1.0));
        assert_eq!(labelled(branches, None), "He start, gain 1");
    }
}
