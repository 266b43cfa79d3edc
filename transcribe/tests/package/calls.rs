//! Operations of a package that are one call: what becomes of them.

use serde_json::json;
use transcribe::{
    facts::Page,
    merge,
    read::package::{PackageReading, Selection},
    resolve::{self, Settings},
};

use super::render::{Model, Package, field, model, operation, read_modules, shown};

#[test]
fn operations_of_one_call_are_one_page() {
    let action = |name: &str, value: &str| Model {
        constants: vec![(value.to_uppercase(), value.to_owned())],
        ..model(name, vec![])
    };
    let of = |id: &str, fields: Vec<super::render::Field>| {
        vec![
            model(&format!("{id}Request"), vec![field("body!", &format!("{id}Body"), "")]),
            model(&format!("{id}Body"), fields),
            model(&format!("{id}Response"), vec![]),
        ]
    };
    let mut models = of("OpenBook", vec![field("action!", "Open", ""), field("page!", "int", "")]);
    models.extend(of("CloseBook", vec![field("action!", "Close", "")]));
    models.extend([action("Open", "open"), action("Close", "close")]);
    let call = "POST /v1/books/action";
    let operations =
        vec![operation("OpenBook", call, &["body"]), operation("CloseBook", call, &["body"])];
    let package = Package { operations, models };
    let reading = package.read();
    assert_eq!(reading.refused, []);
    let [page] = reading.pages.as_slice() else { panic!("{} pages", reading.pages.len()) };
    assert_eq!(page.operation, "BookAction");
    assert_eq!(page.title, "Title of CloseBook / Title of OpenBook");
    assert_eq!(
        shown(page),
        [
            "body BookActionRequestBody: action! String [close open]",
            "body BookActionRequestBody: page Whole",
        ]
    );
    // Alone, it is what it is called.
    let alone = Selection { operations: vec!["OpenBook".to_owned()], ..Selection::default() };
    let reading = read_modules(&package.modules(), &alone);
    assert_eq!(reading.pages[0].operation, "OpenBook");
}

/// The calls that came of a package: operation, method and key of the path.
fn calls(reading: &PackageReading) -> Vec<String> {
    assert_eq!(reading.refused, []);
    let call = |page: &Page| format!("{} {} {}", page.operation, page.method, page.path);
    reading.pages.iter().map(call).collect()
}

#[test]
fn operations_of_one_call_that_disagree_stay_apart() {
    let of = |id: &str, kind: &str| {
        vec![
            model(&format!("{id}Request"), vec![field("body!", &format!("{id}Body"), "")]),
            model(&format!("{id}Body"), vec![field("page", kind, "")]),
            model(&format!("{id}Response"), vec![]),
        ]
    };
    let mut models = of("OpenBook", "int");
    models.extend(of("CloseBook", "str"));
    let call = "POST /v1/books/action";
    let operations =
        vec![operation("OpenBook", call, &["body"]), operation("CloseBook", call, &["body"])];
    let reading = Package { operations, models }.read();
    assert_eq!(
        calls(&reading),
        ["CloseBook POST /v1/books/action", "OpenBook POST /v1/books/action#OpenBook"]
    );
    assert_eq!(shown(&reading.pages[0]), ["body CloseBookBody: page String"]);
    assert_eq!(shown(&reading.pages[1]), ["body OpenBookBody: page Whole"]);
}

#[test]
fn what_creates_things_keeps_its_name_and_its_rules() {
    let call = "POST /v1/books/{id}";
    let operations = vec![
        operation("RestoreBook", call, &["path:id"]),
        operation("CreateBook", "POST /v1/books/{book_id}", &["path:book_id"]),
        operation("ShowBook", "GET /v1/books/{id}", &["path:id"]),
    ];
    let models = ["CreateBook", "RestoreBook", "ShowBook"].into_iter().flat_map(|id| {
        let fields = vec![field("id", "str", ""), field("book_id", "str", "")];
        [model(&format!("{id}Request"), fields), model(&format!("{id}Response"), vec![])]
    });
    let reading = Package { operations, models: models.collect() }.read();
    assert_eq!(
        calls(&reading),
        [
            "CreateBook POST /v1/books/{book_id}",
            "RestoreBook POST /v1/books/{book_id}#RestoreBook",
            "ShowBook GET /v1/books/{book_id}",
        ]
    );
}

