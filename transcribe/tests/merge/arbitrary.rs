//! Documents and transcripts of any kind, small enough to clash often.

use conventions::pointer::JsonPointer;
use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Map, Value, json};
use transcribe::transcript::{At, Finding, Transcript};

const NAMES: &[&str] = &["A", "B", "C", "D"];
const FIELDS: &[&str] = &["a", "b", "c", "d", "e"];

fn scalar() -> impl Strategy<Value = Value> {
    let string = (
        option::of(0..3_u8),
        option::of(3..6_u8),
        option::of(vec(select(&["x", "y", "z"][..]), 1..3)),
    )
        .prop_map(|(min, max, values)| {
            let mut schema = json!({"type": "string"});
            min.into_iter().for_each(|min| schema["minLength"] = json!(min));
            max.into_iter().for_each(|max| schema["maxLength"] = json!(max));
            values.into_iter().for_each(|values| schema["enum"] = json!(values));
            schema
        });
    let integer = (option::of(0..3_u8), option::of(any::<bool>())).prop_map(|(minimum, wide)| {
        let mut schema = json!({"type": "integer"});
        minimum.into_iter().for_each(|minimum| schema["minimum"] = json!(minimum));
        wide.into_iter()
            .for_each(|wide| schema["format"] = json!(if wide { "int64" } else { "int32" }));
        schema
    });
    prop_oneof![string, integer, Just(json!({"type": "object"})), Just(json!({}))]
}

fn reference() -> impl Strategy<Value = Value> {
    select(NAMES).prop_map(|name| json!({"$ref": format!("#/components/schemas/{name}")}))
}

fn field() -> impl Strategy<Value = Value> {
    let plain = prop_oneof![
        3 => scalar(),
        1 => reference(),
        1 => reference().prop_map(|reference| json!({"allOf": [reference]})),
        1 => reference().prop_map(|reference| json!({"type": "array", "items": reference})),
        1 => scalar().prop_map(|items| json!({"type": "array", "items": items})),
        1 => scalar().prop_map(|inner| json!({"type": "object", "additionalProperties": inner})),
    ];
    let unstated = option::weighted(0.2, unstated());
    (plain, option::weighted(0.1, row()), unstated).prop_map(|(mut field, row, unstated)| {
        if field.get("$ref").is_none() {
            row.into_iter().for_each(|row| field["x-errata"] = json!([row]));
            unstated.into_iter().for_each(|unstated| field["x-unstated"] = unstated);
        }
        field
    })
}

