//! The portable document of each service, compared with its source: nothing is lost, and an independent validator accepts
//! every example.

use std::collections::BTreeSet;

use codegen::load;
use conformance::repo;
use serde_json::{Map, Value, json};

/// Each service's source and its portable document, as it was generated.
fn documents() -> Vec<(Value, Value)> {
    let services = repo::services();
    assert!(!services.is_empty());
    let pair = |service: &codegen::config::Service| {
        let source = load::load(&repo::root().join(&service.document)).unwrap().value;
        let path = repo::root().join(&service.output).join("openapi.yaml");
        (source, load::load(&path).unwrap().value)
    };
    services.iter().map(pair).collect()
}

#[test]
fn both_files_say_the_same() {
    for (service, (_, portable)) in repo::services().iter().zip(documents()) {
        let path = repo::root().join(&service.output).join("openapi.json");
        let json: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(json, portable);
    }
}

/// Every field that requests or answers of an operation can have, as `CreateThing 200 things[].name`.
fn fields(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (id, operation, shared) in operations(document) {
        for parameter in shared.iter().chain(array(&operation["parameters"])) {
            let parameter = resolve(document, parameter);
            found.insert(format!("{id} {} {}", parameter["in"], parameter["name"]));
        }
        for schema in contents(document, &operation["requestBody"]) {
            walk(document, schema, &format!("{id} request "), &mut Vec::new(), &mut found);
        }
        for (status, answer) in operation["responses"].as_object().unwrap() {
            found.insert(format!("{id} {status}"));
            for schema in contents(document, answer) {
                walk(document, schema, &format!("{id} {status} "), &mut Vec::new(), &mut found);
            }
        }
    }
    found
}

fn walk<'d>(
    document: &'d Value,
    schema: &'d Value,
    path: &str,
    above: &mut Vec<*const Value>,
    found: &mut BTreeSet<String>,
) {
    let schema = resolve(document, schema);
    if above.contains(&std::ptr::from_ref(schema)) {
        return;
    }
    above.push(schema);
    found.insert(format!("{path}: {}", kind(document, schema)));
    for part in array(&schema["allOf"]) {
        walk(document, part, path, above, found);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        walk(document, property, &format!("{path}.{name}"), above, found);
    }
    for (key, sign) in [("items", "[]"), ("additionalProperties", "{}")] {
        if schema[key].is_object() {
            walk(document, &schema[key], &format!("{path}{sign}"), above, found);
        }
    }
    above.pop();
}

/// The type of a schema, or of the one that it wraps.
fn kind(document: &Value, schema: &Value) -> String {
    match (&schema["type"], array(&schema["allOf"]).next()) {
        (Value::Null, Some(part)) => kind(document, resolve(document, part)),
        (kind, _) => kind.to_string(),
    }
}

#[test]
fn every_operation_parameter_status_and_field_is_kept() {
    let mut met = 0;
    for (source, portable) in documents() {
        let (before, after) = (fields(&source), fields(&portable));
        assert!(!before.is_empty());
        met += before.len();
        let lost: Vec<&String> = before.difference(&after).collect();
        assert_eq!(lost, Vec::<&String>::new());
        // What is new are answers to failures.
        let new = after.difference(&before);
        let odd: Vec<_> = new.filter(|f| !f.contains(" default") && !f.contains(" 4XX")).collect();
        assert_eq!(odd, Vec::<&String>::new());
    }
    assert!(met > 1000, "only {met} fields were found");
}

#[test]
fn every_example_is_valid() {
    let mut checked = 0;
    for (_, portable) in documents() {
        let before = checked;
        let mut invalid = Vec::new();
        for (id, operation, _) in operations(&portable) {
            let answers = operation["responses"].as_object().unwrap().values();
            for holder in answers.chain([&operation["requestBody"]]) {
                let content = &resolve(&portable, holder)["content"];
                for media in content.as_object().into_iter().flat_map(Map::values) {
                    let validator = validator(&portable, &media["schema"]);
                    let examples = media["examples"].as_object().into_iter().flat_map(Map::values);
                    let values = examples.map(|example| &example["value"]);
                    for value in values.chain(media.get("example")) {
                        checked += 1;
                        let errors = validator.iter_errors(value);
                        invalid.extend(errors.map(|error| format!("{id}: {error}")));
                    }
                }
            }
        }
        assert!(checked > before, "a document without examples");
        assert_eq!(invalid, Vec::<String>::new());
    }
    assert!(checked > 150, "only {checked} examples were found");
}

/// Strict about requests: a payload that breaks a bound is not valid, so that the test above can fail.
#[test]
fn bounds_of_requests_are_enforced() {
    let (_, portable) = documents().remove(0);
    let schema = json!({ "$ref": "#/components/schemas/CreateInstanceBody" });
    let validator = validator(&portable, &schema);
    assert!(!validator.is_valid(&json!({ "name": "abc" })));
}

