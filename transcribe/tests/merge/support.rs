//! Small documents and transcripts, and outcomes as lines of text.

use serde_json::{Value, json};
use transcribe::{
    merge::{self, ChangeKind, Merge},
    transcript::{At, Finding, Promotion, Transcript},
};

/// A value from YAML.
pub(crate) fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| json!({"not YAML": error.to_string()}))
}

/// A transcript with nothing but a document.
pub(crate) fn transcript(document: Value) -> Transcript {
    Transcript {
        document,
        findings: Vec::new(),
        promotions: Vec::new(),
        untranscribed: Vec::new(),
        refused: Vec::new(),
    }
}

/// A document with one operation, whose request is the schema `Body`.
pub(crate) fn with_body(schemas: &str) -> Value {
    let mut document = yaml(
        r##"
        openapi: 3.0.3
        paths:
          /a:
            post:
              operationId: A
              requestBody:
                content:
                  application/json:
                    schema:
                      $ref: "#/components/schemas/Body"
              responses: {}
              x-source:
                page: A
        components: {}
        "##,
    );
    document["components"]["schemas"] = yaml(schemas);
    document
}

/// A schema `Body` with one property `a`.
pub(crate) fn property(schema: &str) -> Value {
    let mut document = with_body("Body: {type: object, properties: {}, x-source: {page: A}}");
    document["components"]["schemas"]["Body"]["properties"]["a"] = yaml(schema);
    document
}

/// Merges, checks that doing it again changes nothing, and gives back what came of it.
#[track_caller]
pub(crate) fn merged(document: &Value, transcript: &Transcript) -> Merge {
    let first = merge::into(document, transcript).unwrap();
    let second = merge::into(&first.document, transcript).unwrap();
    assert_eq!(second.document, first.document, "merging twice");
    let is_gone = |kind: &ChangeKind| matches!(kind, ChangeKind::Gone);
    assert!(second.changes.iter().all(|change| is_gone(&change.kind)), "{:?}", second.changes);
    assert!(second.pending.iter().all(|pending| !pending.is_new), "{:?}", second.pending);
    first
}

/// What was done, a line a change: `#/place: added maxLength 3`.
pub(crate) fn lines(merge: &Merge) -> Vec<String> {
    let line = |change: &merge::Change| {
        let (place, subject) = (&change.place, &change.subject);
        match &change.kind {
            ChangeKind::Added { value: Some(value) } => format!("{place}: added {subject} {value}"),
            ChangeKind::Added { value: None } => format!("{place}: added {subject}"),
            ChangeKind::Changed { old, new } => {
                format!("{place}: changed {subject} {old} -> {new}")
            }
            ChangeKind::Gone => format!("{place}: gone {subject}"),
        }
    };
    merge.changes.iter().map(line).collect()
}

/// The rows that decided something.
pub(crate) fn deciders(merge: &Merge) -> Vec<String> {
    merge.decided.iter().map(|decided| format!("{} by {}", decided.subject, decided.row)).collect()
}

/// Merges the property `a` of a page into that of a document: what it is then, and what was done to it.
#[track_caller]
pub(crate) fn merged_property(document: &str, page: &str) -> (Value, Vec<String>) {
    let merge = merged(&property(document), &transcript(property(page)));
    (merge.document["components"]["schemas"]["Body"]["properties"]["a"].clone(), short(&merge))
}

/// Changes without the way to `a`.
pub(crate) fn short(merge: &Merge) -> Vec<String> {
    let way = "#/components/schemas/Body/properties/a";
    lines(merge).into_iter().map(|line| line.replacen(way, "a", 1)).collect()
}

/// A constraint of the property `a` that comes from prose.
pub(crate) fn promotion(keyword: &str) -> Promotion {
    Promotion {
        pointer: "#/components/schemas/Body/properties/a".to_owned(),
        keyword: keyword.to_owned(),
        value: String::new(),
        phrase: String::new(),
        at: at(),
    }
}

/// A contradiction about a field, with what its sources say.
pub(crate) fn finding(pointer: &str, kind: &str, field: &str, sources: &[(&str, &str)]) -> Finding {
    let text = |(key, text): &(&str, &str)| ((*key).to_owned(), (*text).to_owned());
    Finding {
        pointer: pointer.to_owned(),
        kind: kind.to_owned(),
        field: field.to_owned(),
        sources: sources.iter().map(text).collect(),
        values: Vec::new(),
        at: at(),
    }
}

pub(crate) fn at() -> At {
    At { file: "A.md".to_owned(), line: 7 }
}
