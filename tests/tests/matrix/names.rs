//! Names of every kind at every place that has one: keywords, names that generated code uses itself, different
//! spellings of one name, letters of many scripts, and symbols.

use codegen::validate;
use serde_json::{Map, Value, json};

const NAMES: &[&str] = &[
    "type",
    "@type",
    "_type",
    "Type",
    "TYPE",
    "self",
    "Self",
    "SELF",
    "crate",
    "super",
    "async",
    "gen",
    "dyn",
    "match",
    "Match",
    "a b",
    "a-b",
    "a.b",
    "a_b",
    "aB",
    "1",
    "1a",
    "x",
    "y",
    "IP",
    "B",
    "Q",
    "b q",
    "iPhone",
    "$ref",
    "new",
    "check",
    "validate",
    "violations",
    "clone",
    "default",
    "into",
    "from",
    "try_from",
    "fmt",
    "eq",
    "value",
    "body",
    "at",
    "report",
    "serde",
    "std",
    "core",
    "String",
    "Option",
    "Vec",
    "Result",
    "Box",
    "Future",
    "field",
    "names",
    "empty",
    "read",
    "entries",
    "send",
    "stream",
    "client",
    "context",
    "builder",
    "project_id",
    "request",
    "response",
    "url",
    "info",
    "result",
    "checked",
    "calls",
    "types",
    "Client",
    "Error",
    "Response",
    "Report",
    "Path",
    "Violations",
    "Validate",
    "Value",
    "BTreeMap",
    "Map",
    "AnyJsonValue",
    "i32",
    "bool",
    "str",
    "f64",
    "u8",
    "is_empty",
    "len",
    "名称",
    "名",
    "é",
    "Ω",
    "имя",
    "ñandú",
    "🙂",
    "a\"b",
    "a`b",
    "a\\b",
    "a{b",
    "a/b",
    "a~b",
    "+1",
    "-1",
    "<b>",
    "x'",
    "call",
    "check_path",
    "mask",
    "query",
    "rustls",
    "raw",
    "main",
    "lib",
    "test",
    "example",
    "examples",
    "Debug",
    "Default",
    "Into",
    "From",
    "Serialize",
    "Deserialize",
    "union",
    "Err",
    "Ok",
    "None",
    "ﬁ",
    "fi",
    "ſ",
    "ª",
    "ǅ",
    "İ",
    "①",
    "a\u{301}",
    "huaweicloud-core",
    "huaweicloud_core",
    "serde_json",
    "reqwest",
    "tokio",
    "alloc",
    "extra",
    "Extra",
    "*",
    "parts",
    "form",
    "File",
    "Form",
    "Multipart",
    "Headers",
    "native-tls",
    "docs",
    "full",
    "shared",
    "errors",
    "patterns",
    "payloads",
    "requests",
    "values",
    "checks",
    "waiters",
    "ensure",
    "prelude",
    "time",
    "times",
    "blocking",
    "testing",
    "r#type",
    "builder_",
    "con",
    "nul",
];

/// Documents that lint lets through.
pub(crate) fn documents() -> Vec<(&'static str, Value)> {
    let all = [
        ("names_of_fields", fields()),
        ("names_of_values", values()),
        ("names_of_operations", operations()),
        ("names_of_parameters", parameters()),
        ("names_of_types", types()),
        ("names_of_tags", tags()),
    ];
    for (name, document) in &all {
        let document = crate::document(name, document.clone());
        let problems = validate::validate(&document);
        let lines: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
        assert!(lines.is_empty(), "{name}:\n{lines}");
    }
    all.into_iter().collect()
}

/// Names that lint takes for operations and tags.
fn plain() -> impl Iterator<Item = &'static str> {
    let is_plain =
        |name: &&str| name.is_ascii() && name.contains(|c: char| c.is_ascii_alphabetic());
    NAMES.iter().copied().filter(is_plain)
}

