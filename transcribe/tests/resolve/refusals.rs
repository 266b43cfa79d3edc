//! What is refused, with its place, and that the rest still works.

use serde_json::json;
use transcribe::facts::{Constraints, Row};

use crate::builders::{at, component, link, page, refused, request, resolve, row};

#[test]
fn rows_that_mean_nothing_are_left_out() {
    let mut page = page("AddBook");
    let bad_values = Row {
        constraints: Constraints {
            values: vec!["1".to_owned(), "x".to_owned()],
            maximum: Some("many".to_owned()),
            ..Constraints::default()
        },
        ..row("count", Some(false), "Integer")
    };
    page.tables.push(request(
        "Book",
        vec![
            row("name", Some(true), "String"),
            link("shelf", Some(true), "Shelf object", "request_Shelf"),
            row("when", Some(true), "Moment"),
            row("what", Some(true), "some words"),
            row("name", Some(true), "Integer"),
            bad_values,
        ],
    ));
    let made = resolve(&[page]);
    assert_eq!(
        refused(&made),
        [
            "AddBook.md:20: count: maximum `many`: no number of this type; it was left out",
            "AddBook.md:20: count: values `x`: no value of this type; it was left out",
            "AddBook.md:20: name stands here twice; this row was left out",
            "AddBook.md:20: shelf: a link to nowhere, #request_Shelf; the row was left out",
            "AddBook.md:20: what: `some words` is no type that is known here; the row was left out",
            "AddBook.md:20: when: `Moment` is no type that is known here, and no table; the row was left out",
        ]
    );
    assert_eq!(
        *component(&made, "Book"),
        json!({
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"type": "string"},
                "count": {"type": "integer", "format": "int32", "enum": [1]},
            },
            "x-source": {"page": "AddBook", "tables": [1]},
        })
    );
}

#[test]
fn a_second_page_of_an_operation_or_a_call_is_refused() {
    let first = page("AddBook");
    let mut same = page("AddBook");
    same.file = "copy.md".to_owned();
    same.path = "/v2/other".to_owned();
    let mut call = page("PutBook");
    call.path = "/v2/{id}/addbook".to_owned();
    let made = resolve(&[call, same, first]);
    assert_eq!(
        refused(&made),
        [
            "PutBook.md:3: POST /v2/{id}/addbook is the call of AddBook in AddBook.md already; this page was refused",
            "copy.md:3: the operation AddBook stands in AddBook.md already; this page was refused",
        ]
    );
    let paths = at(&made, "/paths").as_object().map(|paths| paths.len());
    assert_eq!(paths, Some(1));
}

#[test]
fn no_pages_are_an_empty_document() {
    let made = resolve(&[]);
    assert_eq!(
        made.document,
        json!({"openapi": "3.0.3", "info": {"title": "API", "version": "v1"}, "paths": {}})
    );
}
