//! Parameters: where they travel, how they are written, and what they may be.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    index::{Index, Place},
    kinds::Kind,
    report::{Report, shown},
    schema_kinds::TYPES,
};
use crate::pointer::JsonPointer;

/// Parameters that a client may hold instead of each call, in lower case, with what their id is of.
const CLIENT_PARAMETERS: &[(&str, &str, &str)] = &[
    ("path", "project_id", "project"),
    ("path", "domain_id", "domain"),
    ("header", "x-project-id", "project"),
    ("header", "x-domain-id", "domain"),
];

/// The methods that operations have.
const VERBS: &[&str] = &["get", "put", "post", "delete", "head", "patch"];

/// Headers that OpenAPI takes from elsewhere.
const RESERVED_HEADERS: &[&str] = &["accept", "content-type", "authorization"];

/// A parameter in a list, perhaps by reference.
pub(super) struct Listed<'d> {
    /// Its place in the list.
    pub(super) at: JsonPointer,
    pub(super) location: &'d str,
    pub(super) name: &'d str,
}

/// The parameters of a path or an operation.
pub(super) fn of<'d>(index: &Index<'d>, owner: &Place<'d>) -> Vec<Listed<'d>> {
    let at = owner.child("parameters");
    let listed = |(i, value)| {
        let at = at.child(i);
        let (map, _) = index.resolve(value, &at)?;
        let text = |keyword: &str| map.get(keyword)?.as_str();
        Some(Listed { location: text("in")?, name: text("name")?, at })
    };
    owner.list("parameters").iter().enumerate().filter_map(listed).collect()
}

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for owner in index.of(Kind::PathItem).chain(index.of(Kind::Operation)) {
        let mut known = BTreeSet::new();
        for Listed { at, location, name } in of(index, owner) {
            // Header names have no case.
            let key = if location == "header" { name.to_lowercase() } else { name.to_owned() };
            if !known.insert((location, key)) {
                let message =
                    format!("{} in {location} stands here twice; remove one", shown(name));
                report.add(&at, "duplicate-parameter", message);
            }
        }
    }
    for path in index.of(Kind::PathItem) {
        one_owner(index, path, report);
    }
    for parameter in index.of(Kind::Parameter) {
        location(parameter, report);
        style(parameter, report);
        schema(index, parameter, report);
        of_client(parameter, report);
    }
}

fn location(parameter: &Place<'_>, report: &mut Report) {
    let name = parameter.text("name").unwrap_or_default();
    match parameter.text("in") {
        Some("path") if !parameter.is_true("required") => {
            let message = format!("the path parameter {} needs `required: true`", shown(name));
            report.add(&parameter.at, "optional-path-parameter", message);
        }
        Some("header") if RESERVED_HEADERS.contains(&name.to_lowercase().as_str()) => {
            let message = format!(
                "a header parameter called {} is ignored by OpenAPI; use a security scheme or a \
                 media type",
                shown(name)
            );
            report.add(&parameter.child("name"), "no-effect", message);
        }
        Some("cookie") => {
            report.unsupported(&parameter.child("in"), "a cookie parameter", "remove it");
        }
        _ => {}
    }
}

/// How a map is written in a query: `name[key]=value`.
const OF_MAPS: &str = "deepObject";

/// Only what is the default may be written; a map has the one style that keeps its name.
fn style(parameter: &Place<'_>, report: &mut Report) {
    let is_query = parameter.text("in") == Some("query");
    if is_query && parameter.text("style") == Some(OF_MAPS) {
        if !parameter.is_true("explode") {
            let message = "the style `deepObject` is defined with `explode: true` alone; add it";
            report.add(&parameter.at, "missing-keyword", message);
        }
        return;
    }
    let (style, explode) = match parameter.text("in") {
        Some("path" | "header") => ("simple", false),
        Some("query") => ("form", true),
        _ => return,
    };
    if let Some(other) = parameter.text("style").filter(|other| *other != style) {
        let what = format!("the style {}", shown(other));
        report.unsupported(&parameter.child("style"), &what, &format!("use {style}, the default"));
    }
    if let Some(other) =
        parameter.map.get("explode").and_then(|v| v.as_bool()).filter(|e| *e != explode)
    {
        let what = format!("`explode: {other}`");
        let advice = format!("use {explode}, the default");
        report.unsupported(&parameter.child("explode"), &what, &advice);
    }
}

fn schema(index: &Index<'_>, parameter: &Place<'_>, report: &mut Report) {
    let at = parameter.child("schema");
    let is_map = index.type_at(&at) == Some("object");
    if parameter.text("style") == Some(OF_MAPS) && !is_map {
        let what = "the style `deepObject` of anything but a map";
        report.unsupported(&parameter.child("style"), what, "remove it");
    }
    match index.type_at(&at) {
        Some("string" | "integer" | "number" | "boolean") => {}
        Some("array") if parameter.text("in") == Some("query") => {
            let items = index.type_at(&index.end_of(&at).child("items"));
            if matches!(items, Some("array" | "object")) {
                report.unsupported(
                    &at,
                    "a list of lists or objects in a query",
                    "use plain values",
                );
            }
        }
        Some("object") if parameter.text("in") == Some("query") && is_flat_map(index, &at) => {
            map_style(parameter, report);
        }
        Some(other) if TYPES.contains(&other) => {
            let what = format!("a parameter of type {other} here");
            let advice =
                "use a string, a number or a boolean, or in a query a list or a map of them";
            report.unsupported(&at, &what, advice);
        }
        Some(_) => {}
        None if parameter
            .object("schema")
            .is_some_and(|map| !map.contains_key("$ref") && !map.contains_key("type")) =>
        {
            report.unsupported(&at, "a parameter of any type", "give it a `type`");
        }
        None => {}
    }
}

