//! What stands around a table in its file, and how much of it is read.

use super::*;

fn read(text: &str) -> Grid {
    Grid::read(text, &ReadOptions::default()).expect("a table")
}

/// The cells of the first row and the number of the rows below it.
fn first(text: &str) -> (Vec<String>, usize, usize) {
    let grid = read(text);
    let cells = grid
        .first
        .cells
        .iter()
        .map(|cell| cell.trim().to_string())
        .collect();
    (cells, grid.rows.len(), grid.left_out)
}

#[test]
fn titles_comments_and_footnotes_are_no_rows() {
    let table = "a,b,c\n1,2,3\n4,5,6\n7,8,9\n";
    let expected = |left_out| (vec!["a".to_string(), "b".into(), "c".into()], 3, left_out);
    assert_eq!(first(table), expected(0));
    for (text, left_out) in [
        (format!("Sales of 2020\n{table}"), 1),
        (format!("Sales of 2020,,\n\n{table}"), 1),
        (format!("Sales\nby month\n{table}"), 2),
        (format!("# a comment\n# another, one\n{table}"), 2),
        (format!("% of a program\n// and of another\n{table}"), 2),
        (format!("{table}\nSource: our own\n"), 1),
        (format!("{table}Total of all,,\n"), 1),
        (table.replace("4,5", "# between\n4,5"), 1),
    ] {
        assert_eq!(first(&text), expected(left_out), "{text}");
    }
    assert_eq!(first("|a|b|\n|---|---|\n|1|2|\n|3|4|\n").1, 2, "Markdown");
    let colors = "#ff0000,1,2\n#00ff00,3,4\n#0000ff,5,6\n";
    assert_eq!(first(colors).1, 2, "colours are cells");
    assert_eq!(first("#,name,x\n1,a,2\n2,b,3\n").0, ["#", "name", "x"]);
}

#[test]
fn lines_are_those_of_the_file() {
    let grid = read("sep=;\n# comment\na;b\n1;2\n\n3;4\n");
    assert_eq!(
        grid.rows.iter().map(|row| row.line).collect::<Vec<_>>(),
        [4, 6]
    );
}

#[test]
fn a_short_header_names_no_rows() {
    let grid = read("a,b\nMazda,1,2\nFiat,3,4\n");
    assert!(grid.has_row_names);
    assert!(
        !read("a,b\n1,2,\n3,4,\n").has_row_names,
        "a separator at the end of each row"
    );
    assert!(!read("a,b,\n1,2,\n3,4,\n").has_row_names);
}

#[test]
fn separators_are_found() {
    for (text, separator) in [
        ("a,b\n1,2\n", b','),
        ("a;b\n1,5;2,5\n", b';'),
        ("name\tx\nDoe, John\t5\nRoe, Ann\t6\n", b'\t'),
        ("a|b\n1|2\n", b'|'),
        ("5.1 3.5 a\n  4.9   3 b\n", b' '),
        ("1,5 2,5\n3,5 4,5\n", b' '),
        ("\"x\" \"y\"\n\"1\" 5.1 \"a b\"\n\"2\" 4.9 \"c\"\n", b' '),
        ("when,x\nJan 5 2020,3\nJan 6 2020,4\n", b','),
        ("a;b\n1 234;5 678\n2 345;6 789\n", b';'),
        (
            "a,b\n1,2\n1,2,3\n1,2,3,4\n1,2,3,4,5\n2,2,2,2,2,2\n1,2,3,4,5,6,7\n",
            b',',
        ),
        ("x;smoker;ill\n12,5;yes;no\n13,5;no;no\n2,5;yes;no\n", b';'),
        (
            "18.0   8   307.0  70  1\t\"a b\"\n15.0   8   350.0  70  1\t\"c\"\n",
            b' ',
        ),
        ("text;x\nwell, yes;1\nno;2\nso, so;3\n", b';'),
    ] {
        assert_eq!(
            char::from(guess_separator(text)),
            char::from(separator),
            "{text}"
        );
    }
}

#[test]
fn files_are_decoded() {
    let text = "größe;art\n1,5;süß\n";
    let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    assert_eq!(decode(text.as_bytes()), text);
    assert_eq!(decode(&wide(u16::to_le_bytes)), text, "without a mark");
    assert_eq!(decode(&wide(u16::to_be_bytes)), text);
    let marked = [&[0xff, 0xfe][..], &wide(u16::to_le_bytes)].concat();
    assert_eq!(decode(&marked).trim_start_matches('\u{feff}'), text);
    let western: Vec<u8> = text.chars().map(|c| c as u8).collect();
    assert_eq!(decode(&western), text);
    assert_eq!(decode(b"\x80 \x96 \xe4"), "€ – ä");
}

#[test]
fn of_many_rows_a_sample_is_read() {
    let text: String = (0..50_000)
        .map(|row| format!("{row},{}\n", row % 7))
        .collect();
    let grid = read(&text);
    assert_eq!((grid.rows.len(), grid.total), (MAX_ROWS, 49_999));
    let numbers: Vec<usize> = grid
        .rows
        .iter()
        .map(|row| row.cell(0).parse().expect("a number"))
        .collect();
    assert!(
        numbers.is_sorted()
            && numbers[..100].last() < Some(&400)
            && numbers[MAX_ROWS - 100] > 49_000
    );
    assert!(
        grid.rows
            .iter()
            .all(|row| row.index + 1 == row.cell(0).parse::<usize>().unwrap())
    );
    let again = read(&text);
    assert_eq!(again.rows[77].line, grid.rows[77].line, "the same sample");
    let options = ReadOptions {
        seed: 1,
        ..ReadOptions::default()
    };
    assert_ne!(
        Grid::read(&text, &options).unwrap().rows[77].line,
        grid.rows[77].line
    );
}
