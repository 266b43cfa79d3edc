//! `x-closed-map`: an object whose keys are data, limited to its properties.

use serde_json::{Map, Value};

use super::{
    index::{Index, Place},
    kinds::Kind,
    report::{Report, shown},
};

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for schema in index.of(Kind::Schema).filter(|schema| schema.is_true("x-closed-map")) {
        check_one(schema, report);
    }
}

fn check_one(schema: &Place<'_>, report: &mut Report) {
    let mut bad = |message: &str| {
        report.add(&schema.child("x-closed-map"), "bad-extension", message);
    };
    let properties = schema.object("properties");
    if schema.text("type") != Some("object") || properties.is_none_or(Map::is_empty) {
        bad("a closed map is an object with properties; add them or remove the extension");
    }
    if schema.map.get("additionalProperties") != Some(&Value::Bool(false)) {
        bad("a closed map needs `additionalProperties: false`; add it");
    }
    if !schema.list("required").is_empty() {
        bad("no key of a closed map can be required; remove `required`");
    }
    let mut properties = properties.into_iter().flatten();
    let Some((first, model)) = properties.next() else { return };
    let model = bare(model);
    for (name, property) in properties {
        if bare(property) != model {
            let at = schema.at.join(["properties", name]);
            let message = format!(
                "all values of a closed map have one schema, but this differs from {}; make them \
                 equal but for description and example",
                shown(first)
            );
            report.add(&at, "bad-extension", message);
        }
    }
}

/// A schema without what is said for people.
fn bare(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(map) = &mut schema {
        map.retain(|key, _| !matches!(key.as_str(), "description" | "example" | "x-errata"));
    }
    schema
}
