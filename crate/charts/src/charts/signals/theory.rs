//! What theory says of the signals, beside what was measured.

use crate::scene::Scene;
use gradient_flow::config::Norm;
use gradient_flow::numeric::format::{factor_label, label};
use gradient_flow_words::{Message, message};

/// What theory predicts for step 0, beside what was measured. Where it predicts nothing, the note says why.
pub fn note(scene: &Scene) -> Vec<Message> {
    let Some(shown) = scene.shown.as_ref().filter(|_| !scene.is_hidden()) else {
        return Vec::new();
    };
    let depth = shown.layer_count().saturating_sub(1);
    let factor = |signal: &[f32]| factor_per_layer(signal, depth).map(factor_label);
    let residual = scene.config.residual;
    let theory = factor(&scene.theory.delta_rms).filter(|_| !residual);
    let measured = factor(&scene.initial.delta_rms);
    let mut note = Vec::new();
    if residual {
        note.push(message!("chart-signals-no-theory-residual"));
    } else if theory.is_none() && scene.depth_limit.is_none() {
        note.push(message!("chart-signals-no-theory-zeros"));
    }
    let has_theory = theory.is_some();
    note.extend(match (theory, measured) {
        (Some(factor), Some(measured)) => Some(message!(
            "chart-signals-theory",
            factor = factor,
            measured = measured
        )),
        (Some(factor), None) => Some(message!("chart-signals-theory-alone", factor = factor)),
        (None, Some(measured)) => Some(message!("chart-signals-measured", measured = measured)),
        (None, None) => None,
    });
    if has_theory && scene.config.norm == Norm::Batch {
        note.push(message!("chart-signals-theory-batch"));
    }
    if scene.pinned_snapshot().is_some() {
        note.push(message!("chart-pinned-dw"));
    }
    note
}

/// The limit of mean-field theory: the variance and the factor that the layers approach with depth.
pub fn details(scene: &Scene) -> Vec<Message> {
    let Some(limit) = scene.depth_limit.filter(|_| !scene.is_hidden()) else {
        return Vec::new();
    };
    let chi = label(limit.chi);
    vec![match limit.q {
        Some(q) => message!("chart-signals-limit", q = label(q), chi = chi),
        None => message!("chart-signals-limit-chi", chi = chi),
    }]
}

/// The mean factor of a signal per layer, from the last hidden layer down to the first, or to the last
/// one that float32 can hold.
fn factor_per_layer(signal: &[f32], depth: usize) -> Option<f64> {
    let last = depth.checked_sub(1).filter(|last| *last < signal.len())?;
    let is_exact = |value: f32| value.is_finite() && value > f32::MIN_POSITIVE;
    let first = (0..last)
        .rev()
        .take_while(|l| is_exact(signal[*l]))
        .last()?;
    let layers = last - first;
    let ratio = f64::from(signal[first]) / f64::from(signal[last]);
    (layers > 1 && is_exact(signal[last])).then(|| libm::pow(ratio, 1.0 / layers as f64))
}
