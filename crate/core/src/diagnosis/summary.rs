//! One number for an array with an entry per layer.

/// Mean of the finite values; NaN where there are none.
pub fn mean(values: &[f32]) -> f64 {
    let finite = values.iter().filter(|x| x.is_finite());
    let (sum, count) = finite.fold((0.0, 0.0), |(sum, n), x| (sum + f64::from(*x), n + 1.0));
    sum / count
}

/// Geometric mean: the factor per layer that multiplies up to the same product.
pub fn geometric_mean(values: &[f32]) -> f64 {
    let logs = values.iter().map(|x| libm::log(f64::from(*x)));
    libm::exp(logs.sum::<f64>() / values.len() as f64)
}

/// The first value divided by the last; 1 where there are fewer than two.
pub fn first_over_last(values: &[f32]) -> f64 {
    match values {
        [first, .., last] => f64::from(*first) / f64::from(*last),
        _ => 1.0,
    }
}

/// The largest value divided by the smallest; NaN values do not count.
pub fn spread(values: &[f32]) -> f64 {
    let values = values.iter().map(|x| f64::from(*x));
    values.clone().fold(0.0, f64::max) / values.fold(f64::INFINITY, f64::min)
}

/// The largest value and its index; NaN values do not count.
pub fn largest(values: &[f32]) -> (usize, f64) {
    let numbers = values.iter().enumerate().filter(|(_, x)| !x.is_nan());
    let largest = numbers.max_by(|(_, x), (_, y)| x.total_cmp(y));
    largest.map_or((0, f64::NAN), |(index, x)| (index, f64::from(*x)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_not_finite_do_not_spoil_a_summary() {
        assert_eq!(mean(&[1.0, f32::NAN, f32::INFINITY, 3.0]), 2.0);
        assert!(mean(&[f32::NAN]).is_nan());
        assert_eq!(largest(&[1.0, f32::NAN, 3.0, 2.0]), (2, 3.0));
        assert!(largest(&[f32::NAN]).1.is_nan());
        assert_eq!(spread(&[2.0, f32::NAN, 8.0]), 4.0);
    }

    #[test]
    fn factors_per_layer_multiply_up_to_the_ratio() {
        assert!((geometric_mean(&[0.5, 2.0, 8.0]) - 2.0).abs() < 1e-15);
        assert_eq!(first_over_last(&[8.0, 1.0, 2.0]), 4.0);
        assert_eq!(first_over_last(&[8.0]), 1.0);
    }
}
