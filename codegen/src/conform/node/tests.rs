//! What a value that does not fit is told. In: small schemas and values. Out: literal violations.

use serde_json::json;

use super::*;

/// One line a violation of a value under a schema of a document with a few components.
fn lines(schema: Value, instance: Value) -> String {
    let root = json!({
        "schema": schema,
        "components": { "schemas": {
            "Base": {
                "type": "object",
                "required": ["id"],
                "properties": { "id": { "type": "string", "minLength": 2 } }
            },
            "Tree": {
                "type": "object",
                "properties": {
                    "name": { "type": "string" },
                    "trees": { "type": "array", "items": { "$ref": "#/components/schemas/Tree" } }
                }
            },
            "Loop": { "allOf": [
                { "$ref": "#/components/schemas/Loop" },
                { "$ref": "#/components/schemas/Other" },
                { "$ref": "#/components/schemas/Other" }
            ] },
            "Other": { "allOf": [ { "$ref": "#/components/schemas/Loop" }, { "type": "string" } ] },
            "Self": { "$ref": "#/components/schemas/Self" }
        } }
    });
    let found = check(&root, &JsonPointer::root().child("schema"), &instance);
    found.iter().map(|violation| format!("{violation}\n")).collect()
}

#[test]
fn kinds() {
    let cases = [
        ("string", json!("a"), ""),
        ("string", json!(4), "(body): is a number; a string is needed (type)\n"),
        ("integer", json!(1.0), ""),
        ("integer", json!(1.5), "(body): is a number; an integer is needed (type)\n"),
        ("number", json!(1), ""),
        ("boolean", json!("true"), "(body): is a string; a boolean is needed (type)\n"),
        ("object", json!([]), "(body): is an array; an object is needed (type)\n"),
        ("array", json!(null), "(body): is null; an array is needed (type)\n"),
    ];
    for (kind, value, expected) in cases {
        assert_eq!(lines(json!({ "type": kind }), value), expected);
    }
    assert_eq!(
        lines(json!({ "type": "string", "nullable": true, "minLength": 1 }), json!(null)),
        ""
    );
    assert_eq!(lines(json!({}), json!([null, { "a": 1 }])), "");
    let wrapper = json!({ "nullable": true, "allOf": [{ "$ref": "#/components/schemas/Base" }] });
    assert_eq!(lines(wrapper, json!(null)), "");
}

#[test]
fn numbers() {
    let port = json!({ "type": "integer", "format": "int32", "minimum": 1, "maximum": 65535 });
    assert_eq!(lines(port.clone(), json!(6379)), "");
    assert_eq!(
        lines(port.clone(), json!(0)),
        "(body): is 0; the least allowed value is 1 (minimum)\n"
    );
    assert_eq!(
        lines(port, json!(70000.0)),
        "(body): is 70000; the greatest allowed value is 65535 (maximum)\n"
    );
    assert_eq!(
        lines(json!({ "type": "integer", "format": "int32" }), json!(2_147_483_648_u64)),
        "(body): is 2147483648; the greatest allowed value is 2147483647 (maximum)\n"
    );
    assert_eq!(lines(json!({ "type": "integer" }), json!(i64::MAX)), "");
    assert!(!lines(json!({ "type": "integer" }), json!(u64::MAX)).is_empty());
    assert!(!lines(json!({ "type": "integer" }), json!(1e300)).is_empty());
    let real =
        json!({ "type": "number", "minimum": 0, "exclusiveMinimum": true, "multipleOf": 0.1 });
    assert_eq!(lines(real.clone(), json!(0.3)), "");
    assert_eq!(
        lines(real, json!(0)),
        "(body): is 0; it must be greater than 0 (exclusiveMinimum)\n"
    );
    let sizes = json!({ "type": "number", "enum": [0.5, 1, null] });
    assert_eq!(lines(sizes.clone(), json!(1.0)), "");
    assert_eq!(lines(sizes.clone(), json!(null)), "");
    assert_eq!(lines(sizes, json!(2)), "(body): is 2; allowed are 0.5, 1 (enum)\n");
}

