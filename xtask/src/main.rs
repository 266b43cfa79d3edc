//! `cargo xtask …`: parses flags, calls the libraries, prints. Nothing else is decided here.
//!
//! Exit codes: 0 all well, 1 problems found, 2 a bad call or an unreadable file, 4 generated files
//! differ.

mod commands;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};
use commands::{Outcome, generate, lint, validate};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Commands of a maintainer")]
struct Cli {
    /// The list of services.
    #[arg(long, global = true, value_name = "FILE", default_value = "spec/services.yaml")]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Regenerate everything; prints what changed and how long it took.
    Generate {
        /// Write nothing; list what is missing, stale or orphaned with a diff; exit 4 if anything is.
        #[arg(long)]
        check: bool,
        /// Print the model as YAML instead of generating.
        #[arg(long, conflicts_with = "check")]
        dump_model: bool,
    },
    /// Print every problem of the documents.
    Lint,
    /// Check a JSON payload against the request schema of an operation.
    Validate {
        /// The operationId.
        operation: String,
        /// The payload; `-` reads standard input.
        file: PathBuf,
    },
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => {
            // Help and version are answers, not errors.
            print!("{error}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{}; see `cargo xtask --help`", one_line(&error));
            return Outcome::BadCall.into();
        }
    };
    let result = match cli.command {
        Command::Generate { check: true, .. } => generate::check(&cli.config),
        Command::Generate { dump_model: true, .. } => generate::dump(&cli.config),
        Command::Generate { .. } => generate::write(&cli.config),
        Command::Lint => lint::run(&cli.config),
        Command::Validate { operation, file } => validate::run(&cli.config, &operation, &file),
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            eprintln!("error: {error:#}");
            Outcome::BadCall.into()
        }
    }
}

/// clap explains itself over several lines; the first says what is wrong.
fn one_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or("error: bad call").to_owned();
    // "the following required arguments were not provided:" is followed by their names.
    match lines.next().filter(|_| first.ends_with(':')) {
        Some(second) => format!("{first} {second}"),
        None => first,
    }
}
