//! Requests: what the service does by itself is said in words, so that no client sends it; open lists of
//! values too. Bounds, patterns and closed lists stay: they are what a request must keep to.

use serde_json::Value;

use super::{Object, holders::Side, schemas, values};
use crate::emit::words;

/// Adapts all schemas of requests.
pub(super) fn adapt(document: &mut Value) {
    schemas::visit(document, Side::Request, &mut |schema| {
        let open =
            values::paragraph(schema, "x-extensible-enum", "Known values (others may exist)");
        if open.is_some() {
            unname(schema);
        }
        let closed = values::meanings(schema).map(|_| "Values");
        let closed = closed.and_then(|heading| values::paragraph(schema, "enum", heading));
        let default = schema.shift_remove("default").map(|value| default(&value));
        open.into_iter().chain(closed).chain(secret(schema)).chain(default).collect()
    });
}

/// Takes away what tools make of a list that is not closed: a type of its own.
pub(super) fn unname(schema: &mut Object) {
    for key in ["title", "x-enum-varnames", "x-enum-descriptions"] {
        schema.shift_remove(key);
    }
}

/// `format: password` is about input fields; models of some languages print and send it as asterisks.
pub(super) fn secret(schema: &mut Object) -> Option<String> {
    let is_secret = schema.get("format").is_some_and(|format| format == "password");
    is_secret.then(|| {
        schema.shift_remove("format");
        "A secret: keep it out of logs.".to_owned()
    })
}

fn default(value: &Value) -> String {
    let shown = match value.as_str() {
        Some("") => "an empty text".to_owned(),
        _ => words::code(&words::value(value)),
    };
    format!("Default of the service: {shown}.")
}
