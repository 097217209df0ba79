//! How many random cases are tried, and which.

use proptest::test_runner::{Config, RngSeed};

/// The seed of the ordinary test: the same cases every time, so that it does not fail once in a hundred runs.
const SEED: u64 = 14;

/// So many cases, always the same. `PROPTEST_CASES` asks for as many others, new ones every time.
pub fn cases(usual: u32) -> Config {
    if std::env::var_os("PROPTEST_CASES").is_some() {
        return Config::default();
    }
    Config {
        cases: usual,
        rng_seed: RngSeed::Fixed(SEED),
        ..Config::default()
    }
}
