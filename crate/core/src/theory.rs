//! Mean-field theory: the signals of an infinitely wide network at initialisation.
//!
//! With weights of variance sigma_w^2 / fan_in and biases of variance sigma_b^2, the pre-activations of layer l are
//! normal with variance q_l, and (Poole et al. 2016; Schoenholz et al. 2017)
//!
//! ```text
//! q_(l+1) = sigma_w^2 E[phi(sqrt(q_l) z)^2] + sigma_b^2          z ~ N(0, 1)
//! chi_l   = sigma_w^2 E[phi'(sqrt(q_l) z)^2]
//! ```
//!
//! chi is the factor by which the mean *squared* delta changes from layer l+1 to layer l; the RMS of delta changes by
//! sqrt(chi). At the fixed point q* of the map, chi is called chi_1: if it is below 1 the gradient vanishes, above 1 it
//! explodes.

use crate::config::{Activation, Config, Init, Norm, Scaling};
use crate::network::activation::ActivationFn;
use crate::numeric::array::flat;
use crate::numeric::scalar::Scalar;
use ndarray::Array2;
use std::f64::consts::PI;
use std::sync::LazyLock;

/// Quadrature nodes on each side of 0.
const NODES: usize = 400;
/// Where the normal distribution is cut off.
const CUTOFF: f64 = 12.0;

/// Nodes z > 0 and weights, including the normal density, of Gauss-Legendre quadrature on [0, CUTOFF]. The negative side
/// mirrors it. The sides are separate so that the kink of ReLU at 0 is not inside an interval.
static QUADRATURE: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
    let density = |z: f64| libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt();
    let half = CUTOFF / 2.0;
    let to_side = |(x, w): (f64, f64)| (half * (x + 1.0), half * w * density(half * (x + 1.0)));
    gauss_legendre(NODES).into_iter().map(to_side).collect()
});

/// Nodes and weights of Gauss-Legendre quadrature on [-1, 1]: the roots of the Legendre polynomial P_n, by Newton's
/// method.
fn gauss_legendre(n: usize) -> Vec<(f64, f64)> {
    let root = |i: usize| {
        let mut x = libm::cos(PI * (i as f64 + 0.75) / (n as f64 + 0.5));
        loop {
            let (mut p, mut before) = (1.0, 0.0);
            for k in 0..n {
                let k = k as f64;
                (p, before) = (((2.0 * k + 1.0) * x * p - k * before) / (k + 1.0), p);
            }
            let slope = n as f64 * (x * p - before) / (x * x - 1.0);
            let step = p / slope;
            x -= step;
            if step.abs() < 1e-15 {
                return (x, 2.0 / ((1.0 - x * x) * slope * slope));
            }
        }
    };
    (0..n).map(root).collect()
}

/// `E[f(z)]` for a standard normal z.
fn expectation(f: impl Fn(f64) -> f64) -> f64 {
    QUADRATURE
        .iter()
        .map(|(z, weight)| weight * (f(*z) + f(-z)))
        .sum()
}

/// `E[phi(sqrt(q) z)^2]`: the mean square of the activation for pre-activations of variance q.
pub fn mean_square(phi: &ActivationFn<f64>, q: f64) -> f64 {
    expectation(|z| phi.value(q.sqrt() * z).powi(2))
}

/// `E[phi(sqrt(q) z)]`: the mean of the activation for pre-activations of variance q.
pub fn mean(phi: &ActivationFn<f64>, q: f64) -> f64 {
    expectation(|z| phi.value(q.sqrt() * z))
}

/// `E[phi'(sqrt(q) z)^2]`: the mean square of the derivative for pre-activations of variance q.
pub fn mean_square_derivative(phi: &ActivationFn<f64>, q: f64) -> f64 {
    expectation(|z| {
        let u = q.sqrt() * z;
        phi.derivative(u, phi.value(u)).powi(2)
    })
}

/// The largest variance that is considered as a fixed point. That of the largest initialisation is at most 10^8.
const MAX_VARIANCE: f64 = 1e9;

