//! Answers: no bounds, patterns, defaults or closed lists, so that no client refuses what a newer service
//! says. What values are known is said in words.

use serde_json::Value;

use super::{
    Object,
    holders::Side,
    requests::{secret, unname},
    schemas, values,
};

/// What bounds values.
const BOUNDS: [&str; 13] = [
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// Relaxes all schemas of answers.
pub(super) fn relax(document: &mut Value) {
    schemas::visit(document, Side::Answer, &mut |schema| {
        for keyword in BOUNDS.iter().chain(&["default"]) {
            schema.shift_remove(*keyword);
        }
        if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
            schema.shift_remove("additionalProperties");
        }
        open_list(schema);
        let known =
            values::paragraph(schema, "x-extensible-enum", "Known values (others may exist)");
        if known.is_some() {
            unname(schema);
        }
        known.into_iter().chain(secret(schema)).collect()
    });
}

/// A closed list becomes an open one.
fn open_list(schema: &mut Object) {
    let Some(at) = schema.keys().position(|key| key == "enum") else { return };
    if let Some(values) = schema.shift_remove("enum") {
        schema.shift_insert(at, "x-extensible-enum".to_owned(), values);
    }
}
