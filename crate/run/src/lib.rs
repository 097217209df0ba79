//! The hot loops of a run in float32, compiled for speed.
//!
//! The loops of the training step are generic, so they are compiled in the crate that uses them with a type,
//! which is this one. All other crates are compiled for a small download (`crate/xtask`).

#[cfg(feature = "bench")]
mod bench;

#[cfg(feature = "bench")]
pub use bench::multiply_add_limit;
use gradient_flow::diagnosis::trials::Outcome;
use gradient_flow::map::{Cell, Probe};
use gradient_flow::observe::passage::Passage;
use gradient_flow::{Session, Snapshot, Trainer};

/// Makes up to `steps` updates, fewer if something overflows. Returns how many it made.
pub fn advance(trainer: &mut Trainer<f32>, steps: usize) -> usize {
    trainer.advance(steps)
}

/// What a trial has reached: see `Outcome::of`.
pub fn outcome(trainer: &Trainer<f32>) -> Outcome {
    Outcome::of(trainer)
}

/// What the present state shows: see `Session::snapshot`.
pub fn snapshot(session: &mut Session<f32>, evaluate: bool) -> Snapshot {
    session.snapshot(evaluate)
}

/// What the run of a map's cell has reached: see `Probe::observe`.
pub fn probe(session: &mut Session<f32>, probe: &mut Probe) -> Cell {
    let snapshot = session.snapshot(true);
    probe.observe(session.trainer.config(), &snapshot)
}

/// One sample on its way through the network: see `Session::passage`.
pub fn passage(session: &mut Session<f32>, sample: usize) -> Passage {
    session.passage(sample)
}
