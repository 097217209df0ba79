//! Published factors, measured on real networks: wide ones for limits, many narrow ones for distributions.
//!
//! Where a test uses fewer or narrower networks than the source, a comment says how this affects the tolerance.

mod common;
mod normalized;

use common::{assert_close, config, forward_backward, initial_network};
use gradient_flow::config::Activation;
use gradient_flow::network::activation::ActivationFn;
use gradient_flow::network::{Network, Workspace};
use gradient_flow::numeric::array::{flat, flat_mut};
use gradient_flow::numeric::random::{Random, Stream};
use gradient_flow::numeric::statistics::{Moments, l2_norm, rms};
use gradient_flow::theory::{chi, fixed_point, mean, mean_square};
use ndarray::Array2;
use std::sync::LazyLock;

/// The mean square of an array.
fn mean_square_of(array: &Array2<f32>) -> f64 {
    rms(flat(array)).powi(2)
}

/// The factor per layer of the mean square of delta: the arithmetic mean over the layers low..high (from 1) and over
/// `seeds` networks. (At finite width the geometric mean is a little lower.)
fn mean_factor(
    seeds: u64,
    (low, high): (usize, usize),
    workspace: impl Fn(u64) -> Workspace<f32>,
) -> f64 {
    let mut sum = 0.0;
    for seed in 1..=seeds {
        let workspace = workspace(seed);
        let delta2 = |layer: usize| mean_square_of(&workspace.layers[layer - 1].delta);
        sum += (low..high).map(|l| delta2(l) / delta2(l + 1)).sum::<f64>();
    }
    sum / (seeds as usize * (high - low)) as f64
}

/// The geometric mean of a value over the seeds 1 to `count`.
fn geometric_mean(count: u64, value: impl Fn(u64) -> f64) -> f64 {
    let sum: f64 = (1..=count).map(|seed| value(seed).ln()).sum();
    (sum / count as f64).exp()
}

/// Fifty layers of 256 units with weights of variance 1/n and biases of variance 1, for four seeds. Networks of any sigma_w
/// and sigma_b are scaled copies of these.
static UNIT_NETWORKS: LazyLock<Vec<Network<f32>>> = LazyLock::new(|| {
    let query = "activation=linear&init=lecun_normal&bias-std=1";
    let with_seed = |seed| initial_network(&config(query, 50, 256, seed), 256, 256);
    (1..=4).map(with_seed).collect()
});

/// chi of networks whose first layer has pre-activations of variance q.
fn measured_chi(activation: Activation, sigma_w: f64, sigma_b2: f64, q: f64) -> f64 {
    // The mean square of the inputs for which z of the first layer has the variance q.
    let input = (q - sigma_b2) / (sigma_w * sigma_w);
    mean_factor(UNIT_NETWORKS.len() as u64, (1, 50), |seed| {
        let mut network = UNIT_NETWORKS[seed as usize - 1].clone();
        for layer in &mut network.layers[..50] {
            layer.spec.activation = activation;
            layer.spec.slope = 0.01;
            layer.w.value *= sigma_w as f32;
            layer.b.value *= sigma_b2.sqrt() as f32;
        }
        forward_backward(&mut network, 16, input.sqrt(), seed)
    })
}

/// Activation, sigma_w, sigma_b^2, q* (1 if every q is a fixed point), chi_1.
type Row = (Activation, f64, f64, f64, f64);

fn check_chi(rows: &[Row], tolerance: f64) {
    for &(activation, sigma_w, sigma_b2, q, expected) in rows {
        let what = format!("{activation:?}, sigma_w {sigma_w}, sigma_b^2 {sigma_b2}");
        let chi = measured_chi(activation, sigma_w, sigma_b2, q);
        assert_close(chi, expected, tolerance, &what);
    }
}

#[test]
fn chi_of_tanh_is_measured() {
    // mf.tanh_* (Poole et al. 2016; Schoenholz et al. 2017).
    use Activation::Tanh;
    let rows = [
        (Tanh, 0.9, 0.05, 0.140382, 0.653092),
        (Tanh, 1.0, 0.05, 0.193593, 0.759032),
        (Tanh, 1.0, 0.09, 0.276299, 0.700258),
        (Tanh, 1.5, 0.0, 0.793354, 1.13932),
        (Tanh, 2.0, 0.0, 2.12147, 1.36267),
        (Tanh, 2.0, 0.05, 2.19549, 1.3424),
        (Tanh, 3.0, 0.0, 6.30539, 1.85986),
    ];
    check_chi(&rows, 0.02);
}

