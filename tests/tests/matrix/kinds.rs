//! The possible kinds of values: schemas of every kind, each with valid values.

use serde_json::{Value, json};

/// A kind of value.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) schema: Value,
    pub(crate) example: Value,
}

/// All of them; each has a name of its own.
pub(crate) fn kinds() -> Vec<Kind> {
    [texts(), numbers(), objects(), more_objects(), lists(), sets()].into_iter().flatten().collect()
}

fn kind(name: &'static str, schema: Value, example: Value) -> Kind {
    Kind { name, schema, example }
}

fn texts() -> Vec<Kind> {
    let text = |format: &str| json!({ "type": "string", "format": format });
    vec![
        kind("text", json!({ "type": "string" }), json!("a")),
        kind(
            "bounded_text",
            json!({ "type": "string", "minLength": 1, "maxLength": 9, "pattern": "^[a-z]+$" }),
            json!("abc"),
        ),
        kind("date_time", text("date-time"), json!("2026-01-02T03:04:05Z")),
        kind("date", text("date"), json!("2026-01-02")),
        kind("bytes", text("byte"), json!("YQ==")),
        kind("uuid", text("uuid"), json!("0a")),
        kind("binary", text("binary"), json!("abc")),
        kind("secret", text("password"), json!("Example-Passw0rd")),
        kind("anything", json!({}), json!({ "a": [1, null] })),
    ]
}

fn numbers() -> Vec<Kind> {
    let whole = |format: &str| json!({ "type": "integer", "format": format });
    vec![
        kind("flag", json!({ "type": "boolean" }), json!(true)),
        kind("whole", json!({ "type": "integer" }), json!(5_000_000_000_i64)),
        kind("int32", whole("int32"), json!(-7)),
        kind("int64", whole("int64"), json!(5_000_000_000_i64)),
        kind("int8", whole("int8"), json!(-128)),
        kind("int16", whole("int16"), json!(-32_768)),
        kind("uint8", whole("uint8"), json!(255)),
        kind("uint16", whole("uint16"), json!(65_535)),
        kind("uint32", whole("uint32"), json!(u32::MAX)),
        kind("uint64", whole("uint64"), json!(u64::MAX)),
        kind(
            "bounded_uint64",
            json!({ "type": "integer", "format": "uint64", "minimum": 2, "maximum": i64::MAX, "multipleOf": 2 }),
            json!(4),
        ),
        kind(
            "bounded_whole",
            json!({ "type": "integer", "minimum": 1, "maximum": 9, "multipleOf": 2 }),
            json!(4),
        ),
        kind("number", json!({ "type": "number" }), json!(1.5)),
        kind("float", json!({ "type": "number", "format": "float" }), json!(0.5)),
        kind("double", json!({ "type": "number", "format": "double", "minimum": 0 }), json!(2.5)),
    ]
}

fn objects() -> Vec<Kind> {
    let map = |value: Value| json!({ "type": "object", "additionalProperties": value });
    let part = json!({ "type": "object", "properties": { "a": { "type": "string", "description": "A." } } });
    let other = json!({ "type": "object", "properties": { "b": { "type": "integer", "description": "B." } } });
    let free = json!({ "a": [1, { "b": null }], "c": "d" });
    vec![
        kind("bare_object", json!({ "type": "object" }), free.clone()),
        kind("free_object", map(json!(true)), free.clone()),
        kind("closed_object", map(json!(false)), json!({})),
        kind("open_object", map(json!({})), free.clone()),
        kind("described_object", map(json!({ "description": "Anything." })), free.clone()),
        kind("object_of_texts", map(json!({ "type": "string" })), json!({ "k": "v" })),
        kind(
            "object_of_secrets",
            map(json!({ "type": "string", "format": "password" })),
            json!({ "k": "v" }),
        ),
        kind("object_of_objects", map(part.clone()), json!({ "k": { "a": "v" } })),
        kind("object_of_bare_objects", map(json!({ "type": "object" })), json!({ "k": free })),
        kind(
            "object_of_lists",
            map(json!({ "type": "array", "items": { "type": "number" } })),
            json!({ "k": [1.5] }),
        ),
        kind(
            "object_of_nulls",
            map(json!({ "type": "string", "nullable": true })),
            json!({ "k": null, "l": "m" }),
        ),
        kind("structure", part.clone(), json!({ "a": "v" })),
        kind(
            "needing_structure",
            json!({ "type": "object", "required": ["n"], "properties": {
                "n": { "type": "string", "description": "N." },
                "o": { "type": "string", "description": "O.", "nullable": true },
            } }),
            json!({ "n": "v" }),
        ),
        kind("whole_of_parts", json!({ "allOf": [part, other] }), json!({ "a": "v", "b": 1 })),
        kind(
            "closed_map",
            json!({ "type": "object", "x-closed-map": true, "additionalProperties": false,
                "properties": { "k": { "type": "string", "description": "K." } } }),
            json!({ "k": "v" }),
        ),
    ]
}

