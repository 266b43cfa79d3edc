//! Examples: those that fit are attached, all others are findings.

use serde_json::json;
use transcribe::facts::{Constraints, Page, Place, Row};

use crate::builders::{
    answer, answer_example, at, findings, link, page, request, request_example, resolve, row,
    schema, table, text,
};

const ADD: &str = "/paths/~1v2~1{project_id}~1addbook/post";

/// A page whose request has these rows, and one example.
fn with(rows: Vec<Row>, body: &str) -> Page {
    let mut page = page("AddBook");
    page.tables.push(request("Book", rows));
    page.examples.push(request_example(None, Some(body)));
    page
}

/// The findings of such a page.
fn found(rows: Vec<Row>, body: &str) -> Vec<String> {
    findings(&resolve(&[with(rows, body)]))
}

fn limited(name: &str, kind: &str, constraints: Constraints) -> Row {
    Row { constraints, ..row(name, Some(false), kind) }
}

#[test]
fn examples_that_fit_are_attached_under_numbers() {
    let mut page = with(vec![row("name", Some(true), "String")], r#"{"name": "a"}"#);
    page.examples.push(request_example(None, Some(r#"{"name": 1}"#)));
    page.examples.push(request_example(None, Some(r#"{"name": "c"}"#)));
    page.tables.push(answer(200, "Added", vec![row("id", None, "Integer")]));
    page.examples.push(answer_example(None, r#"{"id": 1}"#));
    let made = resolve(&[page]);
    let examples = |at_body: &str| {
        at(&made, &format!("{ADD}/{at_body}/content/application~1json"))["examples"].clone()
    };
    assert_eq!(
        examples("requestBody"),
        json!({
            "request-1": {"summary": "Request, 1", "value": {"name": "a"}},
            "request-3": {"summary": "Request, 3", "value": {"name": "c"}},
        })
    );
    assert_eq!(
        examples("responses/200"),
        json!({"response-200": {"summary": "Answer 200", "value": {"id": 1}}})
    );
}

#[test]
fn types_keys_and_required_fields() {
    let tag = schema("request_Tag", vec![row("key", Some(true), "String")]);
    let rows = vec![
        row("name", Some(true), "String"),
        link("tags", Some(false), "Array of Tag objects", "request_Tag"),
        row("count", Some(false), "Integer"),
        row("note", Some(false), "String"),
        row("sizes", Some(false), "Array of integers"),
    ];
    let body = r#"{
        "tags": [{"key": 1}, {"key": 2}, {}, "x"],
        "count": 4102444800000,
        "note": null,
        "sizes": [1, "2", 1.5],
        "nmae": "a"
    }"#;
    let mut page = with(rows, body);
    page.tables.push(tag);
    let made = resolve(&[page]);
    assert_eq!(
        findings(&made),
        [
            "example-key nmae: table=No row `nmae`. example=Has the key `nmae`.",
            "example-type count: table=Integer. example=Number 4102444800000, beyond 32 bits.",
            "example-required name: table=Required. example=Left out.",
            "example-null note: table=String. example=Null.",
            "example-type sizes: table=Array of integers. example=String `2`; Number 1.5.",
            "example-type tags: table=Array of Tag objects. example=String `x`.",
            "example-required key: table=Required. example=Left out.",
            "example-type key: table=String. example=Number 1; Number 2.",
        ]
    );
    assert_eq!(made.findings[0].pointer.to_string(), "#/components/schemas/Book");
    assert_eq!(made.findings[7].pointer.to_string(), "#/components/schemas/Tag/properties/key");
    assert_eq!(made.findings[7].at.line, 70);
    assert!(
        at(&made, &format!("{ADD}/requestBody/content/application~1json"))
            .get("examples")
            .is_none()
    );
}

#[test]
fn values_bounds_lengths_and_forms() {
    let some = |text: &str| Some(text.to_owned());
    let mode = Constraints { values: vec!["a".to_owned()], ..Constraints::default() };
    let count = Constraints { maximum: some("9"), ..Constraints::default() };
    let name = Constraints { max_length: some("2"), ..Constraints::default() };
    let list = Constraints { min_length: some("2"), ..Constraints::default() };
    let words = list.clone();
    let rows = vec![
        limited("mode", "String", mode),
        limited("count", "Integer", count),
        limited("name", "String", name),
        limited("list", "Array of integers", list),
        limited("words", "Array of strings", words),
        text("days", "Integer", "取值范围：2-9"),
        text("begin", "String", "格式为HH:mm"),
        text("word", "String", "长度为2-9"),
    ];
    let body = r#"{"mode": "b", "count": 10, "name": "abc", "list": [1], "words": ["a"], "days": 1,
        "begin": "6:00", "word": ""}"#;
    assert_eq!(
        found(rows, body),
        [
            "example-format begin: text=Form `^([01][0-9]|2[0-3]):[0-5][0-9]$`. example=String `6:00`.",
            "example-value count: table=Maximum 9. example=Number 10.",
            "example-value days: text=Minimum 2. example=Number 1.",
            "example-length list: table=Minimum number of items 2. example=Number of items 1.",
            "example-value mode: table=Values `a`. example=String `b`.",
            "example-length name: table=Maximum length 2. example=String `abc`.",
            "example-length word: text=Minimum length 2. example=Empty string.",
            "example-length words: table=Minimum length 2. example=String `a`.",
        ]
    );
}

#[test]
fn an_example_of_something_else_is_one_finding() {
    let rows = vec![row("name", Some(false), "String"), row("count", Some(false), "Integer")];
    assert_eq!(
        found(rows, r#"{"id": 1, "tags": []}"#),
        ["example-shape Book: table=`name`, `count`. example=`id`, `tags`."]
    );
}

#[test]
fn bodies_that_are_missing_too_many_or_no_json() {
    let name = || vec![row("name", Some(true), "String")];
    assert_eq!(
        found(name(), "{\n  \"name\": \"a\",\n}"),
        ["example-json request: example=No JSON from line 3, column 1 of the body."]
    );
    assert_eq!(found(name(), "null"), [""; 0]);
    let mut page = crate::builders::page("AddBook");
    page.examples.push(request_example(None, Some("null")));
    page.examples.push(answer_example(Some(200), "null"));
    assert_eq!(findings(&resolve(&[page])), [""; 0]);
    let mut page = with(name(), "{}");
    page.examples = vec![request_example(None, None)];
    assert_eq!(
        findings(&resolve(&[page])),
        ["example-body request: table=A body with required fields. example=No body."]
    );
    let mut page = crate::builders::page("AddBook");
    page.examples.push(answer_example(Some(200), "{}"));
    page.examples.push(answer_example(Some(404), "{}"));
    assert_eq!(
        findings(&resolve(&[page])),
        ["example-body body: table=No body. example=A body of 200; A body of 404."]
    );
}

#[test]
fn an_answer_is_not_asked_for_what_a_request_needs() {
    let mut page = with(vec![row("name", Some(true), "String")], r#"{"name": "a"}"#);
    page.tables.push(answer(200, "Book", vec![row("name", None, "String")]));
    page.examples.push(answer_example(Some(200), "{}"));
    let made = resolve(&[page]);
    assert_eq!(findings(&made), Vec::<String>::new());
    // Yet it does not fit the schema that both share.
    let media = at(&made, &format!("{ADD}/responses/200/content/application~1json"));
    assert!(media.get("examples").is_none());
}

#[test]
fn secrets_are_neither_shown_nor_kept() {
    let length = Constraints { max_length: Some("4".to_owned()), ..Constraints::default() };
    let body = r#"{"password": "whatever"}"#;
    assert_eq!(
        found(vec![limited("password", "String", length)], body),
        ["example-length password: table=Maximum length 4. example=String of 8 characters."]
    );
    let made = resolve(&[with(vec![row("password", Some(true), "String")], body)]);
    assert_eq!(
        at(&made, &format!("{ADD}/requestBody/content/application~1json"))["examples"]["request"]["value"],
        json!({"password": "Example-Passw0rd"})
    );
    // No substitute fits here, so that the example is left out.
    let length = Constraints { max_length: Some("9".to_owned()), ..Constraints::default() };
    let made = resolve(&[with(vec![limited("password", "String", length)], body)]);
    assert_eq!(findings(&made), Vec::<String>::new());
    assert!(!made.document.to_string().contains("whatever"));
}

#[test]
fn the_request_line_is_compared_with_page_and_parameters() {
    let line = |method: &str, url: &str| {
        let mut page = page("AddBook");
        let limit = Constraints { maximum: Some("9".to_owned()), ..Constraints::default() };
        let rows = vec![
            limited("limit", "Integer", limit),
            row("kind", Some(true), "String"),
            row("ids", Some(false), "Array of integers"),
        ];
        page.tables.push(table(Place::QueryParameters, None, rows));
        page.examples.push(request_example(Some((method, url)), None));
        resolve(&[page])
    };
    let fine = "https://{endpoint}/v2/{project_id}/addbook?limit=9&kind={kind}&ids=1&ids=2";
    assert_eq!(findings(&line("POST", fine)), Vec::<String>::new());
    let made = line("PUT", "https://host/v2/01/addbook?limit=10&Kind=a&ids=x");
    assert_eq!(
        findings(&made),
        [
            "example-path path: table=`POST /v2/{project_id}/addbook`. example=Method PUT.",
            "example-query Kind: table=No row `Kind`. example=Has the parameter `Kind`.",
            "example-value limit: table=Maximum 9. example=Number 10.",
            "example-required kind: table=Required. example=Left out.",
            "example-type ids: table=Array of integers. example=String `x`.",
        ]
    );
    assert_eq!(made.findings[2].pointer.to_string(), format!("#{ADD}/parameters/1"));
    assert_eq!(
        findings(&line("POST", "https://host/v2/01/add?kind=a")),
        ["example-path path: table=`POST /v2/{project_id}/addbook`. example=`POST /v2/01/add`."]
    );
}

#[test]
fn a_body_that_is_a_word_for_nothing_is_evidence_of_nothing() {
    for word in [
        "null",
        "NULL",
        "null;",
        "None",
        "nil",
        "undefined",
        "N/A",
        "-",
        "无",
        "（无）",
        "空",
        "不涉及",
        "\"\"",
    ] {
        let mut page = page("AddBook");
        page.tables.push(request("Book", vec![row("name", Some(true), "String")]));
        page.tables.push(answer(200, "Shelf", vec![row("id", None, "String")]));
        page.examples.push(request_example(None, Some(word)));
        page.examples.push(answer_example(Some(200), word));
        let made = resolve(&[page]);
        assert_eq!(findings(&made), [] as [&str; 0], "{word}");
        assert!(!made.document.to_string().contains("examples"), "{word}");
    }
}
