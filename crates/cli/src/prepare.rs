//! From a command line to a request. In: service, operation and arguments, in either form. Out: the request with its options,
//! or everything that cannot be parsed.

use serde_json::Value;

use crate::{
    dropin,
    fill::{Assignment, Filled, Notation, Notes, fill, overlay},
    json_input, messages, native,
    options::Options,
    problem::Problem,
    request::Request,
    service::{self, Chosen},
};

/// A parsed call.
pub struct Prepared {
    /// The request.
    pub request: Request,
    /// Its options.
    pub options: Options,
    /// Notes for the user.
    pub hints: Vec<String>,
    /// The form of its command line.
    pub form: Form,
}

/// The two forms of command lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The vendor's.
    DropIn,
    /// Our own.
    Native,
}

/// Which form a command line has, by the word for its operation.
pub fn form_of(operation: &str) -> Form {
    match operation.starts_with(|c: char| c.is_ascii_uppercase()) {
        true => Form::DropIn,
        false => Form::Native,
    }
}

/// Parses a call.
///
/// # Errors
///
/// Everything that cannot be parsed, one per line.
pub fn prepare(service: &str, operation: &str, words: Vec<String>) -> Result<Prepared, Problem> {
    let chosen = service::named(service)?.operation(operation)?;
    let form = form_of(operation);
    let (assignments, options) = match form {
        Form::DropIn => dropin::read(words, &chosen.described)?,
        Form::Native => native::read(words, &chosen)?,
    };
    let notation = match form {
        Form::DropIn => Notation::Places,
        Form::Native => Notation::Short,
    };
    let mut notes = Notes::default();
    let mut filled = fill(&chosen.described, assignments, notation, &mut notes);
    if let Some(source) = &options.from {
        let of_file = json_input::read(source, &chosen.described)?;
        filled = merged(&chosen, filled, of_file, form, &mut notes);
    }
    if !notes.problems.is_empty() {
        return Err(Problem::usage(notes.problems.join("\n")));
    }
    Ok(Prepared { request: Request::new(chosen, filled), options, hints: notes.hints, form })
}

/// The values of a command line and of a file. Where both have one, the file wins in the vendor's form, and the flag wins in
/// the native form.
fn merged(
    chosen: &Chosen,
    of_line: Filled,
    of_file: Vec<Assignment>,
    form: Form,
    notes: &mut Notes,
) -> Filled {
    let of_file = fill(&chosen.described, of_file, Notation::Places, notes);
    let (under, over) = match form {
        Form::DropIn => (of_line, of_file),
        Form::Native => (of_file, of_line),
    };
    let mut replaced = Vec::new();
    let mut parameters = under.parameters;
    for (place, name, texts) in over.parameters {
        match parameters.iter_mut().find(|(_, known, _)| *known == name) {
            Some((_, _, known)) => {
                if *known != texts {
                    replaced.push(name);
                }
                *known = texts;
            }
            None => parameters.push((place, name, texts)),
        }
    }
    let body = match (under.body, over.body) {
        (Some(Value::Object(mut under)), Some(Value::Object(over))) => {
            replaced.extend(overlay(&mut under, over, ""));
            Some(Value::Object(under))
        }
        (under, over) => over.or(under),
    };
    if form == Form::DropIn && !replaced.is_empty() {
        let names = replaced.join(", ");
        notes.hints.push(messages::file_wins(names));
    }
    Filled { parameters, body }
}
