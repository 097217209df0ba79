//! e^x and tanh x in float32, without branches, so that loops over them run four at a time.
//!
//! Only additions, multiplications, divisions and comparisons: the same bits on every machine.
//! Errors against the exact values, over all float32 (tests): e^x within 1.1 ulp, tanh within 2 ulp.

use std::f32::consts::LOG2_E;

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
/// x = n ln 2 + r with |r| <= ln 2 / 2, and e^r by a polynomial of degree 7 (Taylor's, whose last
/// term is below a tenth of an ulp there).
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let clamped = if x > SMALLEST { x } else { SMALLEST };
    let clamped = if clamped < LARGEST { clamped } else { LARGEST };
    let n = (clamped * LOG2_E + ROUND) - ROUND;
    let r = (clamped - n * LN_2_HIGH) - n * LN_2_LOW;
    let p = 1.0 / 5040.0;
    let p = p * r + 1.0 / 720.0;
    let p = p * r + 1.0 / 120.0;
    let p = p * r + 1.0 / 24.0;
    let p = p * r + 1.0 / 6.0;
    let p = p * r + 0.5;
    let e = 1.0 + (r + r * r * p);
    // 2^n in two factors, since n reaches -150 and 128.
    let half = (n * 0.5 + ROUND) - ROUND;
    let value = e * power_of_2(half) * power_of_2(n - half);
    let value = if x > LARGEST { f32::INFINITY } else { value };
    let value = if x < SMALLEST { 0.0 } else { value };
    if x.is_nan() { x } else { value }
}

/// 2^n for a whole n from -126 to 127.
#[inline(always)]
fn power_of_2(n: f32) -> f32 {
    // In the sum the last bits of the mantissa are those of n + 127.
    let bits = (n + (ROUND + 127.0)).to_bits();
    f32::from_bits(bits << 23)
}

/// tanh x.
///
/// Near 0 an odd polynomial (S. Moshier's Cephes, tanhf), elsewhere 1 - 2 / (e^(2|x|) + 1).
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let size = x.abs();
    let square = x * x;
    let p = -5.704_988_5e-3;
    let p = p * square + 2.063_909e-2;
    let p = p * square - 5.373_971_4e-2;
    let p = p * square + 1.333_144_2e-1;
    let p = p * square - 3.333_328e-1;
    let near = x + x * square * p;
    let far = 1.0 - 2.0 / (exp(2.0 * size) + 1.0);
    let value = if size < 0.625 { near } else { far };
    // Zero keeps its sign.
    let value = value.copysign(x);
    if x.is_nan() { x } else { value }
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
    fn tanh_is_within_two_ulps_over_the_whole_range() {
        let worst = sample(20.0)
            .map(|x| (ulps(tanh(x), libm::tanh(f64::from(x))), x))
            .fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
        assert!(worst.0 <= 2.0, "{} ulp at {}", worst.0, worst.1);
    }

    #[test]
    fn the_ends_of_the_range_are_right() {
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
        assert_eq!(tanh(0.0).to_bits(), 0.0f32.to_bits());
        assert_eq!(tanh(-0.0).to_bits(), (-0.0f32).to_bits());
        let tiny = f32::from_bits(1);
        assert_eq!(tanh(tiny), tiny);
    }
}
