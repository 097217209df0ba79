//! The project's tasks: `cargo xtask serve | test | build | bench`.

mod arguments;
mod bench;
mod build;
mod dependencies;
mod files;
mod pack;
mod packed;
mod process;
mod server;
mod test;
mod workspace;

use arguments::Task;
use build::site;
use packed::Packed;
use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(task) => perform(task),
        Err(error) => Err(error.into()),
    };
    match outcome {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> anyhow::Result<ExitCode> {
    match task {
        Task::Help => print!("{}", arguments::HELP),
        Task::Build { out } => {
            site::build(&site::output_folder(out)?)?;
        }
        Task::Serve { port, out, build } => {
            let out = site::output_folder(out)?;
            let packed = if build {
                site::build(&out)?
            } else {
                site::expect_built(&out)?;
                Packed::of(&out)?
            };
            server::start(&out, port, packed)?.wait()?;
        }
        Task::Test { stage, options } => {
            if !test::test(stage.as_deref(), options)? {
                return Ok(ExitCode::FAILURE);
            }
        }
        Task::Bench => bench::bench()?,
        Task::BenchMap => bench::map()?,
        Task::BenchDiagnosis { count } => bench::diagnosis(count.unwrap_or(2000))?,
    }
    Ok(ExitCode::SUCCESS)
}
