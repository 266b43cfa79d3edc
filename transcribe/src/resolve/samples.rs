//! Examples that fit their tables. In: what `examples` found of a page. Out: what `document` puts beside bodies.

use std::collections::BTreeMap;

use serde_json::Value;

/// The examples of a page that fit its tables.
#[derive(Default)]
pub(super) struct Fitting {
    pub(super) request: Vec<Sample>,
    /// By status.
    pub(super) answers: BTreeMap<u16, Vec<Sample>>,
}

/// An example as it goes into the document.
#[derive(Clone)]
pub(super) struct Sample {
    /// Such as `request-2`.
    pub(super) key: String,
    pub(super) summary: String,
    /// The page's words.
    pub(super) caption: Option<String>,
    pub(super) value: Value,
}