#[test]
fn chi_of_tanh_is_1_on_the_edge_of_chaos() {
    // mf.tanh_critical_*, those that the source simulated (Schoenholz et al. 2017; Pennington et al. 2017).
    use Activation::Tanh;
    let rows = [
        (Tanh, 1.42421f64.sqrt(), 0.01, 0.273301, 1.0),
        (Tanh, 1.76095f64.sqrt(), 0.05, 0.570048, 1.0),
        (Tanh, 2.50513f64.sqrt(), 0.3, 1.46117, 1.0),
    ];
    check_chi(&rows, 0.01);
}

#[test]
fn chi_of_sigmoid_and_softplus_is_measured() {
    // mf.sigmoid_*, mf.softplus_sw1_sb0 (Poole et al. 2016; Schoenholz et al. 2017).
    use Activation::{Sigmoid, Softplus};
    let rows = [
        (Sigmoid, 1.0, 0.0, 0.264687, 0.0557207),
        (Sigmoid, 2.0, 0.0, 1.19691, 0.171581),
        (Sigmoid, 4.0, 0.0, 5.8554, 0.398879),
        (Sigmoid, 8.0, 0.0, 27.3825, 0.794823),
        (Softplus, 1.0, 0.0, 0.856305, 0.288722),
    ];
    check_chi(&rows, 0.02);
}

#[test]
fn chi_of_piecewise_activations_is_measured() {
    // mf.linear_*, mf.relu_*, mf.leaky_relu_*, mf.elu_sw1.414_sb0 (Poole et al. 2016). The variance of ELU grows by about 1
    // per layer without bound; the q of the source is where its iteration stopped.
    use Activation::{Elu, LeakyRelu, Linear, Relu};
    let rows = [
        (Linear, 1.0, 0.0, 1.0, 1.0),
        (Relu, 2f64.sqrt(), 0.0, 1.0, 1.0),
        (Relu, 1.0, 0.0, 1.0, 0.5),
        (Relu, 1.6, 0.0, 1.0, 1.28),
        (LeakyRelu, 1.41414, 0.0, 1.0, 1.0),
        (Elu, 2f64.sqrt(), 0.0, 19653.3, 1.00285),
    ];
    check_chi(&rows, 0.02);
    let elu = ActivationFn::new(Activation::Elu, 0.0);
    assert_close(
        chi(&elu, 2.0, 19653.25844913198),
        1.0028456878448713,
        1e-9,
        "ELU",
    );
}

#[test]
fn selu_preserves_the_signal_while_its_gradient_grows() {
    // selu.fixed_point, selu.chi, mf.selu_sw1_sb0 (Klambauer et al. 2017).
    let selu = ActivationFn::new(Activation::Selu, 0.0);
    assert!(mean(&selu, 1.0).abs() < 1e-12);
    assert_close(mean_square(&selu, 1.0), 1.0, 1e-12, "E[selu^2]");
    assert_close(chi(&selu, 1.0, 1.0), 1.0715749924555, 1e-10, "chi");
    let config = config("activation=selu&init=lecun_normal", 50, 512, 1);
    let mut network = initial_network::<f32>(&config, 512, 10);
    let workspace = forward_backward(&mut network, 16, 1.0, 1);
    let last_a = Moments::of(flat(workspace.layers[49].a()));
    assert!(last_a.mean.abs() < 0.05, "mean {}", last_a.mean);
    assert_close(last_a.std.powi(2), 1.0, 0.05, "variance");
    let chi = mean_factor(1, (1, 50), |_| workspace.clone());
    assert_close(chi, 1.07157, 0.01, "chi of 50 layers");
}

#[test]
fn silu_with_a_tenth_of_the_critical_bias_vanishes() {
    // mf.swish_critical (Roberts, Yaida and Hanin 2022): with the C_b found in some code, a tenth of the right one, the
    // signal approaches a fixed point at which the gradient vanishes.
    let silu = ActivationFn::new(Activation::Silu, 0.0);
    let q = fixed_point(&silu, 1.98800468, 0.055514317).expect("a fixed point");
    assert_close(q, 0.1201, 1e-3, "q*");
    assert_close(chi(&silu, 1.98800468, q), 0.5504, 1e-3, "chi");
}

