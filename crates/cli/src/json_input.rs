//! Values from a file. In: `--cli-jsonInput` or `--from`: a path, `-` for standard input, or the text itself; JSON or YAML.
//! Out: assignments, from the vendor's six keys, a skeleton, or a bare body.

use std::io::Read;

use huaweicloud_catalog::Described;
use serde_json::{Map, Value};

use crate::{
    fill::{Assignment, Given, Part, parameter},
    messages,
    problem::Problem,
};

/// Maximum size of a file.
const LARGEST: u64 = 8 << 20;

/// The keys of the vendor's file.
const KEYS: [&str; 6] = ["header", "path", "query", "formData", "cookie", "body"];

/// Reads values.
///
/// # Errors
///
/// The file cannot be read, or is not valid.
pub fn read(source: &str, described: &Described) -> Result<Vec<Assignment>, Problem> {
    let (text, name) = text(source)?;
    let value = parse(&text, &name)?;
    let Value::Object(values) = value else {
        return whole(value, described, &name);
    };
    if !is_of_keys(&values, described) {
        return Ok(flat(values, described));
    }
    let mut assignments = Vec::new();
    for (key, value) in values {
        match (key.as_str(), value) {
            (_, Value::Null) => {}
            ("body", Value::Object(fields)) => assignments.extend(of_body(fields)),
            ("body", value) => {
                assignments.push(one(Part::Body, "body".to_owned(), value));
            }
            (_, Value::Object(fields)) => {
                assignments.extend(
                    fields.into_iter().map(|(name, value)| one(Part::Parameters, name, value)),
                );
            }
            (key, _) => {
                return Err(Problem::usage(messages::must_be_object(format!("{name}: {key}"))));
            }
        }
    }
    Ok(assignments)
}

/// Whether an object has the vendor's keys, rather than fields of the same names.
fn is_of_keys(values: &Map<String, Value>, described: &Described) -> bool {
    let body = described.operation.body.as_ref().and_then(|body| described.fields(&body.schema));
    let is_field = |name: &str| body.is_some_and(|fields| fields.iter().any(|f| f.name == name));
    !values.is_empty() && values.keys().all(|key| KEYS.contains(&key.as_str()) && !is_field(key))
}

/// A bare body, whose outermost names may also be those of parameters.
fn flat(values: Map<String, Value>, described: &Described) -> Vec<Assignment> {
    let (parameters, body): (Vec<_>, Vec<_>) =
        values.into_iter().partition(|(name, _)| parameter(described, name).is_some());
    let parameters = parameters.into_iter().map(|(name, value)| one(Part::Any, name, value));
    parameters.chain(of_body(body.into_iter().collect())).collect()
}

fn of_body(fields: Map<String, Value>) -> Vec<Assignment> {
    fields.into_iter().map(|(name, value)| one(Part::Body, name, value)).collect()
}

fn one(part: Part, name: String, value: Value) -> Assignment {
    Assignment { part, path: vec![name], given: Given::Json(value) }
}

fn whole(value: Value, described: &Described, name: &str) -> Result<Vec<Assignment>, Problem> {
    let body = described.operation.body.as_ref();
    match body.is_some_and(|body| described.fields(&body.schema).is_none()) {
        true => Ok(vec![one(Part::Body, "body".to_owned(), value)]),
        false => Err(Problem::usage(messages::file_object(name))),
    }
}

/// The text of a source, and its name.
fn text(source: &str) -> Result<(String, String), Problem> {
    if source.trim_start().starts_with(['{', '[']) {
        return Ok((source.to_owned(), messages::text_of_option()));
    }
    let name = if source == "-" { messages::standard_input() } else { source.to_owned() };
    let cannot = |error: std::io::Error| Problem::other(messages::unreadable(&name, error));
    let mut text = String::new();
    let read = match source {
        "-" => std::io::stdin().take(LARGEST).read_to_string(&mut text),
        path => std::fs::File::open(path).map_err(cannot)?.take(LARGEST).read_to_string(&mut text),
    };
    read.map_err(cannot)?;
    Ok((text, name))
}

/// Parses JSON or YAML. Errors do not quote the text, which may contain secrets.
fn parse(text: &str, name: &str) -> Result<Value, Problem> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['{', '[']) {
        let json = serde_json::from_str(text);
        // A YAML flow mapping starts alike.
        let Err(error) = json else { return json.map_err(|_| Problem::other("")) };
        let hint = match text.contains("----") {
            true => messages::hint_dashes(),
            false => String::new(),
        };
        let at = messages::line_column(error.line(), error.column());
        return Err(Problem::usage(messages::file_json(name, at, hint)));
    }
    serde_yaml::from_str(text).map_err(|error| {
        Problem::usage(match error.location() {
            Some(at) => {
                messages::file_neither_at(name, messages::line_column(at.line(), at.column()))
            }
            None => messages::file_neither(name),
        })
    })
}