/// The fixed point q* that the variance approaches from 1, found by bisection of log q.
///
/// `None` if the variance grows without bound, or if there is no particular fixed point: for a homogeneous activation
/// without biases the map is a multiple of q.
///
/// ```
/// use gradient_flow::config::Activation;
/// use gradient_flow::network::activation::ActivationFn;
/// use gradient_flow::theory::{chi, fixed_point};
///
/// // Poole et al. 2016: tanh with sigma_w = 1.5 and no biases is chaotic, so its gradient explodes.
/// let tanh = ActivationFn::new(Activation::Tanh, 0.0);
/// let q = fixed_point(&tanh, 1.5 * 1.5, 0.0).unwrap();
/// assert!((q - 0.79335).abs() < 1e-5);
/// assert!((chi(&tanh, 1.5 * 1.5, q) - 1.13932).abs() < 1e-5);
/// // The variance of ReLU doubles in every layer if sigma_w = 2, twice He's variance.
/// assert_eq!(fixed_point(&ActivationFn::new(Activation::Relu, 0.0), 4.0, 0.0), None);
/// ```
pub fn fixed_point(phi: &ActivationFn<f64>, sigma_w2: f64, sigma_b2: f64) -> Option<f64> {
    if phi.activation.traits().homogeneous && sigma_b2 == 0.0 {
        return None;
    }
    // The threshold is larger than rounding errors where the map approaches q itself, and smaller than the growth of ELU
    // at the largest variance.
    let grows = |log_q: f64| {
        let q = libm::exp(log_q);
        sigma_w2 * mean_square(phi, q) + sigma_b2 > q * (1.0 + 1e-10)
    };
    // Only the side of 1 to which the variance moves is searched, because some activations have an unstable fixed point
    // on the other side.
    let (mut low, mut high) = if grows(0.0) {
        (0.0, libm::log(MAX_VARIANCE))
    } else {
        (-40.0, 0.0)
    };
    if grows(high) {
        return None;
    }
    if !grows(low) {
        return Some(0.0);
    }
    while high - low > 1e-13 {
        let middle = 0.5 * (low + high);
        if middle == low || middle == high {
            break;
        }
        if grows(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(libm::exp(low))
}

/// chi for pre-activations of variance q: `sigma_w^2 E[phi'(sqrt(q) z)^2]`.
pub fn chi(phi: &ActivationFn<f64>, sigma_w2: f64, q: f64) -> f64 {
    sigma_w2 * mean_square_derivative(phi, q)
}

/// sigma_w^2, the variance of a weight times fan_in, for a layer of `n_in` inputs and `n_out` units.
pub fn sigma_w2(config: &Config, n_in: usize, n_out: usize) -> f64 {
    let (fan_in, fan_out) = (n_in as f64, n_out as f64);
    let variance = match config.init {
        Init::XavierUniform | Init::XavierNormal => 2.0 / (fan_in + fan_out),
        Init::HeUniform | Init::HeNormal => 2.0 / fan_in,
        Init::LecunNormal => 1.0 / fan_in,
        Init::Orthogonal => 1.0 / (n_in.max(n_out) as f64),
        Init::Normal => 1.0,
        Init::Uniform => 1.0 / (3.0 * fan_in),
        Init::Zeros | Init::Constant => 0.0,
        Init::UniformZeroOne => 1.0 / 12.0,
    };
    fan_in * variance * config.init_gain.powi(2)
}

/// sigma_b^2, the variance of a bias, for a layer of `n_in` inputs.
pub fn sigma_b2(config: &Config, n_in: usize) -> f64 {
    let uniform = if config.init == Init::Uniform {
        1.0 / (3.0 * n_in as f64)
    } else {
        0.0
    };
    uniform + config.bias_std.powi(2)
}

/// The limit that the layers of an infinitely wide network approach with depth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// The variance q* of the activation's inputs; `None` for homogeneous activations without biases, whose variance
    /// has no limit.
    pub q: Option<f64>,
    /// chi_1, the factor per layer of the mean squared delta.
    pub chi: f64,
}

/// Whether the theory applies to a config: it is about random weights of mean 0 without residual connections.
///
/// Tied layers make no difference to it: the output layer is independent of them, so that in the limit of infinite width
/// all signals have the same mean squares as in a network of independent layers (Yang 2020).
/// At finite width they stray further from it, because one W errs in the same direction in every layer.
fn applies(config: &Config) -> bool {
    let centred = !config.init.is_constant() && config.init != Init::UniformZeroOne;
    centred && !config.residual
}

/// The limit of a config's network at initialisation. `None` if the theory does not apply (residual connections, weights
/// that are all equal or have a mean above 0) or the variance grows without bound.
pub fn limit(config: &Config) -> Option<Limit> {
    if !applies(config) {
        return None;
    }
    let phi = ActivationFn::new(config.activation, config.slope_value());
    let n = config.width;
    let (sw2, sb2) = (sigma_w2(config, n, n), sigma_b2(config, n));
    if config.norm != Norm::None {
        let square = mean_square(&phi, 1.0);
        let variance_of_z = match config.norm {
            Norm::Batch => sw2 * (square - mean(&phi, 1.0).powi(2)),
            Norm::Layer | Norm::None => sw2 * square + sb2,
        };
        return Some(Limit {
            q: Some(1.0),
            chi: sw2 * mean_square_derivative(&phi, 1.0) / variance_of_z,
        });
    }
    if config.activation.traits().homogeneous && sb2 == 0.0 {
        let chi = chi(&phi, sw2, 1.0);
        return Some(Limit { q: None, chi });
    }
    let q = fixed_point(&phi, sw2, sb2)?;
    Some(Limit {
        q: Some(q),
        chi: chi(&phi, sw2, q),
    })
}

/// What the theory predicts for a config. The lists have one entry per hidden layer, then one for the output layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// The factor of the RMS of delta between hidden layers deep in the network: sqrt(chi) of the last hidden layer.
    pub factor: f64,
    /// RMS of a.
    pub a_rms: Vec<f64>,
    /// RMS of delta, as a multiple of that of the output layer.
    pub delta: Vec<f64>,
}

