//! Values from a file. In: `--cli-jsonInput` or `--from`: a path, `-` for standard input, or the text itself; JSON or YAML.
//! Out: assignments, from the vendor's six keys, a file that our skeleton wrote, or a bare body.

use std::io::Read;

use huaweicloud_catalog::Described;
use serde_json::{Map, Value};

use crate::{
    fill::{Assignment, Given, Part, parameter},
    problem::Problem,
};

/// No file of values is larger.
const LARGEST: u64 = 8 << 20;

/// The keys of the vendor's file.
const KEYS: [&str; 6] = ["header", "path", "query", "formData", "cookie", "body"];

/// Reads values.
///
/// # Errors
///
/// The file cannot be read, or is none.
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
                return Err(Problem::usage(format!("{name}: {key} must be an object")));
            }
        }
    }
    Ok(assignments)
}

/// Whether an object has the vendor's keys, and not fields that are called like them.
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
        false => {
            Err(Problem::usage(format!("{name}: must hold an object, as `--skeleton` writes one")))
        }
    }
}

/// The text of a source, and its name.
fn text(source: &str) -> Result<(String, String), Problem> {
    if source.trim_start().starts_with(['{', '[']) {
        return Ok((source.to_owned(), "the text of --cli-jsonInput".to_owned()));
    }
    let name = if source == "-" { "standard input" } else { source };
    let cannot = |error: std::io::Error| Problem::other(format!("{name}: cannot be read: {error}"));
    let mut text = String::new();
    let read = match source {
        "-" => std::io::stdin().take(LARGEST).read_to_string(&mut text),
        path => std::fs::File::open(path).map_err(cannot)?.take(LARGEST).read_to_string(&mut text),
    };
    read.map_err(cannot)?;
    Ok((text, name.to_owned()))
}

/// JSON or YAML. What is wrong is said without the text, which may hold secrets.
fn parse(text: &str, name: &str) -> Result<Value, Problem> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['{', '[']) {
        let json = serde_json::from_str(text);
        // A flow of YAML begins alike.
        let Err(error) = json else { return json.map_err(|_| Problem::other("")) };
        let hint = match text.contains("----") {
            true => "; keep only what stands above the dashed line",
            false => "",
        };
        let at = format!("line {}, column {}", error.line(), error.column());
        return Err(Problem::usage(format!("{name}: is no JSON at {at}{hint}")));
    }
    serde_yaml::from_str(text).map_err(|error| {
        let at = error.location().map_or_else(String::new, |at| {
            format!(" at line {}, column {}", at.line(), at.column())
        });
        Problem::usage(format!("{name}: is neither JSON nor YAML{at}"))
    })
}
