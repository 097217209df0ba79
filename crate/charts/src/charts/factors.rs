//! `factors`: what multiplies the backward signal on its way from each layer to the one below.

use crate::Table;
use crate::plot::annotations::{self, runs};
use crate::plot::axis::{Layers, LogRange, factor, factors, frame, layers_below, number, unit};
use crate::plot::line_labels::{self, Name};
use crate::plot::surface::{Rect, Surface};
use crate::scene::Scene;
use gradient_flow::Snapshot;
use gradient_flow::config::Norm;
use plotters::prelude::*;

/// What is seen, in words.
pub const TITLE: &str = "What multiplies delta";
/// What am I looking at, in two sentences.
pub const HELP: &str = "On its way from the layer above, the RMS of delta is multiplied by the weights, by the activation's \
    derivative and, where there are any, by the residual path and the normalization; their product (thick) is \
    exactly the step of delta, and the dashed line is what theory predicts for it. Below ×1 the signal \
    shrinks in that layer, above ×1 it grows, and over many layers these steps multiply.";

/// One of the factors: its name, its values per layer, its colour, its stroke.
type Line<'a> = (&'static str, Vec<f32>, RGBColor, u32);

fn plot(size: (i32, i32)) -> Rect {
    frame(size, if size.0 > 300 { 78 } else { 14 })
}

/// delta's own step, layer by layer: the product of all factors.
fn product(snapshot: &Snapshot) -> Vec<f32> {
    let layers = &snapshot.layers;
    let arrays = [
        &layers.weight_factor,
        &layers.residual_factor,
        &layers.activation_factor,
        &layers.norm_factor,
    ];
    (0..hidden(snapshot))
        .map(|l| arrays.iter().map(|a| f64::from(a[l])).product::<f64>() as f32)
        .collect()
}

fn hidden(snapshot: &Snapshot) -> usize {
    let known = snapshot.layers.weight_factor.len();
    snapshot.layer_count().min(known).saturating_sub(1)
}

/// The factors that the config has, the product first.
fn lines<'a>(scene: &Scene, snapshot: &Snapshot, s: &Surface) -> Vec<Line<'a>> {
    let (layers, theme) = (&snapshot.layers, s.theme);
    let of = |array: &[f32]| array[..hidden(snapshot)].to_vec();
    let mut lines = vec![
        ("product", product(snapshot), theme.delta, 3),
        ("weights", of(&layers.weight_factor), theme.weight, 1),
        (
            "derivative",
            of(&layers.activation_factor),
            theme.derivative,
            1,
        ),
    ];
    if scene.config.residual {
        lines.push(("residual", of(&layers.residual_factor), theme.a, 1));
    }
    if scene.config.norm != Norm::None {
        lines.push(("norm", of(&layers.norm_factor), theme.muted, 1));
    }
    lines
}

/// Points of a factor, in stretches of layers that have one.
fn stretches(window: LogRange, plot: Rect, values: &[f32]) -> Vec<Vec<(i32, i32)>> {
    // The output layer keeps its place, without a factor.
    let layers = Layers {
        count: values.len() + 1,
    };
    let known = runs(values.iter().map(|v| v.is_finite() && *v > 0.0));
    let point = |l: usize| {
        let up = window.share(values[l].into()).clamp(0.0, 1.0);
        (plot.x(layers.middle(l)), plot.y(up))
    };
    known
        .into_iter()
        .map(|run| run.map(point).collect())
        .collect()
}