#[test]
fn strings_and_lists() {
    let name = json!({ "type": "string", "minLength": 2, "maxLength": 3, "pattern": "^[a-z]+$" });
    assert_eq!(lines(name.clone(), json!("abc")), "");
    assert_eq!(
        lines(name, json!("ABCD")),
        "(body): has 4 characters; at most 3 are allowed (maxLength)\n\
         (body): \"ABCD\" does not match the pattern ^[a-z]+$ (pattern)\n"
    );
    let secret = json!({ "type": "string", "format": "password", "pattern": "^a$", "enum": ["a"] });
    let shown = lines(secret, json!("hunter2"));
    assert!(!shown.is_empty() && !shown.contains("hunter2"), "{shown}");
    let days = json!({ "type": "array", "minItems": 1, "uniqueItems": true, "items": { "type": "integer" } });
    assert_eq!(
        lines(days.clone(), json!([])),
        "(body): is empty; at least 1 item is needed (minItems)\n"
    );
    assert_eq!(
        lines(days, json!([1, "2", 1])),
        "(body): items 0 and 2 are equal; each may occur only once (uniqueItems)\n\
         [1]: is a string; an integer is needed (type)\n"
    );
    assert_eq!(
        lines(json!({ "type": "string", "enum": ["weekly"] }), json!("weekley")),
        "(body): \"weekley\" is not one of \"weekly\"; did you mean \"weekly\"? (enum)\n"
    );
}

/// A long list is compared in another way than the core does; the words must be the same.
#[test]
fn equal_items_are_named_as_in_the_core() {
    let items = [json!(1), json!({ "a": [], "b": 1 }), json!(2), json!({ "b": 1, "a": [] })];
    let (mut ours, mut theirs) = (Report::default(), Report::default());
    unique(&Path::root(), &mut ours, &items);
    check::unique(&Path::root(), &mut theirs, &items);
    assert_eq!(ours.into_violations(), theirs.into_violations());
}

#[test]
fn objects() {
    let schema = json!({
        "description": "More.",
        "allOf": [
            { "$ref": "#/components/schemas/Base" },
            { "type": "object", "required": ["size", "id"], "properties": {
                "size": { "type": "integer" },
                "free": { "type": "object", "additionalProperties": { "type": "string" }, "maxProperties": 1 },
                "closed": {
                    "type": "object", "additionalProperties": false, "x-closed-map": true,
                    "properties": { "keys": { "type": "string" } }
                },
                "open": { "type": "object", "additionalProperties": true, "properties": { "a": {} } }
            } }
        ]
    });
    let good =
        json!({ "id": "ab", "size": 1, "free": { "x": "y" }, "closed": {}, "open": { "b": 1 } });
    assert_eq!(lines(schema.clone(), good), "");
    let bad = json!({
        "sise": 1, "id": "a", "free": { "x": 1, "y": "" }, "closed": { "kyes": "" }, "other thing": 1
    });
    assert_eq!(
        lines(schema, bad),
        "id: has 1 character; at least 2 are needed (minLength)\n\
         size: is missing; it is required (required)\n\
         free: has 2 entries; at most 1 is allowed (maxProperties)\n\
         free.x: is a number; a string is needed (type)\n\
         closed.kyes: is not known here; did you mean \"keys\"? (additionalProperties)\n\
         sise: is not known here; did you mean \"size\"? (additionalProperties)\n\
         [\"other thing\"]: is not known here; known are \"id\", \"size\", \"free\", \"closed\", \"open\" \
         (additionalProperties)\n"
    );
}

#[test]
fn circles_end() {
    let tree = json!({ "$ref": "#/components/schemas/Tree" });
    assert_eq!(lines(tree.clone(), json!({ "trees": [{ "trees": [] }] })), "");
    assert_eq!(
        lines(tree, json!({ "trees": [{ "name": 1 }] })),
        "trees[0].name: is a number; a string is needed (type)\n"
    );
    assert_eq!(
        lines(json!({ "$ref": "#/components/schemas/Loop" }), json!(1)),
        "(body): is a number; a string is needed (type)\n"
    );
    assert_eq!(lines(json!({ "$ref": "#/components/schemas/Self" }), json!(1)), "");
    assert_eq!(lines(json!({ "$ref": "#/components/schemas/None" }), json!(1)), "");
}

#[test]
fn places_are_pointers() {
    let schema = json!({ "properties": { "a/b": { "items": { "type": "string" } }, "c": {} } });
    let instance = json!({ "a/b": ["", 1], "d": 1 });
    let places: Vec<String> = located(&mut Compiled::default(), &Value::Null, &schema, &instance)
        .into_iter()
        .map(|(place, violation)| format!("{place} {}", violation.rule))
        .collect();
    assert_eq!(places, ["#/a~1b/1 type", "#/d additionalProperties"]);
}
