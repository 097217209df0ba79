//! A line per layer over the steps, coloured from pale (layer 1) to strong (the output layer).

use crate::plot::layer_axis::LayerAxis;
use crate::plot::line_labels::{self, LineLabel};
use crate::plot::rect::Rect;
use crate::plot::step_axis::StepAxis;
use crate::plot::surface::Surface;
use crate::plot::theme::NORMAL;
use crate::scene::Scene;
use crate::scene::log_range::{LogRange, on_log_axis};
use gradient_flow::Snapshot;
use plotters::prelude::*;

/// The largest number of lines. Of a deeper network some layers are drawn, and the selected one.
const MAX_LINES: i32 = 12;

/// Lines of one value per layer.
pub struct LayerLines {
    /// The plot.
    pub plot: Rect,
    /// The range of the vertical axis.
    pub range: LogRange,
    /// The horizontal axis.
    pub steps: StepAxis,
    /// The value of a layer (0-based) in a snapshot.
    pub value: fn(&Snapshot, usize) -> f32,
}

impl LayerLines {
    /// The points of one layer, at most one per column of pixels.
    fn points(&self, snapshots: &[Snapshot], layer: usize) -> Vec<(i32, i32)> {
        let mut points: Vec<(i32, i32)> = Vec::new();
        for snapshot in snapshots.iter().filter(|s| layer < s.layer_count()) {
            let value = (self.value)(snapshot, layer);
            let x = self.steps.x(self.plot, snapshot.step as f64);
            let is_new_column = points.last().is_none_or(|last| last.0 < x);
            if on_log_axis(value) && is_new_column && x <= self.plot.right {
                let up = self.range.clamped_position(value.into());
                points.push((x, self.plot.y(up)));
            }
        }
        points
    }

    /// Draws all lines with their labels.
    pub fn draw(&self, scene: &Scene, s: &Surface) {
        let layers = LayerAxis::for_scene(scene);
        let mut labels = Vec::new();
        if let Some(pinned) = &scene.pinned {
            let all = LayerAxis::for_scene(pinned);
            for layer in drawn_layers(pinned) {
                let points = self.points(pinned.timeline.all(), layer);
                s.dotted_line(&points, color(s, all, layer).mix(0.7));
            }
        }
        // As many labels as there is room for.
        let labelled = layers.ticks(self.plot.height(), NORMAL + 4);
        for layer in drawn_layers(scene) {
            let points = self.points(scene.timeline.all(), layer);
            let color = color(s, layers, layer);
            let selected = scene.selected == Some(layer);
            if selected || labelled.contains(&layer) {
                let label = LineLabel {
                    text: layers.tick(layer),
                    color,
                    end: points.last().map(|(_, y)| *y),
                };
                // The first is the last to be left out.
                labels.insert(if selected { 0 } else { labels.len() }, label);
            }
            if let [at] = points[..] {
                s.disc(at, 2, color);
            }
            s.line(points, color, if selected { 3 } else { 1 });
        }
        line_labels::draw_by_ends(s, self.plot, labels)
    }

    /// The layer whose line is nearest to a point, with the snapshot there.
    pub fn nearest<'s>(
        &self,
        scene: &'s Scene,
        (x, y): (f64, f64),
    ) -> Option<(usize, &'s Snapshot)> {
        if !self.plot.contains((x, y)) {
            return None;
        }
        let snapshot = scene.timeline.at(self.steps.step_at(self.plot, x))?;
        let up = self.plot.fraction_y(y);
        let distance = |layer: &usize| {
            let value = f64::from((self.value)(snapshot, *layer));
            (self.range.clamped_position(value.max(1e-300)) - up).abs()
        };
        let drawn = drawn_layers(scene)
            .into_iter()
            .filter(|layer| *layer < snapshot.layer_count());
        let nearest = drawn.min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        Some((nearest, snapshot))
    }
}

/// The layers (0-based) that get a line.
fn drawn_layers(scene: &Scene) -> Vec<usize> {
    let layers = LayerAxis::for_scene(scene);
    let mut drawn = layers.ticks(MAX_LINES * 20, 20);
    let selected = scene.selected.filter(|layer| *layer < layers.count);
    if let Some(layer) = selected.filter(|layer| !drawn.contains(layer)) {
        drawn.push(layer);
    }
    drawn
}

fn color(s: &Surface, layers: LayerAxis, layer: usize) -> RGBColor {
    s.theme
        .layer(layer as f64 / layers.count.saturating_sub(1).max(1) as f64)
}
