//! The project's tasks: `cargo xtask serve | test | build | bench`.

mod arguments;
mod bench;
mod comments;
mod files;
mod first_picture;
mod modules;
mod offline;
mod one_file;
mod pages;
mod process;
mod provide;
mod server;
mod site;
mod test;
mod toolchain;
mod wheel;
mod workspace;

use arguments::Task;
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
        Task::Build { out } => site::build(&site::place(out)?)?,
        Task::Serve { port, out, build } => {
            let site = site::place(out)?;
            if build {
                site::build(&site)
            } else {
                site::expect_built(&site)
            }?;
            server::start(&site, port)?.wait()?;
        }
        Task::Test { stage, words } => {
            if !test::test(stage.as_deref(), words)? {
                return Ok(ExitCode::FAILURE);
            }
        }
        Task::Bench => bench::bench()?,
    }
    Ok(ExitCode::SUCCESS)
}
