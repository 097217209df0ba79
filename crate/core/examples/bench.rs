//! Times full training steps natively: forward, loss, backward, update, in f32 on one thread.
//!
//! `cargo run --release -p gradient-flow --example bench -- [FILE.json]`
//!
//! The workloads take turns in rounds, so that noise affects all of them alike. A step counts as 6 * batch * sum(n_in *
//! n_out) floating-point operations: three matrix products of 2 * batch * n_in * n_out operations per layer.

use gradient_flow::config::BatchSize;
use gradient_flow::config::choice::Choice;
use gradient_flow::data::data_file;
use gradient_flow::numeric::matmul::Gemm;
use gradient_flow::{Config, Trainer};
use ndarray::Array2;
use ndarray::linalg::general_mat_mul;
use serde_json::{Value, json};
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

const ROUNDS: usize = 9;

/// Floating-point operations of one product in a round, in billions.
const PRODUCT_GFLOP: f64 = 0.5;

/// Duration of a round of one workload, if a step is not longer.
const ROUND_SECONDS: f64 = 0.1;

/// Name and config of each workload. The learning rates are small so that no run overflows.
const WORKLOADS: [(&str, &str); 4] = [
    (
        "S",
        "data=circle&depth=6&width=8&activation=tanh&loss=bce&batch-size=10&learning-rate=0.01",
    ),
    (
        "M",
        "depth=10&width=64&activation=tanh&batch-size=64&learning-rate=0.01",
    ),
    (
        "L",
        "depth=20&width=256&activation=relu&init=he_normal&batch-size=128&learning-rate=0.0001",
    ),
    (
        "XL",
        "depth=50&width=512&activation=relu&init=he_normal&batch-size=256&learning-rate=0.0001",
    ),
];

/// A workload with its measured times.
struct Workload {
    name: &'static str,
    query: &'static str,
    shape: String,
    batch: usize,
    gflop: f64,
    trainer: Trainer<f32>,
    steps_per_round: usize,
    /// Seconds per step in each round.
    times: Vec<f64>,
}

impl Workload {
    fn new(name: &'static str, query: &'static str) -> Result<Self, Box<dyn Error>> {
        let config = Config::from_query(query)?;
        let table = match data_file(&config) {
            Some(file) => {
                let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
                Some(std::fs::read_to_string(folder.join(format!("{file}.csv")))?)
            }
            None => None,
        };
        let BatchSize::Samples(batch) = config.batch_size else {
            return Err(format!("{name} must have a batch size").into());
        };
        let trainer = Trainer::<f32>::new(config, table.as_deref())?;
        let layers = &trainer.network().layers;
        let (first, last) = (layers[0].spec, layers[layers.len() - 1].spec);
        let hidden = layers.len() - 1;
        let weights: usize = layers.iter().map(|layer| layer.w.value.len()).sum();
        let mut workload = Workload {
            name,
            query,
            shape: format!(
                "{}-{hidden}x{}-{} {}",
                first.n_in,
                first.n_out,
                last.n_out,
                first.activation.name()
            ),
            batch,
            gflop: 6e-9 * batch as f64 * weights as f64,
            trainer,
            steps_per_round: 1,
            times: Vec::new(),
        };
        // Warms up, and counts the steps that fill a round.
        workload.run()?;
        let mut steps = 0;
        let start = Instant::now();
        while start.elapsed().as_secs_f64() < ROUND_SECONDS {
            workload.run()?;
            steps += 1;
        }
        workload.steps_per_round = steps;
        workload.times.clear();
        Ok(workload)
    }

    /// Runs one round. It takes no snapshot, which would compute the gradient of the next step outside the measured time.
    fn run(&mut self) -> Result<(), Box<dyn Error>> {
        let start = Instant::now();
        let updates = self.trainer.advance(self.steps_per_round);
        let seconds = start.elapsed().as_secs_f64();
        if updates < self.steps_per_round {
            return Err(
                format!("{} overflowed at step {}", self.name, self.trainer.steps()).into(),
            );
        }
        self.times.push(seconds / updates as f64);
        Ok(())
    }

    fn best(&self) -> f64 {
        self.times.iter().copied().fold(f64::INFINITY, f64::min)
    }