/// Draws the chart.
pub fn draw(scene: &Scene, s: &Surface) {
    let plot = plot(s.size());
    let Some(shown) = &scene.shown else {
        return;
    };
    let window = scene.factors;
    annotations::selected_layer(scene, s, plot);
    factors(s, plot, window);
    unit(s, plot, "factor");
    layers_below(s, plot, scene.layers());
    annotations::broken_layers(scene, s, plot);
    let theory = &scene.theory.delta_rms;
    let predicted: Vec<f32> = theory.windows(2).map(|pair| pair[0] / pair[1]).collect();
    for points in stretches(window, plot, &predicted) {
        s.dashes(&points, s.theme.ink.mix(0.8));
    }
    if let Some(pinned) = scene.pinned_shown() {
        for points in stretches(window, plot, &product(pinned)) {
            s.dots(&points, s.theme.ink);
        }
    }
    let lines = lines(scene, shown, s);
    let pitch = plot.width() / scene.layers().count.max(1) as i32;
    for (_, values, color, stroke) in lines.iter().rev() {
        let marker = if *stroke > 1 { 4 } else { 2 };
        for points in stretches(window, plot, values) {
            let radius = if points.len() == 1 {
                marker
            } else {
                marker.min(pitch * marker / 16)
            };
            for at in points.iter().filter(|_| radius > 1) {
                s.disc(*at, radius, *color);
            }
            s.path(points, *color, *stroke);
        }
    }
    let names = lines.iter().map(|(text, values, color, _)| Name {
        text: (*text).into(),
        color: color.to_rgba(),
        end: stretches(window, plot, values)
            .last()
            .and_then(|points| points.last().map(|(_, y)| *y)),
    });
    line_labels::draw(s, plot, names.collect())
}

/// A layer's factors in words: weights × derivative = product.
fn words(scene: &Scene, snapshot: &Snapshot, layer: usize) -> String {
    let layers = &snapshot.layers;
    let of = |array: &[f32]| factor(array[layer].into());
    let mut text = format!(
        "weights {} · derivative {}",
        of(&layers.weight_factor),
        of(&layers.activation_factor)
    );
    if scene.config.residual {
        text += &format!(" · residual {}", of(&layers.residual_factor));
    }
    if scene.config.norm != Norm::None {
        text += &format!(" · norm {}", of(&layers.norm_factor));
    }
    format!("{text} = {}", of(&product(snapshot)))
}

/// The layer under a point.
pub fn readout(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<String> {
    let layer = layer_at(scene, size, at)?;
    let shown = scene.shown.as_ref()?;
    let above = scene.layers().name(layer + 1);
    if layer >= hidden(shown) {
        return Some("the output layer: delta begins here, at the loss".into());
    }
    let words = words(scene, shown, layer);
    Some(format!("from layer {above} to {}: {words}", layer + 1))
}

/// The layer under a point.
pub fn layer_at(scene: &Scene, size: (i32, i32), at: (f64, f64)) -> Option<usize> {
    scene.layers().under(plot(size), at)
}

/// The factors' geometric means over the hidden layers below the last.
pub fn note(scene: &Scene) -> String {
    let Some(shown) = &scene.shown else {
        return String::new();
    };
    let steps = hidden(shown).saturating_sub(1);
    if steps == 0 {
        return String::new();
    }
    let layers = &shown.layers;
    let mean = |array: &[f32]| {
        let logs = array[..steps].iter().map(|v| libm::log(f64::from(*v)));
        libm::exp(logs.sum::<f64>() / steps as f64)
    };
    let mut text = format!(
        "a layer, on the average: weights {} · derivative {}",
        factor(mean(&layers.weight_factor)),
        factor(mean(&layers.activation_factor))
    );
    if scene.config.residual {
        text += &format!(" · residual {}", factor(mean(&layers.residual_factor)));
    }
    if scene.config.norm != Norm::None {
        text += &format!(" · norm {}", factor(mean(&layers.norm_factor)));
    }
    format!("{text} = {}", factor(mean(&product(shown))))
}

/// All layers in numbers.
pub fn table(scene: &Scene) -> Table {
    let mut table = Table::new(&[
        "to layer",
        "by the weights",
        "by the residual path",
        "by the derivative",
        "by the normalization",
        "delta's step",
        "theory at step 0",
    ]);
    let Some(shown) = &scene.shown else {
        return table;
    };
    let (layers, product) = (&shown.layers, product(shown));
    let theory = &scene.theory.delta_rms;
    for layer in 0..hidden(shown) {
        let of = |array: &[f32]| number(array[layer].into());
        let predicted = match theory.get(layer + 1) {
            Some(above) => number(f64::from(theory[layer]) / f64::from(*above)),
            None => String::new(),
        };
        table.rows.push(vec![
            scene.layers().name(layer),
            of(&layers.weight_factor),
            of(&layers.residual_factor),
            of(&layers.activation_factor),
            of(&layers.norm_factor),
            of(&product),
            predicted,
        ]);
    }
    table
}
