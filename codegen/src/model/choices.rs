//! Where the values of a field or a parameter come from (`x-values`).

use serde::Serialize;

/// An operation that lists values, with the names that travel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choices {
    /// The service that has the operation, if it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Its operationId.
    pub operation: String,
    /// The field of its answer that lists items, where pagination does not say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub items: Option<String>,
    /// The field of an item that holds the value.
    pub value: String,
    /// Fields of an item that tell it from others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub show: Vec<String>,
    /// Parameters of the operation, each with the field of the same request that it takes its value from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<(String, String)>,
    /// Parameters of the operation that always have the same value, such as the kind of what is listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixed: Vec<(String, String)>,
}
