//! Rows as properties: types, labels, prose, and where these contradict each other.

use serde_json::json;
use transcribe::facts::{Constraints, Page, Row};

use crate::builders::{
    answer, component, findings, page, refused, request, resolve, row, schema, text,
};

/// A page whose request has these rows.
fn with(rows: Vec<Row>) -> Page {
    let mut page = page("AddBook");
    page.tables.push(request("Book", rows));
    page
}

fn labelled(name: &str, kind: &str, constraints: Constraints) -> Row {
    Row { constraints, ..row(name, Some(false), kind) }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn every_word_of_types_has_a_schema() {
    let rows = [
        ("a", "String"),
        ("b", "Integer"),
        ("c", "Long"),
        ("d", "Float"),
        ("e", "Boolean"),
        ("f", "Object"),
        ("g", "Array of strings"),
        ("h", "Array"),
        ("i", "Map<String,Integer>"),
        ("j", "Array<Array<Long>>"),
        ("k", "Map<String,Object>"),
        ("old_password", "String"),
    ];
    let rows = rows.map(|(name, kind)| row(name, Some(false), kind)).to_vec();
    let made = resolve(&[with(rows)]);
    let expected = json!({
        "a": {"type": "string"},
        "b": {"type": "integer", "format": "int32"},
        "c": {"type": "integer", "format": "int64"},
        "d": {"type": "number", "format": "double"},
        "e": {"type": "boolean"},
        "f": {"type": "object"},
        "g": {"type": "array", "items": {"type": "string"}},
        "h": {"type": "array", "items": {}},
        "i": {"type": "object", "additionalProperties": {"type": "integer", "format": "int32"}},
        "j": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "integer", "format": "int64"}},
        },
        "k": {"type": "object", "additionalProperties": {"type": "object"}},
        "old_password": {"type": "string", "format": "password"},
    });
    assert_eq!(component(&made, "Book")["properties"], expected);
    assert_eq!(refused(&made), Vec::<String>::new());
}

#[test]
fn labels_become_keywords_in_the_order_of_documents() {
    let constraints = Constraints {
        min_length: some("1"),
        max_length: some("9"),
        default: some("a"),
        values: vec!["a".to_owned(), "b".to_owned()],
        ..Constraints::default()
    };
    let made = resolve(&[with(vec![labelled("shelf_kind", "String", constraints)])]);
    let found = &component(&made, "Book")["properties"]["shelf_kind"];
    let expected = r#"{"title":"BookShelfKind","type":"string","enum":["a","b"],"minLength":1,"maxLength":9,"default":"a"}"#;
    assert_eq!(found.to_string(), expected);
}

#[test]
fn lists_of_answers_stay_open_and_stand_alone() {
    let constraints = Constraints {
        max_length: some("9"),
        values: vec!["a".to_owned(), "b".to_owned()],
        ..Constraints::default()
    };
    let mut page = page("ListBooks");
    let mut found = labelled("state", "String", constraints);
    found.required = None;
    page.tables.push(answer(200, "Books", vec![found]));
    let made = resolve(&[page]);
    assert_eq!(
        component(&made, "Books")["properties"]["state"],
        json!({"title": "BooksState", "type": "string", "x-extensible-enum": ["a", "b"]})
    );
    assert_eq!(made.untranscribed[0].text, "maximum length: 9");
}

#[test]
fn whole_numbers_are_as_wide_as_their_bounds() {
    let constraints = Constraints { maximum: some("4102444800000"), ..Constraints::default() };
    let made = resolve(&[with(vec![labelled("until", "Integer", constraints)])]);
    assert_eq!(
        component(&made, "Book")["properties"]["until"],
        json!({"type": "integer", "format": "int64", "maximum": 4_102_444_800_000_i64})
    );
}

#[test]
fn prose_is_promoted_and_reported() {
    let made = resolve(&[with(vec![text("days", "Integer", "甲乙。取值范围：2-9")])]);
    assert_eq!(
        component(&made, "Book")["properties"]["days"],
        json!({"type": "integer", "format": "int32", "minimum": 2, "maximum": 9})
    );
    let promotions: Vec<String> = made
        .promotions
        .iter()
        .map(|p| format!("{} {}={} {}", p.pointer, p.keyword, p.value, p.phrase))
        .collect();
    let pointer = "#/components/schemas/Book/properties/days";
    assert_eq!(
        promotions,
        [
            format!("{pointer} maximum=9 取值范围：2-9"),
            format!("{pointer} minimum=2 取值范围：2-9")
        ]
    );
    assert_eq!(made.untranscribed.len(), 1);
    assert_eq!(made.untranscribed[0].text, "甲乙");
    assert_eq!(made.untranscribed[0].pointer.to_string(), pointer);
}

