//! `factors`: what multiplies the backward signal on its way from each layer to the one below.

use crate::charts::Need;
use crate::plot::annotations;
use crate::plot::layer_axis::LayerAxis;
use crate::plot::layer_profile;
use crate::plot::layout::{axis_title, plot_area};
use crate::plot::line_labels::{self, LineLabel};
use crate::plot::log_axis;
use crate::plot::rect::Rect;
use crate::plot::surface::Surface;
use crate::scene::Scene;
use crate::text::{Table, layer_value, value};
use gradient_flow::Snapshot;
use gradient_flow::config::Norm;
use gradient_flow::numeric::format::factor_label;
use gradient_flow_words::{Message, Value, message};
use plotters::prelude::*;

/// What must be requested of the worker while the chart is shown.
pub const NEEDS: &[Need] = &[];
/// Whether a page shows it before its reader chooses.
pub const SHOWN_BY_DEFAULT: bool = false;

/// A factor's line: its name, its values per layer, its colour, its stroke.
type Line = (Message, Vec<f32>, RGBColor, u32);

fn plot(size: (i32, i32)) -> Rect {
    plot_area(size, if size.0 > 420 { 100 } else { 14 })
}

/// By how much each layer multiplies delta: the product of all its factors. It is computed as the ratio that it is, for
/// where weights pass nothing and the residual path does, the factors are 0 and infinite.
fn product(snapshot: &Snapshot) -> Vec<f32> {
    let delta = &snapshot.layers.delta_rms;
    let ratio = |pair: &[f32]| match pair[0] {
        0.0 => 0.0,
        below => (f64::from(below) / f64::from(pair[1])) as f32,
    };
    let pairs = delta.windows(2).take(hidden_count(snapshot));
    pairs.map(ratio).collect()
}

/// The number of layers that have factors: the output layer has none.
fn hidden_count(snapshot: &Snapshot) -> usize {
    let known = snapshot.layers.weight_factor.len();
    snapshot.layer_count().min(known).saturating_sub(1)
}

/// The lines of the factors that this config has, the product first.
fn lines(scene: &Scene, snapshot: &Snapshot, s: &Surface) -> Vec<Line> {
    let (layers, theme) = (&snapshot.layers, s.theme);
    let hidden = |values: &[f32]| values[..hidden_count(snapshot)].to_vec();
    let mut lines = vec![
        (
            message!("chart-factors-line-product"),
            product(snapshot),
            theme.delta,
            3,
        ),
        (
            message!("chart-factors-line-weights"),
            hidden(&layers.weight_factor),
            theme.weight,
            1,
        ),
        (
            message!("chart-factors-line-slope"),
            hidden(&layers.activation_factor),
            theme.derivative,
            1,
        ),
    ];
    if scene.config.residual {
        let name = message!("chart-factors-line-residual");
        lines.push((name, hidden(&layers.residual_factor), theme.negative, 1));
    }
    if scene.config.norm != Norm::None {
        let name = message!("chart-factors-line-norm");
        lines.push((name, hidden(&layers.norm_factor), theme.muted, 1));
    }
    lines
}

/// The points of a factor. The output layer has its band on the axis, but no factor.
fn segments(scene: &Scene, plot: Rect, values: &[f32]) -> Vec<Vec<(i32, i32)>> {
    let layers = LayerAxis {
        count: values.len() + 1,
    };
    layer_profile::segments(plot, layers, scene.factor_range, values)
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let plot = plot(s.size());
    let Some(shown) = &scene.shown else {
        return;
    };
    let layers = LayerAxis::for_scene(scene);
    annotations::selected_layer(scene, s, plot);
    log_axis::draw_factors(s, plot, scene.factor_range);
    axis_title(s, plot, message!("chart-axis-factor"));
    layers.draw_below(s, plot);
    let theory = &scene.theory.delta_rms;
    let predicted: Vec<f32> = theory.windows(2).map(|pair| pair[0] / pair[1]).collect();
    for points in segments(scene, plot, &predicted) {
        s.dashed_line(&points, s.theme.ink.mix(0.8));
    }
    if let Some(pinned) = scene.pinned_snapshot() {
        for points in segments(scene, plot, &product(pinned)) {
            s.dotted_line(&points, s.theme.ink);
        }
    }
    let lines = lines(scene, shown, s);
    let pitch = plot.width() / layers.count.max(1) as i32;
    for (_, values, color, stroke) in lines.iter().rev() {
        let marker = if *stroke > 1 { 4 } else { 2 };
        let style = (color.to_rgba(), *stroke, marker);
        layer_profile::draw(s, segments(scene, plot, values), pitch, style);
    }
    // Over the lines, which would strike its words through.
    annotations::nonfinite_layers(scene, s, plot);
    let labels = lines.iter().map(|(text, values, color, _)| LineLabel {
        text: text.clone().into(),
        color: *color,
        end: segments(scene, plot, values)
            .last()
            .and_then(|points| points.last().map(|(_, y)| *y)),
    });
    line_labels::draw(s, plot, labels.collect())
}

