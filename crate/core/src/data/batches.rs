//! Minibatches.

use crate::config::{BatchSize, Config};
use crate::numeric::random::{Random, Stream};

/// Minibatches: the training set in a new random order each epoch, cut into batches of the same size.
///
/// The samples left over at the end of an epoch, too few for a batch, are dropped, like those of a PyTorch `DataLoader`
/// with `shuffle=True, drop_last=True`.
#[derive(Debug, Clone)]
pub struct Batches {
    seed: u64,
    /// The order of this epoch: indices into the training set.
    order: Vec<usize>,
    size: usize,
    epoch: usize,
    /// Where the present batch starts in `order`.
    start: usize,
}

impl Batches {
    /// The batches of a config out of a training set of `n` samples.
    pub fn of(config: &Config, n: usize) -> Self {
        let size = match config.batch_size {
            BatchSize::Samples(size) => size,
            BatchSize::Full => n,
        };
        Self::new(config.seed, n, size)
    }

    /// Batches of `size` out of `n` samples; of all `n` if `size` is larger.
    pub fn new(seed: u64, n: usize, size: usize) -> Self {
        let mut batches = Batches {
            seed,
            order: (0..n).collect(),
            size: size.min(n),
            epoch: 0,
            start: 0,
        };
        batches.shuffle();
        batches
    }

    fn shuffle(&mut self) {
        // A full batch needs no shuffling, and without it its sums keep their order too.
        if self.size < self.order.len() {
            Random::new(self.seed, Stream::Batches, self.epoch).shuffle(&mut self.order);
        }
    }

    /// The present batch: indices into the training set.
    pub fn current(&self) -> &[usize] {
        &self.order[self.start..][..self.size]
    }

    /// Goes on to the next batch.
    pub fn advance(&mut self) {
        self.start += self.size;
        if self.start + self.size > self.order.len() {
            self.start = 0;
            self.epoch = self.epoch.saturating_add(1);
            self.shuffle();
        }
    }

    /// Samples per batch.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The number of epochs so far; a fraction within an epoch.
    pub fn epochs(&self) -> f64 {
        let batches = self.order.len() / self.size;
        self.epoch as f64 + (self.start / self.size) as f64 / batches as f64
    }
}
