//! Snapshots of the run so far, thinned to bounded memory: what the scrubber goes back through.

use gradient_flow::Snapshot;
use gradient_flow::observe::snapshot::Histograms;

/// Snapshots kept at most.
const MOST: usize = 512;
/// Numbers kept at most: 24 MB.
const NUMBERS: usize = 6 << 20;

/// Snapshots in the order of steps, without their logs, at nearly even distances.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Timeline {
    snapshots: Vec<Snapshot>,
    numbers: usize,
    /// Steps at least between two kept ones.
    spacing: u64,
}

/// The numbers that a snapshot holds.
fn numbers(snapshot: &Snapshot) -> usize {
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
    /// Takes in a snapshot; one of the same step takes the place of the last.
    pub fn push(&mut self, snapshot: &Snapshot) {
        let last = self.snapshots.last().map(|last| last.step);
        if last == Some(snapshot.step) {
            let replaced = self.snapshots.pop().expect("there is a last one");
            self.numbers -= numbers(&replaced);
        } else if last.is_some_and(|last| snapshot.step < last + self.spacing) {
            return;
        }
        let kept = Snapshot {
            log: Default::default(),
            // No chart draws a and z; u is what the activation sees.
            histograms: Histograms {
                a: Vec::new(),
                z: Vec::new(),
                ..snapshot.histograms.clone()
            },
            ..snapshot.clone()
        };
        self.numbers += numbers(&kept);
        self.snapshots.push(kept);
        while self.snapshots.len() > 2 && (self.snapshots.len() > MOST || self.numbers > NUMBERS) {
            self.thin();
        }
    }

    /// Drops every second snapshot; the first stays.
    fn thin(&mut self) {
        let mut index = 0;
        self.snapshots.retain(|_| {
            index += 1;
            index % 2 == 1
        });
        self.numbers = self.snapshots.iter().map(numbers).sum();
        let steps = self.snapshots.last().map_or(0, |last| last.step);
        self.spacing = steps / self.snapshots.len().max(1) as u64;
    }

    /// The last snapshot at or before a step; the first where there is none.
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
    fn a_run_of_any_length_fits_and_every_time_is_near_one_that_is_kept() {
        let mut timeline = Timeline::default();
        for step in (0..100_000).step_by(7) {
            timeline.push(&snapshot(step, 3));
        }
        let kept = timeline.all().len();
        assert!(kept <= MOST && kept > MOST / 4, "{kept}");
        assert_eq!(timeline.at(0).map(|s| s.step), Some(0));
        for step in (0..99_000).step_by(991) {
            let near = timeline.at(step).expect("a snapshot");
            assert!(
                near.step <= step && step - near.step < 1200,
                "{step}: {}",
                near.step
            );
            assert_eq!(near.layers.dw_rms[0], near.step as f32, "a true one");
        }
        assert!(timeline.all().iter().all(|s| s.log.train_loss.is_empty()));
    }

    #[test]
    fn large_snapshots_are_fewer() {
        let mut timeline = Timeline::default();
        for step in 0..300 {
            timeline.push(&snapshot(step, 100_000));
        }
        assert!(timeline.numbers <= NUMBERS);
        assert!(timeline.all().len() > 10);
    }

    #[test]
    fn another_look_at_the_same_step_replaces_the_last() {
        let mut timeline = Timeline::default();
        timeline.push(&snapshot(3, 1));
        let mut again = snapshot(3, 1);
        again.curvature = 2.0;
        timeline.push(&again);
        assert_eq!(timeline.all().len(), 1);
        assert_eq!(timeline.at(9).map(|s| s.curvature), Some(2.0));
    }
}
