//! The axis of training steps.

use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::{NORMAL, SMALL};
use crate::scene::Scene;
use gradient_flow_words::message;

/// Steps from 0 to an end that doubles when the run reaches it, so that lines do not creep.
#[derive(Debug, Clone, Copy)]
pub struct StepAxis {
    /// The last step on the axis.
    pub end: u64,
}

impl StepAxis {
    /// The axis of a run whose last step is this one.
    fn new(last: u64) -> Self {
        StepAxis {
            end: (last + 1).next_power_of_two().max(64),
        }
    }

    /// The axis of the run on the charts.
    pub fn for_scene(scene: &Scene) -> Self {
        Self::new(scene.history.last_step())
    }

    /// The column of a step, or of a place between steps.
    pub fn x(&self, plot: Rect, step: f64) -> i32 {
        plot.x(step / self.end as f64)
    }

    /// The step at a column.
    pub fn step_at(&self, plot: Rect, x: f64) -> u64 {
        (plot.fraction_x(x) * self.end as f64) as u64
    }

    /// Step numbers under the plot, and the axis title.
    pub fn draw_below(&self, s: &Surface, plot: Rect) {
        let parts = if plot.width() > 300 { 4 } else { 2 };
        for part in 0..=parts {
            let at = (plot.x(part as f64 / parts as f64), plot.bottom + 6);
            let step = self.end * part / parts;
            s.text_where_free(step, &[(at, Anchor::Top)], SMALL, s.theme.muted);
        }
        let at = (plot.x(0.5), plot.bottom + 20);
        s.text(
            message!("chart-axis-step"),
            at,
            Anchor::Top,
            NORMAL,
            s.theme.muted,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn step_axes_double() {
        let ends = [0, 63, 64, 1000].map(|last| StepAxis::new(last).end);
        assert_eq!(ends, [64, 64, 128, 1024]);
    }
}
