//! Every kind of problem has a document that has it: `rejected/CODE.yaml` or `rejected/CODE-….yaml`.
//! A document with everything that is supported has none; no nonsense makes it panic.

use std::{collections::BTreeSet, path::Path};

use codegen::{
    diagnostic::Diagnostic,
    load,
    validate::{CODES, validate},
};

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
        // Files are named by the path that a document was read from: on each machine another.
        let folder = format!("{}/", path.parent().unwrap().display());
        insta::assert_snapshot!("rejected", lines(&problems).replace(&folder, ""));
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
