//! The objects of a part of a document, without the data in it: examples and values are no objects of
//! OpenAPI, and names of properties, statuses and media types are no keywords.

use serde_json::Value;

use super::Object;

/// Keywords under which keys are names.
const NAMES: [&str; 10] = [
    "paths",
    "properties",
    "responses",
    "headers",
    "content",
    "schemas",
    "parameters",
    "requestBodies",
    "securitySchemes",
    "variables",
];

/// Keywords whose values are data.
fn is_data(key: &str) -> bool {
    ["example", "value", "default", "enum"].contains(&key) || key.starts_with("x-")
}

/// The object at some keys.
pub(super) fn object<'v>(value: &'v Value, keys: &[&str]) -> Option<&'v Object> {
    keys.iter().try_fold(value, |value, key| value.get(key))?.as_object()
}

/// The object at some keys, to change it.
pub(super) fn object_mut<'v>(value: &'v mut Value, keys: &[&str]) -> Option<&'v mut Object> {
    keys.iter().try_fold(value, |value, key| value.get_mut(key))?.as_object_mut()
}

/// Calls with each object in a value, outer ones first.
pub(super) fn each<'v>(value: &'v Value, call: &mut dyn FnMut(&'v Object)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| each(item, call)),
        Value::Object(object) => {
            call(object);
            for (key, part) in object.iter().filter(|(key, _)| !is_data(key)) {
                match part {
                    Value::Object(named) if holds_names(key) => {
                        named.values().for_each(|part| each(part, call));
                    }
                    part => each(part, call),
                }
            }
        }
        _ => {}
    }
}

/// The same, to change them.
pub(super) fn each_mut(value: &mut Value, call: &mut dyn FnMut(&mut Object)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each_mut(item, call)),
        Value::Object(object) => {
            call(object);
            for (key, part) in object.iter_mut().filter(|(key, _)| !is_data(key)) {
                match part {
                    Value::Object(named) if holds_names(key) => {
                        named.values_mut().for_each(|part| each_mut(part, call));
                    }
                    part => each_mut(part, call),
                }
            }
        }
        _ => {}
    }
}

/// `examples` holds objects of OpenAPI by name; their `value` is data.
fn holds_names(key: &str) -> bool {
    NAMES.contains(&key) || key == "examples"
}
