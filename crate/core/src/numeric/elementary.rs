//! e^x, e^x - 1, tanh x, the sigmoid, ln(1 + x) and the error function in float32.
//!
//! They have no branches, so that the compiler vectorises loops over them, and use only additions, multiplications,
//! divisions and comparisons, so that every machine gives the same bits. The error is at most 1.1 ulp for e^x, 2 ulp
//! for ln(1 + x) and the error function, 2.5 ulp for tanh and the sigmoid. The tests check every 1009th float32 of the
//! range, and the slow stage (`cargo xtask test slow`) every single one.
//!
//! Over slices, tanh and the sigmoid run in three loops, one for each stage of the computation. The dependent
//! operations of a single element fill the processor's reorder window of some hundred instructions. With one loop per
//! stage the dependency chains are a third as long, several elements are computed side by side, and tanh is nearly
//! twice as fast.

use std::f32::consts::{LN_2, LOG2_E};

/// ln 2 as a sum of two: the high part has so few bits that its products with the integers n below are exact.
const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = -2.121_944_4e-4;

/// Adding and then subtracting 1.5 * 2^23 rounds to the nearest integer, because the sum has no bits for a fraction.
const ROUND: f32 = 12_582_912.0;

/// Above `LARGEST` e^x is infinite, below `SMALLEST` it rounds to 0.
const LARGEST: f32 = 88.722_84;
const SMALLEST: f32 = -103.972_08;

/// e^x, as 2^n e^r where x = n ln 2 + r with |r| <= ln 2 / 2.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let clamped = if x > SMALLEST { x } else { SMALLEST };
    let clamped = if clamped < LARGEST { clamped } else { LARGEST };
    let n = (clamped * LOG2_E + ROUND) - ROUND;
    let r = (clamped - n * LN_2_HIGH) - n * LN_2_LOW;
    let e = 1.0 + exp_m1_near_0(r);
    // 2^n as two factors, because n goes from -150 to 128, beyond the range of one.
    let half = (n * 0.5 + ROUND) - ROUND;
    let value = e * power_of_2(half) * power_of_2(n - half);
    let value = if x > LARGEST { f32::INFINITY } else { value };
    let value = if x < SMALLEST { 0.0 } else { value };
    if x.is_nan() { x } else { value }
}

/// e^x - 1, as 2^n (e^r - 1) + (2^n - 1) where x = n ln 2 + r with |r| <= ln 2 / 2: accurate near 0, where n is 0 and e^x
/// rounds to 1.
#[inline(always)]
pub fn exp_m1(x: f32) -> f32 {
    // Below -18 it rounds to -1.
    let clamped = if x > -18.0 { x } else { -18.0 };
    let clamped = if clamped < LARGEST { clamped } else { LARGEST };
    let (n, half_power) = round_and_half_power(clamped * LOG2_E);
    let r = (clamped - n * LN_2_HIGH) - n * LN_2_LOW;
    // Half of it, because 2^n itself is infinite for n = 128.
    let near_0 = exp_m1_near_0(r);
    let half = half_power * near_0 + (half_power - 0.5);
    // Half of a subnormal number is not exact.
    let value = if n == 0.0 { near_0 } else { half + half };
    let value = if x > LARGEST { f32::INFINITY } else { value };
    if x.is_nan() { x } else { value }
}

/// e^r - 1 for |r| <= ln 2 / 2: the Taylor polynomial of degree 7, whose next term is below a tenth of an ulp of e^r.
/// Terms are added in pairs (Estrin's scheme), which shortens the chain of dependent operations.
#[inline(always)]
fn exp_m1_near_0(r: f32) -> f32 {
    let square = r * r;
    let low = 0.5 + r * (1.0 / 6.0);
    let middle = 1.0 / 24.0 + r * (1.0 / 120.0);
    let high = 1.0 / 720.0 + r * (1.0 / 5040.0);
    r + square * (low + square * (middle + square * high))
}

/// 2^n for an integer n from -126 to 127.
#[inline(always)]
fn power_of_2(n: f32) -> f32 {
    // The last bits of the sum's mantissa are those of n + 127, the biased exponent.
    let bits = (n + (ROUND + 127.0)).to_bits();
    f32::from_bits(bits << 23)
}

/// Elements that go through the three loops of `map_in_stages` at a time.
const CHUNK: usize = 128;

/// Writes y = f(x) for every element, in three loops: reduce the argument, evaluate the polynomial, combine (see the
/// head of this module). Returns the bits of the largest |x|.
#[inline(always)]
fn map_in_stages(
    x: &[f32],
    y: &mut [f32],
    reduce: impl Fn(f32) -> (f32, f32),
    combine: impl Fn(f32, f32, f32) -> f32,
) -> u32 {
    let mut largest = 0;
    let mut half_powers = [0.0; CHUNK];
    for (x, y) in x.chunks(CHUNK).zip(y.chunks_mut(CHUNK)) {
        for ((x, r), half_power) in x.iter().zip(&mut *y).zip(&mut half_powers) {
            (*r, *half_power) = reduce(*x);
            largest = largest.max(x.to_bits() & (u32::MAX >> 1));
        }
        for r in &mut *y {
            *r = exp_m1_near_0(*r);
        }
        for ((x, y), half_power) in x.iter().zip(y).zip(&half_powers) {
            *y = combine(*x, *y, *half_power);
        }
    }
    largest
}

