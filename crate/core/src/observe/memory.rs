//! How much memory a run takes, from its config alone: a network that cannot fit is refused before it is built.
//!
//! WebAssembly has no way to recover from memory that is not given: the instance is lost. So the arrays that grow with
//! depth, width, batch and data are counted beforehand. Whatever stays small (names, logs, weight images) is not counted.

use crate::config::{BatchSize, Config, ConfigError, FieldKind, Norm, OptimizerKind};
use crate::data::{Dataset, Targets};
use crate::network::{LayerSpec, layer_specs, tied_layers};
use crate::numeric::format::Number;
use crate::numeric::histogram::{DW_BINS, VALUE_BINS};
use crate::numeric::matmul::Gemm;
use crate::numeric::scalar::Scalar;
use crate::observe::measure::CHUNK_ROWS;
use crate::observe::snapshot::{GRID, SnapshotRequest};
use gradient_flow_words::message;

/// The size of data that are ready for training, which a network takes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataSize {
    /// Samples in the training set.
    pub train: usize,
    /// Samples in the test set.
    pub test: usize,
    /// Features of a sample: the inputs of the network.
    pub features: usize,
    /// Outputs of the network.
    pub outputs: usize,
    /// The bytes in which the target of a sample is stored.
    pub target_bytes: usize,
}

impl DataSize {
    /// The size of loaded data.
    pub fn of<T: Scalar>(data: &Dataset<T>) -> Self {
        DataSize {
            train: data.train.len(),
            test: data.test.len(),
            features: data.train.x.ncols(),
            outputs: data.outputs,
            target_bytes: match &data.train.targets {
                Targets::Classes(_) => size_of::<usize>(),
                Targets::Values(y) => y.ncols() * size_of::<T>(),
            },
        }
    }
}

/// What a run takes, in bytes. Only [`total`](Self::total) is at its peak: an evaluation comes and goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryEstimate {
    /// Parameters, their gradients, their last updates and their values at step 0.
    pub parameters: u64,
    /// The running means of the optimizer.
    pub optimizer: u64,
    /// The signals of a minibatch in all layers, forwards and backwards, with the packing buffers of the products.
    pub activations: u64,
    /// What an evaluation takes for a while: a second network with its signals for the loss along the last update, and
    /// the signals of samples that pass through without a gradient.
    pub evaluation: u64,
    /// The samples, and the order in which they are drawn.
    pub data: u64,
}

impl MemoryEstimate {
    /// The memory of a run of `config` in numbers of type T on data of this size. `request` is what its evaluations
    /// contain; without one it is never evaluated.
    pub fn of<T: Scalar>(
        config: &Config,
        data: &DataSize,
        request: Option<SnapshotRequest>,
    ) -> Self {
        let specs = layer_specs(config, data.features, data.outputs);
        let batch = batch_size(config, data);
        let weights: u64 = specs.iter().map(weights).sum();
        let parameters: u64 = specs.iter().map(parameters).sum();
        let tied = tied_layers(config).map_or(0, |layers| layers.len() as u64);
        // A W and a b that layers share are kept once more, with gradient and update, but updated only once.
        let shared = if tied == 0 {
            0
        } else {
            weights_and_biases(&specs[1])
        };
        let updated = parameters - tied.saturating_sub(1) * shared;
        let moments = match config.optimizer {
            OptimizerKind::Sgd => 0,
            OptimizerKind::Momentum | OptimizerKind::Nesterov | OptimizerKind::Rmsprop => 1,
            OptimizerKind::Adam | OptimizerKind::Adamw => 2,
        };
        let activations = activations::<T>(&specs, batch, data.features);
        let sample = bytes::<T>(data.features) + data.target_bytes as u64;
        MemoryEstimate {
            parameters: (3 * (parameters + shared) + weights) * bytes::<T>(1),
            optimizer: moments * updated * bytes::<T>(1),
            activations,
            evaluation: request.map_or(0, |request| {
                let probe = 3 * (parameters + shared) * bytes::<T>(1) + activations;
                evaluation::<T>(&specs, batch, data, request, probe)
            }),
            data: (data.train + data.test) as u64 * sample
                + data.train as u64 * (bytes::<usize>(1) + data.target_bytes as u64)
                + bytes::<usize>(batch),
        }
    }

    /// All of it, in bytes.
    pub fn total(&self) -> u64 {
        self.parameters + self.optimizer + self.activations + self.evaluation + self.data
    }
}

/// The size of `n` elements. In wasm a usize has 32 bits, which would overflow for what does not fit.
fn bytes<T>(n: usize) -> u64 {
    n as u64 * size_of::<T>() as u64
}

/// Samples in a minibatch.
fn batch_size(config: &Config, data: &DataSize) -> usize {
    match config.batch_size {
        BatchSize::Samples(n) => n.min(data.train),
        BatchSize::Full => data.train,
    }
}

