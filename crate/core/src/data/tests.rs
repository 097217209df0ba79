//! Built-in sets load, are balanced, split and scaled; invalid tables are refused by row and column.

use super::scaling::mean_and_std;
use super::*;
use crate::config::Config;

const DIGITS: &str = include_str!("../../data/digits.csv");
const IRIS: &str = include_str!("../../data/iris.csv");

fn config(query: &str) -> Config {
    Config::from_query(query).unwrap()
}

#[test]
fn the_built_in_tables_have_the_shapes_and_classes_of_their_readme() {
    let digits = Samples::load(&config(""), Some(DIGITS)).unwrap();
    assert_eq!(digits.x.dim(), (1797, 64));
    assert!(digits.x.iter().all(|v| (0.0..=16.0).contains(v)));
    let Labels::Classes { names, .. } = &digits.y else {
        panic!()
    };
    assert_eq!(names.concat(), "0123456789");
    let iris = Samples::load(&config("data=iris"), Some(IRIS)).unwrap();
    assert_eq!(iris.x.dim(), (150, 4));
    let Labels::Classes { names, .. } = &iris.y else {
        panic!()
    };
    assert_eq!(names.join(" "), "setosa versicolor virginica");
}

#[test]
fn the_training_part_is_standardised_and_the_split_is_exact_and_disjoint() {
    for (query, table, rows) in [
        ("", Some(DIGITS), 1438),
        ("data=iris", Some(IRIS), 120),
        ("data=spiral", None, 400),
    ] {
        let data = Dataset::<f64>::load(&config(query), table).unwrap();
        assert_eq!(data.train.len(), rows, "{query}");
        let (mean, std) = mean_and_std(&data.train.x.iter().copied().collect::<Vec<_>>());
        assert!(
            mean.abs() < 1e-12 && (std - 1.0).abs() < 1e-12,
            "{query}: {mean} {std}"
        );
    }
    let few = Dataset::<f64>::load(&config("data=circle&train-fraction=0.1"), None).unwrap();
    assert_eq!((few.train.len(), few.test.len()), (50, 450));
}

#[test]
fn generated_sets_are_balanced_and_noise_moves_their_points() {
    for name in ["circle", "xor", "gauss", "spiral"] {
        let clean = Samples::load(&config(&format!("data={name}")), None).unwrap();
        let Labels::Classes { labels, .. } = &clean.y else {
            panic!()
        };
        assert_eq!(labels.iter().sum::<usize>(), 250, "{name}");
        let noisy = Samples::load(&config(&format!("data={name}&noise=0.3")), None).unwrap();
        let moved = (&noisy.x - &clean.x).mapv(|d| d * d).mean().unwrap().sqrt();
        assert!((moved / 0.3 - 1.0).abs() < 0.1, "{name} moved {moved}");
        let other = Samples::load(&config(&format!("data={name}&noise=0.3&seed=2")), None).unwrap();
        assert_ne!(noisy.x, other.x, "{name}");
    }
    let plane = Samples::load(&config("data=plane"), None).unwrap();
    assert!(matches!(plane.y, Labels::Numbers(_)));
}

#[test]
fn generated_points_have_the_class_of_their_position() {
    let samples = Samples::load(&config("data=xor"), None).unwrap();
    let Labels::Classes { labels, .. } = &samples.y else {
        panic!()
    };
    for (point, label) in samples.x.outer_iter().zip(labels) {
        assert_eq!(usize::from(point[0] * point[1] < 0.0), *label, "{point}");
    }
    let samples = Samples::load(&config("data=circle"), None).unwrap();
    let Labels::Classes { labels, .. } = &samples.y else {
        panic!()
    };
    for (point, label) in samples.x.outer_iter().zip(labels) {
        assert_eq!(
            usize::from(point[0].hypot(point[1]) > 0.6),
            *label,
            "{point}"
        );
    }
}

