//! The shapes of `x-waiters` and `x-ensure`; what they name is checked when they are compiled.

use serde_json::{Map, Value};

use super::{
    report::Report,
    shapes::{bad, kebab, list, needs, object, text, texts},
};
use crate::pointer::JsonPointer;

const WAITER: &[&str] = &[
    "id",
    "description",
    "subject",
    "item-id",
    "reached",
    "times",
    "gone",
    "failed",
    "gone-codes",
    "first",
    "every",
    "limit",
];
const CONDITION: &[&str] = &["rule"];
const FAILED: &[&str] = &["id", "rule", "message", "after"];
const ENSURE: &[&str] = &["id", "description", "name", "count", "look", "bought", "wait"];
const LOOK: &[&str] = &[
    "operation",
    "name",
    "exact",
    "always",
    "item-name",
    "item-id",
    "item-status",
    "unusable",
    "same",
];
const SAME: &[&str] = &["field", "items", "as"];
const BOUGHT: &[&str] = &["items", "item-name", "item-id", "order"];
const WAIT: &[&str] = &["id", "waiter"];

/// A list of `{id, description, subject, item-id?, reached | gone, times?, failed?, gone-codes?, first?,
/// every?, limit?}`.
pub(super) fn waiters(value: &Value, at: &JsonPointer, report: &mut Report) {
    for (i, waiter) in list(value, at, "waiters", report).into_iter().flatten().enumerate() {
        let at = at.child(i);
        let Some(map) = object(waiter, &at, WAITER, report) else { continue };
        identified(map, &at, &["id", "description", "subject"], report);
        if map.contains_key("reached") == map.contains_key("gone") {
            let message = "waits for a state or for the end; write either `reached` or `gone`";
            report.add(&at, "bad-extension", message);
        }
        if let Some(gone) = map.get("gone").filter(|gone| **gone != Value::Bool(true)) {
            bad(&at.child("gone"), "can only be true", gone, report);
        }
        if let Some(field) = map.get("item-id") {
            text(field, &at.child("item-id"), report);
        }
        if let Some(reached) = map.get("reached") {
            row(reached, &at.child("reached"), CONDITION, &["rule"], report);
        }
        let failed =
            map.get("failed").and_then(|rows| list(rows, &at.child("failed"), "rows", report));
        for (i, failed) in failed.into_iter().flatten().enumerate() {
            let at = at.child("failed").child(i);
            row(failed, &at, FAILED, &["id", "rule", "message"], report);
            if let Some(map) = failed.as_object() {
                counts(map, &at, &["after"], report);
            }
        }
        if let Some(codes) = map.get("gone-codes") {
            texts(codes, &at.child("gone-codes"), report);
        }
        counts(map, &at, &["times", "first", "every", "limit"], report);
    }
}

/// `{id, description, name, count?, look, bought, wait?}`.
pub(super) fn ensure(value: &Value, at: &JsonPointer, report: &mut Report) {
    let Some(map) = object(value, at, ENSURE, report) else { return };
    identified(map, at, &["id", "description", "name"], report);
    needs(map, at, &["look", "bought"], report);
    if let Some(count) = map.get("count") {
        text(count, &at.child("count"), report);
    }
    if let Some(look) = map.get("look") {
        let at = at.child("look");
        let needed = ["operation", "name", "item-name", "item-id"];
        let texts = ["operation", "name", "item-name", "item-id", "item-status"];
        row_of(look, &at, LOOK, &needed, &texts, report);
        sameness(look, &at, report);
        for key in ["exact", "always"] {
            if let Some(presets) = look.get(key).filter(|presets| !presets.is_object()) {
                bad(&at.child(key), "must be an object of parameters", presets, report);
            }
        }
    }
    if let Some(bought) = map.get("bought") {
        let at = at.child("bought");
        row(bought, &at, BOUGHT, &["items", "item-name", "item-id"], report);
    }
    if let Some(wait) = map.get("wait") {
        let at = at.child("wait");
        row(wait, &at, WAIT, &["id", "waiter"], report);
        if let Some(id) = wait.get("id").and_then(Value::as_str) {
            kebab(id, &at.child("id"), report);
        }
    }
}

/// `unusable` is a list of states, `same` one of `{field, items?, as?}`.
fn sameness(look: &Value, at: &JsonPointer, report: &mut Report) {
    if let Some(states) = look.get("unusable") {
        texts(states, &at.child("unusable"), report);
        if look.get("item-status").is_none() {
            report.add(at, "bad-extension", "has states without a field; add `item-status`");
        }
    }
    let at = at.child("same");
    let rows = look.get("same").and_then(|rows| list(rows, &at, "fields", report));
    for (i, same) in rows.into_iter().flatten().enumerate() {
        let at = at.child(i);
        row_of(same, &at, SAME, &["field"], &["field", "as"], report);
        if let Some(items) = same.get("items") {
            texts(items, &at.child("items"), report);
        }
    }
}

/// Texts that must be there, the first of them an id.
fn identified(map: &Map<String, Value>, at: &JsonPointer, keys: &[&str], report: &mut Report) {
    needs(map, at, keys, report);
    for key in keys {
        if let Some(value) = map.get(*key) {
            text(value, &at.child(key), report);
        }
    }
    if let Some(id) = map.get("id").and_then(Value::as_str) {
        kebab(id, &at.child("id"), report);
    }
}

/// An object of texts; `after` is none.
fn row(value: &Value, at: &JsonPointer, keys: &[&str], needed: &[&str], report: &mut Report) {
    let texts: Vec<&str> = keys.iter().copied().filter(|key| *key != "after").collect();
    row_of(value, at, keys, needed, &texts, report);
}

fn row_of(
    value: &Value,
    at: &JsonPointer,
    keys: &[&str],
    needed: &[&str],
    texts: &[&str],
    report: &mut Report,
) {
    let Some(map) = object(value, at, keys, report) else { return };
    needs(map, at, needed, report);
    for key in texts {
        if let Some(value) = map.get(*key) {
            text(value, &at.child(key), report);
        }
    }
}

fn counts(map: &Map<String, Value>, at: &JsonPointer, keys: &[&str], report: &mut Report) {
    for key in keys {
        if let Some(value) = map.get(*key).filter(|value| value.as_u64().is_none_or(|n| n == 0)) {
            let message = format!("{value} is not a whole number above 0; write one");
            report.add(&at.child(key), "bad-extension", message);
        }
    }
}
