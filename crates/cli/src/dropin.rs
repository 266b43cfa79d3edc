//! Command lines in the vendor's form. In: arguments such as `--az_codes.1=cn-north-4a`. Out: assignments and options.

use std::iter::Peekable;

use huaweicloud_catalog::Described;

use crate::{
    fill::{Assignment, Given, Part, names, parameter},
    messages,
    options::{Instead, Options, is_old, is_valued, unknown},
    problem::Problem,
    text::did_you_mean,
};

/// Maximum depth of a name.
const DEEPEST: usize = 32;

/// Parses the arguments of a call.
///
/// # Errors
///
/// Everything that cannot be parsed.
pub fn read(
    words: impl IntoIterator<Item = String>,
    described: &Described,
) -> Result<(Vec<Assignment>, Options), Problem> {
    let mut words = words.into_iter().peekable();
    let mut assignments = Vec::new();
    let mut options = Options::default();
    let mut problems: Vec<String> = Vec::new();
    while let Some(word) = words.next() {
        let Some(rest) = word.strip_prefix("--") else {
            problems.push(stray(&word));
            continue;
        };
        let (name, value) = match rest.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (rest.to_owned(), None),
        };
        let of_request = is_of_request(described, &name);
        let read = match value {
            _ if of_request => {
                assign(&name, value, &mut words).map(|assignment| assignments.push(assignment))
            }
            value => option(&mut options, &name, value, &mut words, described),
        };
        problems.extend(read.err().map(|problem| problem.message));
    }
    match problems.is_empty() {
        true => Ok((assignments, options)),
        false => Err(Problem::usage(problems.join("\n"))),
    }
}

fn stray(word: &str) -> String {
    let hint = match word {
        "-h" => messages::hint_write("--help"),
        word if word.starts_with('-') => messages::hint_write(format!("-{word}")),
        _ => messages::hint_values(),
    };
    // The word may be a secret, so it is not shown.
    match word.starts_with('-') {
        true => messages::word_unknown(format!("{word:?}"), hint),
        false => messages::word_stray(hint),
    }
}

/// Whether a name is one of the request's, and not an option.
fn is_of_request(described: &Described, name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default();
    if parameter(described, first).is_some() || names(described).contains(&first) {
        return true;
    }
    // No option has parts.
    name.contains('.') && !name.starts_with("cli-")
}

fn assign(
    name: &str,
    value: Option<String>,
    words: &mut Peekable<impl Iterator<Item = String>>,
) -> Result<Assignment, Problem> {
    let value = match value {
        Some(value) => value,
        None => words.next_if(|word| !word.starts_with("--")).ok_or_else(|| no_value(name))?,
    };
    let path: Vec<String> = name.split('.').map(str::to_owned).collect();
    if path.len() > DEEPEST {
        return Err(Problem::usage(messages::too_many_parts(name, DEEPEST)));
    }
    if path.iter().any(String::is_empty) {
        return Err(Problem::usage(messages::empty_part(name)));
    }
    Ok(Assignment { part: Part::Any, path, given: Given::Text(value) })
}

fn no_value(name: &str) -> Problem {
    Problem::usage(messages::no_value(name))
}

fn option(
    options: &mut Options,
    name: &str,
    value: Option<String>,
    words: &mut Peekable<impl Iterator<Item = String>>,
    described: &Described,
) -> Result<(), Problem> {
    let instead = match name {
        "dryrun" => Some(Instead::DryRun),
        "skeleton" => Some(Instead::Skeleton),
        "help" => Some(Instead::Help),
        "debug" => {
            options.debug = true;
            return Ok(());
        }
        "interactive" => {
            return Err(Problem::usage(messages::dropin_interactive()));
        }
        _ => None,
    };
    if let Some(instead) = instead {
        return match value.as_deref() {
            None | Some("true") => {
                options.instead = Some(instead);
                Ok(())
            }
            Some("false") => Ok(()),
            Some(_) => Err(Problem::usage(messages::takes_no_value(name))),
        };
    }
    // Additions to the vendor's options.
    if let "cli-allow" = name {
        let value = value.or_else(|| words.next_if(|word| !word.starts_with("--")));
        options.allow.push(value.ok_or_else(|| no_value(name))?);
        return Ok(());
    }
    if let "cli-errors" = name {
        options.errors_json = value.as_deref() == Some("json");
        return Ok(());
    }
    let full = if is_old(name) { format!("cli-{name}") } else { name.to_owned() };
    if is_valued(&full) {
        let value = value.or_else(|| words.next_if(|word| !word.starts_with("--")));
        return options.set(&full, &value.ok_or_else(|| no_value(name))?);
    }
    if name.starts_with("cli-") {
        return Err(unknown(name));
    }
    let hint = did_you_mean(name, names(described));
    let id = &described.operation.id;
    Err(Problem::usage(messages::no_parameter_of(name, id, hint)))
}
