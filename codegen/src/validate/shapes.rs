//! Shapes of values that no table knows: those of extensions, and of files beside the document.
//!
//! In: a value and its place. Out: what is wrong with it, under the code `bad-extension`.

use serde_json::{Map, Value};

use super::report::{Report, shown};
use crate::{conform, pointer::JsonPointer};

pub(super) fn bad(at: &JsonPointer, must: &str, value: &Value, report: &mut Report) {
    report.add(at, "bad-extension", format!("{must}, not {}", conform::kind_of(value)));
}

pub(super) fn yes(value: &Value, at: &JsonPointer, report: &mut Report) {
    if *value != Value::Bool(true) {
        let name = at.last().unwrap_or_default();
        report.add(at, "bad-extension", format!("`{name}` can only be true; correct or remove it"));
    }
}

/// A decision that can only go one way.
pub(super) fn no(value: &Value, at: &JsonPointer, report: &mut Report) {
    if *value != Value::Bool(false) {
        let message = "`x-secret` can only be false; what is a secret has `format: password`";
        report.add(at, "bad-extension", message);
    }
}

pub(super) fn list<'v>(
    value: &'v Value,
    at: &JsonPointer,
    of: &str,
    report: &mut Report,
) -> Option<&'v [Value]> {
    let Value::Array(items) = value else {
        bad(at, &format!("must be a list of {of}"), value, report);
        return None;
    };
    Some(items)
}

pub(super) fn texts(value: &Value, at: &JsonPointer, report: &mut Report) {
    for (i, item) in list(value, at, "strings", report).into_iter().flatten().enumerate() {
        text(item, &at.child(i), report);
    }
}

pub(super) fn text(value: &Value, at: &JsonPointer, report: &mut Report) {
    match value {
        Value::String(text) if text.trim().is_empty() => {
            report.add(at, "bad-extension", "is empty; write some words or remove it");
        }
        Value::String(_) => {}
        _ => bad(at, "must be a string", value, report),
    }
}

pub(super) fn object<'v>(
    value: &'v Value,
    at: &JsonPointer,
    keys: &[&str],
    report: &mut Report,
) -> Option<&'v Map<String, Value>> {
    let Value::Object(map) = value else {
        bad(at, "must be an object", value, report);
        return None;
    };
    for key in map.keys().filter(|key| !keys.contains(&key.as_str())) {
        let known = format!("known are {}", keys.join(", "));
        let hint = report.hint(key, keys.iter().copied(), &known);
        report.add(&at.child(key), "bad-extension", format!("{} is not known; {hint}", shown(key)));
    }
    Some(map)
}

pub(super) fn needs(
    map: &Map<String, Value>,
    at: &JsonPointer,
    keys: &[&str],
    report: &mut Report,
) {
    for key in keys.iter().filter(|key| !map.contains_key(**key)) {
        report.add(at, "bad-extension", format!("needs `{key}`; add it"));
    }
}

pub(super) fn kebab(id: &str, at: &JsonPointer, report: &mut Report) {
    if !is_kebab(id) {
        let message = format!("{} is not an id; use lower-case words joined by `-`", shown(id));
        report.add(at, "bad-extension", message);
    }
}

fn is_kebab(id: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    id.split('-').all(word)
}
