//! The activations: their names, and their properties in one exhaustive table.
//!
//! Their values and derivatives are in [`network::activation`](crate::network::activation).

use super::Init;
use super::choice::choices;

choices! {
    /// The activation function of the hidden layers.
    pub enum Activation, "activation" {
        Sigmoid, "sigmoid";
        Tanh, "tanh";
        Relu, "relu";
        LeakyRelu, "leaky_relu";
        Prelu, "prelu";
        Elu, "elu";
        Selu, "selu";
        Gelu, "gelu";
        Silu, "silu";
        Softplus, "softplus";
        Linear, "linear";
    }
}

/// SELU's scale lambda (Klambauer et al. 2017, eq. 14).
pub const SELU_SCALE: f64 = 1.050_700_987_355_480_5;
/// SELU's alpha (Klambauer et al. 2017, eq. 14).
pub const SELU_ALPHA: f64 = 1.673_263_242_354_377_2;

/// What the config's `slope` means to an activation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SlopeRole {
    /// The activation has no slope.
    Unused,
    /// A fixed slope on the negative side.
    Fixed {
        /// Its value unless the config sets another.
        default: f64,
    },
    /// The start value of a slope that is trained like the weights.
    Learned {
        /// Its value unless the config sets another.
        default: f64,
    },
}

/// The weight scale sqrt(fan_in Var W) at which an activation passes the gradient on unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreservingGain {
    /// There is none: the units would saturate, or the signal would grow.
    None,
    /// 1, because phi(z) is close to z for small z, or by construction (SELU).
    One,
    /// 1 / sqrt(E\[phi'(z)^2\]) for a pre-activation z of variance 1 (He et al. 2015).
    AtUnitVariance,
}

/// The properties of an activation. All code that depends on which activation it is asks for these, so that a new
/// activation needs one arm of [`Activation::traits`] instead of an entry in several lists.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ActivationTraits {
    /// It has two bounds and its derivative tends to 0 towards both, so units can saturate.
    pub saturating: bool,
    /// Its derivative is exactly 0 on a half-line, so units can die.
    pub can_die: bool,
    /// phi(c z) = c phi(z) for every c > 0, so the scale of the signal does not matter.
    pub homogeneous: bool,
    /// phi(z) = z.
    pub linear: bool,
    /// What the config's `slope` means to it.
    pub slope: SlopeRole,
    /// The largest |phi'|, apart from the slope on the negative side.
    pub largest_derivative: f64,
    /// The weight scale that preserves the gradient.
    pub preserving_gain: PreservingGain,
    /// The initialisation recommended for it.
    pub recommended_init: Init,
    /// The PyTorch module, in which `SLOPE` stands for the slope.
    pub pytorch: &'static str,
}

impl Activation {
    /// The properties of this activation.
    pub const fn traits(self) -> ActivationTraits {
        match self {
            Activation::Sigmoid => ActivationTraits {
                saturating: true,
                can_die: false,
                homogeneous: false,
                linear: false,
                slope: SlopeRole::Unused,
                largest_derivative: 0.25,
                preserving_gain: PreservingGain::None,
                recommended_init: Init::XavierNormal,
                pytorch: "nn.Sigmoid()",
            },
            Activation::Tanh => ActivationTraits {
                saturating: true,
                can_die: false,
                homogeneous: false,
                linear: false,
                slope: SlopeRole::Unused,
                largest_derivative: 1.0,
                preserving_gain: PreservingGain::One,
                recommended_init: Init::XavierNormal,
                pytorch: "nn.Tanh()",
            },
            Activation::Relu => ActivationTraits {
                saturating: false,
                can_die: true,
                homogeneous: true,
                linear: false,
                slope: SlopeRole::Unused,
                largest_derivative: 1.0,
                preserving_gain: PreservingGain::AtUnitVariance,
                recommended_init: Init::HeNormal,
                pytorch: "nn.ReLU()",
            },
            Activation::LeakyRelu => ActivationTraits {
                saturating: false,
                can_die: false,
                homogeneous: true,
                linear: false,
                slope: SlopeRole::Fixed { default: 0.01 },
                largest_derivative: 1.0,
                preserving_gain: PreservingGain::AtUnitVariance,
                recommended_init: Init::HeNormal,
                pytorch: "nn.LeakyReLU(SLOPE)",
            },
            Activation::Prelu => ActivationTraits {
                saturating: false,
                can_die: false,
                homogeneous: true,
                linear: false,
                slope: SlopeRole::Learned { default: 0.25 },
                largest_derivative: 1.0,
                preserving_gain: PreservingGain::AtUnitVariance,
                recommended_init: Init::HeNormal,
                pytorch: "nn.PReLU(init=SLOPE)",
            },
            Activation::Elu => ActivationTraits {
                saturating: false,
                can_die: false,
                homogeneous: false,
                linear: false,
                slope: SlopeRole::Unused,
                largest_derivative: 1.0,
                preserving_gain: PreservingGain::AtUnitVariance,
                recommended_init: Init::HeNormal,
                pytorch: "nn.ELU()",
            },
            Activation::Selu => ActivationTraits {
                saturating: false,
                can_die: false,
                homogeneous: false,
                linear: false,
                slope: SlopeRole::Unused,
                largest_derivative: SELU_SCALE * SELU_ALPHA,
                preserving_gain: PreservingGain::One,
                recommended_init: Init::LecunNormal,
                pytorch: "nn.SELU()",
            },
            Activation::Gelu => ActivationTraits {
                saturating: false,
                can_die: false,
                homogeneous: false,
                linear: false,
                slope: SlopeRole::Unused,
                largest_derivative: 1.1289, // at z = sqrt(2)
                preserving_gain: PreservingGain::AtUnitVariance,
                recommended_init: Init::HeNormal,
                pytorch: "nn.GELU()",
            },
            Activation::Silu => ActivationTraits {
                saturating: false,
                can_die: false,
                homogeneous: false,
                linear: false,
                slope: SlopeRole::Unused,
                largest_derivative: 1.0998, // at z = 2.3994
                preserving_gain: PreservingGain::AtUnitVariance,
                recommended_init: Init::HeNormal,
                pytorch: "nn.SiLU()",
            },
            Activation::Softplus => ActivationTraits {
                saturating: false,
                can_die: false,
                homogeneous: false,
                linear: false,
                slope: SlopeRole::Unused,
                largest_derivative: 1.0,
                preserving_gain: PreservingGain::None,
                recommended_init: Init::HeNormal,
                pytorch: "nn.Softplus()",
            },
            Activation::Linear => ActivationTraits {
                saturating: false,
                can_die: false,
                homogeneous: true,
                linear: true,
                slope: SlopeRole::Unused,
                largest_derivative: 1.0,
                preserving_gain: PreservingGain::One,
                recommended_init: Init::XavierNormal,
                pytorch: "nn.Identity()",
            },
        }
    }
}
