//! Rules over several fields (`x-validations`), typed and ready to be written in any language.

use serde::Serialize;

use super::Expr;

/// What must hold for every value of a structure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rule {
    /// Stable and unique in the document.
    pub id: String,
    /// The expression as the document has it.
    pub text: String,
    /// The fields whose values decide it or stand in its message, as paths of violations with `[]` for each item of a list. Where
    /// one of them is not valid itself, the rule is not judged.
    #[serde(skip)]
    pub reads: Vec<String>,
    pub message: Message,
    /// The field that a violation names, from the structure on; empty for the structure itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub field_path: Vec<String>,
    /// Where the rule is documented.
    pub source: String,
    /// The ids of the sources that state it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    pub severity: Severity,
    pub expression: Expr,
}

/// What breaking a rule means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The request is not sent.
    Error,
    /// It is sent, but probably not what was meant.
    Warning,
}

/// A message whose `{field}`s are values of the structure.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Message {
    pub text: String,
    #[serde(skip)]
    pub parts: Vec<Part>,
}

/// A piece of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Text(String),
    /// A field; it may be absent.
    Value(Expr),
}
