//! Problems for readers of responses: closed sets of values, and unexplained error
//! codes. In: the model. Out: one line each.

use std::collections::BTreeSet;

use codegen::model::{Api, Field, Schema, Shape, TypeDef, TypeKind};
use serde_json::Value;

/// Sets that requests close, and that answers share: their own page closes them. By the title of the document.
const CLOSED_BY_REQUESTS: [(&str, &[&str]); 1] = [(
    "Huawei Cloud Distributed Cache Service (DCS)",
    &["BackupPeriod", "BackupType", "BoolString"],
)];

pub(crate) fn gaps(api: &Api) -> Vec<String> {
    closed(api).into_iter().chain(codes(api)).collect()
}

fn closed(api: &Api) -> Vec<String> {
    let of_document = CLOSED_BY_REQUESTS.iter().filter(|(title, _)| *title == api.info.title);
    let by_requests: Vec<&str> = of_document.flat_map(|(_, names)| *names).copied().collect();
    let mut gaps = Vec::new();
    let mut shared = Vec::new();
    for definition in api.types.values().filter(|definition| definition.direction.response) {
        let name = definition.name.0.as_str();
        match &definition.kind {
            TypeKind::Enum(set) if set.open => {}
            TypeKind::Enum(_) if definition.direction.request && by_requests.contains(&name) => {
                shared.push(name);
            }
            TypeKind::Enum(_) => gaps.push(format!("{}: closed in answers", definition.pointer)),
            // A structure that requests share is strict for their sake.
            TypeKind::Struct(shape) if !definition.direction.request => {
                for field in shape.fields.iter().filter(|field| is_closed(&field.schema)) {
                    let name = &field.name.wire;
                    gaps.push(format!("{}: {name} is closed in answers", definition.pointer));
                }
            }
            TypeKind::Struct(_) => {}
        }
    }
    let stale = by_requests.iter().filter(|name| !shared.contains(name));
    gaps.extend(stale.map(|name| format!("{name}: not closed by requests and read in answers")));
    gaps
}

fn is_closed(schema: &Schema) -> bool {
    match &schema.shape {
        Shape::Array(item) | Shape::Map(item) => is_closed(item),
        _ => !schema.constraints.allowed.is_empty(),
    }
}

/// A code of an error is in the catalogue; one of a record may be a documented value of its field.
fn codes(api: &Api) -> Vec<String> {
    // Without a catalogue, the document promises to explain none.
    let Some(catalog) = &api.error_catalog else { return Vec::new() };
    let mut known: BTreeSet<&str> = catalog.codes.iter().map(|entry| entry.code.as_str()).collect();
    for (_, field) in fields(api) {
        let Shape::Named(name) = &field.schema.shape else { continue };
        if let Some(TypeKind::Enum(set)) = api.types.get(name).map(|def| &def.kind) {
            known.extend(set.variants.iter().map(|variant| variant.name.wire.as_str()));
        }
    }
    let mut shown: Vec<(String, &str)> = Vec::new();
    for operation in &api.operations {
        let body = operation.body.iter().flat_map(|body| &body.examples);
        let answers = operation.responses.iter().flat_map(|answer| &answer.examples);
        for example in body.chain(answers) {
            let mut codes = Vec::new();
            inside(&example.value, &mut codes);
            shown.extend(codes.into_iter().map(|code| (operation.name.wire.clone(), code)));
        }
    }
    for (definition, field) in fields(api) {
        let code = field.example.as_ref().and_then(Value::as_str);
        shown.extend(code.map(|code| (definition.pointer.to_string(), code)));
    }
    shown.retain(|(_, code)| !known.contains(code));
    let line = |(at, code)| format!("{at}: the error code {code} is not in the catalogue");
    shown.into_iter().map(line).collect()
}

/// The fields that hold a code.
fn fields(api: &Api) -> impl Iterator<Item = (&TypeDef, &Field)> {
    api.types.values().flat_map(|definition| {
        let fields = match &definition.kind {
            TypeKind::Struct(shape) => shape.fields.as_slice(),
            TypeKind::Enum(_) => &[],
        };
        let codes = fields.iter().filter(|field| field.name.wire == "error_code");
        codes.map(move |field| (definition, field))
    })
}

fn inside<'v>(value: &'v Value, codes: &mut Vec<&'v str>) {
    match value {
        Value::Object(map) => {
            codes.extend(map.get("error_code").and_then(Value::as_str));
            map.values().for_each(|value| inside(value, codes));
        }
        Value::Array(items) => items.iter().for_each(|item| inside(item, codes)),
        _ => {}
    }
}
