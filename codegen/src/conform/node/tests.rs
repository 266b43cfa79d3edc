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
        ("string", json!(4), "(body): is a number; must be a string (type)\n"),
        ("integer", json!(1.0), ""),
        ("integer", json!(1.5), "(body): is a number; must be an integer (type)\n"),
        ("number", json!(1), ""),
        ("boolean", json!("true"), "(body): is a string; must be a boolean (type)\n"),
        ("object", json!([]), "(body): is an array; must be an object (type)\n"),
        ("array", json!(null), "(body): is null; must be an array (type)\n"),
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
    assert_eq!(lines(port.clone(), json!(0)), "(body): is 0; must be at least 1 (minimum)\n");
    assert_eq!(lines(port, json!(70000.0)), "(body): is 70000; must be at most 65535 (maximum)\n");
    assert_eq!(
        lines(json!({ "type": "integer", "format": "int32" }), json!(2_147_483_648_u64)),
        "(body): is 2147483648; must be at most 2147483647 (maximum)\n"
    );
    assert_eq!(lines(json!({ "type": "integer" }), json!(i64::MAX)), "");
    assert!(!lines(json!({ "type": "integer" }), json!(u64::MAX)).is_empty());
    assert!(!lines(json!({ "type": "integer" }), json!(1e300)).is_empty());
    let real =
        json!({ "type": "number", "minimum": 0, "exclusiveMinimum": true, "multipleOf": 0.1 });
    assert_eq!(lines(real.clone(), json!(0.3)), "");
    assert_eq!(lines(real, json!(0)), "(body): is 0; must be greater than 0 (exclusiveMinimum)\n");
    let sizes = json!({ "type": "number", "enum": [0.5, 1, null] });
    assert_eq!(lines(sizes.clone(), json!(1.0)), "");
    assert_eq!(lines(sizes.clone(), json!(null)), "");
    assert_eq!(lines(sizes, json!(2)), "(body): is 2; must be one of 0.5, 1 (enum)\n");
}

#[test]
fn strings_and_lists() {
    let name = json!({ "type": "string", "minLength": 2, "maxLength": 3, "pattern": "^[a-z]+$" });
    assert_eq!(lines(name.clone(), json!("abc")), "");
    assert_eq!(
        lines(name, json!("ABCD")),
        "(body): has 4 characters; must have at most 3 (maxLength)\n\
         (body): \"ABCD\" does not match the pattern ^[a-z]+$: use only lower-case letters from a to z (pattern)\n"
    );
    let secret = json!({ "type": "string", "format": "password", "pattern": "^a$", "enum": ["a"] });
    let shown = lines(secret, json!("hunter2"));
    assert!(!shown.is_empty() && !shown.contains("hunter2"), "{shown}");
    let days = json!({ "type": "array", "minItems": 1, "uniqueItems": true, "items": { "type": "integer" } });
    assert_eq!(
        lines(days.clone(), json!([])),
        "(body): is empty; must have at least 1 item (minItems)\n"
    );
    assert_eq!(
        lines(days, json!([1, "2", 1])),
        "(body): items 0 and 2 are equal; each may occur only once (uniqueItems)\n\
         [1]: is a string; must be an integer (type)\n"
    );
    assert_eq!(
        lines(json!({ "type": "string", "enum": ["weekly"] }), json!("weekley")),
        "(body): \"weekley\" is not one of \"weekly\"; did you mean \"weekly\"? (enum)\n"
    );
}

#[test]
fn a_name_of_an_older_api_leads_to_that_of_today() {
    let schema = json!({ "type": "object", "required": ["code"], "properties": {
        "code": { "type": "string", "x-former-names": ["id", "number"] },
        "size": { "type": "integer" }
    } });
    assert_eq!(
        lines(schema, json!({ "number": "a", "sice": 1 })),
        "code: is missing; it is required (required)\n\
         number: is the name in an older API; here it is `code` (additionalProperties)\n\
         sice: is unknown; did you mean \"size\"? (additionalProperties)\n"
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
        "id: has 1 character; must have at least 2 (minLength)\n\
         size: is missing; it is required (required)\n\
         free: has 2 entries; must have at most 1 (maxProperties)\n\
         free.x: is a number; must be a string (type)\n\
         closed.kyes: is unknown; did you mean \"keys\"? (additionalProperties)\n\
         sise: is unknown; did you mean \"size\"? (additionalProperties)\n\
         [\"other thing\"]: is unknown; known names are \"id\", \"size\", \"free\", \"closed\", \"open\" \
         (additionalProperties)\n"
    );
}

#[test]
fn circles_end() {
    let tree = json!({ "$ref": "#/components/schemas/Tree" });
    assert_eq!(lines(tree.clone(), json!({ "trees": [{ "trees": [] }] })), "");
    assert_eq!(
        lines(tree, json!({ "trees": [{ "name": 1 }] })),
        "trees[0].name: is a number; must be a string (type)\n"
    );
    assert_eq!(
        lines(json!({ "$ref": "#/components/schemas/Loop" }), json!(1)),
        "(body): is a number; must be a string (type)\n"
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
