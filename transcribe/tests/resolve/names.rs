//! Names of schemas: copies, namesakes, and who keeps the plain name.

use serde_json::json;
use transcribe::{
    facts::{Constraints, Page, Place, Row},
    resolve::{self, Settings},
    transcript::Transcript,
};

use crate::builders::{
    answer, at, component, findings, link, page, request, resolve, row, schema, table,
};

fn schemas(made: &Transcript) -> Vec<String> {
    let all = at(made, "/components/schemas").as_object();
    all.into_iter().flat_map(|all| all.keys().cloned()).collect()
}

/// A page whose request `Tag` has one field of that type.
fn tagging(operation: &str, kind: &str) -> Page {
    let mut page = page(operation);
    page.tables.push(request("Tag", vec![row("key", Some(true), kind)]));
    page
}

#[test]
fn equal_tables_of_all_pages_are_one_schema() {
    let made = resolve(&[tagging("A", "String"), tagging("B", "String")]);
    assert_eq!(schemas(&made), ["Tag"]);
    assert_eq!(component(&made, "Tag")["x-source"], json!({"page": "A", "tables": [1]}));
    assert_eq!(findings(&made), Vec::<String>::new());
}

#[test]
fn namesakes_get_the_name_of_their_operation() {
    let made = resolve(&[tagging("C", "Long"), tagging("A", "String"), tagging("B", "Long")]);
    assert_eq!(schemas(&made), ["Tag", "TagOfB"]);
    assert_eq!(
        findings(&made),
        ["schema-name Tag: table=Unlike `Tag` of A: `key` is Long instead of String."]
    );
    let body = |path: &str| {
        at(&made, &format!("/paths/~1v2~1{{project_id}}~1{path}/post/requestBody/content"))
            ["application/json"]["schema"]["$ref"]
            .clone()
    };
    assert_eq!(body("a"), "#/components/schemas/Tag");
    assert_eq!(body("b"), "#/components/schemas/TagOfB");
    assert_eq!(body("c"), "#/components/schemas/TagOfB");
}

#[test]
fn an_owner_keeps_its_name() {
    let pages = [tagging("A", "String"), tagging("B", "Long"), tagging("C", "Long")];
    let settings = |owners: &[(&str, &[&str])]| Settings {
        owners: owners
            .iter()
            .map(|(name, pages)| {
                ((*name).to_owned(), pages.iter().map(|page| (*page).to_owned()).collect())
            })
            .collect(),
        ..Settings::default()
    };
    let made = resolve::pages(&pages, &settings(&[("Tag", &["C"]), ("TagOfA", &["A"])]));
    assert_eq!(component(&made, "Tag")["properties"]["key"]["format"], "int64");
    assert_eq!(component(&made, "TagOfA")["properties"]["key"], json!({"type": "string"}));
    // A new page of the same content in front does not take the name away.
    let made = resolve::pages(&pages, &settings(&[("Tag", &["A"]), ("TagOfC", &["C"])]));
    assert_eq!(schemas(&made), ["Tag", "TagOfC"]);
    // One of several pages is enough, whichever it is.
    let made = resolve::pages(&pages, &settings(&[("Tag", &["B", "Z"]), ("TagOfA", &["A", "Z"])]));
    assert_eq!(component(&made, "Tag")["properties"]["key"]["format"], "int64");
    assert_eq!(component(&made, "TagOfA")["properties"]["key"], json!({"type": "string"}));
}

#[test]
fn tables_that_lead_to_namesakes_differ_as_well() {
    let nested = |operation: &str, kind: &str| {
        let mut page = page(operation);
        let tag = link("tag", Some(true), "Tag object", "request_Tag");
        page.tables.push(request("Book", vec![tag]));
        page.tables.push(schema("request_Tag", vec![row("key", Some(true), kind)]));
        page
    };
    let made = resolve(&[nested("A", "String"), nested("B", "Long")]);
    assert_eq!(schemas(&made), ["Book", "Tag", "BookOfB", "TagOfB"]);
    assert_eq!(
        component(&made, "BookOfB")["properties"]["tag"],
        json!({"allOf": [{"$ref": "#/components/schemas/TagOfB"}]})
    );
}

#[test]
fn an_answer_without_the_column_is_the_schema_of_the_request() {
    let mut one = tagging("B", "String");
    one.tables.push(answer(200, "Tag", vec![row("key", None, "String")]));
    let mut other = page("A");
    other.tables.push(answer(200, "Tag", vec![row("key", None, "String")]));
    let made = resolve(&[one, other]);
    assert_eq!(schemas(&made), ["Tag"]);
    assert_eq!(component(&made, "Tag")["required"], json!(["key"]));
    assert_eq!(component(&made, "Tag")["x-source"]["page"], "B");
}

