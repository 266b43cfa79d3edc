//! What front ends need to know of an API, as data. In: the files that the generator writes, embedded in a crate a
//! service. Out: its [`Index`], and an operation with all that it reaches ([`Described`]).
//!
#![doc = include_str!("../README.md")]
#![warn(missing_docs)]
#![forbid(unsafe_code)]

mod chapter;
mod complete;
mod facts;
mod index;
mod operation;
mod schema;
mod secrets;
mod service;
mod text;

pub use complete::{Completed, Fault, complete};
pub use facts::{
    Bought, Choices, Compare, Ensure, ErrorCode, Failure, Follow, KnownSource, Look, NextMarker,
    Origin, Pagination, Paging, Same, Until, Waiter,
};
pub use index::{Entry, Index, Server, ServerVariable, Tag};
pub use operation::{Answer, Body, Example, Header, Operation, Owner, Parameter, Place};
pub use schema::{Bounds, Field, Kind, Known, Limit, Rule, Schema, Severity, Shape, TypeDef};
pub use secrets::Secrecy;
pub use service::{CatalogError, Described, Service};
pub use text::Text;

/// Whether a value is what an absent one is read as.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
