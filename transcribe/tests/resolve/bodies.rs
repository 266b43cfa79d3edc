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
fn a_table_that_stands_for_itself_describes_nothing() {
    let cases: [&[(&str, &str)]; 3] = [
        &[("response_Body", "Tag object"), ("response_Tag", "Tag")],
        &[("response_Body", "A"), ("response_A", "B object"), ("response_B", "A object")],
        &[("response_Body", "Body object")],
    ];
    for tables in cases {
        let mut page = page("AddBook");
        for (i, (anchor, kind)) in tables.iter().enumerate() {
            let name = kind.trim_end_matches(" object");
            let rows = vec![link("-", None, kind, &format!("response_{name}"))];
            let name = anchor.trim_start_matches("response_");
            page.tables.push(if i == 0 { answer(200, name, rows) } else { schema(anchor, rows) });
        }
        page.examples.push(crate::builders::answer_example(None, r#"{"id": 1}"#));
        let made = resolve(&[page]);
        let on_the_way = tables.len() - usize::from(tables.len() > 1);
        let message =
            "AddBook.md:20: -: this row stands for the table that it is in; the row was left out";
        assert_eq!(refused(&made), vec![message; on_the_way], "{tables:?}");
        let first = tables.get(1).unwrap_or(&tables[0]).0.trim_start_matches("response_");
        assert_eq!(component(&made, first)["type"], "object", "{tables:?}");
    }
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
