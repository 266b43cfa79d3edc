//! Small documents: each has one value of one kind at one place, inline or by reference,
//! nullable or not.

use serde_json::{Value, json};

use crate::kinds::Kind;

/// One document.
pub(crate) struct Cell {
    /// An identifier.
    pub(crate) name: String,
    pub(crate) document: Value,
}

/// Where the value stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    InPath,
    InQuery { required: bool },
    InHeader { required: bool },
    Body { required: bool },
    Sent { required: bool },
    Answered { required: bool },
    SentAndAnswered { required: bool },
    Answer,
    SentItem,
    AnsweredItem,
    SentValue,
    AnsweredValue,
    SentBeside,
    AnsweredBeside,
    InForm { required: bool },
    AnsweredHeader,
}

const PLACES: &[(&str, Place)] = &[
    ("in_path", Place::InPath),
    ("in_query", Place::InQuery { required: true }),
    ("in_query_or_not", Place::InQuery { required: false }),
    ("in_header", Place::InHeader { required: true }),
    ("in_header_or_not", Place::InHeader { required: false }),
    ("body", Place::Body { required: true }),
    ("body_or_not", Place::Body { required: false }),
    ("sent", Place::Sent { required: true }),
    ("sent_or_not", Place::Sent { required: false }),
    ("answered", Place::Answered { required: true }),
    ("answered_or_not", Place::Answered { required: false }),
    ("both_ways", Place::SentAndAnswered { required: true }),
    ("both_ways_or_not", Place::SentAndAnswered { required: false }),
    ("answer", Place::Answer),
    ("sent_item", Place::SentItem),
    ("answered_item", Place::AnsweredItem),
    ("sent_value", Place::SentValue),
    ("answered_value", Place::AnsweredValue),
    ("sent_beside", Place::SentBeside),
    ("answered_beside", Place::AnsweredBeside),
    ("in_form", Place::InForm { required: true }),
    ("in_form_or_not", Place::InForm { required: false }),
    ("answered_header", Place::AnsweredHeader),
];

/// Every place with a kind in every form.
pub(crate) fn cells(kind: &Kind) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (place_name, place) in PLACES {
        for nullable in [false, true] {
            for refers in [false, true] {
                let null = if nullable { "_nullable" } else { "" };
                let form = if refers { "_referred" } else { "" };
                let name = format!("{place_name}{null}{form}");
                let document = document(kind, &name, *place, nullable, refers);
                cells.push(Cell { name, document });
            }
        }
    }
    cells
}

/// One document of several: their operations and schemas have different names.
pub(crate) fn merge(cells: &[Cell]) -> Value {
    let mut all = json!({});
    for cell in cells {
        if all.get("paths").is_none() {
            all = cell.document.clone();
            continue;
        }
        for section in ["/paths", "/components/schemas"] {
            let more = cell.document.pointer(section).and_then(Value::as_object);
            let known = all.pointer_mut(section).and_then(Value::as_object_mut);
            if let (Some(known), Some(more)) = (known, more) {
                known.extend(more.clone());
            }
        }
    }
    all
}

fn document(kind: &Kind, name: &str, place: Place, nullable: bool, refers: bool) -> Value {
    let mut schemas = json!({});
    let schema = schema(kind, nullable, refers, &mut schemas);
    let mut path = format!("/{name}");
    let mut operation = json!({
        "operationId": name,
        "description": "Does something.",
        "responses": { "200": { "description": "Done." } },
    });
    put(
        kind,
        name,
        place,
        schema,
        &mut Parts { path: &mut path, operation: &mut operation, schemas: &mut schemas },
    );
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Matrix", "version": "v1", "description": "One value at one place." },
        "servers": [{ "url": "https://matrix.example.com" }],
        "paths": { path: { "post": operation } },
        "components": { "schemas": schemas },
    })
}

/// What a place changes.
struct Parts<'a> {
    path: &'a mut String,
    operation: &'a mut Value,
    schemas: &'a mut Value,
}