/// What is said of factors.
enum Equation {
    /// Their product is 0.
    Nothing,
    /// It is not finite.
    NotFinite,
    /// The weights pass nothing, and the residual connection does.
    Residual {
        slope: Value,
        norm: Value,
        product: Value,
    },
    /// All factors. The residual connection's and the normalization's are "none" where there is none.
    All {
        weights: Value,
        slope: Value,
        residual: Value,
        norm: Value,
        product: Value,
    },
}

/// The factors for a sentence. `value` picks or averages a factor's values.
fn equation(scene: &Scene, snapshot: &Snapshot, value: impl Fn(&[f32]) -> f64) -> Equation {
    let layers = &snapshot.layers;
    let product = value(&product(snapshot));
    if product == 0.0 {
        return Equation::Nothing;
    }
    if !product.is_finite() {
        return Equation::NotFinite;
    }
    let factor = |values: &[f32]| Value::from(factor_label(value(values)));
    let if_any = |any: bool, values: &[f32]| if any { factor(values) } else { "none".into() };
    let slope = factor(&layers.activation_factor);
    let norm = if_any(scene.config.norm != Norm::None, &layers.norm_factor);
    let (weights, residual) = (value(&layers.weight_factor), value(&layers.residual_factor));
    let product = factor_label(product).into();
    if weights == 0.0 || !residual.is_finite() {
        return Equation::Residual {
            slope,
            norm,
            product,
        };
    }
    Equation::All {
        weights: factor(&layers.weight_factor),
        slope,
        residual: if_any(scene.config.residual, &layers.residual_factor),
        norm,
        product,
    }
}

/// The factors of the layer under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<Message> {
    let layer = layer_at(scene, size, at)?;
    let shown = scene.shown.as_ref()?;
    if layer >= hidden_count(shown) {
        return Some(message!("chart-factors-readout-output"));
    }
    let above = LayerAxis::for_scene(scene).name(layer + 1);
    let number = layer + 1;
    let equation = equation(scene, shown, |values| values[layer].into());
    Some(match equation {
        Equation::Nothing => {
            message!(
                "chart-factors-readout-nothing",
                above = above,
                layer = number
            )
        }
        Equation::NotFinite => {
            message!(
                "chart-factors-readout-not-finite",
                above = above,
                layer = number
            )
        }
        Equation::Residual {
            slope,
            norm,
            product,
        } => message!(
            "chart-factors-readout-residual",
            above = above,
            layer = number,
            slope = slope,
            norm = norm,
            product = product
        ),
        Equation::All {
            weights,
            slope,
            residual,
            norm,
            product,
        } => message!(
            "chart-factors-readout",
            above = above,
            layer = number,
            weights = weights,
            slope = slope,
            residual = residual,
            norm = norm,
            product = product
        ),
    })
}

/// The layer under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    LayerAxis::for_scene(scene).layer_under(plot(size), at)
}

/// The factors' geometric means over the hidden layers below the last (as far as anything gets back through them), from
/// which layer down nothing does, and what the dotted line is.
pub fn note(scene: &Scene) -> Vec<Message> {
    let mut note = Vec::new();
    if let Some(shown) = &scene.shown {
        note.extend(average(scene, shown));
        note.extend(cut(shown));
    }
    if scene.pinned_snapshot().is_some() {
        note.push(message!("chart-factors-pinned"));
    }
    note
}

/// The layers below the last hidden one that change delta.
fn averaged_count(shown: &Snapshot) -> usize {
    hidden_count(shown).saturating_sub(1)
}