/// What the theory needs to know of the inputs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inputs {
    /// The number of features.
    pub features: usize,
    /// Their mean square.
    pub mean_square: f64,
    /// The mean over the features of the squared mean over the samples.
    pub squared_mean: f64,
}

impl From<usize> for Inputs {
    /// Standardised inputs with this number of features.
    fn from(features: usize) -> Self {
        Inputs {
            features,
            mean_square: 1.0,
            squared_mean: 0.0,
        }
    }
}

impl Inputs {
    /// The inputs x, (samples, features), of a config; standardised ones are known beforehand.
    pub fn of<T: Scalar>(config: &Config, x: &Array2<T>) -> Self {
        let features = x.ncols();
        let mut inputs = Inputs::from(features);
        if config.scaling == Scaling::Standard {
            return inputs;
        }
        let (samples, mut sums, mut squares) = (x.nrows() as f64, vec![0.0; features], 0.0);
        for row in flat(x).chunks_exact(features) {
            for (sum, x) in sums.iter_mut().zip(row) {
                *sum += x.to_f64();
                squares += x.to_f64() * x.to_f64();
            }
        }
        inputs.mean_square = squares / (samples * features as f64);
        inputs.squared_mean = 0.0;
        for sum in sums {
            inputs.squared_mean += (sum / samples).powi(2) / features as f64;
        }
        inputs
    }
}

/// Predicts the signals at step 0 for data with these inputs (a number of features: standardised ones, of mean square 1)
/// and `outputs` outputs. `None` if the theory does not apply: with residual connections, or if the weights are all equal
/// or have a mean above 0.
///
/// With batch norm (for large batches; Yang et al. 2019) and layer norm, u is standard normal, and the backward pass
/// divides delta by the standard deviation of z: over the batch, or over the units.
///
/// ```
/// use gradient_flow::{Config, theory};
///
/// // He et al. 2015: ReLU with He's initialisation keeps the gradient, sigmoid loses most of it in every layer.
/// let relu = Config::from_query("activation=relu&init=he_normal")?;
/// assert!((theory::predict(&relu, 64, 10).unwrap().factor - 1.0).abs() < 1e-9);
/// let sigmoid = Config::from_query("activation=sigmoid")?;
/// assert!(theory::predict(&sigmoid, 64, 10).unwrap().factor < 0.25);
/// # Ok::<(), gradient_flow::config::ConfigError>(())
/// ```
pub fn predict(config: &Config, inputs: impl Into<Inputs>, outputs: usize) -> Option<Prediction> {
    if !applies(config) {
        return None;
    }
    let inputs: Inputs = inputs.into();
    let phi = ActivationFn::new(config.activation, config.slope_value());
    let n = config.width;
    // The mean square and the squared mean of a.
    let (mut a2, mut a_mean2) = (inputs.mean_square, inputs.squared_mean);
    let mut a_rms = Vec::with_capacity(config.depth);
    // Per hidden layer: E[phi'^2], divided by the variance by which normalization divides.
    let mut derivative2 = Vec::with_capacity(config.depth);
    for layer in 0..config.depth {
        let n_in = if layer == 0 { inputs.features } else { n };
        let (sw2, sb2) = (sigma_w2(config, n_in, n), sigma_b2(config, n_in));
        let (q, divisor) = match config.norm {
            Norm::None => (sw2 * a2 + sb2, 1.0),
            Norm::Layer => (1.0, sw2 * a2 + sb2),
            // The mean of a and the bias are the same for all samples, so they add nothing to the variance over the batch.
            Norm::Batch => (1.0, sw2 * (a2 - a_mean2)),
        };
        a2 = mean_square(&phi, q);
        a_mean2 = mean(&phi, q).powi(2);
        a_rms.push(a2.sqrt());
        derivative2.push(mean_square_derivative(&phi, q) / divisor);
    }
    let q = sigma_w2(config, n, outputs) * a2 + sigma_b2(config, n);
    let output = config.output.activation();
    a_rms.push(if output == Activation::Linear {
        q.sqrt()
    } else {
        mean_square(&ActivationFn::new(output, 0.0), q).sqrt()
    });
    // Backwards, delta of a unit is a sum over the n_out units above it.
    let mut delta2 = 1.0;
    let mut delta = vec![1.0; config.depth + 1];
    for layer in (0..config.depth).rev() {
        let n_out = if layer + 1 == config.depth {
            outputs
        } else {
            n
        };
        delta2 *= sigma_w2(config, n, n_out) * n_out as f64 / n as f64 * derivative2[layer];
        delta[layer] = delta2.sqrt();
    }
    let factor = (sigma_w2(config, n, n) * derivative2[config.depth - 1]).sqrt();
    Some(Prediction {
        factor,
        a_rms,
        delta,
    })
}