#[test]
fn the_loss_determines_outputs_and_targets() {
    let load = |query: &str, table| Dataset::<f64>::load(&config(query), table).unwrap();
    let range = |data: &Dataset<f64>| match &data.train.targets {
        Targets::Values(y) => (
            y.iter().copied().fold(f64::MAX, f64::min),
            y.iter().copied().fold(f64::MIN, f64::max),
        ),
        Targets::Classes(_) => panic!(),
    };
    assert_eq!(load("data=circle", None).outputs, 2);
    let bce = load("data=circle&loss=bce", None);
    assert_eq!(
        (bce.outputs, range(&bce), bce.decision),
        (1, (0.0, 1.0), Decision::Sign)
    );
    let mse = load("data=circle&loss=mse", None);
    assert_eq!(
        (mse.outputs, range(&mse), mse.decision),
        (1, (-1.0, 1.0), Decision::Sign)
    );
    let digits = load("loss=mse", Some(DIGITS));
    assert_eq!(
        (digits.outputs, range(&digits), digits.decision),
        (10, (0.0, 1.0), Decision::ArgMax)
    );
    let plane = load("data=plane", None);
    assert_eq!(
        (plane.outputs, plane.loss, plane.decision),
        (1, LossFunction::Mse, Decision::Regression)
    );
}

#[test]
fn invalid_tables_are_refused_by_row_and_column() {
    let load = |text| Samples::load(&config("data=iris"), text);
    assert_eq!(load(None), Err(DataError::Missing("iris")));
    let error = load(Some("a,b,class\n1,2,x\n1,?,y\n")).unwrap_err();
    assert_eq!(error.to_string(), "Row 3, column b: “?” is not a number.");
    let error = load(Some("a,b,class\n1,2,x\n1,2\n")).unwrap_err();
    assert!(
        matches!(error, DataError::Invalid { row: 3, .. }),
        "{error}"
    );
    let error = Dataset::<f64>::load(&config("data=iris"), Some("a,class\n1,x\n")).unwrap_err();
    assert_eq!(error, DataError::TooFew(1));
    assert!(Dataset::<f64>::load(&config("data=upload"), None).is_err());
}

#[test]
fn every_epoch_shows_every_sample_at_most_once_in_a_new_order() {
    let mut batches = Batches::new(1, 10, 3);
    let mut epochs = Vec::new();
    for _ in 0..2 {
        let mut samples = Vec::new();
        for _ in 0..3 {
            samples.extend_from_slice(batches.current());
            batches.advance();
        }
        let mut sorted = samples.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), 9);
        epochs.push(samples);
    }
    assert_ne!(epochs[0], epochs[1]);
    assert_eq!(batches.epochs(), 2.0);
    let full = Batches::new(1, 10, 512);
    assert_eq!(full.current(), (0..10).collect::<Vec<_>>());
}

#[test]
fn accuracy_is_the_share_of_correct_classes() {
    let z = ndarray::array![[1.0, 2.0], [3.0, 0.0], [f64::NAN, f64::NAN]];
    let classes = Targets::Classes(vec![1, 1, 0]);
    assert_eq!(Decision::ArgMax.accuracy(&z, &classes), 1.0 / 3.0);
    let y = Targets::Values(ndarray::array![[1.0], [-1.0], [1.0], [-1.0]]);
    let z = ndarray::array![[0.5], [0.5], [2.0], [-0.1]];
    assert_eq!(Decision::Sign.accuracy(&z, &y), 0.75);
}

#[test]
fn a_table_without_features_is_refused() {
    let config = Config::from_query("data=iris").unwrap();
    let error = Dataset::<f32>::load(&config, Some("class\na\nb\n")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The table has one column. It needs at least 2: something to learn from, and something to predict."
    );
}

/// Smallest and largest feature of the training set, column by column.
fn ranges(query: &str, table: Option<&str>) -> Vec<(f64, f64)> {
    let data = Dataset::<f64>::load(&config(query), table).unwrap();
    let columns = data.train.x.columns().into_iter();
    let range = |column: ndarray::ArrayView1<f64>| {
        let low = column.iter().copied().fold(f64::MAX, f64::min);
        (low, column.iter().copied().fold(f64::MIN, f64::max))
    };
    columns.map(range).collect()
}

