//! Small arbitrary documents in the project's conventions.

use std::collections::BTreeSet;

use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Map, Value, json};

use crate::{
    sites::{operations, reached},
    words::is_list_of_strings,
};

const SCHEMAS: [&str; 4] = ["Alpha", "Beta", "Gamma", "Delta"];
const FIELDS: [&str; 6] = ["name", "size", "state", "kind", "node-ids", "begin.at"];
const CALLS: [(&str, &str, &str); 3] = [
    ("/v1/{project_id}/things", "post", "MakeThing"),
    ("/v1/{project_id}/things", "get", "ListThings"),
    ("/v1/{project_id}/things/{thing_id}", "put", "ChangeThing"),
];

/// A field, and whether it is required.
type Field = (&'static str, Value, bool);

pub(crate) fn document() -> impl Strategy<Value = Value> {
    let schemas = vec(vec((select(&FIELDS[..]), schema(), any::<bool>()), 1..5), SCHEMAS.len());
    let operations = vec(operation(), 1..=CALLS.len());
    (schemas, operations).prop_map(|(schemas, operations)| {
        let mut document = json!({"openapi": "3.0.3", "paths": {}});
        for (operation, (path, method, id)) in operations.into_iter().zip(CALLS) {
            document["paths"][path][method] = finished(operation, path, id);
        }
        for (name, fields) in SCHEMAS.iter().zip(&schemas) {
            document["components"]["schemas"][name] = object(fields);
        }
        settled(document)
    })
}

/// A value of any kind that a row can have.
fn schema() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => (scalar(), option::weighted(0.2, Just(()))).prop_map(|(mut schema, null)| {
            null.into_iter().for_each(|_| schema["nullable"] = Value::Bool(true));
            schema
        }),
        1 => reference().prop_map(|reference| json!({"allOf": [reference]})),
        1 => Just(json!({"type": "object"})),
        2 => list(),
        1 => prop_oneof![scalar().prop_map(without_lengths), reference()]
            .prop_map(|inner| json!({"type": "object", "additionalProperties": inner})),
    ]
}

fn list() -> impl Strategy<Value = Value> {
    let inner = prop_oneof![
        scalar().prop_map(without_default),
        reference(),
        scalar().prop_map(|item| json!({"type": "array", "items": without_default(item)})),
    ];
    (inner, option::of(0..3_u8), option::of(3..6_u8)).prop_map(|(items, least, most)| {
        let mut schema = json!({"type": "array", "items": items});
        if is_list_of_strings(&schema) {
            return schema;
        }
        least.into_iter().for_each(|least| schema["minItems"] = json!(least));
        most.into_iter().for_each(|most| schema["maxItems"] = json!(most));
        schema
    })
}

/// A row speaks of the default of the whole, and of bounds, values and lengths of what is inside.
fn without_default(mut schema: Value) -> Value {
    schema.as_object_mut().unwrap().shift_remove("default");
    schema
}

/// The lengths of what is inside of a map are not spoken of.
fn without_lengths(schema: Value) -> Value {
    let mut schema = without_default(schema);
    for keyword in ["minLength", "maxLength"] {
        schema.as_object_mut().unwrap().shift_remove(keyword);
    }
    schema
}

fn reference() -> impl Strategy<Value = Value> {
    select(&SCHEMAS[..]).prop_map(|name| json!({"$ref": format!("#/components/schemas/{name}")}))
}

