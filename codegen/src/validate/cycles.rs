//! Schemas that contain themselves without an object in between: no type can be made of them.
//!
//! An object with properties, or a set of strings, becomes a named type, and a reference to one
//! may go in circles. Everything else is written out where it is used, so that a circle of such
//! schemas has no end; neither has a circle of `allOf`.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{index::Index, report::Report};
use crate::pointer::JsonPointer;

pub(super) fn check(index: &Index<'_>, report: &mut Report) {
    for name in circular(edges(index)) {
        let at = JsonPointer::root().join(["components", "schemas", name]);
        let message = "contains itself without an object with properties in between; \
                       make one of the schemas of the circle such an object";
        report.add(&at, "reference-cycle", message);
    }
}

type Edges<'d> = BTreeMap<&'d str, BTreeSet<&'d str>>;

/// Which schemas are written out within each schema.
fn edges<'i>(index: &'i Index<'_>) -> Edges<'i> {
    let schemas = index.components("schemas");
    let named =
        |name: &str| schemas.and_then(|all| all.get(name)?.as_object()).is_some_and(is_type);
    let mut edges: Edges<'i> = BTreeMap::new();
    for reference in &index.references {
        let [components, schemas, from, path @ ..] = reference.at.segments() else { continue };
        let to = reference.target.strip_prefix("#/components/schemas/");
        let Some(to) = to.filter(|_| components == "components" && schemas == "schemas") else {
            continue;
        };
        let part = path.chunks(2).all(|step| step.first().is_some_and(|step| step == "allOf"));
        if part || !(named(from) || named(to)) {
            edges.entry(from).or_default().insert(to);
        }
    }
    edges
}

/// Whether a schema becomes a named type.
fn is_type(schema: &Map<String, Value>) -> bool {
    let filled = |keyword: &str| match schema.get(keyword) {
        Some(Value::Object(map)) => !map.is_empty(),
        Some(Value::Array(list)) => !list.is_empty(),
        _ => false,
    };
    let parts = schema.get("allOf").and_then(Value::as_array).map_or(0, Vec::len);
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => filled("properties") && !schema.contains_key("x-closed-map"),
        Some("string") => filled("enum") || schema.contains_key("x-extensible-enum"),
        _ => parts > 1,
    }
}

/// Takes away whatever leads out of all circles, or only into one, until nothing changes.
fn circular(edges: Edges<'_>) -> Vec<&str> {
    let after = trim(edges);
    let mut before: Edges<'_> = BTreeMap::new();
    for (from, targets) in &after {
        for to in targets {
            before.entry(to).or_default().insert(from);
        }
    }
    trim(before).into_keys().collect()
}

/// Removes nodes that lead nowhere.
fn trim(mut edges: Edges<'_>) -> Edges<'_> {
    let mut sources: Edges<'_> = BTreeMap::new();
    for (from, targets) in &edges {
        for to in targets {
            sources.entry(to).or_default().insert(from);
        }
    }
    let mut ends: Vec<&str> =
        sources.keys().filter(|name| !edges.contains_key(*name)).copied().collect();
    while let Some(end) = ends.pop() {
        for from in sources.get(end).into_iter().flatten() {
            let Some(targets) = edges.get_mut(from) else { continue };
            targets.remove(end);
            if targets.is_empty() {
                edges.remove(from);
                ends.push(from);
            }
        }
    }
    edges
}