/// The elements of a layer's W.
fn weights(spec: &LayerSpec) -> u64 {
    spec.n_in as u64 * spec.n_out as u64
}

/// The elements of a layer's parameters.
fn parameters(spec: &LayerSpec) -> u64 {
    let vectors = if spec.norm == Norm::None { 0 } else { 2 };
    weights_and_biases(spec) + vectors * spec.n_out as u64
}

/// The elements of a layer's W and b.
fn weights_and_biases(spec: &LayerSpec) -> u64 {
    weights(spec) + spec.n_out as u64
}

/// The bytes of a [`Workspace`](crate::network::Workspace).
fn activations<T: Scalar>(specs: &[LayerSpec], batch: usize, features: usize) -> u64 {
    let of_layer = |spec: &LayerSpec| {
        // z, delta, h, da; with normalization u and xhat; with a residual connection the sum.
        let arrays = 4 + 2 * u64::from(spec.norm != Norm::None) + u64::from(spec.residual);
        let groups = match spec.norm {
            Norm::None => 0,
            Norm::Batch => spec.n_out,
            Norm::Layer => batch,
        };
        arrays * batch as u64 * bytes::<T>(spec.n_out) + 3 * bytes::<f64>(groups)
    };
    let products = specs.iter().flat_map(|&LayerSpec { n_in, n_out, .. }| {
        [
            (batch, n_in, n_out),
            (n_in, batch, n_out),
            (batch, n_out, n_in),
        ]
    });
    let x = batch as u64 * bytes::<T>(features);
    specs.iter().map(of_layer).sum::<u64>() + x + packing::<T>(products)
}

/// The bytes of the packing buffers of some products, each (m, k, n).
fn packing<T: Scalar>(products: impl Iterator<Item = (usize, usize, usize)>) -> u64 {
    let largest = products.fold((0, 0), |(a, b), (m, k, n)| {
        let (of_a, of_b) = Gemm::<T>::packing_lengths(m, k, n);
        (a.max(of_a), b.max(of_b))
    });
    bytes::<T>(largest.0) + bytes::<T>(largest.1)
}

/// The bytes that an evaluation takes. `probe` are those of a second network, for the loss along the last update.
fn evaluation<T: Scalar>(
    specs: &[LayerSpec],
    batch: usize,
    data: &DataSize,
    request: SnapshotRequest,
    probe: u64,
) -> u64 {
    let decay = specs.iter().map(weights).max().unwrap_or(0) * bytes::<T>(1);
    // Samples that pass without a gradient: input, pre-activations and activations of one layer at a time.
    let rows = CHUNK_ROWS.min(data.train + data.test).max(batch);
    let signals = |spec: &LayerSpec| {
        let arrays = 2 + 2 * u64::from(spec.norm != Norm::None);
        rows as u64 * (bytes::<T>(spec.n_in) + arrays * bytes::<T>(spec.n_out))
    };
    let signals = specs.iter().map(signals).max().unwrap_or(0);
    let packing = packing::<T>(specs.iter().map(|spec| (rows, spec.n_in, spec.n_out)));
    // The last minibatch once more, its outputs and those of the test set, each with room for its delta.
    let minibatch = batch as u64 * (bytes::<T>(data.features) + data.target_bytes as u64);
    let outputs = (2 * batch as u64 + 3 * data.test as u64) * bytes::<T>(data.outputs);
    let grid = if request.predictions && data.features == 2 {
        (GRID * GRID) as u64 * bytes::<T>(2 + 3 * data.outputs)
    } else {
        0
    };
    let probe = if request.step_line { probe } else { 0 };
    let bins = 2 * bytes::<f32>(specs.len() * (DW_BINS + 3 * VALUE_BINS));
    decay.max(probe.max(signals) + packing + minibatch + outputs + grid) + bins
}