#[test]
fn requests_have_no_defaults_and_answers_no_bounds() {
    let bounds =
        ["minLength", "maxLength", "pattern", "minimum", "maximum", "minItems", "maxItems", "enum"];
    for (_, portable) in documents() {
        for (id, operation, shared) in operations(&portable) {
            for parameter in shared.iter().chain(array(&operation["parameters"])) {
                let schema = &resolve(&portable, parameter)["schema"];
                none_of(&portable, schema, &["default"], &id, &mut BTreeSet::new());
            }
            for schema in contents(&portable, &operation["requestBody"]) {
                none_of(&portable, schema, &["default"], &id, &mut BTreeSet::new());
            }
            for answer in operation["responses"].as_object().unwrap().values() {
                for schema in contents(&portable, answer) {
                    none_of(&portable, schema, &bounds, &id, &mut BTreeSet::new());
                }
            }
        }
    }
}

/// No schema that is reached has one of some keywords.
fn none_of<'d>(
    document: &'d Value,
    schema: &'d Value,
    keywords: &[&str],
    id: &str,
    seen: &mut BTreeSet<*const Value>,
) {
    let schema = resolve(document, schema);
    if !seen.insert(schema) {
        return;
    }
    for keyword in keywords {
        assert!(schema.get(*keyword).is_none(), "{id}: `{keyword}` in {schema}");
    }
    let properties = schema["properties"].as_object().into_iter().flat_map(Map::values);
    let inner = ["items", "additionalProperties"].iter().filter_map(|key| schema.get(*key));
    for part in properties.chain(inner).chain(array(&schema["allOf"])) {
        none_of(document, part, keywords, id, seen);
    }
}

/// All operations with their ids and the parameters of their paths.
/// Every object of a document whose keys are keywords and not names of properties.
fn objects(value: &Value) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut open = vec![(value, false)];
    while let Some((value, is_names)) = open.pop() {
        match value {
            Value::Object(map) => {
                found.extend((!is_names).then_some(map));
                let inner = |(key, value)| (value, !is_names && key == "properties");
                open.extend(map.iter().map(inner));
            }
            Value::Array(list) => open.extend(list.iter().map(|value| (value, false))),
            _ => {}
        }
    }
    found
}

/// Redoc and Scalar read the one extension, generators the other.
#[test]
fn closed_values_have_their_meanings_in_both_forms() {
    let mut count = 0;
    for (_, portable) in documents() {
        for schema in objects(&portable) {
            let Some(Value::Array(meanings)) = schema.get("x-enum-descriptions") else { continue };
            let Some(Value::Array(values)) = schema.get("enum") else { continue };
            let name = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
            let expected: Map<String, Value> =
                values.iter().map(name).zip(meanings.iter().cloned()).collect();
            assert_eq!(schema.get("x-enumDescriptions"), Some(&Value::Object(expected)));
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
}

#[test]
fn contradictions_of_sources_are_nothing_for_other_tools() {
    for (source, portable) in documents() {
        let has = |document: &Value| {
            objects(document).iter().filter(|object| object.contains_key("x-errata")).count()
        };
        assert_eq!(has(&portable), 0, "{}", portable["info"]["title"]);
        // So the walk would find one.
        assert!(has(&source) > 0, "{}", source["info"]["title"]);
    }
}

#[test]
fn every_operation_says_how_it_fails() {
    for (_, portable) in documents() {
        let operations = operations(&portable);
        assert!(!operations.is_empty());
        for (id, operation, _) in operations {
            let answers = operation["responses"].as_object().unwrap();
            let fails = |status: &String| status == "default" || status.starts_with('4');
            assert!(answers.keys().any(fails), "{id} has no answer for a failure");
        }
    }
}

fn operations(document: &Value) -> Vec<(String, &Value, Vec<Value>)> {
    let mut found = Vec::new();
    for path in document["paths"].as_object().unwrap().values() {
        let shared: Vec<Value> = array(&path["parameters"]).cloned().collect();
        for operation in
            path.as_object().unwrap().values().filter(|o| o.get("operationId").is_some())
        {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            found.push((id, operation, shared.clone()));
        }
    }
    found
}

fn contents<'d>(document: &'d Value, holder: &'d Value) -> Vec<&'d Value> {
    let content = resolve(document, holder)["content"].as_object();
    content.into_iter().flat_map(Map::values).map(|media| &media["schema"]).collect()
}

fn resolve<'d>(document: &'d Value, value: &'d Value) -> &'d Value {
    match value["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => value,
    }
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A validator of a schema with all components. OpenAPI 3.0 is JSON Schema of draft 4, plus `nullable`.
fn validator(document: &Value, schema: &Value) -> jsonschema::Validator {
    let mut whole = json!({ "allOf": [schema], "components": document["components"] });
    nullable(&mut whole);
    jsonschema::draft4::options().should_validate_formats(true).build(&whole).unwrap()
}

fn nullable(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(nullable),
        Value::Object(object) => {
            if object.get("nullable") == Some(&Value::Bool(true)) {
                let kind = object.get("type").cloned();
                object.extend(kind.map(|kind| ("type".to_owned(), json!([kind, "null"]))));
            }
            object.values_mut().for_each(nullable);
        }
        _ => {}
    }
}
