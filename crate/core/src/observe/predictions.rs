//! What the network makes of the data: a surface over the plane, confusions, samples, numbers.

use crate::config::LossFunction;
use crate::data::Targets;
use crate::data::{Dataset, Decision, argmax};
use crate::network::Network;
use crate::numeric::array::flat;
use crate::numeric::matmul::Gemm;
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::to_f32;
use crate::observe::measure::ROWS;
use crate::observe::snapshot::{GRID, IMAGE, Predictions};
use ndarray::{Array2, ArrayView1, ArrayView2, Axis};

/// Samples shown as images.
const IMAGES: usize = 12;

/// Samples of a part shown as points at most: every so many-th of a large one.
const POINTS: usize = 800;

/// Floating-point operations that a surface may cost; a costlier one is coarser.
const SURFACE_WORK: f64 = 2e9;

/// The outputs (samples, outputs) for test data x.
pub fn outputs<T: Scalar>(network: &Network<T>, x: ArrayView2<T>, gemm: &mut Gemm<T>) -> Array2<T> {
    let mut z = Vec::new();
    for rows in x.axis_chunks_iter(Axis(0), ROWS) {
        z.extend_from_slice(flat(&network.predict(rows, gemm)));
    }
    let outputs = z.len() / x.nrows();
    Array2::from_shape_vec((x.nrows(), outputs), z).expect("all parts have the same outputs")
}

/// The class that a sample's outputs name, and its probability.
fn class<T: Scalar>(z: ArrayView1<T>, data: &Dataset<T>) -> (usize, f64) {
    let sigmoid = |z: f64| 1.0 / (1.0 + libm::exp(-z));
    if data.decision == Decision::Sign {
        let second = match data.loss {
            LossFunction::Bce => sigmoid(z[0].to_f64()),
            // Targets of -1 and 1.
            _ => ((z[0].to_f64() + 1.0) / 2.0).clamp(0.0, 1.0),
        };
        let positive = z[0] > T::zero();
        let share = if positive { second } else { 1.0 - second };
        return (usize::from(positive), share);
    }
    let best = argmax(z.iter());
    let Some(top) = z.get(best).map(|z| z.to_f64()) else {
        return (0, f64::NAN);
    };
    let share = match data.loss {
        LossFunction::SoftmaxCe => 1.0 / z.iter().map(|z| libm::exp(z.to_f64() - top)).sum::<f64>(),
        LossFunction::Bce => sigmoid(top),
        LossFunction::Mse => top.clamp(0.0, 1.0),
    };
    (best, share)
}

/// What the network makes of its data; `test_outputs` are those of the test part.
pub fn predictions<T: Scalar>(
    network: &Network<T>,
    data: &Dataset<T>,
    test_outputs: &Array2<T>,
    gemm: &mut Gemm<T>,
) -> Predictions {
    let mut shown = Predictions::default();
    let classes = data.names.len();
    if data.train.x.ncols() == 2 {
        surface(network, data, gemm, &mut shown);
    } else if classes == 0
        && let Targets::Values(y) = &data.test.targets
    {
        let stride = y.len().div_ceil(POINTS);
        let thinned = |values: &Array2<T>| -> Vec<f32> {
            let some = values.iter().step_by(stride);
            some.map(|value| to_f32(value.to_f64())).collect()
        };
        (shown.x, shown.y) = (thinned(y), thinned(test_outputs));
    }
    if classes > 0 {
        shown.confusion = vec![0.0; classes * classes];
        for (row, z) in test_outputs.outer_iter().enumerate() {
            let (named, _) = class(z, data);
            shown.confusion[data.test.class(row) * classes + named] += 1.0;
        }
    }
    if data.shared_unit && data.train.x.ncols() == IMAGE * IMAGE && classes > 0 {
        for row in 0..IMAGES.min(data.test.len()) {
            let (named, share) = class(test_outputs.row(row), data);
            let pixels = data.test.x.row(row);
            shown
                .images
                .extend(pixels.iter().map(|x| to_f32(x.to_f64())));
            shown.image_label.push(data.test.class(row) as f32);
            shown.image_class.push(named as f32);
            shown.image_confidence.push(to_f32(share));
        }
    }
    shown
}

/// The samples in the plane, and the network's answers on a grid around them.
fn surface<T: Scalar>(
    network: &Network<T>,
    data: &Dataset<T>,
    gemm: &mut Gemm<T>,
    shown: &mut Predictions,
) {
    let mut extent = [[f64::INFINITY, f64::NEG_INFINITY]; 2];
    for (part, test) in [(&data.train, 0.0), (&data.test, 1.0)] {
        for (row, x) in part.x.outer_iter().enumerate() {
            for (range, x) in extent.iter_mut().zip(x) {
                *range = [range[0].min(x.to_f64()), range[1].max(x.to_f64())];
            }
            if row % part.len().div_ceil(POINTS) != 0 {
                continue;
            }
            shown.x.push(to_f32(x[0].to_f64()));
            shown.y.push(to_f32(x[1].to_f64()));
            shown.label.push(match &part.targets {
                Targets::Values(y) if data.names.is_empty() => to_f32(y[[row, 0]].to_f64()),
                _ => part.class(row) as f32,
            });
            shown.test.push(test);
        }
    }
    // A margin of a twentieth on each side; room around a feature that is always the same.
    let extent = extent.map(|[low, high]| {
        let margin = if high > low { 0.05 * (high - low) } else { 1.0 };
        [low - margin, high + margin]
    });
    shown.extent = extent.iter().flatten().map(|x| to_f32(*x)).collect();
    let parameters: usize = network.parameters().map(|p| p.value.len()).sum();
    let most = (SURFACE_WORK / (2 * parameters) as f64).sqrt() as usize;
    let side = most.clamp(GRID / 4, GRID);
    let place = |range: [f64; 2], i: usize| {
        T::from_f64(range[0] + (range[1] - range[0]) * (i as f64 + 0.5) / side as f64)
    };
    let grid = Array2::from_shape_fn((side * side, 2), |(i, feature)| match feature {
        0 => place(extent[0], i % side),
        _ => place(extent[1], i / side),
    });
    let z = outputs(network, grid.view(), gemm);
    let answer = |z: ArrayView1<T>| match data.names.len() {
        0 => z[0].to_f64(),
        2 => match class(z, data) {
            (0, share) => 1.0 - share,
            (_, share) => share,
        },
        _ => class(z, data).0 as f64,
    };
    shown.surface = z.outer_iter().map(|z| to_f32(answer(z))).collect();
}
