//! `network`: the network as columns of cells, a sample of their units, with one sample of the training set in them and the
//! gradient between them.

mod layout;
mod overview;
mod picture;
mod tell;
pub mod walk;

use crate::picture::Picture;
use crate::plot::surface::{BackendKind, Surface};
use crate::plot::theme::Theme;
use crate::scene::Scene;
use crate::scene::log_range::LogRange;
use crate::text::Table;
use gradient_flow::observe::passage::Passage;
use gradient_flow::{Config, Snapshot};
use gradient_flow_words::{Message, Words};
use layout::Layout;
use std::collections::BTreeMap;
use walk::{Stage, Told, Walk};

/// The largest number of passages that are kept for looking back.
const MAX_PASSAGES: usize = 128;

/// What the view shows of one run.
#[derive(Default)]
pub struct Network {
    /// The run since the view was opened.
    pub scene: Scene,
    /// What was seen of the sample, by step.
    passages: BTreeMap<u64, Passage>,
    /// How far a reader has walked through the step; None shows all of it.
    walk: Option<Walk>,
}

impl Network {
    /// A run of this config begins.
    pub fn begin(&mut self, config: Config) {
        self.scene.begin(config);
        self.passages.clear();
    }

    /// Takes in the next snapshot of the run, and what it brought of the sample.
    pub fn push(&mut self, snapshot: Snapshot, passage: Option<Passage>) {
        let step = snapshot.step;
        let is_same = |other: &Passage| {
            passage
                .as_ref()
                .is_some_and(|p| p.about[0] == other.about[0])
        };
        // Of another sample than the reader looks at nothing is kept.
        self.passages.retain(|_, other| is_same(other));
        if let Some(passage) = passage.filter(|p| p.sizes.len() == snapshot.layer_count() + 1) {
            self.passages.insert(step, passage);
        }
        if self.passages.len() > MAX_PASSAGES {
            let mut is_odd = false;
            self.passages.retain(|at, _| {
                is_odd = !is_odd;
                is_odd || *at == step
            });
        }
        self.scene.push(snapshot);
    }

    /// The axis of the other charts, which have seen more of the run, reaches this far.
    pub fn widen(&mut self, low: i32, high: i32) {
        self.scene
            .signal_range
            .include_range(LogRange { low, high });
    }

    /// The sample at the step that is shown, or at the last one before of which it is known.
    pub fn passage(&self) -> Option<&Passage> {
        let shown = self.scene.shown.as_ref()?;
        let known = self.passages.range(..=shown.step).next_back();
        known.map(|(_, passage)| passage)
    }

    /// How many stages the step has that is shown; 0 before the first snapshot.
    pub fn stages(&self) -> usize {
        match self.scene.layer_count() {
            0 => 0,
            layers => Stage::count(layers),
        }
    }

    /// Shows the step as far as a stage (from 0), whose signal has come so far (from 0 to 1); None shows all of it.
    pub fn walk_to(&mut self, place: Option<(usize, f64)>) {
        let layers = self.scene.layer_count();
        self.walk = place.filter(|_| layers > 0).map(|(place, progress)| Walk {
            stage: Stage::at(place, layers),
            progress,
            layers,
        });
    }

    /// What is said of a stage (from 0) of the step that is shown.
    pub fn tell_stage(&self, place: usize) -> Option<Told> {
        walk::tell(self, Stage::at(place, self.scene.layer_count()))
    }

    /// The way through the network that is shown, if it is one through this network.
    fn walk(&self) -> Option<Walk> {
        self.walk
            .filter(|walk| walk.layers == self.scene.layer_count())
    }

    fn layout(&self, size: (i32, i32)) -> Option<Layout> {
        let passage = self.passage()?;
        let focus = match self.walk().map(|walk| walk.stage) {
            None => self.scene.detail_layer(),
            Some(Stage::Input) => 0,
            Some(Stage::Forward(layer) | Stage::Backward(layer)) => layer,
            Some(Stage::Loss) => self.scene.layer_count() - 1,
            // From here on all layers are changed at once.
            Some(Stage::Clip | Stage::Decay | Stage::Update) => 0,
        };
        Layout::new(size, passage, focus)
    }

    /// What it looks like in this size.
    pub fn picture(
        &self,
        theme: &Theme,
        words: &Words,
        backend: BackendKind,
        size: (u32, u32),
    ) -> Picture {
        Picture::new(theme, words, backend, size, &|surface| self.draw(surface))
    }

    fn draw(&self, s: &Surface) {
        if let (Some(layout), Some(passage)) = (self.layout(s.size()), self.passage()) {
            picture::draw(self, passage, &layout, s);
        }
    }

    /// The view as an SVG document.
    pub fn svg(&self, theme: &Theme, words: &Words, size: (u32, u32)) -> String {
        self.picture(theme, words, BackendKind::Svg, size).svg()
    }

    /// One line on what is under a point of a picture of `size`.
    pub fn readout(&self, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
        let found = self.layout(size)?.at(at)?;
        tell::readout(self, self.passage()?, found)
    }

    /// The layer (0-based) under a point.
    pub fn layer_at(&self, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
        self.layout(size)?.layer_at(at)
    }

    /// What it shows now, in sentences.
    pub fn note(&self) -> Vec<Message> {
        tell::note(self)
    }

    /// What each of the samples is called among which a reader chooses, in the order of the training set.
    pub fn choices(&self) -> Vec<Message> {
        tell::choices(self)
    }

    /// A row for each layer.
    pub fn table(&self) -> Table {
        tell::table(self)
    }
}

#[cfg(test)]
mod tests;
