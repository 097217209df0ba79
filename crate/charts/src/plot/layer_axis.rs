//! The axis of layers: each has a band, side by side as data flows through them.

use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{NORMAL, SMALL};
use crate::scene::Scene;
use gradient_flow_words::{Value, message};
use std::ops::Range;

/// Layers 1..count, each with an equal part of the plot's width (or, in `history`, of its height).
#[derive(Debug, Clone, Copy)]
pub struct LayerAxis {
    /// Number of layers, the output layer included.
    pub count: usize,
}

impl LayerAxis {
    /// The axis of the run on the charts.
    pub fn for_scene(scene: &Scene) -> Self {
        LayerAxis {
            count: scene.layer_count(),
        }
    }

    /// The center of a layer's band (0-based), from 0 to 1.
    pub fn center(&self, layer: usize) -> f64 {
        (layer as f64 + 0.5) / self.count as f64
    }

    /// The layer (0-based) at a position from 0 to 1.
    pub fn layer_at(&self, position: f64) -> usize {
        ((position * self.count as f64) as usize).min(self.count.saturating_sub(1))
    }

    /// The layer (0-based) under a point, in a plot with the layers side by side.
    pub fn layer_under(&self, plot: Rect, point: (f64, f64)) -> Option<usize> {
        let inside = plot.contains(point) && self.count > 0;
        inside.then(|| self.layer_at(plot.fraction_x(point.0)))
    }

    /// Where a place within a layer's band lies, from 0 (its left edge) to 1.
    pub fn x(&self, plot: Rect, layer: usize, place: f64) -> i32 {
        plot.x((layer as f64 + place) / self.count as f64)
    }

    /// The bands of consecutive layers (0-based).
    pub fn bands(&self, plot: Rect, layers: Range<usize>) -> Rect {
        Rect {
            left: self.x(plot, layers.start, 0.0),
            right: self.x(plot, layers.end, 0.0),
            ..plot
        }
    }

    /// A layer for an argument of a message: its number, or `output`.
    pub fn name(&self, layer: usize) -> Value {
        if layer + 1 == self.count {
            "output".into()
        } else {
            (layer + 1).into()
        }
    }

    /// A layer's name on an axis, where there is little room.
    pub fn tick(&self, layer: usize) -> Value {
        if layer + 1 == self.count {
            message!("chart-tick-output").into()
        } else {
            (layer + 1).into()
        }
    }

    /// A layer's name in a table.
    pub fn cell(&self, layer: usize) -> Value {
        if layer + 1 == self.count {
            message!("chart-cell-output").into()
        } else {
            (layer + 1).into()
        }
    }

    /// The layers (0-based) that get a label, where each needs `pitch` of `length` pixels: the first
    /// layer, the output layer, and round (or all odd) numbers between.
    pub fn ticks(&self, length: i32, pitch: i32) -> Vec<usize> {
        let Some(out) = self.count.checked_sub(1) else {
            return Vec::new();
        };
        let distance = |layers: usize| layers as i32 * length / self.count as i32;
        let stride = [1, 2, 5, 10, 20, 25, 50]
            .into_iter()
            .find(|stride| distance(*stride) >= pitch)
            .unwrap_or(100);
        let is_round = |layer: usize| {
            if stride == 2 {
                // 1, 3, 5, because layer 1 always has its label.
                layer.is_multiple_of(2)
            } else {
                (layer + 1).is_multiple_of(stride)
            }
        };
        // A round number may stand too close to the first label or to the output layer's.
        let round = (1..out).filter(|layer| {
            is_round(*layer) && distance(*layer) >= pitch && distance(out - layer) >= pitch
        });
        let mut ticks: Vec<usize> = std::iter::once(0).chain(round).collect();
        if out > 0 && (distance(out) >= pitch || self.count == 2) {
            ticks.push(out);
        }
        ticks
    }

    /// Layer numbers under the plot.
    pub fn draw_numbers(&self, s: &Surface, plot: Rect) {
        // Half of the output layer's name beside half of a number.
        let name = s.width(&message!("chart-tick-output").into(), SMALL);
        for layer in self.ticks(plot.width(), (name / 2 + 14).max(24)) {
            let at = (plot.x(self.center(layer)), plot.bottom + 6);
            let place = [(at, Anchor::Top)];
            s.text_where_free(self.tick(layer), &place, SMALL, s.theme.muted);
        }
    }

    /// Layer numbers under the plot, and the axis title.
    pub fn draw_below(&self, s: &Surface, plot: Rect) {
        self.draw_numbers(s, plot);
        let at = (plot.x(0.5), plot.bottom + 20);
        let mut title = Value::from(message!("chart-axis-layers"));
        if s.width(&title, NORMAL) > plot.width() {
            title = message!("chart-axis-layers-short").into();
        }
        s.text(title, at, Anchor::Top, NORMAL, s.theme.muted)
    }
}

/// The runs of consecutive layers for which something holds.
pub fn runs(holds: impl Iterator<Item = bool>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (i, _) in holds.enumerate().filter(|(_, holds)| *holds) {
        match runs.last_mut() {
            Some(run) if run.end == i => run.end += 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tick_labels_never_come_closer_than_their_pitch() {
        for count in 1..=101 {
            for length in [120, 260, 900] {
                let layers = LayerAxis { count };
                let ticks = layers.ticks(length, 24);
                assert_eq!(ticks[0], 0);
                for pair in ticks.windows(2) {
                    let distance = (pair[1] - pair[0]) as i32 * length / count as i32;
                    assert!(
                        distance >= 24 || count == 2,
                        "{count} layers on {length}: {ticks:?}"
                    );
                }
            }
        }
        assert_eq!(LayerAxis { count: 21 }.ticks(600, 24).last(), Some(&20));
    }

    #[test]
    fn neighbours_make_one_run() {
        let holds = [true, true, false, true, false, false, true];
        assert_eq!(runs(holds.into_iter()), [0..2, 3..4, 6..7]);
        assert_eq!(runs([false].into_iter()), []);
    }
}
