//! The neutral model of an API: what `lower` makes of a document and every emitter reads.
//!
//! It holds facts (names, types, bounds, texts) and no output: nothing here knows Rust syntax or
//! Markdown. Everything is in document order and serializes to YAML for review.

mod api;
mod chapter;
mod choices;
mod ensure;
mod erratum;
mod error_code;
mod expr;
mod header;
mod knowledge;
mod operation;
mod origin;
mod pagination;
mod reach;
mod rule;
mod schema;
mod types;
mod waiter;
mod width;

pub use api::{Api, Info, SecurityScheme, Server, ServerVariable, Tag};
pub use chapter::Chapter;
pub use choices::Choices;
pub use ensure::{Bought, Compare, Ensure, Look, Preset, Same};
pub use erratum::Erratum;
pub use error_code::{ErrorCatalog, ErrorCode};
pub use expr::{Arithmetic, Comparison, Comprehension, Expr, ExprKind, TextTest, ValueType};
pub use header::{Header, Headers};
pub use knowledge::{Knowledge, KnownSource, RegionalFact, Statement};
pub use operation::{Body, Example, HttpMethod, Location, Operation, Owner, Parameter, Response};
pub use origin::Origin;
pub use pagination::{NextMarker, Pagination, Paging, Step};
pub use rule::{Message, Part, Rule, Severity};
pub use schema::{Bound, Constraints, Pattern, Schema, Shape};
pub use types::{Direction, Enum, Field, OTHERS, Struct, TypeDef, TypeKind, Variant};
pub use waiter::{FailureCondition, Until, Waiter};
pub use width::Width;
pub(crate) use width::{FORMATS, inexact, whole};

use serde::Serialize;

/// A thing's name as the wire has it beside its name in code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Name {
    /// As the document and the wire have it.
    pub wire: String,
    /// As code has it: a legal identifier, unique where it stands.
    pub code: String,
}

/// The name of a type in code; unique in the API.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct TypeName(pub String);

impl std::fmt::Display for TypeName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
