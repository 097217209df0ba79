//! `history`: every layer's dW over all steps, as a heat map on a fixed scale.

use crate::charts::Need;
use crate::plot::annotations;
use crate::plot::colorbar;
use crate::plot::layer_axis::LayerAxis;
use crate::plot::layout::{axis_title, plot_area, stacked, tick_label};
use crate::plot::rect::Rect;
use crate::plot::step_axis::StepAxis;
use crate::plot::surface::Surface;
use crate::plot::text_placement::Anchor;
use crate::plot::theme::SMALL;
use crate::scene::Scene;
use crate::scene::history::{Column, History};
use crate::text::{Table, value};
use gradient_flow::numeric::format::ten_to;
use gradient_flow_words::{Message, Value, message};
use plotters::prelude::*;

/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = true;

fn plot(size: (i32, i32)) -> Rect {
    plot_area(size, if size.0 > 260 { colorbar::WIDTH } else { 20 })
}

/// The live run's part of the plot, and the pinned run's with its history.
fn parts(scene: &Scene, plot: Rect) -> (Rect, Option<(Rect, &History)>) {
    match &scene.pinned {
        None => (plot, None),
        Some(pinned) => {
            let (upper, lower) = stacked(plot, 50);
            (upper, Some((lower, &pinned.history)))
        }
    }
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let plot = plot(s.size());
    let (layers, history) = (LayerAxis::for_scene(scene), &scene.history);
    if layers.count == 0 {
        return;
    }
    let steps = StepAxis::for_scene(scene);
    s.fill_rect(plot, s.theme.grid.mix(0.3));
    let (upper, pinned) = parts(scene, plot);
    heat_map(scene, s, upper, history);
    if let Some((lower, pinned)) = pinned {
        heat_map(scene, s, lower, pinned);
        let at = (lower.left + 3, lower.top - 8);
        let name = message!("chart-line-pinned");
        s.text(name, at, Anchor::Left, SMALL, s.theme.muted);
    }
    if let Some(layer) = scene.selected.filter(|l| *l < layers.count) {
        let edge = |layer: usize| upper.y(layer as f64 / layers.count as f64);
        for y in [edge(layer), edge(layer + 1)] {
            s.line(vec![(plot.left, y), (plot.right, y)], s.theme.ink, 1);
        }
    }
    annotations::scrubbed_step(scene, s, plot, steps);
    let is_nonfinite = |c: &Column| c.dw_rms.iter().any(|v| !v.is_finite());
    if let Some(column) = history.columns.iter().position(is_nonfinite) {
        let step = column as f64 * history.width as f64;
        annotations::nonfinite_step(s, plot, steps.x(plot, step));
    }
    axis_title(s, plot, message!("chart-axis-layer"));
    for layer in layers.ticks(upper.height(), 14) {
        let y = upper.y(layers.center(layer));
        tick_label(s, plot, y, layers.tick(layer));
    }
    steps.draw_below(s, plot);
    let range = scene.signal_range;
    if s.size().0 - plot.right < colorbar::WIDTH {
        let ends = [range.low, range.high].map(|exponent| ten_to(exponent).into());
        return colorbar::draw_above(s, plot, ends);
    }
    let ticks = range.ticks(plot.height(), 20).into_iter().map(|exponent| {
        let position = range.position(10f64.powi(exponent));
        (position, ten_to(exponent).into())
    });
    colorbar::draw(
        s,
        plot,
        ticks,
        (message!("chart-history-scale"), s.theme.dw),
    )
}

/// The steps of one run, on the live run's axis of steps: a longer pinned run is cut off.
fn heat_map(scene: &Scene, s: &Surface, plot: Rect, history: &History) {
    let color = |value: f32| match value {
        v if !v.is_finite() => s.theme.ink,
        0.0 => s.theme.ground,
        v => s.theme.heat(scene.signal_range.position(v.into())),
    };
    let end = StepAxis::for_scene(scene).end;
    let layer_count = history.columns.first().map_or(1, |c| c.dw_rms.len());
    let done = (history.steps as f64 / end as f64).min(1.0);
    let filled = Rect {
        right: plot.x(done).max(plot.left + 1),
        ..plot
    };
    // A column stays as it is while the run goes on, so that the picture changes only where it grows.
    let (columns, width) = (filled.width() as usize, plot.width() as u64);
    let last = history.steps.min(end).saturating_sub(1);
    s.heat_map(filled, (columns, layer_count), |column, layer| {
        let step = (column as u64 * end / width).min(last);
        let values = history.column(step).map(|c| &c.dw_rms)?;
        values.get(layer).map(|v| color(*v))
    });
}

