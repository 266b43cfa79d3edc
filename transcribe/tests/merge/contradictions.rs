//! Contradictions of pages: decided by rows of the document, or put on record as rows that wait.

use serde_json::{Value, json};
use transcribe::{
    merge::Merge,
    transcript::{Finding, Note, Transcript},
};

use crate::support::{
    at, deciders, finding, merged, pending, place, promotion, property, transcript, yaml,
};

const A: &str = "#/components/schemas/Body/properties/a";
const BODY: &str = "#/components/schemas/Body";

fn with(findings: Vec<Finding>) -> Transcript {
    Transcript { findings, ..transcript(property("{type: string}")) }
}

fn document(at: &str, row: &str) -> Value {
    let mut document = property("{type: string}");
    document.pointer_mut(at.trim_start_matches('#')).unwrap()["x-errata"] = json!([yaml(row)]);
    document
}

fn rows(merge: &Merge, at: &str) -> Value {
    merge.document.pointer(at.trim_start_matches('#')).unwrap()["x-errata"].clone()
}

fn number() -> Finding {
    let sources = [("table", "String."), ("example", "Number 1.")];
    finding(A, "example-type", "a", &sources, &[json!("number")])
}

fn key(name: &str) -> Finding {
    finding(BODY, "example-key", name, &[("table", "No row."), ("example", "Has it.")], &[])
}

/// A row about `entry`, at a place.
fn about(at: &str, entry: &str) -> Value {
    let row = format!("{{id: x, about: [{entry}], example: E., decision: D., reason: R.}}");
    document(at, &row)
}

#[test]
fn what_nobody_decided_becomes_a_row_that_waits() {
    let merge = merged(&property("{type: string, x-note: N}"), &with(vec![number()]));
    assert_eq!(
        rows(&merge, A),
        yaml(
            "[{id: body-a-example-type, about: [{fact: example-type, page: number}], table: String., \
             example: Number 1., decision: pending, reason: Not decided yet.}]"
        )
    );
    assert_eq!(pending(&merge), [("body-a-example-type".to_owned(), true)]);
    assert!(merge.has_drift());
    let again = merged(&merge.document, &with(vec![number()]));
    assert_eq!(pending(&again), [("body-a-example-type".to_owned(), false)]);
    assert!(!again.has_drift());
}

#[test]
fn a_row_decides_what_its_about_says_and_nothing_that_its_prose_says() {
    for (entry, decides) in [
        ("{fact: example-type, page: number}", true),
        ("{fact: example-type, page: [object, number]}", true),
        // Another fact, another value, none, or another source.
        ("{fact: example-value, page: number}", false),
        ("{fact: example-type, page: object}", false),
        ("example-type", false),
        ("{fact: example-type, sdk: number}", false),
        ("meaning", false),
    ] {
        let merge = merged(&about(A, entry), &with(vec![number()]));
        assert_eq!(deciders(&merge).len(), usize::from(decides), "{entry}");
        assert_eq!(pending(&merge).len(), usize::from(!decides), "{entry}");
    }
}

#[test]
fn a_row_elsewhere_names_the_field() {
    for (at, entry, decides) in [
        (BODY, "field: a", true),
        (BODY, "field: Body.a", true),
        ("#/paths/~1a/post", "field: Body.a", true),
        (A, "field: a", true),
        ("#/paths/~1a/post", "field: a", false),
        (BODY, "field: b", false),
        ("#/paths/~1a/post", "field: Other.a", false),
        (BODY, "field: Body", false),
    ] {
        let document = about(at, &format!("{{fact: example-type, {entry}, page: number}}"));
        let merge = merged(&document, &with(vec![number()]));
        assert_eq!(deciders(&merge).len(), usize::from(decides), "{at} {entry}");
        if decides {
            assert_eq!(merge.document, document);
        }
    }
}

#[test]
fn a_new_value_is_open_again_beside_the_row_that_knows_another() {
    let document = about(A, "{fact: example-type, page: object}");
    let merge = merged(&document, &with(vec![number()]));
    assert_eq!(pending(&merge), [("body-a-example-type".to_owned(), true)]);
    let both = Finding { values: vec![json!("number"), json!("object")], ..number() };
    assert_eq!(pending(&merged(&document, &with(vec![both]))).len(), 1);
}

