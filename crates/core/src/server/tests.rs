//! Routing and reading, with small tables.

use serde_json::{Value, json};

use super::{Given, Needed, Operation, Place, Route, Routes, boolean, integer, last_of_each, text};
use crate::{Path, Report, Severity, Violation, rule::Rule};

fn nothing(_: &Given<'_>, _: &mut Report) {}

const fn operation(id: &'static str, method: &'static str, path: &'static str) -> Operation {
    Operation {
        id,
        summary: "",
        tag: None,
        method,
        path,
        parameters: &[],
        body: None,
        requests: &[],
        answers: &[],
        check: nothing,
    }
}

static SHOW: Operation = operation("Show", "GET", "/v2/{project}/things/{thing}");
static CHANGE: Operation = operation("Change", "PUT", "/v2/{project}/things/{thing}");
static STATUS: Operation = operation("Status", "GET", "/v2/{project}/things/status");
static ZONES: Operation = operation("Zones", "GET", "/v2/zones");

fn found(method: &str, path: &str) -> String {
    let routes = Routes::new(&[&SHOW, &CHANGE, &STATUS, &ZONES]);
    match routes.find(method, path) {
        Route::To(operation, values) => format!("{} {values:?}", operation.id),
        Route::OtherMethod(methods) => format!("only {methods:?}"),
        Route::Nowhere => "nowhere".to_owned(),
    }
}

#[test]
fn a_spelled_out_segment_wins_over_a_variable() {
    assert_eq!(found("GET", "/v2/p/things/status"), r#"Status [("project", "p")]"#);
    assert_eq!(found("GET", "/v2/p/things/t"), r#"Show [("project", "p"), ("thing", "t")]"#);
    assert_eq!(found("GET", "/v2/zones/"), "Zones []");
}

#[test]
fn values_are_decoded_and_what_is_no_text_goes_nowhere() {
    assert_eq!(found("GET", "/v2/p/things/a%2Fb"), r#"Show [("project", "p"), ("thing", "a/b")]"#);
    for path in ["/v2/p/things/%ff", "/v2/p/things/%2", "/v2/p/things/%zz", "/v2//things/t", ""] {
        assert_eq!(found("GET", path), "nowhere", "{path}");
    }
}

#[test]
fn a_known_path_with_another_method_names_the_methods() {
    assert_eq!(found("PATCH", "/v2/p/things/t"), r#"only ["GET", "PUT"]"#);
    assert_eq!(found("PUT", "/v2/zones"), r#"only ["GET"]"#);
    // `status` may be the name of a thing where nothing else has the method.
    assert!(found("PUT", "/v2/p/things/status").starts_with("Change"));
}

fn given<'a>(query: &'a [(String, String)], body: Option<&'a Value>) -> Given<'a> {
    Given { path: &[], query, headers: &[], body }
}

#[test]
fn parameters_are_read_and_what_is_wrong_is_said_at_its_place() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let query = [pair("limit", "ten"), pair("all", "true"), pair("id", "1"), pair("id", "x")];
    let given = given(&query, None);
    let report = &mut Report::default();
    assert_eq!(given.one(Place::Query, "limit", Needed::No, integer::<i32>, report), None);
    assert_eq!(given.one(Place::Query, "all", Needed::No, boolean, report), Some(true));
    assert_eq!(given.list(Place::Query, "id", Needed::No, integer::<i32>, report), None);
    assert_eq!(given.list(Place::Query, "other", Needed::No, integer::<i32>, report), None);
    let job = given.one(Place::Query, "job_id", Needed::Always, text::<String>, report);
    assert_eq!(job, None);
    let said = std::mem::take(report).into_violations();
    let said: Vec<String> = said.iter().map(|violation| violation.path.clone()).collect();
    assert_eq!(said, ["limit", "id[1]", "job_id"]);
}

#[test]
fn a_map_is_read_from_its_pairs() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let query = [
        pair("tag[a b]", "1"),
        pair("tag[c]", "x"),
        pair("tag[a b]", "2"),
        pair("tags[d]", "3"),
        pair("least[e]", "4"),
        pair("least[e]", "5"),
    ];
    let given = given(&query, None);
    let report = &mut Report::default();
    let tags = given.map(Place::Query, "tag", Needed::Always, text::<String>, report);
    let expected = [("a b", vec!["1", "2"]), ("c", vec!["x"])];
    let expected = expected.map(|(key, list)| (key.to_owned(), list));
    assert_eq!(
        tags.map(|tags| tags.into_iter().collect::<Vec<_>>()),
        Some(
            expected.map(|(key, list)| (key, list.into_iter().map(str::to_owned).collect())).into()
        )
    );
    let least = given.map(Place::Query, "least", Needed::Always, integer::<i32>, report);
    let least = least.map(last_of_each);
    assert_eq!(least, Some([("e".to_owned(), 5)].into()));
    assert_eq!(given.map(Place::Query, "tag", Needed::No, integer::<i32>, report), None);
    assert_eq!(given.map(Place::Query, "none", Needed::No, integer::<i32>, report), None);
    assert_eq!(given.map(Place::Query, "all", Needed::Always, integer::<i32>, report), None);
    let found = std::mem::take(report).into_violations();
    let found: Vec<String> =
        found.iter().map(|found| format!("{}: {}", found.path, found.rule)).collect();
    assert_eq!(found, ["tag.c: type", "all: required"]);
}

#[test]
fn a_body_that_does_not_fit_says_where() {
    let report = &mut Report::default();
    let body = json!({"a": [1, "x"]});
    let read = given(&[], Some(&body))
        .body::<std::collections::BTreeMap<String, Vec<i32>>>(Needed::Always, report);
    assert_eq!(read, None);
    assert_eq!(given(&[], None).body::<Value>(Needed::No, report), None);
    assert_eq!(given(&[], None).body::<Value>(Needed::Always, report), None);
    let said = std::mem::take(report).into_violations();
    let said: Vec<String> = said.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2);
    assert!(said[0].starts_with("a[1]: ") && said[0].contains("expected i32"), "{said:?}");
    assert!(said[1].contains("there is no body"), "{said:?}");
}

#[test]
fn a_value_of_another_kind_is_not_shown() {
    type Numbers = std::collections::BTreeMap<String, i32>;
    for (body, expected) in [
        (json!({"pin": "s3cret, expected"}), "pin: invalid type: string, expected i32 (type)"),
        (json!({"pin": 1.5}), "pin: invalid type: floating point, expected i32 (type)"),
        (json!("s3cret"), "(body): invalid type: string, expected a map (type)"),
    ] {
        let report = &mut Report::default();
        assert_eq!(given(&[], Some(&body)).body::<Numbers>(Needed::Always, report), None);
        let said = std::mem::take(report).into_violations();
        let said: Vec<String> = said.iter().map(ToString::to_string).collect();
        assert_eq!(said, [expected]);
    }
}

/// Finds a bound broken at each place, and three rules, whatever is given.
fn everything(_: &Given<'_>, report: &mut Report) {
    let root = Path::root();
    let (tags, size) = (root.field("tags"), root.field("size"));
    for at in [size, tags.index(0).field("key"), tags.index(1).field("key")] {
        report.push(&at, "minimum", "is small");
    }
    for (id, reads) in [("size-even", &["size"]), ("sizes", &["sizes"]), ("keys", &["tags[].key"])]
    {
        let (place, source) = (&[][..], "page");
        let rule = Rule { id, severity: Severity::Error, place, reads, source };
        report.broken(&root, &rule, format_args!("is odd"));
    }
}

#[test]
fn what_stands_in_the_place_of_a_fault_is_not_judged() {
    let order = Operation { check: everything, ..operation("Order", "POST", "/orders") };
    let found = |known: &[(&str, &'static str)]| -> Vec<String> {
        let known = known.iter().map(|(path, rule)| Violation::error(*path, *rule, "known"));
        let given = Given { path: &[], query: &[], headers: &[], body: None };
        let found = order.violations_beside(&given, known.collect());
        found.iter().map(|one| format!("{} {}", one.path, one.rule)).collect()
    };
    // A broken bound keeps the rule from being judged that reads the value.
    assert_eq!(
        found(&[]),
        ["size minimum", "tags[0].key minimum", "tags[1].key minimum", "(body) sizes"]
    );
    assert_eq!(
        found(&[("size", "required"), ("tags[1]", "type")]),
        ["size required", "tags[1] type", "tags[0].key minimum", "(body) sizes"]
    );
    assert_eq!(found(&[("(body)", "type")]), ["(body) type"]);
}
