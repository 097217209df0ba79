//! Tables as users have them: read, guessed, refused by row and column.

use super::limits::{MAX_BYTES, MAX_COLUMNS, MAX_ROWS};
use super::*;
use crate::config::Config;
use crate::data::{Dataset, Labels, Samples};
use gradient_flow_words::Words;
use serde_json::json;

const IRIS: &str = include_str!("../../../data/iris.csv");

fn read(options: &str, csv: &str) -> Upload {
    Upload::read(&format!("{options}\n{csv}")).unwrap()
}

/// The error message for a table that gives no samples.
fn refusal(options: &str, csv: &str) -> String {
    let samples = Upload::read(&format!("{options}\n{csv}")).and_then(|upload| upload.samples());
    samples.unwrap_err().to_string()
}

fn names(samples: &Samples) -> String {
    let Labels::Classes { names, .. } = &samples.y else {
        panic!("not classes")
    };
    names.join(" ")
}

#[test]
fn an_uploaded_table_gives_the_same_bits_as_the_built_in_one() {
    let load = |query: &str, table: &str| {
        let config = Config::from_query(query).unwrap();
        Dataset::<f32>::load(&config, Some(table)).unwrap()
    };
    let uploaded = load("data=upload", &format!("{{}}\n{IRIS}"));
    assert_eq!(uploaded, load("data=iris", IRIS));
}

#[test]
fn every_csv_dialect_gives_the_same_samples() {
    let plain = read("{}", "a,b,kind\n1,2.5,x\n3,4,y\n").samples().unwrap();
    assert_eq!(plain.x, ndarray::array![[1.0, 2.5], [3.0, 4.0]]);
    assert_eq!(names(&plain), "x y");
    for csv in [
        "a;b;kind\n1;2,5;x\n3;4;y\n",
        "a\tb\tkind\n1\t2,5\tx\n3\t4\ty",
        "\u{feff}a,b,kind\r\n1,2.5,x\r\n3,4,y\r\n",
        "a,b,kind\r1,2.5,x\r3,4,y\r",
        "\"a\",\"b\",\"kind\"\n\"1\",\"2.5\",\"x\"\n\"3\",\"4\",\"y\"\n",
        "a , b , kind\n 1, 2.50 , x\n\n3, 4e0,y\n , ,\n",
        "1,2.5,x\n3,4,y\n",
    ] {
        assert_eq!(read("{}", csv).samples().unwrap(), plain, "{csv:?}");
    }
    let quoted = read("{}", "a,b\n1,\"one, \"\"1\"\"\nor uno\"\n2,two\n");
    assert_eq!(names(&quoted.samples().unwrap()), "one, \"1\"\nor uno two");
}

