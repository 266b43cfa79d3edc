//! Native command lines. In: an operation and its arguments, such as `--az-codes a,b`. Out: assignments and options; and help.
//!
//! Flags are built at run time, for the one operation that is called.

mod arguments;
mod command;
pub(crate) mod commands;
mod flags;
mod help;
mod options;
mod values;

use clap::{ArgMatches, error::ErrorKind};

use crate::{
    fill::Assignment,
    interactive, messages,
    options::{Instead, Options},
    problem::Problem,
    service::Chosen,
};

pub use command::command;
pub(crate) use command::positional;
pub use flags::{Flag, FlagKind, flags};
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
        Err(error) if error.kind() == ErrorKind::DisplayHelp => {
            let options = Options { instead: Some(Instead::Help), ..Options::default() };
            return Ok((Vec::new(), options));
        }
        Err(error) => return Err(told(&error)),
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
        Err(error) if error.kind() == ErrorKind::DisplayHelp => {
            crate::run::print(error.to_string().trim_end())?;
            Ok(None)
        }
        Err(error) => Err(told(&error)),
    }
}

fn parse(command: clap::Command, words: Vec<String>) -> Result<ArgMatches, clap::Error> {
    command.no_binary_name(true).try_get_matches_from(words)
}

/// Options of a command that has no operation.
pub(crate) fn connection_options(matches: &ArgMatches) -> Result<Options, Problem> {
    options::read(matches)
}

/// The message of clap without its prefix.
fn told(error: &clap::Error) -> Problem {
    let text = error.to_string();
    Problem::usage(text.strip_prefix("error: ").unwrap_or(&text).trim_end())
}
