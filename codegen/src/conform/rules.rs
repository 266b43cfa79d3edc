//! The rules of an object (`x-validations`), after everything inside of it: a rule that reads what is not
//! valid itself is not judged.

use huaweicloud_core::{Path, Violation, rule::can_judge};
use serde_json::{Map, Number, Value};

use super::{
    at::At,
    checker::Checker,
    flatten::{Part, flatten},
};
use crate::rules::{Piece, Subject, pieces};

pub(super) fn check<'d>(
    checker: &mut Checker<'d>,
    at: &At<'_>,
    object: &'d Map<String, Value>,
    parts: &[Part<'d>],
) {
    let rules: Vec<&Value> =
        parts.iter().filter_map(|part| part.get("x-validations")?.as_array()).flatten().collect();
    if rules.is_empty() {
        return;
    }
    let this = Value::Object(typed_object(checker.root, object, parts));
    let subject = Subject::new(&this);
    for rule in rules {
        let text = |key: &str| rule.get(key).and_then(Value::as_str).unwrap_or_default().trim();
        let Some(reads) = checker.programs.broken(text("rule"), text("message"), &subject) else {
            continue;
        };
        if !can_judge(&at.path, reads, checker.found.iter().map(|(_, violation)| violation)) {
            continue;
        }
        let names: Vec<&str> = text("fieldPath").split('.').filter(|n| !n.is_empty()).collect();
        let path = path(&at.path, &names);
        let (id, message) =
            (text("id").to_owned(), message(checker.root, text("message"), &this, parts));
        let violation = match text("severity") {
            "warning" => Violation::warning(path, id, message),
            _ => Violation::error(path, id, message),
        };
        let violation = violation.with_source(text("source").to_owned());
        checker.found.push((at.pointer(), violation));
    }
}

fn path(from: &Path<'_>, names: &[&str]) -> String {
    match names {
        [] => from.to_string(),
        [first, rest @ ..] => path(&from.field(first), rest),
    }
}

/// The value with its numbers as the schema has them: `2` where any number may stand is `2.0`.
fn typed(root: &Value, value: &Value, schemas: &[&Value]) -> Value {
    let parts = flatten(root, schemas);
    let is = |kind: &str| parts.iter().any(|p| p.get("type").and_then(Value::as_str) == Some(kind));
    match value {
        Value::Number(number) if is("number") => {
            let real = number.as_f64().and_then(Number::from_f64);
            real.map_or_else(|| value.clone(), Value::Number)
        }
        Value::Number(number) if is("integer") => match number.as_f64() {
            Some(real) if number.is_f64() && real.fract() == 0.0 && real.abs() < 9e15 => {
                Value::from(real as i64)
            }
            _ => value.clone(),
        },
        Value::Array(items) => {
            let schemas: Vec<&Value> = parts.iter().filter_map(|part| part.get("items")).collect();
            items.iter().map(|item| typed(root, item, &schemas)).collect()
        }
        Value::Object(object) => Value::Object(typed_object(root, object, &parts)),
        other => other.clone(),
    }
}

fn typed_object(
    root: &Value,
    object: &Map<String, Value>,
    parts: &[Part<'_>],
) -> Map<String, Value> {
    let of = |(key, value): (&String, &Value)| {
        let own = property(parts, key);
        let others = parts.iter().filter_map(|part| part.get("additionalProperties"));
        let schemas = if own.is_empty() { others.collect() } else { own };
        (key.clone(), typed(root, value, &schemas))
    };
    object.iter().map(of).collect()
}

fn property<'d>(parts: &[Part<'d>], name: &str) -> Vec<&'d Value> {
    parts.iter().filter_map(|part| part.get("properties")?.get(name)).collect()
}

/// A message with its values filled in, as the generated code does.
fn message(root: &Value, text: &str, this: &Value, parts: &[Part<'_>]) -> String {
    let Ok(pieces) = pieces(text) else { return text.to_owned() };
    let show = |piece: &Piece<'_>| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Field(names) => shown(root, this, names, parts),
    };
    pieces.iter().map(show).collect()
}

fn shown(root: &Value, this: &Value, names: &[&str], parts: &[Part<'_>]) -> String {
    let (mut here, mut parts) = (Some(this), parts.to_vec());
    for name in names {
        here = here.and_then(|value| value.get(name));
        parts = flatten(root, &property(&parts, name));
    }
    let secret = parts.iter().any(|p| p.get("format").and_then(Value::as_str) == Some("password"));
    match here {
        // Validation refuses such a message; a payload may be checked without it.
        Some(_) if secret => "[redacted]".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) if number.is_f64() => {
            number.as_f64().unwrap_or(f64::NAN).to_string()
        }
        Some(Value::Null) | None => "none".to_owned(),
        Some(other) => other.to_string(),
    }
}