fn fields() -> Value {
    let text = json!({ "type": "string", "description": "A text." });
    let inner: Map<String, Value> = NAMES.iter().map(|n| ((*n).to_owned(), text.clone())).collect();
    let part = json!({ "type": "object", "description": "A part.", "properties": inner });
    let parts: Map<String, Value> = NAMES
        .iter()
        .map(|n| ((*n).to_owned(), object(json!({ *n: text, "x": text, "Y z": part }))))
        .collect();
    let needed: Vec<&str> = NAMES.iter().copied().step_by(3).collect();
    let whole =
        json!({ "type": "object", "description": "All.", "properties": parts, "required": needed });
    let mut operation = operation("SetAll");
    operation["requestBody"] = content(&json!({ "$ref": "#/components/schemas/Whole" }));
    operation["requestBody"]["required"] = json!(true);
    operation["responses"]["200"] = content(&json!({ "$ref": "#/components/schemas/Whole" }));
    operation["responses"]["200"]["description"] = json!("All.");
    api(json!({ "/all": { "put": operation } }), json!({ "Whole": whole }), json!([]))
}

fn values() -> Value {
    let set = json!({ "type": "string", "description": "One of many.", "enum": NAMES });
    let open =
        json!({ "type": "string", "description": "One of many.", "x-extensible-enum": NAMES });
    let mut operation = operation("SetOne");
    operation["requestBody"] = content(&object(json!({ "one": set, "other": open })));
    api(json!({ "/one": { "put": operation } }), json!({}), json!([]))
}

fn operations() -> Value {
    let paths: Map<String, Value> = plain()
        .enumerate()
        .map(|(i, name)| {
            let mut operation = operation(name);
            operation["requestBody"] =
                content(&object(json!({ "a": { "type": "string", "description": "A." } })));
            (format!("/path{i}"), json!({ "put": operation }))
        })
        .collect();
    api(Value::Object(paths), json!({}), json!([]))
}

fn parameters() -> Value {
    let of = |name: &str, location: &str, required: bool| {
        json!({ "name": name, "in": location, "required": required, "description": "A text.",
            "schema": { "type": "string" } })
    };
    let paths: Map<String, Value> = NAMES
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.contains(['{', '/']))
        .map(|(i, name)| {
            let mut operation = operation(&format!("Call{i}"));
            operation["parameters"] =
                json!([of(name, "path", true), of(name, "query", i % 2 == 0)]);
            (format!("/path{i}/{{{name}}}"), json!({ "get": operation }))
        })
        .collect();
    api(Value::Object(paths), json!({}), json!([]))
}

fn tags() -> Value {
    let paths: Map<String, Value> = plain()
        .enumerate()
        .map(|(i, name)| {
            let mut operation = operation(&format!("Call{i}"));
            operation["tags"] = json!([name]);
            operation["requestBody"] =
                content(&object(json!({ "a": { "type": "string", "description": "A." } })));
            (format!("/path{i}"), json!({ "put": operation }))
        })
        .collect();
    let tags: Vec<Value> =
        plain().map(|name| json!({ "name": name, "description": "Some." })).collect();
    api(Value::Object(paths), json!({}), Value::Array(tags))
}

fn types() -> Value {
    let is_component =
        |name: &&&str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    let names: Vec<&str> = NAMES.iter().filter(is_component).copied().chain(["Secret"]).collect();
    let text = json!({ "type": "string", "description": "A text." });
    let schemas: Map<String, Value> =
        names.iter().map(|name| ((*name).to_owned(), object(json!({ "a": text })))).collect();
    let parts: Map<String, Value> = names
        .iter()
        .enumerate()
        .map(|(i, name)| {
            (format!("p{i}"), json!({ "$ref": format!("#/components/schemas/{name}") }))
        })
        .collect();
    let mut operation = operation("SetAll");
    operation["requestBody"] = content(&object(Value::Object(parts.clone())));
    operation["responses"]["200"] = content(&object(Value::Object(parts)));
    operation["responses"]["200"]["description"] = json!("All.");
    api(json!({ "/all": { "put": operation } }), Value::Object(schemas), json!([]))
}

fn operation(id: &str) -> Value {
    json!({ "operationId": id, "description": "Does something.",
        "responses": { "200": { "description": "Done." } } })
}

fn object(properties: Value) -> Value {
    json!({ "type": "object", "description": "Some.", "properties": properties })
}

fn content(schema: &Value) -> Value {
    json!({ "content": { "application/json": { "schema": schema } } })
}

fn api(paths: Value, schemas: Value, tags: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Names", "version": "v1", "description": "Names of every kind." },
        "servers": [{ "url": "https://names.example.com" }],
        "tags": tags,
        "paths": paths,
        "components": { "schemas": schemas },
    })
}
