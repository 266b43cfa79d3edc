//! Small documents and transcripts, and outcomes as lines of text.

use conventions::pointer::JsonPointer;
use serde_json::{Value, json};
use transcribe::{
    merge::{self, Finding, Merge, Outcome, Problem},
    transcript::{self, At, Promotion, Transcript},
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

/// A document of paths and components.
pub(crate) fn document(paths: &str, components: &str) -> Value {
    json!({"openapi": "3.0.3", "paths": yaml(paths), "components": yaml(components)})
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
    for finding in &second.findings {
        let is_new = match &finding.outcome {
            Outcome::Applied(_) => true,
            Outcome::Open(waiting) => waiting.as_ref().is_some_and(|waiting| waiting.is_new),
            Outcome::Left { .. } => false,
        };
        assert!(!is_new, "{finding:?}");
    }
    first
}

/// What was done and what is gone, a line each: `#/place: added maxLength 3`.
pub(crate) fn lines(merge: &Merge) -> Vec<String> {
    let is_change = |finding: &&Finding| {
        matches!(finding.outcome, Outcome::Applied(_))
            || matches!(finding.problem, Problem::Gone(_))
    };
    let is_left = |finding: &&Finding| matches!(finding.outcome, Outcome::Left { .. });
    let changes = merge.findings.iter().filter(|one| is_change(one) && !is_left(one));
    changes.map(|finding| format!("{}: {finding}", finding.place)).collect()
}

/// The rows that decided something.
pub(crate) fn deciders(merge: &Merge) -> Vec<String> {
    let left = merge.findings.iter().filter_map(|finding| match &finding.outcome {
        Outcome::Left { row } => Some(format!("{} by {row}", finding.subject())),
        _ => None,
    });
    left.collect()
}

/// What waits for a decision, by the ids of the rows, and whether they are new.
pub(crate) fn pending(merge: &Merge) -> Vec<(String, bool)> {
    let open = merge.findings.iter().filter_map(|finding| match &finding.outcome {
        Outcome::Open(Some(waiting)) => Some((waiting.row.clone(), waiting.is_new)),
        _ => None,
    });
    open.collect()
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

/// A place, with or without `#` in front.
pub(crate) fn place(pointer: &str) -> JsonPointer {
    JsonPointer::parse(&format!("#{}", pointer.trim_start_matches('#'))).unwrap()
}

/// A constraint of the property `a` that comes from prose.
pub(crate) fn promotion(keyword: &str) -> Promotion {
    Promotion {
        pointer: place("#/components/schemas/Body/properties/a"),
        keyword: keyword.to_owned(),
        value: String::new(),
        phrase: String::new(),
        at: at(),
    }
}

/// A contradiction about a field, with what its sources say.
pub(crate) fn finding(
    pointer: &str,
    kind: &str,
    field: &str,
    sources: &[(&str, &str)],
    values: &[Value],
) -> transcript::Finding {
    let text = |(key, text): &(&str, &str)| ((*key).to_owned(), (*text).to_owned());
    transcript::Finding {
        pointer: place(pointer),
        kind: kind.to_owned(),
        field: field.to_owned(),
        sources: sources.iter().map(text).collect(),
        values: values.to_vec(),
        at: at(),
    }
}

pub(crate) fn at() -> At {
    At { file: "A.md".to_owned(), line: 7 }
}