/// tanh x = E / (E + 2) with E = e^(2|x|) - 1, and the sign of x.
///
/// With 2|x| = n ln 2 + r, E = 2^n (e^r - 1) + (2^n - 1). This is accurate near 0 and never exceeds 1; the larger n is,
/// the less an error of r matters. The code computes E / 2, which loses nothing, since halving is exact.
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let (r, half_power) = reduce_tanh(x);
    combine_tanh(x, exp_m1_near_0(r), half_power)
}

/// Writes tanh of every element and returns the bits of the largest |x|.
#[inline(always)]
pub fn tanh_into(x: &[f32], y: &mut [f32]) -> u32 {
    map_in_stages(x, y, reduce_tanh, combine_tanh)
}

/// r and 2^(n - 1), where 2|x| = n ln 2 + r (see [`tanh`]).
#[inline(always)]
fn reduce_tanh(x: f32) -> (f32, f32) {
    // Above 9.1 tanh x rounds to 1. The comparison is false for NaN, which therefore stays NaN.
    let abs_x = x.abs();
    let abs_x = if abs_x > 9.1 { 9.1 } else { abs_x };
    let (n, half_power) = round_and_half_power(abs_x * (2.0 * LOG2_E));
    ((abs_x + abs_x) - n * LN_2, half_power)
}

#[inline(always)]
fn combine_tanh(x: f32, exp_m1: f32, half_power: f32) -> f32 {
    let half_e = half_power * exp_m1 + (half_power - 0.5);
    // The sign bit is copied, so that -0 stays -0.
    let sign = x.to_bits() & (1 << 31);
    f32::from_bits((half_e / (half_e + 1.0)).to_bits() | sign)
}

/// The integer n nearest to x, and 2^(n - 1), for n from -125 to 128.
#[inline(always)]
fn round_and_half_power(x: f32) -> (f32, f32) {
    // The last bits of the sum's mantissa are those of n + 126.
    const ROUND_126: f32 = ROUND + 126.0;
    let sum = x + ROUND_126;
    (sum - ROUND_126, f32::from_bits(sum.to_bits() << 23))
}

/// 1 / (1 + e^-x); 0 where e^-x is infinite.
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    let (r, half_power) = reduce_sigmoid(x);
    combine_sigmoid(x, exp_m1_near_0(r), half_power)
}

/// Writes the sigmoid of every element and returns the bits of the largest |x|.
#[inline(always)]
pub fn sigmoid_into(x: &[f32], y: &mut [f32]) -> u32 {
    map_in_stages(x, y, reduce_sigmoid, combine_sigmoid)
}

/// r and 2^(n - 1), where -x = n ln 2 + r. (2^n itself is infinite for n = 128.)
#[inline(always)]
fn reduce_sigmoid(x: f32) -> (f32, f32) {
    // Above 80 the sigmoid rounds to 1.
    let clamped = if x > 80.0 { 80.0 } else { x };
    let clamped = if clamped < -LARGEST {
        -LARGEST
    } else {
        clamped
    };
    let (n, half_power) = round_and_half_power(clamped * -LOG2_E);
    ((-clamped - n * LN_2_HIGH) - n * LN_2_LOW, half_power)
}

#[inline(always)]
fn combine_sigmoid(x: f32, exp_m1: f32, half_power: f32) -> f32 {
    let e = half_power * (exp_m1 + 1.0) * 2.0;
    let value = 1.0 / (1.0 + e);
    if x < -LARGEST { 0.0 } else { value }
}

/// ln(1 + x) for 0 <= x <= 1; NaN for NaN.
///
/// With s = x / (2 + x), ln(1 + x) = 2 artanh s = 2s + s^3 p(s^2), where p is the minimax polynomial of the relative
/// error.
#[inline(always)]
pub fn ln_1p(x: f32) -> f32 {
    let s = x / (2.0 + x);
    let square = s * s;
    let low = 0.666_664_1 + square * 0.400_217;
    let high = 0.279_991_4 + square * 0.280_244_65;
    (s + s) + s * square * (low + square * square * high)
}

/// The error function: x + x p(x^2) for |x| < 1, otherwise 1 - e^-q(|x|) with the sign of x. p and q are minimax
/// polynomials of the relative error.
#[inline(always)]
pub fn erf(x: f32) -> f32 {
    let square = x * x;
    let low = 0.128_379_17 - square * 0.376_126_26;
    let middle = 0.112_835_854 - square * 0.026_853_811;
    let high = 0.005_188_327_7 - square * 0.000_801_019_25 + square * square * 7.853_858e-5;
    let near = x + x * (low + square * square * (middle + square * square * high));

    // Above 4 erf x rounds to 1. The comparison is false for NaN, which therefore stays NaN.
    let abs_x = x.abs();
    let abs_x = if abs_x > 4.0 { 4.0 } else { abs_x };
    let square = abs_x * abs_x;
    let low = 0.000_341_512_58 + abs_x * 1.127_089_3;
    let middle = 0.638_144_73 + abs_x * 0.103_106_82;
    let high = -0.021_838_097 + abs_x * 0.002_947_666_7 - square * 0.000_186_380_09;
    let far = 1.0 - exp(-(low + square * (middle + square * high)));
    let sign = x.to_bits() & (1 << 31);
    let far = f32::from_bits(far.to_bits() | sign);
    if abs_x < 1.0 { near } else { far }
}

#[cfg(test)]
mod tests;
