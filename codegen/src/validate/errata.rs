//! `x-errata`: ids that are unique in the document, because pages link to them; what each row is about, in a
//! closed vocabulary, because no decision is read out of prose; and rows that somebody has decided.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    index::Index,
    report::{Report, shown},
};
use crate::pointer::JsonPointer;

/// What stands in place of a decision that is still to be made.
const PENDING: &str = "pending";

/// What a row can be about, in alphabetical order.
pub const FACTS: &[&str] = &[
    "absence",
    "absent-keywords",
    "absent-values",
    "bound-range",
    "bound-text",
    "copy",
    "default",
    "default-text",
    "default-type",
    "default-value",
    "example",
    "example-body",
    "example-format",
    "example-json",
    "example-key",
    "example-length",
    "example-null",
    "example-path",
    "example-query",
    "example-required",
    "example-shape",
    "example-type",
    "example-value",
    "format",
    "maxItems",
    "maxLength",
    "maximum",
    "meaning",
    "minItems",
    "minLength",
    "minimum",
    "nullable",
    "operation-link",
    "path-parameter",
    "pattern",
    "presence",
    "required",
    "required-default",
    "required-path",
    "required-text",
    "schema-name",
    "status",
    "table-unused",
    "type",
    "values",
    "values-text",
];

/// Facts that state a value: a row decides nothing about them without one.
const VALUED: &[&str] = &[
    "absent-keywords",
    "absent-values",
    "default",
    "format",
    "maxItems",
    "maxLength",
    "maximum",
    "minItems",
    "minLength",
    "minimum",
    "nullable",
    "pattern",
    "required",
    "type",
    "values",
];

/// Facts that only people can check.
const UNCHECKED: &[&str] = &["example", "meaning"];

/// The keys of an entry of `about`: the values that it knows stand under their source.
const ENTRY: &[&str] = &["fact", "field", "page", "sdk"];

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    let mut known: BTreeMap<&str, JsonPointer> = BTreeMap::new();
    for place in &index.places {
        for (i, row) in place.list("x-errata").iter().enumerate() {
            let row_at = place.child("x-errata").child(i);
            if let Some(about) = row.get("about") {
                entries(about, &row_at.child("about"), report);
            }
            let Some(id) = row.get("id").and_then(Value::as_str) else { continue };
            if row.get("decision").and_then(Value::as_str) == Some(PENDING) {
                let message = format!(
                    "{} waits for a decision; write what this document does, and why",
                    shown(id)
                );
                report.add(&row_at.child("decision"), "pending-decision", message);
            }
            let at = row_at.child("id");
            if let Some(first) = known.get(id) {
                let message = format!("{} is the id of {first} already; rename one", shown(id));
                report.add(&at, "duplicate-erratum-id", message);
            } else {
                known.insert(id, at);
            }
        }
    }
}

/// A list of words, or of objects with a word and what the row knows of it.
fn entries(about: &Value, at: &JsonPointer, report: &mut Report) {
    let entries = match about {
        Value::Array(entries) if !entries.is_empty() => entries,
        _ => {
            let message = format!(
                "must be a list of what the row decides, such as `type`, or of `{}`",
                ENTRY.join("`, `")
            );
            return report.add(at, "bad-about", message);
        }
    };
    for (i, entry) in entries.iter().enumerate() {
        let at = at.child(i);
        match entry {
            Value::String(word) => fact(word, &Map::new(), &at, report),
            Value::Object(map) => {
                for key in map.keys().filter(|key| !ENTRY.contains(&key.as_str())) {
                    let message = format!("is none of `{}`; remove it", ENTRY.join("`, `"));
                    report.add(&at.child(key), "bad-about", message);
                }
                if map.get("field").is_some_and(|field| !field.is_string()) {
                    let message = "must be the name of a field, such as `name` or `Schema.name`";
                    report.add(&at.child("field"), "bad-about", message);
                }
                let word = map.get("fact").and_then(Value::as_str).unwrap_or_default();
                fact(word, map, &at, report);
            }
            _ => report.add(&at, "bad-about", "must be a word, or an object with `fact`"),
        }
        if entries.iter().take(i).any(|earlier| earlier == entry) {
            report.add(&at, "bad-about", "says the same as an earlier one; remove it");
        }
    }
}

fn fact(word: &str, map: &Map<String, Value>, at: &JsonPointer, report: &mut Report) {
    let knows = map.contains_key("page") || map.contains_key("sdk");
    let message = if word.is_empty() {
        format!("needs `fact`, which is one of {}", FACTS.join(", "))
    } else if !FACTS.contains(&word) {
        format!(
            "{} is nothing that a row can be about; take one of {}",
            shown(word),
            FACTS.join(", ")
        )
    } else if VALUED.contains(&word) && !knows {
        format!("{} needs the values that the row knows; add `page` or `sdk`", shown(word))
    } else if UNCHECKED.contains(&word) && (knows || map.contains_key("field")) {
        format!("{} is for people only and decides nothing else; write the word alone", shown(word))
    } else {
        return;
    };
    report.add(at, "bad-about", message);
}
