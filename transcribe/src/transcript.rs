//! What all pages together state, as an OpenAPI document and notes on its places.
//!
//! Out of `resolve`, into `merge`.

use conventions::pointer::JsonPointer;
use serde_json::Value;

use crate::facts::Refusal;

/// The facts of the pages in the terms of OpenAPI.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    /// A self-contained OpenAPI 3.0.3 document in the conventions of the project's documents, without
    /// descriptions unless they were asked for.
    pub document: Value,
    /// Where the pages contradict themselves, by pointer.
    pub findings: Vec<Finding>,
    /// Constraints that come from prose, by pointer.
    pub promotions: Vec<Promotion>,
    /// Prose that says more than was taken over, by pointer.
    pub untranscribed: Vec<Note>,
    pub refused: Vec<Refusal>,
}

/// A place of a page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    pub file: String,
    pub line: usize,
}

/// The kinds of contradictions, in alphabetical order; rows of `x-errata` name them in `about`.
pub const CONTRADICTIONS: &[&str] = &[
    "bound-range",
    "bound-text",
    "copy",
    "default-text",
    "default-type",
    "default-value",
    "example-body",
    "example-format",
    "example-json",
    "example-key",
    "example-length",
    "example-null",
    "example-path",
    "example-query",
    "example-required",
    "example-shape",
    "example-type",
    "example-value",
    "operation-link",
    "path-parameter",
    "required-default",
    "required-path",
    "required-text",
    "schema-name",
    "status",
    "table-unused",
    "values-text",
];

/// A contradiction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The object in `document` that a row of `x-errata` belongs to: a property, parameter, schema or
    /// operation.
    pub pointer: JsonPointer,
    /// One of [`CONTRADICTIONS`].
    pub kind: String,
    /// The field as the page spells it.
    pub field: String,
    /// What each source says, by the keys of `x-errata`: `table`, `text`, `example`.
    pub sources: Vec<(String, String)>,
    /// What the page says against itself, as data: the types that examples have, the bound of the prose.
    /// Empty where the kind and the field say it all.
    pub values: Vec<Value>,
    pub at: At,
}

/// A keyword that comes from prose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Promotion {
    pub pointer: JsonPointer,
    /// Such as `maximum`.
    pub keyword: String,
    /// The value, as JSON.
    pub value: String,
    /// The phrase of the page.
    pub phrase: String,
    pub at: At,
}

/// A description that is left to people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    pub pointer: JsonPointer,
    pub text: String,
    pub at: At,
}
