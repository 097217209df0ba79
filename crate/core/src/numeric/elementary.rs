//! e^x, tanh x, the sigmoid, ln(1 + x) and the error function in float32.
//!
//! They have no branches, so that the compiler vectorises loops over them, and use only additions,
//! multiplications, divisions and comparisons, so that every machine gives the same bits. Errors against the
//! exact values: e^x within 1.1 ulp, ln(1 + x) and the error function within 2, tanh and the sigmoid within 2.5.
//! The tests take every 1009th float32 of the range; the slow stage (`cargo xtask test slow`) takes every one.

use std::f32::consts::{LN_2, LOG2_E};

/// ln 2 in two parts: the first has few enough bits that its multiples by whole numbers are exact.
const LN_2_HIGH: f32 = 0.693_359_4;
const LN_2_LOW: f32 = -2.121_944_4e-4;

/// Adding and subtracting 1.5 * 2^23 rounds to the nearest integer: the sum has no bits left for a fraction.
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
/// an ulp there. Terms are added in pairs (Estrin's scheme), which shortens the chain of dependent operations.
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
    // The last bits of the sum's mantissa are those of n + 127, the exponent's bias included.
    let bits = (n + (ROUND + 127.0)).to_bits();
    f32::from_bits(bits << 23)
}

/// Elements that pass through the three loops of `in_parts` at a time.
const CHUNK: usize = 128;

/// y = f(x) for each element, in three loops: reduce the argument, evaluate the polynomial, put the result
/// together. Returns the bits of the largest |x|.
///
/// The dependent operations of one element fill the processor's window of some hundred instructions. With a
/// loop for each part the chains are a third as long, several elements run side by side, and tanh is nearly
/// twice as fast.
#[inline(always)]
fn in_parts(
    x: &[f32],
    y: &mut [f32],
    reduce: impl Fn(f32) -> (f32, f32),
    join: impl Fn(f32, f32, f32) -> f32,
) -> u32 {
    let mut largest = 0;
    let mut halves = [0.0; CHUNK];
    for (x, y) in x.chunks(CHUNK).zip(y.chunks_mut(CHUNK)) {
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
/// 2|x| = n ln 2 + r, and E = 2^n (e^r - 1) + (2^n - 1): accurate near 0, and never beyond 1. The
/// larger n is, the less an error of r matters. What is computed is E / 2, which is exact.
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

/// r and half of 2^n (see `tanh`).
#[inline(always)]
fn reduce_tanh(x: f32) -> (f32, f32) {
    // Beyond this tanh x rounds to 1. The comparison is false for NaN, which therefore passes through.
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
    // The last bits of the sum's mantissa are those of n + 126.
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

/// -x = n ln 2 + r: r, and half of 2^n because 2^n itself is infinite for n = 128.
#[inline(always)]
fn reduce_sigmoid(x: f32) -> (f32, f32) {
    // Far above 0 the sigmoid rounds to 1.
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
/// With s = x / (2 + x) it is 2 artanh s = 2s + s^3 p(s^2), p being the minimax polynomial for the relative error.
#[inline(always)]
pub fn ln_1p(x: f32) -> f32 {
    let s = x / (2.0 + x);
    let square = s * s;
    let low = 0.666_664_1 + square * 0.400_217;
    let high = 0.279_991_4 + square * 0.280_244_65;
    (s + s) + s * square * (low + square * square * high)
}

/// The error function: x + x p(x^2) up to |x| = 1, beyond it 1 - e^-q(|x|), both minimax polynomials
/// for the relative error.
#[inline(always)]
pub fn erf(x: f32) -> f32 {
    let square = x * x;
    let low = 0.128_379_17 - square * 0.376_126_26;
    let middle = 0.112_835_854 - square * 0.026_853_811;
    let high = 0.005_188_327_7 - square * 0.000_801_019_25 + square * square * 7.853_858e-5;
    let near = x + x * (low + square * square * (middle + square * square * high));

    // Beyond this erf x rounds to 1. The comparison is false for NaN, which therefore passes through.
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
mod tests;
