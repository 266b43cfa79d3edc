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
            "AddBook.md:20: what: `some words` is not a known type; the row was left out",
            "AddBook.md:20: when: `Moment` is not a known type, and there is no table of this name; the row was left out",
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
fn pages_that_disagree_about_which_operation_is_which_are_all_refused() {
    let first = page("AddBook");
    let mut same = page("AddBook");
    same.file = "copy.md".to_owned();
    same.path = "/v2/other".to_owned();
    let mut call = page("PutBook");
    call.path = "/v2/{id}/addbook".to_owned();
    let mut method = page("DropBook");
    method.method = "DELETE".to_owned();
    let pages = [call, same, first, method];
    let expected = [
        "AddBook.md:3: POST /v2/{project_id}/addbook is AddBook here, and POST /v2/other is AddBook in copy.md, \
         and POST /v2/{id}/addbook is PutBook in PutBook.md; these pages are refused, correct the one that is wrong",
        "PutBook.md:3: POST /v2/{id}/addbook is PutBook here, and POST /v2/{project_id}/addbook is AddBook in \
         AddBook.md; these pages are refused, correct the one that is wrong",
        "copy.md:3: POST /v2/other is AddBook here, and POST /v2/{project_id}/addbook is AddBook in AddBook.md; \
         these pages are refused, correct the one that is wrong",
    ];
    let turned: Vec<_> = pages.iter().rev().cloned().collect();
    for pages in [&pages[..], &turned] {
        let made = resolve(pages);
        assert_eq!(refused(&made), expected);
        let paths = at(&made, "/paths").as_object().map(|paths| paths.len());
        assert_eq!(paths, Some(1), "the rest works");
    }
}

#[test]
fn a_copy_of_a_page_is_refused() {
    let mut copy = page("AddBook");
    copy.file = "copy.md".to_owned();
    let made = resolve(&[copy, page("AddBook")]);
    assert_eq!(
        refused(&made),
        ["copy.md:3: the operation AddBook stands in AddBook.md already; this page was refused"]
    );
    assert_eq!(at(&made, "/paths").as_object().map(|paths| paths.len()), Some(1));
}

#[test]
fn a_link_to_another_page_is_no_name() {
    let mut page = page("ListBooks");
    page.anchor = "lib_02_0007".to_owned();
    page.link = Some("ListBooks".to_owned());
    for (title, is_refused) in [
        ("Create a book", true),
        ("删除图书", true),
        ("List books", false),
        ("查询图书列表", false),
        // Nothing tells what it does.
        ("Books", false),
        ("Listening", false),
    ] {
        page.title = title.to_owned();
        assert_eq!(
            refused(&resolve(std::slice::from_ref(&page))).len(),
            usize::from(is_refused),
            "{title}"
        );
    }
    page.title = "Create a book".to_owned();
    assert_eq!(
        refused(&resolve(std::slice::from_ref(&page))),
        ["page.md:3: the link to the explorer says `ListBooks`, which reads something, and the heading \
          `Create a book` creates something; page refused, correct the link".replace("page.md", "ListBooks.md")]
    );
}

#[test]
fn a_link_that_says_something_else_than_the_anchor_is_a_contradiction() {
    let mut page = page("AddBook");
    page.link = Some("DropBook".to_owned());
    let made = resolve(std::slice::from_ref(&page));
    let found: Vec<_> = made.findings.iter().map(|f| (f.kind.as_str(), f.values.clone())).collect();
    assert_eq!(found, [("operation-link", vec![json!("DropBook")])]);
    page.link = Some("AddBook".to_owned());
    assert!(resolve(&[page]).findings.is_empty());
}

#[test]
fn no_pages_are_an_empty_document() {
    let made = resolve(&[]);
    assert_eq!(
        made.document,
        json!({"openapi": "3.0.3", "info": {"title": "API", "version": "v1"}, "paths": {}})
    );
}
