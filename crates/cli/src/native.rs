//! Command lines of our own form. In: the words behind the operation, such as `--az-codes a,b`, and the operation. Out:
//! assignments and options; and the texts of help.
//!
//! The flags are made when the program runs, for the one operation that was asked for.

mod command;
mod flags;
mod help;
mod options;
mod values;

use clap::{ArgMatches, error::ErrorKind};

use crate::{
    fill::Assignment,
    interactive,
    options::{Instead, Options},
    problem::Problem,
    service::Chosen,
};

pub use command::command;
pub(crate) use command::{completion_command, tree, wait_command, whoami_command};
pub use flags::{Flag, FlagKind, flags};
pub use help::{help, operations, overview};

/// Reads the words of a call.
///
/// # Errors
///
/// They are not understood, or a file that they name cannot be read.
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
        let language = options.language.as_deref().unwrap_or("en");
        assignments.extend(interactive::ask(&flags, &assignments, language)?);
    }
    Ok((assignments, options))
}

/// Reads the words of a command that has no operation; help is shown instead of it, and then there is nothing to do.
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

/// What clap says, without its own label.
fn told(error: &clap::Error) -> Problem {
    let text = error.to_string();
    Problem::usage(text.strip_prefix("error: ").unwrap_or(&text).trim_end())
}
