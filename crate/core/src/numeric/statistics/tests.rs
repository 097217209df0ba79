//! Sums against exact ones, extreme values, and special cases.

use super::*;

#[test]
fn float32_statistics_agree_with_f64_sums() {
    // Scales from below the normal range of float32 to near its end, means far larger than the standard deviation, and
    // a first value (the first pivot) far from the mean.
    for (scale, offset, first) in [
        (1.0f32, 0.0f32, 0.1f32),
        (1.0, 3.0, 0.0),
        (1e-3, 1.0, 1.0),
        (0.25, 0.5, 200.0),
        (1e-25, 1e-25, 0.0),
        (1e-36, 0.0, 0.0),
        (1e37, 0.0, -1e37),
        (1e36, 1e37, 0.0),
    ] {
        for n in [1, 7, 31, 512, 1031, 65_536] {
            let value = |i: usize, phase: f32| (i as f32 * 1.37 + phase).sin() * scale + offset;
            let mut a: Vec<f32> = (0..n).map(|i| value(i, 0.0)).collect();
            let b: Vec<f32> = (0..n).map(|i| value(i, 0.5)).collect();
            a[0] = first;
            let exact = |f: fn(f64, f64) -> f64| {
                let pairs = a.iter().zip(&b);
                pairs.map(|(a, b)| f((*a).into(), (*b).into())).sum::<f64>() / n as f64
            };
            let mean = exact(|a, _| a);
            let squares = a.iter().map(|a| (f64::from(*a) - mean).powi(2));
            let std = (squares.sum::<f64>() / n as f64).sqrt();
            let rms_exact = exact(|a, _| a * a).sqrt();
            let close = |what: &str, value: f64, exact: f64, scale_of_error: f64| {
                let error = (value - exact).abs();
                let message = format!(
                    "{what} of {n} values of scale {scale} about {offset}: {value}, not {exact}"
                );
                assert!(error <= 1e-6 * scale_of_error, "{message}");
            };
            let moments = Moments::of(&a);
            close("mean", moments.mean, mean, mean.abs() + std);
            close("std", moments.std, std, std);
            close("Moments::rms", moments.rms, rms_exact, rms_exact);
            close("rms", rms(&a), rms_exact, rms_exact);
            let difference = exact(|a, b| f64::from(a as f32 - b as f32).powi(2)).sqrt();
            close(
                "rms_difference",
                rms_difference(&a, &b),
                difference,
                difference,
            );
            let sum_of_abs = exact(|a, b| (a * b).abs()) * n as f64;
            close(
                "dot",
                dot(&a, &b),
                exact(|a, b| a * b) * n as f64,
                sum_of_abs,
            );
        }
    }
    assert_eq!(rms_difference(&[0.1f32; 100], &[0.1; 100]), 0.0);
}

#[test]
fn a_summary_holds_moments_largest_value_and_share_of_zeros() {
    let s = Summary::of(&[3.0f32, -4.0, 0.0, 0.0]);
    assert_eq!((s.max_abs, s.zero_fraction), (4.0, 0.5));
    let s = s.moments;
    assert_eq!((s.rms, s.mean), (2.5, -0.25));
    assert!((s.std - (6.25f64 - 0.0625).sqrt()).abs() < 1e-15);
    // The standard deviation of equal values is exactly 0, not a rounding error.
    assert_eq!(Moments::of(&[0.1f32; 1000]).std, 0.0);
}

#[test]
fn the_rms_of_tiny_and_huge_values_is_accurate() {
    for x in [1e-30f32, 1e-45, 3e38] {
        assert!((rms(&[x; 9]) / f64::from(x) - 1.0).abs() < 1e-15, "{x:e}");
    }
    for x in [1e-300f64, 5e-324, 1e300] {
        assert!((rms(&[x, -x]) / x - 1.0).abs() < 1e-15, "{x:e}");
    }
    assert_eq!(rms(&[0.0f32; 4]), 0.0);
    assert!(rms(&[1.0, f32::NAN]).is_nan());
    assert_eq!(rms(&[1.0, f32::INFINITY]), f64::INFINITY);
}

#[test]
fn only_zero_becomes_zero_in_f32() {
    assert_eq!(to_f32(0.0), 0.0);
    assert_eq!(to_f32(1e-46), f32::from_bits(1));
    assert_eq!(to_f32(0.25), 0.25);
}

#[test]
fn the_largest_value_is_nan_or_infinite_if_an_element_is() {
    assert!(Summary::of(&[1.0f32, f32::NAN, 2.0]).max_abs.is_nan());
    assert_eq!(
        Summary::of(&[1.0, f32::NEG_INFINITY]).max_abs,
        f64::INFINITY
    );
}

#[test]
fn arrays_of_any_length_are_summed_to_the_end() {
    for n in [1, 7, 8, 9, 100] {
        let values: Vec<f32> = (0..n).map(|i| i as f32).collect();
        let exact = (0..n).map(|i| f64::from(i) * f64::from(i)).sum::<f64>();
        assert_eq!(dot(&values, &values), exact);
        assert_eq!(l2_norm(&values), exact.sqrt());
        assert_eq!(Summary::of(&values).max_abs, f64::from(n - 1));
    }
}
