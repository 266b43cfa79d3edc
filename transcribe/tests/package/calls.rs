//! Operations of a package that are one call: what becomes of them.

use transcribe::read::package::Selection;

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

#[test]
fn operations_of_one_call_that_disagree_are_not_joined() {
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
    assert_eq!(reading.pages.len(), 1);
    assert_eq!(
        reading.refused[0].message,
        "OpenBook is the same call as CloseBook, POST /v1/books/action, and `page` is String in one and Whole \
         in the other; it was left out"
    );
}

#[test]
fn what_creates_things_keeps_its_name_and_its_rules() {
    let call = "POST /v1/books";
    let operations = vec![operation("RestoreBook", call, &[]), operation("CreateBook", call, &[])];
    let models = ["CreateBook", "RestoreBook"].into_iter().flat_map(|id| {
        [model(&format!("{id}Request"), vec![]), model(&format!("{id}Response"), vec![])]
    });
    let reading = Package { operations, models: models.collect() }.read();
    assert_eq!(reading.pages[0].operation, "CreateBook");
    assert_eq!(
        reading.refused[0].message,
        "RestoreBook is the same call as CreateBook, POST /v1/books, and a document has one operation for a call \
         that is no `…/action`; it was left out"
    );
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
fn answers_of_one_call_are_read_as_far_as_they_agree() {
    let of = |id: &str, kind: &str| {
        let fields = vec![field("job", kind, ""), field("time", "str", "")];
        [model(&format!("{id}Request"), vec![]), model(&format!("{id}Response"), fields)]
    };
    let call = "POST /v1/books/action";
    let operations = vec![operation("OpenBook", call, &[]), operation("CloseBook", call, &[])];
    let models = of("OpenBook", "str").into_iter().chain(of("CloseBook", "list[str]")).collect();
    let reading = Package { operations, models }.read();
    assert_eq!(shown(&reading.pages[0]), ["answer BookActionResponse: time String"]);
    assert_eq!(
        reading.refused[0].message,
        "BookAction: answers differ, `job` is Array<String> in one and String in the other; `job` was left out"
    );
}
