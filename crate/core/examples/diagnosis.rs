//! Measures how far the diagnosis can be trusted: draws random configs, trains each, and tries what is offered.
//!
//! `cargo run --release -p gradient-flow --example diagnosis -- COUNT [SEED] [--runs]`
//!
//! Prints a table and, with `--runs`, a line for each run first. About half of the runs fail. The same COUNT and SEED give
//! the same numbers on every machine.

use gradient_flow::config::choice::Choice;
use gradient_flow::config::{Activation, Init, Norm, OptimizerKind};
use gradient_flow::data::data_file;
use gradient_flow::diagnosis::trials::{Outcome, Trials};
use gradient_flow::diagnosis::{DiagnosisKind, Diagnostician};
use gradient_flow::numeric::random::{Random, Stream};
use gradient_flow::training::Trainer;
use gradient_flow::{Config, Session};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;

/// Steps of a run; it is looked at every so many.
const STEPS: u64 = 300;
const EVERY: usize = 10;

/// The data, the first of them more often.
const DATA: [&str; 8] = [
    "digits", "digits", "digits", "iris", "circle", "gauss", "xor", "plane",
];

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let says_runs = arguments.iter().any(|argument| argument == "--runs");
    arguments.retain(|argument| argument != "--runs");
    let number = |index: usize, default: u64| {
        arguments
            .get(index)
            .map_or(default, |text| text.parse().expect("a number"))
    };
    let (count, seed) = (number(0, 100), number(1, 0));
    let next = AtomicU64::new(0);
    let (sender, receiver) = mpsc::channel();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next) = (sender.clone(), &next);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= count {
                        break;
                    }
                    let run = run(&draw(seed, index));
                    sender.send((index, run)).expect("the table is being made");
                }
            });
        }
        drop(sender);
        let mut runs: Vec<(u64, Run)> = Vec::new();
        for (index, run) in receiver {
            if says_runs {
                println!("{index} {}", run.line());
            }
            runs.push((index, run));
        }
        print(&runs.into_iter().map(|(_, run)| run).collect::<Vec<_>>());
    });
}

/// A random config: every setting keeps its default half of the time.
fn draw(seed: u64, index: u64) -> Config {
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
    pairs.push(("depth", format!("{}", log(unit(), 1.0, 40.0) as u64)));
    pairs.push(("width", format!("{}", log(unit(), 8.0, 96.0) as u64)));
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

fn table(config: &Config) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let file = folder.join(format!("{}.csv", data_file(config)?));
    Some(std::fs::read_to_string(file).expect("the table is part of the repository"))
}

struct Run {
    query: String,
    kinds: Vec<(u64, DiagnosisKind)>,
    outcome: Outcome,
    /// Label, what the trial reached, and what it reached on another seed in twice as many steps.
    fixes: Vec<(String, Outcome, Outcome)>,
    /// The best that any trial reached.
    best: f64,
    trials: usize,
}

fn run(config: &Config) -> Run {
    let table = table(config);
    let mut session = Session::<f32>::new(config.clone(), table.as_deref()).expect("valid data");
    let mut diagnostician = Diagnostician::default();
    let mut kinds: Vec<(u64, DiagnosisKind)> = Vec::new();
    let mut snapshot = session.snapshot(true);
    let (mut kind, mut cause);
    loop {
        let said = diagnostician.diagnose(config, &snapshot);
        (kind, cause) = (said.kind, said.cause);
        if kinds.last().is_none_or(|(_, last)| *last != kind) {
            kinds.push((snapshot.step, kind));
        }
        if snapshot.step >= STEPS || snapshot.first_nonfinite.is_some() {
            break;
        }
        session.advance(EVERY);
        snapshot = session.snapshot(true);
    }
    let outcome = Outcome::of(&session.trainer);
    let reach = |config: &Config, steps: u64| {
        let mut trainer = Trainer::<f32>::new(config.clone(), table.as_deref()).expect("as before");
        trainer.advance(steps as usize);
        Outcome::of(&trainer)
    };
    let mut trials = Trials::new(config, cause, !snapshot.classes.is_empty(), STEPS);
    let mut best = f64::NEG_INFINITY;
    while let Some(next) = trials.next() {
        let outcome = reach(next, trials.next_steps());
        best = best.max(outcome.progress());
        trials.record(outcome);
    }
    if let Some(cause) = trials.cause() {
        kinds.push((STEPS, cause.kind));
    }
    let fixes = trials.fixes().into_iter().map(|fix| {
        let mut again = config
            .with_json(&fix.patch.to_string())
            .expect("it was tried");
        again.seed += 1;
        let reached = fix.outcome.expect("it was tried");
        (fix.label.to_string(), reached, reach(&again, 2 * STEPS))
    });
    Run {
        query: config.to_query(),
        fixes: fixes.collect(),
        kinds,
        outcome,
        best,
        trials: trials.made().0,
    }
}

