//! What goes into queries, forms and bodies of a package's calls.

use serde_json::json;
use transcribe::resolve::{self, Settings};

use super::render::{Package, field, model, operation, shown};

/// Fields of a form may be attributes of the request itself.
#[test]
fn a_form_in_the_notation_of_queries_without_a_body() {
    let package = Package {
        operations: vec![
            operation("AddBook", "POST /v1/books", &["form:title"]).line(
                "header_params['Content-Type'] = http_utils.select_header_content_type(['application/x-www-form-urlencoded'])",
            ),
        ],
        models: vec![
            model("AddBookRequest", vec![field("title!", "str", "")]),
            model("AddBookResponse", vec![]),
        ],
    };
    let reading = package.read();
    assert_eq!(reading.refused, []);
    assert_eq!(shown(&reading.pages[0]), ["urlencoded: title! String"]);
}

/// What a URL can hold: texts, lists of them, and maps of both; a class of one field is a name for its value.
#[test]
fn parameters_of_a_query() {
    let query = |kind: &str| {
        let package = Package {
            operations: vec![operation("ListBooks", "GET /v1/books", &["query:by"])],
            models: vec![
                model("ListBooksRequest", vec![field("by", kind, "")]),
                model("By", vec![field("by", "int", "")]),
                model("ListBooksResponse", vec![]),
            ],
        };
        let reading = package.read();
        assert_eq!(reading.refused, [], "{kind}");
        let made = resolve::pages(&reading.pages, &Settings::default());
        let parameter = made.document["paths"]["/v1/books"]["get"]["parameters"][0].clone();
        (shown(&reading.pages[0]).concat(), parameter["style"].clone(), parameter["schema"].clone())
    };
    let cases = [
        ("object", "String", json!(null), json!({"type": "string"})),
        (
            "list[object]",
            "Array<String>",
            json!(null),
            json!({"type": "array", "items": {"type": "string"}}),
        ),
        ("By", "Whole", json!(null), json!({"type": "integer"})),
        (
            "list[By]",
            "Array<Whole>",
            json!(null),
            json!({"type": "array", "items": {"type": "integer"}}),
        ),
        (
            "dict(str, str)",
            "Map<String,String>",
            json!("deepObject"),
            json!({"type": "object", "additionalProperties": {"type": "string"}}),
        ),
        (
            "dict(str, list[str])",
            "Map<String,Array<String>>",
            json!("deepObject"),
            json!({
                "type": "object",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            }),
        ),
    ];
    for (kind, row, style, schema) in cases {
        assert_eq!(query(kind), (format!("query: by {row}"), style, schema), "{kind}");
    }
}

/// The client sends it, and nothing says of what type it is.
#[test]
fn a_parameter_without_an_attribute_is_a_text() {
    let list = |lines: &[&str]| {
        let mut listing = operation("ListBooks", "GET /v1/books", &[]);
        for line in lines {
            listing = listing.line(line);
        }
        let models = vec![model("ListBooksRequest", vec![]), model("ListBooksResponse", vec![])];
        let reading = Package { operations: vec![listing], models }.read();
        assert_eq!(reading.refused, []);
        shown(&reading.pages[0])
    };
    let sent = [
        "if 'name' in local_var_params:",
        "    query_params.append(('name', local_var_params['name']))",
    ];
    assert_eq!(list(&sent), ["query: name String"]);
    let joined = [sent[0], sent[1], "    collection_formats['name'] = 'multi'"];
    assert_eq!(list(&joined), ["query: name Array<String>"]);
}

/// The vendor's own client sends it.
#[test]
fn a_get_request_may_have_a_body() {
    let package = Package {
        operations: vec![operation("ListBooks", "GET /v1/books", &["body"])],
        models: vec![
            model("ListBooksRequest", vec![field("body", "Filter", "")]),
            model("Filter", vec![field("name!", "str", "")]),
            model("ListBooksResponse", vec![]),
        ],
    };
    let reading = package.read();
    assert_eq!(reading.refused, []);
    assert_eq!(shown(&reading.pages[0]), ["body Filter: name! String"]);
}

/// A list of lists is not a list, nor a map of maps a map.
#[test]
fn bodies_that_are_lists_and_maps() {
    let body = |kind: &str| {
        let package = Package {
            operations: vec![operation("AddBooks", "POST /v1/books", &["body"])],
            models: vec![
                model("AddBooksRequest", vec![field("body", kind, "")]),
                model("Book", vec![field("title", "str", "")]),
                model("AddBooksResponse", vec![]),
            ],
        };
        let reading = package.read();
        assert_eq!(reading.refused, [], "{kind}");
        let made = resolve::pages(&reading.pages, &Settings::default());
        let content = &made.document["paths"]["/v1/books"]["post"]["requestBody"]["content"];
        let schema = &content["application/json"]["schema"];
        let name = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()).unwrap();
        made.document["components"]["schemas"][name].clone()
    };
    let text = json!({"type": "string"});
    let book = json!({"$ref": "#/components/schemas/Book"});
    let list = |item| json!({"type": "array", "items": item});
    let map = |value| json!({"type": "object", "additionalProperties": value});
    let cases = [
        ("list[str]", list(text.clone())),
        ("list[Book]", list(book.clone())),
        ("list[list[str]]", list(list(text.clone()))),
        ("list[list[Book]]", list(list(book.clone()))),
        ("list[dict(str, str)]", list(map(text.clone()))),
        ("dict(str, str)", map(text.clone())),
        ("dict(str, list[str])", map(list(text.clone()))),
        ("dict(str, dict(str, Book))", map(map(book))),
    ];
    for (kind, schema) in cases {
        let mut found = body(kind);
        found.as_object_mut().unwrap().retain(|key, _| schema.get(key).is_some());
        assert_eq!(found, schema, "{kind}");
    }
}