/// Checks that a run in numbers of type T takes at most `budget` bytes, with all that charts may ask for.
///
/// # Errors
/// A refusal of the field that takes most, with the largest value that would fit: the size of the minibatch where its
/// signals take more than the network, otherwise the width, and the depth if no width fits.
pub fn check_memory<T: Scalar>(
    config: &Config,
    data: &DataSize,
    budget: u64,
) -> Result<(), ConfigError> {
    let needed = |config: &Config| {
        let everything = SnapshotRequest {
            step_line: true,
            predictions: true,
            values: true,
            weights: None,
        };
        MemoryEstimate::of::<T>(config, data, Some(everything))
    };
    let estimate = needed(config);
    if estimate.total() <= budget {
        return Ok(());
    }
    let batch = batch_size(config, data);
    type Set = fn(&mut Config, usize);
    let fields: [(&str, usize, Set); 3] = [
        // A minibatch is at most this large unless it is full.
        ("batch_size", batch.min(largest_batch() + 1), |config, n| {
            config.batch_size = BatchSize::Samples(n);
        }),
        ("width", config.width, |config, n| config.width = n),
        ("depth", config.depth, |config, n| config.depth = n),
    ];
    let of_batch = estimate.activations > estimate.parameters + estimate.optimizer;
    let fitting = fields
        .iter()
        .skip(usize::from(!of_batch))
        .find_map(|(name, now, set)| {
            let fits = |n: usize| {
                let mut changed = config.clone();
                set(&mut changed, n);
                needed(&changed).total() <= budget
            };
            // The memory grows with each field, so the largest value that fits is found by halving.
            let candidates: Vec<usize> = (1..*now).collect();
            let largest = candidates.partition_point(|n| fits(*n));
            (largest > 0).then_some((*name, largest))
        });
    let (needed, budget) = (gigabytes(estimate.total()), gigabytes(budget));
    let (name, allowed) = match fitting {
        Some((name, largest)) => {
            let allowed = message!(
                "allowed-memory",
                largest = largest,
                needed = needed,
                budget = budget
            );
            (name, allowed)
        }
        None => {
            let allowed = message!("allowed-memory-nothing", needed = needed, budget = budget);
            ("depth", allowed)
        }
    };
    let field = crate::config::field(name).expect("a field of the config");
    Err(ConfigError {
        field: name.into(),
        value: config.get(field),
        allowed,
    })
}

/// The largest minibatch that is not full.
fn largest_batch() -> usize {
    match crate::config::field("batch_size").map(|field| field.kind) {
        Some(FieldKind::Integer { max, .. }) => max as usize,
        _ => unreachable!("the size of a minibatch is a whole number"),
    }
}

/// A number of bytes as the screen shows it.
fn gigabytes(bytes: u64) -> Number {
    Number::new(if bytes >= 100_000_000 {
        format!("{:.1} GB", bytes as f64 / 1e9)
    } else {
        format!("{:.1} MB", bytes as f64 / 1e6)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits() -> DataSize {
        DataSize {
            train: 1438,
            test: 359,
            features: 64,
            outputs: 10,
            target_bytes: 8,
        }
    }

    fn refusal(query: &str, budget: u64) -> Option<String> {
        let config = Config::from_query(query).unwrap();
        let result = check_memory::<f32>(&config, &digits(), budget);
        result.err().map(|error| error.to_string())
    }

    #[test]
    fn a_full_batch_that_cannot_fit_is_refused_with_the_batch_that_would() {
        let query = "depth=100&width=512&batch-size=full&norm=batch&residual=true&optimizer=adam";
        let refused = refusal(query, 3_000_000_000).unwrap();
        assert_eq!(
            refused,
            "batch_size cannot be full. Allowed: at most 512 here, because this network would need 5.1 GB of memory \
             and can get 3.0 GB."
        );
        let fits = query.replace("full", "512");
        assert_eq!(refusal(&fits, 3_000_000_000), None);
    }

    #[test]
    fn the_value_named_fits_and_the_next_does_not() {
        for (query, field, less) in [
            ("depth=20&width=100&batch-size=500", "batch-size", 10),
            ("depth=50&width=200&batch-size=4", "width", 10),
            // Most of the memory holds the samples.
            ("depth=100&width=1&batch-size=1", "depth", 1000),
        ] {
            let config = Config::from_query(query).unwrap();
            let total = |config: &Config| {
                let mut low = 0;
                let mut high = 1 << 40;
                while low + 1 < high {
                    let middle = (low + high) / 2;
                    match check_memory::<f32>(config, &digits(), middle) {
                        Ok(()) => high = middle,
                        Err(_) => low = middle,
                    }
                }
                high
            };
            let total = total(&config);
            let budget = total - total / less;
            let error = check_memory::<f32>(&config, &digits(), budget).unwrap_err();
            assert_eq!(error.field.replace('_', "-"), field);
            let allowed = error.allowed.to_string();
            let number = allowed.split(' ').nth(2).unwrap();
            let with = |n: usize| config.with_query(&format!("{field}={n}")).unwrap();
            let n: usize = number.parse().unwrap();
            assert_eq!(check_memory::<f32>(&with(n), &digits(), budget), Ok(()));
            assert!(check_memory::<f32>(&with(n + 1), &digits(), budget).is_err());
        }
    }

    #[test]
    fn what_nothing_would_make_fit_is_refused_too() {
        let refused = refusal("depth=1&width=1&batch-size=1", 1000).unwrap();
        assert!(
            refused.starts_with("depth cannot be 1. Allowed: nothing here"),
            "{refused}"
        );
    }
}
