//! The losses and their gradients, averaged as PyTorch does.

use crate::config::LossFunction;
use crate::data::Targets;
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::scalar::Scalar;
use ndarray::Array2;

impl LossFunction {
    /// Returns the mean loss of the outputs z, (batch, outputs), and writes dLoss/dz to `delta`, (batch, outputs).
    ///
    /// The loss is summed in f64, so that it is right even where f32 would overflow.
    ///
    /// # Panics
    /// If the targets are not of the kind that the loss needs: classes for softmax_ce, values for the others.
    // Not inlined: several callers would each carry all losses, and a step calls it once.
    #[inline(never)]
    pub fn evaluate<T: Scalar>(
        self,
        z: &Array2<T>,
        targets: &Targets<T>,
        delta: &mut Array2<T>,
    ) -> f64 {
        match (self, targets) {
            (LossFunction::SoftmaxCe, Targets::Classes(classes)) => softmax_ce(z, classes, delta),
            (LossFunction::Bce, Targets::Values(y)) => bce(flat(z), flat(y), flat_mut(delta)),
            (LossFunction::Mse, Targets::Values(y)) => {
                squared_error(flat(z), flat(y), flat_mut(delta))
            }
            (LossFunction::SoftmaxCe, Targets::Values(_))
            | (LossFunction::Bce | LossFunction::Mse, Targets::Classes(_)) => {
                panic!("{self:?} does not fit its targets")
            }
        }
    }

    /// Its name in the report of an overflow.
    pub fn operation(self) -> &'static str {
        match self {
            LossFunction::SoftmaxCe => "softmax cross-entropy",
            LossFunction::Bce => "binary cross-entropy",
            LossFunction::Mse => "mean squared error",
        }
    }
}

fn softmax_ce<T: Scalar>(z: &Array2<T>, classes: &[usize], delta: &mut Array2<T>) -> f64 {
    let (batch, n) = z.dim();
    let scale = T::from_f64(1.0 / batch as f64);
    let mut loss = 0.0;
    let rows = flat(z)
        .chunks_exact(n)
        .zip(flat_mut(delta).chunks_exact_mut(n));
    for ((z, delta), class) in rows.zip(classes) {
        // Subtracting the largest z leaves softmax unchanged, and no exponential overflows.
        let largest = z.iter().fold(z[0], |m, z| if *z > m { *z } else { m });
        for (delta, z) in delta.iter_mut().zip(z) {
            *delta = (*z - largest).exp();
        }
        let sum: f64 = delta.iter().map(|e| e.to_f64()).sum();
        loss += libm::log(sum) - (z[*class].to_f64() - largest.to_f64());
        for delta in delta.iter_mut() {
            *delta = T::from_f64(delta.to_f64() / sum);
        }
        delta[*class] -= T::one();
        for delta in delta {
            *delta *= scale;
        }
    }
    loss / batch as f64
}

/// Three loops, because all but the one that sums in f64 can be vectorised.
fn bce<T: Scalar>(z: &[T], y: &[T], delta: &mut [T]) -> f64 {
    let scale = T::from_f64(1.0 / z.len() as f64);
    // e^-|z|, which cannot overflow, gives both the loss and the sigmoid.
    T::map_into(z, delta, |z| (-z.abs()).exp());
    let mut sum = 0.0;
    for ((z, y), e) in z.iter().zip(y).zip(&*delta) {
        let z = z.to_f64();
        // z <= 0 is false for NaN, which therefore stays NaN.
        sum += if z <= 0.0 { 0.0 } else { z } - z * y.to_f64() + e.ln_1p().to_f64();
    }
    for ((z, y), delta) in z.iter().zip(y).zip(delta) {
        let sigmoid_of_abs = T::one() / (T::one() + *delta);
        let sigmoid = if *z < T::zero() {
            *delta * sigmoid_of_abs
        } else {
            sigmoid_of_abs
        };
        *delta = (sigmoid - *y) * scale;
    }
    sum / z.len() as f64
}

fn squared_error<T: Scalar>(z: &[T], y: &[T], delta: &mut [T]) -> f64 {
    let scale = T::from_f64(1.0 / z.len() as f64);
    let mut sum = 0.0;
    for ((z, y), delta) in z.iter().zip(y).zip(delta) {
        let error = *z - *y;
        sum += error.to_f64() * error.to_f64();
        *delta = T::from_f64(2.0) * error * scale;
    }
    sum / z.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn extreme_logits_have_an_exact_loss() {
        let mut delta = Array2::zeros((1, 2));
        let classes = Targets::Classes(vec![1]);
        let loss = LossFunction::SoftmaxCe.evaluate(&array![[1e4f32, -1e4]], &classes, &mut delta);
        assert_eq!((loss, delta), (2e4, array![[1.0, -1.0]]));

        let mut delta = Array2::zeros((1, 2));
        let targets = Targets::Values(array![[1.0f32, 1.0]]);
        let loss = LossFunction::Bce.evaluate(&array![[-300.0, 300.0]], &targets, &mut delta);
        assert_eq!((loss, delta), (150.0, array![[-0.5, 0.0]]));
    }

    #[test]
    fn a_squared_error_beyond_f32_is_accurate() {
        let mut delta = Array2::zeros((1, 1));
        let targets = Targets::Values(array![[0.0f32]]);
        let loss = LossFunction::Mse.evaluate(&array![[1e30f32]], &targets, &mut delta);
        assert!((loss / 1e60 - 1.0).abs() < 1e-6);
        assert_eq!(delta[[0, 0]], 2e30);
    }

    #[test]
    fn nan_stays_nan() {
        let targets = Targets::Values(array![[0.0f64]]);
        for loss in [LossFunction::Bce, LossFunction::Mse] {
            let mut delta = Array2::zeros((1, 1));
            assert!(
                loss.evaluate(&array![[f64::NAN]], &targets, &mut delta)
                    .is_nan()
            );
            assert!(delta[[0, 0]].is_nan());
        }
        let mut delta = Array2::zeros((1, 2));
        let classes = Targets::Classes(vec![0]);
        let loss = LossFunction::SoftmaxCe.evaluate(&array![[0.0, f64::NAN]], &classes, &mut delta);
        assert!(loss.is_nan() && delta[[0, 0]].is_nan());
    }
}
