//! `x-values`: a value that an operation lists. In: each place of the extension. Out: names in it that lead nowhere, as far
//! as they are of the same document; what is of another service is looked up by whoever has both.

use serde_json::{Map, Value};

use super::{
    index::{Index, Place},
    kinds::Kind,
    report::{Report, shown},
    shapes::{bad, needs, object, text, texts},
};
use crate::pointer::JsonPointer;

pub(super) const KEY: &str = "x-values";
const KEYS: &[&str] = &["service", "operation", "items", "value", "show", "with", "fixed"];

/// Keys with parameters of the operation.
const PAIRS: [&str; 2] = ["with", "fixed"];

/// `{service?, operation, items?, value, show?, with?, fixed?}`.
pub(super) fn shape(value: &Value, at: &JsonPointer, report: &mut Report) {
    let Some(map) = object(value, at, KEYS, report) else { return };
    needs(map, at, &["operation", "value"], report);
    for key in ["service", "operation", "items", "value"] {
        if let Some(value) = map.get(key) {
            text(value, &at.child(key), report);
        }
    }
    if let Some(show) = map.get("show") {
        texts(show, &at.child("show"), report);
    }
    for key in PAIRS {
        match map.get(key) {
            Some(Value::Object(pairs)) => {
                for (parameter, value) in pairs {
                    text(value, &at.child(key).child(parameter), report);
                }
            }
            Some(other) => bad(&at.child(key), "must be an object of parameters", other, report),
            None => {}
        }
    }
}

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for kind in [Kind::Schema, Kind::Parameter] {
        for place in index.of(kind) {
            if let Some(choices) = place.object(KEY).filter(|map| !map.contains_key("service")) {
                operation(index, choices, &place.child(KEY), report);
            }
        }
    }
}

fn operation(
    index: &Index<'_>,
    choices: &Map<String, Value>,
    at: &JsonPointer,
    report: &mut Report,
) {
    let name = |key: &str| choices.get(key).and_then(Value::as_str);
    let Some(id) = name("operation") else { return };
    let found = index.of(Kind::Operation).find(|place| place.text("operationId") == Some(id));
    let Some(found) = found else {
        let message = format!("there is no operation {}; name one that lists values", shown(id));
        return report.add(&at.child("operation"), "bad-values", message);
    };
    let listed = name("items").or_else(|| found.object("x-pagination")?.get("items")?.as_str());
    let Some(listed) = listed else {
        let message = "the operation has no `x-pagination`; add `items`, the field of its answer that lists values";
        return report.add(at, "bad-values", message);
    };
    let item = answer(index, found)
        .and_then(|answer| property(index, answer, listed))
        .and_then(|list| schema(index, list.get("items")?));
    let Some(item) = item else {
        let message = format!("the answer of {id} has no list {}; correct it", shown(listed));
        return report.add(at, "bad-values", message);
    };
    let shows = choices.get("show").and_then(Value::as_array).into_iter().flatten();
    for field in shows.filter_map(Value::as_str).chain(name("value")) {
        if property(index, item, field).is_none() {
            let message = format!("an item of {listed} has no field {}; correct it", shown(field));
            report.add(at, "bad-values", message);
        }
    }
    for key in PAIRS {
        let pairs = choices.get(key).and_then(Value::as_object).into_iter().flatten();
        for (parameter, _) in pairs.filter(|(name, _)| !has_parameter(index, found, name)) {
            let message = format!("{id} has no parameter {}; correct it", shown(parameter));
            report.add(&at.child(key).child(parameter), "bad-values", message);
        }
    }
}

/// The schema of the answer to a call that succeeds.
fn answer<'d>(index: &Index<'d>, operation: &Place<'d>) -> Option<&'d Map<String, Value>> {
    let answers = operation.object("responses")?.iter();
    let mut successes = answers.filter(|(status, _)| status.starts_with('2'));
    successes.find_map(|(_, answer)| {
        let (answer, _) = index.resolve(answer, &JsonPointer::root())?;
        let mut contents = answer.get("content")?.as_object()?.values();
        contents.find_map(|media| schema(index, media.get("schema")?))
    })
}

fn schema<'d>(index: &Index<'d>, value: &'d Value) -> Option<&'d Map<String, Value>> {
    Some(index.resolve(value, &JsonPointer::root())?.0)
}

/// A property of an object, or of a part of it.
fn property<'d>(
    index: &Index<'d>,
    object: &'d Map<String, Value>,
    name: &str,
) -> Option<&'d Map<String, Value>> {
    if let Some(found) = object.get("properties").and_then(|properties| properties.get(name)) {
        return schema(index, found);
    }
    let parts = object.get("allOf")?.as_array()?.iter();
    parts.filter_map(|part| schema(index, part)).find_map(|part| property(index, part, name))
}

fn has_parameter(index: &Index<'_>, operation: &Place<'_>, name: &str) -> bool {
    operation.list("parameters").iter().any(|parameter| {
        schema(index, parameter)
            .is_some_and(|p| p.get("name").and_then(Value::as_str) == Some(name))
    })
}
