//! e^x, tanh x, the sigmoid, ln(1 + x) and the error function in float32, without branches, so that loops
//! over them run four at a time.
//!
//! Only additions, multiplications, divisions and comparisons: the same bits on every machine.
//! Errors against the exact values, over all float32 (tests): e^x within 1.1 ulp, ln(1 + x) and the error
//! function within 2, tanh and the sigmoid within 2.5.

use std::f32::consts::{LN_2, LOG2_E};

/// ln 2 in two parts: the first has few enough bits that its multiples by whole numbers are exact.
const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = -2.121_944_4e-4;

/// Adding and taking away 1.5 * 2^23 rounds to the nearest whole number.
const ROUND: f32 = 12_582_912.0;

/// Beyond these e^x is infinite, or rounds to 0.
const LARGEST: f32 = 88.722_84;
const SMALLEST: f32 = -103.972_08;

/// e^x.
///
/// x = n ln 2 + r with |r| <= ln 2 / 2.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let clamped = if x > SMALLEST { x } else { SMALLEST };
    let clamped = if clamped < LARGEST { clamped } else { LARGEST };
    let n = (clamped * LOG2_E + ROUND) - ROUND;
    let r = (clamped - n * LN_2_HIGH) - n * LN_2_LOW;
    let e = 1.0 + exp_m1_near_0(r);
    // 2^n in two factors, since n reaches -150 and 128.
    let half = (n * 0.5 + ROUND) - ROUND;
    let value = e * power_of_2(half) * power_of_2(n - half);
    let value = if x > LARGEST { f32::INFINITY } else { value };
    let value = if x < SMALLEST { 0.0 } else { value };
    if x.is_nan() { x } else { value }
}

/// e^r - 1 for |r| <= ln 2 / 2: Taylor's polynomial of degree 7, whose last term is below a tenth of
/// an ulp there. Its terms are joined in pairs, so that few operations wait for one another.
#[inline(always)]
fn exp_m1_near_0(r: f32) -> f32 {
    let square = r * r;
    let low = 0.5 + r * (1.0 / 6.0);
    let middle = 1.0 / 24.0 + r * (1.0 / 120.0);
    let high = 1.0 / 720.0 + r * (1.0 / 5040.0);
    r + square * (low + square * (middle + square * high))
}

/// 2^n for a whole n from -126 to 127.
#[inline(always)]
fn power_of_2(n: f32) -> f32 {
    // In the sum the last bits of the mantissa are those of n + 127.
    let bits = (n + (ROUND + 127.0)).to_bits();
    f32::from_bits(bits << 23)
}

/// Elements that go through the parts of a function together.
const TOGETHER: usize = 128;

/// y = f(x) for each element, in parts; returns the bits of the largest |x|.
///
/// One loop for each part: a processor looks a number of operations ahead, which the long chain of one
/// element would fill; chains of a third of the length run side by side, nearly twice as fast.
#[inline(always)]
fn in_parts(
    x: &[f32],
    y: &mut [f32],
    reduce: impl Fn(f32) -> (f32, f32),
    join: impl Fn(f32, f32, f32) -> f32,
) -> u32 {
    let mut largest = 0;
    let mut halves = [0.0; TOGETHER];
    for (x, y) in x.chunks(TOGETHER).zip(y.chunks_mut(TOGETHER)) {
        for ((x, r), half) in x.iter().zip(&mut *y).zip(&mut halves) {
            (*r, *half) = reduce(*x);
            largest = largest.max(x.to_bits() & (u32::MAX >> 1));
        }
        for r in &mut *y {
            *r = exp_m1_near_0(*r);
        }
        for ((x, y), half) in x.iter().zip(y).zip(&halves) {
            *y = join(*x, *y, *half);
        }
    }
    largest
}

/// tanh x = E / (E + 2) with E = e^(2|x|) - 1, and the sign of x.
///
/// 2|x| = n ln 2 + r, and E = 2^n (e^r - 1) + (2^n - 1): accurate near 0, and never beyond 1. An error
/// of r counts the less the larger n is. Computed is E / 2, exactly half of it.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let (r, half) = reduce_tanh(x);
    join_tanh(x, exp_m1_near_0(r), half)
}

/// tanh of each element; returns the bits of the largest |x|.
#[inline(always)]
pub fn tanh_into(x: &[f32], y: &mut [f32]) -> u32 {
    in_parts(x, y, reduce_tanh, join_tanh)
}

