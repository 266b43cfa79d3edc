//! Items without a description. In: the document and its model. Out: one line each.

use codegen::{
    load::Document,
    model::{Api, TypeKind},
    pointer::JsonPointer,
};
use serde_json::Value;

pub(crate) fn gaps(document: &Document, api: &Api) -> Vec<String> {
    let mut gaps = Vec::new();
    let is_empty = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
    if is_empty(api.info.description.as_deref()) {
        gaps.push("the document: no description".to_owned());
    }
    for tag in api.tags.iter().filter(|tag| is_empty(tag.description.as_deref())) {
        gaps.push(format!("tag {}: no description", tag.name.wire));
    }
    for operation in &api.operations {
        let id = &operation.name.wire;
        for parameter in operation.parameters.iter().filter(|p| is_empty(Some(&p.description))) {
            let name = &parameter.name.wire;
            gaps.push(format!("{id}: no description of the parameter {name}"));
        }
        if operation.body.as_ref().is_some_and(|body| is_empty(body.description.as_deref())) {
            gaps.push(format!("{id}: no description of its body"));
        }
        for answer in operation.responses.iter().filter(|a| is_empty(Some(&a.description))) {
            gaps.push(format!("{id}: no description of its answer {}", answer.status));
        }
    }
    let at = JsonPointer::root().join(["components", "schemas"]);
    let schemas = at.get(&document.value).and_then(Value::as_object);
    for (name, value) in schemas.into_iter().flatten() {
        schema(value, &at.child(name), &mut gaps);
    }
    for definition in api.types.values() {
        let TypeKind::Enum(set) = &definition.kind else { continue };
        let silent = set.variants.iter().filter(|v| is_empty(v.description.as_deref()));
        let silent: Vec<&str> = silent.map(|variant| variant.name.wire.as_str()).collect();
        if !silent.is_empty() {
            gaps.push(format!("{}: no description of {}", definition.pointer, silent.join(", ")));
        }
    }
    gaps
}

/// A schema and all that is inside it. A reference is described by its target.
fn schema(value: &Value, at: &JsonPointer, gaps: &mut Vec<String>) {
    if value.get("$ref").is_some() {
        return;
    }
    let text = value.get("description").and_then(Value::as_str);
    if text.is_none_or(|text| text.trim().is_empty()) {
        gaps.push(format!("{at}: no description"));
    }
    inside(value, at, gaps);
}

fn inside(value: &Value, at: &JsonPointer, gaps: &mut Vec<String>) {
    let properties = value.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        schema(property, &at.child("properties").child(name), gaps);
    }
    for key in ["items", "additionalProperties"] {
        if let Some(item) = value.get(key).filter(|item| item.is_object()) {
            schema(item, &at.child(key), gaps);
        }
    }
    // A part of a whole needs no words of its own, but what is in it does.
    let parts = value.get("allOf").and_then(Value::as_array);
    for (i, part) in parts.into_iter().flatten().enumerate() {
        inside(part, &at.child("allOf").child(i), gaps);
    }
}
