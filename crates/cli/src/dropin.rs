//! Command lines as the vendor's command line takes them. In: the words behind the service and the operation, such as
//! `--az_codes.1=cn-north-4a`. Out: assignments and options.

use std::iter::Peekable;

use huaweicloud_catalog::Described;

use crate::{
    fill::{Assignment, Given, Part, names, parameter},
    options::{Instead, Options, is_old, is_valued, unknown},
    problem::Problem,
    text::did_you_mean,
};

/// No place is deeper.
const DEEPEST: usize = 32;

/// Reads the words of a call.
///
/// # Errors
///
/// Everything that is not understood.
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
        "-h" => "; write --help".to_owned(),
        word if word.starts_with('-') => format!("; write -{word}"),
        _ => "; values are written --name=value".to_owned(),
    };
    // What was meant as a value may be a secret.
    match word.starts_with('-') {
        true => format!("{word:?} is not understood{hint}"),
        false => format!("a word that belongs to no parameter is not understood{hint}"),
    }
}

/// Whether a name is one of the request's, and not an option.
fn is_of_request(described: &Described, name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default();
    if parameter(described, first).is_some() || names(described).contains(&first) {
        return true;
    }
    // What has parts can be no option.
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
        return Err(Problem::usage(format!("--{name}: has more than {DEEPEST} parts")));
    }
    if path.iter().any(String::is_empty) {
        return Err(Problem::usage(format!("--{name}: has an empty part; remove a dot")));
    }
    Ok(Assignment { part: Part::Any, path, given: Given::Text(value) })
}

fn no_value(name: &str) -> Problem {
    Problem::usage(format!("--{name}: has no value; write --{name}=…"))
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
            let instead = "`hwc SERVICE OPERATION --interactive`, in words of a shell, asks for what is needed";
            return Err(Problem::usage(format!("--interactive is not supported; {instead}")));
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
            Some(_) => Err(Problem::usage(format!("--{name}: takes no value"))),
        };
    }
    // Ours, in addition to theirs.
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
    Err(Problem::usage(format!("--{name}: {id} has no such parameter{hint}")))
}
