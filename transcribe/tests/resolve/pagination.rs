//! How lists are read in parts: what a page says plainly, and what it does not.

use serde_json::{Value, json};
use transcribe::facts::{Constraints, Page, Place, Row};

use crate::builders::{answer, at, link, page, resolve, row, schema, table, text};

/// `GET /v2/{project_id}/books` with parameters in the query and fields of the answer; books have `id`.
fn list(query: Vec<Row>, mut fields: Vec<Row>) -> Page {
    let mut page = page("ListBooks");
    page.method = "GET".to_owned();
    page.path = "/v2/{project_id}/books".to_owned();
    page.tables.push(table(Place::QueryParameters, None, query));
    fields.push(link("books", None, "Array of Book objects", "response_Book"));
    page.tables.push(answer(200, "Books", fields));
    page.tables.push(schema("response_Book", vec![row("id", None, "String")]));
    page
}

fn of(page: &Page) -> Value {
    let path = page.path.replace('/', "~1");
    let at_place = format!("/paths/{path}/{}/x-pagination", page.method.to_lowercase());
    at(&resolve(std::slice::from_ref(page)), &at_place).clone()
}

fn limit() -> Row {
    text("limit", "Integer", "每页返回的个数")
}

#[test]
fn a_marker_is_the_id_of_an_item_where_the_page_says_so() {
    let marker = |prose| vec![text("marker", "String", prose), limit()];
    let found = of(&list(marker("分页查询起始的资源ID，为空时查询第一页"), vec![]));
    let expected =
        json!({"marker": "marker", "limit": "limit", "item-marker": "id", "items": "books"});
    assert_eq!(found, expected);
    assert_eq!(of(&list(marker("标记"), vec![])), Value::Null);
}

#[test]
fn a_marker_is_a_field_of_the_answer_where_that_has_one() {
    let query = || vec![text("marker", "String", "标记"), limit()];
    let found = of(&list(query(), vec![row("next_marker", None, "String")]));
    let expected =
        json!({"marker": "marker", "limit": "limit", "next": "next_marker", "items": "books"});
    assert_eq!(found, expected);
    let mut inside =
        list(query(), vec![link("page_info", None, "PageInfo object", "response_PageInfo")]);
    let fields = vec![row("next_marker", None, "String")];
    inside.tables.push(schema("response_PageInfo", fields));
    assert_eq!(of(&inside)["next"], "page_info.next_marker");
}

#[test]
fn an_offset_counts_items() {
    let query = |offset| vec![offset, limit()];
    let offset = |prose| text("offset", "Integer", prose);
    let total = || vec![text("total_count", "Integer", "总数")];
    let found = of(&list(query(offset("偏移量，从此开始查询")), total()));
    let expected = json!({
        "offset": "offset", "limit": "limit", "items": "books", "total": "total_count",
    });
    assert_eq!(found, expected);
    // The number of a page, in words and by its bound.
    assert_eq!(of(&list(query(offset("页码")), vec![])), Value::Null);
    let minimum = Some("1".to_owned());
    let from_one = Row {
        constraints: Constraints { minimum, ..Constraints::default() },
        ..offset("偏移量")
    };
    assert_eq!(of(&list(query(from_one), vec![])), Value::Null);
    // How many items a part has is not stated.
    assert_eq!(of(&list(vec![offset("偏移量")], vec![])), Value::Null);
    let required = Row { required: Some(true), ..offset("偏移量") };
    assert_eq!(of(&list(query(required), vec![])), Value::Null);
}

#[test]
fn a_page_has_a_number_from_one() {
    let query =
        |prose| vec![text("page_num", "Integer", prose), text("page_size", "Integer", "大小")];
    let found = of(&list(query("页码"), vec![]));
    assert_eq!(found, json!({"page": "page_num", "limit": "page_size", "items": "books"}));
    assert_eq!(of(&list(query("页码，从0开始"), vec![])), Value::Null);
}

#[test]
fn a_count_of_something_else_is_no_total() {
    let query = vec![text("offset", "Integer", "偏移量"), limit()];
    let found = of(&list(query, vec![text("total", "Integer", "本页的个数")]));
    assert_eq!(found.get("total"), None);
    assert_eq!(found["items"], "books");
}

#[test]
fn a_total_may_be_called_by_what_it_counts_and_be_a_text() {
    let query = || vec![text("offset", "Integer", "偏移量"), limit()];
    let of_field =
        |name: &str, kind: &str, prose: &str| of(&list(query(), vec![text(name, kind, prose)]));
    assert_eq!(of_field("book_num", "Integer", "总数")["total"], "book_num");
    assert_eq!(of_field("book_count", "String", "总数")["total"], "book_count");
    assert_eq!(of_field("count", "Integer", "会话总数")["total"], "count");
    // Something else is counted, or nothing is said of all.
    assert_eq!(of_field("author_num", "Integer", "总数").get("total"), None);
    assert_eq!(of_field("_num", "Integer", "总数").get("total"), None);
    assert_eq!(of_field("book_num", "Integer", "本页的个数").get("total"), None);
    // The plainer name is meant, and of two that are as plain either may be.
    let both = |name: &str| vec![text(name, "Integer", "总数"), text("count", "Integer", "总数")];
    assert_eq!(of(&list(query(), both("total")))["total"], "total");
    assert_eq!(of(&list(query(), both("book_num"))).get("total"), None);
}

#[test]
fn of_several_lists_the_one_of_the_path_is_meant() {
    let query = || vec![text("offset", "Integer", "偏移量"), limit()];
    let other = || vec![row("names", None, "Array of strings")];
    assert_eq!(of(&list(query(), other()))["items"], "books");
    let mut elsewhere = list(query(), other());
    elsewhere.path = "/v2/{project_id}/volumes".to_owned();
    assert_eq!(of(&elsewhere), Value::Null);
}

#[test]
fn only_what_reads_is_a_list() {
    let mut page = list(vec![text("offset", "Integer", "偏移量"), limit()], vec![]);
    page.method = "POST".to_owned();
    assert_eq!(of(&page), Value::Null);
    // Both ways at once, or none.
    let both =
        vec![text("offset", "Integer", "偏移量"), text("marker", "String", "资源ID"), limit()];
    assert_eq!(of(&list(both, vec![])), Value::Null);
    assert_eq!(of(&list(vec![limit()], vec![])), Value::Null);
}
