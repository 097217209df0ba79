//! The estimate of a run's memory, compared with what is really allocated. This is the only test of its binary: another
//! one would allocate meanwhile.

#[path = "configs.rs"]
mod configs;

use configs::{configs, table};
use gradient_flow::data::Dataset;
use gradient_flow::observe::memory::{DataSize, MemoryEstimate};
use gradient_flow::observe::snapshot::SnapshotRequest;
use gradient_flow::{Config, Session};
use peak_alloc::PeakAlloc;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// What charts may ask for.
const EVERYTHING: SnapshotRequest = SnapshotRequest {
    step_line: true,
    predictions: true,
    values: true,
    weights: Some(0),
};

/// What is not counted: names, logs, statistics, weight images, words, the runs of memory between them.
const SMALL: f64 = 3e5;

/// The bytes allocated after some steps, and the most there were on the way with all evaluations.
fn allocated(config: &Config) -> (usize, usize) {
    let data = table(config);
    let before = ALLOCATED.current_usage();
    let mut session =
        Session::<f32>::new(config.clone(), data).expect("a config that fits its data");
    // Reading a table is over when the network is built.
    ALLOCATED.reset_peak_usage();
    session.request(EVERYTHING);
    session.snapshot(true);
    session.advance(2);
    session.snapshot(true);
    let after = ALLOCATED.current_usage();
    (after - before, ALLOCATED.peak_usage() - before)
}

/// The most that is allocated while a network is replaced by one of the same size, as a share of what one takes.
fn peak_of_a_change(change: impl Fn(&mut Session<f32>, Config)) -> f64 {
    let config = Config::from_query("data=circle&depth=10&width=200&optimizer=adam&batch-size=256");
    let config = config.expect("a config");
    let before = ALLOCATED.current_usage();
    let mut session = Session::<f32>::new(config.clone(), None).expect("a session");
    session.advance(1);
    let one = ALLOCATED.current_usage() - before;
    ALLOCATED.reset_peak_usage();
    change(&mut session, config);
    (ALLOCATED.peak_usage() - before) as f64 / one as f64
}

#[test]
fn a_run_takes_about_as_much_memory_as_was_estimated() {
    // Two networks would take almost twice as much (the new one has no running means yet).
    let rebuilt = peak_of_a_change(|session, config| {
        session.rebuild(config, u64::MAX).expect("it fits");
        session.advance(1);
    });
    assert!(rebuilt < 1.01, "{rebuilt}");
    let reloaded = peak_of_a_change(|session, config| {
        let other = config.with_query("seed=2").expect("a config");
        session.reload(other, None, u64::MAX).expect("it fits");
        session.advance(1);
    });
    assert!(reloaded < 1.05, "{reloaded}");
    let mut runner = TestRunner::deterministic();
    let random = (0..24).map(|_| configs().new_tree(&mut runner).expect("a config").current());
    let large = [
        "depth=10&width=150&batch-size=256&norm=batch&residual=true&optimizer=adam&activation=prelu",
        "depth=10&width=256&batch-size=1&optimizer=momentum",
        "depth=4&width=64&batch-size=full&norm=layer&optimizer=rmsprop",
        "depth=2&width=256&batch-size=full&data=circle",
        "depth=1&width=1&data=iris&loss=mse",
    ];
    let large = large.map(|query| Config::from_query(query).expect("a config"));
    for config in random.chain(large) {
        let data = Dataset::<f32>::load(&config, table(&config)).expect("its data");
        let size = DataSize::of(&data);
        drop(data);
        let kept = MemoryEstimate::of::<f32>(&config, &size, None).total() as f64;
        let most = MemoryEstimate::of::<f32>(&config, &size, Some(EVERYTHING)).total() as f64;
        let (after, peak) = allocated(&config);
        let query = config.to_query();
        for (name, estimate, really) in
            [("kept", kept, after as f64), ("at most", most, peak as f64)]
        {
            assert!(
                really < 1.1 * estimate + SMALL && really > 0.7 * estimate - SMALL,
                "{name}: estimated {estimate}, allocated {really} by {query}"
            );
        }
    }
}
