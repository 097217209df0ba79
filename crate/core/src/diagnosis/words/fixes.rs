//! What the buttons of the fixes say, and what the fixes do.

use super::phrases::name;
use crate::config::choice::Choice;
use crate::config::{Init, Norm};
use crate::diagnosis::fixes::{Change, InitAndGain, Proposal};
use crate::numeric::format::number;

/// What a fix does, as a button says it.
pub fn label(proposal: &Proposal) -> String {
    let label = match &proposal.change {
        Change::PreservingInit { start, .. } => init(*start),
        Change::SmallerBranches(start) => init_with_gain(*start),
        Change::ReluWithHe => "ReLU + He".into(),
        Change::LeakyRelu => "Leaky ReLU".into(),
        Change::LowerRate(rate) | Change::HigherRate(rate) => format!("Learning rate {rate}"),
        Change::ClipByNorm { at, .. } => format!("Clip at {at}"),
        Change::Normalize { norm, start } => {
            let norm = match norm {
                Norm::None => "No normalization",
                Norm::Batch | Norm::Layer => norm.info().label,
            };
            match start {
                Some(start) => format!("{norm}, {}", init(*start)),
                None => norm.into(),
            }
        }
        Change::Residual => "Residual connections".into(),
        Change::Width(units) => format!("{units} units"),
        Change::NoDecay => "No weight decay".into(),
    };
    match proposal.learning_rate {
        Some(rate) => format!("{label}, rate {rate}"),
        None => label,
    }
}

/// What a fix really does, in one short sentence.
pub fn note(proposal: &Proposal) -> String {
    let note = match &proposal.change {
        Change::PreservingInit {
            sigma, activation, ..
        } => {
            let (sigma, activation) = (number(*sigma), name(*activation));
            return format!(
                "Draws the weights with sqrt(n_in Var W) = {sigma}, at which {activation} keeps the signal's size."
            );
        }
        Change::ReluWithHe => {
            "ReLU's slope is 1 or 0; weights of variance 2 / n_in make up for the half that is 0."
        }
        Change::LeakyRelu => {
            "A slope of 0.01 below 0: a unit that outputs nothing still gets a gradient, and can recover."
        }
        Change::LowerRate(_) => {
            "Smaller steps, along which the gradient is still a reliable guide. Restarts from step 0."
        }
        Change::HigherRate(_) => "Larger steps along the same gradient. Restarts from step 0.",
        Change::ClipByNorm { at, longest_step } => {
            let longest = number(*longest_step);
            return format!(
                "Limits the gradient's norm to {at}, so that no step is longer than {longest}; its direction stays the same."
            );
        }
        Change::Normalize { norm, .. } => match norm {
            Norm::None => "The weights alone then decide how the gradient changes, and they fit.",
            Norm::Batch => {
                "Rescales every unit to variance 1 within the minibatch. The gradient then grows slightly from layer to layer."
            }
            Norm::Layer => {
                "Rescales every sample to variance 1 across the units, whatever the size of the weights."
            }
        },
        Change::Residual => {
            "The gradient also passes each layer unchanged, and what the layers add is small beside it."
        }
        Change::SmallerBranches(_) => {
            "Each layer adds to its input; weights about 1 / sqrt(depth) as large keep the sum bounded."
        }
        Change::Width(units) => {
            return format!("With {units} units per layer, some are active for every sample.");
        }
        Change::NoDecay => "Weight decay no longer pulls the weights to 0. Restarts from step 0.",
    };
    note.into()
}

/// An initialisation, with its gain where that is not 1.
fn init(start: InitAndGain) -> String {
    if start.gain == 1.0 {
        format!("{} start", family(start.init))
    } else {
        init_with_gain(start)
    }
}

fn init_with_gain(start: InitAndGain) -> String {
    format!("{} start, gain {}", family(start.init), start.gain)
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Activation;
    use serde_json::Value as Json;

    fn labelled(change: Change, learning_rate: Option<f64>) -> String {
        label(&Proposal {
            change,
            learning_rate,
            patch: Json::Null,
        })
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
