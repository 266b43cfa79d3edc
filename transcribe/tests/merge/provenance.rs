//! Sources of what the document has: pages and packages merged one after the other, in either order.

use serde_json::{Value, json};
use transcribe::{
    merge::{Finding, Merge, Outcome},
    transcript::Transcript,
};

use crate::support::{deciders, document, lines, merged, transcript, yaml};

const PACKAGE: &str = "{package: sdk, version: 1.0.0}";

/// A source of one operation with a request body, of properties as they are given.
fn source(named: &str, parameters: &str, properties: &str, answers: &str) -> Transcript {
    let mut document = document(
        r##"
        /a:
          post:
            operationId: A
            parameters: []
            requestBody:
              content: {application/json: {schema: {$ref: "#/components/schemas/Body"}}}
        "##,
        "schemas: {Body: {type: object, properties: {}}}",
    );
    let operation = &mut document["paths"]["/a"]["post"];
    operation["parameters"] = yaml(parameters);
    operation["responses"] = yaml(answers);
    operation["x-source"] = yaml(named);
    let body = &mut document["components"]["schemas"]["Body"];
    body["properties"] = yaml(properties);
    body["x-source"] = yaml(named);
    transcript(document)
}

fn page() -> Transcript {
    source(
        "{page: A, tables: [2]}",
        "[{name: p, in: query, schema: {type: string}}, {name: both, in: query, schema: {type: string}}]",
        "{old: {type: string}, both: {type: string}}",
        r#"{"204": {description: ""}, "404": {description: ""}}"#,
    )
}

fn package() -> Transcript {
    source(
        PACKAGE,
        "[{name: both, in: query, schema: {type: string}}, {name: q, in: query, schema: {type: string}}]",
        "{both: {type: string}, new: {type: string}}",
        r#"{"200": {}}"#,
    )
}

fn sources_of_properties(document: &Value) -> Vec<(String, Value)> {
    let properties = document["components"]["schemas"]["Body"]["properties"].as_object().unwrap();
    let mut sources: Vec<(String, Value)> = properties
        .iter()
        .map(|(name, property)| {
            (name.clone(), property.get("x-source").cloned().unwrap_or_default())
        })
        .collect();
    sources.sort_by(|a, b| a.0.cmp(&b.0));
    sources
}

#[test]
fn what_only_one_source_knows_says_so() {
    let merge = merged(&page().document, &package());
    let document = &merge.document;
    let both = yaml("[{page: A, tables: [2]}, {package: sdk, version: 1.0.0}]");
    assert_eq!(document["paths"]["/a"]["post"]["x-source"], both);
    assert_eq!(document["components"]["schemas"]["Body"]["x-source"], both);
    let (page, package) = (json!({"page": "A"}), yaml(PACKAGE));
    let expected = [("both", Value::Null), ("new", package.clone()), ("old", page.clone())]
        .map(|(name, source)| (name.to_owned(), source));
    assert_eq!(sources_of_properties(document), expected);
    let parameters = document["paths"]["/a"]["post"]["parameters"].as_array().unwrap();
    let parameters: Vec<(&Value, Option<&Value>)> =
        parameters.iter().map(|one| (&one["name"], one.get("x-source"))).collect();
    assert_eq!(
        parameters,
        [(&json!("p"), Some(&page)), (&json!("both"), None), (&json!("q"), Some(&package))]
    );
}

#[test]
fn neither_order_of_page_and_package_changes_what_is_known_from_where() {
    let page_first = merged(&page().document, &package()).document;
    let package_first = merged(&package().document, &page()).document;
    assert_eq!(sources_of_properties(&page_first), sources_of_properties(&package_first));
    for document in [&page_first, &package_first] {
        assert_eq!(lines(&merged(document, &package())), [""; 0]);
    }
    assert_eq!(lines(&merged(&page_first, &page())), [""; 0]);
}

/// One property of a page and of a package that differ in one fact.
fn differing(of_page: &str, of_package: &str) -> (Transcript, Transcript) {
    let of = |named: &str, value: &str| {
        source(named, "[]", &format!("{{both: {value}}}"), r#"{"204": {description: ""}}"#)
    };
    (of("{page: A, tables: [2]}", of_page), of(PACKAGE, of_package))
}

/// A document with its keys, its lists of values and its parameters in alphabetical order.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(String, Value)> =
                map.iter().map(|(key, value)| (key.clone(), sorted(value))).collect();
            entries.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(entries.into_iter().collect())
        }
        Value::Array(list) => {
            let mut list: Vec<Value> = list.iter().map(sorted).collect();
            list.sort_by_key(Value::to_string);
            Value::Array(list)
        }
        other => other.clone(),
    }
}

