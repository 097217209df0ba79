//! What the view says in words.

use super::Network;
use super::layout::Found;
use super::picture::{pieces, place_in_layers, place_of};
use crate::plot::layer_axis::LayerAxis;
use crate::text::{Table, layer_value, signed, value};
use gradient_flow::numeric::format::percent_label;
use gradient_flow::observe::passage::Passage;
use gradient_flow_words::{Message, Value, message};

/// A layer's number, or "output".
pub fn name(view: &Network, layer: usize) -> Value {
    LayerAxis::for_scene(&view.scene).name(layer)
}

/// A class by its index.
pub fn class_name(view: &Network, class: f32) -> Value {
    let classes = view.scene.shown.as_ref().map(|shown| &shown.classes);
    let name = classes.and_then(|classes| classes.get(class as usize));
    name.cloned().unwrap_or_default().into()
}

/// The sample, and what the network makes of it.
pub fn note(view: &Network) -> Vec<Message> {
    let Some(passage) = view.passage() else {
        return vec![message!("network-none")];
    };
    let [sample, samples, label, answer, confidence, ..] = passage.about[..] else {
        return Vec::new();
    };
    let number = (sample + 1.0) as u64;
    let samples = samples as u64;
    let mut note = Vec::new();
    if confidence.is_nan()
        && view
            .scene
            .shown
            .as_ref()
            .is_some_and(|s| s.classes.is_empty())
    {
        note.push(message!(
            "network-note-number",
            number = number,
            samples = samples,
            target = signed(label.into()),
            answer = signed(answer.into())
        ));
    } else {
        note.push(message!(
            "network-note-class",
            number = number,
            samples = samples,
            class = class_name(view, label),
            answer = class_name(view, answer),
            right = if label == answer { "yes" } else { "no" },
            confidence = percent_label(100.0 * f64::from(confidence), 0)
        ));
    }
    note
}

/// What each of the samples is called among which a reader chooses.
pub fn choices(view: &Network) -> Vec<Message> {
    let (Some(passage), Some(shown)) = (view.passage(), &view.scene.shown) else {
        return Vec::new();
    };
    let is_class = !shown.classes.is_empty();
    let name = |(sample, label): (usize, &f32)| {
        let class = if is_class {
            class_name(view, *label)
        } else {
            signed((*label).into())
        };
        message!("network-sample-class", number = sample + 1, class = class)
    };
    passage.choices.iter().enumerate().map(name).collect()
}

/// One line on what is under the pointer.
pub fn readout(view: &Network, passage: &Passage, found: Found) -> Option<Message> {
    let shown = view.scene.shown.as_ref()?;
    Some(match found {
        Found::Unit(0, unit) => {
            let place = place_of(passage, 0, unit);
            message!(
                "network-readout-input",
                unit = passage.units[place] as u64 + 1,
                value = signed(passage.a[place].into())
            )
        }
        Found::Unit(column, unit) => {
            let place = place_of(passage, column, unit);
            let in_layers = place_in_layers(passage, column, unit);
            message!(
                "network-readout-unit",
                layer = name(view, column - 1),
                unit = passage.units[place] as u64 + 1,
                a = signed(passage.a[place].into()),
                slope = value(passage.slope[in_layers].into()),
                delta = signed(passage.delta[in_layers].into())
            )
        }
        Found::Between(column) => {
            let largest = pieces(passage, column, &passage.dw)
                .iter()
                .fold(0.0f32, |largest, dw| largest.max(dw.abs()));
            message!(
                "network-readout-weights",
                layer = name(view, column),
                rms = layer_value(&shown.layers.dw_rms, column),
                largest = value(largest.into())
            )
        }
        Found::Strip(layer) => message!(
            "network-readout-layer",
            layer = name(view, layer),
            a = layer_value(&passage.a_rms, layer + 1),
            delta = layer_value(&passage.delta_rms, layer),
            dw = layer_value(&shown.layers.dw_rms, layer)
        ),
    })
}

/// A row for each layer: what the sample does in it, and what multiplies delta on its way into it.
pub fn table(view: &Network) -> Table {
    let mut table = Table::new([
        message!("network-column-layer"),
        message!("network-column-units"),
        message!("network-column-a"),
        message!("network-column-delta"),
        message!("network-column-delta-batch"),
        message!("network-column-weights"),
        message!("network-column-slope"),
        message!("network-column-dw"),
    ]);
    let (Some(passage), Some(shown)) = (view.passage(), &view.scene.shown) else {
        return table;
    };
    let layers = &shown.layers;
    let axis = LayerAxis::for_scene(&view.scene);
    for layer in 0..axis.count {
        table.rows.push(vec![
            axis.cell(layer),
            (passage.sizes[layer + 1] as u64).into(),
            layer_value(&passage.a_rms, layer + 1),
            layer_value(&passage.delta_rms, layer),
            layer_value(&layers.delta_rms, layer),
            layer_value(&layers.weight_factor, layer),
            layer_value(&layers.activation_factor, layer),
            layer_value(&layers.dw_rms, layer),
        ]);
    }
    table
}
