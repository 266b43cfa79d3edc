//! Keywords of a schema that do not go together, or mean nothing for its type.

use serde_json::{Number, Value};

use super::{
    index::{Index, Place},
    kinds::Kind,
    report::Report,
    schema_kinds::TYPES,
};
use crate::{
    model::{FORMATS, Width, inexact, whole},
    pattern::Dfa,
};

/// Keywords and the types that they bound.
const BOUNDS: &[(&str, &[&str])] = &[
    ("minLength", &["string"]),
    ("maxLength", &["string"]),
    ("pattern", &["string"]),
    ("minimum", &["integer", "number"]),
    ("maximum", &["integer", "number"]),
    ("exclusiveMinimum", &["integer", "number"]),
    ("exclusiveMaximum", &["integer", "number"]),
    ("multipleOf", &["integer", "number"]),
    ("items", &["array"]),
    ("minItems", &["array"]),
    ("maxItems", &["array"]),
    ("uniqueItems", &["array"]),
    ("properties", &["object"]),
    ("required", &["object"]),
    ("additionalProperties", &["object"]),
    ("minProperties", &["object"]),
    ("maxProperties", &["object"]),
    ("format", &["string", "integer", "number"]),
    // Of other types it is refused as such.
    ("enum", &["string", "integer", "number", "boolean", "array", "object"]),
];

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for schema in index.of(Kind::Schema) {
        if schema.has("allOf") {
            all_of(index, schema, report);
        } else {
            bounds(schema, report);
        }
        numbers(schema, report);
        objects(schema, report);
        if schema.text("type") == Some("array") && !schema.has("items") {
            let message = "an array needs `items`; add the schema of its items";
            report.add(&schema.at, "missing-keyword", message);
        }
        if let Some(Err(error)) = schema.text("pattern").map(Dfa::compile) {
            report.add(&schema.child("pattern"), "bad-pattern", format!("the pattern {error}"));
        }
    }
}

/// Keywords against the type.
fn bounds(schema: &Place<'_>, report: &mut Report) {
    let present = || BOUNDS.iter().filter(|(keyword, _)| schema.has(keyword));
    let Some(kind) = schema.text("type") else {
        if let Some((keyword, types)) = present().next().filter(|_| !schema.has("type")) {
            let kind = types.first().copied().unwrap_or_default();
            let message = format!("`{keyword}` needs a type; add one, such as `type: {kind}`");
            report.add(&schema.at, "missing-type", message);
        }
        return;
    };
    if !TYPES.contains(&kind) {
        return;
    }
    for (keyword, _) in present().filter(|(_, types)| !types.contains(&kind)) {
        let message = format!("`{keyword}` means nothing for the type {kind}; remove it");
        report.add(&schema.child(keyword), "no-effect", message);
    }
}

/// Beside `allOf` stands only what is said about the value as a whole.
fn all_of(index: &Index<'_>, schema: &Place<'_>, report: &mut Report) {
    let parts = schema.list("allOf");
    for keyword in BOUNDS.iter().map(|(keyword, _)| *keyword).chain(["type", "x-extensible-enum"]) {
        if schema.has(keyword) {
            let what = format!("`{keyword}` beside `allOf`");
            report.unsupported(&schema.child(keyword), &what, "move it into a part");
        }
    }
    let at = schema.child("allOf");
    if parts.is_empty() && schema.map.get("allOf").is_some_and(Value::is_array) {
        report.unsupported(&at, "an `allOf` without parts", "add some or remove it");
    }
    if parts.len() < 2 {
        return;
    }
    for i in 0..parts.len() {
        let at = at.child(i);
        let end = index.end_of(&at);
        let part = end.get(index.root).and_then(Value::as_object);
        let fields = |part: &serde_json::Map<String, Value>| {
            let filled =
                part.get("properties").and_then(Value::as_object).is_some_and(|p| !p.is_empty());
            (filled && !part.contains_key("x-closed-map")) || part.contains_key("allOf")
        };
        if part.is_some_and(|part| !part.contains_key("$ref") && !fields(part)) {
            let what = "an `allOf` of anything but objects with properties";
            report.unsupported(&at, what, "give this part properties, or remove it");
        }
    }
}

