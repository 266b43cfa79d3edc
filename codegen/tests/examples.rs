//! The examples: payloads that are what the document says, scripts that the shell understands,
//! programs that parse.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use codegen::{
    emit::examples,
    model::{Api, Example, Operation},
};
use serde_json::{Value, json};

mod library;

#[test]
fn files_read_like_this() {
    let files = library::files(&library::api());
    for (path, text) in files.texts().filter(|(path, _)| !path.starts_with("docs/")) {
        insta::assert_snapshot!(path.replace('/', "__"), text);
    }
}

#[test]
fn payloads_decode_to_the_examples_of_the_document() {
    let api = library::api();
    let files = library::files(&api);
    let everything = "examples/add-book/everything.json";
    let decoded: Value = serde_json::from_str(files.get(everything).unwrap()).unwrap();
    let example = &add_book(&api).body.as_ref().unwrap().examples[1];
    assert_eq!(decoded.to_string(), example.value.to_string(), "order counts as well");
    let payloads = files.texts().filter(|(path, _)| path.ends_with(".json"));
    for (path, text) in payloads {
        assert!(serde_json::from_str::<Value>(text).is_ok(), "{path}");
    }
}

#[test]
fn scripts_are_valid_shell() {
    let files = library::files(&library::api());
    let mut count = 0;
    for (path, text) in files.texts().filter(|(path, _)| path.ends_with(".sh")) {
        count += 1;
        let output = shell(&["-n"], text, &[]);
        assert!(output.status.success(), "{path}: {output:?}");
    }
    assert_eq!(count, 4);
}

#[test]
fn scripts_hand_the_documented_values_to_curl() {
    let files = library::files(&library::api());
    let environment = [
        ("HUAWEICLOUD_SDK_ENDPOINT", "https://e"),
        ("HUAWEICLOUD_SDK_PROJECT_ID", "p"),
        ("HUAWEICLOUD_SDK_AUTH_TOKEN", "t $x"),
        ("SHELF", "s"),
        ("PARAMETER_PATH", "b"),
        ("EDITION", "2"),
    ];
    let mut shown = String::new();
    for (path, text) in files.texts().filter(|(path, _)| path.ends_with(".sh")) {
        let script = format!("curl() {{ printf '[%s]\\n' \"$@\"; }}\n{text}");
        let output = shell(&[], &script, &environment);
        assert!(output.status.success(), "{path}: {output:?}");
        shown.push_str(&format!("{path}\n{}\n", String::from_utf8(output.stdout).unwrap()));
    }
    insta::assert_snapshot!("arguments_of_curl", shown);
}

#[test]
fn a_script_names_the_variable_that_is_missing() {
    let files = library::files(&library::api());
    let text = files.get("examples/remove-book/call.sh").unwrap();
    let output =
        shell(&[], text, &[("HUAWEICLOUD_SDK_ENDPOINT", "e"), ("HUAWEICLOUD_SDK_PROJECT_ID", "p")]);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("PARAMETER_PATH: set it to the path, such as b1"), "{said}");
}

#[test]
fn a_body_can_be_had_as_an_expression() {
    let api = library::api();
    let operation = add_book(&api);
    let example = &operation.body.as_ref().unwrap().examples[0];
    let tokens = examples::request_expression(&api, operation, example).unwrap();
    let shown = tokens.to_string();
    assert!(shown.starts_with("Book :: new (\"It's"), "{shown}");
    let list = api.operations.iter().find(|operation| operation.body.is_none()).unwrap();
    let error = examples::request_expression(&api, list, example).unwrap_err();
    assert_eq!(error.to_string(), "ListBooks: no request body");
}

#[test]
fn a_value_that_does_not_fit_is_an_error_with_its_place() {
    let cases: &[(&str, Value, &str)] = &[
        ("title", json!(1), "example value at `title`: 1 is not a string"),
        ("genre", json!("x"), "example value at `genre`: \"x\" is not a value of `Genre`"),
        ("price", json!("2"), "example value at `price`: \"2\" is not a number"),
        (
            "pages",
            json!(3_000_000_000_u64),
            "example value at `pages`: 3000000000 is not an integer of 32 bits",
        ),
        ("lent", json!("no"), "example value at `lent`: \"no\" is not a boolean"),
        ("authors", json!([{}]), "example value: `authors[0].name` is missing"),
        ("authors", json!({}), "example value at `authors`: {} is not an array"),
        ("labels", json!({"a": 1}), "example value at `labels.a`: 1 is not a string"),
        ("labels", json!(null), "example value at `labels`: null is not an object"),
        ("color", json!(1), "example value: `Book` has no field `color`"),
    ];
    let api = library::api();
    for (field, value, message) in cases {
        let mut example = smallest(&api);
        example.value[*field] = value.clone();
        let error = examples::request_expression(&api, add_book(&api), &example).unwrap_err();
        assert_eq!(error.to_string(), format!("AddBook: example `smallest`: {message}"));
    }
}

fn smallest(api: &Api) -> Example {
    add_book(api).body.as_ref().unwrap().examples[0].clone()
}

fn add_book(api: &Api) -> &Operation {
    api.operations.iter().find(|operation| operation.name.wire == "AddBook").unwrap()
}

/// Runs a script from its text.
fn shell(options: &[&str], script: &str, environment: &[(&str, &str)]) -> Output {
    let mut child = Command::new("sh")
        .args(options)
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}
