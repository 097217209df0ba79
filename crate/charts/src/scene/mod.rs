//! What the charts show: one run, seen at one of its steps, and the run that is pinned for comparison.

pub mod guess;
pub mod history;
pub mod log_range;
pub mod timeline;
pub mod trials;

use gradient_flow::observe::snapshot::{
    Histograms, LayerStatistics, NonFinite, TheorySignals, VALUE_BINS,
};
use gradient_flow::theory::{Limit, limit};
use gradient_flow::{Config, Snapshot};
use guess::Guess;
use history::History;
use log_range::LogRange;
use timeline::Timeline;
use trials::Trials;

/// Everything that the charts show of one run.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    /// The run's config.
    pub config: Config,
    /// The statistics of step 0.
    pub initial: LayerStatistics,
    /// What theory predicts for step 0; empty where it does not apply.
    pub theory: TheorySignals,
    /// What theory predicts deep in the network, if it predicts anything.
    pub depth_limit: Option<Limit>,
    /// The snapshot on the charts: the latest one, or the one scrubbed to. After an overflow it is the
    /// last one in which every layer was finite.
    pub shown: Option<Snapshot>,
    /// The layers (0-based) with non-finite numbers in the latest snapshot.
    pub nonfinite_layers: Vec<usize>,
    /// Where the run overflowed, if it did.
    pub overflow: Option<NonFinite>,
    /// The run so far, every step.
    pub history: History,
    /// The run so far, a selection of whole snapshots.
    pub timeline: Timeline,
    /// The axis range of all charts of signals (dW, delta, a).
    pub signal_range: LogRange,
    /// The axis range of the factors.
    pub factor_range: LogRange,
    /// The axis range of update / weight.
    pub update_range: LogRange,
    /// The axis range of the gradient's norm.
    pub norm_range: LogRange,
    /// The axis range of the weights' RMS.
    pub weight_range: LogRange,
    /// The axis of the step line reaches this far up and down, as a change of the loss.
    pub loss_change_range: f64,
    /// The layer (0-based) that is selected in all charts.
    pub selected: Option<usize>,
    /// What trials of changes of its config have found.
    pub trials: Trials,
    /// The run that is pinned for comparison; charts draw it dotted.
    pub pinned: Option<Box<Scene>>,
    /// What the reader guesses of dW in `signals`, before the truth is shown.
    pub guess: Option<Guess>,
    /// How far `signals` still is on the way from the kept run's lines (1) to this run's (0).
    pub morph_left: f64,
    /// The last histograms of a, z and u, for the snapshots that come without (its `dw` is empty).
    last_histograms: Histograms,
    /// The latest snapshot in which every layer was finite.
    latest: Option<Snapshot>,
    latest_nonfinite_layers: Vec<usize>,
    latest_overflow: Option<NonFinite>,
    /// The step that the charts were scrubbed to; None follows the run.
    scrubbed_to: Option<u64>,
}

impl Scene {
    /// A run of this config that has not begun.
    pub fn new(config: Config) -> Self {
        Scene {
            depth_limit: limit(&config),
            config,
            factor_range: LogRange { low: -1, high: 1 },
            update_range: LogRange { low: -8, high: 0 },
            norm_range: LogRange { low: -3, high: 2 },
            weight_range: LogRange { low: -2, high: 1 },
            ..Scene::default()
        }
    }

    /// Another run begins. What is pinned, what is guessed and which layer is selected stays; so do the axes of what is pinned, since
    /// both are on the same axes.
    pub fn begin(&mut self, config: Config) {
        *self = Scene {
            pinned: self.pinned.take(),
            selected: self.selected,
            guess: self.guess.take(),
            ..Scene::new(config)
        };
        if let Some(pinned) = &self.pinned {
            self.signal_range.include_range(pinned.signal_range);
            self.factor_range.include_range(pinned.factor_range);
            self.update_range.include_range(pinned.update_range);
            self.norm_range.include_range(pinned.norm_range);
            self.weight_range.include_range(pinned.weight_range);
        }
    }

    /// `signals` draws its lines on the way from the kept run's (0) to this run's (1), until the next run begins.
    pub fn morph(&mut self, progress: f64) {
        // NaN is the end of the way, too.
        self.morph_left = (1.0 - progress).clamp(0.0, 1.0).max(0.0);
    }

    /// Takes in the next snapshot of the run. A second one of the same step replaces the first: it
    /// brings what has been requested since.
    pub fn push(&mut self, mut snapshot: Snapshot) {
        self.complete_histograms(&mut snapshot.histograms, snapshot.layers.dw_rms.len());
        self.history.push(&snapshot);
        self.widen_ranges(&snapshot);
        let layers = &snapshot.layers;
        let signals = [&layers.dw_rms, &layers.delta_rms, &layers.a_rms];
        let is_nonfinite = |l: &usize| signals.iter().any(|signal| !signal[*l].is_finite());
        self.latest_nonfinite_layers = (0..snapshot.layer_count()).filter(is_nonfinite).collect();
        self.latest_overflow = snapshot.first_nonfinite.clone();
        let finite = self.latest_nonfinite_layers.is_empty();
        if snapshot.step == 0 && finite {
            self.initial = layers.clone();
            self.theory = snapshot.theory.clone();
        }
        if finite || self.latest.is_none() {
            self.timeline.push(&snapshot);
            self.latest = Some(snapshot);
        }
        self.update_shown();
    }

