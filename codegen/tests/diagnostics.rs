//! Every kind of problem has a document that has it: `rejected/CODE.yaml` or `rejected/CODE-….yaml`.
//! A document with everything that is supported has none; and no document at all makes it panic.

use std::{collections::BTreeSet, path::Path};

use codegen::{
    diagnostic::Diagnostic,
    load::{self, Document},
    validate::{CODES, validate},
};
use proptest::prelude::*;
use serde_json::{Value, json};

const ACCEPTED: &str = include_str!("accepted.yaml");

fn problems(path: &Path) -> Vec<Diagnostic> {
    match load::load(path) {
        Ok(document) => validate(&document),
        Err(problem) => vec![problem],
    }
}

fn lines(problems: &[Diagnostic]) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

#[test]
fn rejected() {
    insta::glob!("rejected/*.yaml", |path| {
        let problems = problems(path);
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(problems.iter().any(|p| name.starts_with(p.code)), "{name} lacks its own problem");
        insta::assert_snapshot!("rejected", lines(&problems));
    });
}

#[test]
fn every_code_has_a_rejected_document() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rejected");
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            found.extend(CODES.iter().filter(|code| name.starts_with(**code)).copied());
        }
    }
    assert_eq!(found.into_iter().collect::<Vec<_>>(), CODES, "in alphabetical order");
}

#[test]
fn accepted() {
    let document = load::parse("accepted.yaml", ACCEPTED).unwrap();
    assert_eq!(lines(&validate(&document)), "");
    document.open_api().unwrap();
}

#[test]
fn odd_documents() {
    let cases = [
        ("null", "#: the document must be an object, not null [wrong-type]\n"),
        ("[]", "#: the document must be an object, not an array [wrong-type]\n"),
        (
            "{openapi: 3.0.3, info: {title: A, version: v1}, paths: 3}",
            "#/paths: paths must be an object, not a number [wrong-type]\n",
        ),
        (
            "{openapi: null, info: null, paths: null, components: null}",
            "#/components: components must be an object, not null [wrong-type]\n\
             #/info: info must be an object, not null [wrong-type]\n\
             #/openapi: `openapi` must be a string, not null [wrong-type]\n\
             #/paths: paths must be an object, not null [wrong-type]\n",
        ),
        (
            "{}",
            "#: the document needs `info`; add it [missing-keyword]\n\
             #: the document needs `openapi`; add it [missing-keyword]\n\
             #: the document needs `paths`; add it [missing-keyword]\n",
        ),
    ];
    for (text, expected) in cases {
        let document = load::parse("odd.yaml", text).unwrap();
        assert_eq!(lines(&validate(&document)), expected, "{text}");
    }
}

#[test]
fn deep_documents() {
    let head =
        "{openapi: 3.0.3, info: {title: A, version: v1}, paths: {}, components: {schemas: {A: ";
    for (open, close) in [("{items: ", "}"), ("{allOf: [", "]}"), ("{default: [", "]}"), ("[", "]")]
    {
        for depth in [40, 100, 1000] {
            let text = format!("{head}{}{{}}{}}}}}}}", open.repeat(depth), close.repeat(depth));
            if let Ok(document) = load::parse("deep.yaml", &text) {
                assert!(!validate(&document).is_empty());
            }
        }
    }
}

/// 10 MB of one piece after another, around a document's head.
#[test]
fn nonsense() {
    const SIZE: usize = 10_000_000;
    let head = "openapi: 3.0.3\ninfo: { title: A, version: v1 }\npaths: {}\n";
    let numbered = |piece: &dyn Fn(usize) -> String| {
        let mut text = head.to_owned();
        let mut i = 0;
        while text.len() < SIZE {
            text.push_str(&piece(i));
            i += 1;
        }
        text
    };
    let texts = [
        "lorem ipsum ".repeat(SIZE / 12),
        "lorem: [ipsum, {dolor: ".repeat(SIZE / 23),
        numbered(&|i| format!("opneapi{i}: {{ a: [1, 2], b: null }}\n")),
        numbered(&|i| {
            if i == 0 {
                "components:\n  schemas:\n".into()
            } else {
                format!(
                    "    A{i}: {{ allOf: [ {{ $ref: \"#/components/schemas/A{}\" }} ], maxLenght: 1 }}\n",
                    i + 1
                )
            }
        }),
        numbered(&|i| {
            if i == 0 {
                "components:\n  schemas:\n    A:\n      enum:\n".into()
            } else {
                format!("        - {{ a: [{i}] }}\n")
            }
        }),
        numbered(&|i| {
            if i == 0 {
                "components:\n  schemas:\n    A:\n      properties: { a: {}, b: {} }\n      uniqueItems: true\n      example:\n".into()
            } else {
                format!("        key{i}: [{i}, {i}]\n")
            }
        }),
    ];
    for (i, text) in texts.iter().enumerate() {
        let problems = match load::parse("nonsense.yaml", text) {
            Ok(document) => validate(&document),
            Err(problem) => vec![problem],
        };
        assert!(!problems.is_empty(), "text {i}");
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
        let document = Document { name: "mutated".to_owned(), value };
        let problems = validate(&document);
        prop_assert!(problems.is_sorted(), "sorted");
        // Whatever passes is what the typed view can read.
        if problems.is_empty() {
            prop_assert!(document.open_api().is_ok(), "{:?}", document.open_api().err());
        }
    }

    #[test]
    fn any_json_never_panics(value in any_json()) {
        let document = Document { name: "any".to_owned(), value: value.clone() };
        prop_assert!(!validate(&document).is_empty());
        let value = json!({
            "openapi": "3.0.3",
            "info": { "title": "A", "version": "v1" },
            "paths": {},
            "components": { "schemas": { "Tree": value, "Name": { "type": "string", "description": "A." } } }
        });
        let document = Document { name: "schema".to_owned(), value };
        prop_assert!(!validate(&document).is_empty());
    }
}
