//! Runs a file of tests again and again, if wanted beside work that keeps the processors busy, and counts what failed.

use crate::process::seconds;
use anyhow::{Result, bail};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Instant;

/// How often tests run, and beside what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repeat {
    pub runs: u32,
    /// Beside two loops that do nothing but take time, as on a machine that others use too.
    pub busy: bool,
}

impl Default for Repeat {
    fn default() -> Self {
        Self {
            runs: 1,
            busy: false,
        }
    }
}

/// What one run of the tests came to: the names of those that failed, or that it failed before any did.
pub struct Run {
    pub passed: bool,
    pub failed: Vec<String>,
}

impl Repeat {
    /// Runs the tests, and prints how many runs passed and how often each test failed; an error if any run failed.
    pub fn run(self, mut tests: impl FnMut() -> Result<Run>) -> Result<()> {
        let _loops = self.busy.then(BusyLoops::start);
        let mut runs = Vec::new();
        for number in 1..=self.runs {
            let start = Instant::now();
            let run = tests()?;
            if self.runs > 1 {
                let word = if run.passed { "passed" } else { "FAILED" };
                println!("run {number} of {}: {word}, {}", self.runs, seconds(start));
            }
            runs.push(run);
        }
        let text = summary(&runs);
        if runs.iter().any(|run| !run.passed) {
            bail!("{text}");
        }
        println!("{text}");
        Ok(())
    }
}

/// "4 of 5 runs passed", and a line for each test that failed, with how often it did.
fn summary(runs: &[Run]) -> String {
    let passed = runs.iter().filter(|run| run.passed).count();
    let mut text = format!("{passed} of {} runs passed", runs.len());
    let mut counts = BTreeMap::new();
    for run in runs.iter().filter(|run| !run.passed) {
        if run.failed.is_empty() {
            *counts.entry("no test: the run itself").or_insert(0) += 1;
        }
        for name in &run.failed {
            *counts.entry(name.as_str()).or_insert(0) += 1;
        }
    }
    for (name, count) in counts {
        text.push_str(&format!("\n  failed {count} of {}: {name}", runs.len()));
    }
    text
}

/// Threads that spin until this is dropped; they end with the process, whatever ends it.
struct BusyLoops {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl BusyLoops {
    const COUNT: usize = 2;

    fn start() -> Self {
        println!("beside {} busy loops", Self::COUNT);
        let stop = Arc::new(AtomicBool::new(false));
        let spin = |_| {
            let stop = Arc::clone(&stop);
            thread::spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            })
        };
        let threads = (0..Self::COUNT).map(spin).collect();
        Self { stop, threads }
    }
}

impl Drop for BusyLoops {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads.drain(..) {
            // A loop that panicked has stopped as well.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;

    fn run(failed: &[&str]) -> Run {
        Run {
            passed: failed.is_empty(),
            failed: failed.iter().map(ToString::to_string).collect(),
        }
    }

    fn repeat(runs: u32) -> Repeat {
        Repeat { runs, busy: false }
    }

    #[test]
    fn failures_are_counted_by_test() {
        let mut outcomes = vec![run(&["a", "b"]), run(&[]), run(&["b"])].into_iter();
        let error = repeat(3).run(|| Ok(outcomes.next().unwrap())).unwrap_err();
        let expected = "1 of 3 runs passed\n  failed 1 of 3: a\n  failed 2 of 3: b";
        assert_eq!(error.to_string(), expected);
        assert!(outcomes.next().is_none(), "every run was made");
    }

    #[test]
    fn a_run_that_fails_without_a_failed_test_is_a_failure() {
        let error = repeat(1).run(|| {
            Ok(Run {
                passed: false,
                failed: vec![],
            })
        });
        let text = error.unwrap_err().to_string();
        assert!(text.contains("failed 1 of 1: no test"), "{text}");
    }

    #[test]
    fn runs_that_pass_are_a_success_and_an_error_ends_them() {
        assert!(repeat(2).run(|| Ok(run(&[]))).is_ok());
        let mut count = 0;
        let outcome = repeat(5).run(|| {
            count += 1;
            Err(anyhow!("no Node"))
        });
        assert_eq!(outcome.unwrap_err().to_string(), "no Node");
        assert_eq!(count, 1);
    }

    #[test]
    fn busy_loops_spin_until_they_are_dropped() {
        let loops = BusyLoops::start();
        assert!(loops.threads.iter().all(|thread| !thread.is_finished()));
        let stop = Arc::downgrade(&loops.stop);
        drop(loops);
        assert!(stop.upgrade().is_none(), "no thread holds the flag");
    }
}
