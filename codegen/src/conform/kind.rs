//! The kinds of JSON values against `type`.

use serde_json::Value;

use super::flatten::Part;

/// A kind of value and its name with the article, as messages have it.
pub(crate) fn found(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// What is needed where a value is of the wrong kind; `None` when it is of the right one.
pub(super) fn needed(value: &Value, parts: &[Part<'_>]) -> Option<&'static str> {
    let kinds = || parts.iter().filter_map(|part| part.get("type")?.as_str());
    if value.is_null() {
        return if accepts_null(parts) { None } else { kinds().find_map(name) };
    }
    kinds().find(|kind| !fits(value, kind)).and_then(name)
}

/// Whether `null` is a value of the schema: one part says so, or none says what else it is.
fn accepts_null(parts: &[Part<'_>]) -> bool {
    let says = |part: &&Part<'_>| {
        part.get("nullable") == Some(&Value::Bool(true))
            || part.get("enum").and_then(Value::as_array).is_some_and(|l| l.contains(&Value::Null))
    };
    parts.iter().any(|part| says(&part)) || parts.iter().all(|part| !part.contains_key("type"))
}

fn fits(value: &Value, kind: &str) -> bool {
    match kind {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => is_whole(value),
        "array" => value.is_array(),
        "object" => value.is_object(),
        // The document is at fault, not the value.
        _ => true,
    }
}

/// `1.0` is an integer, as in JSON schema.
fn is_whole(value: &Value) -> bool {
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|n| n.fract() == 0.0)
}

fn name(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "string" => "a string",
        "boolean" => "a boolean",
        "number" => "a number",
        "integer" => "an integer",
        "array" => "an array",
        "object" => "an object",
        _ => return None,
    })
}
