//! Checks lesson files: their form, their settings, their puzzles, and every claim over five seeds. Prints `NAME ok`, or
//! `NAME FAILED WHAT` for each thing that is wrong, and exits with 1 if anything was.
//!
//! `cargo run --release -p gradient-flow --example lesson -- FILE...`
//!
//! Whoever writes a lesson sees what there is to claim by
//! `cargo run --release -p gradient-flow --example lesson -- --numbers QUERY STEP...`: each number over the seeds, from
//! the smallest to the largest. `-- --text FILE` prints what its readers read, with the numbers of its runs.

use gradient_flow::data::data_file;
use gradient_flow::lessons::{
    Ask, Block, Inline, Lesson, NUMBERS, Part, SEEDS, check, number_named,
};
use gradient_flow::observe::snapshot::SnapshotRequest;
use gradient_flow::{Config, Session, Snapshot};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, query, steps @ ..] = &arguments[..]
        && flag == "--numbers"
    {
        let steps = steps
            .iter()
            .map(|step| step.parse())
            .collect::<Result<Vec<_>, _>>()?;
        print_numbers(&Config::from_query(query)?, &steps)?;
        return Ok(ExitCode::SUCCESS);
    }
    if let [flag, file] = &arguments[..]
        && flag == "--text"
    {
        let lesson = Lesson::parse(&fs::read_to_string(file)?)
            .map_err(|problems| format!("{file}, {}", problems[0]))?;
        for part in &lesson.parts {
            print_text(part)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.is_empty() {
        return Err("name lesson files".into());
    }
    let mut has_failed = false;
    for file in &arguments {
        let wrong = problems(file)?;
        has_failed |= !wrong.is_empty();
        if wrong.is_empty() {
            println!("{file} ok");
        }
        for what in wrong {
            println!("{file} FAILED {what}");
        }
    }
    Ok(if has_failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// All that is wrong with a file.
fn problems(file: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    Ok(match Lesson::parse(&text) {
        Err(problems) => problems.iter().map(|problem| problem.to_string()).collect(),
        Ok(lesson) => {
            let failures = check(&lesson, &table)?;
            failures.iter().map(|failure| failure.to_string()).collect()
        }
    })
}

/// The text of a built-in table.
fn table(name: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    fs::read_to_string(folder.join(format!("{name}.csv"))).ok()
}

fn print_numbers(config: &Config, steps: &[u64]) -> Result<(), Box<dyn Error>> {
    let text = data_file(config).and_then(table);
    // By step, then by seed.
    let mut states: Vec<Vec<(Config, Snapshot)>> = steps.iter().map(|_| Vec::new()).collect();
    for offset in 0..SEEDS {
        let mut seeded = config.clone();
        seeded.seed += offset;
        let mut session = Session::<f32>::new(seeded.clone(), text.as_deref())?;
        session.request(SnapshotRequest {
            step_line: true,
            ..SnapshotRequest::default()
        });
        for (step, states) in steps.iter().zip(&mut states) {
            session.advance(step.saturating_sub(session.trainer.steps()) as usize);
            states.push((seeded.clone(), session.snapshot(true)));
        }
    }
    for number in NUMBERS {
        print!("{:24}", number.name);
        for states in &states {
            let values = states
                .iter()
                .map(|(config, snapshot)| number.value(config, snapshot));
            let least = values.clone().fold(f64::INFINITY, f64::min);
            let most = values.fold(f64::NEG_INFINITY, f64::max);
            print!("{:>24}", format!("{least:.3e} .. {most:.3e}"));
        }
        println!();
    }
    Ok(())
}

/// What readers of a part read, in their order.
fn print_text(part: &Part) -> Result<(), Box<dyn Error>> {
    let text = data_file(&part.config).and_then(table);
    let mut session = Session::<f32>::new(part.config.clone(), text.as_deref())?;
    session.request(SnapshotRequest {
        step_line: true,
        ..SnapshotRequest::default()
    });
    let before = session.snapshot(true);
    session.advance(part.steps as usize);
    let after = session.snapshot(true);
    let (before, after) = ((&part.config, &before), (&part.config, &after));
    println!("\n# {}\n", part.title);
    print_blocks(&part.text, if part.ask.is_none() { after } else { before });
    match &part.ask {
        Some(Ask::Draw { text } | Ask::Number { text, .. }) => print_blocks(text, before),
        Some(Ask::Choose { text, answers }) => {
            print_blocks(text, before);
            for answer in answers {
                println!(
                    "[{}] {}",
                    if answer.is_right { "x" } else { " " },
                    line(&answer.text, after)
                );
                print_blocks(&answer.reason, after);
            }
        }
        None => {}
    }
    print_blocks(&part.reveal, after);
    if let Some(goal) = &part.goal {
        print_blocks(&goal.text, before);
        goal.hints
            .iter()
            .for_each(|hint| print_blocks(hint, before));
        print_blocks(&goal.solved, after);
    }
    Ok(())
}

fn print_blocks(blocks: &[Block], state: (&Config, &Snapshot)) {
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Heading(text) => println!("{}\n", line(text, state)),
            Block::List { items, .. } => items
                .iter()
                .for_each(|item| print_blocks(&item.blocks, state)),
            Block::Quote(inner) => print_blocks(inner, state),
            Block::Code(code) => println!("{code}"),
        }
    }
}

fn line(text: &[Inline], state: (&Config, &Snapshot)) -> String {
    let piece = |inline: &Inline| match inline {
        Inline::Text(text) | Inline::Code(text) => text.clone(),
        Inline::Number(name) => {
            let number = number_named(name).expect("only declared names are parsed");
            number.text(state.0, state.1).to_string()
        }
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Link { text: inner, .. } => {
            line(inner, state)
        }
        Inline::Break => "\n".into(),
    };
    text.iter().map(piece).collect()
}
