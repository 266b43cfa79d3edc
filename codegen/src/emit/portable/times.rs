//! Times in answers get `format: date-time` where every value that the document shows is one of RFC 3339.
//!
//! Requests keep plain strings: how finely a client writes a time is its own choice, and not every
//! service takes every form.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    Object,
    holders::{Side, holders},
    schemas::{self, target},
    walk::object,
};

/// Whether all values that are shown for a schema are times, by its address in the document.
type Seen = BTreeMap<*const Object, bool>;

/// Marks the times.
pub(super) fn mark(document: &mut Value) {
    let seen = seen(document);
    // The visitor meets the schemas in place, so their addresses are those that were seen.
    schemas::visit(document, Side::Answer, &mut |schema| {
        let at: *const Object = schema;
        let shown = schema.get("example").map(is_time);
        let is_time = match (shown, seen.get(&at)) {
            (Some(own), Some(all)) => own && *all,
            (Some(one), None) | (None, Some(&one)) => one,
            (None, None) => false,
        };
        if is_time && is_plain_string(schema) {
            let at = schema.keys().position(|key| key == "type").map_or(0, |at| at + 1);
            schema.shift_insert(at, "format".to_owned(), Value::from("date-time"));
        }
        Vec::new()
    });
}

fn is_plain_string(schema: &Object) -> bool {
    let is_string = schema.get("type").is_some_and(|kind| kind == "string");
    is_string
        && !["format", "enum", "x-extensible-enum"].iter().any(|key| schema.contains_key(*key))
}

/// All values in the examples of answers, by schema.
fn seen(document: &Value) -> Seen {
    let components = object(document, &["components", "schemas"]);
    let mut seen = Seen::new();
    for (_, holder) in holders(document, Side::Answer) {
        for media in object(holder, &["content"]).into_iter().flat_map(|content| content.values()) {
            let Some(schema) = media.get("schema") else { continue };
            let named = object(media, &["examples"]).into_iter().flat_map(|all| all.values());
            let values =
                named.filter_map(|example| example.get("value")).chain(media.get("example"));
            for value in values {
                meet(schema, value, components, &mut seen);
            }
        }
    }
    seen
}

/// Notes a value and its parts with the schemas that describe them. Ends, because the value does: a reference
/// leads to another schema, and validation refuses those that lead back without a step into the value.
fn meet(schema: &Value, value: &Value, components: Option<&Object>, seen: &mut Seen) {
    let Some(schema) = schema.as_object() else { return };
    if let Some(name) = target(schema) {
        if let Some(schema) = components.and_then(|all| all.get(name)) {
            meet(schema, value, components, seen);
        }
        return;
    }
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        meet(part, value, components, seen);
    }
    match value {
        Value::Object(fields) => {
            let properties = schema.get("properties");
            let others = schema.get("additionalProperties");
            for (name, value) in fields {
                let property = properties.and_then(|all| all.get(name)).or(others);
                property.into_iter().for_each(|property| meet(property, value, components, seen));
            }
        }
        Value::Array(items) => {
            let schema = schema.get("items");
            let pairs =
                schema.into_iter().flat_map(|schema| items.iter().map(move |i| (schema, i)));
            pairs.for_each(|(schema, item)| meet(schema, item, components, seen));
        }
        Value::Null => {}
        _ => {
            let all = seen.entry(std::ptr::from_ref(schema)).or_insert(true);
            *all &= is_time(value);
        }
    }
}

/// Whether a value is a time of RFC 3339: `2019-05-31T03:15:40.631Z`.
pub(in crate::emit) fn is_time(value: &Value) -> bool {
    let Some(text) = value.as_str() else { return false };
    let Some((date, time)) = text.split_once('T') else { return false };
    let (clock, zone) = match time.find(['Z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => return false,
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let is_zone = zone == "Z" || fits(zone.get(1..).unwrap_or_default(), "00:00");
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    fits(date, "0000-00-00") && fits(clock, "00:00:00") && is_fraction && is_zone
}

/// Whether a text has a digit wherever the form has one, and the same signs elsewhere.
fn fits(text: &str, form: &str) -> bool {
    let same = |(a, b): (u8, u8)| if b == b'0' { a.is_ascii_digit() } else { a == b };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(same)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_rfc_3339() {
        for time in [
            "2019-05-31T03:15:40.631Z",
            "2020-06-19T07:06:07Z",
            "2020-06-19T07:06:07+08:00",
            "2020-06-19T07:06:07.1-08:00",
        ] {
            assert!(is_time(&Value::from(time)), "{time}");
        }
        for other in [
            "2021-06-16 06:12:55",
            "2021-06-16",
            "02:00:00Z",
            "2020-06-19T07:06:07",
            "2020-06-19T07:06:07.Z",
            "2020-06-19T07:06Z",
            "2020-06-19T07:06:07+08",
            "Thursday",
            "",
        ] {
            assert!(!is_time(&Value::from(other)), "{other}");
        }
        assert!(!is_time(&Value::from(1_592_000_000)));
    }
}
