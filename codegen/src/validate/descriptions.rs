//! Descriptions: whatever a reader of the reference meets says what it means.

use serde_json::{Map, Value};

use super::{
    index::{Index, is_component},
    kinds::Kind,
    report::{Report, shown},
};

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for place in &index.places {
        let what = match place.kind {
            Kind::Operation => "an operation",
            Kind::Parameter => "a parameter",
            Kind::Header => "a header",
            Kind::Response => "a response",
            Kind::Schema if is_component(&place.at) => "a schema",
            _ => continue,
        };
        if !described(place.map) {
            let message = format!("{what} needs a `description`; say what it means");
            report.add(&place.at, "missing-description", message);
        }
    }
    for schema in index.of(Kind::Schema) {
        let at = schema.child("properties");
        for (name, property) in schema.object("properties").into_iter().flatten() {
            // A bare reference is described by its target.
            let Some(map) = property.as_object().filter(|map| !map.contains_key("$ref")) else {
                continue;
            };
            if !described(map) {
                let message = format!(
                    "the property {} needs a `description`; say meaning, unit and range",
                    shown(name)
                );
                report.add(&at.child(name), "missing-description", message);
            }
        }
    }
}

/// A description of the wrong type is another problem.
fn described(map: &Map<String, Value>) -> bool {
    match map.get("description") {
        Some(Value::String(text)) => !text.trim().is_empty(),
        other => other.is_some(),
    }
}
