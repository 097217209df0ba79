//! The numbers of a run that a lesson may name: `{delta_factor}` in text, `delta_factor < 0.3` in goals and claims. Each is
//! declared once, with the way in which it is written and what it is.

use crate::config::Config;
use crate::numeric::format::{number, percent, power_of_ten};
use crate::observe::snapshot::Snapshot;
use gradient_flow_words::{Message, Number, message};

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// A whole number: 412.
    Count,
    /// A share in percent: 93 %.
    Share,
    /// With two or three digits: 0.24, 2.6 × 10⁻⁷.
    Size,
    /// The same, and only the power of ten where it is far from 1: 3.8, 10¹².
    Ratio,
}

/// A number that a lesson may name.
pub struct NamedNumber {
    /// Its name in the file.
    pub name: &'static str,
    style: Style,
    /// What it is, for the page that documents the format.
    pub about: &'static str,
    value: fn(&Config, &Snapshot) -> f64,
}

impl NamedNumber {
    /// The number for a state of a run; NaN where there is none.
    pub fn value(&self, config: &Config, snapshot: &Snapshot) -> f64 {
        (self.value)(config, snapshot)
    }

    /// The number as text shows it.
    pub fn text(&self, config: &Config, snapshot: &Snapshot) -> Number {
        self.write(self.value(config, snapshot))
    }

    /// A value of this number as text shows it.
    pub fn write(&self, value: f64) -> Number {
        if value.is_nan() {
            return Number::new("–");
        }
        match self.style {
            Style::Count if value.is_finite() => Number::new(format!("{value:.0}")),
            Style::Share => percent(value),
            Style::Ratio if value > 0.0 && !(1e-3..1e4).contains(&value) => power_of_ten(value),
            _ => number(value),
        }
    }
}

/// The declaration with this name.
pub fn number_named(name: &str) -> Option<&'static NamedNumber> {
    NUMBERS.iter().find(|number| number.name == name)
}

/// That there is no number of this name, with the one that is most like it.
pub(super) fn unknown(name: &str) -> Message {
    let names = NUMBERS.iter().map(|number| number.name);
    let nearest = names.min_by_key(|known| (!known.starts_with(name), distance(known, name)));
    message!(
        "lesson-number-unknown",
        name = name.to_string(),
        nearest = nearest.unwrap_or_default()
    )
}

