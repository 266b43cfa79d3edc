//! The relaxed copy of the document that progenitor is given, made from the model.
//!
//! In: the model. Out: an OpenAPI document that says only what types and calls need. Bounds and
//! defaults are left out (progenitor would make newtypes of them and send defaults nobody set);
//! names are those of code already; every 2xx answer is a stream of bytes, so that decoding and
//! every other answer are the runtime's.

use openapiv3::OpenAPI;
use serde_json::{Map, Value, json};

use crate::emit::EmitError;
use crate::model::{
    Api, Field, HttpMethod, Location, Operation, Parameter, Schema, Shape, TypeDef, TypeKind,
};

/// The name of what may be any JSON value. No type of a document is called so: `lower/names.rs` keeps it.
pub(super) const ANYTHING: &str = "AnyJsonValue";

/// The document for progenitor.
pub(super) fn relax(api: &Api) -> Result<OpenAPI, EmitError> {
    let mut paths: Map<String, Value> = Map::new();
    for operation in &api.operations {
        let path = code_path(operation);
        let item = paths.entry(path).or_insert_with(|| json!({}));
        item[verb(operation.method)] = call(operation);
    }
    let mut schemas: Map<String, Value> = api
        .types
        .values()
        .map(|definition| (definition.name.0.clone(), type_schema(definition)))
        .collect();
    schemas.insert(ANYTHING.to_owned(), json!({}));
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": api.info.title, "version": api.info.version },
        "paths": paths,
        "components": { "schemas": schemas },
    });
    serde_json::from_value(document).map_err(EmitError::Relaxed)
}

/// The path with the names that parameters have in code; the wire never sees them.
fn code_path(operation: &Operation) -> String {
    let in_path = operation.parameters.iter().filter(|p| p.location == Location::Path);
    in_path.fold(operation.path_key(), |path, parameter| {
        let wire = format!("{{{}}}", parameter.name.wire);
        path.replace(&wire, &format!("{{{}}}", parameter.name.code))
    })
}

fn verb(method: HttpMethod) -> String {
    method.as_str().to_ascii_lowercase()
}

fn call(operation: &Operation) -> Value {
    let parameters: Vec<Value> = operation.parameters.iter().map(parameter).collect();
    let mut call = json!({
        "operationId": operation.name.code,
        "parameters": parameters,
        "responses": {
            "2XX": { "description": "", "content": { "*/*": { "schema": {} } } },
        },
    });
    if operation.body.is_some() {
        // Of what type it is, a pass over the method says: progenitor takes texts and numbers
        // otherwise than structures, and knows no body that may be null.
        call["requestBody"] = json!({
            "required": true,
            "content": { "application/json": { "schema": {} } },
        });
    }
    call
}

fn parameter(parameter: &Parameter) -> Value {
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
    };
    // A secret is lent to the call as text; it never becomes part of a printed type.
    let schema = match parameter.schema.shape {
        Shape::Secret => json!({ "type": "string" }),
        _ => schema(&parameter.schema),
    };
    json!({
        "name": parameter.name.code,
        "in": location,
        "required": parameter.required,
        "schema": schema,
    })
}

fn type_schema(definition: &TypeDef) -> Value {
    let TypeKind::Struct(structure) = &definition.kind else {
        // Replaced by an open enumeration of our own.
        return json!({ "type": "string" });
    };
    let keeps_empty = definition.direction.request;
    let properties: Map<String, Value> = structure
        .fields
        .iter()
        .map(|field| (field.name.code.clone(), property(field, keeps_empty)))
        .collect();
    let required: Vec<&str> =
        structure.fields.iter().filter(|f| f.required).map(|f| f.name.code.as_str()).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// In a request an empty list is not an absent one, so that an optional list is an `Option`; in
/// an answer both read as an empty list.
fn property(field: &Field, keeps_empty: bool) -> Value {
    let is_collection = matches!(field.schema.shape, Shape::Array(_) | Shape::Map(_));
    let schema = schema(&field.schema);
    let is_optional = !field.required && !field.is_rest;
    if field.required && field.schema.nullable || is_optional && is_collection && keeps_empty {
        return nullable(schema);
    }
    schema
}

fn nullable(mut schema: Value) -> Value {
    if schema.get("$ref").is_some() {
        return json!({ "allOf": [schema], "nullable": true });
    }
    schema["nullable"] = json!(true);
    schema
}

fn schema(schema: &Schema) -> Value {
    match &schema.shape {
        Shape::Any => json!({}),
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Integer(width) => json!({ "type": "integer", "format": width.format() }),
        Shape::Number => json!({ "type": "number", "format": "double" }),
        Shape::String { .. } => json!({ "type": "string" }),
        Shape::Secret => json!({ "type": "string", "format": "password" }),
        Shape::File => json!({ "type": "string", "format": "binary" }),
        Shape::Array(item) => json!({ "type": "array", "items": element(item) }),
        Shape::Map(value) => {
            json!({ "type": "object", "additionalProperties": value_of_map(value) })
        }
        Shape::Named(name) => json!({ "$ref": format!("#/components/schemas/{name}") }),
    }
}

/// progenitor takes an object of anything for a `serde_json::Map`, unless the anything has a name. Here
/// all maps are alike.
fn value_of_map(value: &Schema) -> Value {
    match value.shape {
        Shape::Any => json!({ "$ref": format!("#/components/schemas/{ANYTHING}") }),
        _ => element(value),
    }
}

fn element(item: &Schema) -> Value {
    let inner = schema(item);
    if item.nullable { nullable(inner) } else { inner }
}