#[test]
fn gradients_vanish_under_the_default_initialisation_of_pytorch() {
    // torch_default_linear_relu: U[-1/sqrt(n), 1/sqrt(n)] for weights and biases, n = 256.
    let (sigma_w2, sigma_b2) = (1.0 / 3.0, 1.0 / (3.0 * 256.0));
    for (activation, expected) in [
        (Activation::Relu, 1.0 / 6.0),
        (Activation::Tanh, 0.33204255938451077),
        (Activation::Sigmoid, 0.019995815227106604),
    ] {
        let phi = ActivationFn::new(activation, 0.0);
        let q = fixed_point(&phi, sigma_w2, sigma_b2).expect("a fixed point");
        let chi = chi(&phi, sigma_w2, q);
        assert_close(chi, expected, 1e-9, &format!("{activation:?}"));
    }
}

/// The signals of a network at initialisation, after a forward and a backward pass.
fn workspace(query: &str, depth: usize, width: usize, batch: usize, seed: u64) -> Workspace<f32> {
    let mut network = initial_network(&config(query, depth, width, seed), width, 10);
    forward_backward(&mut network, batch, 1.0, seed)
}

#[test]
fn sigmoid_loses_the_published_decades_per_layer() {
    // sigmoid.decades_xavier, sigmoid.decades_standard (Schoenholz et al. 2017): log10 of the factor of delta. The second
    // is for U[-1/sqrt(n), 1/sqrt(n)] without biases: variance 1/(3n).
    let third = format!("init=lecun_normal&init-gain={}", 1.0 / 3f64.sqrt());
    for (query, expected, tolerance) in [
        ("init=xavier_uniform", -0.626992, 0.015),
        (&third, -0.8494, 0.02),
    ] {
        let query = format!("activation=sigmoid&{query}");
        let factor = mean_factor(4, (4, 12), |seed| workspace(&query, 14, 256, 16, seed));
        let decades = factor.log10() / 2.0;
        assert!(
            (decades - expected).abs() < tolerance,
            "{query}: {decades} decades per layer, not {expected}"
        );
    }
}

#[test]
fn the_first_layer_of_a_sigmoid_network_gets_hardly_any_gradient() {
    // sigmoid.ratio_L*_n*: log10(|dW_1| / |dW_L|), the mean of 10 seeds. The tolerance of the source is three standard
    // deviations of a single network.
    for (depth, width, expected, tolerance) in [
        (10, 16, -5.59188, 0.64),
        (10, 256, -5.48044, 0.30),
        (20, 16, -11.8802, 0.54),
        (20, 256, -11.7466, 0.37),
        (30, 16, -18.329, 1.30),
        (30, 256, -18.0166, 0.46),
    ] {
        let ratio = geometric_mean(10, |seed| {
            let config = config("activation=sigmoid&init=xavier_uniform", depth, width, seed);
            let mut network = initial_network::<f32>(&config, width, 10);
            forward_backward(&mut network, 16, 1.0, seed);
            let dw = |layer: usize| l2_norm(flat(&network.layers[layer].w.gradient));
            dw(0) / dw(depth - 1)
        });
        let decades = ratio.log10();
        assert!(
            (decades - expected).abs() < tolerance,
            "{depth} layers of {width}: {decades} decades, not {expected}"
        );
    }
}

/// ln of the squared ratio of |dLoss/da| of layer 1 to that of layer 50, for one input to each network.
fn log_ratios(query: &str, width: usize, networks: u64) -> Vec<f64> {
    let with_seed = |seed| {
        let mut network = initial_network::<f32>(&config(query, 50, width, seed), width, width);
        let workspace = forward_backward(&mut network, 1, 1.0, seed);
        // dLoss/da of a layer (from 1) is delta of the layer above, through the weights of that layer.
        let da = |layer: usize| {
            let weights = &network.layers[layer].w.value;
            l2_norm(flat(&workspace.layers[layer].delta.dot(&weights.t())))
        };
        2.0 * (da(1) / da(50)).ln()
    };
    // A network that is dead at initialisation has no ratio.
    let ratios = (1..=networks).map(with_seed);
    ratios.filter(|ratio| ratio.is_finite()).collect()
}

