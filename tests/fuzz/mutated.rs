//! The fuzzer's functions (`entry.rs`) in the ordinary test: on the kept corpus, on arbitrary bytes, and on the corpus with
//! some bytes changed. `PROPTEST_CASES` sets how many inputs are tried.

#[path = "../properties/cases.rs"]
mod cases;
mod entry;

use cases::cases;
use gradient_flow::observe::snapshot::SnapshotRequest;
use gradient_flow::{Config, Session, Snapshot};
use gradient_flow_web::to_words;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::fs;
use std::path::{Path, PathBuf};

/// A kind of input: the folder of its corpus and its function.
type Kind = (&'static str, fn(&[u8]));

const KINDS: [Kind; 5] = [
    ("query", entry::query),
    ("json", entry::json),
    ("table", entry::table),
    ("words", entry::words),
    ("numbers", entry::numbers),
];

fn corpus(kind: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fuzz/corpus")
        .join(kind);
    let entries = fs::read_dir(&folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| fs::read(file).expect("a file"))
        .collect()
}

/// A change of an input.
#[derive(Debug, Clone)]
enum Change {
    /// Overwrites one byte.
    Set(Index, u8),
    /// Inserts some bytes.
    Insert(Index, Vec<u8>),
    /// Removes up to so many bytes.
    Remove(Index, usize),
    /// Repeats up to so many bytes.
    Repeat(Index, usize),
}

/// Pieces that mean something in one of the languages.
const PIECES: &[&str] = &[
    "&",
    "=",
    "%",
    "%ff",
    "-",
    "1e309",
    "1e-400",
    "-0",
    "NaN",
    "inf",
    "99999999999999999999",
    "null",
    "{",
    "}",
    "[",
    "\"",
    ":",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\"\"",
    "'",
    "\u{feff}",
    "\0",
    "∞",
    "full",
    "auto",
    "true",
    "slope=1",
    "\"target\":",
    "\"without\":[1,2]",
    "\"skip\":true",
    "\"header\":false",
    "\"missing\":\"skip\"",
    "\"kinds\":[[1,\"words\"],[2,\"time\"]]",
    "\"kinds\":[[1,\"number\"],[2,\"flag\"]]",
    "\"decimal\":\",\"",
    "\"with\":[1,2]",
    "#",
    "sep=;\n",
    "|",
    "1.203",
    "1,203",
    "$",
    "2020-01-31",
    "31/12/2020 10:00",
    "yes",
    "n/a",
];

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Set(at, byte)),
        (any::<Index>(), select(PIECES)).prop_map(|(at, piece)| Change::Insert(at, piece.into())),
        (any::<Index>(), vec(any::<u8>(), 1..9)).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        (any::<Index>(), 1usize..30).prop_map(|(at, count)| Change::Remove(at, count)),
        (any::<Index>(), 1usize..60).prop_map(|(at, count)| Change::Repeat(at, count)),
    ];
    vec(change, 1..8)
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let length = bytes.len();
        let part = |at: &Index, count: usize| {
            let start = at.index(length + 1);
            start..(start + count).min(length)
        };
        match change {
            Change::Set(at, byte) => {
                if let Some(old) = bytes.get_mut(part(at, 0).start) {
                    *old = *byte;
                }
            }
            Change::Insert(at, new) => {
                let start = part(at, 0).start;
                bytes.splice(start..start, new.iter().copied());
            }
            Change::Remove(at, count) => {
                bytes.drain(part(at, *count));
            }
            Change::Repeat(at, count) => {
                let range = part(at, *count);
                let repeated = bytes[range.clone()].to_vec();
                bytes.splice(range.end..range.end, repeated);
            }
        }
    }
    bytes
}

/// The numbers that break things.
const NUMBERS: [f32; 12] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    1e-45,
    1e-30,
    1e30,
    f32::MAX,
    f32::MIN,
    f32::INFINITY,
    f32::NEG_INFINITY,
    f32::NAN,
];

/// A change of a snapshot's array: which one, from where, how many numbers, which number, and by how much its length
/// changes.
type ArrayChange = (Index, Index, usize, f32, i32);

fn array_changes() -> impl Strategy<Value = Vec<ArrayChange>> {
    let length = prop_oneof![8 => Just(0), 1 => -3i32..4];
    vec(
        (
            any::<Index>(),
            any::<Index>(),
            1usize..200,
            select(&NUMBERS[..]),
            length,
        ),
        0..6,
    )
}

