//! The operation object, parameters, and what stands in front of the paths.

use serde_json::json;
use transcribe::{
    facts::{Page, Place, Prose, Row},
    resolve::{self, Settings},
};

use crate::builders::{
    answer, at, component, findings, page, request, resolve, row, schema, table, text,
};

const ADD: &str = "/paths/~1v2~1{project_id}~1addbook/post";

#[test]
fn a_page_is_an_operation() {
    let mut page = page("AddBook");
    page.tables.push(request("Book", vec![row("name", Some(true), "String")]));
    page.tables.push(answer(200, "Added", vec![row("id", None, "String")]));
    let made = resolve(&[page]);
    assert_eq!(
        *at(&made, ADD),
        json!({
            "operationId": "AddBook",
            "tags": ["addbook"],
            "externalDocs": {
                "description": "AddBook in the vendor's API reference.",
                "url": "https://support.huaweicloud.com/api-lib/AddBook.html",
            },
            "parameters": [{
                "name": "project_id",
                "in": "path",
                "required": true,
                "schema": {"type": "string"},
                "x-client-parameter": true,
            }],
            "requestBody": {
                "required": true,
                "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Book"}},
                },
            },
            "responses": {
                "200": {"content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Added"}},
                }},
            },
            "x-source": {"page": "AddBook"},
        })
    );
    let keys: Vec<&String> = made.document.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["openapi", "info", "servers", "tags", "paths", "components"]);
    assert_eq!(*at(&made, "/openapi"), "3.0.3");
    assert_eq!(*at(&made, "/info"), json!({"title": "LIB API", "version": "v2"}));
    assert_eq!(*at(&made, "/tags"), json!([{"name": "addbook"}]));
}

#[test]
fn the_text_of_the_page_comes_only_when_it_is_asked_for() {
    let mut page = page("AddBook");
    let mut name = text("name", "String", "one");
    name.prose.push(Prose { text: "two".to_owned(), item: true });
    page.tables[0].rows[0].prose = name.prose.clone();
    page.tables.push(request("Book", vec![name]));
    page.statuses[0].text = Some("done".to_owned());
    let settings =
        Settings { vendor_text: true, title: Some("Books".to_owned()), ..Settings::default() };
    let made = resolve::pages(&[page], &settings);
    assert_eq!(*at(&made, "/info/title"), "Books");
    assert_eq!(at(&made, ADD)["summary"], "A title");
    assert_eq!(at(&made, ADD)["description"], "An introduction.");
    assert_eq!(at(&made, ADD)["responses"]["200"]["description"], "done");
    assert_eq!(
        at(&made, ADD)["parameters"][0].to_string(),
        r#"{"name":"project_id","in":"path","description":"one\n- two","required":true,"schema":{"type":"string"},"x-client-parameter":true}"#
    );
    assert_eq!(
        component(&made, "Book")["properties"]["name"].to_string(),
        r#"{"type":"string","description":"one\n- two"}"#
    );
}

/// A page with query and header parameters.
fn asking(rows: Vec<Row>, headers: Vec<Row>) -> Page {
    let mut page = page("AddBook");
    page.tables.push(table(Place::QueryParameters, None, rows));
    page.tables.push(table(Place::HeaderParameters, None, headers));
    page
}

#[test]
fn parameters_stand_in_path_query_and_headers() {
    let made = resolve(&[asking(
        vec![row("ids", Some(true), "Array of strings"), text("limit", "Integer", "取值范围：1-9")],
        vec![row("X-Language", Some(false), "String")],
    )]);
    assert_eq!(
        at(&made, ADD)["parameters"].as_array().map(|list| list[1..].to_vec()),
        Some(vec![
            json!({
                "name": "ids",
                "in": "query",
                "required": true,
                "schema": {"type": "array", "items": {"type": "string"}},
            }),
            json!({
                "name": "limit",
                "in": "query",
                "schema": {"type": "integer", "format": "int32", "minimum": 1, "maximum": 9},
            }),
            json!({"name": "X-Language", "in": "header", "schema": {"type": "string"}}),
        ])
    );
    assert_eq!(made.promotions[0].pointer.to_string(), format!("#{ADD}/parameters/2"));
}

#[test]
fn headers_of_authentication_are_no_parameters() {
    let headers = ["X-Auth-Token", "Content-Type"].map(|name| row(name, Some(true), "String"));
    let made = resolve(&[asking(Vec::new(), headers.to_vec())]);
    assert_eq!(at(&made, ADD)["parameters"].as_array().map(Vec::len), Some(1));
    assert_eq!(*at(&made, "/security"), json!([{"AuthToken": []}]));
    assert_eq!(
        *at(&made, "/components/securitySchemes"),
        json!({"AuthToken": {"type": "apiKey", "in": "header", "name": "X-Auth-Token"}})
    );
    let notes: Vec<&str> = made.untranscribed.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(
        notes,
        [
            "Content-Type: a header that is no parameter",
            "X-Auth-Token: a header that is no parameter"
        ]
    );
}

#[test]
fn the_path_and_its_table_are_compared() {
    let mut page = page("AddBook");
    page.path = "/v2/{project_id}/{shelf_id}/books".to_owned();
    page.tables[0].rows[0].required = Some(false);
    page.tables[0].rows.push(row("book_id", Some(true), "String"));
    let made = resolve(&[page]);
    assert_eq!(
        findings(&made),
        [
            "path-parameter book_id: table=A row `book_id`. text=No such part in `/v2/{project_id}/{shelf_id}/books`.",
            "path-parameter shelf_id: table=No row `shelf_id`. text=A part of `/v2/{project_id}/{shelf_id}/books`.",
            "required-path project_id: table=Optional. text=A part of `/v2/{project_id}/{shelf_id}/books`.",
        ]
    );
    let names = at(&made, "/paths/~1v2~1{project_id}~1{shelf_id}~1books/post/parameters");
    let names: Vec<&str> =
        names.as_array().into_iter().flatten().filter_map(|p| p["name"].as_str()).collect();
    assert_eq!(names, ["project_id", "shelf_id"]);
}

#[test]
fn pages_without_a_product_have_no_link() {
    let mut page = page("AddBook");
    page.product = None;
    let made = resolve(&[page]);
    assert_eq!(at(&made, ADD)["tags"], json!(["addbook"]));
    assert!(at(&made, ADD).get("externalDocs").is_none());
    assert_eq!(*at(&made, "/info/title"), "API");
}

#[test]
fn only_what_is_used_becomes_a_component() {
    let mut page = page("AddBook");
    page.tables.push(schema("response_Tag", vec![row("key", None, "String")]));
    let made = resolve(&[page]);
    assert!(made.document.get("components").is_none());
    assert_eq!(findings(&made), ["table-unused Tag: table=No row leads to the table `Tag`."]);
}

#[test]
fn two_methods_of_a_path_share_it() {
    let (mut one, mut other) = (page("AddBook"), page("ListBooks"));
    other.path = one.path.clone();
    other.method = "GET".to_owned();
    one.statuses.clear();
    let made = resolve(&[one, other]);
    let methods = at(&made, "/paths/~1v2~1{project_id}~1addbook").as_object();
    let methods: Vec<&String> = methods.into_iter().flat_map(|item| item.keys()).collect();
    assert_eq!(methods, ["post", "get"]);
}
