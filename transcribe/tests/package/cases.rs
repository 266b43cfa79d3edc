//! What is read from each shape that packages have.

use serde_json::json;
use transcribe::{
    read::package::{Selection, is_package, package},
    resolve::{self, Settings},
};

use super::render::{Model, Package, field, folder, model, operation, read_modules, shown, wheel};

fn one(operation: super::render::Operation, models: Vec<Model>) -> Vec<String> {
    let reading = Package { operations: vec![operation], models }.read();
    assert_eq!(reading.refused, []);
    let [page] = reading.pages.as_slice() else { panic!("{} pages", reading.pages.len()) };
    shown(page)
}

#[test]
fn a_page_says_what_the_package_says_of_an_operation() {
    let models = vec![model("ShowBookRequest", vec![]), model("ShowBookResponse", vec![])];
    let operations = vec![operation("ShowBook", "GET /v1/{project_id}/books", &[])];
    let reading = Package { operations, models }.read();
    assert_eq!(
        (reading.name.as_str(), reading.version.as_str()),
        ("huaweicloudsdklibrary", "1.2.3")
    );
    let page = &reading.pages[0];
    assert_eq!(page.operation, "ShowBook");
    assert_eq!(page.product.as_deref(), Some("LIBRARY"));
    assert_eq!(page.title, "Title of ShowBook");
    assert_eq!(page.introduction, ["Text of ShowBook."]);
    assert_eq!((page.method.as_str(), page.path.as_str()), ("GET", "/v1/{project_id}/books"));
    assert_eq!(page.file, "huaweicloudsdklibrary/v1/library_client.py");
    assert_eq!(page.line, 7);
    assert_eq!(shown(page), ["path: project_id! String"]);
}

#[test]
fn the_module_of_regions_lists_endpoints() {
    let mut modules = Package {
        operations: vec![operation("ShowBook", "GET /v1/books", &[])],
        models: vec![model("ShowBookRequest", vec![]), model("ShowBookResponse", vec![])],
    }
    .modules();
    let regions = "class LibraryRegion:\n    _PROVIDER = chain(\"LIBRARY\")\n\n    \
        B_1 = Region(\"b-1\",\n        \"https://library.b-1.example\",\n        \"https://b-1.example\")\n    \
        A_1 = Region(\"a-1\", \"https://library.a-1.example\")\n    static_fields = {\"a-1\": A_1}\n    \
        C = Region(name, \"https://c.example\")\n";
    let path = "huaweicloudsdklibrary/v1/region/library_region.py".to_owned();
    modules.push((path, regions.to_owned()));
    let reading = read_modules(&modules, &Selection::default());
    let found: Vec<(&str, &str)> =
        reading.endpoints.iter().map(|one| (one.region.as_str(), one.url.as_str())).collect();
    assert_eq!(
        found,
        [
            ("a-1", "https://library.a-1.example"),
            ("b-1", "https://b-1.example"),
            ("b-1", "https://library.b-1.example"),
        ]
    );
    assert_eq!(reading.refused, []);
    if let Some((_, text)) = modules.last_mut() {
        text.push_str("    D = Region(\n");
    }
    let broken = read_modules(&modules, &Selection::default());
    assert_eq!((broken.endpoints.len(), broken.pages.len(), broken.refused.len()), (0, 1, 1));
}

#[test]
fn parameters_of_all_places() {
    let request = model(
        "ShowBookRequest",
        vec![
            field("book_id!", "str", "编号。"),
            field("limit", "int", "每页条数。  取值范围：1 - 100"),
            field("tags!", "list[str]", "标签。"),
            field("X-Language", "str", "The x_language of this ShowBookRequest."),
        ],
    );
    let places = ["path:book_id", "query:limit", "query:tags", "header:X-Language"];
    let lines = one(
        operation("ShowBook", "GET /v1/{project_id}/books/{book_id}", &places),
        vec![request, model("ShowBookResponse", vec![])],
    );
    assert_eq!(
        lines,
        [
            "path: project_id! String",
            "path: book_id! String \"编号。\"",
            "query: limit Whole \"每页条数。 | 取值范围：1 - 100\"",
            "query: tags! Array<String> \"标签。\"",
            "header: X-Language String",
        ]
    );
}