#[test]
fn features_are_scaled_as_the_config_says_each_on_its_own_or_all_in_one_unit() {
    let iris = |scaling| ranges(&format!("data=iris&scaling={scaling}"), Some(IRIS));
    assert_eq!(iris("minmax"), [(0.0, 1.0); 4]);
    let raw = iris("none");
    assert!(
        raw[0].0 >= 4.3 && raw[0].1 <= 7.9 && raw[3].1 <= 2.5,
        "{raw:?}"
    );
    // The corner pixels of the digits are always white: scaled on their own, they would be noise.
    let digits = |scaling| ranges(&format!("scaling={scaling}"), Some(DIGITS));
    let pixels = digits("none");
    assert_eq!((pixels[0], pixels[20].1), ((0.0, 0.0), 16.0));
    for (scaled, raw) in digits("minmax").iter().zip(&pixels) {
        assert_eq!(*scaled, (raw.0 / 16.0, raw.1 / 16.0));
    }
    let spiral = ranges("data=spiral&scaling=none", None);
    assert!(spiral.iter().all(|(low, high)| *low > -1.0 && *high < 1.0));
    // Uploaded tables too, and the numbers that are to be predicted are standardised in any case.
    let table = "{}\n1,100,2.5\n2,300,3.5\n3,200,-1\n4,250,7.25\n";
    let query = "data=upload&scaling=none&train-fraction=0.9";
    assert_eq!(ranges(query, Some(table))[1].1.fract(), 0.0);
    let data = Dataset::<f64>::load(&config(query), Some(table)).unwrap();
    let Targets::Values(y) = &data.train.targets else {
        panic!()
    };
    assert!(y.sum().abs() < 1e-12 && y.iter().all(|y| y.abs() < 2.0));
}

#[test]
fn a_constant_feature_becomes_0_whatever_the_size_of_its_numbers() {
    for number in ["0.1", "0", "-7e20", "1234567.8"] {
        let rows: String = (0..30)
            .map(|i| format!("{number},{i},{}\n", i % 3))
            .collect();
        for scaling in ["standard", "minmax"] {
            let query = format!("data=upload&scaling={scaling}");
            let ranges = ranges(&query, Some(&format!("{{\"with\":[1]}}\n{rows}")));
            assert_eq!(ranges[0], (0.0, 0.0), "{number} {scaling}");
            assert!(ranges[1].1 - ranges[1].0 > 0.9);
        }
    }
    // What varies in the last bits alone is constant, what varies by a billionth is not.
    let varied = |by: f64| mean_and_std(&[1e6, 1e6 * (1.0 + by), 1e6]).1;
    assert_eq!(varied(2e-16), 1.0);
    assert!(varied(1e-9) < 1e-3);
}

#[test]
fn a_sigmoid_output_has_targets_that_it_can_reach_and_is_judged_by_a_half() {
    let load = |query: &str, table| Dataset::<f64>::load(&config(query), table).unwrap();
    let values = |data: &Dataset<f64>| match &data.train.targets {
        Targets::Values(y) => (y.iter().copied().fold(1.0, f64::min), y.ncols()),
        Targets::Classes(_) => panic!(),
    };
    let two = load("data=circle&output=sigmoid", None);
    assert_eq!(two.loss, LossFunction::Mse);
    assert_eq!((values(&two), two.decision), ((0.0, 1), Decision::Half));
    let tanh = load("data=circle&output=tanh", None);
    assert_eq!((values(&tanh), tanh.decision), ((-1.0, 1), Decision::Sign));
    let many = load("output=sigmoid", Some(DIGITS));
    assert_eq!(
        (values(&many), many.decision),
        ((0.0, 10), Decision::ArgMax)
    );
    let y = Targets::Values(ndarray::array![[1.0], [0.0], [1.0], [0.0]]);
    let outputs = ndarray::array![[0.6], [0.4], [0.4], [0.9]];
    assert_eq!(Decision::Half.accuracy(&outputs, &y), 0.5);
}

#[test]
fn numbers_whose_squares_would_underflow_are_scaled_like_others() {
    for exponent in [-300, -200, -170, -150, -141, -139, 0, 90] {
        let size = 10_f64.powi(exponent);
        let values: Vec<f64> = (0..20).map(|i| f64::from(i) * size).collect();
        let (mean, std) = mean_and_std(&values);
        assert!(
            (mean / size - 9.5).abs() < 1e-9,
            "1e{exponent}: mean {mean}"
        );
        assert!(
            (std / size - 33.25_f64.sqrt()).abs() < 1e-9,
            "1e{exponent}: {std}"
        );
    }
    let denormal: Vec<f64> = (0..20).map(|i| f64::from(i) * 1e-320).collect();
    let (mean, std) = mean_and_std(&denormal);
    assert!(denormal.iter().all(|v| ((v - mean) / std).abs() < 2.0));
}
