//! What the network predicts: a surface over two features, a confusion matrix, images with their classes, numbers.

use crate::config::LossFunction;
use crate::data::Targets;
use crate::data::{Dataset, Decision, argmax};
use crate::network::Network;
use crate::numeric::array::flat;
use crate::numeric::matmul::Gemm;
use crate::numeric::scalar::Scalar;
use crate::numeric::statistics::to_f32;
use crate::observe::measure::CHUNK_ROWS;
use crate::observe::snapshot::{GRID, IMAGE, Predictions};
use ndarray::{Array2, ArrayView1, ArrayView2, Axis};

/// Number of samples shown as images.
const IMAGES: usize = 12;

/// Largest number of points shown of each of the training and the test set; larger sets are thinned.
const MAX_POINTS: usize = 800;

/// Floating-point operations that a surface may take. It is made coarser to stay below.
const SURFACE_FLOPS: f64 = 2e9;

/// The outputs, (samples, outputs), for test data x, (samples, features).
pub fn outputs<T: Scalar>(network: &Network<T>, x: ArrayView2<T>, gemm: &mut Gemm<T>) -> Array2<T> {
    let mut z = Vec::new();
    for rows in x.axis_chunks_iter(Axis(0), CHUNK_ROWS) {
        z.extend_from_slice(flat(&network.predict(rows, gemm)));
    }
    let outputs = z.len() / x.nrows();
    Array2::from_shape_vec((x.nrows(), outputs), z)
        .expect("every chunk has the same number of outputs")
}

/// The class that the network predicts by the outputs z of a sample, and its probability.
#[inline(never)]
pub(super) fn predicted_class<T: Scalar>(z: ArrayView1<T>, data: &Dataset<T>) -> (usize, f64) {
    let sigmoid = |z: f64| 1.0 / (1.0 + libm::exp(-z));
    if matches!(data.decision, Decision::Sign | Decision::Half) {
        let of_class_1 = match data.loss {
            LossFunction::Bce => sigmoid(z[0].to_f64()),
            LossFunction::Mse | LossFunction::SoftmaxCe if data.decision == Decision::Half => {
                z[0].to_f64()
            }
            // The targets are -1 and 1.
            LossFunction::Mse | LossFunction::SoftmaxCe => {
                ((z[0].to_f64() + 1.0) / 2.0).clamp(0.0, 1.0)
            }
        };
        let positive = data.decision.is_class_1(z[0]);
        let probability = if positive {
            of_class_1
        } else {
            1.0 - of_class_1
        };
        return (usize::from(positive), probability);
    }
    let class = argmax(z.iter());
    let Some(largest) = z.get(class).map(|z| z.to_f64()) else {
        return (0, f64::NAN);
    };
    let probability = match data.loss {
        LossFunction::SoftmaxCe => {
            let exponentials = z.iter().map(|z| libm::exp(z.to_f64() - largest));
            1.0 / exponentials.sum::<f64>()
        }
        LossFunction::Bce => sigmoid(largest),
        LossFunction::Mse => largest.clamp(0.0, 1.0),
    };
    (class, probability)
}

/// What the network predicts for its data. `test_outputs` are the outputs for the test set, (samples, outputs).
pub fn predictions<T: Scalar>(
    network: &Network<T>,
    data: &Dataset<T>,
    test_outputs: &Array2<T>,
    gemm: &mut Gemm<T>,
) -> Predictions {
    let mut predictions = Predictions::default();
    let classes = data.names.len();
    if data.train.x.ncols() == 2 {
        add_surface(network, data, gemm, &mut predictions);
    } else if classes == 0
        && let Targets::Values(y) = &data.test.targets
    {
        let stride = y.len().div_ceil(MAX_POINTS);
        let thinned = |values: &Array2<T>| -> Vec<f32> {
            let kept = values.iter().step_by(stride);
            kept.map(|value| to_f32(value.to_f64())).collect()
        };
        (predictions.x, predictions.y) = (thinned(y), thinned(test_outputs));
    }
    if classes > 0 {
        predictions.confusion = vec![0.0; classes * classes];
        for (row, z) in test_outputs.outer_iter().enumerate() {
            let (class, _) = predicted_class(z, data);
            predictions.confusion[data.test.class(row) * classes + class] += 1.0;
        }
    }
    if data.shared_unit && data.train.x.ncols() == IMAGE * IMAGE && classes > 0 {
        for row in 0..IMAGES.min(data.test.len()) {
            let (class, probability) = predicted_class(test_outputs.row(row), data);
            let pixels = data.test.x.row(row);
            predictions
                .images
                .extend(pixels.iter().map(|x| to_f32(x.to_f64())));
            predictions.image_label.push(data.test.class(row) as f32);
            predictions.image_class.push(class as f32);
            predictions.image_confidence.push(to_f32(probability));
        }
    }
    predictions
}

/// Adds the samples of a data set with two features, and the network's predictions on a grid around them.
fn add_surface<T: Scalar>(
    network: &Network<T>,
    data: &Dataset<T>,
    gemm: &mut Gemm<T>,
    predictions: &mut Predictions,
) {
    let mut extent = [[f64::INFINITY, f64::NEG_INFINITY]; 2];
    for (split, test) in [(&data.train, 0.0), (&data.test, 1.0)] {
        for (row, x) in split.x.outer_iter().enumerate() {
            for (range, x) in extent.iter_mut().zip(x) {
                *range = [range[0].min(x.to_f64()), range[1].max(x.to_f64())];
            }
            if row % split.len().div_ceil(MAX_POINTS) != 0 {
                continue;
            }
            predictions.x.push(to_f32(x[0].to_f64()));
            predictions.y.push(to_f32(x[1].to_f64()));
            predictions.label.push(match &split.targets {
                Targets::Values(y) if data.names.is_empty() => to_f32(y[[row, 0]].to_f64()),
                Targets::Values(_) | Targets::Classes(_) => split.class(row) as f32,
            });
            predictions.test.push(test);
        }
    }
    // A margin of 5 % on each side, or of 1 around a constant feature.
    let extent = extent.map(|[low, high]| {
        let margin = if high > low { 0.05 * (high - low) } else { 1.0 };
        [low - margin, high + margin]
    });
    predictions.extent = extent.iter().flatten().map(|x| to_f32(*x)).collect();
    let affordable = (SURFACE_FLOPS / (2 * network.size()) as f64).sqrt() as usize;
    let side = affordable.clamp(GRID / 4, GRID);
    let cell_center = |range: [f64; 2], i: usize| {
        T::from_f64(range[0] + (range[1] - range[0]) * (i as f64 + 0.5) / side as f64)
    };
    let grid = Array2::from_shape_fn((side * side, 2), |(i, feature)| match feature {
        0 => cell_center(extent[0], i % side),
        _ => cell_center(extent[1], i / side),
    });
    let z = outputs(network, grid.view(), gemm);
    let prediction = |z: ArrayView1<T>| match data.names.len() {
        0 => z[0].to_f64(),
        2 => match predicted_class(z, data) {
            (0, probability) => 1.0 - probability,
            (_, probability) => probability,
        },
        _ => predicted_class(z, data).0 as f64,
    };
    predictions.surface = z.outer_iter().map(|z| to_f32(prediction(z))).collect();
}
