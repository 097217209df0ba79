//! Mean-field theory: what an infinitely wide network does at its start.
//!
//! With weights of variance sigma_w^2 / n_in and biases of variance sigma_b^2, the pre-activations of
//! layer l are normal with variance q_l, and (Poole et al. 2016; Schoenholz et al. 2017)
//!
//! ```text
//! q_(l+1) = sigma_w^2 E[phi(sqrt(q_l) z)^2] + sigma_b^2          z ~ N(0, 1)
//! chi_l   = sigma_w^2 E[phi'(sqrt(q_l) z)^2]
//! ```
//! chi is the factor of the mean *squared* delta from layer l+1 to layer l; delta itself changes by
//! sqrt(chi). At the fixed point q* it is called chi_1: below 1 the gradient vanishes, above it explodes.

use crate::config::{Config, Init, Norm};
use crate::network::activation::ActivationFn;
use std::f64::consts::PI;
use std::sync::LazyLock;

/// Nodes on each side of 0 of the quadrature, and where the normal density is cut off.
const NODES: usize = 400;
const CUT: f64 = 12.0;

/// Nodes z > 0 and weights (with the normal density) of Gauss and Legendre's rule on [0, CUT]; the
/// other side mirrors it. Cut at 0, so that the kink of ReLU falls between two rules.
static QUADRATURE: LazyLock<Vec<(f64, f64)>> = LazyLock::new(|| {
    let density = |z: f64| libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt();
    let half = CUT / 2.0;
    let on_half = |(x, w): (f64, f64)| (half * (x + 1.0), half * w * density(half * (x + 1.0)));
    legendre(NODES).into_iter().map(on_half).collect()
});

