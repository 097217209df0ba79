//! Errors over the whole range of float32, special values, and slices compared with single elements.

use super::*;

/// The tests check every `STRIDE`th float32, the slow test every one.
const STRIDE: usize = 1009;

/// The error in units in the last place of the exact value (of the smallest normal number where that is subnormal).
fn ulps(value: f32, exact: f64) -> f64 {
    let abs = (exact.abs() as f32).max(f32::MIN_POSITIVE);
    let ulp = f64::from(f32::from_bits(abs.to_bits() + 1)) - f64::from(abs);
    (f64::from(value) - exact).abs() / ulp
}

/// Every `stride`th float32 with |x| < `below`, with both signs.
fn sample(stride: usize, below: f32) -> impl Iterator<Item = f32> {
    (0..below.to_bits())
        .step_by(stride)
        .map(f32::from_bits)
        .flat_map(|x| [x, -x])
}

/// A function and its exact counterpart.
struct Case {
    name: &'static str,
    function: fn(f32) -> f32,
    exact: fn(f64) -> f64,
    /// The range tested: |x| below the first number, and x at least the second.
    range: (f32, f32),
    /// The largest error allowed, in units in the last place.
    limit: f64,
}

const CASES: [Case; 6] = [
    Case {
        name: "exp",
        function: exp,
        exact: libm::exp,
        range: (LARGEST, f32::NEG_INFINITY),
        limit: 1.1,
    },
    Case {
        name: "exp_m1",
        function: exp_m1,
        exact: libm::expm1,
        range: (LARGEST, f32::NEG_INFINITY),
        limit: 2.0,
    },
    Case {
        name: "tanh",
        function: tanh,
        exact: libm::tanh,
        range: (20.0, f32::NEG_INFINITY),
        limit: 2.5,
    },
    Case {
        name: "sigmoid",
        function: sigmoid,
        exact: |x| 1.0 / (1.0 + libm::exp(-x)),
        range: (LARGEST, f32::NEG_INFINITY),
        limit: 2.5,
    },
    Case {
        name: "ln_1p",
        function: ln_1p,
        exact: libm::log1p,
        range: (1.0f32.next_up(), 0.0),
        limit: 2.0,
    },
    Case {
        name: "erf",
        function: erf,
        exact: libm::erf,
        range: (6.0, f32::NEG_INFINITY),
        limit: 2.0,
    },
];

fn check_errors(stride: usize) {
    for Case {
        name,
        function,
        exact,
        range: (below, from),
        limit,
    } in CASES
    {
        let worst = sample(stride, below)
            .filter(|x| *x >= from)
            .map(|x| (ulps(function(x), exact(f64::from(x))), x))
            .fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
        println!("{name}: {} ulp at {}", worst.0, worst.1);
        assert!(worst.0 <= limit, "{name}: {} ulp at {}", worst.0, worst.1);
    }
}

#[test]
fn errors_are_within_their_limits_over_the_whole_range() {
    check_errors(STRIDE);
}

#[test]
#[ignore = "slow: every float32, minutes"]
fn errors_are_within_their_limits_for_every_float32() {
    check_errors(1);
}

#[test]
fn ln_1p_and_erf_are_exact_at_special_values() {
    assert_eq!((ln_1p(0.0), ln_1p(1.0)), (0.0, std::f32::consts::LN_2));
    assert!(ln_1p(f32::NAN).is_nan());
    assert_eq!((erf(f32::INFINITY), erf(-1e30)), (1.0, -1.0));
    assert_eq!(erf(-0.0).to_bits(), (-0.0f32).to_bits());
    assert!(erf(f32::NAN).is_nan());
    assert!(sample(STRIDE, f32::MAX).all(|x| erf(x).abs() <= 1.0));
}

#[test]
fn extreme_arguments_give_the_limits() {
    assert_eq!((sigmoid(f32::INFINITY), sigmoid(90.0)), (1.0, 1.0));
    assert_eq!((sigmoid(f32::NEG_INFINITY), sigmoid(-90.0)), (0.0, 0.0));
    assert!(sigmoid(f32::NAN).is_nan());
    assert_eq!(sigmoid(0.0), 0.5);
    assert_eq!(exp(0.0), 1.0);
    assert_eq!(
        (exp(f32::INFINITY), exp(89.0)),
        (f32::INFINITY, f32::INFINITY)
    );
    assert_eq!((exp(f32::NEG_INFINITY), exp(-104.0)), (0.0, 0.0));
    assert!(exp(88.7).is_finite() && exp(-103.9) > 0.0);
    assert_eq!((exp_m1(0.0), exp_m1(89.0)), (0.0, f32::INFINITY));
    assert_eq!((exp_m1(f32::NEG_INFINITY), exp_m1(-20.0)), (-1.0, -1.0));
    assert!(exp_m1(88.7).is_finite() && exp_m1(f32::NAN).is_nan());
    for tiny in [f32::from_bits(1), -f32::from_bits(1), 1e-30, -1e-30] {
        assert_eq!(exp_m1(tiny), tiny);
    }
    assert!(exp(f32::NAN).is_nan() && tanh(f32::NAN).is_nan());
    assert_eq!((tanh(f32::INFINITY), tanh(f32::NEG_INFINITY)), (1.0, -1.0));
    assert_eq!((tanh(1e30), tanh(-1e30)), (1.0, -1.0));
    assert!(sample(STRIDE, f32::MAX).all(|x| tanh(x).abs() <= 1.0));
    assert_eq!(tanh(0.0).to_bits(), 0.0f32.to_bits());
    assert_eq!(tanh(-0.0).to_bits(), (-0.0f32).to_bits());
    let tiny = f32::from_bits(1);
    assert_eq!(tanh(tiny), tiny);
}

#[test]
fn functions_of_slices_equal_functions_of_single_elements() {
    let mut x: Vec<f32> = sample(STRIDE, 200.0).step_by(97).collect();
    x.extend([0.0, -0.0, f32::MIN, f32::from_bits(1)]);
    let bits = |values: &[f32]| values.iter().map(|y| y.to_bits()).collect::<Vec<_>>();
    type Functions = (fn(&[f32], &mut [f32]) -> u32, fn(f32) -> f32);
    let functions: [Functions; 2] = [(tanh_into, tanh), (sigmoid_into, sigmoid)];
    for (of_slice, of_element) in functions {
        for n in [0, 1, 7, 127, 128, 129, x.len()] {
            let mut y = vec![f32::NAN; n];
            let largest = x[..n].iter().fold(0.0f32, |max, x| max.max(x.abs()));
            assert_eq!(of_slice(&x[..n], &mut y), largest.to_bits());
            let expected: Vec<f32> = x[..n].iter().map(|x| of_element(*x)).collect();
            assert_eq!(bits(&y), bits(&expected), "{n} elements");
        }
        let mut y = [0.0; 3];
        assert!(of_slice(&[1.0, f32::NAN, 2.0], &mut y) > f32::INFINITY.to_bits());
        assert!(y[1].is_nan());
    }
}
