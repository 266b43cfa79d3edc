//! What the codes of a service's errors mean.

use serde::Serialize;

use super::Origin;

/// The codes that are known, in the order of their file (`x-error-catalog`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrorCatalog {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    pub codes: Vec<ErrorCode>,
}

/// One code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrorCode {
    /// As it stands in an answer, such as `DCS.4012`.
    pub code: String,
    /// The status that it comes with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    pub meaning: String,
    /// What to do about it.
    pub advice: String,
    /// Whether the same request may succeed later, when it buys nothing.
    pub retryable: bool,
    /// Where it is from, if not from the catalogue's own source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}
