//! Tables as users have them: read, guessed, filled, refused by row and column.

use super::limits::{MAX_BYTES, MAX_COLUMNS, MAX_ROWS};
use super::*;
use crate::config::Config;
use crate::data::{Dataset, Labels, Samples};
use gradient_flow_words::Words;
use serde_json::{Value as Json, json};

const IRIS: &str = include_str!("../../../data/iris.csv");

fn read(options: &str, csv: &str) -> Upload {
    Upload::read(&format!("{options}\n{csv}")).unwrap()
}

/// The error message for a table that gives no samples.
fn refusal(options: &str, csv: &str) -> String {
    let samples = Upload::read(&format!("{options}\n{csv}")).and_then(|upload| upload.samples());
    samples.unwrap_err().to_string()
}

/// What is said of a table, in English.
fn described(upload: &Upload) -> Json {
    upload.describe(&|message| Words::english().say(message).into())
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
        "a|b|kind\n1|2.5|x\n3|4|y\n",
        "a  b kind\n 1 2.5 x\n 3   4 y\n",
        "sep=;\na;b;kind\n1;2,5;x\n3;4;y\n",
        "# measured in May\n\na,b,kind\n1,2.5,x\n3,4,y\n",
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
    assert_eq!(
        guess("1,0\n2,1\n3,2\n"),
        (false, 1, Task::Regression),
        "one row a class"
    );
    assert_eq!(guess("Class,b\n1,0.5\n2,0.7\n"), (true, 0, Task::Classes));
    let many: String = (0..30).map(|i| format!("{},{i}\n", i * i)).collect();
    assert_eq!(guess(&many), (false, 1, Task::Regression));

    let csv = "2019,2020,kind\n1,2,3\n4,5,6\n";
    assert_eq!(read("{}", csv).rows.len(), 2);
    assert_eq!(read(r#"{"header":false}"#, csv).rows.len(), 3);
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
fn words_become_features_unless_every_row_has_its_own() {
    let mut csv = String::from("who,age,city,smokes,y\n");
    for row in 0..12 {
        let city = ["Rome", "Oslo", "Bern"][row % 3];
        csv += &format!(
            "P{row},{},{city},{},{}\n",
            20 + row * row,
            ["no", "Yes"][row % 2],
            row / 6
        );
    }
    let upload = read("{}", &csv);
    let described = described(&upload);
    let of = |name: &str| {
        described["columns"]
            .as_array()
            .unwrap()
            .iter()
            .map(|column| column[name].clone())
            .collect::<Json>()
    };
    assert_eq!(of("name"), json!(["who", "age", "city", "smokes", "y"]));
    assert_eq!(
        of("kind"),
        json!(["words", "number", "words", "flag", "number"])
    );
    assert_eq!(of("features"), json!([0, 1, 3, 1, 0]));
    assert_eq!(of("used"), json!([false, true, true, true, false]));
    assert_eq!(
        (&described["target"], &described["classes"]),
        (&"y".into(), &json!(["0", "1"]))
    );
    let row = |row| upload.samples().unwrap().x.row(row).to_vec();
    assert_eq!(row(1), [21.0, 0.0, 1.0, 0.0, 1.0]);
    assert_eq!(row(2), [24.0, 0.0, 0.0, 1.0, 0.0]);
}

#[test]
fn of_many_words_the_commonest_are_features() {
    let mut csv = String::from("word,n,y\n");
    for row in 0..300_usize {
        // Word 0 comes 100 times, the others 8 or so.
        let word = if row % 3 == 0 { 0 } else { row % 25 };
        csv += &format!("w{word},{},{}\n", row * row % 97, row % 2);
    }
    let upload = read("{}", &csv);
    assert_eq!(described(&upload)["columns"][0]["features"], 20);
    let x = upload.samples().unwrap().x;
    assert!(
        x.outer_iter()
            .all(|row| row.iter().take(20).sum::<f64>() == 1.0),
        "each row has one of them"
    );
    assert_eq!(x.column(0).sum(), 108.0);
}

#[test]
fn missing_cells_are_filled_or_their_rows_left_out() {
    let csv = "a,b,kind\n1,2,x\n3,,y\n5,4,x\n7,8,\n9,10,y\n11,n/a,x\n2,3,?\n4,5,y\n6,six,x\n";
    let upload = read("{}", csv);
    let samples = upload.samples().unwrap();
    assert_eq!(
        samples.x.dim(),
        (7, 3),
        "rows without a target are left out; b has a column for what is missing"
    );
    assert!(samples.x[[1, 1]].is_nan() && samples.x[[6, 1]].is_nan());
    assert_eq!(
        samples.x.column(2).to_vec(),
        [0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0]
    );
    let said = described(&upload);
    assert_eq!(
        (&said["missing"], &said["rows"], &said["used_rows"]),
        (&5.into(), &9.into(), &7.into())
    );
    assert_eq!(
        said["warnings"],
        json!([
            "Row 10, column b: “six” does not fit the other cells and counts as missing.",
            "2 rows have no value to predict and are left out.",
        ])
    );
    for options in [r#"{"skip":true}"#, r#"{"missing":"skip"}"#] {
        let samples = read(options, csv).samples().unwrap();
        assert_eq!(
            samples.x,
            ndarray::array![[1.0, 2.0], [5.0, 4.0], [9.0, 10.0], [4.0, 5.0]]
        );
    }
    let config = Config::from_query("data=upload&scaling=none&train-fraction=0.9").unwrap();
    let data = Dataset::<f64>::of_samples(&config, samples).unwrap();
    assert!(
        data.train
            .x
            .iter()
            .chain(&data.test.x)
            .all(|x| x.is_finite()),
        "filled"
    );
}

#[test]
fn dates_become_days_and_waves() {
    let mut csv = String::from("when,sales\n");
    for month in 0..30 {
        csv += &format!(
            "{}-{:02}-01,{}\n",
            2020 + month / 12,
            month % 12 + 1,
            100 + month * month
        );
    }
    let samples = read("{}", &csv).samples().unwrap();
    assert_eq!(samples.x.dim(), (30, 3));
    assert_eq!(samples.x[[1, 0]] - samples.x[[0, 0]], 31.0);
    let year = |row: usize| [samples.x[[row, 1]], samples.x[[row, 2]]];
    let [before, after] = [year(0), year(12)];
    assert!((before[0] - after[0]).abs() < 0.03 && (before[1] - after[1]).abs() < 0.03);
    assert!(
        (year(6)[1] - before[1]).abs() > 1.5,
        "July is far from January"
    );
}

#[test]
fn a_kind_can_be_chosen() {
    let csv = "ticket,zone,y\nA1,1,0\n17,2,1\n18,3,0\n19,1,1\nB7,2,0\n20,3,1\n";
    let x = |options: &str| read(options, csv).samples().unwrap().x;
    assert_eq!(x("{}").dim(), (6, 1), "the tickets are left out");
    assert_eq!(x(r#"{"kinds":{"zone":"words"}}"#).dim(), (6, 3));
    let numbers = x(r#"{"kinds":[[1,"number"]]}"#);
    assert_eq!(numbers.dim(), (6, 3), "with what is missing");
    assert!(numbers[[0, 0]].is_nan() && numbers[[1, 0]] == 17.0);
    assert_eq!(x(r#"{"with":["ticket"]}"#).dim(), (6, 7));
    assert_eq!(
        x(r#"{"without":["zone"],"kinds":{"ticket":"words"}}"#).dim(),
        (6, 6)
    );
    assert_eq!(
        described(&read(r#"{"without":["zone"]}"#, csv))["columns"][1]["left_out"],
        "You left it out."
    );
}

#[test]
fn a_row_that_is_too_long_is_named() {
    assert_eq!(
        refusal("{}", "a,b\n1,2\n2,3\n3,4,5\n4,6\n"),
        "Row 4 has 3 cells, but the other rows have 2."
    );
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
            "columns cannot be 1. Allowed: 2 or more, separated by comma, semicolon, tab, pipe or blanks.",
        ),
        (
            "{}",
            rows(1, "1,2"),
            "One sample is too few: at least 2 are needed.",
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
            r#"{"target":2}"#,
            String::from("1,x\n2,x\n4,x\n"),
            "classes cannot be 1. Allowed: 2 or more.",
        ),
        (
            "{}",
            rows(3, "1,x") + "1,y\n",
            "features cannot be 0. Allowed: 1 or more columns to learn from beside the target.",
        ),
        (
            r#"{"target":2,"task":"classes"}"#,
            (0..60).map(|i| format!("{},{i}\n", i % 7)).collect(),
            "classes cannot be 60. Allowed: at most 50.",
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
            r#"{"decimal":"x"}"#,
            rows(3, "1,2"),
            "decimal cannot be \"x\". Allowed: one of ., ,.",
        ),
        (
            r#"{"kinds":{"z":"words"}}"#,
            rows(3, "1,2"),
            "kinds cannot be z. Allowed: a column: its number from 1 to 2, or its name (column 1, column 2).",
        ),
        (
            r#"{"kinds":{"column 1":"empty"}}"#,
            rows(3, "1,2"),
            "kinds cannot be \"empty\". Allowed: one of number, words, flag, time.",
        ),
        (
            r#"{"kinds":7}"#,
            rows(3, "1,2"),
            "kinds cannot be 7. Allowed: an object of columns and their kinds.",
        ),
        (
            r#"{"colour":1}"#,
            rows(3, "1,2"),
            "colour cannot be 1. Allowed: header, separator, decimal, dates, target, task, kinds, with, without, missing and seed.",
        ),
    ] {
        assert_eq!(refusal(options, &csv), message);
    }
    assert!(refusal("a,b", "1,2\n").starts_with("table cannot be a,b."));
}

#[test]
fn a_table_at_the_limits_is_read() {
    let row = |last| format!("{}{last}\n", format!("0.{last}5,").repeat(66));
    let csv = [row(1), row(2)].concat().repeat(MAX_ROWS / 2);
    assert!(csv.len() <= MAX_BYTES && csv.len() > MAX_BYTES * 4 / 5);
    let samples = read(r#"{"task":"regression"}"#, &csv).samples().unwrap();
    assert_eq!(samples.x.dim(), (MAX_ROWS, 66));
}

/// The predictions at step 0 of a small network on a table.
fn predictions(csv: &str) -> crate::observe::snapshot::Predictions {
    predictions_with("{}", csv)
}

fn predictions_with(options: &str, csv: &str) -> crate::observe::snapshot::Predictions {
    let config = Config::from_query("data=upload&depth=1&width=4").unwrap();
    let mut session =
        crate::Session::<f32>::new(config, Some(&format!("{options}\n{csv}"))).unwrap();
    session.request(crate::observe::snapshot::SnapshotRequest {
        predictions: true,
        ..Default::default()
    });
    session.snapshot(true).predictions
}

#[test]
fn predictions_adapt_to_the_features_and_size_of_the_table() {
    let sixty_four: String = (0..30)
        .map(|i| format!("{}{}\n", format!("0.{i},{i}1,").repeat(32), i % 2))
        .collect();
    let shown = predictions(&sixty_four);
    assert_eq!(
        (shown.images.len(), shown.confusion.len()),
        (0, 4),
        "64 features of an uploaded table are not an image"
    );

    let plane: String = (0..10_000).map(|i| format!("{i},3,{}\n", i % 3)).collect();
    let shown = predictions_with(r#"{"with":[1,2]}"#, &plane);
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