#[test]
fn bodies_reach_their_schemas_each_once() {
    let lines = one(
        operation("CreateBook", "POST /v1/books", &["body"]),
        vec![
            model("CreateBookRequest", vec![field("body!", "Book", "")]),
            model(
                "Book",
                vec![
                    field("title!", "str", ""),
                    field("author", "Person", ""),
                    field("editors", "list[Person]", ""),
                    field("extra", "dict(str, list[Note])", ""),
                    field("sequel", "Book", ""),
                    field("class", "object", ""),
                    field("price", "decimal.Decimal", ""),
                ],
            ),
            model("Person", vec![field("name", "str", "")]),
            model("Note", vec![field("text", "str", ""), field("by", "Person", "")]),
            model("CreateBookResponse", vec![field("id", "int", ""), field("book", "Book", "")]),
        ],
    );
    assert_eq!(
        lines,
        [
            "body Book: title! String",
            "body Book: author Person object",
            "body Book: editors Array<Person object>",
            "body Book: extra Map<String,Array<Note object>>",
            "body Book: sequel Book object",
            "body Book: class Object",
            "body Book: price Double",
            "schema Person: name String",
            "schema Note: text String",
            "schema Note: by Person object",
            "answer CreateBookResponse: id Whole",
            "answer CreateBookResponse: book Book object",
            "schema Book: title! String",
            "schema Book: author Person object",
            "schema Book: editors Array<Person object>",
            "schema Book: extra Map<String,Array<Note object>>",
            "schema Book: sequel Book object",
            "schema Book: class Object",
            "schema Book: price Double",
            "schema Person: name String",
            "schema Note: text String",
            "schema Note: by Person object",
        ]
    );
}

#[test]
fn whole_bodies_of_every_kind() {
    let cases: &[(&str, &[&str])] = &[
        ("list[Book]", &["[数组元素]! Book object", "title String"]),
        ("list[str]", &["[数组元素]! String"]),
        ("dict(str, Book)", &["{自定义key}! Book object", "title String"]),
        ("dict(str, str)", &["{自定义key}! String"]),
        ("str", &["-! String"]),
        ("object", &["-! Object"]),
        ("Empty", &["-! Object"]),
        ("Colour", &["-! String [red]"]),
    ];
    for (type_text, expected) in cases {
        let colour = Model {
            constants: vec![("RED".to_owned(), "red".to_owned())],
            ..model("Colour", vec![])
        };
        let lines = one(
            operation("PutBook", "PUT /v1/books", &["body"]),
            vec![
                model("PutBookRequest", vec![field("body!", type_text, "")]),
                model("PutBookResponse", vec![field("body!", type_text, "")]),
                model("Book", vec![field("title", "str", "")]),
                model("Empty", vec![]),
                colour,
            ],
        );
        let of = |place: &str, schema: &str| -> Vec<String> {
            let row = |(i, row): (usize, &&str)| match i {
                0 => format!("{place}: {row}"),
                _ => format!("{schema}: {row}"),
            };
            expected.iter().enumerate().map(row).collect()
        };
        let mut all = of("body", "schema Book");
        all.extend(of("answer", "schema Book"));
        assert_eq!(lines, all, "{type_text}");
    }
}

#[test]
fn enumerations_are_lists_of_values() {
    let state = Model {
        constants: vec![
            ("READY".to_owned(), "ready".to_owned()),
            ("GONE".to_owned(), "GONE".to_owned()),
            ("xml_name".to_owned(), "State".to_owned()),
        ],
        ..model("State", vec![])
    };
    let lines = one(
        operation("ListStates", "GET /v1/states", &[]),
        vec![
            model("ListStatesRequest", vec![]),
            model(
                "ListStatesResponse",
                vec![field("one", "State", ""), field("all!", "list[State]", "")],
            ),
            state,
        ],
    );
    assert_eq!(
        lines,
        [
            "answer ListStatesResponse: one String [ready GONE]",
            "answer ListStatesResponse: all! Array<String> [ready GONE]",
        ]
    );
}

#[test]
fn headers_of_an_answer_are_not_in_its_body() {
    let lines = one(
        operation("ShowBook", "GET /v1/books", &[]).line("response_headers = [\"X-Request-Id\", ]"),
        vec![
            model("ShowBookRequest", vec![]),
            model(
                "ShowBookResponse",
                vec![field("title", "str", ""), field("X-request-id", "str", "")],
            ),
        ],
    );
    assert_eq!(
        lines,
        ["answer's header: X-request-id String", "answer ShowBookResponse: title String"]
    );
}

#[test]
fn uploads_and_downloads() {
    let lines = one(
        operation("CopyBook", "POST /v1/books/copy", &[]),
        vec![
            Model { base: "SdkStreamRequest", ..model("CopyBookRequest", vec![]) },
            Model { base: "SdkStreamResponse", ..model("CopyBookResponse", vec![]) },
        ],
    );
    assert_eq!(lines, ["body: - File", "answer: - File"]);
    let lines = one(
        operation("UploadBook", "POST /v1/books", &["form:file", "form:name", "body"]).line(
            "header_params['Content-Type'] = http_utils.select_header_content_type(['multipart/form-data'])",
        ),
        vec![
            model("UploadBookRequest", vec![field("body", "UploadBookBody", "")]),
            model(
                "UploadBookBody",
                vec![field("file!", "file", "文件。"), field("name", "str", "")],
            ),
            model("UploadBookResponse", vec![]),
        ],
    );
    assert_eq!(lines, ["form: file! File \"文件。\"", "form: name String"]);
}

