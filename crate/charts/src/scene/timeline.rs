//! Whole snapshots of the run so far, thinned to bounded memory: what the scrubber goes back through.

use crate::scene::history::drop_every_second;
use gradient_flow::Snapshot;
use gradient_flow::observe::snapshot::Histograms;

/// The largest number of snapshots that are kept.
const MAX_SNAPSHOTS: usize = 512;
/// The largest number of floats in all of them together: 24 MB.
const MAX_FLOATS: usize = 6 << 20;

/// Snapshots in the order of steps, without their logs, nearly evenly spaced.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Timeline {
    snapshots: Vec<Snapshot>,
    floats: usize,
    /// The smallest number of steps between two kept snapshots.
    spacing: u64,
}

/// The number of floats that a snapshot holds.
fn floats_of(snapshot: &Snapshot) -> usize {
    let groups = [
        snapshot.layers.arrays(),
        snapshot.histograms.arrays(),
        snapshot.step_line.arrays(),
        snapshot.predictions.arrays(),
        snapshot.weights.arrays(),
    ];
    groups.iter().flatten().map(|(_, array)| array.len()).sum()
}

impl Timeline {
    /// Takes in a snapshot, unless it follows the last one too closely. One of the same step replaces
    /// the last.
    pub fn push(&mut self, snapshot: &Snapshot) {
        let last = self.snapshots.last().map(|last| last.step);
        if last == Some(snapshot.step) {
            let replaced = self.snapshots.pop().expect("there is a last one");
            self.floats -= floats_of(&replaced);
        } else if last.is_some_and(|last| snapshot.step < last + self.spacing) {
            return;
        }
        let kept = Snapshot {
            log: Default::default(),
            // No chart draws a and z.
            histograms: Histograms {
                a: Vec::new(),
                z: Vec::new(),
                ..snapshot.histograms.clone()
            },
            ..snapshot.clone()
        };
        self.floats += floats_of(&kept);
        self.snapshots.push(kept);
        while self.snapshots.len() > 2
            && (self.snapshots.len() > MAX_SNAPSHOTS || self.floats > MAX_FLOATS)
        {
            self.thin();
        }
    }

    fn thin(&mut self) {
        drop_every_second(&mut self.snapshots);
        self.floats = self.snapshots.iter().map(floats_of).sum();
        let steps = self.snapshots.last().map_or(0, |last| last.step);
        self.spacing = steps / self.snapshots.len().max(1) as u64;
    }

    /// The last snapshot at or before a step; the first if there is none.
    pub fn at(&self, step: u64) -> Option<&Snapshot> {
        let after = self.snapshots.partition_point(|s| s.step <= step);
        self.snapshots.get(after.saturating_sub(1))
    }

    /// All snapshots.
    pub fn all(&self) -> &[Snapshot] {
        &self.snapshots
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(step: u64, layers: usize) -> Snapshot {
        let mut snapshot = Snapshot {
            step,
            ..Snapshot::default()
        };
        snapshot.layers.dw_rms = vec![step as f32; layers];
        snapshot.log.train_loss = vec![1.0; 100];
        snapshot
    }

    #[test]
    fn a_run_of_any_length_fits_and_every_step_is_near_a_kept_one() {
        let mut timeline = Timeline::default();
        for step in (0..100_000).step_by(7) {
            timeline.push(&snapshot(step, 3));
        }
        let kept = timeline.all().len();
        assert!(kept <= MAX_SNAPSHOTS && kept > MAX_SNAPSHOTS / 4, "{kept}");
        assert_eq!(timeline.at(0).map(|s| s.step), Some(0));
        for step in (0..99_000).step_by(991) {
            let near = timeline.at(step).expect("a snapshot");
            assert!(
                near.step <= step && step - near.step < 1200,
                "{step}: {}",
                near.step
            );
            assert_eq!(near.layers.dw_rms[0], near.step as f32, "its own values");
        }
        assert!(timeline.all().iter().all(|s| s.log.train_loss.is_empty()));
    }

    #[test]
    fn large_snapshots_are_fewer() {
        let mut timeline = Timeline::default();
        for step in 0..300 {
            timeline.push(&snapshot(step, 100_000));
        }
        assert!(timeline.floats <= MAX_FLOATS);
        assert!(timeline.all().len() > 10);
    }

    #[test]
    fn a_second_snapshot_of_a_step_replaces_the_first() {
        let mut timeline = Timeline::default();
        timeline.push(&snapshot(3, 1));
        let mut again = snapshot(3, 1);
        again.curvature = 2.0;
        timeline.push(&again);
        assert_eq!(timeline.all().len(), 1);
        assert_eq!(timeline.at(9).map(|s| s.curvature), Some(2.0));
    }
}
