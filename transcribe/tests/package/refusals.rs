//! What cannot be read is named, with its place; everything else is read all the same.

use transcribe::read::package::{PackageReading, Selection, package};

use super::render::{Package, field, folder, model, operation, read_modules};

fn lines(reading: &PackageReading) -> Vec<String> {
    let line = |r: &transcribe::facts::Refusal| format!("{}:{}: {}", r.file, r.line, r.message);
    reading.refused.iter().map(line).collect()
}

fn library() -> Package {
    Package {
        operations: vec![
            operation("ShowBook", "GET /v1/books", &[]),
            operation("ShowShelf", "GET /v1/shelves", &[]),
        ],
        models: vec![
            model("ShowBookRequest", vec![]),
            model("ShowBookResponse", vec![field("title", "str", "")]),
            model("ShowShelfRequest", vec![]),
            model("ShowShelfResponse", vec![]),
        ],
    }
}

#[test]
fn a_type_that_means_nothing_costs_its_row_only() {
    let mut library = library();
    library.models[1].fields.push(field("size", "tuple", ""));
    library.models[1].fields.push(field("cover", "Cover", ""));
    let reading = library.read();
    assert_eq!(
        lines(&reading),
        [
            "huaweicloudsdklibrary/v1/library_client.py:7: ShowBook: cover: the class `Cover` is not in this package",
            "huaweicloudsdklibrary/v1/library_client.py:7: ShowBook: size: `tuple` is not a known type",
        ]
    );
    assert_eq!(reading.pages.len(), 2);
    assert_eq!(reading.pages[0].tables[0].rows.len(), 1);
}

#[test]
fn a_damaged_module_is_named_and_the_others_are_read() {
    let mut modules = library().modules();
    for (path, text) in &mut modules {
        if path.ends_with("show_book_response.py") {
            *text = text.replace("def __init__(self):", "def __init__(self:");
        }
    }
    let reading = read_modules(&modules, &Selection::default());
    assert_eq!(
        lines(&reading),
        [
            "huaweicloudsdklibrary/v1/library_client.py:7: ShowBook: the class of the answer, `ShowBookResponse`, is not in this package",
            "huaweicloudsdklibrary/v1/model/show_book_response.py:25: is not valid Python here",
        ]
    );
    assert_eq!(reading.pages.len(), 2);
}

#[test]
fn a_parameter_that_goes_nowhere_refuses_its_operation() {
    let mut library = library();
    library.operations[0].lines.push("if 'limit' in local_var_params:".to_owned());
    library.operations[0]
        .lines
        .push("    somewhere['limit'] = local_var_params['limit']".to_owned());
    library.operations[1].lines.push("if 'limit' in local_var_params:".to_owned());
    library.operations[1]
        .lines
        .push("    header_params['limit'] = local_var_params['limit']".to_owned());
    let reading = library.read();
    assert_eq!(
        lines(&reading),
        [
            "huaweicloudsdklibrary/v1/library_client.py:25: _show_book_http_info: it is not clear where `limit` goes",
            "huaweicloudsdklibrary/v1/library_client.py:49: ShowShelf: `limit` is not an attribute of the request",
        ]
    );
    assert_eq!(reading.pages.len(), 1);
}

#[test]
fn versions_and_operations_are_chosen_by_name() {
    let mut modules = library().modules();
    let second: Vec<(String, String)> = modules
        .iter()
        .filter(|(path, _)| path.contains("/v1/"))
        .map(|(path, text)| (path.replace("/v1/", "/v2/"), text.clone()))
        .collect();
    modules.extend(second);
    let (_root, path) = folder(&modules);
    let read = |version: Option<&str>, operations: &[&str]| {
        let version = version.map(str::to_owned);
        let operations = operations.iter().map(|id| (*id).to_owned()).collect();
        let mut reading = package(&path, &Selection { version, operations });
        for refusal in &mut reading.refused {
            refusal.file = refusal.file.replace(&*path.to_string_lossy(), "PACKAGE");
        }
        (reading.pages.len(), lines(&reading))
    };
    let why = "PACKAGE:1: the package has `v1`, `v2`; choose one with --version".to_owned();
    assert_eq!(read(None, &[]), (0, vec![why]));
    let why = "PACKAGE:1: `v9` is not in this package; it has `v1`, `v2`".to_owned();
    assert_eq!(read(Some("v9"), &[]), (0, vec![why]));
    assert_eq!(read(Some("v2"), &[]), (2, vec![]));
    let why = "huaweicloudsdklibrary/v2/library_client.py:1: no operation `ShowBok` is in this package; \
               did you mean `ShowBook`?";
    assert_eq!(read(Some("v2"), &["ShowBok", "ShowShelf"]), (1, vec![why.to_owned()]));
}

#[test]
fn what_is_no_package_has_a_reason() {
    let root = tempfile::tempdir().unwrap();
    let reason = |name: &str| {
        let reading = package(&root.path().join(name), &Selection::default());
        assert_eq!(reading.pages, []);
        reading.refused[0].message.clone()
    };
    assert!(reason("absent.whl").starts_with("cannot be read: "));
    #[expect(clippy::disallowed_methods, reason = "a file in a folder of its own")]
    std::fs::write(root.path().join("text.whl"), "no zip").unwrap();
    assert!(reason("text.whl").starts_with("is not a wheel: "), "{}", reason("text.whl"));
    assert_eq!(reason(""), "holds no package with a folder `vN`");
}

#[test]
fn what_only_a_body_can_be_is_no_parameter() {
    let colour = super::render::Model {
        constants: vec![("RED".to_owned(), "red".to_owned())],
        ..model("Colour", vec![])
    };
    let refused = |place: &str, kind: &str| {
        let package = Package {
            operations: vec![operation("ListBooks", "GET /v1/books", &[&format!("{place}:by")])],
            models: vec![
                model("ListBooksRequest", vec![field("by", kind, "")]),
                model("Author", vec![field("name", "str", "")]),
                colour.clone(),
                model("ListBooksResponse", vec![]),
            ],
        };
        let reading = package.read();
        assert_eq!(reading.pages.len(), 1);
        reading.refused.into_iter().map(|refusal| refusal.message).collect::<Vec<_>>()
    };
    for kind in [
        "Author",
        "dict",
        "dict(str, Author)",
        "dict(str, dict(str, str))",
        "dict(str, list[list[str]])",
        "list[Author]",
        "list[list[str]]",
        "list[dict(str, str)]",
        "list",
        "file",
    ] {
        let why = format!("ListBooks: `by` is `{kind}`, which only a body can be; it was left out");
        assert_eq!(refused("query", kind), [why]);
    }
    for kind in ["list[str]", "dict(str, str)"] {
        let why = format!("ListBooks: `by` is `{kind}`, which only a body can be; it was left out");
        assert_eq!(refused("header", kind), [why]);
    }
    for kind in ["str", "list[int]", "Colour", "list[Colour]", "dict(str, Colour)", "object"] {
        assert_eq!(refused("query", kind), Vec::<String>::new(), "{kind}");
    }
}

#[test]
fn a_head_request_has_no_body() {
    let package = Package {
        operations: vec![operation("ListBooks", "HEAD /v1/books", &["body"])],
        models: vec![
            model("ListBooksRequest", vec![field("body", "Author", "")]),
            model("Author", vec![field("name", "str", "")]),
            model("ListBooksResponse", vec![]),
        ],
    };
    let reading = package.read();
    assert_eq!(super::render::shown(&reading.pages[0]), Vec::<String>::new());
    let why = "ListBooks: a HEAD request has no body; it was left out";
    assert_eq!(reading.refused[0].message, why);
}
