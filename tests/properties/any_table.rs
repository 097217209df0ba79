//! Whatever a table holds: an answer or a named error, and what is shown as read is what is trained on.

#[path = "cases.rs"]
mod cases;

use cases::cases;
use gradient_flow::data::{Labels, Upload, decode};
use gradient_flow_words::Words;
use peak_alloc::PeakAlloc;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value as Json;

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

fn describe(upload: &Upload) -> Json {
    upload.describe(&|message| Words::english().say(message).into())
}

/// Cells that mean something to the reader.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (-2000i32..2000).prop_map(|n| n.to_string()),
        3 => (-2000i32..2000).prop_map(|n| format!("{}.{}", n / 10, n.abs() % 10)),
        1 => "[0-9]{1,3}[.,][0-9]{3}",
        1 => "(yes|no|TRUE|f|t|ja|NA|\\?|-|\\+|n/a| )",
        1 => "(20[0-2][0-9]-[01][0-9]-[0-3][0-9]|[0-3][0-9]/[01][0-9]/20[0-2][0-9]|[0-2][0-9]:[0-5][0-9])",
        1 => "[$€]?[0-9]{1,4}( ?(%|kg|K|M|m))?",
        1 => "[a-c#\"']{0,3}",
    ]
}

/// A table as text, with a separator.
fn table() -> impl Strategy<Value = String> {
    let separators = proptest::sample::select(&[",", ";", "\t", "|", "  "][..]);
    (separators, 2usize..6, vec(vec(cell(), 6), 1..40)).prop_map(|(separator, columns, rows)| {
        rows.iter()
            .map(|row| row[..columns].join(separator) + "\n")
            .collect()
    })
}

/// A number in the notation of a place.
fn written(value: i64, cents: i64, thousands: &str, decimal: &str) -> String {
    let digits = value.abs().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text += thousands;
        }
        text.push(digit);
    }
    format!(
        "{}{text}{decimal}{cents:02}",
        if value < 0 { "-" } else { "" }
    )
}

#[test]
fn the_limits_act_while_a_table_is_read() {
    // Of 2 million rows and of a row of 4 million cells no more is kept than is used. The other tests allocate little.
    for text in [
        "1,2\n".repeat(1_999_999),
        ",1".repeat(3_900_000),
        "1 2\n".repeat(1_999_999),
    ] {
        let text = format!("{{}}\n{text}");
        let before = ALLOCATED.current_usage();
        ALLOCATED.reset_peak_usage();
        let _ = Upload::read(&text).map(|upload| describe(&upload));
        let most = ALLOCATED.peak_usage() - before;
        assert!(most < 60_000_000, "{most} bytes for {}", &text[..20]);
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_table_is_read_or_refused(text in table(), options in proptest::sample::select(&[
        "{}", r#"{"missing":"skip"}"#, r#"{"header":false}"#, r#"{"header":true,"target":1}"#, r#"{"kinds":[[1,"words"],[2,"time"]]}"#,
        r#"{"kinds":[[1,"flag"],[2,"number"]],"with":[1,2]}"#, r#"{"decimal":","}"#, r#"{"target":2,"task":"classes"}"#,
        r#"{"target":1,"task":"regression"}"#, r#"{"separator":" ","dates":"day_first"}"#,
    ][..])) {
        let Ok(upload) = Upload::read(&format!("{options}\n{text}")) else { return Ok(()) };
        let said = describe(&upload);
        match upload.samples() {
            Err(error) => prop_assert_eq!(&said["refused"], &Json::from(error.to_string())),
            Ok(samples) => {
                prop_assert_eq!(&said["refused"], &Json::Null);
                prop_assert_eq!(&said["features"], &Json::from(samples.x.ncols()));
                prop_assert_eq!(&said["used_rows"], &Json::from(samples.x.nrows()));
                prop_assert!(!samples.x.iter().any(|x| x.is_infinite()));
                let columns = said["columns"].as_array().expect("a list");
                let sum: u64 = columns.iter().map(|column| column["features"].as_u64().expect("a count")).sum();
                prop_assert_eq!(sum, samples.x.ncols() as u64);
                let names = said["classes"].as_array().map_or(0, Vec::len);
                match samples.y {
                    Labels::Classes { labels, .. } => prop_assert!(labels.iter().all(|label| *label < names)),
                    Labels::Numbers(numbers) => prop_assert!(names == 0 && numbers.iter().all(|y| y.is_finite())),
                }
            }
        }
    }

    #[test]
    fn what_is_shown_is_what_is_trained_on(text in table()) {
        let Ok(upload) = Upload::read(&format!("{{}}\n{text}")) else { return Ok(()) };
        let (said, Ok(samples)) = (describe(&upload), upload.samples()) else { return Ok(()) };
        if said["rows"] != said["used_rows"] {
            return Ok(());
        }
        let columns = said["columns"].as_array().expect("a list");
        for (row, cells) in said["first"].as_array().expect("a list").iter().enumerate() {
            let mut at = 0;
            for (column, cell) in columns.iter().zip(cells.as_array().expect("a list")) {
                if column["used"] == true && column["kind"] == "number" {
                    let shown = cell.as_str().expect("a text");
                    let trained = samples.x[[row, at]];
                    if shown.is_empty() {
                        prop_assert!(trained.is_nan());
                    } else {
                        prop_assert_eq!(shown.parse::<f64>().ok(), Some(trained), "{}", text);
                    }
                }
                at += column["features"].as_u64().expect("a count") as usize;
            }
        }
    }

    #[test]
    fn any_bytes_are_decoded(bytes in vec(any::<u8>(), 0..200)) {
        let text = decode(&bytes);
        let _ = Upload::read(&format!("{{}}\n{text}")).map(|upload| describe(&upload));
    }

    #[test]
    fn a_number_is_the_same_in_the_notation_of_every_place(
        rows in vec((-3_000_000i64..3_000_000, 0i64..100), 4..30),
    ) {
        let read = |thousands: &str, decimal: &str, separator: char| {
            let lines: Vec<String> = rows.iter().enumerate()
                .map(|(at, (value, cents))| format!("{}{separator}\"{}\"", at * at, written(*value, *cents, thousands, decimal)))
                .collect();
            let options = r#"{"target":2,"task":"regression","header":false}"#;
            let upload = Upload::read(&format!("{options}\n{}\n", lines.join("\n"))).expect("a table");
            match upload.samples().expect("samples").y {
                Labels::Numbers(numbers) => numbers,
                Labels::Classes { .. } => unreachable!("a regression"),
            }
        };
        let plain = read("", ".", ',');
        for (thousands, decimal, separator) in [
            ("", ",", ';'), (".", ",", ';'), (",", ".", ','), (" ", ",", ';'), ("'", ".", '\t'), ("\u{a0}", ",", '\t'),
        ] {
            prop_assert_eq!(&read(thousands, decimal, separator), &plain, "{} {}", thousands, decimal);
        }
    }
}