/// Puts the value where a request has it.
fn put(kind: &Kind, name: &str, place: Place, schema: Value, parts: &mut Parts<'_>) {
    let example = &kind.example;
    match place {
        Place::InPath => {
            parts.path.push_str("/{p}");
            parts.operation["parameters"] = parameter("path", true, &schema, example);
        }
        Place::InQuery { required } => {
            parts.operation["parameters"] = parameter("query", required, &schema, example);
        }
        Place::InHeader { required } => {
            parts.operation["parameters"] = parameter("header", required, &schema, example);
        }
        Place::Body { required } => {
            parts.operation["requestBody"] = content(schema, example);
            parts.operation["requestBody"]["required"] = json!(required);
        }
        Place::Sent { required } => {
            parts.operation["requestBody"] =
                content(holder(schema, required), &json!({ "p": example }));
            parts.operation["requestBody"]["required"] = json!(true);
        }
        Place::SentItem => {
            parts.operation["requestBody"] = content(list(schema), &json!([example]));
            parts.operation["requestBody"]["required"] = json!(true);
        }
        Place::SentValue => {
            parts.operation["requestBody"] = content(map(schema), &json!({ "k": example }));
            parts.operation["requestBody"]["required"] = json!(true);
        }
        Place::SentBeside => {
            parts.operation["requestBody"] =
                content(beside(schema), &json!({ "n": 1, "k": example }));
            parts.operation["requestBody"]["required"] = json!(true);
        }
        Place::InForm { required } => {
            let form = json!({ "schema": holder(schema, required), "example": { "p": example } });
            parts.operation["requestBody"] =
                json!({ "required": true, "content": { "multipart/form-data": form } });
        }
        _ => put_in_answer(kind, name, place, schema, parts),
    }
}

/// Puts the value where an answer has it, or both have.
fn put_in_answer(kind: &Kind, name: &str, place: Place, schema: Value, parts: &mut Parts<'_>) {
    let example = &kind.example;
    match place {
        Place::SentAndAnswered { required } => {
            let holder_name = format!("{name}_holder");
            parts.schemas[&holder_name] = holder(schema, required);
            let holder = json!({ "$ref": format!("#/components/schemas/{holder_name}") });
            parts.operation["requestBody"] = content(holder.clone(), &json!({ "p": example }));
            parts.operation["requestBody"]["required"] = json!(true);
            answers(parts.operation, content(holder, &json!({ "p": example })));
        }
        Place::Answered { required } => {
            answers(parts.operation, content(holder(schema, required), &json!({ "p": example })));
        }
        Place::Answer => answers(parts.operation, content(schema, example)),
        Place::AnsweredItem => answers(parts.operation, content(list(schema), &json!([example]))),
        Place::AnsweredValue => {
            answers(parts.operation, content(map(schema), &json!({ "k": example })));
        }
        Place::AnsweredBeside => {
            answers(parts.operation, content(beside(schema), &json!({ "n": 1, "k": example })));
        }
        Place::AnsweredHeader => {
            let header =
                json!({ "description": "The header.", "schema": schema, "example": example });
            parts.operation["responses"]["200"]["headers"] = json!({ "X-P": header });
        }
        _ => {}
    }
}

/// The schema where it is used; what it refers to is added to the others.
fn schema(kind: &Kind, nullable: bool, refers: bool, schemas: &mut Value) -> Value {
    let mut target = kind.schema.clone();
    target["description"] = json!("What this is about.");
    if nullable {
        target["nullable"] = json!(true);
    }
    if !refers {
        return target;
    }
    let name = if nullable { "NullableTarget" } else { "Target" };
    schemas[name] = target;
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn parameter(location: &str, required: bool, schema: &Value, example: &Value) -> Value {
    json!([{
        "name": "p", "in": location, "required": required, "description": "The parameter.",
        "schema": schema, "example": example,
    }])
}

fn content(schema: Value, example: &Value) -> Value {
    json!({ "content": { "application/json": { "schema": schema, "example": example } } })
}

fn answers(operation: &mut Value, content: Value) {
    operation["responses"]["200"] = content;
    operation["responses"]["200"]["description"] = json!("Done.");
}

fn holder(schema: Value, required: bool) -> Value {
    let mut holder =
        json!({ "type": "object", "description": "Holds it.", "properties": { "p": schema } });
    if required {
        holder["required"] = json!(["p"]);
    }
    holder
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "description": "Some.", "items": items })
}

/// Some property, with a schema for all others.
fn beside(values: Value) -> Value {
    let number = json!({ "type": "integer", "description": "A number." });
    json!({ "type": "object", "description": "Some.", "properties": { "n": number },
        "additionalProperties": values })
}

fn map(values: Value) -> Value {
    json!({ "type": "object", "description": "Some.", "additionalProperties": values })
}
