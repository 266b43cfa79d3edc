//! However large an API is, no file of its client is longer than people read.

use codegen::{
    config::Service,
    load::{Document, FileBeside},
};
use serde_json::{Map, Value, json};

const LONGEST: usize = 800;

#[test]
fn no_file_of_a_large_client_is_long() {
    let service = Service {
        document: "spec/large.yaml".to_owned(),
        package: "large-client".to_owned(),
        output: "generated".to_owned(),
        version: "0.1.0".to_owned(),
        keywords: Vec::new(),
        server: false,
        draft: false,
        notes: Default::default(),
    };
    let files = codegen::generate(&large(), &service).unwrap();
    let rust = files.texts().filter(|(path, _)| path.ends_with(".rs"));
    let lines: Vec<(&str, usize)> = rust.map(|(path, text)| (path, text.lines().count())).collect();
    let long: Vec<_> = lines.iter().filter(|(_, lines)| *lines > LONGEST).collect();
    assert!(long.is_empty(), "{long:?}");
    // What would be long has been split, each kind in its way.
    for path in [
        "client/src/errors/from_e_1100.rs",
        "client/src/patterns.rs",
        "client/src/all/calls/update_thing0.rs",
        "client/src/all/checks/order_2.rs",
        "client/src/all/types/order_2.rs",
        "client/src/all/values/mode0.rs",
        "client/tests/payloads/all_2.rs",
    ] {
        assert!(lines.iter().any(|(known, _)| *known == path), "{path}");
    }
}

/// One tag with everything in it: many operations, and a body with many fields and rules.
fn large() -> Document {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    for number in 0..150 {
        let name = if number == 0 { "Order".to_owned() } else { format!("Thing{number}") };
        paths.insert(format!("/things/{number}"), json!({ "put": operation(number, &name) }));
        schemas.insert(name, schema(number));
    }
    let order = &mut schemas["Order"];
    let mut rules = Vec::new();
    for number in 0..150 {
        order["properties"][format!("field{number}")] =
            json!({ "type": "string", "description": "A field.", "minLength": 1 });
        rules.push(rule(number));
    }
    order["x-validations"] = rules.into();
    let codes: Vec<Value> = (1000..1450).map(code).collect();
    let value = json!({ "source": { "page": "Errors" }, "codes": codes });
    Document {
        name: "large.yaml".to_owned(),
        value: json!({
            "openapi": "3.0.3",
            "info": { "title": "Large", "description": "A large API.", "version": "v1" },
            "servers": [{ "url": "https://large.example.com" }],
            "tags": [{ "name": "all", "description": "Everything." }],
            "x-error-catalog": "large.errors.yaml",
            "paths": paths,
            "components": { "schemas": schemas },
        }),
        error_catalog: Some(FileBeside { name: "large.errors.yaml".to_owned(), value }),
        guide: None,
        translations: Vec::new(),
    }
}

fn operation(number: usize, schema: &str) -> Value {
    let example = json!({ "summary": "Small.", "value": { "name": "a" } });
    let content = json!({ "application/json": {
        "schema": { "$ref": format!("#/components/schemas/{schema}") },
        "examples": { "small": example },
    } });
    json!({
        "operationId": format!("UpdateThing{number}"),
        "description": "Updates a thing.",
        "tags": ["all"],
        "requestBody": { "required": true, "content": content },
        "responses": { "204": { "description": "Done." } },
    })
}

fn schema(number: usize) -> Value {
    let name = json!({
        "type": "string",
        "description": "Its name.",
        "pattern": format!("^[a-z]{{1,{}}}$", number % 40 + 1),
    });
    let mode = json!({
        "title": format!("Mode{number}"),
        "type": "string",
        "description": "How it works.",
        "enum": ["fast", "slow"],
    });
    json!({
        "type": "object",
        "description": "A thing.",
        "required": ["name"],
        "properties": { "name": name, "mode": mode },
    })
}

fn rule(number: usize) -> Value {
    json!({
        "id": format!("rule-{number}"),
        "rule": format!("!has(self.field{number}) || self.field{number} != self.name"),
        "message": format!("is the name {{name}}; change field{number}"),
        "fieldPath": format!("field{number}"),
        "source": "Text.",
    })
}

fn code(number: usize) -> Value {
    json!({
        "code": format!("E.{number}"),
        "status": 400,
        "meaning": "It is wrong.",
        "advice": "Mend it.",
        "retryable": false,
    })
}