fn map_style(parameter: &Place<'_>, report: &mut Report) {
    if parameter.text("style") != Some(OF_MAPS) {
        let message = "a map in a query has the style `deepObject`; add it, with `explode: true`";
        report.add(&parameter.at, "missing-keyword", message);
    }
}

/// Whether a schema is a map of plain values or of lists of them.
fn is_flat_map(index: &Index<'_>, at: &JsonPointer) -> bool {
    let end = index.end_of(at);
    let has = |keyword: &str| end.child(keyword).get(index.root).is_some();
    let mut value = index.end_of(&end.child("additionalProperties"));
    if index.type_at(&value) == Some("array") {
        value = index.end_of(&value.child("items"));
    }
    let is_plain =
        matches!(index.type_at(&value), Some("string" | "integer" | "number" | "boolean"));
    is_plain && !has("properties") && !has("allOf")
}

fn of_client(parameter: &Place<'_>, report: &mut Report) {
    if !parameter.is_true("x-client-parameter") {
        return;
    }
    if owner_of(parameter.text("in"), parameter.text("name")).is_none() {
        let message = "only the path parameters project_id and domain_id and the headers X-Project-Id and \
                       X-Domain-Id can belong to the client; remove the extension";
        report.add(&parameter.child("x-client-parameter"), "bad-extension", message);
    }
}

/// What the id in a parameter of the client is of.
fn owner_of(location: Option<&str>, name: Option<&str>) -> Option<&'static str> {
    let (location, name) = (location?, name?);
    let is_known = |known: &&(&str, &str, &str)| {
        let is_header = location == "header";
        location == known.0
            && (name == known.1 || (is_header && name.eq_ignore_ascii_case(known.1)))
    };
    CLIENT_PARAMETERS.iter().find(is_known).map(|(_, _, owner)| *owner)
}

/// A call is made for a project or for a domain; of both, one is an argument.
fn one_owner<'d>(index: &Index<'d>, path: &Place<'d>, report: &mut Report) {
    let owners =
        |map: &'d Map<String, Value>, at: &JsonPointer| -> Vec<(&'static str, JsonPointer)> {
            let at = at.child("parameters");
            let owner = |(i, value)| {
                let (map, _) = index.resolve(value, &at.child(i))?;
                let is_of_client = map.get("x-client-parameter")?.as_bool()?;
                let text = |keyword: &str| map.get(keyword)?.as_str();
                let owner = owner_of(text("in"), text("name")).filter(|_| is_of_client)?;
                Some((owner, at.child(i)))
            };
            let all = map.get("parameters").and_then(Value::as_array);
            all.into_iter().flatten().enumerate().filter_map(owner).collect()
        };
    let of_path = owners(path.map, &path.at);
    for (verb, operation) in path.map.iter().filter(|(key, _)| VERBS.contains(&key.as_str())) {
        let Some(operation) = operation.as_object() else { continue };
        let all: Vec<_> =
            of_path.iter().cloned().chain(owners(operation, &path.child(verb))).collect();
        let Some((first, _)) = all.first() else { continue };
        for (owner, at) in all.iter().filter(|(owner, _)| owner != first) {
            let message = format!(
                "the client fills the id of a {first} already, and a call is made for one of both; remove \
                 `x-client-parameter` from that of the {owner}"
            );
            report.add(at, "bad-extension", message);
        }
    }
}

/// References are followed so often at most.
const MAX_STEPS: usize = 64;

impl<'d> Index<'d> {
    /// The place where references and an `allOf` of one part lead.
    pub(super) fn end_of(&self, at: &JsonPointer) -> JsonPointer {
        let mut at = at.clone();
        for _ in 0..MAX_STEPS {
            let Some(map) = at.get(self.root).and_then(|value| value.as_object()) else { break };
            let parts = map.get("allOf").and_then(|parts| parts.as_array());
            let reference = map.get("$ref").and_then(|reference| reference.as_str());
            at = match (reference.and_then(JsonPointer::parse), parts) {
                (Some(target), _) => target,
                (None, Some(parts)) if parts.len() == 1 => at.child("allOf").child(0),
                _ => break,
            };
        }
        at
    }

    /// The type of a schema, through references; an `allOf` of several parts is an object.
    pub(super) fn type_at(&self, at: &JsonPointer) -> Option<&'d str> {
        let map = self.end_of(at).get(self.root)?.as_object()?;
        let several =
            map.get("allOf").and_then(|parts| parts.as_array()).is_some_and(|p| p.len() > 1);
        map.get("type").and_then(|kind| kind.as_str()).or(several.then_some("object"))
    }
}
