//! One sample of the training set on its way through the network and back: what the view `network` shows.

use crate::data::Targets;
use crate::numeric::array::{flat, flat_mut};
use crate::numeric::matmul::Gemm;
use crate::numeric::named_arrays::arrays;
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::{rms, to_f32};
use crate::observe::predictions::predicted_class;
use crate::observe::snapshot::IMAGE;
use crate::training::Trainer;
use ndarray::Array2;

/// A column with more units than this shows `SHOWN` of them.
pub const MOST_SHOWN: usize = 10;
/// Among how many samples a reader chooses.
pub const CHOICES: usize = 24;
/// How many units of a larger column are shown.
pub const SHOWN: usize = 8;

arrays! {
    /// One sample of the training set on its way through the network in its present state, and its gradient on the way
    /// back, for some units of each column. Column 0 are the features, column l the units of layer l.
    ///
    /// Batch norm uses the statistics of the coming minibatch, as constants. If the sample is in that minibatch, `a` is
    /// therefore what the training step computes of it, and without batch norm `delta` is, too.
    pub struct Passage {
        /// The sample's place in the training set, the number of samples there, its class or target number, the class or
        /// number that the network predicts, the probability of that class (NaN for regression), the sample's loss, and
        /// the size of a minibatch.
        about,
        /// The classes or target numbers of the first samples of the training set, at most [`CHOICES`]: among these a reader
        /// chooses.
        choices,
        /// The features of an image, ([`IMAGE`], [`IMAGE`]); empty for other data.
        image,
        /// How many units each column has.
        sizes,
        /// How many of them are shown.
        counts,
        /// Which units these are (from 0), column after column.
        units,
        /// Their activations; in column 0 the features as the network gets them.
        a,
        /// The slopes of their activation function, from column 1 on.
        slope,
        /// Their share of delta of a minibatch with this sample in it: dLoss/dz of the sample's own loss, divided by the
        /// size of a minibatch. From column 1 on.
        delta,
        /// RMS of the sample's a over all units of each column.
        a_rms,
        /// RMS of that delta over all units, from column 1 on.
        delta_rms,
        /// dW of the coming minibatch from the shown units of each column to those of the next, (from, to), column after
        /// column.
        dw,
        /// W, like `dw`.
        w,
    }
}

/// Which units of a column of `size` are shown: evenly spaced ones, each the middle of its part.
fn shown(size: usize) -> Vec<usize> {
    if size <= MOST_SHOWN {
        return (0..size).collect();
    }
    (0..SHOWN)
        .map(|i| (2 * i + 1) * size / (2 * SHOWN))
        .collect()
}

/// The signals of a layer for one sample, (1, n_out) each.
struct Signals<T> {
    z: Array2<T>,
    u: Array2<T>,
    h: Array2<T>,
    a: Array2<T>,
    slope: Array2<T>,
    delta: Array2<T>,
}

/// The numbers of a column, which are not generic: what is done with them is compiled once, and for size.
struct Column {
    a: Vec<f32>,
    slope: Vec<f32>,
    delta: Vec<f32>,
}

impl Passage {
    /// The passage of a sample of the training set; the last one if there are fewer. The gradient of the present state must
    /// have been computed: see [`Trainer::gradient`].
    pub fn of<T: Scalar>(trainer: &Trainer<T>, sample: usize) -> Self {
        let (network, data) = (trainer.network(), trainer.data());
        let samples = data.train.len();
        let sample = sample.min(samples - 1);
        let mut x = Array2::zeros((1, data.train.x.ncols()));
        let mut targets = trainer.targets().clone();
        data.train.gather(&[sample], &mut x, &mut targets);
        let (loss, signals) = pass(trainer, &x, &targets);

        let label = |sample: usize| match (&data.train.targets, data.names.is_empty()) {
            (Targets::Values(y), true) => to_f32(flat(y)[sample].to_f64()),
            _ => data.train.class(sample) as f32,
        };
        let outputs = &signals[signals.len() - 1].h;
        let (answer, confidence) = if data.names.is_empty() {
            (to_f32(flat(outputs)[0].to_f64()), f32::NAN)
        } else {
            let (class, probability) = predicted_class(outputs.row(0), data);
            (class as f32, to_f32(probability))
        };
        let mut columns = vec![Column {
            a: numbers(&x),
            slope: Vec::new(),
            delta: Vec::new(),
        }];
        columns.extend(signals.iter().map(|signals| Column {
            a: numbers(&signals.a),
            slope: numbers(&signals.slope),
            delta: numbers(&signals.delta),
        }));
        let mut passage = Passage::default();
        passage.add_columns(&columns);
        for (layer, pair) in network.layers.iter().zip(columns.windows(2)) {
            let [from, to] = [&pair[0].a, &pair[1].a].map(|a| shown(a.len()));
            let n = layer.spec.n_out;
            for (matrix, pieces) in [
                (&layer.w.gradient, &mut passage.dw),
                (&layer.w.value, &mut passage.w),
            ] {
                for place in from.iter().flat_map(|i| to.iter().map(move |j| i * n + j)) {
                    pieces.push(to_f32(flat(matrix)[place].to_f64()));
                }
            }
        }
        let batch = trainer.batch_size() as f32;
        passage.about = vec![
            sample as f32,
            samples as f32,
            label(sample),
            answer,
            confidence,
            to_f32(loss),
            batch,
        ];
        passage.choices = (0..samples.min(CHOICES)).map(label).collect();
        if data.shared_unit && x.ncols() == IMAGE * IMAGE {
            passage.image = numbers(&x);
        }
        passage
    }

