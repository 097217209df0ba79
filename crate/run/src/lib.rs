//! A run in float32, compiled for speed.
//!
//! The loops of the training step are generic, and are compiled where they are used with a type: for the
//! page that is here. All other crates are compiled for the download (`crate/xtask/src/site.rs`).

use gradient_flow::{Session, Snapshot, Trainer};

/// Makes up to `steps` updates, fewer where something overflows. Returns how many it made.
pub fn advance(trainer: &mut Trainer<f32>, steps: usize) -> usize {
    trainer.advance(steps)
}

/// What the present state shows: see `Session::snapshot`.
pub fn snapshot(session: &mut Session<f32>, evaluate: bool) -> Snapshot {
    session.snapshot(evaluate)
}

/// Multiplies and adds `rounds` times in 12 independent rows of four float32: what this machine can
/// do at most, for the benchmark. Returns a number that depends on all of them.
pub fn multiply_add_limit(rounds: u32, factor: f32) -> f32 {
    let mut sums = [[1.0; 4]; LIMIT_ROWS];
    multiply_add(rounds, &[factor; 4], &mut sums);
    sums.iter().flatten().sum()
}

/// Independent rows of `multiply_add_limit`: enough to hide the latency of each.
const LIMIT_ROWS: usize = 12;

/// By itself, with its operands in memory, so that the compiler sees rows of four.
#[inline(never)]
fn multiply_add(rounds: u32, factors: &[f32; 4], sums: &mut [[f32; 4]; LIMIT_ROWS]) {
    let mut rows = *sums;
    for _ in 0..rounds {
        for row in &mut rows {
            for (sum, factor) in row.iter_mut().zip(factors) {
                *sum = *sum * *factor + *factor;
            }
        }
    }
    *sums = rows;
}
