//! Native command lines. In: an operation and its arguments, such as `--az-codes a,b`. Out: assignments and options; and help.
//!
//! Flags are built at run time, for the one operation that is called.

mod arguments;
mod command;
pub(crate) mod commands;
mod flags;
mod help;
mod options;
mod refusal;
mod values;

use clap::{ArgMatches, error::ErrorKind};

use crate::{
    fill::Assignment,
    interactive, messages,
    options::{Instead, Options},
    problem::Problem,
    service::Chosen,
};

pub(crate) use arguments::{among, worded};
pub use command::command;
pub(crate) use command::positional;
pub use flags::{Flag, FlagKind, flags};
pub(crate) use help::styled;
pub use help::{help, operations, overview};

/// Parses the arguments of a call.
///
/// # Errors
///
/// They cannot be parsed, or a file that they name cannot be read.
pub fn read(words: Vec<String>, chosen: &Chosen) -> Result<(Vec<Assignment>, Options), Problem> {
    let flags = flags(&chosen.described);
    let command = command(chosen, &flags, "en");
    let matches = match parse(command, words) {
        Ok(matches) => matches,
        Err(Unparsed::Help(_)) => {
            let options = Options { instead: Some(Instead::Help), ..Options::default() };
            return Ok((Vec::new(), options));
        }
        Err(Unparsed::Problem(problem)) => return Err(problem),
    };
    let options = options::read(&matches)?;
    let mut assignments = Vec::new();
    for flag in &flags {
        assignments.extend(values::assignments(flag, &matches)?);
    }
    if options.interactive && options.from.is_none() {
        let language = messages::language_name();
        assignments.extend(interactive::ask(chosen, &flags, &assignments, &options, language)?);
    }
    Ok((assignments, options))
}

/// Parses the arguments of a command that is not an operation; `None` if help was shown instead.
pub(crate) fn matches(
    command: clap::Command,
    words: Vec<String>,
) -> Result<Option<ArgMatches>, Problem> {
    match parse(command, words) {
        Ok(matches) => Ok(Some(matches)),
        Err(Unparsed::Help(text)) => crate::run::print(text.trim_end()).map(|()| None),
        Err(Unparsed::Problem(problem)) => Err(problem),
    }
}

/// What a command line leads to that is not a call.
enum Unparsed {
    Help(String),
    Problem(Problem),
}

fn parse(command: clap::Command, words: Vec<String>) -> Result<ArgMatches, Unparsed> {
    let name = command.get_bin_name().unwrap_or_default().to_owned();
    let below = command.get_subcommands().map(|own| own.get_name().to_owned());
    let below: Vec<String> = below.collect();
    let matches = command.no_binary_name(true).try_get_matches_from(words);
    matches.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp => Unparsed::Help(styled(&error.render())),
        _ => Unparsed::Problem(refusal::problem(&error, &name, &below)),
    })
}

/// Options of a command that has no operation.
pub(crate) fn connection_options(matches: &ArgMatches) -> Result<Options, Problem> {
    options::read(matches)
}
