//! One small document a feature: the model that it gives, and the text of each kind that is made
//! of it. A new case is a new file in `cases/`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests may fail the test")]

use std::path::Path;

use codegen::{config::Service, diagnostic::Diagnostic, load, output::FileSet};

fn service() -> Service {
    Service {
        document: "spec/case.yaml".to_owned(),
        package: "case-client".to_owned(),
        output: "generated".to_owned(),
        version: "1.2.3".to_owned(),
        keywords: vec!["case".to_owned()],
        server: false,
        draft: false,
        notes: Default::default(),
    }
}

fn lines(problems: &[Diagnostic]) -> String {
    problems.iter().map(|problem| format!("{problem}\n")).collect()
}

fn generate(name: &str) -> FileSet {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cases/{name}.yaml"));
    let document = load::load(&path).unwrap();
    codegen::generate(&document, &service()).unwrap_or_else(|error| match error {
        codegen::Error::Document(problems) => panic!("{name}:\n{}", lines(&problems)),
        other => panic!("{name}: {other}"),
    })
}

#[test]
fn models() {
    insta::glob!("cases/*.yaml", |path| {
        let document = load::load(path).unwrap();
        let api =
            codegen::model(&document).unwrap_or_else(|problems| panic!("{}", lines(&problems)));
        insta::assert_snapshot!("model", codegen::dump(&api).unwrap());
    });
}

/// The kinds of emitted text, each from the case that shows it best.
const CHOSEN: &[(&str, &str)] = &[
    ("scalars", "client/src/shared/types.rs"),
    ("scalars", "client/src/shared/checks.rs"),
    ("parameters", "client/src/shared/calls.rs"),
    ("parameters", "client/src/shared/requests.rs"),
    ("array_body", "client/src/shared/calls.rs"),
    ("maps", "client/src/shared/types.rs"),
    ("maps", "client/src/shared/checks.rs"),
    ("recursion", "client/src/shared/types.rs"),
    ("nullable", "client/src/shared/types.rs"),
    ("nullable", "client/src/shared/checks.rs"),
    ("all_of", "client/src/shared/types.rs"),
    ("no_body", "client/src/shared/calls.rs"),
    ("optional_body", "client/src/shared/calls.rs"),
    ("optional_body", "client/src/shared/requests.rs"),
    ("enums", "client/src/shared/values.rs"),
    ("names", "client/src/shared/types.rs"),
    ("secrets", "client/src/shared/calls.rs"),
    ("secrets", "client/src/shared/checks.rs"),
    ("operations", "client/src/shops/calls.rs"),
    ("media_types", "client/src/shared/requests.rs"),
    ("media_types", "examples/change-tree/example.sh"),
    ("operations", "client/src/client.rs"),
    ("operations", "client/src/lib.rs"),
    ("operations", "client/Cargo.toml"),
    ("client_parameter", "client/src/shared/calls.rs"),
    ("rules", "client/src/shared/checks.rs"),
    ("rules", "docs/operations/order.md"),
    ("clashes", "client/src/shared/requests.rs"),
    ("clashes", "client/src/shared/calls.rs"),
    ("pagination", "client/src/old_trees/calls.rs"),
    ("pagination", "client/src/names/calls.rs"),
    ("pagination", "client/src/names/types.rs"),
    ("markers", "client/src/shared/calls.rs"),
    ("origins", "docs/operations/list-things.md"),
    ("origins", "docs/schemas/answer.md"),
    ("error_catalog", "client/src/errors.rs"),
    ("error_catalog", "client/src/client.rs"),
    ("error_catalog", "docs/error-codes.md"),
    ("error_catalog", "docs/README.md"),
    ("waiting", "client/src/tag_default/waiters.rs"),
    ("waiting", "client/src/lists/waiters.rs"),
    ("waiting", "client/src/orders/ensure.rs"),
    ("waiting", "client/src/lib.rs"),
    ("waiting", "client/Cargo.toml"),
    ("waiting", "client/README.md"),
    ("waiting", "client/src/orders/requests.rs"),
    ("waiting", "client/tests/payloads.rs"),
    ("answers", "client/src/shared/calls.rs"),
    ("answers", "client/src/shared/checks.rs"),
    ("answers", "client/tests/payloads.rs"),
    ("answers", "client/tests/payloads/shared.rs"),
    ("files", "client/src/shared/calls.rs"),
    ("files", "client/src/shared/types.rs"),
    ("files", "client/src/shared/requests.rs"),
    ("files", "docs/operations/upload-package.md"),
    ("files", "examples/upload-package/whole.sh"),
    ("others", "client/src/shared/types.rs"),
    ("others", "client/src/shared/checks.rs"),
    ("others", "docs/operations/set-thing.md"),
    ("words", "client/src/shared/types.rs"),
    ("scalars", "client/README.md"),
    ("guide", "client/README.md"),
    ("scalars", "manifest.json"),
    ("shared_calls", "client/src/shared/requests.rs"),
    ("shared_calls", "docs/operations/delete-public-zone.md"),
    ("shared_calls", "openapi.yaml"),
];

#[test]
fn texts() {
    for (case, path) in CHOSEN {
        let files = generate(case);
        let paths = || files.paths().collect::<Vec<_>>().join("\n");
        let text = files.get(path).unwrap_or_else(|| panic!("{case} has no {path}:\n{}", paths()));
        let name = format!("{case}-{}", path.replace(['/', '.'], "_"));
        insta::assert_snapshot!(name, text);
    }
}

/// The same document gives the same bytes.
#[test]
fn generation_is_deterministic() {
    for case in ["enums", "operations", "parameters"] {
        let (first, second) = (generate(case), generate(case));
        assert!(first.texts().eq(second.texts()), "{case}");
    }
}

#[test]
fn an_example_of_a_shared_answer_is_written_once() {
    let files = generate("shared_answers");
    let examples = files.paths().filter(|path| path.contains("response-400"));
    assert_eq!(
        examples.collect::<Vec<_>>(),
        ["examples/list-trees/response-400-no-such-tree.json"]
    );
}

/// A server knows a request by method and path alone.
#[test]
fn no_server_has_two_operations_of_one_call() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/shared_calls.yaml");
    let document = load::load(&path).unwrap();
    let error = codegen::generate(&document, &Service { server: true, ..service() }).err().unwrap();
    assert_eq!(
        error.to_string(),
        "CreatePrivateZone and CreatePublicZone are both POST /zones, and a server cannot tell which is meant; \
         take `server: true` out"
    );
}