fn unstated() -> impl Strategy<Value = Value> {
    let keywords = select(&[r#"["minLength", "values"]"#, r#"["minimum", "format"]"#, "[]"][..]);
    let values = select(&["[]", r#"["x", "y"]"#][..]);
    (keywords, values).prop_map(|(keywords, values)| {
        let list = |text: &str| serde_json::from_str::<Value>(text).unwrap();
        json!({"keywords": list(keywords), "values": list(values)})
    })
}

fn row() -> impl Strategy<Value = Value> {
    let about = select(
        &[
            r#"["absence", "meaning"]"#,
            r#"["presence", {"fact": "maxLength", "page": [3, 4]}]"#,
            r#"[{"fact": "type", "page": ["string", "integer", "object"]}]"#,
            r#"[{"fact": "values", "page": ["x", "y"]}, {"fact": "absent-values", "page": "z"}]"#,
            r#"[{"fact": "required", "page": true}, {"fact": "minimum", "page": 1}]"#,
            r#"["example-type", "required-text"]"#,
        ][..],
    );
    (about, select(&["pending", "Kept."][..])).prop_map(|(about, decision)| {
        let about: Value = serde_json::from_str(about).unwrap();
        json!({
            "id": "row", "about": about, "table": "The page lacks it.", "decision": decision, "reason": "R."
        })
    })
}

fn object() -> impl Strategy<Value = Value> {
    let fields = vec((select(FIELDS), field(), any::<bool>()), 0..5);
    (fields, select(&["P", "Q"][..]), any::<bool>()).prop_map(|(fields, page, is_described)| {
        let required: Vec<&str> =
            fields.iter().filter(|(_, _, required)| *required).map(|(name, _, _)| *name).collect();
        let properties: Map<String, Value> =
            fields.iter().map(|(name, field, _)| ((*name).to_owned(), field.clone())).collect();
        let mut schema =
            json!({"type": "object", "properties": properties, "x-source": {"page": page}});
        if is_described {
            schema["description"] = json!("Ours.");
        }
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        schema
    })
}

fn operation() -> impl Strategy<Value = Value> {
    let body = option::of(reference());
    let parameters = vec((select(FIELDS), scalar(), any::<bool>()), 0..3);
    (select(&["P", "Q", "R"][..]), body, option::of(reference()), parameters).prop_map(
        |(id, body, answer, parameters)| {
            let content = |schema: &Value| json!({"application/json": {"schema": schema}});
            let mut seen: Vec<&str> = Vec::new();
            let mut list = Vec::new();
            for (name, schema, required) in &parameters {
                if !seen.contains(name) {
                    seen.push(name);
                    list.push(json!({"name": name, "in": "query", "required": required, "schema": schema}));
                }
            }
            let mut operation = json!({"operationId": id, "parameters": list, "responses": {}});
            if let Some(body) = &body {
                operation["requestBody"] = json!({"content": content(body)});
            }
            if let Some(answer) = &answer {
                operation["responses"]["200"] = json!({"description": "", "content": content(answer)});
            }
            operation["x-source"] = json!({"page": id});
            operation
        },
    )
}

pub(crate) fn document() -> impl Strategy<Value = Value> {
    let operations =
        vec((select(&["/p", "/q"][..]), select(&["get", "post"][..]), operation()), 0..4);
    (operations, vec(object(), NAMES.len()), any::<bool>()).prop_map(
        |(operations, objects, is_turned)| {
            let mut paths = json!({});
            let mut ids: Vec<Value> = Vec::new();
            for (path, method, operation) in operations {
                let is_taken =
                    paths.pointer(&format!("/{}/{method}", path.replace('/', "~1"))).is_some();
                if !is_taken && !ids.contains(&operation["operationId"]) {
                    ids.push(operation["operationId"].clone());
                    paths[path][method] = operation;
                }
            }
            let mut schemas: Vec<(String, Value)> =
                NAMES.iter().map(|name| (*name).to_owned()).zip(objects).collect();
            if is_turned {
                schemas.reverse();
            }
            let schemas: Map<String, Value> = schemas.into_iter().collect();
            json!({"openapi": "3.0.3", "paths": paths, "components": {"schemas": schemas}})
        },
    )
}

fn finding() -> impl Strategy<Value = Finding> {
    let pointer = (select(NAMES), option::of(select(FIELDS))).prop_map(|(schema, field)| {
        let below = field.map(|field| format!("/properties/{field}")).unwrap_or_default();
        JsonPointer::parse(&format!("#/components/schemas/{schema}{below}")).unwrap()
    });
    let kind = select(&["example-type", "required-text"][..]);
    (pointer, kind, select(FIELDS), any::<bool>()).prop_map(|(pointer, kind, field, with_text)| {
        let source = if with_text { "text" } else { "example" };
        Finding {
            pointer,
            kind: kind.to_owned(),
            field: field.to_owned(),
            sources: vec![
                ("table".to_owned(), "T.".to_owned()),
                (source.to_owned(), "S.".to_owned()),
            ],
            values: Vec::new(),
            at: At { file: "P.md".to_owned(), line: 1 },
        }
    })
}

pub(crate) fn transcript() -> impl Strategy<Value = Transcript> {
    (document(), vec(finding(), 0..4)).prop_map(|(document, findings)| Transcript {
        document: without_rows(document),
        findings,
        promotions: Vec::new(),
        untranscribed: Vec::new(),
        refused: Vec::new(),
    })
}

/// Pages have nothing of people.
fn without_rows(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            const OURS: [&str; 3] = ["x-errata", "x-unstated", "description"];
            let kept = map.into_iter().filter(|(key, _)| !OURS.contains(&key.as_str()));
            Value::Object(kept.map(|(key, value)| (key, without_rows(value))).collect())
        }
        Value::Array(list) => list.into_iter().map(without_rows).collect(),
        other => other,
    }
}
