//! The `x-` extensions: where each may stand, and its shape.

use serde_json::Value;

use super::{
    choices,
    kinds::Kind,
    knowledge,
    report::{Report, shown},
    shapes::{kebab, list, needs, no, object, text, texts, yes},
    translations, unstated, waiting,
};
use crate::{load, pointer::JsonPointer};

struct Extension {
    name: &'static str,
    on: &'static [Kind],
    /// Where that is, for messages.
    place: &'static str,
    shape: fn(&Value, &JsonPointer, &mut Report),
}

const EXTENSIONS: &[Extension] = &[
    Extension {
        name: "x-source",
        on: &[Kind::Operation, Kind::Parameter, Kind::Schema],
        place: "operations, parameters, component schemas and properties",
        shape: sources,
    },
    Extension {
        name: "x-errata",
        on: &[Kind::Operation, Kind::Parameter, Kind::Schema],
        place: "operations, parameters and schemas",
        shape: errata,
    },
    Extension {
        name: "x-extensible-enum",
        on: &[Kind::Schema],
        place: "schemas",
        shape: |value, at, report| {
            list(value, at, "values", report);
        },
    },
    Extension { name: "x-enum-varnames", on: &[Kind::Schema], place: "schemas", shape: texts },
    Extension { name: "x-enum-descriptions", on: &[Kind::Schema], place: "schemas", shape: texts },
    Extension { name: "x-closed-map", on: &[Kind::Schema], place: "schemas", shape: yes },
    Extension { name: "x-former-names", on: &[Kind::Schema], place: "properties", shape: texts },
    Extension {
        name: conventions::unstated::KEY,
        on: &[Kind::Schema],
        place: "schemas",
        shape: unstated::shape,
    },
    Extension { name: "x-secret", on: &[Kind::Schema], place: "schemas", shape: no },
    Extension { name: "x-affects-price", on: &[Kind::Schema], place: "schemas", shape: yes },
    Extension {
        name: choices::KEY,
        on: &[Kind::Parameter, Kind::Schema],
        place: "parameters and schemas",
        shape: choices::shape,
    },
    Extension {
        name: "x-client-parameter",
        on: &[Kind::Parameter],
        place: "parameters",
        shape: yes,
    },
    Extension {
        name: "x-validations",
        on: &[Kind::Schema],
        place: "objects with properties",
        shape: validations,
    },
    Extension {
        name: "x-pagination",
        on: &[Kind::Operation],
        place: "operations",
        shape: pagination,
    },
    Extension {
        name: "x-waiters",
        on: &[Kind::Operation],
        place: "operations",
        shape: waiting::waiters,
    },
    Extension {
        name: "x-ensure",
        on: &[Kind::Operation],
        place: "operations",
        shape: waiting::ensure,
    },
    Extension { name: "x-repeatable", on: &[Kind::Operation], place: "operations", shape: yes },
    Extension { name: "x-purchase", on: &[Kind::Operation], place: "operations", shape: yes },
    Extension {
        name: knowledge::KEY,
        on: &[Kind::Root],
        place: "the top of the document",
        shape: knowledge::shape,
    },
    Extension {
        name: load::ERROR_CATALOG,
        on: &[Kind::Root],
        place: "the top of the document",
        shape: text,
    },
    Extension {
        name: load::GUIDE,
        on: &[Kind::Root],
        place: "the top of the document",
        shape: text,
    },
    Extension {
        name: load::TRANSLATIONS,
        on: &[Kind::Root],
        place: "the top of the document",
        shape: translations::shape,
    },
];

/// Checks one extension of an object of a kind.
pub(super) fn check(kind: Kind, key: &str, value: &Value, at: &JsonPointer, report: &mut Report) {
    let Some(extension) = EXTENSIONS.iter().find(|extension| extension.name == key) else {
        let names = EXTENSIONS.iter().map(|extension| extension.name);
        let hint = report.hint(key, names, "remove it");
        let message = format!("no extension is called {}; {hint}", shown(key));
        return report.add(at, "unknown-extension", message);
    };
    let lost = key == "x-source" && kind == Kind::Schema && !is_named(at);
    if lost || !extension.on.contains(&kind) {
        let message = format!("`{key}` means nothing here; it belongs to {}", extension.place);
        return report.add(at, "misplaced-extension", message);
    }
    (extension.shape)(value, at, report);
}

/// Whether the schema that holds an extension is a component or a property: only these say where they are
/// from.
fn is_named(at: &JsonPointer) -> bool {
    match at.segments() {
        [.., section, _, _] => section == "schemas" || section == "properties",
        _ => false,
    }
}

