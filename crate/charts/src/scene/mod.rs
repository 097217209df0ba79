//! What the charts look at: one run, seen at one of its steps, and the run that is pinned beneath it.

pub mod history;
pub mod timeline;

use crate::plot::axis::{Layers, LogRange};
use gradient_flow::observe::snapshot::{LayerStatistics, NonFinite, TheorySignals};
use gradient_flow::theory::{Limit, limit};
use gradient_flow::{Config, Snapshot};
use history::History;
use timeline::Timeline;

/// Everything that charts show of one run.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    /// The run's config.
    pub config: Config,
    /// Step 0's statistics.
    pub start: LayerStatistics,
    /// What theory predicts for step 0; empty where it does not apply.
    pub theory: TheorySignals,
    /// Where theory says that depth leads, if it says anything.
    pub limit: Option<Limit>,
    /// The snapshot on the charts: the latest one, or the one that is travelled to; after an
    /// overflow, the last one in which all layers were finite.
    pub shown: Option<Snapshot>,
    /// The layers (0-based) whose numbers are not finite in the latest snapshot.
    pub broken: Vec<usize>,
    /// Where the run overflowed, if it did.
    pub overflow: Option<NonFinite>,
    /// The run so far, every step.
    pub history: History,
    /// The run so far, some whole snapshots.
    pub timeline: Timeline,
    /// The powers of ten on the axes of all charts of signals.
    pub window: LogRange,
    /// The powers of ten of the factors.
    pub factors: LogRange,
    /// The powers of ten of update / weight.
    pub updates: LogRange,
    /// The powers of ten of the gradient's norm.
    pub norms: LogRange,
    /// The powers of ten of the weights.
    pub sizes: LogRange,
    /// What the loss changes along the step line: the axis reaches this far up and down.
    pub line_range: f64,
    /// The layer (0-based) that is selected in all charts.
    pub selected: Option<usize>,
    /// The run that is pinned beneath this one.
    pub pinned: Option<Box<Scene>>,
    /// The latest snapshot in which all layers were finite.
    latest: Option<Snapshot>,
    latest_broken: Vec<usize>,
    latest_overflow: Option<NonFinite>,
    /// The step that is travelled to.
    travelled: Option<u64>,
}

impl Scene {
    /// A run of this config that has not begun.
    pub fn new(config: Config) -> Self {
        Scene {
            limit: limit(&config),
            config,
            factors: LogRange { low: -1, high: 1 },
            updates: LogRange { low: -8, high: 0 },
            norms: LogRange { low: -3, high: 2 },
            sizes: LogRange { low: -2, high: 1 },
            ..Scene::default()
        }
    }

    /// Another run begins; what is pinned and which layer is selected stays.
    pub fn begin(&mut self, config: Config) {
        *self = Scene {
            pinned: self.pinned.take(),
            selected: self.selected,
            ..Scene::new(config)
        };
    }