/// A snapshot of a small run that holds everything.
fn snapshot(query: &str) -> Snapshot {
    let config = Config::from_query(query).expect("a config");
    let table = include_str!("../../crate/core/data/digits.csv");
    let mut session = Session::<f32>::new(config, Some(table)).expect("a session");
    session.request(SnapshotRequest {
        step_line: true,
        predictions: true,
        values: true,
        weights: Some(1),
    });
    session.advance(3);
    session.snapshot(true)
}

/// The bytes that `entry::words` reads.
fn packed(mut snapshot: Snapshot, first: u8) -> Vec<u8> {
    let words = to_words(&mut snapshot);
    [first]
        .into_iter()
        .chain(words.into_iter().flat_map(u32::to_le_bytes))
        .collect()
}

#[test]
fn the_corpus_is_read() {
    for (name, read) in KINDS {
        let files = corpus(name);
        assert!(!files.is_empty(), "{name}");
        files.iter().for_each(|file| read(file));
    }
}

#[test]
fn a_corpus_of_words_holds_snapshots_that_are_shown() {
    for file in corpus("words") {
        let words: Vec<u32> = file[1..]
            .as_chunks()
            .0
            .iter()
            .map(|w| u32::from_le_bytes(*w))
            .collect();
        let mut snapshot = gradient_flow_web::from_words(&words).expect("a snapshot");
        snapshot.classes = vec!["a class".into(); usize::from(file[0] % 5)];
        assert_eq!(snapshot.check_shape(), Ok(()));
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..300)) {
        KINDS.iter().for_each(|(_, read)| read(&bytes));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[\\PC\n\t;,\"'{}:=&]{0,200}") {
        KINDS.iter().for_each(|(_, read)| read(text.as_bytes()));
    }

    #[test]
    fn a_changed_input_is_read_or_refused(at in any::<Index>(), changes in changes()) {
        for (name, read) in KINDS {
            let file = at.get(&corpus(name)).clone();
            read(&changed(file, &changes));
        }
    }

    #[test]
    fn a_number_is_written_whatever_it_is(bits in any::<u64>(), exponent in -330i32..310, digit in 1u64..2000) {
        let decimal: f64 = format!("{digit}e{exponent}").parse().expect("a number");
        for x in [f64::from_bits(bits), decimal, -decimal] {
            entry::numbers(&x.to_le_bytes());
        }
    }

    #[test]
    fn a_snapshot_of_any_numbers_is_shown_or_refused(
        which in 0usize..2,
        first in any::<u8>(),
        changes in array_changes(),
        numbers in vec((any::<Index>(), prop_oneof![any::<f64>(), select(&[f64::NAN, f64::INFINITY, -1.0, 0.0, 1e300][..])]), 0..3),
    ) {
        let query = ["data=circle&depth=2&width=3&batch-size=4", "depth=3&width=4&batch-size=4&norm=batch&residual=true"][which];
        let mut snapshot = snapshot(query);
        let Snapshot { layers, histograms, log, theory, step_line, predictions, weights, .. } = &mut snapshot;
        let mut arrays: Vec<&mut Vec<f32>> = [
            layers.arrays_mut(), histograms.arrays_mut(), log.arrays_mut(), theory.arrays_mut(), step_line.arrays_mut(),
            predictions.arrays_mut(), weights.arrays_mut(),
        ].into_iter().flatten().map(|(_, array)| array).collect();
        for (array, from, count, number, length) in &changes {
            let index = array.index(arrays.len());
            let array = &mut *arrays[index];
            let new_length = (array.len() as i32 + length).max(0) as usize;
            array.resize(new_length, *number);
            let from = from.index(array.len() + 1);
            array[from..].iter_mut().take(*count).for_each(|x| *x = *number);
        }
        for (index, number) in &numbers {
            let fields = [
                &mut snapshot.epoch, &mut snapshot.train_loss, &mut snapshot.train_accuracy, &mut snapshot.test_loss,
                &mut snapshot.test_accuracy, &mut snapshot.grad_norm, &mut snapshot.clip_coefficient,
                &mut snapshot.learning_rate, &mut snapshot.step_cosine, &mut snapshot.loss_change,
                &mut snapshot.dead_samples, &mut snapshot.curvature, &mut snapshot.stability_limit,
            ];
            let count = fields.len();
            *fields.into_iter().nth(index.index(count)).expect("a field") = *number;
        }
        // Two classes for the circle; images name up to ten, more than the first byte can give.
        let first = if which == 0 { first % 250 / 5 * 5 + 2 } else { first };
        entry::words(&packed(snapshot, first));
    }
}
