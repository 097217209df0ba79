//! A line per layer over the steps: from blue (layer 1) to orange (the output layer).

use crate::plot::axis::{Layers, LogRange};
use crate::plot::line_labels::{self, Name};
use crate::plot::surface::{Rect, Surface};
use crate::plot::theme::NORMAL;
use crate::scene::Scene;
use gradient_flow::Snapshot;
use plotters::prelude::*;

/// Lines at most; of more layers some are drawn, and the selected one.
const LINES: i32 = 12;

/// The layers (0-based) that get a line.
pub fn layers(scene: &Scene) -> Vec<usize> {
    let layers = scene.layers();
    let mut drawn = layers.ticks(LINES * 20, 20);
    if let Some(selected) = scene
        .selected
        .filter(|l| *l < layers.count && !drawn.contains(l))
    {
        drawn.push(selected);
    }
    drawn
}

/// Where a line is drawn.
pub struct Trace<'a> {
    /// The plot.
    pub plot: Rect,
    /// The powers of ten upwards.
    pub window: LogRange,
    /// The last step on the axis.
    pub limit: u64,
    /// The value of a layer (0-based) in a snapshot.
    pub value: &'a dyn Fn(&Snapshot, usize) -> f32,
}

impl Trace<'_> {
    /// The points of one layer, one a column of pixels at most.
    fn points(&self, snapshots: &[Snapshot], layer: usize) -> Vec<(i32, i32)> {
        let mut points: Vec<(i32, i32)> = Vec::new();
        for snapshot in snapshots.iter().filter(|s| layer < s.layer_count()) {
            let value = (self.value)(snapshot, layer);
            let x = self.plot.x(snapshot.step as f64 / self.limit as f64);
            let new = points.last().is_none_or(|last| last.0 < x);
            if value > 0.0 && value.is_finite() && new && x <= self.plot.right {
                let up = self.window.share(value.into()).clamp(0.0, 1.0);
                points.push((x, self.plot.y(up)));
            }
        }
        points
    }

    /// Draws all lines with their names.
    pub fn draw(&self, scene: &Scene, s: &Surface) {
        let all = scene.layers();
        let mut names = Vec::new();
        if let Some(pinned) = &scene.pinned {
            for layer in layers(pinned) {
                let points = self.points(pinned.timeline.all(), layer);
                s.dots(&points, color(s, pinned.layers(), layer).mix(0.7));
            }
        }
        // As many names as there is room for.
        let named = all.ticks(self.plot.height(), NORMAL + 4);
        for layer in layers(scene) {
            let points = self.points(scene.timeline.all(), layer);
            let color = color(s, all, layer);
            let selected = scene.selected == Some(layer);
            if selected || named.contains(&layer) {
                names.push(Name {
                    text: all.name(layer),
                    color: color.to_rgba(),
                    end: points.last().map(|(_, y)| *y),
                });
            }
            if let [at] = points[..] {
                s.disc(at, 2, color);
            }
            s.path(points, color, if selected { 3 } else { 1 });
        }
        line_labels::draw(s, self.plot, names)
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
        let share = (x - f64::from(self.plot.left)) / f64::from(self.plot.width());
        let snapshot = scene.timeline.at((share * self.limit as f64) as u64)?;
        let up = (f64::from(self.plot.bottom) - y) / f64::from(self.plot.height());
        let far = |layer: &usize| {
            let value = f64::from((self.value)(snapshot, *layer));
            (self.window.share(value.max(1e-300)).clamp(0.0, 1.0) - up).abs()
        };
        let drawn = layers(scene)
            .into_iter()
            .filter(|l| *l < snapshot.layer_count());
        let nearest = drawn.min_by(|a, b| far(a).total_cmp(&far(b)))?;
        Some((nearest, snapshot))
    }
}

/// A layer's colour.
fn color(s: &Surface, layers: Layers, layer: usize) -> RGBColor {
    s.theme
        .layer(layer as f64 / layers.count.saturating_sub(1).max(1) as f64)
}
