//! The numbers that a network is made of: f32 in the page, f64 for the reference.

#[cfg(target_arch = "wasm32")]
mod wasm;

use ndarray::LinalgScalar;
use std::fmt::Debug;
use std::ops::{AddAssign, MulAssign, Neg, SubAssign};

/// f32 or f64.
///
/// The transcendental functions are ours (`exp.rs`) or those of `libm`, written in Rust: a
/// platform's own differ in the last bits, and the same config must give the same numbers everywhere. `sqrt` is rounded
/// correctly on every platform.
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
    /// The same number as f64.
    fn to_f64(self) -> f64;
    /// An unsigned integer as wide as this type.
    type Bits: Copy + Default + Ord;
    /// The bits of infinity; those of NaN are more, those of a finite |x| fewer.
    const INFINITY_BITS: Self::Bits;
    /// Sums of products that are larger have lost nothing that counts to underflow.
    const SAFE: f64;
    /// The least number of this type that is at least x.
    fn at_least(x: f64) -> Self;
    /// The largest whole number that is not above it.
    fn floor(self) -> Self;
    /// A whole number from 0 to 2^20 as an index.
    fn index(self) -> u32;
    /// Is it neither infinite nor NaN?
    fn finite(self) -> bool;
    /// The bits of |x|, in the order of |x|.
    fn size_bits(self) -> Self::Bits;
    /// The number >= 0 of these bits.
    fn from_size_bits(bits: Self::Bits) -> Self;
    /// |x|.
    fn abs(self) -> Self;
    /// The square root.
    fn sqrt(self) -> Self;
    /// e^x.
    fn exp(self) -> Self;
    /// ln(1 + x) for x from 0 to 1, accurate near 0.
    fn ln_1p(self) -> Self;
    /// The hyperbolic tangent.
    fn tanh(self) -> Self;
    /// 1 / (1 + e^-x).
    fn sigmoid(self) -> Self;
    /// The error function.
    fn erf(self) -> Self;
    /// y = f(x), element by element; returns the bits of the largest |x|.
    #[inline(always)]
    fn map_into(x: &[Self], y: &mut [Self], f: impl Fn(Self) -> Self) -> Self::Bits {
        let mut largest = Self::Bits::default();
        for (y, x) in y.iter_mut().zip(x) {
            *y = f(*x);
            largest = largest.max(x.size_bits());
        }
        largest
    }
    /// The hyperbolic tangent of each element; returns the bits of the largest |x|.
    fn tanh_into(x: &[Self], y: &mut [Self]) -> Self::Bits {
        Self::map_into(x, y, Self::tanh)
    }
    /// The sigmoid of each element; returns the bits of the largest |x|.
    fn sigmoid_into(x: &[Self], y: &mut [Self]) -> Self::Bits {
        Self::map_into(x, y, Self::sigmoid)
    }
    /// A block whose rows are the columns of this one.
    #[inline(always)]
    fn transpose4(block: [[Self; 4]; 4]) -> [[Self; 4]; 4] {
        std::array::from_fn(|i| std::array::from_fn(|j| block[j][i]))
    }
}

macro_rules! scalar {
    ($type:ty, $bits:ty, $exp:path, $ln_1p:path, $tanh:path, $sigmoid:expr, $erf:path $(, $own:item)*) => {
        impl Scalar for $type {
            type Bits = $bits;
            const INFINITY_BITS: $bits = <$type>::INFINITY.to_bits();
            const SAFE: f64 = (<$type>::MIN_POSITIVE / <$type>::EPSILON) as f64;
            #[inline]
            fn from_f64(x: f64) -> Self {
                x as $type
            }
            #[inline]
            fn to_f64(self) -> f64 {
                self.into()
            }
            fn at_least(x: f64) -> Self {
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
            fn index(self) -> u32 {
                // In the sum it stands in the last bits of the mantissa.
                const LARGE: $type = (1u64 << (<$type>::MANTISSA_DIGITS - 1)) as $type;
                ((self + LARGE).to_bits() as u32) & 0xf_ffff
            }
            #[inline(always)]
            fn finite(self) -> bool {
                self.is_finite()
            }
            #[inline(always)]
            fn size_bits(self) -> $bits {
                self.to_bits() & (<$bits>::MAX >> 1)
            }
            fn from_size_bits(bits: $bits) -> Self {
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
    libm::log1p,
    libm::tanh,
    |x: f64| 1.0 / (1.0 + libm::exp(-x)),
    libm::erf
);

/// Is every element finite? The largest |x| tells, without a branch.
pub fn all_finite<T: Scalar>(values: &[T]) -> bool {
    let sizes = values.iter().map(|x| x.size_bits());
    sizes.fold(T::Bits::default(), Ord::max) < T::INFINITY_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_element_anywhere_is_found() {
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
