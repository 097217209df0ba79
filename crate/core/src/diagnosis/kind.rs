//! The kinds of diagnosis: a row for each.

use super::finding;
use crate::config::choice::choices;

choices! {
    /// How a kind of diagnosis is coloured.
    pub enum Tone {
        Calm, "calm", "Calm", "The signal reaches every layer";
        Vanishing, "vanishing", "Vanishing", "The gradient dies on its way to the first layer";
        Exploding, "exploding", "Exploding", "The gradient grows on its way to the first layer";
        Overflow, "overflow", "Overflow", "A value has left the range of float32";
    }
}

/// Declares the kinds. A row names the numbers that the kind's sentences need (`finding.rs`), its tone,
/// its name in JSON, its label and its help. The compiler then asks for what else a kind has: fixes
/// (`fixes/mod.rs`), words (`words.rs`), and a rule that finds it (`rules.rs`).
macro_rules! kinds {
    ($( $kind:ident($numbers:ty), $tone:ident, $name:literal, $label:literal, $help:literal; )+) => {
        choices! {
            /// What is happening in a run.
            pub enum DiagnosisKind { $( $kind, $name, $label, $help; )+ }
        }

        impl DiagnosisKind {
            /// How it is coloured.
            pub const fn tone(self) -> Tone {
                match self { $( DiagnosisKind::$kind => Tone::$tone ),+ }
            }
        }

        /// What a rule has found: a kind with the numbers behind it.
        #[derive(Debug)]
        pub enum Finding { $( $kind($numbers) ),+ }

        impl Finding {
            pub const fn kind(&self) -> DiagnosisKind {
                match self { $( Finding::$kind(_) => DiagnosisKind::$kind ),+ }
            }
        }
    };
}

kinds! {
    Healthy(finding::Healthy), Calm, "healthy", "Level",
        "The signal reaches every layer at a similar size";
    Overflow(finding::Overflow), Overflow, "overflow", "Overflow",
        "A value has left the range of float32";
    Zeros(finding::Zeros), Vanishing, "zeros", "Zero weights",
        "Weights of zero carry nothing back, and units that begin alike stay alike";
    Dying(finding::Dying), Vanishing, "dying", "Dying units",
        "Units whose derivative is 0 for all samples no longer learn";
    Underflow(finding::Underflow), Vanishing, "underflow", "Underflow",
        "The gradient is smaller than float32 can hold";
    ExplodingWeights(finding::ExplodingWeights), Exploding, "exploding_weights", "Exploding by weights",
        "Each layer's weights enlarge the gradient";
    ExplodingNorm(finding::ExplodingNorm), Exploding, "exploding_norm", "Exploding by normalization",
        "Normalization divides by a spread below 1, layer after layer";
    ExplodingRate(finding::ExplodingRate), Exploding, "exploding_rate", "Exploding by the rate",
        "Steps so long that the loss climbs far above its start";
    Oscillation(finding::Oscillation), Exploding, "oscillation", "Oscillation",
        "Steps jump across the minimum of their line and gain nothing";
    Saturation(finding::Saturation), Vanishing, "saturation", "Vanishing by saturation",
        "Units stand where their derivative is almost 0";
    SmallWeights(finding::SmallWeights), Vanishing, "small_weights", "Vanishing by small weights",
        "The weights are below what keeps the signal";
    Derivative(finding::Derivative), Vanishing, "derivative", "Vanishing by the derivative",
        "The activation's derivative is below 1, layer after layer";
    Hidden(finding::Hidden), Vanishing, "hidden", "Hidden vanishing",
        "dW looks level: what delta loses on its way back, a loses on its way forward";
    Crawling(finding::Crawling), Vanishing, "crawling", "Crawling",
        "The gradient arrives, but the rate is too small to move the weights";
}