#[test]
fn a_form_only_counts_where_the_value_is_sent() {
    let mut page = page("ListBooks");
    let mut begin = text("begin", "String", "格式为HH:mm");
    begin.required = None;
    page.tables.push(answer(200, "Books", vec![begin]));
    let made = resolve(&[page, with(vec![text("begin", "String", "格式为HH:mm")])]);
    assert_eq!(
        component(&made, "Book")["properties"]["begin"],
        json!({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})
    );
    assert_eq!(component(&made, "Books")["properties"]["begin"], json!({"type": "string"}));
    assert_eq!(made.untranscribed[0].text, "格式为HH:mm");
}

#[test]
fn labels_and_prose_that_differ_are_found() {
    let days = Row {
        constraints: Constraints {
            maximum: some("7"),
            default: some("2"),
            ..Constraints::default()
        },
        ..text("days", "Integer", "取值范围：1-9，默认值：3")
    };
    let mode = Row {
        constraints: Constraints {
            values: vec!["a".to_owned(), "b".to_owned()],
            default: some("c"),
            ..Constraints::default()
        },
        ..text("mode", "String", "取值为b或a")
    };
    let empty = Constraints { minimum: some("9"), maximum: some("1"), ..Constraints::default() };
    let id = Constraints { default: some("false"), ..Constraints::default() };
    let made = resolve(&[with(vec![
        days,
        mode,
        labelled("empty", "Integer", empty),
        labelled("shelf_id", "String", id),
    ])]);
    assert_eq!(
        findings(&made),
        [
            "bound-text days: table=Maximum 7. text=Maximum 9.",
            "default-text days: table=Default 2. text=Default 3.",
            "bound-range empty: table=Minimum 9, maximum 1.",
            "default-value mode: table=Default `c`; values `a`, `b`.",
            "default-type shelf_id: table=String, with the default `false`.",
        ]
    );
    let properties = &component(&made, "Book")["properties"];
    assert_eq!(properties["empty"], json!({"type": "integer", "format": "int32"}));
    assert_eq!(properties["shelf_id"], json!({"type": "string"}));
    assert!(properties["mode"].get("default").is_none());
}

#[test]
fn what_is_required_by_column_and_by_text_is_compared() {
    let default = Row {
        constraints: Constraints { default: some("a"), ..Constraints::default() },
        ..row("kind", Some(true), "String")
    };
    let optional = Row { required: Some(true), ..text("note", "String", "该参数为可选") };
    let made = resolve(&[with(vec![
        text("a", "String", "该参数为必选"),
        text("b", "String", "当mode为auto时，该参数为必填。"),
        text("c", "String", "当甲乙时，该字段为必选"),
        text("d", "String", "必须为甲乙"),
        default,
        optional,
    ])]);
    assert_eq!(
        findings(&made),
        [
            "required-text a: table=Optional. text=Required.",
            "required-text b: table=Optional. text=Required when `mode` is `auto`.",
            "required-text c: table=Optional. text=Required under a condition.",
            "required-default kind: table=Required, with the default `a`.",
            "required-text note: table=Required. text=Optional.",
        ]
    );
    assert_eq!(component(&made, "Book")["required"], json!(["kind", "note"]));
}

#[test]
fn a_field_that_may_be_null_says_so_beside_a_reference() {
    let mut page = page("ShowBook");
    let mut shelf = text("shelf", "Shelf object", "甲时此值为null");
    (shelf.required, shelf.type_anchor) = (None, Some("response_Shelf".to_owned()));
    page.tables.push(answer(200, "Book", vec![shelf]));
    page.tables.push(schema("response_Shelf", vec![row("id", None, "String")]));
    assert_eq!(
        component(&resolve(&[page]), "Book")["properties"]["shelf"],
        json!({"allOf": [{"$ref": "#/components/schemas/Shelf"}], "nullable": true})
    );
}

#[test]
fn what_has_a_list_of_values_is_no_secret() {
    let values = ["true", "false"].map(str::to_owned).to_vec();
    let listed = Constraints { values, ..Constraints::default() };
    let made = resolve(&[with(vec![labelled("no_password_access", "String", listed)])]);
    assert_eq!(
        component(&made, "Book")["properties"]["no_password_access"],
        json!({"title": "BookNoPasswordAccess", "type": "string", "enum": ["true", "false"]})
    );
}
