//! Does a JSON value fit a schema of the document? In: the raw document, the place of a schema, a
//! value. Out: every violation.
//!
//! ```text
//! flatten   schema      → its parts: what references and `allOf` lead to, each once
//! node      one value   → kind, values, bounds
//! object    one object  → properties in the order of the schema, then what is missing or unknown
//! ```
//!
//! The texts are those of the generated validators: `huaweicloud_core::check`.

mod at;
mod checker;
mod flatten;
mod kind;
mod node;
mod number;
mod object;
mod outside;
mod rules;

pub(crate) use checker::Compiled;
pub(crate) use flatten::has_property;
pub(crate) use kind::found as kind_of;
pub(crate) use node::located;
pub use node::{check, check_request};
pub(crate) use outside::adapt;
