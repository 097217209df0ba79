//! Minibatches.

use crate::numeric::random::{Random, Stream};

/// Minibatches: the training part in a new random order each epoch, cut into batches of one size.
/// What does not fill a batch at the end of an epoch waits for the next order.
#[derive(Debug, Clone)]
pub struct Batches {
    seed: u64,
    order: Vec<usize>,
    size: usize,
    epoch: usize,
    at: usize,
}

impl Batches {
    /// Batches of `size` out of `n` samples; the whole training part where `size` is larger.
    pub fn new(seed: u64, n: usize, size: usize) -> Self {
        let mut batches = Batches {
            seed,
            order: (0..n).collect(),
            size: size.min(n),
            epoch: 0,
            at: 0,
        };
        batches.shuffle();
        batches
    }

    fn shuffle(&mut self) {
        // A full batch needs no order, and keeping it keeps the sums' order too.
        if self.size < self.order.len() {
            Random::new(self.seed, Stream::Batches, self.epoch).shuffle(&mut self.order);
        }
    }

    /// The coming batch: indices into the training part.
    pub fn current(&self) -> &[usize] {
        &self.order[self.at..][..self.size]
    }

    /// Goes on to the next batch.
    pub fn advance(&mut self) {
        self.at += self.size;
        if self.at + self.size > self.order.len() {
            self.at = 0;
            self.epoch += 1;
            self.shuffle();
        }
    }

    /// Samples per batch.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Epochs made so far, with the part of the present one.
    pub fn epochs(&self) -> f64 {
        let batches = self.order.len() / self.size;
        self.epoch as f64 + (self.at / self.size) as f64 / batches as f64
    }
}
