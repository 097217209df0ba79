//! The kinds of diagnosis: a row for each.

use super::finding;

/// How a kind of diagnosis is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The signal reaches every layer.
    Calm,
    /// The gradient dies on its way to the first layer.
    Vanishing,
    /// The gradient grows on its way to the first layer.
    Exploding,
    /// A value has left the range of float32.
    Overflow,
}

impl Tone {
    /// Its name in JSON and style sheets.
    pub const fn name(self) -> &'static str {
        match self {
            Tone::Calm => "calm",
            Tone::Vanishing => "vanishing",
            Tone::Exploding => "exploding",
            Tone::Overflow => "overflow",
        }
    }
}

/// Declares the kinds. A row names the numbers that the kind's sentences need (`finding.rs`), its tone,
/// its name in JSON and what it is. The compiler then asks for what else a kind has: fixes
/// (`fixes/mod.rs`), words (`words.rs`), and a rule that finds it (`rules.rs`).
macro_rules! kinds {
    ($( $kind:ident($numbers:ty), $tone:ident, $name:literal, $help:literal; )+) => {
        /// What is happening in a run.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum DiagnosisKind { $( #[doc = $help] $kind ),+ }

        impl DiagnosisKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[ $( Self::$kind ),+ ];

            /// Its name in JSON.
            pub const fn name(self) -> &'static str {
                match self { $( DiagnosisKind::$kind => $name ),+ }
            }

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
    Healthy(finding::Healthy), Calm, "healthy", "The signal reaches every layer at a similar size";
    Overflow(finding::Overflow), Overflow, "overflow", "A value has left the range of float32";
    Zeros(finding::Zeros), Vanishing, "zeros", "Weights of zero carry nothing back, and units that begin alike stay alike";
    Dying(finding::Dying), Vanishing, "dying", "Units whose derivative is 0 for all samples no longer learn";
    Underflow(finding::Underflow), Vanishing, "underflow", "The gradient is smaller than float32 can hold";
    ExplodingWeights(finding::ExplodingWeights), Exploding, "exploding_weights", "Each layer's weights enlarge the gradient";
    ExplodingNorm(finding::ExplodingNorm), Exploding, "exploding_norm", "Normalization divides by a spread below 1, layer after layer";
    ExplodingRate(finding::ExplodingRate), Exploding, "exploding_rate", "Steps so long that the loss climbs far above its start";
    Oscillation(finding::Oscillation), Exploding, "oscillation", "Steps jump across the minimum of their line and gain nothing";
    Saturation(finding::Saturation), Vanishing, "saturation", "Units stand where their derivative is almost 0";
    SmallWeights(finding::SmallWeights), Vanishing, "small_weights", "The weights are below what keeps the signal";
    Derivative(finding::Derivative), Vanishing, "derivative", "The activation's derivative is below 1, layer after layer";
    Hidden(finding::Hidden), Vanishing, "hidden", "dW looks level: what delta loses on its way back, a loses on its way forward";
    Crawling(finding::Crawling), Vanishing, "crawling", "The gradient arrives, but the rate is too small to move the weights";
}