    fn add_columns(&mut self, columns: &[Column]) {
        for (place, column) in columns.iter().enumerate() {
            let units = shown(column.a.len());
            self.sizes.push(column.a.len() as f32);
            self.counts.push(units.len() as f32);
            self.a_rms.push(to_f32(rms(&column.a)));
            if place > 0 {
                self.delta_rms.push(to_f32(rms(&column.delta)));
            }
            for unit in units {
                self.units.push(unit as f32);
                self.a.push(column.a[unit]);
                if place > 0 {
                    self.slope.push(column.slope[unit]);
                    self.delta.push(column.delta[unit]);
                }
            }
        }
    }

    /// Checks that all arrays have the lengths that their documentation states.
    pub fn fits(&self) -> bool {
        let columns = self.sizes.len();
        let is_count = |(count, size): (&f32, &f32)| {
            count.fract() == 0.0 && (1.0..=size.min(MOST_SHOWN as f32)).contains(count)
        };
        if columns < 2
            || self.counts.len() != columns
            || !self.counts.iter().zip(&self.sizes).all(is_count)
        {
            return false;
        }
        let counts: Vec<usize> = self.counts.iter().map(|count| *count as usize).collect();
        let units: usize = counts.iter().sum();
        let pairs: usize = counts.windows(2).map(|pair| pair[0] * pair[1]).sum();
        let lengths = [
            (self.about.len(), 7),
            (self.units.len(), units),
            (self.a.len(), units),
            (self.slope.len(), units - counts[0]),
            (self.delta.len(), units - counts[0]),
            (self.a_rms.len(), columns),
            (self.delta_rms.len(), columns - 1),
            (self.dw.len(), pairs),
            (self.w.len(), pairs),
        ];
        lengths.iter().all(|(length, expected)| length == expected)
            && [0, IMAGE * IMAGE].contains(&self.image.len())
    }
}

fn numbers<T: Scalar>(array: &Array2<T>) -> Vec<f32> {
    flat(array).iter().map(|x| to_f32(x.to_f64())).collect()
}

/// The sample's own loss, and the signals of each layer with delta for a minibatch that contains it.
fn pass<T: Scalar>(
    trainer: &Trainer<T>,
    x: &Array2<T>,
    targets: &Targets<T>,
) -> (f64, Vec<Signals<T>>) {
    let (network, batch) = (trainer.network(), &trainer.workspace().layers);
    let mut gemm = Gemm::new();
    let mut all: Vec<Signals<T>> = Vec::new();
    for (layer, in_batch) in network.layers.iter().zip(batch) {
        let input = all.last().map_or(x, |below| &below.a);
        let mut z = Array2::zeros((1, layer.spec.n_out));
        let (w, bias) = (layer.w.value.view(), flat(&layer.b.value));
        gemm.multiply(input.view(), w, Some(bias), z.view_mut());
        let u = in_batch.normalized(layer, &z);
        let (phi, mut h) = (layer.phi(), z.clone());
        phi.apply(flat(&u), flat_mut(&mut h));
        let (mut slope, ones) = (z.clone(), vec![T::one(); u.len()]);
        phi.backward(flat(&u), flat(&h), &ones, flat_mut(&mut slope));
        let mut a = h.clone();
        if layer.spec.residual {
            add(&mut a, input);
        }
        let delta = Array2::zeros(z.dim());
        all.push(Signals {
            z,
            u,
            h,
            a,
            slope,
            delta,
        });
    }
    let outputs = &all[all.len() - 1].h;
    let mut da = outputs.clone();
    let loss = trainer.data().loss.evaluate(outputs, targets, &mut da);
    let share = T::from_f64(1.0 / trainer.batch_size() as f64);
    flat_mut(&mut da).iter_mut().for_each(|da| *da *= share);
    for ((layer, in_batch), signals) in network.layers.iter().zip(batch).zip(&mut all).rev() {
        let (u, h) = (flat(&signals.u), flat(&signals.h));
        layer
            .phi()
            .backward(u, h, flat(&da), flat_mut(&mut signals.delta));
        in_batch.unnormalize(layer, &signals.z, &mut signals.delta);
        let mut below = Array2::zeros((1, layer.spec.n_in));
        let w = layer.w.value.t();
        gemm.multiply(signals.delta.view(), w, None, below.view_mut());
        if layer.spec.residual {
            add(&mut below, &da);
        }
        da = below;
    }
    (loss, all)
}

fn add<T: Scalar>(to: &mut Array2<T>, from: &Array2<T>) {
    for (to, from) in flat_mut(to).iter_mut().zip(flat(from)) {
        *to += *from;
    }
}

#[cfg(test)]
mod tests;