/// What was applied, and what waits by a row that is new.
fn changes(merge: &Merge) -> Vec<String> {
    let is_new = |finding: &&Finding| match &finding.outcome {
        Outcome::Applied(_) => true,
        Outcome::Open(waiting) => waiting.as_ref().is_some_and(|waiting| waiting.is_new),
        Outcome::Left { .. } => false,
    };
    merge.findings.iter().filter(is_new).map(ToString::to_string).collect()
}

/// Merges both in either order, and again; gives back the property `both` and what waits.
#[track_caller]
fn either_order(page: &Transcript, package: &Transcript, about: &str) -> (Value, Vec<String>) {
    let page_first = merged(&page.document, package);
    let package_first = merged(&package.document, page);
    assert_eq!(sorted(&page_first.document), sorted(&package_first.document), "{about}");
    let document = page_first.document;
    for source in [page, package] {
        let again = merged(&document, source);
        assert_eq!(again.document, document, "{about}");
        assert_eq!(changes(&again), [""; 0], "{about}");
    }
    let mut property = document["components"]["schemas"]["Body"]["properties"]["both"].clone();
    let rows = property.as_object_mut().and_then(|map| map.remove("x-errata"));
    let rows = rows.as_ref().and_then(Value::as_array).into_iter().flatten();
    let mut waits: Vec<String> = rows.map(|row| row["about"].to_string()).collect();
    waits.sort();
    (property, waits)
}

#[test]
fn what_page_and_package_say_differently_waits_in_either_order() {
    for (of_page, of_package, waits) in [
        (
            "{type: string}",
            "{type: integer, format: int32}",
            r#"[{"fact":"type","sdk":"integer"}]"#,
        ),
        (
            "{type: string, default: a}",
            "{type: string, default: b}",
            r#"[{"fact":"default","sdk":"b"}]"#,
        ),
        (
            "{type: string, maxLength: 3}",
            "{type: string, maxLength: 5}",
            r#"[{"fact":"maxLength","sdk":5}]"#,
        ),
    ] {
        let (page, package) = differing(of_page, of_package);
        let (property, rows) = either_order(&page, &package, of_page);
        assert_eq!((property, rows), (yaml(of_page), vec![waits.to_owned()]));
    }
}

#[test]
fn values_of_page_and_package_come_together_in_either_order() {
    let (page, package) = differing("{type: string, enum: [a, c]}", "{type: string, enum: [b, c]}");
    let (property, waits) = either_order(&page, &package, "values");
    // A page is not held to what only the package lists.
    assert_eq!(
        sorted(&property),
        yaml("{enum: [a, b, c], type: string, x-unstated: {values: [b]}}")
    );
    assert_eq!(waits, [""; 0]);
}

/// What only the package knows of a value that both have is on the list of what no page states.
#[test]
fn no_page_is_held_to_keywords_of_a_package_in_either_order() {
    let (page, package) = differing(
        "{type: string, maxLength: 9}",
        "{type: string, maxLength: 9, minLength: 1, enum: [a]}",
    );
    let (property, waits) = either_order(&page, &package, "keywords");
    assert_eq!(
        property,
        yaml(
            "{type: string, minLength: 1, maxLength: 9, enum: [a], x-unstated: {keywords: [minLength, values]}}"
        )
    );
    assert_eq!(waits, [""; 0]);
    // And no package to those of a page, which are gone when the page loses them.
    let both = merged(&page.document, &package).document;
    let (shorter, poorer) = differing("{type: string}", "{type: string}");
    assert_eq!(changes(&merged(&both, &poorer)), [""; 0]);
    assert_eq!(
        lines(&merged(&both, &shorter)),
        ["#/components/schemas/Body/properties/both: gone from page: maxLength 9"]
    );
    // Where packages alone know a value, they are held to it.
    let alone = merged(&package.document, &poorer);
    assert_eq!(
        lines(&alone),
        [
            "#/components/schemas/Body/properties/both: gone from page: maxLength 9",
            "#/components/schemas/Body/properties/both: gone from page: minLength 1",
            r#"#/components/schemas/Body/properties/both: gone from page: values ["a"]"#,
        ]
    );
}

