//! How tables are read that differ from the simple case, each kind by several: what a person would say of them.

use gradient_flow::data::{Upload, decode};
use gradient_flow_words::Words;
use serde_json::Value as Json;
use std::fs;
use std::path::Path;

fn describe(options: &str, bytes: &[u8]) -> Json {
    let words = Words::english();
    let upload = Upload::read(&format!("{options}\n{}", decode(bytes)));
    upload
        .expect("a table")
        .describe(&|message| words.say(message).into())
}

/// Rows, target, classes (0 for a regression), then each column with its kind and number of features; one that is left
/// out has a minus.
fn summary(table: &Json) -> String {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_string();
    let column = |column: &Json| {
        let sign = if column["used"] == true { ":" } else { "-" };
        format!(
            "{}{sign}{}{}",
            text(&column["name"]),
            text(&column["kind"]),
            column["features"]
        )
    };
    let columns: Vec<String> = table["columns"]
        .as_array()
        .expect("a list")
        .iter()
        .map(column)
        .collect();
    assert_eq!(table["refused"], Json::Null);
    let classes = table["classes"].as_array().map_or(0, Vec::len);
    format!(
        "{} {} {classes} | {}",
        table["rows"],
        text(&table["target"]),
        columns.join(" ")
    )
}

#[test]
fn the_files_are_read_as_a_person_would() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/tables");
    for (file, expected) in [
        (
            "bool",
            "40 ill 2 | a:number1 b:number1 smoker:flag1 ill-flag0",
        ),
        (
            "cat",
            "40 charges 0 | sex:words1 smoker:flag1 charges-number0",
        ),
        ("cls21", "260 kind 26 | x:number1 y:number1 kind-words0"),
        ("currency", "40 price 0 | size:number1 price-number0"),
        ("dateonly", "40 sales 0 | month:time3 sales-number0"),
        (
            "first",
            "40 diagnosis 2 | diagnosis-words0 r1:number1 r2:number1",
        ),
        (
            "h-pixels",
            "40 label 3 | label-number0 0:number1 1:number1 2:number1",
        ),
        (
            "h-years",
            "40 trend 2 | 2019:number1 2020:number1 2021:number1 trend-words0",
        ),
        ("id", "40 kind 2 | Id-row_number0 x:number1 kind-words0"),
        ("int-small", "10 y 0 | x:number1 y-number0"),
        (
            "mixed",
            "40 survived 2 | ticket-words0 age:number1 survived-number0",
        ),
        (
            "namelast",
            "40 mpg 0 | mpg-number0 power:number1 name-words0",
        ),
        ("pipe", "40 y 2 | a:number1 b:number1 y-number0"),
        (
            "question",
            "40 ill 2 | age:number1 chol:number2 ill-number0",
        ),
        (
            "rowname-short",
            "40 y 2 | column 1-row_number0 a:number1 b:number1 y-number0",
        ),
        ("sep", "40 y 2 | a:number1 b:number1 y-number0"),
        (
            "space",
            "40 column 3 2 | column 1:number1 column 2:number1 column 3-number0",
        ),
        (
            "survived",
            "40 survived 2 | survived-number0 pclass:number1 age:number1",
        ),
        (
            "thousands-de-mixed",
            "40 miete 0 | zimmer:number1 miete-number0",
        ),
        (
            "trail",
            "40 c 2 | a:number1 b:number1 c-number0 column 4-empty0 column 5-empty0",
        ),
    ] {
        let bytes = fs::read(folder.join(format!("{file}.csv"))).expect("a file");
        assert_eq!(
            format!("{file} {}", summary(&describe("{}", &bytes))),
            format!("{file} {expected}")
        );
    }
}

/// A table of so many rows from what each of them holds.
fn rows(header: &str, count: usize, row: impl Fn(usize) -> String) -> String {
    let rows: Vec<String> = (0..count).map(row).collect();
    format!("{header}{}\n", rows.join("\n"))
}