#[test]
fn a_fragment_names_no_resource() {
    let operations = vec![
        operation("ListNewBooks", "GET /v1/books", &["query:limit", "query:offset"]),
        operation("ListOldBooks", "GET /v1/books", &["query:limit", "query:offset"]),
    ];
    let models = ["ListNewBooks", "ListOldBooks"].into_iter().flat_map(|id| {
        let window = vec![field("limit", "int", "每页个数"), field("offset", "int", "偏移量")];
        let lists = vec![field("books", "list[str]", ""), field("shelves", "list[str]", "")];
        [model(&format!("{id}Request"), window), model(&format!("{id}Response"), lists)]
    });
    let reading = Package { operations, models: models.collect() }.read();
    let made = resolve::pages(&reading.pages, &Settings::default());
    assert_eq!(made.refused, []);
    let of = |path: &str| made.document["paths"][path]["get"].clone();
    for (path, id) in [("/v1/books", "ListNewBooks"), ("/v1/books#ListOldBooks", "ListOldBooks")] {
        assert_eq!(of(path)["operationId"], id);
        assert_eq!(of(path)["tags"], json!(["books"]), "{path}");
        assert_eq!(of(path)["x-pagination"]["items"], "books", "{path}");
    }
    // Merged into what it made, it changes nothing.
    let merged = merge::into(&made.document, &made).unwrap();
    assert_eq!(merged.document, made.document);
}

#[test]
fn one_path_has_one_name_for_each_parameter() {
    let operations = vec![
        operation("DeleteBook", "DELETE /v1/books/{id}", &["path:id"]),
        operation("ShowBook", "GET /v1/books/{book_id}", &["path:book_id"]),
    ];
    let models =
        ["DeleteBook", "ShowBook"].into_iter().zip(["id", "book_id"]).flat_map(|(id, name)| {
            let request = model(&format!("{id}Request"), vec![field(name, "str", "")]);
            [request, model(&format!("{id}Response"), vec![])]
        });
    let reading = Package { operations, models: models.collect() }.read();
    let paths: Vec<&str> = reading.pages.iter().map(|page| page.path.as_str()).collect();
    assert_eq!(paths, ["/v1/books/{id}", "/v1/books/{id}"]);
    assert_eq!(shown(&reading.pages[1]), ["path: id! String"]);
    assert_eq!(reading.refused, []);
}

#[test]
fn a_part_of_two_parameters_is_another_path() {
    let operations = vec![
        operation("DeleteBook", "DELETE /v1/books/{id}", &["path:id"]),
        operation("ShowBook", "GET /v1/books/{shelf}:{id}", &["path:shelf", "path:id"]),
    ];
    let models = ["DeleteBook", "ShowBook"].into_iter().flat_map(|id| {
        let fields = vec![field("shelf", "str", ""), field("id", "str", "")];
        [model(&format!("{id}Request"), fields), model(&format!("{id}Response"), vec![])]
    });
    let reading = Package { operations, models: models.collect() }.read();
    assert_eq!(reading.pages[1].path, "/v1/books/{shelf}:{id}");
}

#[test]
fn operations_whose_answers_disagree_stay_apart() {
    let of = |id: &str, kind: &str| {
        let fields = vec![field("job", kind, ""), field("time", "str", "")];
        [model(&format!("{id}Request"), vec![]), model(&format!("{id}Response"), fields)]
    };
    let call = "POST /v1/books/action";
    let operations = vec![operation("OpenBook", call, &[]), operation("CloseBook", call, &[])];
    let models = of("OpenBook", "str").into_iter().chain(of("CloseBook", "list[str]")).collect();
    let reading = Package { operations, models }.read();
    assert_eq!(
        calls(&reading),
        ["CloseBook POST /v1/books/action", "OpenBook POST /v1/books/action#OpenBook"]
    );
    assert_eq!(
        shown(&reading.pages[0]),
        ["answer CloseBookResponse: job Array<String>", "answer CloseBookResponse: time String"]
    );
}