#[test]
fn requests_that_ask_for_other_fields_are_two_schemas() {
    let with = |operation: &str, required: bool| {
        let mut page = page(operation);
        page.tables.push(request("Tag", vec![row("key", Some(required), "String")]));
        page
    };
    let made = resolve(&[with("A", true), with("B", false)]);
    assert_eq!(schemas(&made), ["Tag", "TagOfB"]);
    assert_eq!(findings(&made), ["schema-name Tag: table=Unlike `Tag` of A: `key` is optional."]);
}

#[test]
fn a_copy_in_the_answer_that_differs_in_more_is_found() {
    let rows =
        |extra: &str| -> Vec<Row> { vec![row("key", None, "String"), row(extra, None, "String")] };
    let mut page = tagging("A", "String");
    page.tables.push(answer(200, "Tag", rows("value")));
    let made = resolve(&[page]);
    assert_eq!(schemas(&made), ["Tag", "TagResponse"]);
    assert_eq!(findings(&made), ["copy Tag: table=Unlike `Tag` of A: `value` is added."]);
    assert_eq!(made.findings[0].pointer.to_string(), "#/components/schemas/TagResponse");
}

#[test]
fn bodies_without_a_name_are_named_after_the_operation() {
    let mut page = page("AddBook");
    let mut body = request("x", vec![row("name", Some(true), "String")]);
    body.anchor = Some("requestParameter".to_owned());
    let mut fine = answer(200, "x", vec![row("id", None, "String")]);
    fine.anchor = None;
    let mut error = answer(400, "x", vec![row("code", None, "String")]);
    error.anchor = None;
    page.tables.extend([body, fine, error]);
    page.statuses.push(crate::builders::status(400));
    let made = resolve(&[page]);
    assert_eq!(schemas(&made), ["AddBookRequest", "AddBookResponse", "ErrorResponse"]);
}

#[test]
fn tables_that_are_called_like_a_field_have_no_name_to_contradict() {
    let with = |operation: &str, kind: &str| {
        let mut page = page(operation);
        page.tables.push(request("Book", vec![row("tags", Some(true), "Array<Object>")]));
        let mut tags = schema("x", vec![row("key", Some(true), kind)]);
        (tags.anchor, tags.caption) = (None, "tags".to_owned());
        page.tables.push(tags);
        page
    };
    let made = resolve(&[with("A", "String"), with("B", "Long")]);
    assert_eq!(schemas(&made), ["Book", "tags", "BookOfB", "tagsOfB"]);
    assert_eq!(findings(&made), Vec::<String>::new());
    let notes: Vec<&str> = made.untranscribed.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(
        notes,
        [
            "another schema than `Book`, which has the same name",
            "another schema than `tags`, which has the same name",
        ]
    );
}

#[test]
fn a_title_stands_for_one_list_that_is_open_or_closed() {
    let values =
        || Constraints { values: ["a", "b"].map(str::to_owned).to_vec(), ..Constraints::default() };
    let mut page = page("ListBook");
    let asked = Row { constraints: values(), ..row("kind", Some(false), "String") };
    page.tables.push(table(Place::QueryParameters, None, vec![asked]));
    let answered = Row { constraints: values(), ..row("kind", None, "String") };
    page.tables.push(answer(
        200,
        "Books",
        vec![link("books", None, "ListBook object", "response_ListBook")],
    ));
    page.tables.push(schema("response_ListBook", vec![answered]));
    let made = resolve(&[page]);
    let asked = at(&made, "/paths/~1v2~1{project_id}~1listbook/post/parameters/1/schema/title");
    assert_eq!(*asked, json!("ListBookKind"));
    assert_eq!(component(&made, "ListBook")["properties"]["kind"]["title"], json!("ListBookKind2"));
}

#[test]
fn a_name_is_no_longer_than_files_can_be_called() {
    let long = |end: &str| format!("{}{end}", "VeryLong".repeat(11));
    let mut pages = [tagging(&long("Tagging"), "String"), tagging(&long("Taggings"), "Long")];
    for page in &mut pages {
        for table in &mut page.tables {
            table.anchor = Some("request_CreateManyTagsForManyThings".to_owned());
        }
    }
    let made = resolve(&pages);
    let names = schemas(&made);
    let [plain, other] = names.as_slice() else { panic!("{names:?}") };
    assert_eq!(plain, "CreateManyTagsForManyThings");
    assert!(other.starts_with("CreateManyTagsForManyThingsOfVeryLong"), "{other}");
    assert!(other.len() <= 100, "{other}");
    // The same again, and where the pages come the other way round.
    pages.reverse();
    assert_eq!(schemas(&resolve(&pages)), names);
}