    /// Between evaluations, snapshots come without the histograms of a, z and u unless these were
    /// requested; the last ones stand in for them, so that no chart is empty for a moment.
    fn complete_histograms(&mut self, histograms: &mut Histograms, layers: usize) {
        let last = &mut self.last_histograms;
        let (from, to) = if histograms.u.is_empty() {
            (&*last, histograms)
        } else {
            (&*histograms, last)
        };
        if from.u.len() == layers * VALUE_BINS {
            to.a.clone_from(&from.a);
            to.z.clone_from(&from.z);
            to.u.clone_from(&from.u);
        }
    }

    /// Widens the axes to include what a snapshot shows.
    fn widen_ranges(&mut self, snapshot: &Snapshot) {
        let (layers, log) = (&snapshot.layers, &snapshot.log);
        let widen = |range: &mut LogRange, values: &[f32]| {
            values.iter().for_each(|value| range.include(*value));
        };
        for signal in [
            &layers.dw_rms,
            &layers.delta_rms,
            &layers.a_rms,
            &log.dw_rms,
        ] {
            widen(&mut self.signal_range, signal);
        }
        widen(&mut self.update_range, &layers.update_ratio);
        widen(&mut self.weight_range, &layers.w_rms);
        for (norm, coefficient) in log.grad_norm.iter().zip(&log.clip_coefficient) {
            widen(&mut self.norm_range, &[*norm, norm * coefficient]);
        }
        for factor in [
            &layers.weight_factor,
            &layers.residual_factor,
            &layers.activation_factor,
            &layers.norm_factor,
        ] {
            for value in factor {
                self.factor_range.include_symmetric(*value);
            }
        }
        for pair in layers.delta_rms.windows(2) {
            self.factor_range.include_symmetric(pair[0] / pair[1]);
        }
        self.fit_loss_change_range(snapshot);
    }

    /// Fits the step line's axis, in round numbers. It grows at once and shrinks only where the line has
    /// become much flatter: an axis that moved with every step could not be read.
    fn fit_loss_change_range(&mut self, snapshot: &Snapshot) {
        let line = &snapshot.step_line;
        let near = line.t.iter().zip(&line.loss_change);
        let largest = near
            .filter(|(t, change)| **t <= 2.0 && change.is_finite())
            .fold(0.0, |largest, (_, change)| {
                f64::from(change.abs()).max(largest)
            });
        let range = self.loss_change_range;
        if largest > range || largest < range / 5.0 && largest > 0.0 {
            let decade = libm::exp10(libm::log10(largest).floor());
            let round = [1.0, 2.0, 5.0, 10.0]
                .into_iter()
                .find(|r| r * decade >= largest);
            self.loss_change_range = round.unwrap_or(10.0) * decade;
        }
    }

    /// Shows a step of the past in all charts; None follows the run again.
    pub fn scrub_to(&mut self, step: Option<u64>) {
        self.scrubbed_to = step;
        self.update_shown();
    }

    /// Do the charts show a step that was scrubbed to?
    pub fn is_scrubbed(&self) -> bool {
        self.scrubbed_to.is_some()
    }

    fn update_shown(&mut self) {
        let past = self.scrubbed_to.and_then(|step| self.timeline.at(step));
        self.shown = past.or(self.latest.as_ref()).cloned();
        // The timeline holds finite snapshots only, so an overflow is marked on the latest one alone. What is hidden is
        // not given away by its marks.
        let is_latest = past.is_none() && !self.is_hidden();
        self.nonfinite_layers = if is_latest {
            self.latest_nonfinite_layers.clone()
        } else {
            Vec::new()
        };
        self.overflow = self.latest_overflow.clone().filter(|_| is_latest);
    }

    /// Keeps the run as it is now, to compare later runs with it.
    pub fn pin(&mut self) {
        let mut run = self.clone();
        run.pinned = None;
        run.scrub_to(None);
        self.pinned = Some(Box::new(run));
    }

    /// Removes the pinned run.
    pub fn unpin(&mut self) {
        self.pinned = None;
    }

    /// The pinned run at the step that is shown, or at its end.
    pub fn pinned_snapshot(&self) -> Option<&Snapshot> {
        let step = self.shown.as_ref()?.step;
        let pinned = self.pinned.as_ref()?;
        match pinned.latest.as_ref() {
            Some(latest) if latest.step <= step => Some(latest),
            _ => pinned.timeline.at(step),
        }
    }

    /// The layer (0-based) whose details are shown: the selected one, or the first.
    pub fn detail_layer(&self) -> usize {
        let last = self.layer_count().saturating_sub(1);
        self.selected.unwrap_or(0).min(last)
    }

    /// Layers of the run, the output layer included; 0 before its first snapshot.
    pub fn layer_count(&self) -> usize {
        self.shown.as_ref().map_or(0, Snapshot::layer_count)
    }
}

#[cfg(test)]
mod tests;