impl Run {
    fn kind(&self) -> DiagnosisKind {
        self.kinds.last().expect("one at step 0").1
    }

    fn is_healthy(&self) -> bool {
        self.kind() == DiagnosisKind::Healthy
    }

    fn learns(&self) -> bool {
        self.outcome.learns()
    }

    fn line(&self) -> String {
        let kinds: Vec<String> = self
            .kinds
            .iter()
            .map(|(step, kind)| format!("{step}:{}", kind.name()))
            .collect();
        let fixes: Vec<String> = self
            .fixes
            .iter()
            .map(|(label, reached, again)| {
                format!(
                    "{label} {:.2} again {:.2}",
                    reached.progress(),
                    again.progress()
                )
            })
            .collect();
        format!(
            "{} {} progress {:.2} loss {:.3} | {} | best {:.2} of {} trials | {}",
            if self.learns() { "learns" } else { "FAILS" },
            self.query,
            self.outcome.progress(),
            self.outcome.loss,
            kinds.join(" "),
            self.best,
            self.trials,
            fixes.join("; ")
        )
    }
}

fn print(runs: &[Run]) {
    let share = |part: usize, all: usize| {
        format!(
            "{:.1} % ({part} of {all})",
            100.0 * part as f64 / all.max(1) as f64
        )
    };
    let failing: Vec<&Run> = runs.iter().filter(|run| !run.learns()).collect();
    let healthy: Vec<&Run> = runs.iter().filter(|run| run.learns()).collect();
    let named = failing.iter().filter(|run| !run.is_healthy()).count();
    let offered = failing.iter().filter(|run| !run.fixes.is_empty()).count();
    let curable = failing.iter().filter(|run| run.best >= 0.5).count();
    let fixes: Vec<_> = runs.iter().flat_map(|run| &run.fixes).collect();
    let kept = fixes.iter().filter(|(_, _, again)| again.learns()).count();
    let alarms = healthy.iter().filter(|run| !run.is_healthy()).count();
    let ever = healthy
        .iter()
        .filter(|run| {
            run.kinds
                .iter()
                .any(|(_, kind)| *kind != DiagnosisKind::Healthy)
        })
        .count();
    let mut changes: Vec<usize> = runs.iter().map(|run| run.kinds.len() - 1).collect();
    changes.sort_unstable();
    println!("| measured | |\n|---|---|");
    println!("| runs that fail | {} |", share(failing.len(), runs.len()));
    println!(
        "| failing runs that are named | {} |",
        share(named, failing.len())
    );
    println!(
        "| failing runs for which a fix is offered | {} |",
        share(offered, failing.len())
    );
    println!(
        "| failing runs for which any trial learned | {} |",
        share(curable, failing.len())
    );
    println!(
        "| offered fixes that learn on another seed, in twice the steps | {} |",
        share(kept, fixes.len())
    );
    println!(
        "| healthy runs with an alarm at the end | {} |",
        share(alarms, healthy.len())
    );
    println!(
        "| healthy runs with an alarm on the way | {} |",
        share(ever, healthy.len())
    );
    let at = |q: f64| {
        changes
            .get(((changes.len() as f64 - 1.0) * q) as usize)
            .copied()
            .unwrap_or(0)
    };
    println!(
        "| changes of the verdict per run: median, 90 %, most | {}, {}, {} |",
        at(0.5),
        at(0.9),
        at(1.0)
    );
    let mut by_kind: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for run in &failing {
        let (all, offered) = by_kind.entry(run.kind().name()).or_default();
        *all += 1;
        *offered += usize::from(!run.fixes.is_empty());
    }
    println!("\n| verdict on failing runs | runs | with a fix |\n|---|---|---|");
    for (kind, (all, offered)) in by_kind {
        println!("| `{kind}` | {all} | {offered} |");
    }
}
