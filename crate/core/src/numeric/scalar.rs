//! The number types of a network: f32 in the page, f64 for reference runs.
//!
//! Every function that loops call once per element is `#[inline(always)]`. The build optimises all crates but
//! `crate/run` for size, so LLVM would otherwise leave such a function as a call, and the loop could not be vectorised.

#[cfg(target_arch = "wasm32")]
mod wasm;

use ndarray::LinalgScalar;
use std::fmt::Debug;
use std::ops::{AddAssign, MulAssign, Neg, SubAssign};

/// `f32` or `f64`.
///
/// The transcendental functions are our own ([`elementary`](crate::numeric::elementary), f32) or those of the crate
/// `libm` (f64). A platform's own functions differ in the last bits, and the same config must give the same numbers
/// everywhere. `sqrt` is correctly rounded on every platform.
pub trait Scalar:
    LinalgScalar
    + PartialOrd
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + Debug
    + Send
    + Sync
{
    /// The nearest number of this type.
    fn from_f64(x: f64) -> Self;
    /// The same number as `f64`.
    fn to_f64(self) -> f64;
    /// An unsigned integer as wide as this type.
    type Bits: Copy + Default + Ord;
    /// The bits of infinity. The bits of a finite |x| are smaller, those of NaN larger.
    const INFINITY_BITS: Self::Bits;
    /// A sum of products above this is accurate: whatever underflowed in it is below its last digit.
    const MIN_RELIABLE_SUM: f64;
    /// The smallest number of this type that is at least `x`.
    fn from_f64_rounded_up(x: f64) -> Self;
    /// The largest integer not above this number.
    fn floor(self) -> Self;
    /// An integer from 0 to 2^20, as an index.
    fn to_index(self) -> u32;
    /// Whether this number is neither infinite nor NaN.
    fn is_finite(self) -> bool;
    /// The bits of |x|. As integers they are ordered like |x|.
    fn abs_bits(self) -> Self::Bits;
    /// The non-negative number with these bits.
    fn from_abs_bits(bits: Self::Bits) -> Self;
    /// |x|.
    fn abs(self) -> Self;
    /// The square root.
    fn sqrt(self) -> Self;
    /// e^x.
    fn exp(self) -> Self;
    /// e^x - 1, accurate near 0.
    fn exp_m1(self) -> Self;
    /// ln(1 + x) for 0 <= x <= 1, accurate near 0.
    fn ln_1p(self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(self) -> Self;
    /// 1 / (1 + e^-x).
    fn sigmoid(self) -> Self;
    /// The error function.
    fn erf(self) -> Self;
    /// Writes y = f(x) for every element and returns the bits of the largest |x|.
    #[inline(always)]
    fn map_into(x: &[Self], y: &mut [Self], f: impl Fn(Self) -> Self) -> Self::Bits {
        let mut largest = Self::Bits::default();
        for (y, x) in y.iter_mut().zip(x) {
            *y = f(*x);
            largest = largest.max(x.abs_bits());
        }
        largest
    }
    /// Writes y = tanh(x) for every element and returns the bits of the largest |x|.
    fn tanh_into(x: &[Self], y: &mut [Self]) -> Self::Bits {
        Self::map_into(x, y, Self::tanh)
    }
    /// Writes y = sigmoid(x) for every element and returns the bits of the largest |x|.
    fn sigmoid_into(x: &[Self], y: &mut [Self]) -> Self::Bits {
        Self::map_into(x, y, Self::sigmoid)
    }
    /// The transpose of a 4 x 4 block.
    #[inline(always)]
    fn transpose4(block: [[Self; 4]; 4]) -> [[Self; 4]; 4] {
        std::array::from_fn(|i| std::array::from_fn(|j| block[j][i]))
    }
}

macro_rules! scalar {
    ($type:ty, $bits:ty, $exp:path, $exp_m1:path, $ln_1p:path, $tanh:path, $sigmoid:expr, $erf:path $(, $own:item)*) => {
        impl Scalar for $type {
            type Bits = $bits;
            const INFINITY_BITS: $bits = <$type>::INFINITY.to_bits();
            const MIN_RELIABLE_SUM: f64 = (<$type>::MIN_POSITIVE / <$type>::EPSILON) as f64;
            #[inline]
            fn from_f64(x: f64) -> Self {
                x as $type
            }
            #[inline]
            fn to_f64(self) -> f64 {
                self.into()
            }
            fn from_f64_rounded_up(x: f64) -> Self {
                let near = x as $type;
                if f64::from(near) >= x {
                    near
                } else {
                    near.next_up()
                }
            }
            #[inline(always)]
            fn floor(self) -> Self {
                <$type>::floor(self)
            }
            #[inline(always)]
            fn to_index(self) -> u32 {
                // After adding 2^(mantissa bits) the integer is in the last bits of the mantissa.
                const LARGE: $type = (1u64 << (<$type>::MANTISSA_DIGITS - 1)) as $type;
                ((self + LARGE).to_bits() as u32) & 0xf_ffff
            }
            #[inline(always)]
            fn is_finite(self) -> bool {
                <$type>::is_finite(self)
            }
            #[inline(always)]
            fn abs_bits(self) -> $bits {
                self.to_bits() & (<$bits>::MAX >> 1)
            }
            fn from_abs_bits(bits: $bits) -> Self {
                <$type>::from_bits(bits)
            }
            #[inline(always)]
            fn abs(self) -> Self {
                <$type>::abs(self)
            }
            #[inline]
            fn sqrt(self) -> Self {
                <$type>::sqrt(self)
            }
            #[inline(always)]
            fn exp(self) -> Self {
                $exp(self)
            }
            #[inline(always)]
            fn exp_m1(self) -> Self {
                $exp_m1(self)
            }
            #[inline(always)]
            fn ln_1p(self) -> Self {
                $ln_1p(self)
            }
            #[inline(always)]
            fn tanh(self) -> Self {
                $tanh(self)
            }
            #[inline(always)]
            fn sigmoid(self) -> Self {
                ($sigmoid)(self)
            }
            #[inline(always)]
            fn erf(self) -> Self {
                $erf(self)
            }
            $( $own )*
        }
    };
}

scalar!(
    f32,
    u32,
    crate::numeric::elementary::exp,
    crate::numeric::elementary::exp_m1,
    crate::numeric::elementary::ln_1p,
    crate::numeric::elementary::tanh,
    crate::numeric::elementary::sigmoid,
    crate::numeric::elementary::erf,
    #[inline(always)]
    fn tanh_into(x: &[f32], y: &mut [f32]) -> u32 {
        crate::numeric::elementary::tanh_into(x, y)
    },
    #[inline(always)]
    fn sigmoid_into(x: &[f32], y: &mut [f32]) -> u32 {
        crate::numeric::elementary::sigmoid_into(x, y)
    },
    #[cfg(target_arch = "wasm32")]
    #[inline(always)]
    fn transpose4(block: [[f32; 4]; 4]) -> [[f32; 4]; 4] {
        wasm::transpose4(block)
    }
);
scalar!(
    f64,
    u64,
    libm::exp,
    libm::expm1,
    libm::log1p,
    libm::tanh,
    |x: f64| 1.0 / (1.0 + libm::exp(-x)),
    libm::erf
);

/// Whether every element is finite. Compares only the largest |x| with infinity, so that the loop has no branch.
pub fn all_finite<T: Scalar>(values: &[T]) -> bool {
    let sizes = values.iter().map(|x| x.abs_bits());
    sizes.fold(T::Bits::default(), Ord::max) < T::INFINITY_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_nonfinite_element_anywhere_is_found() {
        for length in [1, 7, 8, 9, 31] {
            let mut values = vec![-3.5f32; length];
            assert!(all_finite(&values));
            for at in 0..length {
                for bad in [f32::INFINITY, f32::NEG_INFINITY, f32::NAN] {
                    values[at] = bad;
                    assert!(!all_finite(&values), "{bad} at {at} of {length}");
                    values[at] = f32::MAX;
                }
            }
        }
        assert!(all_finite::<f64>(&[]));
    }
}