/// r and half of 2^n.
#[inline(always)]
fn reduce_tanh(x: f32) -> (f32, f32) {
    // Beyond this tanh x rounds to 1. Written so that NaN stays.
    let size = x.abs();
    let size = if size > 9.1 { 9.1 } else { size };
    let (n, half) = whole_and_half_power(size * (2.0 * LOG2_E));
    ((size + size) - n * LN_2, half)
}

#[inline(always)]
fn join_tanh(x: f32, m1: f32, half: f32) -> f32 {
    let half_e = half * m1 + (half - 0.5);
    // Zero keeps its sign.
    let sign = x.to_bits() & (1 << 31);
    f32::from_bits((half_e / (half_e + 1.0)).to_bits() | sign)
}

/// The whole number n nearest to x, and 2^(n - 1), for n from -125 to 128.
#[inline(always)]
fn whole_and_half_power(x: f32) -> (f32, f32) {
    // In the sum the last bits of the mantissa are those of n + 126.
    const ROUND_126: f32 = ROUND + 126.0;
    let sum = x + ROUND_126;
    (sum - ROUND_126, f32::from_bits(sum.to_bits() << 23))
}

/// 1 / (1 + e^-x); 0 where e^-x is infinite.
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    let (r, half) = reduce_sigmoid(x);
    join_sigmoid(x, exp_m1_near_0(r), half)
}

/// The sigmoid of each element; returns the bits of the largest |x|.
#[inline(always)]
pub fn sigmoid_into(x: &[f32], y: &mut [f32]) -> u32 {
    in_parts(x, y, reduce_sigmoid, join_sigmoid)
}

/// -x = n ln 2 + r: r and half of 2^n, which would be infinite for n = 128.
#[inline(always)]
fn reduce_sigmoid(x: f32) -> (f32, f32) {
    // Far above 0 it rounds to 1.
    let clamped = if x > 80.0 { 80.0 } else { x };
    let clamped = if clamped < -LARGEST {
        -LARGEST
    } else {
        clamped
    };
    let (n, half) = whole_and_half_power(clamped * -LOG2_E);
    ((-clamped - n * LN_2_HIGH) - n * LN_2_LOW, half)
}

#[inline(always)]
fn join_sigmoid(x: f32, m1: f32, half: f32) -> f32 {
    let e = half * (m1 + 1.0) * 2.0;
    let value = 1.0 / (1.0 + e);
    if x < -LARGEST { 0.0 } else { value }
}

/// ln(1 + x) for x from 0 to 1; NaN for NaN.
///
/// With s = x / (2 + x) it is 2 artanh s = 2s + s^3 p(s^2), p nearest in relative error.
#[inline(always)]
pub fn ln_1p(x: f32) -> f32 {
    let s = x / (2.0 + x);
    let square = s * s;
    let low = 0.666_664_1 + square * 0.400_217;
    let high = 0.279_991_4 + square * 0.280_244_65;
    (s + s) + s * square * (low + square * square * high)
}

