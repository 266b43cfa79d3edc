//! Headers of responses: values that one line can hold, and one type for one name.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    index::{Index, Place},
    kinds::Kind,
    report::{Report, shown},
};
use crate::pointer::JsonPointer;

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for header in index.of(Kind::Header) {
        schema(index, header, report);
    }
    for response in index.of(Kind::Response) {
        names(response, report);
    }
    for operation in index.of(Kind::Operation) {
        successes(index, operation, report);
    }
}

/// A text, a number or a boolean, or a list of them.
fn schema(index: &Index<'_>, header: &Place<'_>, report: &mut Report) {
    let at = header.child("schema");
    let kind = |at: &JsonPointer| index.type_at(at);
    let is_plain =
        |kind: Option<&str>| matches!(kind, Some("string" | "integer" | "number" | "boolean"));
    let fits = match kind(&at) {
        Some("array") => is_plain(kind(&index.end_of(&at).child("items"))),
        other => is_plain(other),
    };
    if !fits {
        let what =
            format!("a header of {}", kind(&at).map_or("any type".into(), |k| format!("type {k}")));
        report.unsupported(&at, &what, "use a string, a number, a boolean or a list of them");
    }
}

fn names(response: &Place<'_>, report: &mut Report) {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for (name, _) in response.object("headers").into_iter().flatten() {
        let at = response.child("headers").child(name);
        if name.eq_ignore_ascii_case("content-type") {
            let message = "a header called `Content-Type` is ignored by OpenAPI; name a media type";
            report.add(&at, "no-effect", message);
        }
        let is_token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        if name.is_empty() || !name.bytes().all(is_token) {
            let message = format!("{} is not a valid header name; correct it", shown(name));
            report.add(&at, "bad-name", message);
        }
        if let Some(first) = known.insert(name.to_ascii_lowercase(), name) {
            let message = format!("{} is {} already; remove one", shown(name), shown(first));
            report.add(&at, "duplicate-parameter", message);
        }
    }
}

/// All successes of an operation are read into one type.
fn successes(index: &Index<'_>, operation: &Place<'_>, report: &mut Report) {
    let mut known: BTreeMap<String, (Value, JsonPointer)> = BTreeMap::new();
    for (status, response) in operation.object("responses").into_iter().flatten() {
        let at = operation.child("responses").child(status);
        let Some((response, at)) = index.resolve(response, &at) else { continue };
        let headers = response.get("headers").and_then(Value::as_object);
        for (name, header) in headers.into_iter().flatten().filter(|_| status.starts_with('2')) {
            let at = at.child("headers").child(name);
            let Some((header, at)) = index.resolve(header, &at) else { continue };
            let schema = header.get("schema").cloned().unwrap_or_default();
            let (first, first_at) = known
                .entry(name.to_ascii_lowercase())
                .or_insert_with(|| (schema.clone(), at.clone()));
            if *first != schema {
                let message = format!(
                    "{} has another schema at {first_at}, and one operation answers with both; write one",
                    shown(name)
                );
                report.add(&at, "unsupported", message);
            }
        }
    }
}
