//! Helpers of the theory tests.

use gradient_flow::Config;
use gradient_flow::network::{Network, Workspace};
use gradient_flow::numeric::array::flat_mut;
use gradient_flow::numeric::random::{Random, Stream};
use gradient_flow::numeric::scalar::Scalar;

/// A config from its query. Depth and width are separate arguments because they may exceed what the page allows.
pub fn config(query: &str, depth: usize, width: usize, seed: u64) -> Config {
    Config {
        depth,
        width,
        seed,
        ..Config::from_query(query).expect(query)
    }
}

/// The network of a config at initialisation.
pub fn initial_network<T: Scalar>(config: &Config, inputs: usize, outputs: usize) -> Network<T> {
    Network::initial(config, inputs, outputs)
}

/// A forward and a backward pass of a batch of normal inputs of standard deviation `std`, with a standard normal delta at
/// the output layer.
pub fn forward_backward<T: Scalar>(
    network: &mut Network<T>,
    batch: usize,
    std: f64,
    seed: u64,
) -> Workspace<T> {
    let mut workspace = Workspace::new(network, batch);
    let mut random = Random::new(seed, Stream::Data, 0);
    for x in flat_mut(&mut workspace.x) {
        *x = T::from_f64(std * random.normal());
    }
    network.forward(&mut workspace);
    let output = workspace.layers.last_mut().expect("an output layer");
    for delta in flat_mut(&mut output.delta) {
        *delta = T::from_f64(random.normal());
    }
    network.backward(&mut workspace);
    workspace
}

/// Asserts that `actual` is within a relative `tolerance` of `expected`.
pub fn assert_close(actual: f64, expected: f64, tolerance: f64, what: &str) {
    let deviation = (actual / expected - 1.0).abs();
    assert!(
        deviation <= tolerance,
        "{what}: {actual} is not {expected} ({deviation:.1e})"
    );
}