    /// Takes in the next snapshot of the run. One of the same step brings what was asked for since.
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
        layers
            .update_ratio
            .iter()
            .for_each(|ratio| self.updates.hold(*ratio));
        layers.w_rms.iter().for_each(|rms| self.sizes.hold(*rms));
        for (norm, coefficient) in snapshot
            .log
            .grad_norm
            .iter()
            .zip(&snapshot.log.clip_coefficient)
        {
            self.norms.hold(*norm);
            self.norms.hold(norm * coefficient);
        }
        for array in [
            &layers.weight_factor,
            &layers.residual_factor,
            &layers.activation_factor,
            &layers.norm_factor,
        ] {
            array
                .iter()
                .for_each(|value| self.factors.hold_around_1(*value));
        }
        for l in 1..snapshot.layer_count() {
            self.factors
                .hold_around_1(layers.delta_rms[l - 1] / layers.delta_rms[l]);
        }
        self.hold_line(&snapshot);
        let signals = [&layers.dw_rms, &layers.delta_rms, &layers.a_rms];
        let broken = |l: &usize| signals.iter().any(|signal| !signal[*l].is_finite());
        self.latest_broken = (0..snapshot.layer_count()).filter(broken).collect();
        self.latest_overflow = snapshot.first_nonfinite.clone();
        if snapshot.step == 0 && self.latest_broken.is_empty() {
            self.start = layers.clone();
            self.theory = snapshot.theory.clone();
        }
        if self.latest_broken.is_empty() || self.latest.is_none() {
            self.timeline.push(&snapshot);
            self.latest = Some(snapshot);
        }
        self.look();
    }

    /// The step line's axis grows at once and shrinks only by far, in round numbers.
    fn hold_line(&mut self, snapshot: &Snapshot) {
        let line = &snapshot.step_line;
        let near = line.t.iter().zip(&line.loss_change);
        let most = near
            .filter(|(t, change)| **t <= 2.0 && change.is_finite())
            .fold(0.0, |most, (_, change)| f64::from(change.abs()).max(most));
        if most > self.line_range || most < self.line_range / 5.0 && most > 0.0 {
            let decade = libm::exp10(libm::log10(most).floor());
            let round = [1.0, 2.0, 5.0, 10.0]
                .into_iter()
                .find(|r| r * decade >= most);
            self.line_range = round.unwrap_or(10.0) * decade;
        }
    }

    /// Takes all charts to a step of the run; None goes on with the latest.
    pub fn travel(&mut self, step: Option<u64>) {
        self.travelled = step;
        self.look();
    }

    /// Is an earlier step on the charts?
    pub fn is_travelling(&self) -> bool {
        self.travelled.is_some()
    }

    fn look(&mut self) {
        let back = self.travelled.and_then(|step| self.timeline.at(step));
        self.shown = back.or(self.latest.as_ref()).cloned();
        // Back in time everything was finite.
        let now = back.is_none();
        self.broken = if now {
            self.latest_broken.clone()
        } else {
            Vec::new()
        };
        self.overflow = self.latest_overflow.clone().filter(|_| now);
    }

    /// Pins the run as it is now beneath the runs to come.
    pub fn pin(&mut self) {
        let mut run = self.clone();
        run.pinned = None;
        run.travel(None);
        self.pinned = Some(Box::new(run));
    }

    /// Forgets the pinned run.
    pub fn unpin(&mut self) {
        self.pinned = None;
    }

    /// The pinned run at the step that is shown, or at its end.
    pub fn pinned_shown(&self) -> Option<&Snapshot> {
        let step = self.shown.as_ref()?.step;
        let pinned = self.pinned.as_ref()?;
        match pinned.latest.as_ref() {
            Some(latest) if latest.step <= step => Some(latest),
            _ => pinned.timeline.at(step),
        }
    }

    /// The layer (0-based) whose details are shown: the selected one, or the first.
    pub fn detailed(&self) -> usize {
        let last = self.layers().count.saturating_sub(1);
        self.selected.unwrap_or(0).min(last)
    }

    /// The layers of the run.
    pub fn layers(&self) -> Layers {
        Layers {
            count: self.shown.as_ref().map_or(0, Snapshot::layer_count),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(step: u64, dw: f32) -> Snapshot {
        let mut snapshot = Snapshot {
            step,
            ..Snapshot::default()
        };
        for array in [
            &mut snapshot.layers.dw_rms,
            &mut snapshot.layers.delta_rms,
            &mut snapshot.layers.a_rms,
        ] {
            *array = vec![dw; 3];
        }
        snapshot
    }

    fn step(scene: &Scene) -> Option<u64> {
        scene.shown.as_ref().map(|s| s.step)
    }

    #[test]
    fn charts_travel_back_and_on() {
        let mut scene = Scene::default();
        for step in [0, 10, 20] {
            scene.push(snapshot(step, 1.0));
        }
        scene.travel(Some(13));
        assert_eq!(step(&scene), Some(10));
        scene.push(snapshot(30, 1.0));
        assert_eq!(step(&scene), Some(10), "the run goes on behind");
        scene.push(snapshot(31, f32::NAN));
        assert!(scene.broken.is_empty());
        scene.travel(None);
        assert_eq!((step(&scene), scene.broken.len()), (Some(30), 3));
    }

    #[test]
    fn a_pinned_run_stays_and_is_seen_at_the_step_of_the_live_one() {
        let mut scene = Scene::default();
        for step in [0, 10, 20] {
            scene.push(snapshot(step, 1.0));
        }
        scene.pin();
        scene.begin(Config::from_query("depth=2").unwrap());
        assert!(scene.shown.is_none() && scene.pinned_shown().is_none());
        for (live, pinned) in [(0, 0), (12, 10), (50, 20)] {
            scene.push(snapshot(live, 2.0));
            assert_eq!(scene.pinned_shown().map(|s| s.step), Some(pinned));
        }
        scene.unpin();
        assert!(scene.pinned.is_none());
    }

    #[test]
    fn the_step_lines_axis_does_not_jump() {
        let mut scene = Scene::default();
        let mut line = |change: f32| {
            let mut snapshot = snapshot(1, 1.0);
            snapshot.step_line.t = vec![0.0, 1.0, 3.0];
            snapshot.step_line.loss_change = vec![0.0, change, 1e9];
            scene.push(snapshot);
            scene.line_range
        };
        assert!((line(0.3) - 0.5).abs() < 1e-12);
        assert!((line(-0.1) - 0.5).abs() < 1e-12);
        assert!((line(0.51) - 1.0).abs() < 1e-12);
        assert!((line(0.01) - 0.01).abs() < 1e-12);
    }
}
