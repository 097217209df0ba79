//! The theory module reproduces published mean-field results.

use gradient_flow::Config;
use gradient_flow::config::Activation;
use gradient_flow::network::activation::ActivationFn;
use gradient_flow::theory::{chi, fixed_point, limit, mean, mean_square, mean_square_derivative};

fn phi(activation: Activation) -> ActivationFn<f64> {
    ActivationFn::new(activation, 0.01)
}

fn assert_close(actual: f64, expected: f64, tolerance: f64, what: &str) {
    let deviation = (actual / expected - 1.0).abs();
    assert!(
        deviation <= tolerance,
        "{what}: {actual} is not {expected} ({deviation:.1e})"
    );
}

#[test]
fn fixed_points_and_chi_are_the_published_ones() {
    // Poole et al. 2016; Schoenholz et al. 2017: activation, sigma_w, sigma_b^2, q*, chi_1.
    use Activation::{Selu, Sigmoid, Softplus, Tanh};
    for (activation, sigma_w, sigma_b2, q_star, chi_1) in [
        (Tanh, 0.9, 0.05, 0.14038163070289375, 0.6530921537096185),
        (Tanh, 1.0, 0.05, 0.19359252024530646, 0.7590316471852789),
        (Tanh, 1.5, 0.0, 0.7933540426068221, 1.139323224985211),
        (Tanh, 2.0, 0.0, 2.1214735682032404, 1.3626733375210498),
        (Tanh, 3.0, 0.0, 6.305391478779014, 1.8598551908078464),
        (Tanh, 2.0, 0.05, 2.195493928034548, 1.3424024144447153),
        (Tanh, 1.0, 0.09, 0.27629919287190785, 0.700258146602889),
        (Sigmoid, 1.0, 0.0, 0.2646868751818664, 0.05572070676969586),
        (Sigmoid, 2.0, 0.0, 1.1969143433987426, 0.17158135414670195),
        (Sigmoid, 4.0, 0.0, 5.855403564409771, 0.3988790065436335),
        (Sigmoid, 8.0, 0.0, 27.382523134325687, 0.7948232833716544),
        (Selu, 1.0, 0.0, 1.0, 1.0715749924555502),
        (Softplus, 1.0, 0.0, 0.8563051596448661, 0.2887218490032326),
    ] {
        let what = format!("{activation:?} {sigma_w} {sigma_b2}");
        let q = fixed_point(&phi(activation), sigma_w * sigma_w, sigma_b2).expect(&what);
        // The search stops where the variance changes by a relative 1e-10 per layer.
        assert_close(q, q_star, 1e-7, &format!("{what}: q*"));
        assert_close(
            chi(&phi(activation), sigma_w * sigma_w, q),
            chi_1,
            1e-9,
            &format!("{what}: chi_1"),
        );
    }
}

#[test]
fn homogeneous_activations_have_a_chi_without_a_fixed_point() {
    for (activation, sigma_w2, chi_1) in [
        (Activation::Linear, 1.0, 1.0),
        (Activation::Relu, 2.0, 1.0),
        (Activation::Relu, 1.0, 0.5),
        (Activation::Relu, 2.56, 1.28),
        (Activation::LeakyRelu, 2.0 / 1.0001, 1.0),
        // PyTorch's default for a linear layer: sigma_w^2 = 1/3.
        (Activation::Relu, 1.0 / 3.0, 1.0 / 6.0),
    ] {
        for q in [1e-6, 1.0, 1e6] {
            assert_close(
                chi(&phi(activation), sigma_w2, q),
                chi_1,
                1e-9,
                &format!("{activation:?} at {q}"),
            );
        }
    }
    assert_eq!(
        fixed_point(&phi(Activation::Relu), 2.56, 0.0),
        None,
        "the variance grows without bound"
    );
}

#[test]
fn a_variance_that_grows_slowly_without_bound_has_no_fixed_point() {
    // With He's weights the variance of ELU grows by about 1 per layer, whatever q is.
    assert_eq!(fixed_point(&phi(Activation::Elu), 2.0, 0.0), None);
}

#[test]
fn if_the_variance_falls_to_zero_chi_is_that_of_the_slope_at_zero() {
    // GELU and SiLU: phi'(0) = 1/2.
    for activation in [Activation::Gelu, Activation::Silu] {
        for sigma_w2 in [1.0, 2.0, 2.25] {
            let q = fixed_point(&phi(activation), sigma_w2, 0.0).expect("it falls to 0");
            assert!(q < 1e-290, "{activation:?} {sigma_w2}: {q}");
            assert_close(
                chi(&phi(activation), sigma_w2, q),
                sigma_w2 / 4.0,
                1e-9,
                "chi at 0",
            );
        }
    }
}

