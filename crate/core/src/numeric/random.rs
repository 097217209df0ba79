//! Seeded random numbers, the same on every machine.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};
use std::f64::consts::TAU;

/// The independent streams of random numbers of a seed. Because each use has its own stream, a change of depth changes
/// neither the data nor the minibatches nor the weights of the earlier layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// The points of a generated data set.
    Data = 1,
    /// The split into training and test set.
    Split = 2,
    /// The order of the training samples, one stream per epoch.
    Batches = 3,
    /// Initial weights, one stream per layer.
    Weights = 4,
    /// Initial biases, one stream per layer.
    Biases = 5,
}

/// A generator of random numbers: xoshiro256++ (Blackman and Vigna 2021).
pub struct Random {
    rng: Xoshiro256PlusPlus,
    spare_normal: Option<f64>,
}

impl Random {
    /// The stream `stream` of `seed`; `index` is the layer or the epoch where there is one stream for each.
    pub fn new(seed: u64, stream: Stream, index: usize) -> Self {
        // Within a seed, every stream and index has a different id, which seed_from_u64 spreads over the whole state.
        let base = Xoshiro256PlusPlus::seed_from_u64(seed).next_u64();
        let id = (stream as u64) << 48 | index as u64;
        Random {
            rng: Xoshiro256PlusPlus::seed_from_u64(base ^ id),
            spare_normal: None,
        }
    }

    /// Uniform in [0, 1), with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        (self.rng.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Uniform in [low, high).
    pub fn uniform_in(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Standard normal, by the Box-Muller transform (1958), which gives two numbers at a time.
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare_normal.take() {
            return spare;
        }
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        let angle = TAU * self.uniform();
        self.spare_normal = Some(radius * libm::sin(angle));
        radius * libm::cos(angle)
    }

    /// A uniform integer in 0..n: the high half of the product of n and 64 random bits (Lemire 2019, without rejection:
    /// the bias is below n / 2^64).
    fn integer_below(&mut self, n: u32) -> u32 {
        // The product is computed in two halves, because wasm has no 128-bit multiplication.
        let (random, n) = (self.rng.next_u64(), u64::from(n));
        let low = (random & u64::from(u32::MAX)) * n;
        (((random >> 32) * n + (low >> 32)) >> 32) as u32
    }

    /// Shuffles the items (Fisher and Yates).
    pub fn shuffle<I>(&mut self, items: &mut [I]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.integer_below(last as u32 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_streams_never_change() {
        // A shared link must give the same run in ten years.
        let mut random = Random::new(1, Stream::Weights, 0);
        let drawn: Vec<u64> = (0..3).map(|_| random.rng.next_u64()).collect();
        assert_eq!(
            drawn,
            [
                8849417498837351417,
                1587983957814280004,
                6333981479948771202
            ]
        );
    }

    #[test]
    fn streams_differ_by_seed_use_and_index() {
        let first = |seed, stream, index| Random::new(seed, stream, index).rng.next_u64();
        let all = [
            first(1, Stream::Weights, 0),
            first(2, Stream::Weights, 0),
            first(1, Stream::Biases, 0),
            first(1, Stream::Weights, 1),
            first(1 << 52, Stream::Weights, 0),
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(all[i + 1..].iter().all(|b| a != b));
        }
    }

    #[test]
    fn normals_have_mean_0_and_variance_1_and_uniforms_fill_the_unit_interval() {
        let mut random = Random::new(7, Stream::Data, 0);
        let n = 100_000;
        let draws: Vec<f64> = (0..n).map(|_| random.normal()).collect();
        let mean = draws.iter().sum::<f64>() / n as f64;
        let variance = draws.iter().map(|x| x * x).sum::<f64>() / n as f64;
        assert!(
            mean.abs() < 0.01 && (variance - 1.0).abs() < 0.02,
            "{mean} {variance}"
        );
        let mut counts = [0; 10];
        for _ in 0..n {
            counts[(random.uniform() * 10.0) as usize] += 1;
        }
        assert!(
            counts.iter().all(|c| (9_600..10_400).contains(c)),
            "{counts:?}"
        );
    }

    #[test]
    fn integers_below_n_are_the_high_half_of_the_full_product() {
        let mut drawn = Random::new(7, Stream::Batches, 0);
        let mut raw = Random::new(7, Stream::Batches, 0).rng;
        for n in (1..2000).chain([1 << 20, u32::MAX - 1, u32::MAX]) {
            let product = u128::from(raw.next_u64()) * u128::from(n);
            assert_eq!(
                u128::from(drawn.integer_below(n)),
                product >> 64,
                "below {n}"
            );
        }
    }

    #[test]
    fn a_shuffle_keeps_every_item() {
        let mut items: Vec<usize> = (0..100).collect();
        Random::new(3, Stream::Batches, 0).shuffle(&mut items);
        assert_ne!(items, (0..100).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
    }
}
