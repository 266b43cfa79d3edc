//! `x-errata` rows, wherever they stand, in document order.

use serde_json::Value;

use super::subject::subject;
use crate::{model::Erratum, pointer::JsonPointer};

pub(super) fn collect(document: &Value) -> Vec<Erratum> {
    let mut found = Vec::new();
    walk(document, document, &JsonPointer::root(), &mut found);
    found
}

fn walk(document: &Value, value: &Value, at: &JsonPointer, found: &mut Vec<Erratum>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::Array(rows)) = map.get("x-errata") {
                found.extend(rows.iter().filter_map(|row| erratum(document, row, at)));
            }
            // Examples are data: what looks like an extension in them is none.
            let is_data = |key: &str| matches!(key, "example" | "examples" | "x-errata");
            for (key, child) in map.iter().filter(|(key, _)| !is_data(key)) {
                walk(document, child, &at.child(key), found);
            }
        }
        Value::Array(items) => {
            for (i, item) in items.iter().enumerate() {
                walk(document, item, &at.child(i), found);
            }
        }
        _ => {}
    }
}

fn erratum(document: &Value, row: &Value, at: &JsonPointer) -> Option<Erratum> {
    let text = |key: &str| row.get(key).and_then(Value::as_str).map(str::to_owned);
    Some(Erratum {
        id: text("id")?,
        subject: subject(document, at),
        pointer: at.clone(),
        table: text("table"),
        text: text("text"),
        example: text("example"),
        other: text("other"),
        decision: text("decision")?,
        reason: text("reason")?,
    })
}