/// Where the axis of steps lies: its left and right end, and the step at the right one.
pub fn step_axis(scene: &Scene, size: (i32, i32)) -> (i32, i32, u64) {
    let plot = plot(size);
    (plot.left, plot.right, StepAxis::for_scene(scene).end)
}

/// The step and the layer under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
    let plot = plot(size);
    let (upper, pinned) = parts(scene, plot);
    let pinned = pinned.filter(|(lower, _)| lower.contains(at));
    let (part, history) = pinned.unwrap_or((upper, &scene.history));
    if !part.contains(at) {
        return None;
    }
    let step = StepAxis::for_scene(scene).step_at(plot, at.0);
    let column = history.column(step)?;
    let layers = LayerAxis {
        count: column.dw_rms.len(),
    };
    let layer = layers.layer_at(part.fraction_y(at.1));
    let first = step / history.width * history.width;
    let dw = value((*column.dw_rms.get(layer)?).into());
    let layer = layers.name(layer);
    Some(match pinned {
        Some(_) => message!(
            "chart-history-readout-pinned",
            step = first,
            layer = layer,
            dw = dw
        ),
        None => message!(
            "chart-history-readout",
            step = first,
            layer = layer,
            dw = dw
        ),
    })
}

/// The layer under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    let (upper, _) = parts(scene, plot(size));
    let layers = LayerAxis::for_scene(scene);
    (upper.contains(at) && layers.count > 0).then(|| layers.layer_at(upper.fraction_y(at.1)))
}

/// Which step is shown, if it is not the latest, and where the pinned run is.
pub fn note(scene: &Scene) -> Vec<Message> {
    let mut note = Vec::new();
    if let Some(shown) = scene.shown.as_ref().filter(|_| scene.is_scrubbed()) {
        let last = scene.history.last_step();
        note.push(message!(
            "chart-history-viewing",
            step = shown.step,
            last = last
        ));
    }
    if scene.pinned.is_some() {
        note.push(message!("chart-history-pinned"));
    }
    note
}

/// All layers at a few steps.
pub fn table(scene: &Scene) -> Table {
    let history = &scene.history;
    let steps: Vec<u64> = match history.last_step() {
        0 => vec![0],
        last => (0..=4).map(|part| last * part / 4).collect(),
    };
    let mut table = Table::new([message!("chart-column-layer")]);
    table.columns.extend(steps.iter().map(|step| {
        let first = step / history.width * history.width;
        Value::from(message!("chart-history-column", step = first))
    }));
    let layers = LayerAxis::for_scene(scene);
    for layer in 0..layers.count {
        let entry = |step: &u64| {
            let dw_rms = history.column(*step).and_then(|c| c.dw_rms.get(layer));
            dw_rms.map_or(Value::default(), |v| value((*v).into()))
        };
        let row = std::iter::once(layers.cell(layer)).chain(steps.iter().map(entry));
        table.rows.push(row.collect());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::surface::BackendKind;
    use crate::plot::theme::Theme;
    use gradient_flow::{Config, Session};
    use gradient_flow_words::Words;

    #[test]
    fn what_is_drawn_stays_while_the_run_goes_on() {
        let config = Config::from_query("data=circle&depth=3&width=4").unwrap();
        let mut session = Session::<f32>::new(config.clone(), None).unwrap();
        let mut scene = Scene::new(config);
        session.advance(600);
        scene.push(session.snapshot(false));
        let drawn = |scene: &Scene| {
            let words = Words::english();
            let theme = Theme::default_for(false);
            let s = Surface::new((400, 200), theme, &words, BackendKind::Svg);
            heat_map(scene, &s, s.whole(), &scene.history);
            s.rects()
        };
        let before = drawn(&scene);
        let edge = before.iter().map(|(area, _)| area.right).max();
        session.advance(7);
        scene.push(session.snapshot(false));
        let after = drawn(&scene);
        // Neighbours of one colour are one rectangle, which may have grown at the edge.
        let inner = before.iter().filter(|(area, _)| Some(area.right) < edge);
        assert!(inner.clone().count() > 100);
        assert!(inner.clone().all(|rect| after.contains(rect)));
    }
}