#[test]
fn names_that_are_keywords_or_look_like_types() {
    let lines = one(
        operation("Query", "GET /v1/q", &[]),
        vec![
            model("QueryRequest", vec![]),
            model("QueryResponse", vec![field("from!", "Files", ""), field("os:type", "str", "")]),
            model("Files", vec![field("name", "str", "")]),
        ],
    );
    assert_eq!(
        lines,
        [
            "answer QueryResponse: from! Files object",
            "answer QueryResponse: os:type String",
            "schema Files: name String",
        ]
    );
}

#[test]
fn a_wheel_and_its_folder_say_the_same() {
    let operations = vec![
        operation("ShowBook", "GET /v1/books", &[]),
        operation("DropBook", "DELETE /v1/books", &[]),
    ];
    let models = ["ShowBook", "DropBook"].into_iter().flat_map(|id| {
        [model(&format!("{id}Request"), vec![]), model(&format!("{id}Response"), vec![])]
    });
    let modules = Package { operations, models: models.collect() }.modules();
    let (root, path) = folder(&modules);
    let file = root.path().join("library.whl");
    wheel(&modules, &file);
    let whole = Selection::default();
    let reading = package(&file, &whole);
    assert_eq!(reading, package(&path, &whole));
    assert_eq!(reading, package(&path.join("huaweicloudsdklibrary"), &whole));
    let ids: Vec<&str> = reading.pages.iter().map(|page| page.operation.as_str()).collect();
    assert_eq!(ids, ["DropBook", "ShowBook"]);
    assert!(is_package(&file) && is_package(&path) && !is_package(&path.join("nothing")));
    let some = Selection { operations: vec!["ShowBook".to_owned()], ..whole };
    let ids: Vec<String> =
        read_modules(&modules, &some).pages.into_iter().map(|page| page.operation).collect();
    assert_eq!(ids, ["ShowBook"]);
}

#[test]
fn the_fields_of_a_json_body_are_no_form() {
    let package = |media_type: &str| {
        Package {
        operations: vec![
            operation("AddBook", "POST /v1/books", &["form:title", "body"]).line(&format!(
                "header_params['Content-Type'] = http_utils.select_header_content_type(['{media_type}'])"
            )),
        ],
        models: vec![
            model("AddBookRequest", vec![field("body", "Book", "")]),
            model("Book", vec![field("title!", "str", "")]),
            model("AddBookResponse", vec![]),
        ],
    }
    };
    let json = package("application/json;charset=UTF-8").read();
    assert_eq!(json.refused, []);
    assert_eq!(shown(&json.pages[0]), ["body Book: title! String"]);
    let query = package("application/x-www-form-urlencoded").read();
    assert_eq!(query.refused, []);
    assert_eq!(shown(&query.pages[0]), ["urlencoded Book: title! String"]);
    let made = resolve::pages(&query.pages, &Settings::default());
    assert_eq!(
        made.document["paths"]["/v1/books"]["post"]["requestBody"]["content"],
        json!({"application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/Book"}}})
    );
}

/// A field of any content may be called like a class that is something else.
#[test]
fn an_object_of_anything_leads_to_no_class_of_its_name() {
    let package = Package {
        operations: vec![operation("AddBook", "POST /v1/books", &["body"])],
        models: vec![
            model("AddBookRequest", vec![field("body", "Book", "")]),
            model(
                "Book",
                vec![
                    field("limit", "dict(str, object)", ""),
                    field("page", "object", ""),
                    field("limits", "list[Limit]", ""),
                    field("pages", "list[Page]", ""),
                ],
            ),
            model("Limit", vec![field("count", "int", "")]),
            model("Page", vec![field("text", "str", "")]),
            model("AddBookResponse", vec![]),
        ],
    };
    let reading = package.read();
    let made = resolve::pages(&reading.pages, &Settings::default());
    let book = &made.document["components"]["schemas"]["Book"]["properties"];
    assert_eq!(
        book["limit"],
        json!({"type": "object", "additionalProperties": {"type": "object"}})
    );
    assert_eq!(book["page"], json!({"type": "object"}));
    assert_eq!(book["pages"]["items"], json!({"$ref": "#/components/schemas/Page"}));
}