    fn median(&self) -> f64 {
        let mut sorted = self.times.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[sorted.len() / 2]
    }

    fn json(&self) -> Value {
        json!({
            "name": self.name,
            "network": self.shape,
            "batch": self.batch,
            "query": self.query,
            "gflop_per_step": self.gflop,
            "steps_per_round": self.steps_per_round,
            "ms_per_step": { "median": 1e3 * self.median(), "best": 1e3 * self.best() },
            "gflop_per_second": { "median": self.gflop / self.median(), "best": self.gflop / self.best() },
        })
    }
}

/// GFLOP/s of the product of an (m, k) and a (k, n) matrix, by our code and by ndarray in turns; the best of the rounds.
fn product(m: usize, k: usize, n: usize) -> [f64; 2] {
    let matrix = |rows, columns, step: usize| {
        Array2::from_shape_fn((rows, columns), |(i, j)| {
            ((i * step + 3 * j) % 11) as f32 * 0.1 - 0.5
        })
    };
    let (a, b): (Array2<f32>, Array2<f32>) = (matrix(m, k, 7), matrix(k, n, 5));
    let mut c = Array2::zeros((m, n));
    let mut ours = Gemm::new();
    let gflop = 2e-9 * (m * k * n) as f64;
    let calls = (PRODUCT_GFLOP / gflop) as usize + 1;
    let mut best = [0.0f64; 2];
    for _ in 0..ROUNDS {
        let mut time = |engine: usize, multiply: &mut dyn FnMut(&mut Array2<f32>)| {
            let start = Instant::now();
            for _ in 0..calls {
                multiply(black_box(&mut c));
            }
            let rate = gflop * calls as f64 / start.elapsed().as_secs_f64();
            best[engine] = best[engine].max(rate);
        };
        time(0, &mut |c| {
            ours.multiply(a.view(), b.view(), None, c.view_mut())
        });
        time(1, &mut |c| general_mat_mul(1.0, &a, &b, 0.0, c));
    }
    best
}

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1);
    let mut workloads = WORKLOADS
        .into_iter()
        .map(|(name, query)| Workload::new(name, query))
        .collect::<Result<Vec<_>, _>>()?;
    for _ in 0..ROUNDS {
        for workload in &mut workloads {
            workload.run()?;
        }
    }

    println!("Native, one thread, f32; {ROUNDS} rounds");
    println!(
        "{:<4}{:<22}{:>6}{:>14}{:>12}{:>12}{:>12}",
        "", "network", "batch", "median ms", "best ms", "GFLOP/s", "best"
    );
    for w in &workloads {
        println!(
            "{:<4}{:<22}{:>6}{:>14.4}{:>12.4}{:>12.2}{:>12.2}",
            w.name,
            w.shape,
            w.batch,
            1e3 * w.median(),
            1e3 * w.best(),
            w.gflop / w.median(),
            w.gflop / w.best()
        );
    }
    println!("\nThe product of each, GFLOP/s: ours beside ndarray's");
    let mut products = Vec::new();
    for w in &workloads {
        let hidden = w.trainer.network().layers[1].spec;
        let shape = (w.batch, hidden.n_in, hidden.n_out);
        let [ours, ndarray] = product(shape.0, shape.1, shape.2);
        println!(
            "{:<4}{:<22}{ours:>12.1}{ndarray:>12.1}{:>12.2} x",
            w.name,
            format!("{} x {} x {}", shape.0, shape.1, shape.2),
            ours / ndarray
        );
        products.push(json!({ "name": w.name, "shape": [shape.0, shape.1, shape.2], "gflops": ours, "ndarray_gflops": ndarray }));
    }
    if let Some(file) = file {
        let report = json!({
            "engine": "gradient-flow native",
            "scalar": "f32",
            "threads": 1,
            "architecture": std::env::consts::ARCH,
            "system": std::env::consts::OS,
            "rounds": ROUNDS,
            "products": products,
            "workloads": workloads.iter().map(Workload::json).collect::<Vec<_>>(),
        });
        std::fs::write(file, format!("{report:#}\n"))?;
    }
    Ok(())
}
