//! From a type to its table: by anchor, by caption, by what follows next.

use serde_json::{Value, json};
use transcribe::facts::{Page, Place, Row, Table};

use crate::builders::{component, findings, link, page, request, resolve, row, schema, table};

fn with(rows: Vec<Row>, others: Vec<Table>) -> Page {
    let mut page = page("AddBook");
    page.tables.push(request("Book", rows));
    page.tables.extend(others);
    page
}

/// A table that is only called by its caption.
fn captioned(caption: &str, field: &str) -> Table {
    let rows = vec![row(field, Some(false), "String")];
    let place = Place::Schema { answer: false };
    Table { caption: caption.to_owned(), ..table(place, None, rows) }
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn property(page: Page, name: &str) -> Value {
    let made = resolve(&[page]);
    assert_eq!(made.refused, []);
    component(&made, "Book")["properties"][name].clone()
}

#[test]
fn an_anchor_leads_to_its_table() {
    let tags = link("tags", None, "Array of Tag objects", "request_Tag");
    let one = link("tag", None, "Tag object", "request_Tag");
    let map = link("by_name", None, "Map<String,Tag>", "request_Tag");
    let tag = schema("request_Tag", vec![row("key", None, "String")]);
    let page = with(vec![tags, one, map], vec![tag]);
    let tag = || reference("Tag");
    assert_eq!(property(page.clone(), "tags"), json!({"type": "array", "items": tag()}));
    assert_eq!(property(page.clone(), "tag"), json!({"allOf": [tag()]}));
    assert_eq!(property(page, "by_name"), json!({"type": "object", "additionalProperties": tag()}));
}

#[test]
fn captions_name_the_type_or_the_field() {
    let page = with(
        vec![
            row("tags", None, "Array<Object>"),
            row("plan", None, "Plan object"),
            row("shelf", None, "Object"),
            row("author", None, "Object"),
            row("free", None, "Object"),
        ],
        vec![
            captioned("tags", "key"),
            captioned("Plan", "day"),
            captioned("shelf字段", "row"),
            captioned("book.author", "name"),
        ],
    );
    assert_eq!(
        property(page.clone(), "tags"),
        json!({"type": "array", "items": reference("tags")})
    );
    assert_eq!(property(page.clone(), "plan"), json!({"allOf": [reference("Plan")]}));
    assert_eq!(property(page.clone(), "shelf"), json!({"allOf": [reference("shelf")]}));
    assert_eq!(property(page.clone(), "author"), json!({"allOf": [reference("book.author")]}));
    assert_eq!(property(page, "free"), json!({"type": "object"}));
}

#[test]
fn of_several_tables_of_a_caption_the_next_one_is_meant() {
    let mut first = captioned("outer", "a");
    first.rows.push(row("items", None, "Array<Object>"));
    let mut second = captioned("other", "b");
    second.rows.push(row("items", None, "Array<Object>"));
    let page = with(
        vec![row("outer", None, "Object"), row("other", None, "Object")],
        vec![first, captioned("items", "c"), second, captioned("items", "d")],
    );
    let made = resolve(&[page]);
    let field = |name: &str| {
        let reference = &component(&made, name)["properties"]["items"]["items"]["$ref"];
        let target = reference.as_str().and_then(|r| r.rsplit('/').next()).unwrap_or_default();
        component(&made, target)["properties"].as_object().map(|p| p.keys().cloned().collect())
    };
    let keys = |key: &str| Some(vec![key.to_owned()]);
    assert_eq!(field("outer"), keys("c"));
    assert_eq!(field("other"), keys("d"));
}

#[test]
fn a_table_without_a_name_belongs_to_the_row_that_has_none() {
    let nameless = captioned("甲", "key");
    let page = with(vec![row("tag", None, "Tag object")], vec![nameless.clone()]);
    assert_eq!(property(page, "tag"), json!({"allOf": [reference("AddBookTable1")]}));
    let page = with(vec![row("tag", None, "Object")], vec![nameless.clone()]);
    assert_eq!(property(page, "tag"), json!({"allOf": [reference("AddBookTable1")]}));
    // Which of two is meant cannot be told.
    let page = with(vec![row("tag", None, "Object"), row("free", None, "Object")], vec![nameless]);
    assert_eq!(property(page.clone(), "tag"), json!({"type": "object"}));
    assert_eq!(
        findings(&resolve(&[page])),
        ["table-unused 甲: table=No row leads to the table `甲`."]
    );
}

#[test]
fn tables_may_lead_back_to_themselves() {
    let node = schema(
        "request_Node",
        vec![
            row("name", Some(true), "String"),
            link("children", Some(false), "Array of Node objects", "request_Node"),
        ],
    );
    let made =
        resolve(&[with(vec![link("tree", None, "Node object", "request_Node")], vec![node])]);
    assert_eq!(
        component(&made, "Node")["properties"]["children"],
        json!({"type": "array", "items": reference("Node")})
    );
}

#[test]
fn a_schema_tells_its_page_and_tables() {
    let mut page = page("AddBook");
    let mut one = request("Book", vec![row("name", Some(true), "String")]);
    one.number = Some(2);
    let mut two = schema("request_Book_1", vec![row("name", Some(true), "String")]);
    two.number = Some(5);
    one.rows.push(link("copy", Some(false), "Book object", "request_Book_1"));
    two.rows.push(link("copy", Some(false), "Book object", "request_Book_1"));
    page.tables.extend([one, two]);
    let made = resolve(&[page]);
    assert_eq!(
        *component(&made, "Book"),
        json!({
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"type": "string"},
                "copy": {"allOf": [{"$ref": "#/components/schemas/Book"}]},
            },
            "x-source": {"page": "AddBook", "tables": [2, 5]},
        })
    );
}