#[test]
fn each_kind_is_read_in_other_forms_too() {
    let noise = |i: usize| (i * 7919 + 13) % 101;
    for (table, expected) in [
        // Words, flags, and what is no feature.
        (
            rows("t;f;on;jn\n", 20, |i| {
                format!(
                    "{};{};{};{}",
                    i % 4,
                    ["f", "t"][i % 2],
                    ["on", "off"][i / 2 % 2],
                    ["ja", "nein"][i / 5 % 2]
                )
            }),
            "20 jn 2 | t:number1 f:flag1 on:flag1 jn-flag0",
        ),
        (
            rows("a1,a2,class\n", 30, |i| {
                format!(
                    "{},{},{}",
                    ["b", "a", "?"][i % 3],
                    noise(i),
                    ["+", "-"][i % 2]
                )
            }),
            "30 class 2 | a1:words3 a2:number1 class-flag0",
        ),
        (
            rows("name,kind,mass\n", 30, |i| {
                format!("N{i},{},{}.5", ["cat", "dog"][i % 2], noise(i))
            }),
            "30 kind 2 | name-words0 kind-words0 mass:number1",
        ),
        (
            rows("city,rooms,rent\n", 60, |i| {
                format!("c{},{},{}", i % 25, i % 4, 300 + noise(i) * 7)
            }),
            "60 rent 0 | city:words20 rooms:number1 rent-number0",
        ),
        (
            rows("PassengerId,Name,Age,Survived\n", 40, |i| {
                format!("{},\"Doe, Mr. {i}\",{},{}", 900 - i * 3, 20 + i % 31, i % 2)
            }),
            "40 Survived 2 | PassengerId-row_number0 Name-words0 Age:number1 Survived-number0",
        ),
        (
            rows(",x,z\n", 20, |i| {
                format!("{i},{},{}", noise(i), noise(i + 3))
            }),
            "20 z 0 | column 1-row_number0 x:number1 z-number0",
        ),
        (
            rows("unit,a,price\n", 20, |i| {
                format!("mm,{},{}.25", noise(i), noise(i + 5))
            }),
            "20 price 0 | unit-constant0 a:number1 price-number0",
        ),
        // Numbers with signs.
        (
            rows("share,weight,price\n", 20, |i| {
                format!(
                    "{} %,{} kg,\"€ {},{:03}.50\"",
                    noise(i),
                    noise(i + 1),
                    1 + i,
                    noise(i)
                )
            }),
            "20 price 0 | share:number1 weight:number1 price-number0",
        ),
        (
            rows("a;b\n", 20, |i| {
                format!("{},5;\"1.{:03},25\"", noise(i), noise(i + 2))
            }),
            "20 b 0 | a:number1 b-number0",
        ),
        (
            rows("worth;wage\n", 20, |i| {
                format!("{};€{}", ["1.5M", "500K", "75K"][i % 3], noise(i))
            }),
            "20 wage 0 | worth:number1 wage-number0",
        ),
        // Times.
        (
            rows("when,temp\n", 60, |i| {
                format!(
                    "{:02}.{:02}.2020 {:02}:30,{}.5",
                    i % 28 + 1,
                    i / 28 + 1,
                    i % 24,
                    noise(i)
                )
            }),
            "60 temp 0 | when:time3 temp-number0",
        ),
        (
            rows("start,delay\n", 30, |i| {
                format!("{:02}:15,{}", i % 24, noise(i))
            }),
            "30 delay 0 | start:time3 delay-number0",
        ),
        (
            rows("date,sales\n", 40, |i| {
                format!("2021{:02}{:02},{}", i / 28 + 1, i % 28 + 1, noise(i))
            }),
            "40 sales 0 | date:time1 sales-number0",
        ),
        (
            rows("Month,Passengers\n", 36, |i| {
                format!(
                    "{} {},{}",
                    ["Jan", "May", "Sep"][i % 3],
                    1950 + i / 3,
                    100 + noise(i)
                )
            }),
            "36 Passengers 0 | Month:time3 Passengers-number0",
        ),
        // Missing cells by many names.
        (
            rows("a,b,y\n", 40, |i| {
                format!(
                    "{},{},{}",
                    if i % 10 == 0 { "#N/A" } else { "4" }.replace('4', &noise(i).to_string()),
                    ["-", ".", "None", "7", "8", "9", "4"][i % 7],
                    i % 2
                )
            }),
            "40 y 2 | a:number2 b:number2 y-number0",
        ),
        // One word among numbers stands for a missing one; many do not.
        (
            rows("a,code,y\n", 40, |i| {
                format!(
                    "{},{},{}",
                    if i % 3 == 0 {
                        "unknown".into()
                    } else {
                        noise(i).to_string()
                    },
                    if i % 3 == 0 {
                        format!("A{i}")
                    } else {
                        noise(i).to_string()
                    },
                    i % 2
                )
            }),
            "40 y 2 | a:number2 code-words0 y-number0",
        ),
        (
            rows("quarter,gdp\n", 36, |i| {
                format!("{}Q{},{}", 2000 + i / 4, i % 4 + 1, noise(i))
            }),
            "36 gdp 0 | quarter:time3 gdp-number0",
        ),
        // Headers.
        (
            rows("1990,1991,1992,1993\n", 20, |i| {
                format!(
                    "{},{},{},{}",
                    noise(i),
                    noise(i + 1),
                    noise(i + 2),
                    noise(i + 3)
                )
            }),
            "20 1993 0 | 1990:number1 1991:number1 1992:number1 1993-number0",
        ),
        (
            rows("0,1,2,3,4,5,digit\n", 30, |i| {
                format!(
                    "{},{},{},{},{},{},{}",
                    noise(i),
                    noise(i + 1),
                    noise(i + 2),
                    noise(i + 4),
                    noise(i + 3),
                    noise(i + 9),
                    i % 3
                )
            }),
            "30 digit 3 | 0:number1 1:number1 2:number1 3:number1 4:number1 5:number1 digit-number0",
        ),
        (
            rows("", 20, |i| {
                format!("{}.5,{}.1,{}", noise(i), noise(i + 1), ["yes", "no"][i % 2])
            }),
            "20 column 3 2 | column 1:number1 column 2:number1 column 3-flag0",
        ),
        (
            rows("", 30, |i| {
                format!(
                    "{},{},{}",
                    ["e", "p"][i % 2],
                    ["x", "b", "f"][i % 3],
                    ["n", "y", "w"][i / 2 % 3]
                )
            }),
            "30 column 3 3 | column 1:words1 column 2:words3 column 3-words0",
        ),
        // Targets.
        (
            rows("lat,lon,price,ocean\n", 40, |i| {
                format!(
                    "{}.25,{}.5,{},{}",
                    i % 9,
                    noise(i),
                    noise(i + 1) * 100,
                    ["near", "far"][i % 2]
                )
            }),
            "40 price 0 | lat:number1 lon:number1 price-number0 ocean:words1",
        ),
        (
            rows("", 30, |i| {
                format!("{},{}.2,{}.4", i % 3 + 1, noise(i), noise(i + 5))
            }),
            "30 column 1 3 | column 1-number0 column 2:number1 column 3:number1",
        ),
        (
            rows("x,y,z,carat,price\n", 30, |i| {
                format!(
                    "{},{},{},{},{}",
                    noise(i),
                    noise(i + 2),
                    noise(i + 4),
                    noise(i + 6),
                    noise(i + 8)
                )
            }),
            "30 price 0 | x:number1 y:number1 z:number1 carat:number1 price-number0",
        ),
        (
            rows("\"mpg\" \"cyl\" \"hp\"\n", 20, |i| {
                format!(
                    "\"Mazda {i}\" {}.5 {} {}",
                    noise(i),
                    i % 3 * 2 + 4,
                    noise(i + 1)
                )
            }),
            "20 mpg 0 | column 1-words0 mpg-number0 cyl:number1 hp:number1",
        ),
        (
            rows("Results of May\n\n# by hand\n", 0, |_| String::new())
                + &rows("a,b,y\n", 20, |i| {
                    format!("{},{},{}", noise(i), noise(i + 2), i % 2)
                })
                + "Source: us\n",
            "20 y 2 | a:number1 b:number1 y-number0",
        ),
    ] {
        let found = summary(&describe("{}", table.as_bytes()));
        assert_eq!(found, expected, "{}", &table[..table.len().min(200)]);
    }
}

