//! Contradictions of pages: decided by rows of the document, or put on record as rows that wait.

use serde_json::{Value, json};
use transcribe::{
    merge::Merge,
    transcript::{Finding, Note, Transcript},
};

use crate::support::{at, deciders, finding, merged, promotion, property, transcript, yaml};

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
    finding(A, "example-type", "a", &[("table", "String."), ("example", "Number 1.")])
}

#[test]
fn what_nobody_decided_becomes_a_row_that_waits() {
    let merge = merged(&property("{type: string, x-note: N}"), &with(vec![number()]));
    assert_eq!(
        rows(&merge, A),
        yaml(
            "[{id: body-a-example-type, table: String., example: Number 1., decision: pending, \
             reason: Not decided yet.}]"
        )
    );
    let pending = &merge.pending[0];
    assert_eq!(
        (pending.row.as_str(), pending.is_new, &pending.at),
        ("body-a-example-type", true, &Some(at()))
    );
    assert!(merge.has_drift());
}

#[test]
fn a_row_that_waits_is_not_added_again_but_one_that_says_something_else_is() {
    let document = property("{type: string}");
    let first = merged(&document, &with(vec![number()]));
    let other = finding(A, "example-type", "a", &[("table", "String."), ("example", "Null.")]);
    let second = merged(&first.document, &with(vec![number(), other]));
    let ids: Vec<Value> =
        rows(&second, A).as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, ["body-a-example-type", "body-a-example-type-2"]);
    let new: Vec<bool> = second.pending.iter().map(|pending| pending.is_new).collect();
    assert_eq!(new, [true, false]);
}

#[test]
fn a_row_decides_when_it_names_the_source() {
    let row = "{id: x, example: It is one number., decision: D., reason: R.}";
    for (at, decides) in [(A, true), (BODY, false), ("#/paths/~1a/post", false)] {
        let merge = merged(&document(at, row), &with(vec![number()]));
        assert_eq!(merge.pending.is_empty(), decides, "{at}");
    }
    let row = "{id: x, example: The field a is a number., decision: D., reason: R.}";
    for at in [A, BODY, "#/paths/~1a/post"] {
        let merge = merged(&document(at, row), &with(vec![number()]));
        assert_eq!(deciders(&merge), ["example-type by x"], "{at}");
        assert_eq!(merge.document, document(at, row));
    }
    let row = "{id: x, table: String., decision: D., reason: R.}";
    assert_eq!(merged(&document(A, row), &with(vec![number()])).pending.len(), 1);
}

#[test]
fn what_is_below_a_schema_is_on_record_there_by_its_name() {
    let key = finding(BODY, "example-key", "b", &[("table", "No row."), ("example", "Has it.")]);
    let merge = merged(&property("{type: string}"), &with(vec![key.clone()]));
    assert_eq!(
        rows(&merge, BODY),
        yaml(
            "[{id: body-b-example-key, table: '`b`: No row.', example: '`b`: Has it.', decision: pending, \
             reason: Not decided yet.}]"
        )
    );
    let row = "{id: x, example: It sends b., decision: D., reason: R.}";
    assert_eq!(deciders(&merged(&document(BODY, row), &with(vec![key]))), ["example-key by x"]);
    // A key with a stray quote is about the field without it.
    let quote =
        finding(BODY, "example-key", "a\"", &[("table", "No row."), ("example", "Has it.")]);
    let row = "{id: x, example: A stray quote., decision: D., reason: R.}";
    assert_eq!(deciders(&merged(&document(A, row), &with(vec![quote]))), ["example-key by x"]);
}

#[test]
fn the_request_line_and_a_whole_body_are_known_by_other_words() {
    let path = finding(
        "#/paths/~1a/post",
        "example-path",
        "path",
        &[("table", "POST."), ("example", "GET.")],
    );
    let row = "{id: x, example: The request line says GET., decision: D., reason: R.}";
    assert_eq!(
        deciders(&merged(&document("#/paths/~1a/post", row), &with(vec![path]))),
        ["example-path by x"]
    );
    let shape = finding(BODY, "example-shape", "Body", &[("table", "`a`."), ("example", "`z`.")]);
    let row =
        "{id: x, table: The answer has a., example: One without it., decision: D., reason: R.}";
    assert_eq!(
        deciders(&merged(&document("#/paths/~1a/post", row), &with(vec![shape]))),
        ["example-shape by x"]
    );
}

#[test]
fn a_rule_says_when_a_field_is_required() {
    let text =
        finding(A, "required-text", "a", &[("table", "Optional."), ("text", "Required when b.")]);
    let mut document = property("{type: string}");
    document["components"]["schemas"]["Body"]["x-validations"] =
        yaml("[{id: a-needed, rule: has(self.a), message: M, fieldPath: a, source: A}]");
    assert_eq!(deciders(&merged(&document, &with(vec![text]))), ["required-text by a-needed"]);
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
            "[{id: tag-a-example-type, table: String., example: Number 1., decision: pending, \
             reason: Not decided yet.}]"
        )
    );
}

#[test]
fn promotions_and_notes_come_with_their_places_in_the_document() {
    let note = |pointer: &str| Note { pointer: pointer.to_owned(), text: "T".to_owned(), at: at() };
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
    assert_eq!(merge.promotions[0].pointer, "#/components/schemas/Ours/properties/a");
    let notes: Vec<(&str, bool)> =
        merge.notes.iter().map(|note| (note.note.pointer.as_str(), note.is_described)).collect();
    assert_eq!(
        notes,
        [("#/components/schemas/Ours/properties/a", false), ("#/components/schemas/Ours", true)]
    );
}
