//! Random configs, about half of which fail.

use super::Size;
use gradient_flow::Config;
use gradient_flow::config::choice::Choice;
use gradient_flow::config::{Activation, Init, Norm, OptimizerKind};
use gradient_flow::numeric::random::{Random, Stream};

/// The data, the first of them more often.
const DATA: [&str; 8] = [
    "digits", "digits", "digits", "iris", "circle", "gauss", "xor", "plane",
];

/// A random config: every setting keeps its default half of the time.
pub fn draw(seed: u64, index: u64, size: Size) -> Config {
    let mut random = Random::new(seed, Stream::Data, index as usize);
    let mut unit = move || random.uniform();
    let mut pairs: Vec<(&str, String)> = Vec::new();
    let between = |x: f64, low: f64, high: f64| low + x * (high - low);
    let log = |x: f64, low: f64, high: f64| (low.ln() + x * (high / low).ln()).exp();
    let pick = |x: f64, count: usize| ((x * count as f64) as usize).min(count - 1);
    let data = DATA[pick(unit(), DATA.len())];
    let activation = Activation::ALL[pick(unit(), Activation::ALL.len())];
    pairs.push(("data", data.into()));
    pairs.push(("activation", activation.name().into()));
    pairs.push(("seed", format!("{}", (1e6 * unit()) as u64)));
    pairs.push(("depth", format!("{}", log(unit(), 1.0, size.depth) as u64)));
    pairs.push(("width", format!("{}", log(unit(), 8.0, size.width) as u64)));
    let rate = if unit() < 0.8 {
        log(unit(), 0.003, 0.3)
    } else {
        log(unit(), 1e-6, 100.0)
    };
    pairs.push(("learning-rate", format!("{rate:.2e}")));
    let init = if unit() < 0.6 {
        activation.traits().recommended_init
    } else {
        Init::ALL[pick(unit(), Init::ALL.len())]
    };
    pairs.push(("init", init.name().into()));
    if unit() < 0.2 {
        pairs.push(("init-gain", format!("{:.2e}", log(unit(), 1e-3, 30.0))));
    }
    if unit() < 0.15 {
        pairs.push(("bias-std", format!("{:.2}", between(unit(), 0.0, 2.0))));
    }
    if unit() < 0.3 {
        pairs.push((
            "norm",
            Norm::ALL[pick(unit(), Norm::ALL.len())].name().into(),
        ));
    }
    if unit() < 0.15 {
        pairs.push(("residual", "true".into()));
    }
    if unit() < 0.4 {
        let optimizer = OptimizerKind::ALL[pick(unit(), OptimizerKind::ALL.len())];
        pairs.push(("optimizer", optimizer.name().into()));
        pairs.push(("momentum", format!("{:.3}", between(unit(), 0.0, 0.999))));
    }
    if unit() < 0.3 {
        pairs.push(("batch-size", format!("{}", log(unit(), 1.0, 256.0) as u64)));
    }
    if unit() < 0.2 {
        let clip = if unit() < 0.5 { "norm" } else { "value" };
        pairs.push(("clip", clip.into()));
        pairs.push(("clip-at", format!("{:.2e}", log(unit(), 1e-6, 100.0))));
    }
    if unit() < 0.2 {
        pairs.push(("weight-decay", format!("{:.2e}", log(unit(), 1e-4, 1.0))));
    }
    if unit() < 0.15 {
        pairs.push(("l1", format!("{:.2e}", log(unit(), 1e-5, 1.0))));
    }
    if unit() < 0.15 {
        let scaling = if unit() < 0.5 { "minmax" } else { "none" };
        pairs.push(("scaling", scaling.into()));
    }
    if unit() < 0.1 {
        pairs.push(("loss", "mse".into()));
        let output = ["auto", "sigmoid", "tanh"][pick(unit(), 3)];
        if data != "plane" || output == "auto" {
            pairs.push(("output", output.into()));
        }
    }
    if unit() < 0.1 {
        pairs.push(("warmup", format!("{}", log(unit(), 1.0, 10000.0) as u64)));
    }
    if unit() < 0.1 {
        let schedule = ["cosine", "step", "exponential"][pick(unit(), 3)];
        pairs.push(("schedule", schedule.into()));
        pairs.push((
            "schedule-steps",
            format!("{}", log(unit(), 1.0, 1e4) as u64),
        ));
    }
    if unit() < 0.1 {
        pairs.push(("tied", "true".into()));
    }
    let query: Vec<String> = pairs.iter().map(|(n, v)| format!("{n}={v}")).collect();
    Config::from_query(&query.join("&")).expect("a valid config")
}