#[test]
fn signs_behind_numbers_keep_their_size() {
    let value = |cells: [&str; 4], separator: char| {
        let rows: Vec<String> = cells
            .iter()
            .enumerate()
            .map(|(i, cell)| format!("{i}{separator}{cell}"))
            .collect();
        let upload = Upload::read(&format!(
            "{{\"target\":2,\"header\":false,\"task\":\"regression\"}}\n{}\n",
            rows.join("\n")
        ));
        let y = upload.expect("a table").samples().expect("samples").y;
        let gradient_flow::data::Labels::Numbers(numbers) = y else {
            panic!("a regression")
        };
        numbers
    };
    assert_eq!(
        value(["1.2M", "500K", "75k", "3"], ';'),
        [1.2e6, 5e5, 7.5e4, 3.0]
    );
    assert_eq!(
        value(["902", "1.203", "300", "12.000"], ';'),
        [902.0, 1203.0, 300.0, 12_000.0]
    );
    assert_eq!(
        value(["5 m", "7", "3 m", "1 m"], ';'),
        [5.0, 7.0, 3.0, 1.0],
        "metres, not millions"
    );
    assert_eq!(
        value(["1st", "2nd", "3rd", "4th"], ','),
        [1.0, 2.0, 3.0, 4.0]
    );
    assert_eq!(
        value(["(5)", "-3", "−2", "$1"], ','),
        [-5.0, -3.0, -2.0, 1.0]
    );
    assert_eq!(
        value(["\"1,200\"", "\"3,400.5\"", "7", "\"12,000\""], ','),
        [1200.0, 3400.5, 7.0, 12_000.0]
    );
}

