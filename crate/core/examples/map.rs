//! Measures a map of trainability with all cores, each cell a short run, and prints it as CSV.
//!
//! `cargo run --release -p gradient-flow --example map -- [--x RANGE] [--y RANGE] [--columns N] [--rows N] [--steps N]
//! [--threads N] [--color accuracy|ratio|loss|verdict] [--svg FILE] [--curve FILE] [QUERY]`
//!
//! A range is a setting with its ends, such as `init-gain=0.1..10`, or with names, such as `activation=tanh,relu`; the name
//! alone has its usual range. `--svg` draws the map, `--curve` writes theory's curves as CSV. Whatever the number of
//! threads, the numbers are the same.

use gradient_flow::Config;
use gradient_flow::data::data_file;
use gradient_flow::map::theory::{Field, Line};
use gradient_flow::map::{Plan, Range, Request, measure_all};
use gradient_flow_charts::theme::Theme;
use gradient_flow_charts::views::map::{Coloring, Map};
use gradient_flow_words::Words;
use std::error::Error;
use std::fs;
use std::io::{IsTerminal, Write, stderr};
use std::path::Path;
use std::process::ExitCode;
use std::thread::available_parallelism;
use std::time::Instant;

const USAGE: &str = "usage: map [--x RANGE] [--y RANGE] [--columns N] [--rows N] [--steps N] [--threads N] \
[--color accuracy|ratio|loss|verdict] [--svg FILE] [--curve FILE] [QUERY]";
/// The size of the picture.
const SIZE: (u32, u32) = (900, 640);

fn main() -> ExitCode {
    match run() {
        Ok(csv) => {
            print!("{csv}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

struct Arguments {
    config: Config,
    request: Request,
    threads: usize,
    coloring: Coloring,
    svg: Option<String>,
    curve: Option<String>,
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    let parsed = text.parse();
    parsed.map_err(|_| format!("{text} is no number that fits here. {USAGE}"))
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let mut arguments = Arguments {
        config: Config::default(),
        request: Request::default(),
        threads: available_parallelism().map_or(1, usize::from),
        coloring: Coloring::Accuracy,
        svg: None,
        curve: None,
    };
    let mut all = std::env::args().skip(1);
    while let Some(argument) = all.next() {
        let Some(name) = argument.strip_prefix("--") else {
            arguments.config = Config::from_query(argument.trim_start_matches('#'))?;
            continue;
        };
        let value = all.next().ok_or(USAGE)?;
        let request = &mut arguments.request;
        match name {
            "x" => request.x = Range::parse(&value)?,
            "y" => request.y = Range::parse(&value)?,
            "columns" => request.columns = number(&value)?,
            "rows" => request.rows = number(&value)?,
            "steps" => request.steps = number(&value)?,
            "threads" => arguments.threads = number(&value)?,
            "color" => arguments.coloring = Coloring::from_id(&value).ok_or(USAGE)?,
            "svg" => arguments.svg = Some(value),
            "curve" => arguments.curve = Some(value),
            _ => return Err(format!("--{name} is not known. {USAGE}").into()),
        }
    }
    Ok(arguments)
}

fn run() -> Result<String, Box<dyn Error>> {
    let arguments = arguments()?;
    let config = &arguments.config;
    let table = match data_file(config) {
        Some("upload") => return Err("a map is made of the built-in data here".into()),
        Some(name) => {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
            Some(fs::read_to_string(folder.join(format!("{name}.csv")))?)
        }
        None => None,
    };
    let mut plan = Plan::new(config, &arguments.request)?;
    let begin = Instant::now();
    let report = |plan: &Plan| {
        let (made, expected) = plan.progress();
        if stderr().is_terminal() {
            // Progress is a help: where it cannot be written, the map is made all the same.
            let _ = write!(stderr(), "\r{made} of about {expected} runs ");
        }
    };
    measure_all(&mut plan, table.as_deref(), arguments.threads, &report)?;
    let (made, _) = plan.progress();
    let seconds = begin.elapsed().as_secs_f64();
    eprintln!(
        "\r{made} runs for {} cells in {seconds:.1} s with {} threads: {:.1} a second",
        plan.states().len(),
        arguments.threads,
        made as f64 / seconds
    );
    let theory = Field::new(config, &plan.x, &plan.y).complete();
    if let Some(file) = arguments.curve {
        fs::write(file, curves(&plan, &theory))?;
    }
    if let Some(file) = arguments.svg {
        let map = Map {
            plan: &plan,
            theory: Some(&theory),
            coloring: arguments.coloring,
            selected: None,
            here: None,
        };
        fs::write(
            file,
            map.svg(Theme::default_for(false), &Words::english(), SIZE),
        )?;
    }
    Ok(plan.to_csv())
}

/// Theory's curves: `critical` is chi_1 = 1, `vanished` and `exploded` are where the depth is six depth scales.
fn curves(plan: &Plan, theory: &Field) -> String {
    let [vanished, exploded] = theory.reach();
    let mut text = format!(
        "curve,line,{},{}\n",
        plan.x.field().name,
        plan.y.field().name
    );
    let named = [
        ("critical", theory.critical()),
        ("vanished", vanished),
        ("exploded", exploded),
    ];
    for (name, lines) in named {
        let points = |(number, line): (usize, &Line)| -> Vec<String> {
            let point = |(x, y): &(f64, f64)| {
                let (x, y) = (plan.x.value_at(*x), plan.y.value_at(*y));
                format!("{name},{number},{x},{y}\n")
            };
            line.iter().map(point).collect()
        };
        text.extend(lines.iter().enumerate().flat_map(points));
    }
    text
}