fn numbers(schema: &Place<'_>, report: &mut Report) {
    let width = (schema.text("type") == Some("integer"))
        .then(|| schema.text("format").and_then(Width::of_format).unwrap_or(Width::I64));
    for keyword in ["minimum", "maximum", "multipleOf"] {
        let Some(Value::Number(bound)) = schema.map.get(keyword) else { continue };
        if let Some(message) = width.and_then(|width| whole_bound(keyword, bound, width)) {
            report.add(&schema.child(keyword), "wrong-value", message);
        }
        let nearest = (schema.text("type") == Some("number")).then(|| inexact(bound)).flatten();
        if let Some(nearest) = nearest {
            let message = format!(
                "`{keyword}` is {bound}, and a number with a fraction has no more than 53 bits; the nearest is \
                 {nearest}"
            );
            report.add(&schema.child(keyword), "wrong-value", message);
        }
        if keyword == "multipleOf" && bound.as_f64().is_none_or(|n| n <= 0.0) {
            let message =
                format!("`multipleOf` must be above 0, not {bound}; correct or remove it");
            report.add(&schema.child(keyword), "wrong-value", message);
        }
    }
    for (i, value) in schema.list("enum").iter().enumerate().filter(|_| width.is_some()) {
        // No typed view of OpenAPI holds more.
        if value.as_u64().is_some_and(|value| i64::try_from(value).is_err()) {
            let message =
                format!("{value} is above {}; use `x-extensible-enum`, or remove it", i64::MAX);
            report.add(&schema.child("enum").child(i), "wrong-value", message);
        }
    }
    for (keyword, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if schema.has(keyword) && !schema.has(bound) {
            let message =
                format!("`{keyword}` means nothing without `{bound}`; add that or remove this");
            report.add(&schema.child(keyword), "no-effect", message);
        }
    }
    let formats: Vec<&str> = match schema.text("type") {
        Some("integer") => FORMATS.iter().map(|(name, _)| *name).collect(),
        Some("number") => vec!["float", "double"],
        _ => return,
    };
    if let Some(format) = schema.text("format").filter(|format| !formats.contains(format)) {
        let what = format!("the format `{format}` of a number");
        let advice = format!("use one of {}, or remove it", formats.join(", "));
        report.unsupported(&schema.child("format"), &what, &advice);
    }
}

/// What is wrong with a bound of a whole number.
fn whole_bound(keyword: &str, bound: &Number, width: Width) -> Option<String> {
    let Some(value) = whole(bound) else {
        return Some(format!("`{keyword}` of an integer must be one too, not {bound}; round it"));
    };
    // No typed view of OpenAPI holds more.
    if i64::try_from(value).is_err() {
        return Some(format!("`{keyword}` is above {}, not a bound to state; remove it", i64::MAX));
    }
    let (least, greatest) = width.range();
    let format = width.format();
    (!width.holds(value)).then(|| {
        format!(
            "`{keyword}` is {bound}, and {format} holds {least} to {greatest}; correct it or the format"
        )
    })
}

/// An object has properties, is a map, or both.
fn objects(schema: &Place<'_>, report: &mut Report) {
    let others = schema.map.get("additionalProperties");
    let at = schema.child("additionalProperties");
    if schema.object("properties").is_none_or(serde_json::Map::is_empty) {
        if others == Some(&Value::Bool(false)) && schema.text("type") == Some("object") {
            report.unsupported(&at, "an object that is always empty", "add properties");
        }
        return;
    }
    for keyword in ["minProperties", "maxProperties"] {
        if schema.has(keyword) && !schema.has("x-closed-map") {
            let what = format!("`{keyword}` beside `properties`");
            report.unsupported(&schema.child(keyword), &what, "use `required`, or remove it");
        }
    }
}
