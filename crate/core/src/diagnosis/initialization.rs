//! What follows from how a config initialises its weights, before anything is measured.

use crate::config::Config;
use crate::config::activation::PreservingGain;
use crate::network::activation::ActivationFn;
use crate::theory::mean_square_derivative;

/// The size of the weights, sqrt(n_in Var W), at which the config's activation passes delta on unchanged;
/// None where no size does: sigmoid would saturate, and through softplus the signal would grow.
pub fn preserving_sigma(config: &Config) -> Option<f64> {
    match config.activation.traits().preserving_gain {
        PreservingGain::None => None,
        PreservingGain::One => Some(1.0),
        PreservingGain::AtUnitVariance => {
            let phi = ActivationFn::new(config.activation, config.slope_value());
            Some(mean_square_derivative(&phi, 1.0).recip().sqrt())
        }
    }
}

/// Whether all units of a layer start alike, and therefore stay alike.
pub fn is_symmetric(config: &Config) -> bool {
    config.init.is_constant() && config.bias_std == 0.0
}