/// The highest layer in which delta is exactly 0, and with it in all below.
fn cut(shown: &Snapshot) -> Option<Message> {
    let steps = product(shown);
    let layer = steps[..averaged_count(shown)]
        .iter()
        .rposition(|step| *step == 0.0)?;
    Some(message!("chart-factors-cut", layer = layer + 1))
}

fn average(scene: &Scene, shown: &Snapshot) -> Option<Message> {
    let end = averaged_count(shown);
    // Where delta leaves the range that float32 holds exactly, its factors are rounding.
    let delta = &shown.layers.delta_rms[..end];
    let lost = delta.iter().rposition(|delta| *delta < f32::MIN_POSITIVE);
    let start = lost.map_or(0, |layer| layer + 1);
    if start == end {
        return None;
    }
    let geometric_mean = |values: &[f32]| {
        let mut sum = 0.0;
        for value in &values[start..end] {
            sum += libm::log(f64::from(*value));
        }
        libm::exp(sum / (end - start) as f64)
    };
    Some(match equation(scene, shown, geometric_mean) {
        // The mean of factors that are not 0 is 0 only where it leaves the range of f64.
        Equation::Nothing | Equation::NotFinite => message!("chart-factors-average-not-finite"),
        Equation::Residual {
            slope,
            norm,
            product,
        } => message!(
            "chart-factors-average-residual",
            slope = slope,
            norm = norm,
            product = product
        ),
        Equation::All {
            weights,
            slope,
            residual,
            norm,
            product,
        } => message!(
            "chart-factors-average",
            weights = weights,
            slope = slope,
            residual = residual,
            norm = norm,
            product = product
        ),
    })
}

/// All layers in numbers.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new([
        message!("chart-factors-column-layer"),
        message!("chart-factors-column-weights"),
        message!("chart-factors-column-residual"),
        message!("chart-factors-column-slope"),
        message!("chart-factors-column-norm"),
        message!("chart-factors-column-product"),
        message!("chart-factors-column-theory"),
    ]);
    let Some(shown) = &scene.shown else {
        return table;
    };
    let (layers, product) = (&shown.layers, product(shown));
    let theory = &scene.theory.delta_rms;
    for layer in 0..hidden_count(shown) {
        let entry = |values: &[f32]| layer_value(values, layer);
        let predicted = match theory.get(layer + 1) {
            Some(above) => value(f64::from(theory[layer]) / f64::from(*above)),
            None => Value::default(),
        };
        table.rows.push(vec![
            LayerAxis::for_scene(scene).cell(layer),
            entry(&layers.weight_factor),
            entry(&layers.residual_factor),
            entry(&layers.activation_factor),
            entry(&layers.norm_factor),
            entry(&product),
            predicted,
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(delta: &[f32], slope: &[f32]) -> String {
        let mut shown = Snapshot::default();
        let layers = &mut shown.layers;
        for array in [
            &mut layers.dw_rms,
            &mut layers.a_rms,
            &mut layers.weight_factor,
            &mut layers.residual_factor,
            &mut layers.norm_factor,
        ] {
            *array = vec![1.0; delta.len()];
        }
        layers.delta_rms = delta.to_vec();
        layers.activation_factor = slope.to_vec();
        let mut scene = Scene::new(gradient_flow::Config::default());
        scene.push(shown);
        let note = note(&scene);
        gradient_flow_words::Words::english().say_all(&note)
    }

    #[test]
    fn layers_that_nothing_reaches_are_not_in_the_average() {
        let average = "Average per layer: weights × 1.00, slope × 0.250, together × 0.250.";
        let whole = said(&[0.25, 1.0, 4.0, 4.0], &[0.25, 0.25, 1.0, 1.0]);
        assert_eq!(whole, average);
        // Below, delta is exactly 0, or so small that float32 rounds it.
        let dead = said(&[0.0, 0.0, 0.25, 1.0, 1.0], &[0.0, 0.0, 0.25, 1.0, 1.0]);
        assert_eq!(
            dead,
            format!("{average} δ is exactly 0 from layer 2 down: no gradient gets back there.")
        );
        let tiny = said(
            &[1e-45, 4.2e-45, 0.25, 1.0, 1.0],
            &[0.3, 0.0, 0.25, 1.0, 1.0],
        );
        assert_eq!(tiny, average);
        let all = said(&[0.0, 0.0, 1.0], &[0.0, 0.0, 1.0]);
        assert!(all.starts_with("δ is exactly 0 from layer 1 down"), "{all}");
    }
}