#[test]
fn what_one_of_page_and_package_asks_for_waits_in_either_order() {
    let (mut page, package) = differing("{type: string}", "{type: string}");
    page.document["components"]["schemas"]["Body"]["required"] = json!(["both"]);
    let (_, waits) = either_order(&page, &package, "required");
    assert_eq!(waits, [r#"[{"fact":"required","sdk":false}]"#]);
}

#[test]
fn a_parameter_in_two_places_is_two_in_either_order() {
    let of = |named: &str, place: &str| {
        let parameters = format!("[{{name: p, in: {place}, schema: {{type: string}}}}]");
        source(named, &parameters, "{both: {type: string}}", r#"{"204": {description: ""}}"#)
    };
    let (page, package) = (of("{page: A, tables: [2]}", "query"), of(PACKAGE, "header"));
    either_order(&page, &package, "place");
}

#[test]
fn no_source_is_held_to_what_another_one_says() {
    let both = merged(&page().document, &package()).document;
    // A later package without what it had once, and a page likewise.
    let newer = source("{package: sdk, version: 2.0.0}", "[]", "{both: {type: string}}", "{}");
    assert_eq!(
        lines(&merged(&both, &newer)),
        [
            "#/components/schemas/Body: added x-source",
            "#/components/schemas/Body/properties/new: gone from page: property new",
            "#/paths/~1a/post: added x-source",
            "#/paths/~1a/post/parameters/1: gone from page: parameter both",
            "#/paths/~1a/post/parameters/2: gone from page: parameter q",
        ]
    );
    let shorter =
        source("{page: A}", "[]", "{both: {type: string}}", r#"{"204": {description: ""}}"#);
    assert_eq!(
        lines(&merged(&both, &shorter)),
        [
            "#/components/schemas/Body/properties/old: gone from page: property old",
            "#/paths/~1a/post/parameters/0: gone from page: parameter p",
            "#/paths/~1a/post/parameters/1: gone from page: parameter both",
            "#/paths/~1a/post/responses/404: gone from page: status 404",
        ]
    );
}

#[test]
fn a_newer_package_takes_the_place_of_the_older_one() {
    let both = merged(&page().document, &package()).document;
    let mut newer = package();
    for pointer in ["/paths/~1a/post", "/components/schemas/Body"] {
        newer.document.pointer_mut(pointer).unwrap()["x-source"]["version"] = json!("2.0.0");
    }
    let document = merged(&both, &newer).document;
    let sources = &document["components"]["schemas"]["Body"]["x-source"];
    assert_eq!(*sources, yaml("[{page: A, tables: [2]}, {package: sdk, version: 2.0.0}]"));
    let new = &document["components"]["schemas"]["Body"]["properties"]["new"]["x-source"];
    assert_eq!(*new, yaml("{package: sdk, version: 2.0.0}"));
}

#[test]
fn what_every_source_knows_by_now_says_nothing() {
    let both = merged(&page().document, &package()).document;
    let longer = source(
        "{page: A}",
        "[]",
        "{old: {type: string}, both: {type: string}, new: {type: string}}",
        "{}",
    );
    let document = merged(&both, &longer).document;
    assert_eq!(
        document["components"]["schemas"]["Body"]["properties"]["new"].get("x-source"),
        None
    );
}

#[test]
fn a_document_without_sources_stays_without() {
    let mut document = page().document;
    for pointer in ["/paths/~1a/post", "/components/schemas/Body"] {
        document.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove("x-source");
    }
    let merge = merged(&document, &package());
    assert!(!merge.document.to_string().contains("x-source"), "{}", merge.document);
}

#[test]
fn a_package_knows_no_number_for_success_and_no_failure() {
    let with = |answers: &str| source(PACKAGE, "[]", "{}", answers);
    let body = r#"{"200": {content: {application/json: {schema: {type: object, properties: {n: {type: string}}}}}}}"#;
    let created = body.replace("200", "201");
    let of =
        |document: &Transcript, package: &Transcript| lines(&merged(&document.document, package));
    let page = |answers: &str| source("{page: A}", "[]", "{}", answers);
    let cited = "#/components/schemas/Body: added x-source";
    let operation = "#/paths/~1a/post: added x-source";
    assert_eq!(of(&page(r#"{"204": {}, "500": {}}"#), &with(r#"{"200": {}}"#)), [cited, operation]);
    assert_eq!(of(&page(&created), &with(body)), [cited, operation]);
    // A body that the page does not have is a difference, which a row can decide.
    let added = "#/paths/~1a/post/responses/200: added status 200";
    let mut document = page(r#"{"204": {}}"#);
    assert_eq!(of(&document, &with(body)), [cited, operation, added]);
    document.document["paths"]["/a"]["post"]["x-errata"] = yaml(
        r#"[{id: no-body, about: [{fact: presence, field: "200", sdk: []}], decision: No body., reason: R.}]"#,
    );
    let merge = merged(&document.document, &with(body));
    assert_eq!(deciders(&merge), ["status 200 by no-body"]);
    assert_eq!(merge.idle, []);
    // Nothing that a page can say.
    assert_eq!(merged(&document.document, &page(r#"{"204": {}}"#)).idle, []);
    // A package with no body either: the row decides nothing any more.
    assert_eq!(merged(&document.document, &with(r#"{"200": {}}"#)).idle.len(), 1);
}