#[test]
fn a_key_that_no_row_has_is_on_record_at_the_schema_by_its_name() {
    let merge = merged(&property("{type: string}"), &with(vec![key("b")]));
    assert_eq!(
        rows(&merge, BODY),
        yaml(
            "[{id: body-b-example-key, about: [{fact: example-key, field: b}], table: '`b`: No row.', \
             example: '`b`: Has it.', decision: pending, reason: Not decided yet.}]"
        )
    );
    // A row on the field that is meant may name it as it is spelled.
    let document = about(A, r#"{fact: example-key, field: 'a"'}"#);
    assert_eq!(deciders(&merged(&document, &with(vec![key("a\"")]))), ["example-key by x"]);
}

#[test]
fn a_whole_schema_and_a_request_line_are_named_too() {
    let post = "#/paths/~1a/post";
    let path = finding(
        post,
        "example-path",
        "path",
        &[("table", "POST."), ("example", "GET.")],
        &[json!("GET /a")],
    );
    let document = about(post, "{fact: example-path, field: path, page: GET /a}");
    assert_eq!(deciders(&merged(&document, &with(vec![path]))), ["example-path by x"]);
    let shape = finding(BODY, "example-shape", "Body", &[("table", "`a`.")], &[json!(["z"])]);
    let document = about(post, "{fact: example-shape, field: Body, page: [[z]]}");
    assert_eq!(deciders(&merged(&document, &with(vec![shape]))), ["example-shape by x"]);
}

#[test]
fn a_rule_is_no_decision_about_what_is_required() {
    let sources = [("table", "Optional."), ("text", "Required when b.")];
    let text = finding(A, "required-text", "a", &sources, &[json!("conditional")]);
    let mut document = property("{type: string}");
    document["components"]["schemas"]["Body"]["x-validations"] =
        yaml("[{id: a-needed, rule: has(self.a), message: M, fieldPath: a, source: A}]");
    let merge = merged(&document, &with(vec![text]));
    assert_eq!(pending(&merge), [("body-a-required-text".to_owned(), true)]);
}

#[test]
fn a_row_that_decides_nothing_is_reported() {
    let document = |entry: &str| about(A, entry);
    let idle = |document: &Value| -> Vec<String> {
        merged(document, &with(vec![number()])).idle.into_iter().map(|idle| idle.word).collect()
    };
    assert_eq!(idle(&document("{fact: example-type, page: number}")), [""; 0]);
    assert_eq!(
        idle(&document("{fact: example-type, page: number}, example-null")),
        ["example-null"]
    );
    assert_eq!(idle(&document("meaning, example")), [""; 0]);
    assert_eq!(idle(&document("{fact: maxLength, sdk: 3}")), [""; 0], "no page can say so");
    let mut waits = document("{fact: maxLength, page: 3}");
    waits.pointer_mut(&A[1..]).unwrap()["x-errata"][0]["decision"] = json!("pending");
    assert_eq!(idle(&waits), [""; 0]);
    // Not all pages of the document are given.
    let mut more = document("example-null");
    more["paths"]["/b"]["get"] = yaml("{operationId: B, responses: {}, x-source: {page: B}}");
    assert_eq!(idle(&more), [""; 0]);
    // What only a package has is no page's matter: neither the operation nor a row about it.
    more["paths"]["/b"]["get"] = yaml(
        "{operationId: B, responses: {}, x-source: [{package: sdk, version: 1.0.0}], \
         x-errata: [{id: y, about: [example-null], other: O., decision: D., reason: R.}]}",
    );
    assert_eq!(idle(&more), ["example-null"]);
    more["paths"]["/b"]["get"]["x-source"] = yaml("[{package: sdk, version: 1.0.0}, {page: B}]");
    assert_eq!(idle(&more), [""; 0]);
}

#[test]
fn what_holds_only_a_reference_holds_no_row() {
    let reference = "{$ref: '#/components/schemas/Tag'}";
    let of = |tag: &str| {
        let mut document = property(reference);
        document["components"]["schemas"]["Tag"] = yaml(tag);
        document
    };
    let findings = vec![number()];
    let page = Transcript { findings, ..transcript(of("{type: string}")) };
    let merge = merged(&of("{type: string}"), &page);
    assert_eq!(
        rows(&merge, "#/components/schemas/Tag"),
        yaml(
            "[{id: tag-a-example-type, about: [{fact: example-type, page: number}], table: String., example: Number 1., decision: pending, \
             reason: Not decided yet.}]"
        )
    );
}

#[test]
fn promotions_and_notes_come_with_their_places_in_the_document() {
    let note = |pointer: &str| Note { pointer: place(pointer), text: "T".to_owned(), at: at() };
    let mut document = property("{type: string, maxLength: 3}");
    let schemas = document["components"]["schemas"].as_object_mut().unwrap();
    let body = schemas.shift_remove("Body").unwrap();
    schemas.insert("Ours".to_owned(), body);
    document["paths"]["/a"]["post"]["requestBody"]["content"]["application/json"]["schema"]["$ref"] =
        json!("#/components/schemas/Ours");
    document["components"]["schemas"]["Ours"]["description"] = json!("Described.");
    let page = Transcript {
        promotions: vec![promotion("maxLength")],
        untranscribed: vec![note(A), note(BODY)],
        ..transcript(property("{type: string, maxLength: 3}"))
    };
    let merge = merged(&document, &page);
    assert_eq!(merge.promotions[0].pointer.to_string(), "#/components/schemas/Ours/properties/a");
    let notes: Vec<(String, bool)> =
        merge.notes.iter().map(|note| (note.note.pointer.to_string(), note.is_described)).collect();
    assert_eq!(
        notes,
        [
            ("#/components/schemas/Ours/properties/a".to_owned(), false),
            ("#/components/schemas/Ours".to_owned(), true)
        ]
    );
}