#[test]
fn header_target_and_task_are_guessed_and_can_be_overruled() {
    let guess = |csv| {
        let upload = read("{}", csv);
        (upload.header, upload.target, upload.task)
    };
    assert_eq!(guess("a,b\n1,0.5\n2,0.7\n"), (true, 1, Task::Regression));
    assert_eq!(guess("1,0\n2,1\n3,1\n"), (false, 1, Task::Classes));
    assert_eq!(guess("Class,b\n1,0.5\n2,0.7\n"), (true, 0, Task::Classes));
    let many: String = (0..30).map(|i| format!("{},{i}\n", i * i)).collect();
    assert_eq!(guess(&many), (false, 1, Task::Regression));

    let csv = "2019,2020,kind\n1,2,3\n4,5,6\n";
    assert_eq!(read("{}", csv).rows.len(), 3);
    let overruled = read(
        r#"{"header":true,"target":"2019","task":"regression"}"#,
        csv,
    );
    assert_eq!((overruled.target, overruled.rows.len()), (0, 2));
    assert_eq!(
        overruled.samples().unwrap().y,
        Labels::Numbers(vec![1.0, 4.0])
    );
    assert_eq!(read(r#"{"target":2}"#, csv).target, 1, "from 1");
    let without = read(r#"{"header":true,"without":["2020"]}"#, csv);
    assert_eq!(without.samples().unwrap().x, ndarray::array![[1.0], [4.0]]);
}

#[test]
fn classes_that_are_numbers_are_sorted_by_size() {
    let samples = read("{}", "1,10\n2,9\n3,10\n4,-1\n").samples().unwrap();
    assert_eq!(names(&samples), "-1 9 10");
    let Labels::Classes { labels, .. } = samples.y else {
        panic!()
    };
    assert_eq!(labels, [2, 1, 2, 0]);
}

#[test]
fn columns_of_words_are_not_features() {
    let upload = read("{}", "who,age,city,y\nAnn,20,Rome,0\nBob,30,Oslo,1\n");
    assert_eq!(upload.samples().unwrap().x, ndarray::array![[20.0], [30.0]]);
    let described = upload.describe(&Words::english());
    assert_eq!(
        described["kinds"],
        json!(["words", "feature", "words", "target"])
    );
    assert_eq!(described["columns"], json!(["who", "age", "city", "y"]));
    assert_eq!(described["target"], 4);
    assert_eq!(described["classes"], json!(["0", "1"]));
}

#[test]
fn missing_and_invalid_cells_are_named_by_row_and_column() {
    let csv = "a,b,kind\n1,2,x\n3,,y\n5,six,x\n7,8,\n\n9,10,y\n11,nan,x\n";
    assert_eq!(
        refusal("{}", csv),
        "Row 3, column b: the value is missing. 3 more cells are missing or not numbers."
    );
    let upload = read("{}", csv);
    let invalid: Vec<_> = upload
        .invalid_cells
        .iter()
        .map(|cell| (cell.row, cell.column))
        .collect();
    assert_eq!(invalid, [(3, 1), (4, 1), (5, 2), (8, 1)]);
    let described = upload.describe(&Words::english());
    assert_eq!(
        (&described["broken_rows"], &described["broken_cells"]),
        (&json!(4), &json!(4))
    );
    assert_eq!(
        described["broken"][1],
        "Row 4, column b: “six” is not a number."
    );
    assert!(described["refused"].as_str().unwrap().contains("Row 3"));

    let skipping = read(r#"{"skip":true}"#, csv);
    assert_eq!(
        skipping.samples().unwrap().x,
        ndarray::array![[1.0, 2.0], [9.0, 10.0]]
    );
    assert_eq!(skipping.describe(&Words::english())["refused"], json!(null));
    assert_eq!(
        refusal("{}", "a,b\n1,2,3\n4,5,6\n"),
        "Row 2 has 3 cells, but row 1 has 2."
    );
    assert_eq!(
        refusal(r#"{"task":"regression"}"#, "a,b\n1,2\n3,x\n"),
        "Row 3, column b: “x” is not a number."
    );
    let huge = refusal(r#"{"target":1}"#, "a,b\n1,2\n3,1e200\n2,1\n");
    assert!(huge.starts_with("Row 3, column b: "), "{huge}");
}

#[test]
fn refusals_say_what_is_allowed() {
    let rows = |n: usize, cells: &str| format!("{cells}\n").repeat(n);
    for (options, csv, message) in [
        (
            "{}",
            String::new(),
            "rows cannot be 0. Allowed: a header and 2 rows.",
        ),
        (
            "{}",
            rows(3, "1"),
            "columns cannot be 1. Allowed: 2 or more, separated by comma, semicolon or tab.",
        ),
        (
            "{}",
            rows(1, "1,2"),
            "One sample is too few: at least 2 are needed.",
        ),
        (
            "{}",
            rows(MAX_ROWS + 1, "1,2"),
            "rows cannot be > 20000. Allowed: at most 20000.",
        ),
        (
            "{}",
            rows(2, &"1,".repeat(MAX_COLUMNS + 9)),
            "columns cannot be 510. Allowed: at most 500.",
        ),
        (
            "{}",
            rows(2, &"1".repeat(MAX_BYTES / 2)),
            "bytes cannot be 8000002. Allowed: at most 8000000.",
        ),
        (
            "{}",
            rows(3, "1,x"),
            "classes cannot be 1. Allowed: 2 or more.",
        ),
        (
            "{}",
            rows(3, "x,1"),
            "features cannot be 0. Allowed: 1 or more columns of numbers beside the target.",
        ),
        (
            r#"{"task":"classes"}"#,
            (0..50).map(|i| format!("1,{i}\n")).collect(),
            "classes cannot be > 20. Allowed: at most 20.",
        ),
        (
            r#"{"target":3}"#,
            rows(3, "1,2"),
            "target cannot be 3. Allowed: a column: its number from 1 to 2, or its name (column 1, column 2).",
        ),
        (
            r#"{"target":0}"#,
            rows(3, "1,2"),
            "target cannot be 0. Allowed: a column: its number from 1 to 2, or its name (column 1, column 2).",
        ),
        (
            r#"{"without":["z"]}"#,
            rows(3, "1,2"),
            "without cannot be z. Allowed: a column: its number from 1 to 2, or its name (column 1, column 2).",
        ),
        (
            r#"{"task":"ranking"}"#,
            rows(3, "1,2"),
            "task cannot be \"ranking\". Allowed: one of classes, regression.",
        ),
        (
            r#"{"header":1}"#,
            rows(3, "1,2"),
            "header cannot be 1. Allowed: true or false.",
        ),
        (
            r#"{"colour":1}"#,
            rows(3, "1,2"),
            "colour cannot be 1. Allowed: header, target, task, without and skip.",
        ),
    ] {
        assert_eq!(refusal(options, &csv), message);
    }
    assert!(refusal("a,b", "1,2\n").starts_with("table cannot be a,b."));
}

#[test]
fn a_table_at_the_limits_is_read() {
    let row = format!("{}1\n", "0.25,".repeat(66));
    let csv = row.repeat(MAX_ROWS);
    assert!(csv.len() <= MAX_BYTES && csv.len() > MAX_BYTES * 4 / 5);
    let samples = read(r#"{"task":"regression"}"#, &csv).samples().unwrap();
    assert_eq!(samples.x.dim(), (MAX_ROWS, 66));
}

/// The predictions at step 0 of a small network on a table.
fn predictions(csv: &str) -> crate::observe::snapshot::Predictions {
    let config = Config::from_query("data=upload&depth=1&width=4").unwrap();
    let mut session = crate::Session::<f32>::new(config, Some(&format!("{{}}\n{csv}"))).unwrap();
    session.request(crate::observe::snapshot::SnapshotRequest {
        predictions: true,
        ..Default::default()
    });
    session.snapshot(true).predictions
}

#[test]
fn predictions_adapt_to_the_features_and_size_of_the_table() {
    let sixty_four: String = (0..30)
        .map(|i| format!("{}{}\n", "0.5,1,".repeat(32), i % 2))
        .collect();
    let shown = predictions(&sixty_four);
    assert_eq!(
        (shown.images.len(), shown.confusion.len()),
        (0, 4),
        "64 features of an uploaded table are not an image"
    );

    let plane: String = (0..10_000).map(|i| format!("{i},3,{}\n", i % 3)).collect();
    let shown = predictions(&plane);
    assert!(
        shown.x.len() <= 1600 && shown.x.len() > 1200,
        "{} points",
        shown.x.len()
    );
    let [low, high] = [shown.extent[2], shown.extent[3]];
    assert!(
        low < high && low.is_finite(),
        "a constant feature still has a range: {low} {high}"
    );
    assert!(shown.surface.iter().all(|answer| answer.is_finite()));

    let numbers: String = (0..10_000)
        .map(|i| format!("{i},{}.5,3,{i}.25\n", i % 7))
        .collect();
    let shown = predictions(&numbers);
    assert_eq!((shown.x.len(), shown.y.len()), (667, 667));
}
