//! What the charts look at: the latest snapshot, the start, the last finite picture, the history.

use crate::axis::{Layers, Window};
use crate::history::History;
use gradient_flow::Snapshot;
use gradient_flow::snapshot::{LayerStatistics, NonFinite, TheorySignals};

/// Everything that charts show of one run.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    /// Step 0's statistics.
    pub start: LayerStatistics,
    /// What theory predicts for step 0; empty where it does not apply.
    pub theory: TheorySignals,
    /// The latest snapshot; after an overflow, the last one in which all layers were finite.
    pub shown: Option<Snapshot>,
    /// The layers (0-based) whose latest numbers are not finite.
    pub broken: Vec<usize>,
    /// Where the run overflowed, if it did.
    pub overflow: Option<NonFinite>,
    /// The run so far.
    pub history: History,
    /// The powers of ten on the axes of all charts.
    pub window: Window,
}

impl Scene {
    /// Takes in the next snapshot of the run.
    pub fn push(&mut self, snapshot: Snapshot) {
        self.history.push(&snapshot);
        let layers = &snapshot.layers;
        for array in [
            &layers.dw_rms,
            &layers.delta_rms,
            &layers.a_rms,
            &snapshot.log.dw_rms,
        ] {
            array.iter().for_each(|value| self.window.hold(*value));
        }
        let signals = [&layers.dw_rms, &layers.delta_rms, &layers.a_rms];
        let broken = |l: &usize| signals.iter().any(|signal| !signal[*l].is_finite());
        self.broken = (0..snapshot.layer_count()).filter(broken).collect();
        self.overflow = snapshot.first_nonfinite.clone();
        if snapshot.step == 0 && self.broken.is_empty() {
            self.start = layers.clone();
            self.theory = snapshot.theory.clone();
        }
        if self.broken.is_empty() || self.shown.is_none() {
            self.shown = Some(snapshot);
        }
    }

    /// The layers of the run.
    pub fn layers(&self) -> Layers {
        Layers {
            count: self.shown.as_ref().map_or(0, Snapshot::layer_count),
        }
    }
}
