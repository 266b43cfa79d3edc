//! Parameters: where they travel, how they are written, and what they may be.

use std::collections::BTreeSet;

use super::{
    index::{Index, Place},
    kinds::Kind,
    report::{Report, shown},
    schema_kinds::TYPES,
};
use crate::pointer::JsonPointer;

/// Names of parameters that a client may hold instead of each call.
const CLIENT_PARAMETERS: &[&str] = &["project_id"];

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

/// Only what is the default may be written.
fn style(parameter: &Place<'_>, report: &mut Report) {
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
        Some(other) if TYPES.contains(&other) => {
            let what = format!("a parameter of type {other} here");
            let advice = "use a string, a number or a boolean, or in a query a list of them";
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

fn of_client(parameter: &Place<'_>, report: &mut Report) {
    if !parameter.is_true("x-client-parameter") {
        return;
    }
    let name = parameter.text("name").unwrap_or_default();
    if parameter.text("in") != Some("path") || !CLIENT_PARAMETERS.contains(&name) {
        let message = format!(
            "only a path parameter called {} can belong to the client; remove the extension",
            CLIENT_PARAMETERS.join(" or ")
        );
        report.add(&parameter.child("x-client-parameter"), "bad-extension", message);
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
