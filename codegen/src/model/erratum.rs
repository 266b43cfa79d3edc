//! Where the sources contradict each other.

use serde::Serialize;

use crate::pointer::JsonPointer;

/// One contradiction in the source material and what the document made of it (`x-errata`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Erratum {
    /// Stable and unique in the document.
    pub id: String,
    /// The thing it concerns, for people: `CreateInstanceBody.capacity`.
    pub subject: String,
    pub pointer: JsonPointer,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<String>,
    pub decision: String,
    pub reason: String,
}
