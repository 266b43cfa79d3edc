//! Sets of values and the lists that go with them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    index::{Index, Place},
    kinds::Kind,
    report::{Report, shown},
};

const OPEN: &str = "x-extensible-enum";

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for schema in index.of(Kind::Schema) {
        if schema.has("enum") && schema.has(OPEN) {
            let message = format!("`{OPEN}` excludes `enum`; a set is either closed or open");
            report.add(&schema.child(OPEN), "exclusive-keywords", message);
        }
        for keyword in ["enum", OPEN] {
            set(schema, keyword, report);
        }
        for keyword in ["x-enum-varnames", "x-enum-descriptions"] {
            parallel(schema, keyword, report);
        }
        let names = schema.list("x-enum-varnames");
        repeated(schema, names, "x-enum-varnames", "bad-extension", report);
    }
}

fn set(schema: &Place<'_>, keyword: &str, report: &mut Report) {
    let Some(Value::Array(values)) = schema.map.get(keyword) else { return };
    let at = schema.child(keyword);
    if values.is_empty() {
        report.add(&at, "empty-enum", format!("`{keyword}` lists no value; add some or remove it"));
    }
    repeated(schema, values, keyword, "duplicate-enum-value", report);
    match schema.text("type") {
        Some("string") => of_strings(schema, keyword, report),
        Some("integer" | "number") | None => {}
        Some(other) => {
            let what = format!("`{keyword}` of type {other}");
            report.unsupported(&at, &what, "remove it, and name the values in the description");
        }
    }
    if schema.text("type").is_none() && keyword == OPEN {
        let message = format!("`{OPEN}` needs the type string, integer or number; add a `type`");
        report.add(&at, "misplaced-extension", message);
    }
}

fn of_strings(schema: &Place<'_>, keyword: &str, report: &mut Report) {
    let at = schema.child(keyword);
    if schema.text("format") == Some("password") {
        report.unsupported(&at, "a set of secrets", "remove the set or the format");
    }
    for bound in ["minLength", "maxLength", "pattern"] {
        if keyword == OPEN && schema.has(bound) {
            let what = format!("`{bound}` beside `{OPEN}`");
            report.unsupported(&schema.child(bound), &what, "keep the one that says more");
        }
    }
}

fn repeated(
    schema: &Place<'_>,
    values: &[Value],
    keyword: &str,
    code: &'static str,
    report: &mut Report,
) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (i, value) in values.iter().enumerate() {
        let text = value.to_string();
        if let Some(first) = known.get(&text) {
            let message = format!("{} stands at {first} already; remove one", shown(&text));
            report.add(&schema.child(keyword).child(i), code, message);
        } else {
            known.insert(text, i);
        }
    }
}

/// A list that goes with the values, one by one.
fn parallel(schema: &Place<'_>, keyword: &str, report: &mut Report) {
    let Some(Value::Array(list)) = schema.map.get(keyword) else { return };
    let values = schema.map.get("enum").or_else(|| schema.map.get(OPEN));
    let Some(values) = values.map(Value::as_array) else {
        let message =
            format!("`{keyword}` belongs beside `enum` or `{OPEN}`; add one or remove it");
        return report.add(&schema.child(keyword), "misplaced-extension", message);
    };
    if let Some(values) = values.filter(|values| values.len() != list.len()) {
        let message = format!(
            "lists {} for {} values; write one for each value, in the same order",
            list.len(),
            values.len()
        );
        report.add(&schema.child(keyword), "parallel-list-length", message);
    }
}
