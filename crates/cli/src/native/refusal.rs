//! Why a command line cannot be parsed, in the chosen language. In: an error of clap, with the words that it is about. Out: a
//! problem with what is wrong, the nearest name that is known, and where to read on.
//!
//! A word without a name may be a secret that somebody gave a flag that takes none, so it is not shown.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::{messages, problem::Problem};

/// The problem of a command that has these commands below it.
pub(super) fn problem(error: &Error, command: &str, known: &[String]) -> Problem {
    let known = known.join(", ");
    let what = match error.kind() {
        ErrorKind::UnknownArgument => unknown(error),
        ErrorKind::ArgumentConflict => messages::option_twice(name(error)),
        ErrorKind::NoEquals => messages::option_equals(name(error)),
        ErrorKind::TooManyValues => messages::option_plain(name(error)),
        ErrorKind::InvalidValue => value(error),
        ErrorKind::MissingRequiredArgument => {
            messages::arguments_missing(all(error, ContextKind::InvalidArg).join(" "))
        }
        ErrorKind::MissingSubcommand => messages::command_missing(known),
        ErrorKind::InvalidSubcommand => {
            let word = one(error, ContextKind::InvalidSubcommand);
            messages::command_unknown(word, known, hint(error, ContextKind::SuggestedSubcommand))
        }
        _ => messages::line_unclear(),
    };
    Problem::usage(format!("{what}\n{}", messages::more_help(command)))
}

fn unknown(error: &Error) -> String {
    let word = one(error, ContextKind::InvalidArg);
    match word.starts_with('-') {
        // What follows the `=` may be a secret.
        true => {
            let word = word.split('=').next().unwrap_or_default();
            messages::option_unknown(word, hint(error, ContextKind::SuggestedArg))
        }
        false => messages::word_stray(messages::hint_no_word()),
    }
}

fn value(error: &Error) -> String {
    let value = one(error, ContextKind::InvalidValue);
    let known = all(error, ContextKind::ValidValue).join(", ");
    match value.is_empty() {
        true => messages::option_empty(name(error)),
        false => {
            let hint = hint(error, ContextKind::SuggestedValue);
            messages::option_value(name(error), value, known, hint)
        }
    }
}

/// The flag without its value's name, or the argument.
fn name(error: &Error) -> String {
    let shown = one(error, ContextKind::InvalidArg);
    let end = if shown.starts_with('-') { shown.find([' ', '[', '=']) } else { None };
    shown[..end.unwrap_or(shown.len())].to_owned()
}

fn hint(error: &Error, kind: ContextKind) -> String {
    all(error, kind).first().map_or_else(String::new, messages::did_you_mean)
}

fn one(error: &Error, kind: ContextKind) -> String {
    all(error, kind).into_iter().next().unwrap_or_default()
}

fn all(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}