/// Objects inside of objects, and beside properties.
fn more_objects() -> Vec<Kind> {
    let map = |value: Value| json!({ "type": "object", "additionalProperties": value });
    let part = json!({ "type": "object", "properties": { "a": { "type": "string", "description": "A." } } });
    vec![
        kind(
            "bounded_object",
            json!({ "type": "object", "minProperties": 1, "maxProperties": 2,
                "additionalProperties": { "type": "integer", "format": "uint8", "minimum": 1 } }),
            json!({ "k": 7 }),
        ),
        kind(
            "object_of_objects_of_texts",
            map(map(json!({ "type": "string", "minLength": 1 }))),
            json!({ "k": { "l": "v" }, "m": {} }),
        ),
        kind(
            "object_of_objects_of_parts",
            map(map(part.clone())),
            json!({ "k": { "l": { "a": "v" } } }),
        ),
        kind("object_of_open_objects", map(map(json!({}))), json!({ "k": { "l": [null, 1] } })),
        kind(
            "structure_and_others",
            json!({ "type": "object", "required": ["n"], "additionalProperties": part.clone(), "properties": {
                "n": { "type": "string", "description": "N." },
                "extra": { "type": "integer", "description": "More." },
            } }),
            json!({ "n": "v", "extra": 1, "k": { "a": "v" } }),
        ),
        kind(
            "structure_and_anything",
            json!({ "type": "object", "additionalProperties": {}, "properties": {
                "n": { "type": "string", "description": "N.", "nullable": true },
            } }),
            json!({ "n": "v", "k": [1, { "l": true }] }),
        ),
    ]
}

fn lists() -> Vec<Kind> {
    let list = |items: Value| json!({ "type": "array", "items": items });
    vec![
        kind("texts", list(json!({ "type": "string" })), json!(["a"])),
        kind("wholes", list(json!({ "type": "integer", "format": "int32" })), json!([1])),
        kind("numbers", list(json!({ "type": "number" })), json!([1.5])),
        kind("flags", list(json!({ "type": "boolean" })), json!([true])),
        kind(
            "secrets",
            list(json!({ "type": "string", "format": "password" })),
            json!(["Example-Passw0rd"]),
        ),
        kind("things", list(json!({})), json!([1, "a", null])),
        kind("bare_objects", list(json!({ "type": "object" })), json!([{ "a": 1 }])),
        kind(
            "structures",
            list(
                json!({ "type": "object", "properties": { "a": { "type": "string", "description": "A." } } }),
            ),
            json!([{ "a": "v" }]),
        ),
        kind("nulls", list(json!({ "type": "string", "nullable": true })), json!(["a", null])),
        kind("lists", list(list(json!({ "type": "string" }))), json!([["a"], []])),
        kind(
            "unique_texts",
            json!({ "type": "array", "uniqueItems": true, "minItems": 1, "maxItems": 3, "items": { "type": "string" } }),
            json!(["a", "b"]),
        ),
        kind(
            "unique_numbers",
            json!({ "type": "array", "uniqueItems": true, "items": { "type": "number" } }),
            json!([1.5, 2.5]),
        ),
        kind(
            "unique_structures",
            json!({ "type": "array", "uniqueItems": true, "items": { "type": "object",
                "properties": { "a": { "type": "string", "description": "A." } } } }),
            json!([{ "a": "v" }, { "a": "w" }]),
        ),
        kind(
            "bytes_of_files",
            list(json!({ "type": "string", "format": "binary" })),
            json!(["a", "b"]),
        ),
        kind("chosen", list(json!({ "type": "string", "enum": ["a", "b"] })), json!(["a"])),
    ]
}

fn sets() -> Vec<Kind> {
    vec![
        kind("choice", json!({ "type": "string", "enum": ["a", "b"] }), json!("a")),
        kind("open_choice", json!({ "type": "string", "x-extensible-enum": ["a"] }), json!("a")),
        kind("switch", json!({ "type": "string", "enum": ["true", "false"] }), json!("true")),
        kind("number_choice", json!({ "type": "integer", "enum": [1, 2] }), json!(1)),
        kind("open_number", json!({ "type": "number", "x-extensible-enum": [0.5, 1] }), json!(0.5)),
    ]
}