#[test]
fn the_edge_of_chaos_of_tanh_is_the_published_one() {
    // sigma_b^2, and sigma_w^2 and q* for which chi_1 = 1 (Schoenholz et al. 2017; Pennington et al. 2017).
    for (sigma_b2, sigma_w2, q_star) in [
        (1e-5, 1.0395211284883816, 0.020337953121317164),
        (2.01e-5, 1.0499956285312342, 0.025918602764544718),
        (1e-4, 1.0860262925084665, 0.0457090786998595),
        (1e-3, 1.1891895853156484, 0.10729235619120349),
        (1e-2, 1.4242052904897604, 0.27330091345892504),
        (5e-2, 1.7609546396077413, 0.5700478816414094),
        (0.1, 1.986072641136964, 0.8057991819142182),
        (0.2, 2.2851524737214546, 1.1644962874588431),
        (0.3, 2.505127189681178, 1.4611694469329661),
        (0.5, 2.8431674597208754, 1.9710306134146682),
    ] {
        let tanh = phi(Activation::Tanh);
        let q = fixed_point(&tanh, sigma_w2, sigma_b2).expect("a fixed point");
        assert_close(q, q_star, 1e-6, &format!("q* at {sigma_b2}"));
        assert_close(
            chi(&tanh, sigma_w2, q),
            1.0,
            1e-6,
            &format!("chi at {sigma_b2}"),
        );
    }
}

#[test]
fn half_stable_activations_are_critical_at_the_published_point() {
    // Roberts, Yaida and Hanin 2022, ch. 5: C_b, C_W, K*. C_b of SiLU is 0.555, ten times the value found in some code.
    for (activation, sigma_b2, sigma_w2, q) in [
        (Activation::Gelu, 0.17292239, 1.98305826, 3.561553),
        (Activation::Silu, 0.55514317, 1.98800468, 14.320174),
    ] {
        let map = sigma_w2 * mean_square(&phi(activation), q) + sigma_b2;
        assert_close(map, q, 1e-6, &format!("{activation:?}: K*"));
        assert_close(
            chi(&phi(activation), sigma_w2, q),
            1.0,
            1e-6,
            &format!("{activation:?}: chi"),
        );
    }
}

#[test]
fn sigmoid_explodes_only_above_a_tenfold_sigma_w() {
    let sigmoid = phi(Activation::Sigmoid);
    let chi_1 = |sigma_w: f64| {
        let q = fixed_point(&sigmoid, sigma_w * sigma_w, 0.0).expect("a fixed point");
        chi(&sigmoid, sigma_w * sigma_w, q)
    };
    assert_close(
        chi_1(10.14926371041319),
        1.0,
        1e-6,
        "chi_1 at sigma_w = 10.149",
    );
    assert!(chi_1(10.0) < 1.0 && chi_1(10.3) > 1.0);
}

#[test]
fn normalization_determines_chi_whatever_the_weights() {
    let derivative2 = |a| mean_square_derivative(&phi(a), 1.0);
    // Batch norm before ReLU explodes by pi / (pi - 1) (Yang et al. 2019).
    let relu = phi(Activation::Relu);
    let variance = mean_square(&relu, 1.0) - mean(&relu, 1.0).powi(2);
    assert_close(
        derivative2(Activation::Relu) / variance,
        1.46694220692426,
        1e-9,
        "batch norm, ReLU",
    );
    for (activation, expected, tolerance) in [
        (Activation::Relu, 1.0, 1e-9),
        (Activation::Linear, 1.0, 1e-9),
        (Activation::Tanh, 1.1778072323038662, 1e-6),
        (Activation::Sigmoid, 0.15283, 1e-4),
    ] {
        let factor = derivative2(activation) / mean_square(&phi(activation), 1.0);
        assert_close(
            factor,
            expected,
            tolerance,
            &format!("layer norm, {activation:?}"),
        );
    }
}

#[test]
fn the_limit_of_a_config_is_the_published_one() {
    // Query, q* (none for homogeneous activations), chi_1.
    for (query, q, chi) in [
        (
            "init=lecun_normal",
            Some(0.2646868751818664),
            0.05572070676969586,
        ),
        (
            "init=lecun_normal&activation=tanh&init-gain=3",
            Some(6.305391478779014),
            1.8598551908078464,
        ),
        ("init=lecun_normal&activation=tanh", Some(0.0), 1.0),
        ("activation=relu&init=he_normal", None, 1.0),
        ("activation=relu&init=lecun_normal", None, 0.5),
        ("activation=gelu&init=he_normal", Some(0.0), 0.5),
        (
            "activation=selu&init=lecun_normal",
            Some(1.0),
            1.0715749924555502,
        ),
        ("activation=relu&norm=batch", Some(1.0), 1.46694220692426),
        ("activation=relu&norm=layer", Some(1.0), 1.0),
    ] {
        let limit = limit(&Config::from_query(query).expect(query)).expect(query);
        assert_eq!(limit.q.is_some(), q.is_some(), "{query}");
        if let (Some(measured), Some(q)) = (limit.q, q) {
            assert!(
                (measured - q).abs() < 1e-8 * q.max(1e-6),
                "{query}: q* {measured}"
            );
        }
        assert_close(limit.chi, chi, 1e-8, query);
    }
    for query in ["residual=true", "init=zeros"] {
        assert_eq!(limit(&Config::from_query(query).expect(query)), None);
    }
}
