//! Generated data sets: points in the plane, within a radius of about 1 around the origin. `noise` is the standard
//! deviation of the normal noise that is added to each coordinate (for `plane`, to the target).

use super::{Labels, Samples};
use crate::config::{Config, Data};
use crate::numeric::random::{Random, Stream};
use ndarray::Array2;
use std::f64::consts::{PI, TAU};

/// Number of points of a generated set.
const POINTS: usize = 500;

/// Generates the samples of a config.
///
/// # Panics
/// If the config's data set is not a generated one.
pub fn generate(config: &Config) -> Samples {
    let mut random = Random::new(config.seed, Stream::Data, 0);
    let mut points = Vec::with_capacity(2 * POINTS);
    let mut labels = Vec::with_capacity(POINTS);
    let mut numbers = Vec::with_capacity(POINTS);
    for i in 0..POINTS {
        // The classes alternate, so that both have the same size.
        let class = i % 2;
        let (x, y, class) = match config.data {
            Data::Circle => {
                let radius = if class == 0 {
                    random.uniform_in(0.0, 0.5)
                } else {
                    random.uniform_in(0.7, 1.0)
                };
                let angle = random.uniform_in(0.0, TAU);
                (radius * libm::cos(angle), radius * libm::sin(angle), class)
            }
            Data::Xor => {
                // A gap along the axes keeps the classes apart.
                let (x, y) = (random.uniform_in(0.05, 1.0), random.uniform_in(0.05, 1.0));
                let (x_side, y_side) = [(1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)][i % 4];
                (x_side * x, y_side * y, class)
            }
            Data::Gauss => {
                let centre = if class == 0 { -0.5 } else { 0.5 };
                (
                    centre + 0.2 * random.normal(),
                    centre + 0.2 * random.normal(),
                    class,
                )
            }
            Data::Spiral => {
                let radius = (i / 2) as f64 / (POINTS / 2) as f64;
                let angle = 1.75 * TAU * radius + PI * class as f64;
                (radius * libm::sin(angle), radius * libm::cos(angle), class)
            }
            Data::Plane => (
                random.uniform_in(-1.0, 1.0),
                random.uniform_in(-1.0, 1.0),
                0,
            ),
            Data::Digits | Data::Iris | Data::Upload => {
                unreachable!("a table, not a generated set")
            }
        };
        let (x_noise, y_noise) = (
            config.noise * random.normal(),
            config.noise * random.normal(),
        );
        if config.data == Data::Plane {
            points.extend([x, y]);
            numbers.push(0.5 * (x + y) + x_noise);
        } else {
            points.extend([x + x_noise, y + y_noise]);
        }
        labels.push(class);
    }
    let y = if config.data == Data::Plane {
        Labels::Numbers(numbers)
    } else {
        Labels::Classes {
            labels,
            names: vec!["0".into(), "1".into()],
        }
    };
    let x = Array2::from_shape_vec((POINTS, 2), points).expect("two numbers per point");
    Samples {
        x,
        y,
        shared_unit: true,
    }
}
