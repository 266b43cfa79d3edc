//! Bodies that are no objects: lists, maps, files and forms.

use serde_json::{Value, json};
use transcribe::{facts::Place, transcript::Transcript};

use crate::builders::{
    answer, at, component, findings, link, page, refused, request, request_example, resolve, row,
    schema, table,
};

const ADD: &str = "/paths/~1v2~1{project_id}~1addbook/post";

fn body(made: &Transcript) -> Value {
    at(made, &format!("{ADD}/requestBody")).clone()
}

#[test]
fn a_list() {
    let mut page = page("AddBook");
    let items = link("[数组元素]", Some(true), "Array of Book objects", "request_Book");
    page.tables.push(request("AddBookBody", vec![items]));
    page.tables.push(schema("request_Book", vec![row("name", Some(true), "String")]));
    page.examples.push(request_example(None, Some(r#"[{"name": 1}]"#)));
    let made = resolve(&[page]);
    assert_eq!(
        *component(&made, "AddBookBody"),
        json!({
            "type": "array",
            "items": {"$ref": "#/components/schemas/Book"},
            "x-source": {"page": "AddBook", "tables": [1]},
        })
    );
    assert_eq!(body(&made)["required"], true);
    assert_eq!(findings(&made), ["example-type name: table=String. example=Number 1."]);
}

#[test]
fn a_map() {
    let mut page = page("AddBook");
    page.tables.push(answer(200, "Counts", vec![row("{自定义key}", None, "Integer")]));
    page.examples.push(crate::builders::answer_example(None, r#"{"a": 1, "b": "2"}"#));
    let made = resolve(&[page]);
    assert_eq!(
        *component(&made, "Counts"),
        json!({
            "type": "object",
            "additionalProperties": {"type": "integer", "format": "int32"},
            "x-source": {"page": "AddBook", "tables": [1]},
        })
    );
    assert_eq!(findings(&made), ["example-type {自定义key}: table=Integer. example=String `2`."]);
}

#[test]
fn a_file() {
    let mut page = page("AddBook");
    page.tables.push(answer(200, "File", vec![row("-", None, "File")]));
    page.tables.push(request("Bytes", vec![row("-", Some(true), "File")]));
    let made = resolve(&[page]);
    let bytes = json!({"schema": {"type": "string", "format": "binary"}});
    let octets = "application/octet-stream";
    assert_eq!(at(&made, &format!("{ADD}/responses/200"))["content"], json!({octets: bytes}));
    assert_eq!(body(&made), json!({"required": true, "content": {octets: bytes}}));
    assert!(made.document.get("components").is_none());
}

#[test]
fn a_form() {
    let mut page = page("AddBook");
    let rows = vec![row("file", Some(true), "File"), row("note", Some(false), "String")];
    page.tables.push(table(Place::FormParameters, None, rows));
    let made = resolve(&[page]);
    let reference = json!({"$ref": "#/components/schemas/AddBookForm"});
    assert_eq!(
        body(&made),
        json!({"required": true, "content": {"multipart/form-data": {"schema": reference}}})
    );
    assert_eq!(
        component(&made, "AddBookForm")["properties"]["file"],
        json!({"type": "string", "format": "binary"})
    );
}

#[test]
fn a_body_of_optional_fields_may_be_left_out() {
    let mut page = page("AddBook");
    page.tables.push(request("Book", vec![row("name", Some(false), "String")]));
    page.tables.push(request("Second", vec![row("name", Some(false), "String")]));
    let made = resolve(&[page]);
    assert!(body(&made).get("required").is_none());
    assert_eq!(refused(&made), ["AddBook.md:10: a second table of the same body; it was left out"]);
}
