//! What the buttons of the fixes say, and what the fixes do.

use super::phrases::name;
use crate::config::choice::Choice;
use crate::config::{Init, Norm};
use crate::diagnosis::fixes::{Change, InitAndGain, Proposal};
use crate::numeric::format::number;

/// What a fix does, as a button says it.
pub fn label(proposal: &Proposal) -> String {
    let label = match &proposal.change {
        Change::PreservingInit { start, .. } | Change::SmallerBranches(start) => init(*start),
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
                "Draws weights with sqrt(n_in Var W) = {sigma}, at which {activation} keeps the signal."
            );
        }
        Change::ReluWithHe => {
            "ReLU's derivative is 1 or 0; weights of variance 2 / n_in make up for the half that is 0."
        }
        Change::LeakyRelu => {
            "A slope of 0.01 below 0: a unit that gives nothing still gets a gradient, and can come back."
        }
        Change::LowerRate(_) => {
            "Shorter steps stay where the gradient still describes the loss; what is broken already stays so until a reset."
        }
        Change::HigherRate(_) => "Longer steps along the same gradient.",
        Change::ClipByNorm { at, longest_step } => {
            let longest = number(*longest_step);
            return format!(
                "Shortens the gradient to norm {at}, so that no step is longer than {longest}; its direction stays."
            );
        }
        Change::Normalize { norm, .. } => match norm {
            Norm::None => "The weights alone then decide how delta changes, and they fit.",
            Norm::Batch => {
                "Brings each unit to variance 1 over the minibatch, whatever its weights; delta grows a little at every layer."
            }
            Norm::Layer => {
                "Brings each sample to variance 1 over the units, whatever the size of the weights."
            }
        },
        Change::Residual => {
            "Delta also goes back past each layer unchanged, and what the layers add is small beside it."
        }
        Change::SmallerBranches(_) => {
            "Each layer adds to its input; weights about 1 / sqrt(depth) as large keep the sum bounded."
        }
        Change::Width(units) => {
            return format!("With {units} units a layer some are alive for every sample.");
        }
        Change::NoDecay => {
            "Decay no longer draws the weights to 0; what it has drawn already stays so until a reset."
        }
    };
    note.into()
}

/// An initialisation by its family.
fn init(start: InitAndGain) -> String {
    let family = match start.init {
        Init::XavierUniform | Init::XavierNormal => "Xavier",
        Init::HeUniform | Init::HeNormal => "He",
        Init::LecunNormal => "LeCun",
        Init::Orthogonal => "Orthogonal",
        Init::Normal => "Normal",
        Init::Uniform => "Uniform",
        Init::Zeros => "Zero",
    };
    if start.gain == 1.0 {
        format!("{family} start")
    } else {
        format!("{family} start, gain {}", start.gain)
    }
}
