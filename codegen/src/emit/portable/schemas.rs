//! The schemas of one direction. In: a document. Out: a visit to each schema that requests, or answers,
//! are made of, with what the visitor says of it added to a description that people see.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Object,
    holders::{Holds, Side, holders, holders_mut},
    walk::{self, object, object_mut},
    words,
};

const SCHEMAS: &str = "#/components/schemas/";

/// The name of the component schema that a schema refers to.
pub(super) fn target(schema: &Object) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

/// A reference to a component schema.
pub(super) fn reference(name: &str) -> Value {
    serde_json::json!({ "$ref": format!("{SCHEMAS}{name}") })
}

/// The names of all component schemas that one side of the operations reaches.
pub(super) fn reached(document: &Value, side: Side) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut open = Vec::new();
    for (_, holder) in holders(document, side) {
        references(holder, &mut open);
    }
    let schemas = object(document, &["components", "schemas"]);
    while let Some(name) = open.pop() {
        if let Some(schema) = schemas.and_then(|schemas| schemas.get(name))
            && names.insert(name.to_owned())
        {
            references(schema, &mut open);
        }
    }
    names
}

/// The component schemas that stand in some part of a document.
pub(super) fn references<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
    walk::each(value, &mut |object| found.extend(target(object)));
}

/// Visits every schema of one side, the inner ones before those that they are a part of. The paragraphs that the
/// visitor returns go to the description of the schema, of the list whose items it describes, or of the parameter.
pub(super) fn visit(
    document: &mut Value,
    side: Side,
    visitor: &mut dyn FnMut(&mut Object) -> Vec<String>,
) {
    let reached = reached(document, side);
    for (holds, holder) in holders_mut(document, side) {
        each_holder(holds, holder, visitor);
    }
    let Some(schemas) = object_mut(document, &["components", "schemas"]) else { return };
    for (_, schema) in schemas.iter_mut().filter(|(name, _)| reached.contains(name.as_str())) {
        inner(schema, visitor);
    }
}

/// A schema, whose own description takes the words.
fn inner(schema: &mut Value, visitor: &mut dyn FnMut(&mut Object) -> Vec<String>) {
    let said = outer(schema, visitor);
    if let Some(schema) = schema.as_object_mut() {
        words::append(schema, said);
    }
}

/// A schema whose holder takes the words.
fn outer(schema: &mut Value, visitor: &mut dyn FnMut(&mut Object) -> Vec<String>) -> Vec<String> {
    let Some(schema) = schema.as_object_mut() else { return Vec::new() };
    if schema.contains_key("$ref") {
        return Vec::new();
    }
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    properties.into_iter().flatten().for_each(|(_, property)| inner(property, visitor));
    let parts = schema.get_mut("allOf").and_then(Value::as_array_mut);
    parts.into_iter().flatten().for_each(|part| inner(part, visitor));
    if let Some(values) = schema.get_mut("additionalProperties") {
        inner(values, visitor);
    }
    let mut said = schema.get_mut("items").map_or_else(Vec::new, |items| outer(items, visitor));
    said.extend(visitor(schema));
    said
}

fn each_holder(
    holds: Holds,
    holder: &mut Value,
    visitor: &mut dyn FnMut(&mut Object) -> Vec<String>,
) {
    if holds == Holds::Parameter {
        let said = holder.get_mut("schema").map(|schema| outer(schema, visitor));
        if let (Some(holder), Some(said)) = (holder.as_object_mut(), said) {
            words::append(holder, said);
        }
    }
    let headers = holder.get_mut("headers").and_then(Value::as_object_mut);
    headers
        .into_iter()
        .flatten()
        .for_each(|(_, header)| each_holder(Holds::Parameter, header, visitor));
    let content = holder.get_mut("content").and_then(Value::as_object_mut);
    for (_, media) in content.into_iter().flatten() {
        if let Some(schema) = media.get_mut("schema") {
            inner(schema, visitor);
        }
    }
}