/// The error function: x + x p(x^2) up to |x| = 1, beyond it 1 - e^-q(|x|), both polynomials nearest in
/// relative error.
#[inline(always)]
pub fn erf(x: f32) -> f32 {
    let square = x * x;
    let low = 0.128_379_17 - square * 0.376_126_26;
    let middle = 0.112_835_854 - square * 0.026_853_811;
    let high = 0.005_188_327_7 - square * 0.000_801_019_25 + square * square * 7.853_858e-5;
    let near = x + x * (low + square * square * (middle + square * square * high));

    // Beyond this it rounds to 1. Written so that NaN stays.
    let size = x.abs();
    let size = if size > 4.0 { 4.0 } else { size };
    let square = size * size;
    let low = 0.000_341_512_58 + size * 1.127_089_3;
    let middle = 0.638_144_73 + size * 0.103_106_82;
    let high = -0.021_838_097 + size * 0.002_947_666_7 - square * 0.000_186_380_09;
    let far = 1.0 - exp(-(low + square * (middle + square * high)));
    let sign = x.to_bits() & (1 << 31);
    let far = f32::from_bits(far.to_bits() | sign);
    if size < 1.0 { near } else { far }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Error in units of the last place of the exact value (at least of the smallest normal number).
    fn ulps(value: f32, exact: f64) -> f64 {
        let size = (exact.abs() as f32).max(f32::MIN_POSITIVE);
        let unit = f64::from(f32::from_bits(size.to_bits() + 1)) - f64::from(size);
        (f64::from(value) - exact).abs() / unit
    }

    /// Every 1009th float32 from below to above, both signs.
    fn sample(below: f32) -> impl Iterator<Item = f32> {
        (0..below.to_bits())
            .step_by(1009)
            .map(f32::from_bits)
            .flat_map(|x| [x, -x])
    }

    #[test]
    fn exp_is_within_1_1_ulps_over_the_whole_range() {
        let worst = sample(LARGEST)
            .map(|x| (ulps(exp(x), libm::exp(f64::from(x))), x))
            .fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
        assert!(worst.0 <= 1.1, "{} ulp at {}", worst.0, worst.1);
    }

    #[test]
    fn tanh_is_within_2_5_ulps_over_the_whole_range() {
        let worst = sample(20.0)
            .map(|x| (ulps(tanh(x), libm::tanh(f64::from(x))), x))
            .fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
        assert!(worst.0 <= 2.5, "{} ulp at {}", worst.0, worst.1);
    }

    #[test]
    fn sigmoid_is_within_2_5_ulps_over_the_whole_range() {
        let exact = |x: f32| 1.0 / (1.0 + libm::exp(-f64::from(x)));
        let worst = sample(LARGEST)
            .map(|x| (ulps(sigmoid(x), exact(x)), x))
            .fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
        assert!(worst.0 <= 2.5, "{} ulp at {}", worst.0, worst.1);
    }

    #[test]
    fn ln_1p_is_within_2_ulps_from_0_to_1() {
        let worst = sample(1.0f32.next_up())
            .filter(|x| *x >= 0.0)
            .map(|x| (ulps(ln_1p(x), libm::log1p(f64::from(x))), x))
            .fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
        assert!(worst.0 <= 2.0, "{} ulp at {}", worst.0, worst.1);
        assert_eq!((ln_1p(0.0), ln_1p(1.0)), (0.0, std::f32::consts::LN_2));
        assert!(ln_1p(f32::NAN).is_nan());
    }

    #[test]
    fn erf_is_within_2_ulps_over_the_whole_range() {
        let worst = sample(6.0)
            .map(|x| (ulps(erf(x), libm::erf(f64::from(x))), x))
            .fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
        assert!(worst.0 <= 2.0, "{} ulp at {}", worst.0, worst.1);
        assert_eq!((erf(f32::INFINITY), erf(-1e30)), (1.0, -1.0));
        assert_eq!(erf(-0.0).to_bits(), (-0.0f32).to_bits());
        assert!(erf(f32::NAN).is_nan());
        assert!(sample(f32::MAX).all(|x| erf(x).abs() <= 1.0));
    }

    #[test]
    fn the_ends_of_the_range_are_right() {
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
        assert!(exp(f32::NAN).is_nan() && tanh(f32::NAN).is_nan());
        assert_eq!((tanh(f32::INFINITY), tanh(f32::NEG_INFINITY)), (1.0, -1.0));
        assert_eq!((tanh(1e30), tanh(-1e30)), (1.0, -1.0));
        assert!(sample(f32::MAX).all(|x| tanh(x).abs() <= 1.0));
        assert_eq!(tanh(0.0).to_bits(), 0.0f32.to_bits());
        assert_eq!(tanh(-0.0).to_bits(), (-0.0f32).to_bits());
        let tiny = f32::from_bits(1);
        assert_eq!(tanh(tiny), tiny);
    }

    #[test]
    fn elements_in_parts_are_those_of_one_at_a_time() {
        let mut x: Vec<f32> = sample(200.0).step_by(97).collect();
        x.extend([0.0, -0.0, f32::MIN, f32::from_bits(1)]);
        let bits = |values: &[f32]| values.iter().map(|y| y.to_bits()).collect::<Vec<_>>();
        type Functions = (fn(&[f32], &mut [f32]) -> u32, fn(f32) -> f32);
        let functions: [Functions; 2] = [(tanh_into, tanh), (sigmoid_into, sigmoid)];
        for (each, one) in functions {
            for n in [0, 1, 7, 127, 128, 129, x.len()] {
                let mut y = vec![f32::NAN; n];
                let largest = x[..n].iter().fold(0.0f32, |most, x| most.max(x.abs()));
                assert_eq!(each(&x[..n], &mut y), largest.to_bits());
                let expected: Vec<f32> = x[..n].iter().map(|x| one(*x)).collect();
                assert_eq!(bits(&y), bits(&expected), "{n} elements");
            }
            let mut y = [0.0; 3];
            assert!(each(&[1.0, f32::NAN, 2.0], &mut y) > f32::INFINITY.to_bits());
            assert!(y[1].is_nan());
        }
    }
}