/// How many letters one has to add, remove or replace to turn one word into the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().take(40).collect();
    // Distances of the letters of `one` so far to each beginning of `other`.
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for k in 0..other.len() {
            let replaced = diagonal + usize::from(letter != other[k]);
            diagonal = row[k + 1];
            row[k + 1] = replaced.min(row[k] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

macro_rules! numbers {
    ($( $name:ident $style:ident $about:literal |$config:pat_param, $snapshot:pat_param| $value:expr; )+) => {
        /// Every number that a lesson may name.
        pub static NUMBERS: &[NamedNumber] = &[ $( NamedNumber {
            name: stringify!($name),
            style: Style::$style,
            about: $about,
            value: |$config, $snapshot| $value,
        } ),+ ];
    };
}

numbers! {
    step Count "the step of the run" |_, s| s.step as f64;
    epoch Size "passes over the training data so far" |_, s| s.epoch;
    depth Count "the number of hidden layers" |c, _| c.depth as f64;
    width Count "units in each hidden layer" |c, _| c.width as f64;
    learning_rate Size "the learning rate as it is set" |c, _| c.learning_rate;
    loss Size "the loss on the current minibatch" |_, s| s.train_loss;
    test_loss Size "the loss on unseen samples" |_, s| s.test_loss;
    train_accuracy Share "share of the current minibatch that is correct" |_, s| s.train_accuracy;
    test_accuracy Share "share of unseen samples that are correct" |_, s| s.test_accuracy;
    guessing Share "the accuracy that guessing would have" |_, s| 1.0 / s.classes.len() as f64;
    guessing_loss Size "the loss (cross-entropy) that guessing would have"
        |_, s| libm::log(s.classes.len() as f64);
    grad_norm Size "the norm of the whole gradient, before clipping" |_, s| s.grad_norm;
    clip_factor Size "by how much clipping scales the gradient; 1 means not at all" |_, s| s.clip_coefficient;

    dw_first Size "size (RMS) of layer 1's weight gradient dW" |_, s| first(&s.layers.dw_rms);
    dw_last Size "the same of the last hidden layer" |_, s| last(&s.layers.dw_rms);
    dw_output Size "the same of the output layer" |_, s| output(&s.layers.dw_rms);
    dw_first_over_last Ratio "layer 1's dW, compared with that of the last hidden layer"
        |_, s| ratio(first(&s.layers.dw_rms), last(&s.layers.dw_rms));
    dw_last_over_first Ratio "the same the other way round: how many times smaller layer 1's is"
        |_, s| ratio(last(&s.layers.dw_rms), first(&s.layers.dw_rms));
    dw_spread Ratio "the largest dW among the hidden layers over the smallest"
        |_, s| ratio(largest(&s.layers.dw_rms), smallest(&s.layers.dw_rms));
    dw_largest Size "the largest dW among the hidden layers" |_, s| largest(&s.layers.dw_rms);
    dw_zero Share "share of the hidden layers' dW that is exactly 0" |_, s| mean(&s.layers.dw_zero_fraction);

    delta_first Size "size (RMS) of the backward signal delta in layer 1" |_, s| first(&s.layers.delta_rms);
    delta_last Size "the same in the last hidden layer" |_, s| last(&s.layers.delta_rms);
    delta_first_over_last Ratio "delta in layer 1, compared with the last hidden layer"
        |_, s| ratio(first(&s.layers.delta_rms), last(&s.layers.delta_rms));
    delta_last_over_first Ratio "the same the other way round"
        |_, s| ratio(last(&s.layers.delta_rms), first(&s.layers.delta_rms));
    delta_factor Size "by how much each hidden layer multiplies delta on its way back (geometric mean)"
        |_, s| per_layer(first(&s.layers.delta_rms), last(&s.layers.delta_rms), s);
    theory_factor Size "the same as theory predicts it, at step 0"
        |_, s| per_layer(first(&s.theory.delta_rms), last(&s.theory.delta_rms), s);
    weight_factor Size "the part of the weights in delta_factor" |_, s| factor(&s.layers.weight_factor);
    activation_factor Size "the part of the activation's slope in delta_factor"
        |_, s| factor(&s.layers.activation_factor);
    norm_factor Size "the part of normalization in delta_factor" |_, s| factor(&s.layers.norm_factor);

    a_first Size "size (RMS) of layer 1's activations" |_, s| first(&s.layers.a_rms);
    a_last Size "the same in the last hidden layer" |_, s| last(&s.layers.a_rms);
    a_first_over_last Ratio "layer 1's activations, compared with the last hidden layer's"
        |_, s| ratio(first(&s.layers.a_rms), last(&s.layers.a_rms));
    a_last_over_first Ratio "the same the other way round" |_, s| ratio(last(&s.layers.a_rms), first(&s.layers.a_rms));

    saturated Share "share of the hidden units that are saturated, over the minibatch"
        |_, s| mean(&s.layers.saturated_fraction);
    saturated_first Share "the same in layer 1" |_, s| first(&s.layers.saturated_fraction);
    saturated_last Share "the same in the last hidden layer" |_, s| last(&s.layers.saturated_fraction);
    dead Share "share of the hidden units that are dead (slope 0 on every sample)"
        |_, s| mean(&s.layers.dead_fraction);
    dead_most Share "the same in the layer that has most" |_, s| largest(&s.layers.dead_fraction);
    slope Size "the mean slope on the negative side: the learned one of PReLU"
        |_, s| mean(&s.layers.slope);

    weights Size "size (RMS) of the hidden layers' weights, on average" |_, s| mean(&s.layers.w_rms);
    distance Size "how far the hidden layers' weights are from their start (RMS)" |_, s| mean(&s.layers.distance_rms);
    update_first Size "layer 1's last update, compared with its weights" |_, s| first(&s.layers.update_ratio);
    update_last Size "the same of the last hidden layer" |_, s| last(&s.layers.update_ratio);
    update_output Size "the same of the output layer" |_, s| output(&s.layers.update_ratio);
    update_largest Size "the largest of these among all layers"
        |_, s| s.layers.update_ratio.iter().fold(0.0, |most, x| f64::max(most, f64::from(*x)));
    loss_change Size "by how much the last update changed the loss of its own minibatch" |_, s| s.loss_change;
    stability_limit Size "the learning rate above which that update would have raised the loss (while the chart of the step's line is open)"
        |_, s| s.stability_limit;

    overflow_step Count "the step at which the run left float32's range; infinite if it did not"
        |_, s| s.first_nonfinite.as_ref().map_or(f64::INFINITY, |first| first.step as f64);
    overflow_layer Count "the layer in which it did, counted from 1"
        |_, s| s.first_nonfinite.as_ref().map_or(f64::NAN, |first| first.layer as f64);
}

/// The entries of the hidden layers.
fn hidden(layers: &[f32]) -> &[f32] {
    &layers[..layers.len().saturating_sub(1)]
}

fn first(layers: &[f32]) -> f64 {
    hidden(layers).first().map_or(f64::NAN, |x| f64::from(*x))
}

fn last(layers: &[f32]) -> f64 {
    hidden(layers).last().map_or(f64::NAN, |x| f64::from(*x))
}

fn output(layers: &[f32]) -> f64 {
    layers.last().map_or(f64::NAN, |x| f64::from(*x))
}

fn mean(layers: &[f32]) -> f64 {
    let hidden = hidden(layers);
    hidden.iter().map(|x| f64::from(*x)).sum::<f64>() / hidden.len() as f64
}

fn largest(layers: &[f32]) -> f64 {
    let hidden = hidden(layers).iter().map(|x| f64::from(*x));
    hidden.fold(f64::NAN, |most, x| if x <= most { most } else { x })
}

fn smallest(layers: &[f32]) -> f64 {
    let hidden = hidden(layers).iter().map(|x| f64::from(*x));
    hidden.fold(f64::NAN, |least, x| if x >= least { least } else { x })
}

/// `above / below`. NaN if both are 0: nothing can be said of them.
fn ratio(above: f64, below: f64) -> f64 {
    above / below
}

/// The factor of each layer between two hidden layers' ends, from the last to the first.
fn per_layer(first: f64, last: f64, snapshot: &Snapshot) -> f64 {
    match snapshot.layer_count() {
        0..3 => f64::NAN,
        layers => libm::pow(ratio(first, last), 1.0 / (layers as f64 - 2.0)),
    }
}

/// The geometric mean of what the layers below the last hidden one multiply delta by.
fn factor(layers: &[f32]) -> f64 {
    let hidden = hidden(layers);
    let factors = &hidden[..hidden.len().saturating_sub(1)];
    let logs = factors.iter().map(|x| libm::log(f64::from(*x)));
    libm::exp(logs.sum::<f64>() / factors.len() as f64)
}