/// One source, or a list of them.
fn sources(value: &Value, at: &JsonPointer, report: &mut Report) {
    if !value.is_array() {
        return source(value, at, report);
    }
    let all = list(value, at, "sources", report).into_iter().flatten();
    for (i, one) in all.enumerate() {
        source(one, &at.child(i), report);
    }
}

/// `{page, tables?}` or `{package, version}`.
fn source(value: &Value, at: &JsonPointer, report: &mut Report) {
    if value.get("package").is_some() {
        let Some(map) = object(value, at, &["package", "version"], report) else { return };
        needs(map, at, &["package", "version"], report);
        for (key, value) in map {
            text(value, &at.child(key), report);
        }
        return;
    }
    let Some(map) = object(value, at, &["page", "tables"], report) else { return };
    needs(map, at, &["page"], report);
    if let Some(page) = map.get("page") {
        text(page, &at.child("page"), report);
    }
    let Some(tables) = map.get("tables") else { return };
    let at = at.child("tables");
    for (i, table) in list(tables, &at, "numbers", report).into_iter().flatten().enumerate() {
        if !table.as_u64().is_some_and(|n| (1..=u64::from(u32::MAX)).contains(&n)) {
            report.add(&at.child(i), "bad-extension", "must be the number of a table, from 1");
        }
    }
}

const SOURCES: &[&str] = &["table", "text", "example", "other"];
const ERRATUM: &[&str] =
    &["id", "about", "table", "text", "example", "other", "decision", "reason"];

/// A list of `{id, about, table?, text?, example?, other?, decision, reason}`; `errata` looks into `about`.
fn errata(value: &Value, at: &JsonPointer, report: &mut Report) {
    for (i, row) in list(value, at, "errata", report).into_iter().flatten().enumerate() {
        let at = at.child(i);
        let Some(map) = object(row, &at, ERRATUM, report) else { continue };
        needs(map, &at, &["id", "about", "decision", "reason"], report);
        let texts = map.iter().filter(|(key, _)| *key != "about");
        for (key, value) in texts.filter(|(key, _)| ERRATUM.contains(&key.as_str())) {
            text(value, &at.child(key), report);
        }
        if !SOURCES.iter().any(|key| map.contains_key(*key)) {
            let message = format!("names no source; add one of {}", SOURCES.join(", "));
            report.add(&at, "bad-extension", message);
        }
        if let Some(id) = map.get("id").and_then(Value::as_str) {
            kebab(id, &at.child("id"), report);
        }
    }
}

const RULE: &[&str] =
    &["id", "rule", "message", "fieldPath", "source", "sources", "against", "refused", "severity"];

/// Keys of a rule that name sources, and are lists.
const LISTS: &[&str] = &["sources", "against"];

const PAGINATION: &[&str] =
    &["offset", "marker", "page", "limit", "items", "item-marker", "next", "total"];

/// `{offset?, marker?, page?, limit?, items, item-marker?, next?, total?}`; which go together is checked when
/// the names are looked up.
fn pagination(value: &Value, at: &JsonPointer, report: &mut Report) {
    let Some(map) = object(value, at, PAGINATION, report) else { return };
    needs(map, at, &["items"], report);
    for (key, value) in map.iter().filter(|(key, _)| PAGINATION.contains(&key.as_str())) {
        text(value, &at.child(key), report);
    }
}

/// A list of `{id, rule, message, fieldPath?, source, sources?, against?, refused?, severity?}`.
fn validations(value: &Value, at: &JsonPointer, report: &mut Report) {
    for (i, rule) in list(value, at, "rules", report).into_iter().flatten().enumerate() {
        let at = at.child(i);
        let Some(map) = object(rule, &at, RULE, report) else { continue };
        needs(map, &at, &["id", "rule", "message", "source"], report);
        for (key, value) in map.iter().filter(|(key, _)| RULE.contains(&key.as_str())) {
            let shape = if LISTS.contains(&key.as_str()) { texts } else { text };
            shape(value, &at.child(key), report);
        }
        if let Some(id) = map.get("id").and_then(Value::as_str) {
            kebab(id, &at.child("id"), report);
        }
        if let Some(Value::String(severity)) = map.get("severity")
            && !["error", "warning"].contains(&severity.as_str())
        {
            let message = format!("{} is neither `error` nor `warning`", shown(severity));
            report.add(&at.child("severity"), "bad-extension", message);
        }
    }
}