#[test]
fn gradients_of_narrow_networks_vary_widely_and_mostly_vanish() {
    // width.* (Hanin and Nica 2018; Hanin and Rolnick 2018): mean and variance of the logarithm. Although the mean of the
    // squared ratio is 1, the gradient of a typical network vanishes.
    let (relu, linear) = (
        "activation=relu&init=he_normal",
        "activation=linear&init=lecun_normal",
    );
    for (query, width, networks, mean_ln, var_ln) in [
        (relu, 16, 1000, -8.643468895945466, 20.560076311232176),
        (relu, 32, 400, -4.044470196715112, 8.697391574072066),
        (relu, 128, 60, -0.9695336919887366, 1.9714656375427282),
        (linear, 16, 1000, -3.1262031224870728, 6.523713720007541),
        (linear, 64, 100, -0.7696122409722235, 1.5554249594948024),
    ] {
        let ratios = log_ratios(query, width, networks);
        let count = ratios.len() as f64;
        let mean = ratios.iter().sum::<f64>() / count;
        let var = ratios.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / (count - 1.0);
        let what = format!("{query}, {width} units");
        let deviations = (mean - mean_ln) / (var_ln / count).sqrt();
        assert!(
            deviations.abs() < 3.0,
            "{what}: {mean} is not {mean_ln} ({deviations} deviations)"
        );
        // 25% in the source. With fewer networks, three standard deviations of the variance are more.
        let tolerance = (3.0 * (2.0 / count).sqrt()).max(0.25);
        assert_close(var, var_ln, tolerance, &what);
    }
}

#[test]
fn the_published_share_of_relu_networks_is_born_dead() {
    // dead.* (Lu et al. 2019; Rister and Rubin 2020): 1 - (1 - 2^-N)^L for one input. The tolerance is three standard
    // deviations for 4000 networks.
    for (width, depth, expected) in [
        (2, 5, 0.7626953125f64),
        (3, 10, 0.7369244238361716),
        (4, 10, 0.47553952495127305),
        (4, 30, 0.8557425363888351),
        (8, 30, 0.11078566841868875),
    ] {
        let networks = 4000;
        let dead = (1..=networks).filter(|seed| {
            let config = config("activation=relu&init=he_normal", depth, width, *seed);
            let network = initial_network::<f32>(&config, width, 1);
            let mut workspace = Workspace::new(&network, 1);
            let mut random = Random::new(*seed, Stream::Data, 0);
            for x in flat_mut(&mut workspace.x) {
                *x = random.normal() as f32;
            }
            network.forward(&mut workspace);
            workspace.layers[depth - 1].a().iter().all(|a| *a == 0.0)
        });
        let share = dead.count() as f64 / networks as f64;
        let deviation = (expected * (1.0 - expected) / networks as f64).sqrt();
        assert!(
            (share - expected).abs() < 3.0 * deviation,
            "{depth} layers of {width}: {share} dead, not {expected}"
        );
    }
}

/// Divides the weights of each hidden layer by a number such that z has variance 1 on this batch.
fn give_unit_variance(network: &mut Network<f32>, depth: usize, x: &Array2<f32>) {
    let mut a = x.clone();
    for layer in &mut network.layers[..depth] {
        let mut one = Network {
            layers: vec![layer.clone()],
            shared: None,
        };
        let mut workspace = Workspace::new(&one, a.nrows());
        workspace.x.assign(&a);
        one.forward(&mut workspace);
        one.layers[0].w.value /= Moments::of(flat(&workspace.layers[0].z)).std as f32;
        one.forward(&mut workspace);
        let variance = Moments::of(flat(&workspace.layers[0].z)).std.powi(2);
        assert!(
            (variance - 1.0).abs() < 0.01,
            "variance after the division: {variance}"
        );
        a.assign(workspace.layers[0].a());
        *layer = one.layers.remove(0);
    }
}

#[test]
fn unit_variance_forward_does_not_guarantee_a_level_gradient() {
    // lsuv.* (Mishkin and Matas 2016): orthogonal weights, then unit variance of z, layer by layer.
    let (depth, width, batch) = (30, 192, 64);
    let with_seed =
        |seed| initial_network(&config("init=orthogonal", depth, width, seed), width, 10);
    let orthogonal: Vec<Network<f32>> = (1..=2).map(with_seed).collect();
    for (activation, expected) in [
        (Activation::Relu, 1.0),
        (Activation::Tanh, 1.17781),
        (Activation::Sigmoid, 0.152827),
        (Activation::Selu, 1.07157),
    ] {
        let factor = mean_factor(2, (1, depth), |seed| {
            let mut network = orthogonal[seed as usize - 1].clone();
            for layer in &mut network.layers[..depth] {
                layer.spec.activation = activation;
            }
            // The inputs depend only on the seed, so they are the same as those of the measurement below.
            let x = forward_backward(&mut network, batch, 1.0, seed).x;
            give_unit_variance(&mut network, depth, &x);
            forward_backward(&mut network, batch, 1.0, seed)
        });
        assert_close(factor, expected, 0.03, &format!("{activation:?}"));
    }
}
