//! The texts of a document that people read, and what they are in another language.
//!
//! In: a document's value, or a file of translations. Out: each text with its place, or a text's translation.
//!
//! A file of translations is a list of texts, not of places: a text that a document has often is translated once,
//! and a text that changes has no translation any more, which lint tells.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    load::{Document, FileBeside},
    pointer::JsonPointer,
};

/// The key of a file of translations.
pub(crate) const TEXTS: &str = "texts";
/// The key of a text as the document has it.
pub(crate) const ENGLISH: &str = "en";

/// Keys whose strings are for people.
const SPOKEN: [&str; 3] = ["summary", "description", "message"];
/// Lists of strings for people.
const LISTS: [&str; 1] = ["x-enum-descriptions"];
/// What holds data, or texts about the document itself.
const SILENT: [&str; 7] =
    ["example", "value", "default", "enum", "x-extensible-enum", "x-errata", "x-knowledge"];

/// All texts of a document's value with their places, in document order.
pub(crate) fn of_value(value: &Value) -> Vec<(JsonPointer, &str)> {
    let mut found = Vec::new();
    collect(value, &JsonPointer::root(), &mut found);
    found
}

fn collect<'v>(value: &'v Value, at: &JsonPointer, found: &mut Vec<(JsonPointer, &'v str)>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| collect(item, &at.child(i), found));
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                match value {
                    Value::String(text) if SPOKEN.contains(&key.as_str()) || is_title(key, at) => {
                        found.push((at.child(key), text));
                    }
                    Value::Array(items) if LISTS.contains(&key.as_str()) => {
                        let texts = items.iter().enumerate();
                        let texts = texts.filter_map(|(i, text)| Some((i, text.as_str()?)));
                        found.extend(texts.map(|(i, text)| (at.child(key).child(i), text)));
                    }
                    // A property may have the name of a keyword; its schema is an object.
                    Value::Object(_) | Value::Array(_) if !is_silent(key, at) => {
                        collect(value, &at.child(key), found);
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// Whether a key is the title of the document; that of a schema is a name.
fn is_title(key: &str, at: &JsonPointer) -> bool {
    key == "title" && at.segments() == ["info"]
}

/// The names of tags with their places: titles of chapters for people, but operations name tags by them.
pub(crate) fn of_tags(value: &Value) -> Vec<(JsonPointer, &str)> {
    let at = JsonPointer::root().child("tags");
    let tags = at.get(value).and_then(Value::as_array).into_iter().flatten().enumerate();
    tags.filter_map(|(i, tag)| Some((at.child(i).child("name"), tag.get("name")?.as_str()?)))
        .collect()
}

/// Whether a key holds data. Below `properties` and `examples`, each key is a name.
fn is_silent(key: &str, at: &JsonPointer) -> bool {
    !matches!(at.last(), Some("properties" | "examples")) && SILENT.contains(&key)
}

/// The texts of a document's file of error codes with their places there.
pub(crate) fn of_error_codes(document: &Document) -> Vec<(JsonPointer, &str)> {
    let at = JsonPointer::root().child("codes");
    let Some(catalog) = &document.error_catalog else { return Vec::new() };
    let codes = at.get(&catalog.value).and_then(Value::as_array).into_iter().flatten();
    let texts = codes.enumerate().flat_map(|(i, code)| {
        let text = move |key: &str| Some((i, key.to_owned(), code.get(key)?.as_str()?));
        ["meaning", "advice"].into_iter().filter_map(text)
    });
    texts.map(|(i, key, text)| (at.child(i).child(key), text)).collect()
}

/// The texts of one language by what they are in English.
pub(crate) fn translations<'f>(file: &'f FileBeside, language: &str) -> BTreeMap<&'f str, &'f str> {
    let entries = file.value.get(TEXTS).and_then(Value::as_array).into_iter().flatten();
    entries
        .filter_map(|entry| Some((entry.get(ENGLISH)?.as_str()?, entry.get(language)?.as_str()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn texts_are_what_people_read() {
        let value = json!({
            "info": { "title": "API", "description": "An API." },
            "paths": { "/a": { "get": {
                "summary": "Get",
                "parameters": [{ "name": "x", "description": "X.", "example": { "description": "data" } }],
                "responses": { "200": { "description": "Fine.", "content": { "application/json": { "examples": {
                    "value": { "summary": "One", "value": { "message": "data" } }
                } } } } }
            } } },
            "tags": [{ "name": "Trees", "description": "All trees." }],
            "components": { "schemas": { "A": {
                "title": "Tree",
                "properties": {
                    "description": { "description": "A field.", "x-errata": [{ "message": "no" }] },
                    "value": { "description": "Another.", "default": { "description": "data" } },
                    "mode": { "enum": ["description"], "x-enum-descriptions": ["Fast.", "Slow."] }
                },
                "x-validations": [{ "id": "a", "message": "has {b}" }]
            } } }
        });
        let texts: Vec<String> =
            of_value(&value).into_iter().map(|(at, text)| format!("{at} {text}")).collect();
        let schema = "#/components/schemas/A";
        assert_eq!(
            texts,
            [
                "#/info/title API".to_owned(),
                "#/info/description An API.".to_owned(),
                "#/paths/~1a/get/summary Get".to_owned(),
                "#/paths/~1a/get/parameters/0/description X.".to_owned(),
                "#/paths/~1a/get/responses/200/description Fine.".to_owned(),
                "#/paths/~1a/get/responses/200/content/application~1json/examples/value/summary One"
                    .to_owned(),
                "#/tags/0/description All trees.".to_owned(),
                format!("{schema}/properties/description/description A field."),
                format!("{schema}/properties/value/description Another."),
                format!("{schema}/properties/mode/x-enum-descriptions/0 Fast."),
                format!("{schema}/properties/mode/x-enum-descriptions/1 Slow."),
                format!("{schema}/x-validations/0/message has {{b}}"),
            ]
        );
        assert_eq!(
            of_tags(&value),
            [(JsonPointer::root().child("tags").child(0).child("name"), "Trees")]
        );
    }
}
