//! `cargo xtask …`: parses flags, calls the libraries, prints the results. It makes no other decisions.
//!
//! Exit codes: 0 success, 1 problems found, 2 an invalid command line or an unreadable file, 4 generated files
//! differ. A reader that closes the pipe early, such as `head`, does not change them.

mod commands;
mod screen;

use std::{
    env,
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;

use clap::{Parser, Subcommand};
use codegen::config;
use commands::{Outcome, add_service, generate, lint, site, transcribe, try_services, validate};
use screen::{Screen, complain};

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Commands for maintainers")]
struct Cli {
    /// The list of services; by default `spec/services.yaml` in this folder or a parent.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Regenerate everything; print what changed and how long it took.
    Generate {
        /// Write nothing; list missing, stale and orphaned files with a diff; exit with 4 if there are any.
        #[arg(long)]
        check: bool,
        /// Print the model as YAML instead of generating.
        #[arg(long, conflicts_with = "check")]
        dump_model: bool,
        /// Accept documents that lack descriptions or decisions, and mark what is generated from them as drafts.
        #[arg(long)]
        draft: bool,
    },
    /// Print every problem of the documents.
    Lint,
    /// Build the website into `target/site`: reference, guides and search, in English and Chinese.
    Site {
        /// Another folder; its contents are removed.
        #[arg(long, value_name = "FOLDER")]
        output: Option<PathBuf>,
    },
    /// Transcribe pages of the vendor's reference into a document; print the changes, what comes from prose, and
    /// contradictions.
    Transcribe(transcribe::Arguments),
    /// Add a service from one of the vendor's packages: its document, its entry in the list, and a draft of its
    /// client.
    AddService(add_service::Arguments),
    /// Try whether packages are read, generated and built, below `target/try-services`; a line each.
    TryServices(try_services::Arguments),
    /// Validate a JSON payload against the request schema of an operation.
    Validate {
        /// The operationId.
        operation: String,
        /// The payload; `-` reads standard input.
        file: PathBuf,
        /// Turn one rule off, by the ID that a violation names; may be repeated.
        #[arg(long, value_name = "RULE")]
        allow: Vec<String>,
    },
}

fn main() -> ExitCode {
    let mut out = Screen::default();
    let result = run(&mut out).and_then(|outcome| {
        out.flush().context("cannot write to standard output")?;
        Ok(outcome)
    });
    let outcome = result.unwrap_or_else(|error| {
        for line in format!("{error:#}").lines() {
            complain(format_args!("error: {line}"));
        }
        Outcome::BadCall
    });
    outcome.into()
}

fn run(out: &mut Screen) -> anyhow::Result<Outcome> {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if !error.use_stderr() => {
            // Help and version are answers, not errors.
            write!(out, "{error}")?;
            return Ok(Outcome::Fine);
        }
        Err(error) => {
            complain(format_args!("{}; see `cargo xtask --help`", one_line(&error)));
            return Ok(Outcome::BadCall);
        }
    };
    // A document that is named needs no list of services.
    if let Command::Transcribe(arguments) = &cli.command
        && !arguments.needs_services()
    {
        return transcribe::run(None, arguments, out);
    }
    let list = list(cli.config.as_deref())?;
    let mut config = config::load(&list)?;
    if let Command::Generate { draft: true, .. } = &cli.command {
        config.services.iter_mut().for_each(|service| service.draft = true);
    }
    match cli.command {
        Command::Generate { check: true, .. } => generate::check(&config, out),
        Command::Generate { dump_model: true, .. } => generate::dump(&config, out),
        Command::Generate { .. } => generate::write(&config, out),
        Command::Lint => lint::run(&config, out),
        Command::Site { output } => site::run(&config, output, out),
        Command::Transcribe(arguments) => transcribe::run(Some(&config), &arguments, out),
        Command::AddService(arguments) => add_service::run(&config, &list, &arguments, out),
        Command::TryServices(arguments) => try_services::run(&config, &arguments, out),
        Command::Validate { operation, file, allow } => {
            validate::run(&config, &operation, &file, allow, out)
        }
    }
}

/// The list of services that was named, or the one of the repository around this folder.
fn list(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    Ok(match named {
        Some(path) => path.to_path_buf(),
        None => {
            let here = env::current_dir().context("cannot tell the current folder")?;
            config::find(&here).with_context(|| {
                let list = config::DEFAULT;
                format!("no {list} here or in a folder above; go to the repository or give --config FILE")
            })?
        }
    })
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
