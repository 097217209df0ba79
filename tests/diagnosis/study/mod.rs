//! Random configs, followed by the diagnosis, with every fix tried, and those that are offered tried again.

mod draw;
mod summary;

use draw::draw;
use gradient_flow::data::data_file;
use gradient_flow::diagnosis::trials::{Outcome, Trials};
use gradient_flow::diagnosis::{DiagnosisKind, Diagnostician};
use gradient_flow::{Config, Session, Trainer};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;
use std::thread;
pub use summary::Summary;

/// A run is looked at every so many steps.
const EVERY: usize = 10;

/// How large the runs are.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Steps of a run.
    pub steps: u64,
    /// The most hidden layers.
    pub depth: f64,
    /// The most units of a layer.
    pub width: f64,
}

/// Draws and follows `count` runs, on all cores; `each` hears of each as it ends.
pub fn measure(count: u64, seed: u64, size: Size, mut each: impl FnMut(u64, &Run)) -> Vec<Run> {
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
                    let run = run(&draw(seed, index, size), size);
                    sender.send((index, run)).expect("the table is being made");
                }
            });
        }
        drop(sender);
        let mut runs: Vec<(u64, Run)> = receiver
            .into_iter()
            .inspect(|(index, run)| each(*index, run))
            .collect();
        runs.sort_by_key(|(index, _)| *index);
        runs.into_iter().map(|(_, run)| run).collect()
    })
}

fn table(config: &Config) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let file = folder.join(format!("{}.csv", data_file(config)?));
    Some(std::fs::read_to_string(file).expect("the table is part of the repository"))
}

/// A run with what the diagnosis said of it, and what became of what it offered.
pub struct Run {
    query: String,
    kinds: Vec<(u64, DiagnosisKind)>,
    outcome: Outcome,
    /// Label, what the trial reached, and what it reached on another seed in twice as many steps.
    fixes: Vec<(String, Outcome, Outcome)>,
    /// The best that any trial reached.
    best: f64,
    trials: usize,
}

fn run(config: &Config, size: Size) -> Run {
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
        if snapshot.step >= size.steps || snapshot.first_nonfinite.is_some() {
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
    let mut trials = Trials::new(config, cause, !snapshot.classes.is_empty(), size.steps);
    let mut best = f64::NEG_INFINITY;
    while let Some(next) = trials.next() {
        let outcome = reach(next, trials.next_steps());
        best = best.max(outcome.progress());
        trials.record(outcome);
    }
    if let Some(cause) = trials.cause() {
        kinds.push((size.steps, cause.kind));
    }
    let fixes = trials.fixes().into_iter().map(|fix| {
        let mut again = config
            .with_json(&fix.patch.to_string())
            .expect("it was tried");
        again.seed += 1;
        let reached = fix.outcome.expect("it was tried");
        (
            fix.label.to_string(),
            reached,
            reach(&again, 2 * size.steps),
        )
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

    /// The part of the way from guessing to no error that it has made.
    pub fn progress(&self) -> f64 {
        self.outcome.progress()
    }

    /// Whether the verdict in the end is healthy.
    pub fn is_healthy(&self) -> bool {
        self.kind() == DiagnosisKind::Healthy
    }

    fn learns(&self) -> bool {
        self.outcome.learns()
    }

    /// The run in one line.
    pub fn line(&self) -> String {
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
            self.progress(),
            self.outcome.loss,
            kinds.join(" "),
            self.best,
            self.trials,
            fixes.join("; ")
        )
    }
}
