//! The machine's speed, for the benchmark.

/// The number of independent sums: enough to hide the latency of each addition.
const ROWS: usize = 12;

/// Multiplies and adds `rounds` times in 12 independent rows of four float32: the most that this machine
/// can do without fused operations. Returns a number that depends on all of them, so that none is
/// optimised away.
pub fn multiply_add_limit(rounds: u32, factor: f32) -> f32 {
    let mut sums = [[1.0; 4]; ROWS];
    multiply_add(rounds, &[factor; 4], &mut sums);
    sums.iter().flatten().sum()
}

/// Not inlined, and with its operands in memory, so that LLVM vectorises each row.
#[inline(never)]
fn multiply_add(rounds: u32, factors: &[f32; 4], sums: &mut [[f32; 4]; ROWS]) {
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