/// Nodes and weights of Gauss and Legendre's rule on [-1, 1]: the roots of P_n by Newton's method.
fn legendre(n: usize) -> Vec<(f64, f64)> {
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

/// E[f(z)] for a standard normal z.
fn expectation(f: impl Fn(f64) -> f64) -> f64 {
    QUADRATURE
        .iter()
        .map(|(z, weight)| weight * (f(*z) + f(-z)))
        .sum()
}

/// E[phi(sqrt(q) z)^2]: the mean square of the activation.
pub fn mean_square(phi: &ActivationFn<f64>, q: f64) -> f64 {
    expectation(|z| phi.value(q.sqrt() * z).powi(2))
}

/// E[phi(sqrt(q) z)]: the mean of the activation.
pub fn mean(phi: &ActivationFn<f64>, q: f64) -> f64 {
    expectation(|z| phi.value(q.sqrt() * z))
}

/// E[phi'(sqrt(q) z)^2]: the mean square of the derivative.
pub fn mean_square_derivative(phi: &ActivationFn<f64>, q: f64) -> f64 {
    expectation(|z| {
        let u = q.sqrt() * z;
        phi.derivative(u, phi.value(u)).powi(2)
    })
}

/// The largest variance that can be a fixed point: that of a huge start is 10^8 at most.
const LARGEST: f64 = 1e9;

/// The fixed point q* to which the variance map leads from 1: below it the map lies above q, beyond it beneath. None where
/// the variance grows without bound, or where every q is a fixed point (homogeneous activations
/// without biases keep their q).
pub fn fixed_point(phi: &ActivationFn<f64>, sigma_w2: f64, sigma_b2: f64) -> Option<f64> {
    if phi.activation.traits().homogeneous && sigma_b2 == 0.0 {
        return None;
    }
    // More than rounding makes of a map that tends to q itself, less than ELU gains at the end.
    let grows = |log: f64| {
        let q = libm::exp(log);
        sigma_w2 * mean_square(phi, q) + sigma_b2 > q * (1.0 + 1e-10)
    };
    // From a variance of 1 upwards or downwards: some activations have an unstable point beyond.
    let (mut low, mut high) = if grows(0.0) {
        (0.0, libm::log(LARGEST))
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

/// chi at a variance: sigma_w^2 E[phi'(sqrt(q) z)^2].
pub fn chi(phi: &ActivationFn<f64>, sigma_w2: f64, q: f64) -> f64 {
    sigma_w2 * mean_square_derivative(phi, q)
}

/// The variance of a weight times n_in, for a layer of `n_in` inputs and `n_out` units.
pub fn sigma_w2(config: &Config, n_in: usize, n_out: usize) -> f64 {
    let (fan_in, fan_both) = (n_in as f64, (n_in + n_out) as f64);
    let variance = match config.init {
        Init::XavierUniform | Init::XavierNormal => 2.0 / fan_both,
        Init::HeUniform | Init::HeNormal => 2.0 / fan_in,
        Init::LecunNormal => 1.0 / fan_in,
        Init::Orthogonal => 1.0 / (n_in.max(n_out) as f64),
        Init::Normal => 1.0,
        Init::Uniform => 1.0 / (3.0 * fan_in),
        Init::Zeros => 0.0,
    };
    fan_in * variance * config.init_gain.powi(2)
}

/// The variance of a bias.
pub fn sigma_b2(config: &Config, n_in: usize) -> f64 {
    let uniform = if config.init == Init::Uniform {
        1.0 / (3.0 * n_in as f64)
    } else {
        0.0
    };
    uniform + config.bias_std.powi(2)
}

/// Where an infinitely deep and wide network of a config tends to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// The variance q* of the activations' inputs; None where there is no one value: it grows without
    /// bound, or every variance stays as it is (ReLU and its kin without biases).
    pub q: Option<f64>,
    /// chi_1, the factor of the mean squared delta per layer.
    pub chi: f64,
}

/// The limit of a config; None where the theory does not apply: with residual connections, from zero
/// weights, and where the variance grows without bound and the derivative with it has no limit.
pub fn limit(config: &Config) -> Option<Limit> {
    if config.residual || config.init == Init::Zeros {
        return None;
    }
    let phi = ActivationFn::new(config.activation, config.slope_value());
    let n = config.width;
    let (sw2, sb2) = (sigma_w2(config, n, n), sigma_b2(config, n));
    if config.norm != Norm::None {
        let square = mean_square(&phi, 1.0);
        let divided_by = match config.norm {
            Norm::Batch => sw2 * (square - mean(&phi, 1.0).powi(2)),
            _ => sw2 * square + sb2,
        };
        return Some(Limit {
            q: Some(1.0),
            chi: sw2 * mean_square_derivative(&phi, 1.0) / divided_by,
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

/// What the theory says of a config: hidden layers 1..depth, then the output layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// Factor of delta's RMS from one hidden layer to the one below, deep in the network: sqrt(chi_1).
    pub factor: f64,
    /// RMS of a; for the output layer of z.
    pub a_rms: Vec<f64>,
    /// RMS of delta, as a multiple of the output layer's.
    pub delta: Vec<f64>,
}

/// Predicts the signals at the start of a run on standardised data (mean square 1), with `inputs`
/// features and `outputs` outputs. None where the theory does not apply: with residual connections,
/// and from zero weights, where nothing is random.
///
/// With batch norm (large batches; Yang et al. 2019) u is standard normal, and what a step back is
/// divided by is the spread of z over the batch; with layer norm, its spread over the units.
pub fn predict(config: &Config, inputs: usize, outputs: usize) -> Option<Prediction> {
    if config.residual || config.init == Init::Zeros {
        return None;
    }
    let phi = ActivationFn::new(config.activation, config.slope_value());
    let n = config.width;
    let (mut a2, mut a_mean2) = (1.0, 0.0);
    let mut a_rms = Vec::with_capacity(config.depth);
    // Per hidden layer: E[phi'^2], and the variance by which normalization divides.
    let mut passes = Vec::with_capacity(config.depth);
    for layer in 0..config.depth {
        let n_in = if layer == 0 { inputs } else { n };
        let (sw2, sb2) = (sigma_w2(config, n_in, n), sigma_b2(config, n_in));
        let (q, divided_by) = match config.norm {
            Norm::None => (sw2 * a2 + sb2, 1.0),
            Norm::Layer => (1.0, sw2 * a2 + sb2),
            // What all samples share does not vary over the batch.
            Norm::Batch => (1.0, sw2 * (a2 - a_mean2)),
        };
        a2 = mean_square(&phi, q);
        a_mean2 = mean(&phi, q).powi(2);
        a_rms.push(a2.sqrt());
        passes.push(mean_square_derivative(&phi, q) / divided_by);
    }
    a_rms.push((sigma_w2(config, n, outputs) * a2 + sigma_b2(config, n)).sqrt());
    // Backwards: a unit of layer l sums over the n_out units above it.
    let mut delta2 = 1.0;
    let mut delta = vec![1.0; config.depth + 1];
    for layer in (0..config.depth).rev() {
        let n_out = if layer + 1 == config.depth {
            outputs
        } else {
            n
        };
        delta2 *= sigma_w2(config, n, n_out) * n_out as f64 / n as f64 * passes[layer];
        delta[layer] = delta2.sqrt();
    }
    let factor = (sigma_w2(config, n, n) * passes[config.depth - 1]).sqrt();
    Some(Prediction {
        factor,
        a_rms,
        delta,
    })
}
