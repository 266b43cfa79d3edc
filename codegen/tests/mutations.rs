//! No document makes the generator panic, and whatever validation lets through is generated whole.

use codegen::{
    config::Service,
    load::{self, Document},
    validate::validate,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const ACCEPTED: &str = include_str!("accepted.yaml");

fn service() -> Service {
    Service {
        document: "accepted.yaml".to_owned(),
        package: "accepted".to_owned(),
        output: "generated".to_owned(),
        version: "0.1.0".to_owned(),
        keywords: Vec::new(),
        server: false,
        draft: false,
        notes: Default::default(),
    }
}

/// Any JSON, among it what might pass for parts of a document.
fn any_json() -> impl Strategy<Value = Value> {
    let words = [
        "",
        "a",
        "string",
        "integer",
        "object",
        "array",
        "path",
        "#/components/schemas/Tree",
        "#",
        "#/components/schemas/Name",
        "^(a",
        "password",
        "{id}",
        "200",
        "3.0.3",
        "-1",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        proptest::sample::select(words.to_vec()).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    let keys = proptest::sample::select(
        [
            "$ref",
            "type",
            "allOf",
            "properties",
            "items",
            "enum",
            "required",
            "schema",
            "content",
            "example",
            "additionalProperties",
            "x-errata",
            "application/json",
            "a",
        ]
        .as_slice(),
    );
    leaf.prop_recursive(3, 12, 4, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((keys.clone(), inner), 0..4).prop_map(|entries| {
                entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
            }),
        ]
    })
}

/// All nodes below a value, as pointers of RFC 6901.
fn nodes(value: &Value, at: &str, found: &mut Vec<String>) {
    let mut child = |key: &str, value: &Value| {
        let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
        nodes(value, &at, found);
        found.push(at);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| child(key, value)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, value)| child(&i.to_string(), value));
        }
        _ => {}
    }
}

/// Replaces a node, or removes it when there is nothing to put there.
fn mutate(document: &mut Value, at: &str, with: Option<Value>) {
    let Some((parent, key)) = at.rsplit_once('/') else { return };
    match (document.pointer_mut(parent), with) {
        (Some(Value::Object(map)), None) => {
            map.shift_remove(&key.replace("~1", "/").replace("~0", "~"));
        }
        (Some(Value::Array(list)), None) => {
            let _ = key.parse().map(|i: usize| list.remove(i));
        }
        (_, Some(value)) => {
            if let Some(node) = document.pointer_mut(at) {
                *node = value;
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn mutated_documents_never_panic(
        changes in proptest::collection::vec(
            (any::<prop::sample::Index>(), proptest::option::of(any_json())),
            1..4,
        ),
    ) {
        let mut value = load::parse("accepted.yaml", ACCEPTED).unwrap().value;
        for (index, with) in changes {
            let mut all = Vec::new();
            nodes(&value, "", &mut all);
            if !all.is_empty() {
                mutate(&mut value, index.get::<String>(&all), with);
            }
        }
        let document = Document { name: "mutated".to_owned(), error_catalog: None, guide: None, translations: Vec::new(), value };
        let problems = validate(&document);
        prop_assert!(problems.is_sorted(), "sorted");
        // Whatever passes is generated whole: nothing later panics or gives up.
        if problems.is_empty() {
            let result = codegen::generate(&document, &service());
            prop_assert!(result.is_ok(), "{}", result.err().unwrap());
        }
    }

    /// One small change mostly leaves a document valid; then it is generated, whatever it says now.
    #[test]
    fn slightly_changed_documents_are_generated(
        index in any::<prop::sample::Index>(),
        with in prop_oneof![
            Just(None),
            any::<bool>().prop_map(|b| Some(Value::from(b))),
            (-3_i64..300).prop_map(|n| Some(Value::from(n))),
            "[a-zA-Z_]{1,8}|[ -~]{0,6}|[^a]{0,3}".prop_map(|text| Some(Value::from(text))),
        ],
    ) {
        let mut value = load::parse("accepted.yaml", ACCEPTED).unwrap().value;
        let mut all = Vec::new();
        nodes(&value, "", &mut all);
        mutate(&mut value, index.get::<String>(&all), with);
        let document = Document { name: "changed".to_owned(), error_catalog: None, guide: None, translations: Vec::new(), value };
        if validate(&document).is_empty() {
            let result = codegen::generate(&document, &service());
            prop_assert!(result.is_ok(), "{}", result.err().unwrap());
        }
    }

    #[test]
    fn any_json_never_panics(value in any_json()) {
        let document = Document { name: "any".to_owned(), error_catalog: None, guide: None, translations: Vec::new(), value: value.clone() };
        prop_assert!(!validate(&document).is_empty());
        let value = json!({
            "openapi": "3.0.3",
            "info": { "title": "A", "version": "v1" },
            "paths": {},
            "components": { "schemas": { "Tree": value, "Name": { "type": "string", "description": "A." } } }
        });
        let document = Document { name: "schema".to_owned(), error_catalog: None, guide: None, translations: Vec::new(), value };
        prop_assert!(!validate(&document).is_empty());
    }
}
