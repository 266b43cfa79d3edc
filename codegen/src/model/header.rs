//! Headers of answers.

use serde::Serialize;

use super::{Name, Schema, TypeName};

/// A header that a response documents.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Header {
    pub name: Name,
    pub description: String,
    pub schema: Schema,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub deprecated: bool,
}

/// All headers that the successes of an operation document, each once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Headers {
    /// The name of the type that holds them.
    pub type_name: TypeName,
    pub fields: Vec<Header>,
}
