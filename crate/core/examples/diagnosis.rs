//! Measures how far the diagnosis can be trusted: draws random configs, trains each, and tries what is offered.
//!
//! `cargo run --release -p gradient-flow --example diagnosis -- [COUNT [SEED]] [--runs]`
//!
//! Prints tables and, with `--runs`, a line for each run first. About half of the runs fail. The same COUNT and SEED give
//! the same numbers on every machine.

#[path = "../../../tests/diagnosis/study/mod.rs"]
mod study;

use study::{Size, Summary, measure};

/// The sizes that the README's table is measured with.
const FULL: Size = Size {
    steps: 300,
    depth: 24.0,
    width: 48.0,
};

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let says_runs = arguments.iter().any(|argument| argument == "--runs");
    arguments.retain(|argument| argument != "--runs");
    let number = |index: usize, default: u64| {
        let text = arguments.get(index);
        text.map_or(default, |text| text.parse().expect("a number"))
    };
    let runs = measure(number(0, 100), number(1, 0), FULL, |index, run| {
        if says_runs {
            println!("{index} {}", run.line());
        }
    });
    print!("{}", Summary::of(&runs));
}
