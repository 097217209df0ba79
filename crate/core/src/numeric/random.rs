//! Seeded, portable random numbers: the same on every machine.

use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};
use std::f64::consts::TAU;

/// What a stream of random numbers is for. Each purpose draws from a stream of its own, so that a
/// change of depth leaves the data, the minibatches and the earlier layers' weights as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The points of a generated data set.
    Data = 1,
    /// Which samples are trained on.
    Split = 2,
    /// The order of the samples.
    Batches = 3,
    /// Weights, one stream per layer.
    Weights = 4,
    /// Biases, one stream per layer.
    Biases = 5,
}

/// A stream of random numbers.
pub struct Random {
    rng: Xoshiro256PlusPlus,
    spare_normal: Option<f64>,
}

impl Random {
    /// The stream of `seed` for a purpose; `index` tells streams of one purpose apart.
    pub fn new(seed: u64, purpose: Purpose, index: usize) -> Self {
        // Within a seed, every purpose and index has an argument of its own; seed_from_u64 spreads
        // it over the whole state.
        let base = Xoshiro256PlusPlus::seed_from_u64(seed).next_u64();
        let own = (purpose as u64) << 48 | index as u64;
        Random {
            rng: Xoshiro256PlusPlus::seed_from_u64(base ^ own),
            spare_normal: None,
        }
    }

    /// Uniform in [0, 1), with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        (self.rng.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Uniform in [low, high).
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Standard normal, by Box and Muller's transform (1958).
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare_normal.take() {
            return spare;
        }
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        let angle = TAU * self.uniform();
        self.spare_normal = Some(radius * libm::sin(angle));
        radius * libm::cos(angle)
    }

    /// Uniform in 0..n (Lemire's multiplication without rejection: the bias is below n / 2^64).
    fn below(&mut self, n: u32) -> u32 {
        // In halves, since wasm has no product of 128 bits.
        let (random, n) = (self.rng.next_u64(), u64::from(n));
        let low = (random & u64::from(u32::MAX)) * n;
        (((random >> 32) * n + (low >> 32)) >> 32) as u32
    }

    /// Puts the items into random order (Fisher and Yates).
    pub fn shuffle<I>(&mut self, items: &mut [I]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u32 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_streams_are_fixed_for_ever() {
        // A link must give the same run in ten years: these numbers may not change.
        let mut random = Random::new(1, Purpose::Weights, 0);
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
    fn streams_differ_by_seed_purpose_and_index() {
        let first = |seed, purpose, index| Random::new(seed, purpose, index).rng.next_u64();
        let all = [
            first(1, Purpose::Weights, 0),
            first(2, Purpose::Weights, 0),
            first(1, Purpose::Biases, 0),
            first(1, Purpose::Weights, 1),
            first(1 << 52, Purpose::Weights, 0),
        ];
        for (i, a) in all.iter().enumerate() {
            assert!(all[i + 1..].iter().all(|b| a != b));
        }
    }

    #[test]
    fn normals_have_mean_0_and_variance_1_and_uniforms_fill_the_unit_interval() {
        let mut random = Random::new(7, Purpose::Data, 0);
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
    fn what_is_drawn_below_a_number_is_the_high_half_of_a_product() {
        let mut drawn = Random::new(7, Purpose::Batches, 0);
        let mut raw = Random::new(7, Purpose::Batches, 0).rng;
        for n in (1..2000).chain([1 << 20, u32::MAX - 1, u32::MAX]) {
            let product = u128::from(raw.next_u64()) * u128::from(n);
            assert_eq!(u128::from(drawn.below(n)), product >> 64, "below {n}");
        }
    }

    #[test]
    fn a_shuffle_keeps_every_item() {
        let mut items: Vec<usize> = (0..100).collect();
        Random::new(3, Purpose::Batches, 0).shuffle(&mut items);
        assert_ne!(items, (0..100).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..100).collect::<Vec<_>>());
    }
}
