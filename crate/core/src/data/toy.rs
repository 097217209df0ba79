//! Generated sets: points in the plane, the figure of radius 1 around the origin. `noise` moves
//! each point by a normal step of that standard deviation (for `plane`: its target).

use super::{Labels, Samples};
use crate::config::{Config, Data};
use crate::numeric::random::{Random, Stream};
use ndarray::Array2;
use std::f64::consts::{PI, TAU};

/// Points of a generated set.
const POINTS: usize = 500;

/// The points of a generated set.
///
/// # Panics
/// If the config's data are not generated.
pub fn generate(config: &Config) -> Samples {
    let mut random = Random::new(config.seed, Stream::Data, 0);
    let mut points = Vec::with_capacity(2 * POINTS);
    let mut labels = Vec::with_capacity(POINTS);
    let mut numbers = Vec::with_capacity(POINTS);
    for i in 0..POINTS {
        // Classes take turns, so that both are of one size.
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
                // Off the axes, where the label would be a matter of chance.
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
                let along = (i / 2) as f64 / (POINTS / 2) as f64;
                let angle = 1.75 * TAU * along + PI * class as f64;
                (along * libm::sin(angle), along * libm::cos(angle), class)
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
        let (x_step, y_step) = (
            config.noise * random.normal(),
            config.noise * random.normal(),
        );
        if config.data == Data::Plane {
            points.extend([x, y]);
            numbers.push(0.5 * (x + y) + x_step);
        } else {
            points.extend([x + x_step, y + y_step]);
        }
        labels.push(class);
    }
    let y = match config.data {
        Data::Plane => Labels::Numbers(numbers),
        _ => Labels::Classes {
            labels,
            names: vec!["0".into(), "1".into()],
        },
    };
    let x = Array2::from_shape_vec((POINTS, 2), points).expect("two numbers per point");
    Samples {
        x,
        y,
        one_unit: true,
    }
}
