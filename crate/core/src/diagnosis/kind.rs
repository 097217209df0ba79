//! The kinds of diagnosis: a row for each.

use super::finding;

/// How a kind of diagnosis is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The network has learned, or nothing speaks against it.
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

/// What a kind of diagnosis is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// What has come out of the run.
    Outcome,
    /// The signal, forwards or backwards, from layer to layer.
    Signal,
    /// What the updates are made of, and where they lead.
    Updates,
}

/// Declares the kinds. A row names the numbers that the kind's sentences need (`finding.rs`), its concern, its tone,
/// its name in JSON and what it is. The compiler then asks for what else a kind has: fixes
/// (`fixes/mod.rs`), words (`words`), and a rule that finds it (`rules`).
macro_rules! kinds {
    ($( $kind:ident($numbers:ty), $concern:ident, $tone:ident, $name:literal, $help:literal; )+) => {
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

            /// What it is about.
            pub const fn concern(self) -> Concern {
                match self { $( DiagnosisKind::$kind => Concern::$concern ),+ }
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
    Healthy(finding::Healthy), Outcome, Calm, "healthy", "The network learns or has learned, or it is too early to say";
    Overflow(finding::Overflow), Outcome, Overflow, "overflow", "A value has left the range of float32";
    TestLossNotFinite(finding::TestLossNotFinite), Outcome, Overflow, "test_loss_not_finite", "The network overflows on test samples alone";
    Zeros(finding::Zeros), Signal, Vanishing, "zeros", "Weights of zero carry nothing back, and units that begin alike stay alike";
    BatchTooSmall(finding::BatchTooSmall), Signal, Vanishing, "batch_too_small", "Batch norm over one sample is always 0";
    InputsNotScaled(finding::InputsNotScaled), Signal, Exploding, "inputs_not_scaled", "Inputs far from mean 0 and variance 1 make the start too large or saturate it";
    StartTooLarge(finding::StartTooLarge), Signal, Exploding, "start_too_large", "The weights begin so large that the loss is far above that of guessing";
    PenaltyTooStrong(finding::PenaltyTooStrong), Updates, Vanishing, "penalty_too_strong", "Weight decay or L1 moves the weights more than the gradient does";
    ThresholdTooSmall(finding::ThresholdTooSmall), Updates, Vanishing, "threshold_too_small", "Clipping takes nearly all of the gradient away";
    RateTooSmall(finding::RateTooSmall), Updates, Vanishing, "rate_too_small", "The gradient arrives, but the rate is too small to move the weights";
    Dying(finding::Dying), Signal, Vanishing, "dying", "Units whose derivative is 0 for all samples no longer learn";
    Underflow(finding::Underflow), Signal, Vanishing, "underflow", "The gradient is smaller than float32 can hold";
    ExplodingWeights(finding::ExplodingWeights), Signal, Exploding, "exploding_weights", "Each layer's weights enlarge the gradient";
    ExplodingNorm(finding::ExplodingNorm), Signal, Exploding, "exploding_norm", "Normalization divides by a spread below 1, layer after layer";
    ExplodingRate(finding::ExplodingRate), Updates, Exploding, "exploding_rate", "Steps so long that the loss climbs, or that nothing learned is kept";
    Oscillation(finding::Oscillation), Updates, Exploding, "oscillation", "Steps jump across the minimum of their line and gain nothing";
    Saturation(finding::Saturation), Signal, Vanishing, "saturation", "Units stand where their derivative is almost 0";
    StartTooSmall(finding::StartTooSmall), Signal, Vanishing, "start_too_small", "The weights are below what keeps the signal";
    Derivative(finding::Derivative), Signal, Vanishing, "derivative", "The activation's derivative is below 1, layer after layer";
    Hidden(finding::Hidden), Signal, Vanishing, "hidden", "dW looks level: what delta loses on its way back, a loses on its way forward";
    NotLearning(finding::NotLearning), Outcome, Vanishing, "not_learning", "The network does not learn, for a reason that no rule finds";
}