#[test]
fn a_message_names_row_column_and_cell_once() {
    let table = rows("a,b\n", 20, |i| {
        format!(
            "{},{}",
            if i == 7 { "abc".into() } else { i.to_string() },
            i * i
        )
    });
    let warnings = describe("{}", table.as_bytes())["warnings"].clone();
    assert_eq!(
        warnings,
        serde_json::json!([
            "Row 9, column a: “abc” does not fit the other cells and counts as missing."
        ])
    );
    let refused =
        Upload::read("{}\na,b,c\n1,2,3\n4,5,6,7\n8,9,10\n").expect_err("a row is too long");
    assert_eq!(
        refused.to_string(),
        "Row 3 has 4 cells, but the other rows have 3."
    );
}

#[test]
fn a_column_that_says_the_target_is_pointed_out() {
    let table = rows("survived,alive,age\n", 40, |i| {
        format!("{},{},{}", i % 2, ["no", "yes"][i % 2], i * 37 % 61)
    });
    let warnings = describe("{}", table.as_bytes())["warnings"].to_string();
    assert!(
        warnings.contains("Column alive says the same as survived"),
        "{warnings}"
    );
}

#[test]
fn what_can_be_read_in_two_ways_is_asked() {
    let dates = rows("day,x,sales\n", 20, |i| {
        format!("0{}/0{}/2020,{},{}", i % 9 + 1, i % 7 + 1, i % 5, i * i)
    });
    let said = describe("{}", dates.as_bytes());
    assert_eq!(said["ambiguous_dates"], true);
    assert!(
        said["warnings"]
            .to_string()
            .contains("day and month could be exchanged")
    );
    assert_eq!(
        describe(r#"{"dates":"day_first"}"#, dates.as_bytes())["ambiguous_dates"],
        false
    );
    let numbers = rows("x;rent\n", 20, |i| {
        format!(
            "{i};{}",
            if i < 9 {
                format!("{}", 300 + i * 70)
            } else {
                format!("1.{:03}", i * 31)
            }
        )
    });
    assert_eq!(
        describe("{}", numbers.as_bytes())["ambiguous_decimal"],
        true
    );
    let said = describe(r#"{"decimal":"."}"#, numbers.as_bytes());
    assert_eq!(
        (&said["ambiguous_decimal"], &said["decimal"]),
        (&false.into(), &".".into())
    );
}