fn scalar() -> impl Strategy<Value = Value> {
    let bounded = |name: &'static str, format: &'static str, least, most, default: Value| {
        let bounds = (option::of(0..3_u8), option::of(5..9_u8), any::<bool>());
        bounds.prop_map(move |(low, high, has_default)| {
            let mut schema = json!({"type": name});
            if !format.is_empty() {
                schema["format"] = json!(format);
            }
            low.into_iter().for_each(|low| schema[least] = json!(low));
            high.into_iter().for_each(|high| schema[most] = json!(high));
            if has_default {
                schema["default"] = default.clone();
            }
            schema
        })
    };
    let listed = |values: Vec<Value>, schema: Value| {
        let lists = select(&["enum", "x-extensible-enum"][..]);
        (lists, 1..=values.len(), any::<bool>()).prop_map(move |(list, count, has_default)| {
            let mut schema = schema.clone();
            schema[list] = json!(values[..count]);
            if has_default {
                schema["default"] = values[0].clone();
            }
            schema
        })
    };
    prop_oneof![
        bounded("string", "", "minLength", "maxLength", json!("four")),
        bounded("integer", "int32", "minimum", "maximum", json!(4)),
        bounded("integer", "int64", "minimum", "maximum", json!(3)),
        bounded("number", "double", "minimum", "maximum", json!(3.5)),
        listed(vec![json!("one"), json!("2"), json!("a b")], json!({"type": "string"})),
        listed(vec![json!(1), json!(-2)], json!({"type": "integer", "format": "int32"})),
        any::<bool>().prop_map(|default| json!({"type": "boolean", "default": default})),
    ]
}

/// All but what its path and its name say.
fn operation() -> impl Strategy<Value = Value> {
    let places = select(&["query", "header"][..]);
    let value = prop_oneof![
        scalar(),
        list().prop_filter("a schema", |list| !list.to_string().contains("$ref"))
    ];
    let parameters = vec((select(&FIELDS[..]), places, value, any::<bool>()), 0..4);
    let answers = vec((select(&["200", "202", "400", "404"][..]), option::of(reference())), 0..4);
    (parameters, option::of(reference()), answers).prop_map(|(parameters, body, answers)| {
        let content = |schema: Value| json!({"application/json": {"schema": schema}});
        let mut operation =
            json!({"parameters": [], "responses": {"204": {"description": "Done."}}});
        let mut seen = BTreeSet::new();
        for (name, place, mut schema, required) in parameters {
            if seen.insert((name, place)) {
                if required {
                    schema.as_object_mut().unwrap().shift_remove("default");
                }
                let parameter =
                    json!({"name": name, "in": place, "required": required, "schema": schema});
                operation["parameters"].as_array_mut().unwrap().push(parameter);
            }
        }
        if let Some(body) = body {
            operation["requestBody"] = json!({"content": content(body)});
        }
        for (status, answer) in answers {
            operation["responses"][status] = match answer {
                Some(answer) => json!({"description": "Done.", "content": content(answer)}),
                None => json!({"description": "Done."}),
            };
        }
        operation
    })
}

fn finished(mut operation: Value, path: &str, id: &str) -> Value {
    let parts = path.split('{').skip(1).map(|part| part.split_once('}').unwrap().0);
    let list = operation["parameters"].as_array_mut().unwrap();
    // As on pages, headers come last.
    list.sort_by_key(|parameter| parameter["in"] == "header");
    for (at, name) in parts.enumerate() {
        let schema = json!({"type": "string"});
        list.insert(at, json!({"name": name, "in": "path", "required": true, "schema": schema}));
    }
    operation["operationId"] = json!(id);
    operation["x-source"] = json!({"page": id});
    operation
}

fn object(fields: &[Field]) -> Value {
    let (mut properties, mut required) = (Map::new(), BTreeSet::new());
    for (name, schema, is_required) in fields {
        let mut schema = schema.clone();
        // A required field has no default, since it is never absent.
        if *is_required {
            schema.as_object_mut().unwrap().shift_remove("default");
            required.insert(*name);
        } else {
            required.remove(name);
        }
        properties.insert((*name).to_owned(), schema);
    }
    json!({"type": "object", "required": required, "properties": properties})
}

/// With the page of each schema, without schemas that nothing leads to, and with what is required where
/// something is sent.
fn settled(mut document: Value) -> Value {
    let all = document.clone();
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    schemas.retain(|name, schema| {
        let leads = |value: &Value| reached(&all, value).contains(name);
        let page =
            operations(&all).map(|(_, operation)| operation).find(|operation| leads(operation));
        if !operations(&all).any(|(_, operation)| leads(&operation["requestBody"])) {
            schema.as_object_mut().unwrap().shift_remove("required");
        }
        schema["x-source"] =
            json!({"page": page.map(|operation| operation["operationId"].clone())});
        page.is_some()
    });
    document
}
